//! Parses and formats numbers as people write them (`1.234,5`, `1,234.5`, `-0,25`), as integers in ten-thousandths.
//! Amounts of money have rules of their own (`i18n::money`).

use crate::i18n::Locale;
use crate::i18n::money::grouped;

/// The integer for 1.
pub const ONE: i64 = 10_000;
/// The most digits before the decimal sign; more are a mistake.
const LONGEST: usize = 12;
/// The most digits after the decimal sign.
const DECIMALS: usize = 4;

/// Parses a number. One sign followed by exactly three digits separates thousands in both languages, as in amounts.
#[must_use]
pub fn parse(text: &str) -> Option<i64> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (negative, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (whole, decimals) = parted(digits)?;
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let sound = !whole.is_empty() && whole.len() <= LONGEST && decimals.len() <= DECIMALS;
    if !sound || !all_digits(&whole) || !all_digits(&decimals) {
        return None;
    }
    let number: i64 = format!("{whole}{decimals:0<DECIMALS$}").parse().ok()?;
    Some(if negative { -number } else { number })
}

/// The digits before and after the decimal sign.
fn parted(text: &str) -> Option<(String, String)> {
    let Some(last) = text.rfind(['.', ',']) else { return Some((text.to_owned(), String::new())) };
    let sign = text[last..].chars().next()?;
    let behind = &text[last + 1..];
    let signs = text.matches(['.', ',']).count();
    let alone = text.matches(sign).count() == 1;
    let groups = |text: &str, sign: char| {
        let mut parts = text.split(sign);
        let first = parts.next().is_some_and(|first| (1..=3).contains(&first.len()));
        let sound = first && parts.all(|part| part.len() == 3);
        sound.then(|| text.replace(sign, ""))
    };
    if !alone || (signs == 1 && behind.len() == 3 && !text.starts_with('0')) {
        return groups(text, sign).map(|whole| (whole, String::new()));
    }
    let whole = &text[..last];
    let other = if sign == '.' { ',' } else { '.' };
    let whole = if whole.contains(other) { groups(whole, other)? } else { whole.to_owned() };
    // `,5` means `0,5`.
    let whole = if whole.is_empty() && !behind.is_empty() { "0".to_owned() } else { whole };
    Some((whole, behind.to_owned()))
}

/// Formats a number for reading: `1.234,5`.
#[must_use]
pub fn said(number: i64, locale: Locale) -> String {
    written(number, locale, 0)
}

/// Formats a number for a form. Three decimals get a fourth, because with three they would be parsed as thousands.
#[must_use]
pub fn typed(number: i64, locale: Locale) -> String {
    let three = number % 10 == 0 && number % 100 != 0;
    written(number, locale, if three { DECIMALS } else { 0 })
}

/// Formats a number with at least this many decimals.
fn written(number: i64, locale: Locale, least: usize) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let size = number.unsigned_abs();
    let whole = grouped(i64::try_from(size / ONE.unsigned_abs()).unwrap_or(i64::MAX), locale);
    let decimals = format!("{:04}", size % ONE.unsigned_abs());
    let kept = decimals.trim_end_matches('0').len().max(least);
    let point = match locale {
        Locale::Tr => ',',
        Locale::En => '.',
    };
    if kept == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}{point}{}", &decimals[..kept]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, number) in [
            ("12", 120_000),
            ("1.234", 12_340_000),
            ("1,234", 12_340_000),
            ("0,123", 1_230),
            ("1,2340", 12_340),
            ("1.234,5", 12_345_000),
            ("1,234.5", 12_345_000),
            ("1.234.567", 12_345_670_000),
            ("12,5", 125_000),
            (" -0,25 ", -2_500),
            (",5", 5_000),
            ("1 250,5", 12_505_000),
            ("−3", -30_000),
        ] {
            assert_eq!(parse(text), Some(number), "{text}");
        }
        for bad in
            ["", "-", "12,34567", "1.23.4", "1.2345,6", "yirmi", "1e5", "٣", "9999999999999", ",", "1,2,3"]
        {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_the_form_begins_with_is_read_again(number in -9_999_999_999_999_999_i64..=9_999_999_999_999_999) {
            for locale in Locale::ALL {
                prop_assert_eq!(parse(&typed(number, locale)), Some(number));
            }
        }
    }
}
