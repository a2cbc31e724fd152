//! Parses days as files write them: in the formats that the map names, and in formats that can be read in only one way.
//! For values that may mean "no day" or two different days, the report asks. Pure.

use super::said::Said;
use crate::i18n::fold::search_key;
use crate::i18n::{Locale, date};
use anyhow::bail;
use chrono::format::{Item, StrftimeItems};
use chrono::{Datelike as _, Days as Count, NaiveDate};

/// How one file writes days.
#[derive(Clone, Debug, Default)]
pub struct Days {
    formats: Vec<String>,
    /// Whether the day comes before the month, if the map's formats say so.
    day_first: Option<bool>,
    /// Whether numbers are day numbers of a spreadsheet.
    serial: bool,
}

/// The entry of `dates` in a map that stands for day numbers of spreadsheets.
const SERIAL: &str = "excel";

impl Days {
    /// # Errors
    /// A sentence that names the entry that is no date format.
    pub fn new(dates: Option<&[String]>) -> anyhow::Result<Self> {
        let mut days = Self::default();
        for format in dates.unwrap_or_default() {
            if format == SERIAL {
                days.serial = true;
                continue;
            }
            if StrftimeItems::new(format).any(|item| item == Item::Error) {
                bail!("dates: \"{format}\" is no date format (strftime letters such as %d.%m.%Y, or excel)");
            }
            if let (Some(day), Some(month), false) =
                (format.find("%d"), format.find("%m"), format.starts_with("%Y"))
            {
                days.day_first = days.day_first.or(Some(day < month));
            }
            days.formats.push(format.clone());
        }
        Ok(days)
    }

    /// The day; `None` for an empty text. `meant` is true where the map says that exactly this value is meant; then the
    /// report does not ask about it.
    ///
    /// # Errors
    /// The reason, for the report.
    pub fn read(&self, text: &str, meant: bool) -> Result<Option<NaiveDate>, Said> {
        let bare = without_time(text.trim());
        if bare.is_empty() {
            return Ok(None);
        }
        let no_day = || Said::of(|words| words.no_day.to_owned());
        let digits = || bare.chars().filter(char::is_ascii_digit);
        let signs = bare.chars().all(|c| c.is_ascii_digit() || ".-/ ".contains(c));
        if signs && digits().count() > 0 && digits().all(|digit| digit == '0') {
            return Err(no_day());
        }
        let day = match self.said(bare).or_else(|| alone(bare)) {
            Some(day) => day,
            None => self.numbers(bare)?,
        };
        let filler = day.year() <= 1900 || day.year() >= 2100 || day == UNIX;
        match (filler && !meant, (1900..=2200).contains(&day.year())) {
            (true, _) => Err(no_day()),
            (false, true) => Ok(Some(day)),
            (false, false) => Err(Said::of(|words| words.bad_date.to_owned())),
        }
    }

    /// Parses by the map's formats, with a year of four digits or of two.
    fn said(&self, text: &str) -> Option<NaiveDate> {
        let parse = |format: &str| NaiveDate::parse_from_str(text, format).ok();
        self.formats.iter().find_map(|format| parse(&format.replace("%Y", "%y")).or_else(|| parse(format)))
    }

    /// Day, month and year as numbers, or a day number.
    fn numbers(&self, text: &str) -> Result<NaiveDate, Said> {
        let bad = || Said::of(|words| words.bad_date.to_owned());
        if let Some(day) = serial(text) {
            let asked = || Said::of(|words| words.serial.to_owned());
            return if self.serial { Ok(day) } else { Err(asked()) };
        }
        let parts: Vec<&str> = text.split(['.', '/', '-']).collect();
        let [first, second, year] = parts.as_slice() else { return Err(bad()) };
        let swapped = format!("{second}.{first}.{year}");
        let (day_first, month_first) = (written(text), written(&swapped));
        match self.day_first {
            Some(true) => day_first.ok_or_else(bad),
            Some(false) => month_first.ok_or_else(bad),
            // With full stops between the numbers, the month never comes first.
            None if text.contains('.') => day_first.ok_or_else(bad),
            None => match (day_first, month_first) {
                (Some(one), Some(other)) if one != other => {
                    Err(Said::of(|words| words.either_day.to_owned()))
                }
                (one, other) => one.or(other).ok_or_else(bad),
            },
        }
    }
}

/// The zero of clocks and databases: usually a missing day.
const UNIX: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a day");

/// The text without a time of day at its end.
fn without_time(text: &str) -> &str {
    let Some((day, time)) = text.split_once([' ', 'T']).and_then(|_| {
        let at = text.find(':')?;
        let begin = text[..at].rfind([' ', 'T'])?;
        Some((&text[..begin], &text[begin + 1..]))
    }) else {
        return text;
    };
    let of_time = |c: char| c.is_ascii_digit() || ":.+- ZAPMapm".contains(c);
    if time.chars().all(of_time) { day.trim() } else { text }
}

/// Formats that can be read in only one way: the year first, or the month as a word.
fn alone(text: &str) -> Option<NaiveDate> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if digits && text.len() == 8 && (text.starts_with("19") || text.starts_with("20")) {
        return NaiveDate::parse_from_str(text, "%Y%m%d").ok();
    }
    if text.split(['-', '/', '.']).next().is_some_and(|year| year.len() == 4) {
        return NaiveDate::parse_from_str(&text.replace(['/', '.'], "-"), "%Y-%m-%d").ok();
    }
    if text.contains(char::is_alphabetic) { written(text) } else { None }
}

