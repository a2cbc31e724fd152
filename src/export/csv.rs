//! Rows of CSV as Excel opens them with a double click, in Turkish and in English, and with no cell that a spreadsheet would run. What is
//! made harmless here the importer takes back: `'` before a sign that begins a formula.

use crate::i18n::{Locale, Money, date};
use chrono::NaiveDate;

/// Excel knows UTF-8 by this mark.
pub const MARK: &str = "\u{feff}";

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    Phone(String),
    Amount(Option<Money>),
    Date(Option<NaiveDate>),
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn written(self, locale: Locale) -> String {
        match self {
            Self::Text(text) => harmless(text),
            Self::Phone(phone) => harmless_phone(phone),
            Self::Amount(None) | Self::Date(None) => String::new(),
            // Ours, and made of digits: a minus before it is a minus.
            Self::Amount(Some(money)) => match locale {
                Locale::Tr => money.decimal().replace('.', ","),
                Locale::En => money.decimal(),
            },
            Self::Date(Some(day)) => match locale {
                Locale::Tr => date::day(day, locale),
                Locale::En => day.to_string(),
            },
        }
    }
}

/// Between the cells: where the comma stands in numbers, Excel parts cells by semicolons.
#[must_use]
pub const fn separator(locale: Locale) -> char {
    match locale {
        Locale::Tr => ';',
        Locale::En => ',',
    }
}

/// Adds one row.
pub fn row(out: &mut String, cells: Vec<Cell>, locale: Locale) {
    let separator = separator(locale);
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(separator);
        }
        let ours = matches!(cell, Cell::Amount(_) | Cell::Date(_));
        let text = cell.written(locale);
        if ours {
            out.push_str(&text);
        } else if text.contains([';', ',', '"', '\n', '\r', '\t'])
            || text.starts_with(' ')
            || text.ends_with(' ')
        {
            out.push('"');
            out.push_str(&text.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&text);
        }
    }
    out.push_str("\r\n");
}

/// Whether a spreadsheet might take the text for a formula: by its first sign that is no blank, also of full width.
#[must_use]
pub fn looks_like_a_formula(text: &str) -> bool {
    let begins = text.starts_with(['\t', '\r', '\n']);
    begins || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

fn harmless(text: String) -> String {
    // A text that begins so by itself gets one more, so that taking one away gives back what it was.
    let ours =
        text.strip_prefix('\'').is_some_and(|rest| looks_like_a_formula(rest) || rest.starts_with('\''));
    if looks_like_a_formula(&text) || ours { format!("'{text}") } else { text }
}

/// A number with its country stays as it is when it is nothing but digits, blanks and brackets: that is no formula. Other signs between its
/// digits say nothing and would be taken for a sum.
fn harmless_phone(phone: String) -> String {
    let Some(rest) = phone.strip_prefix('+') else { return harmless(phone) };
    let plain: String = rest.chars().map(|c| if matches!(c, '-' | '.' | '/') { ' ' } else { c }).collect();
    let sound = plain.starts_with(|c: char| c.is_ascii_digit())
        && plain.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')'));
    if sound { format!("+{plain}") } else { harmless(phone) }
}

/// What the text was before it was made harmless.
#[must_use]
pub fn taken_back(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if looks_like_a_formula(rest) || rest.starts_with('\'') => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Currency;
    use proptest::prelude::*;

    fn line(cells: Vec<Cell>, locale: Locale) -> String {
        let mut out = String::new();
        row(&mut out, cells, locale);
        out
    }

    #[test]
    fn numbers_and_days_are_of_the_language() {
        let money = |minor| Cell::Amount(Some(Money::new(minor, Currency::Try)));
        let day = Cell::Date(NaiveDate::from_ymd_opt(2026, 11, 3));
        let cells = vec![money(-123_456), day, Cell::text("a;b"), Cell::text("\"x\""), Cell::Amount(None)];
        assert_eq!(line(cells.clone(), Locale::Tr), "-1234,56;03.11.2026;\"a;b\";\"\"\"x\"\"\";\r\n");
        assert_eq!(line(cells, Locale::En), "-1234.56,2026-11-03,\"a;b\",\"\"\"x\"\"\",\r\n");
    }

    #[test]
    fn no_text_begins_a_formula_and_numbers_stay_numbers() {
        for bad in ["=1+1", "+1", "-x", "@SUM(A1)", "\tx", "\rx", " =1", "＝1", "＋x", "－x", "＠x", "-"]
        {
            let safe = harmless(bad.to_owned());
            assert_eq!(safe, format!("'{bad}"));
            assert_eq!(taken_back(&safe), bad);
        }
        for fine in ["Işık AŞ", "'t Hooft", "", "0532 118 42 07"] {
            assert_eq!(harmless(fine.to_owned()), fine);
        }
        assert_eq!(harmless_phone("+90 (532) 118-42-07".into()), "+90 (532) 118 42 07");
        assert_eq!(harmless_phone("+905321184207".into()), "+905321184207");
        assert_eq!(harmless_phone("+1+cmd".into()), "'+1+cmd");
    }

    proptest! {
        #[test]
        fn whatever_was_typed_comes_back(text in "[-'=+@＝a \\t\"]{0,8}") {
            let safe = harmless(text.clone());
            prop_assert!(!looks_like_a_formula(&safe));
            prop_assert_eq!(taken_back(&safe), text);
        }
    }
}
