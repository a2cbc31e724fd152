//! Writes rows of CSV that Excel opens with a double click, in Turkish and in English, and in which no cell runs as a
//! formula: a `'` is put before everything that could begin a formula, whichever separator the reader uses. The import
//! removes that `'` again.

use crate::fields::value::{day, money};
use crate::fields::{Field, Shape};
use crate::i18n::{Locale, Money, date};
use crate::journal::model::fields_of;
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;

const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// The byte order mark by which Excel recognises UTF-8.
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

    /// The values of these fields in the facts.
    pub fn all_of<'a>(
        fields: impl Iterator<Item = &'a Field>,
        facts: &impl Serialize,
        locale: Locale,
    ) -> Vec<Self> {
        let facts = fields_of(facts);
        let nothing = Value::Null;
        fields
            .map(|field| {
                let value = facts.get(&*field.key).unwrap_or(&nothing);
                match &field.shape {
                    // Stored before the field got its present type, and not converted yet.
                    _ if !field.is_empty(value) && !field.is_current(value) => {
                        Self::text(field.said(value, locale))
                    }
                    Shape::Day => Self::Date(day(value)),
                    // Cards may have other words for yes and no; in files they are always these.
                    Shape::YesNo(..) => {
                        let words = &locale.text().common;
                        Self::text(if *value == Value::Bool(true) { words.yes } else { words.no })
                    }
                    Shape::Phone => Self::Phone(field.said(value, locale)),
                    Shape::Money(_) => Self::Amount(money(value)),
                    _ => Self::text(field.said(value, locale)),
                }
            })
            .collect()
    }

    fn written(self, locale: Locale) -> String {
        match self {
            Self::Text(text) => harmless(&text),
            Self::Phone(phone) => harmless_phone(phone),
            Self::Amount(None) | Self::Date(None) => String::new(),
            // Written by us, digits only: a minus before it is a minus and no formula.
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

/// The separator between cells: in languages with a decimal comma Excel expects semicolons.
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

/// Whether a spreadsheet might take the text for a formula: by its first sign that is not blank, full-width signs
/// included.
#[must_use]
pub fn looks_like_a_formula(text: &str) -> bool {
    let begins = text.starts_with(['\t', '\r', '\n']);
    begins || text.trim_start().starts_with(SIGNS)
}

/// The text, and each part of it at which a cell could begin. A file may be opened with the separators of the other
/// language, and then our quotes do not protect.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(PARTING)
}

const PARTING: [char; 5] = [';', ',', '\t', '\n', '\r'];

/// Whether a spreadsheet might take this for a formula if a cell began here; a leading `'` is ignored.
fn would_run(begin: &str) -> bool {
    let bare = begin.trim_start_matches('\'');
    // Another separator begins another cell.
    let skipped = |c: char| c == '"' || (c.is_whitespace() && !PARTING.contains(&c));
    bare.trim_start_matches(skipped).starts_with(SIGNS)
}

/// Puts `'` before each part that could run as a formula. A part that begins with `'` already gets another one, so that
/// removing one restores the text.
fn harmless(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 1);
    let mut at = 0;
    for part in parts(text) {
        let first = at == 0 && text.trim_start_matches('\'').starts_with(['\t', '\r', '\n']);
        if first || would_run(&text[at..]) {
            safe.push('\'');
        }
        safe.push_str(part);
        at += part.len();
    }
    safe
}

/// A phone number with its country (`+…`) stays as it is if it consists of digits, blanks and brackets, which is no
/// formula. With other signs between the digits a spreadsheet would calculate.
fn harmless_phone(phone: String) -> String {
    let Some(rest) = phone.strip_prefix('+') else { return harmless(&phone) };
    let sound = rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')'));
    if sound { phone } else { harmless(&phone) }
}

/// The text as it was before `harmless`.
#[must_use]
pub fn taken_back(cell: &str) -> Cow<'_, str> {
    if !cell.contains('\'') {
        return Cow::Borrowed(cell);
    }
    let mut text = String::with_capacity(cell.len());
    let mut at = 0;
    for part in parts(cell) {
        let first = at == 0 && cell.trim_start_matches('\'').starts_with(['\t', '\r', '\n']);
        let ours = first || would_run(&cell[at..]);
        text.push_str(part.strip_prefix('\'').filter(|_| ours).unwrap_or(part));
        at += part.len();
    }
    Cow::Owned(text)
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
            let safe = harmless(bad);
            assert_eq!(safe, format!("'{bad}"));
            assert_eq!(taken_back(&safe), bad);
        }
        for fine in ["Işık AŞ", "'t Hooft", "", "0532 118 42 07"] {
            assert_eq!(harmless(fine), fine);
        }
        assert_eq!(harmless_phone("+90 (532) 118 42 07".into()), "+90 (532) 118 42 07");
        assert_eq!(harmless_phone("+90 (532) 118-42-07".into()), "'+90 (532) 118-42-07");
        assert_eq!(harmless_phone("+905321184207".into()), "+905321184207");
        assert_eq!(harmless_phone("+1+cmd".into()), "'+1+cmd");
    }

    #[test]
    fn what_would_begin_a_cell_elsewhere_is_harmless_too() {
        for (text, safe) in [
            ("a;=HYPERLINK(1);b", "a;'=HYPERLINK(1);b"),
            ("a, -1", "a,' -1"),
            ("a\t@x", "a\t'@x"),
            ("a\r\n+x", "a\r\n'+x"),
            ("a;\"\"=x", "a;'\"\"=x"),
            ("a;'=x", "a;''=x"),
            ("a; 'x, y-z = 1", "a; 'x, y-z = 1"),
        ] {
            assert_eq!(harmless(text), safe);
            assert_eq!(taken_back(safe), text);
        }
    }

    fn read(file: &str, separator: u8) -> Vec<String> {
        let mut reader = ::csv::ReaderBuilder::new();
        let mut reader =
            reader.has_headers(false).flexible(true).delimiter(separator).from_reader(file.as_bytes());
        reader
            .records()
            .flat_map(|record| record.expect("text").iter().map(str::to_owned).collect::<Vec<_>>())
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]
        #[test]
        fn no_cell_runs_whatever_parts_the_cells(
            cells in proptest::collection::vec("[-'=+@＝a \t\r\n;,\"]{0,10}", 2..4),
            english in any::<bool>(),
        ) {
            let locale = if english { Locale::En } else { Locale::Tr };
            let file = line(cells.iter().map(Cell::text).collect(), locale);
            for separator in *b";,\t" {
                for cell in read(&file, separator) {
                    prop_assert!(!cell.trim_start().starts_with(SIGNS), "{cell:?} of {file:?} read by {separator}");
                }
            }
            let own = u8::try_from(super::separator(locale)).expect("a sign of one byte");
            let back: Vec<String> = read(&file, own).iter().map(|cell| taken_back(cell).into_owned()).collect();
            prop_assert_eq!(back, cells);
        }

        #[test]
        fn whatever_was_typed_comes_back(text in "[-'=+@＝a \t\n;,\"]{0,10}") {
            let safe = harmless(&text);
            prop_assert!(!looks_like_a_formula(&safe));
            prop_assert_eq!(taken_back(&safe), text);
        }
    }
}
