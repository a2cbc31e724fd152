//! Values as files write them: dates, amounts, names. What can't be read is an error with the value in it, never a guess.

use super::map::Format;
use crate::i18n::Currency;
use crate::i18n::fold::search_key;
use anyhow::{Context as _, bail};
use chrono::format::{Item, StrftimeItems};
use chrono::{Datelike as _, NaiveDate};

/// Reads values in one file's manner.
#[derive(Clone, Debug)]
pub struct Reader {
    dates: Vec<String>,
    decimal: char,
    thousands: Option<char>,
    pub currency: Currency,
}

impl Reader {
    /// # Errors
    /// A sentence that names what is wrong with the format.
    pub fn new(format: &Format, firms_currency: Currency) -> anyhow::Result<Self> {
        let dates = format.dates.clone().unwrap_or_else(|| vec!["%Y-%m-%d".to_owned()]);
        for date in &dates {
            if StrftimeItems::new(date).any(|item| item == Item::Error) {
                bail!("dates: \"{date}\" is no date format (strftime letters such as %d.%m.%Y)");
            }
        }
        let decimal = format.decimal.unwrap_or('.');
        if format.thousands == Some(decimal) {
            bail!("decimal and thousands are the same sign: {decimal}");
        }
        let currency = match &format.currency {
            Some(code) => currency(code).with_context(|| format!("currency: \"{code}\" is not known"))?,
            None => firms_currency,
        };
        Ok(Self { dates, decimal, thousands: format.thousands, currency })
    }

    /// The date; nothing for an empty cell.
    ///
    /// # Errors
    /// The reason to be told beside the row.
    pub fn date(&self, text: &str) -> Result<Option<NaiveDate>, String> {
        if text.is_empty() {
            return Ok(None);
        }
        self.dates
            .iter()
            .filter_map(|format| NaiveDate::parse_from_str(text, format).ok())
            // A year of two digits would be read as one of the first century.
            .find(|date| (1900..2200).contains(&date.year()))
            .map(Some)
            .ok_or_else(|| format!("bad date \"{text}\""))
    }

    /// The amount in minor units; nothing for an empty cell.
    ///
    /// # Errors
    /// The reason to be told beside the row.
    pub fn amount(&self, text: &str, currency: Currency) -> Result<Option<i64>, String> {
        if text.is_empty() {
            return Ok(None);
        }
        self.minor(text, currency.digits() as usize).map(Some).ok_or_else(|| format!("bad number \"{text}\""))
    }

    fn minor(&self, text: &str, digits: usize) -> Option<i64> {
        let (negative, size) = text.strip_prefix('-').map_or((false, text), |size| (true, size));
        let (whole, fraction) = size.split_once(self.decimal).unwrap_or((size, ""));
        let whole: String = whole.chars().filter(|letter| Some(*letter) != self.thousands).collect();
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !all_digits(&whole) || !all_digits(fraction) || size.ends_with(self.decimal) {
            return None;
        }
        // More digits than the currency has are fine when they say nothing.
        let (kept, beyond) = fraction.split_at(fraction.len().min(digits));
        if beyond.bytes().any(|byte| byte != b'0') {
            return None;
        }
        let minor: i64 = format!("{whole}{kept:0<digits$}").parse().ok()?;
        Some(if negative { -minor } else { minor })
    }
}

/// The currency with these three letters.
#[must_use]
pub fn currency(code: &str) -> Option<Currency> {
    code.parse().ok()
}

/// The value without spaces at its ends and without doubled ones.
#[must_use]
pub fn tidy(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    for letter in cell.trim().chars() {
        let space = matches!(letter, ' ' | '\u{a0}');
        if !(space && out.ends_with(' ')) {
            out.push(if space { ' ' } else { letter });
        }
    }
    out
}

/// The same for two spellings of one name: "GTXPro" and "GTX Pro".
#[must_use]
pub fn alike(name: &str) -> String {
    search_key(name).replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(format: &Format) -> Reader {
        Reader::new(format, Currency::parse("USD").expect("a currency")).expect("a good format")
    }

    #[test]
    fn numbers_are_read_in_the_files_manner_or_not_at_all() {
        let usd = Currency::parse("USD").expect("a currency");
        let plain = reader(&Format::default());
        assert_eq!(plain.amount("1054", usd), Ok(Some(105_400)));
        assert_eq!(plain.amount("0.5", usd), Ok(Some(50)));
        assert_eq!(plain.amount("12.3400", usd), Ok(Some(1234)));
        assert_eq!(plain.amount("", usd), Ok(None));
        assert_eq!(plain.amount("-3", usd), Ok(Some(-300)));
        for bad in ["1,5", "12.345", "twelve", "1e3", ".", "5.", "--1", "99999999999999999999"] {
            assert!(plain.amount(bad, usd).is_err(), "{bad}");
        }
        let turkish = reader(&Format { decimal: Some(','), thousands: Some('.'), ..Format::default() });
        assert_eq!(turkish.amount("1.234,56", usd), Ok(Some(123_456)));
    }

    #[test]
    fn dates_are_read_in_the_files_manner_or_not_at_all() {
        let american = reader(&Format { dates: Some(vec!["%m/%d/%Y".into()]), ..Format::default() });
        assert_eq!(american.date("3/1/2017"), Ok(NaiveDate::from_ymd_opt(2017, 3, 1)));
        assert_eq!(american.date(""), Ok(None));
        for bad in ["31/12/2017", "2017-03-01", "3/1/17", "3/1/2017x"] {
            assert!(american.date(bad).is_err(), "{bad}");
        }
        assert!(
            Reader::new(&Format { dates: Some(vec!["%Q".into()]), ..Format::default() }, american.currency)
                .is_err()
        );
    }

    #[test]
    fn spellings() {
        assert_eq!(tidy("  GTX \u{a0} Pro "), "GTX Pro");
        assert_eq!(alike("GTXPro"), alike("GTX Pro"));
        assert_eq!(alike("IŞIK A.Ş."), alike("ışık aş"));
    }
}