/// Day, month and year, in this order: `31.12.2026`, `31/12/26`, `31 Aralık 2026`, `31 Dec 2026`. The year is required,
/// unlike in what people type into forms.
fn written(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split(['.', '/', '-', ' ', ',']).filter(|part| !part.is_empty());
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || ![1, 2].contains(&day.len()) {
        return None;
    }
    let year = match (year.len(), year.parse::<i32>().ok()?) {
        (2, short) => 2000 + short,
        (4, long) => long,
        _ => return None,
    };
    let month = month.parse().ok().or_else(|| named_month(month))?;
    date::plausible(NaiveDate::from_ymd_opt(year, month, day.parse().ok()?)?)
}

/// A month by its name in either language, or by the first three letters of it.
fn named_month(word: &str) -> Option<u32> {
    let key = search_key(word);
    let named = |locale, number: &u32| search_key(date::month(*number, locale)).starts_with(&key);
    let find = |locale| (1..=12).find(|number| named(locale, number));
    if key.len() < 3 { None } else { find(Locale::Tr).or_else(|| find(Locale::En)) }
}

/// The day that a spreadsheet means by a number; only for numbers in the range of plausible days.
#[must_use]
pub fn serial(text: &str) -> Option<NaiveDate> {
    let whole = text.split(['.', ',']).next()?;
    let sound = whole.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit() || b".,".contains(&byte));
    let number: u64 = whole.parse().ok().filter(|number| sound && (20_000..80_000).contains(number))?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Count::new(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;
    use proptest::prelude::*;

    fn days(formats: &[&str]) -> Days {
        let formats: Vec<String> = formats.iter().map(|format| (*format).to_owned()).collect();
        Days::new(Some(&formats)).expect("good formats")
    }

    fn read(days: &Days, text: &str) -> String {
        match days.read(text, false) {
            Ok(Some(day)) => day.to_string(),
            Ok(None) => String::new(),
            Err(why) => why.told(Locale::En).split([' ', ':']).take(2).collect::<Vec<_>>().join(" "),
        }
    }

    #[test]
    fn days_are_read_in_the_files_manner_or_in_the_only_one() {
        let turkish = days(&["%d.%m.%Y"]);
        for (text, day) in [
            ("7.08.2025", "2025-08-07"),
            ("05.12.24", "2024-12-05"),
            ("12 Mart 2024", "2024-03-12"),
            ("2024-03-12 09:14", "2024-03-12"),
            ("2024-03-12T09:14:00Z", "2024-03-12"),
            ("12.03.2024 00:00:00", "2024-03-12"),
            ("12.03.2024 09:14", "2024-03-12"),
            ("12/03/2024", "2024-03-12"),
            ("20240312", "2024-03-12"),
            ("", ""),
            ("0.0.00", "may mean"),
            ("00.00.0000", "may mean"),
            ("0000-00-00 00:00:00", "may mean"),
            ("01.01.1753", "may mean"),
            ("01.01.1900", "may mean"),
            ("01.01.0001", "may mean"),
            ("30.12.1899", "may mean"),
            ("01.01.1970", "may mean"),
            ("31.12.9999", "may mean"),
            ("31.12.2199", "may mean"),
            ("31182", "is no"),
            ("29.02.2027", "is no"),
            ("31.04.2027", "is no"),
            ("dün", "is no"),
            ("12.03.2024x", "is no"),
        ] {
            assert_eq!(read(&turkish, text), day, "{text}");
        }
        assert_eq!(serial("31182").map(|day| day.to_string()).as_deref(), Some("1985-05-15"));
        assert_eq!(read(&days(&["%d.%m.%Y", "excel"]), "31182"), "1985-05-15");
        assert_eq!(turkish.read("01.01.1970", true), Ok(Some(UNIX)));
        assert!(turkish.read("01.01.1753", true).is_err());
    }

    #[test]
    fn what_could_be_two_days_is_asked() {
        let american = days(&["%m/%d/%Y"]);
        for (text, day) in [("3/1/2017", "2017-03-01"), ("3/1/17", "2017-03-01"), ("31/12/2017", "is no")] {
            assert_eq!(read(&american, text), day, "{text}");
        }
        let nothing = Days::default();
        for (text, day) in [
            ("2024-03-12", "2024-03-12"),
            ("12.03.2024", "2024-03-12"),
            ("12/03/2024", "may begin"),
            ("31/12/2024", "2024-12-31"),
            ("12/31/2024", "2024-12-31"),
            ("03/03/2024", "2024-03-03"),
        ] {
            assert_eq!(read(&nothing, text), day, "{text}");
        }
        assert!(Days::new(Some(&["%Q".to_owned()])).is_err());
    }

    proptest! {
        #[test]
        fn a_day_is_read_as_itself_or_not_at_all(number in 1_000..60_000_i64,
            format in prop::sample::select(vec!["%d.%m.%Y", "%m/%d/%Y", "%Y-%m-%d", "%d-%m-%Y"]), time: bool) {
            let day = NaiveDate::from_ymd_opt(1901, 1, 1).expect("a day") + chrono::Duration::days(number);
            prop_assume!(day != UNIX);
            let text = format!("{}{}", day.format(format), if time { " 14:05" } else { "" });
            prop_assert_eq!(days(&[format]).read(&text, false), Ok(Some(day)));
            if let Ok(Some(guessed)) = Days::default().read(&text, false) {
                prop_assert_eq!(guessed, day);
            }
        }

        #[test]
        fn no_text_breaks_it(text in "\\PC{0,20}|[0-9./: -]{0,16}") {
            let _ = (days(&["%d.%m.%Y"]).read(&text, false), Days::default().read(&text, true));
        }
    }
}
