//! Writes days and times for people, and parses those of programs. "Today" comes from the caller: this module reads no
//! clock and knows no time zone.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use serde::de::Error as _;
use serde::{Deserialize as _, Deserializer};

use super::Locale;

const MONTHS_TR: [&str; 12] = [
    "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım",
    "Aralık",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS_TR: [&str; 7] = ["Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar"];
const DAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const fn months(locale: Locale) -> &'static [&'static str; 12] {
    match locale {
        Locale::Tr => &MONTHS_TR,
        Locale::En => &MONTHS_EN,
    }
}

/// The month's name; 1 is January.
#[must_use]
pub fn month(number: u32, locale: Locale) -> &'static str {
    let index = number.saturating_sub(1) as usize % 12;
    months(locale)[index]
}

#[must_use]
pub fn weekday(day: NaiveDate, locale: Locale) -> &'static str {
    let index = day.weekday().num_days_from_monday() as usize;
    match locale {
        Locale::Tr => DAYS_TR[index],
        Locale::En => DAYS_EN[index],
    }
}

/// `31.12.2026`, `31 Dec 2026`.
#[must_use]
pub fn day(day: NaiveDate, locale: Locale) -> String {
    match locale {
        Locale::Tr => format!("{:02}.{:02}.{:04}", day.day(), day.month(), day.year()),
        Locale::En => format!("{} {} {}", day.day(), &month(day.month(), locale)[..3], day.year()),
    }
}

/// Without the year: `27.11`, `27 Nov`.
#[must_use]
pub fn day_month(day: NaiveDate, locale: Locale) -> String {
    match locale {
        Locale::Tr => format!("{:02}.{:02}", day.day(), day.month()),
        Locale::En => format!("{} {}", day.day(), &month(day.month(), locale)[..3]),
    }
}

/// The heading of a day: `18 Kasım Çarşamba`, `Wednesday 18 November`; with the year when it is not this one.
#[must_use]
pub fn long_day(day: NaiveDate, today: NaiveDate, locale: Locale) -> String {
    let year = if day.year() == today.year() { String::new() } else { format!(" {}", day.year()) };
    let (name, month) = (weekday(day, locale), month(day.month(), locale));
    match locale {
        Locale::Tr => format!("{} {month}{year} {name}", day.day()),
        Locale::En => format!("{name} {} {month}{year}", day.day()),
    }
}

/// `14:05`.
#[must_use]
pub fn time(at: NaiveDateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// Parses the value of a date-and-time field, `2026-11-22T14:05`; some browsers send seconds, too. By hand, because
/// chrono's pattern parser is as large as a whole page in the browser.
#[must_use]
pub fn parse_moment(typed: &str) -> Option<NaiveDateTime> {
    let (day, time) = typed.split_once('T')?;
    let mut parts = time.split(':').map(|part| part.parse().ok());
    parse(day)?.and_hms_opt(parts.next()??, parts.next()??, 0)
}

/// A moment as the value of its field.
#[must_use]
pub fn moment_field(at: NaiveDateTime) -> String {
    format!("{}T{}", at.date(), time(at))
}

/// `31.12.2026 14:05`.
#[must_use]
pub fn moment(at: NaiveDateTime, locale: Locale) -> String {
    format!("{} {}", day(at.date(), locale), time(at))
}

/// Near days as words: `bugün 14:05`, `dün 09:12`, else `18.11 16:40`, and with the year when it is not this one.
#[must_use]
pub fn moment_from(at: NaiveDateTime, today: NaiveDate, locale: Locale) -> String {
    let date = at.date();
    let word = near(date, today, locale).map_or_else(
        || if date.year() == today.year() { day_month(date, locale) } else { day(date, locale) },
        str::to_owned,
    );
    format!("{word} {}", time(at))
}

fn near(day: NaiveDate, today: NaiveDate, locale: Locale) -> Option<&'static str> {
    let (turkish, english) = match (day - today).num_days() {
        -1 => ("dün", "yesterday"),
        0 => ("bugün", "today"),
        1 => ("yarın", "tomorrow"),
        _ => return None,
    };
    Some(if locale == Locale::Tr { turkish } else { english })
}

/// How far a day is: `bugün`, `dün`, `yarın`, `3 gün önce`, `3 gün sonra`; after 30 days the date itself.
#[must_use]
pub fn relative(date: NaiveDate, today: NaiveDate, locale: Locale) -> String {
    if let Some(word) = near(date, today, locale) {
        return word.to_owned();
    }
    match ((date - today).num_days(), locale) {
        (n @ -30..=-1, Locale::Tr) => format!("{} gün önce", -n),
        (n @ -30..=-1, Locale::En) => format!("{} days ago", -n),
        (n @ 1..=30, Locale::Tr) => format!("{n} gün sonra"),
        (n @ 1..=30, Locale::En) => format!("in {n} days"),
        _ => day(date, locale),
    }
}

/// How long ago, for a column of its own: `bugün`, `dün`, `11 gün`.
#[must_use]
pub fn since(date: NaiveDate, today: NaiveDate, locale: Locale) -> String {
    match (today - date).num_days() {
        n if n > 1 => days(n, locale),
        _ => relative(date, today, locale),
    }
}

/// A number of days: `3 gün`, `1 day`, `3 days`.
#[must_use]
pub fn days(count: i64, locale: Locale) -> String {
    match (locale, count) {
        (Locale::Tr, n) => format!("{n} gün"),
        (Locale::En, 1) => "1 day".to_owned(),
        (Locale::En, n) => format!("{n} days"),
    }
}

/// For narrow places: `11 gün`, since "g" is grams in Turkish; `11 d`.
#[must_use]
pub fn days_short(count: i64, locale: Locale) -> String {
    match locale {
        Locale::Tr => format!("{count} gün"),
        Locale::En => format!("{count} d"),
    }
}

/// Parses `2026-12-31`, as programs and the browsers' calendars write it. What people type is parsed by `days`.
#[must_use]
pub fn parse(text: &str) -> Option<NaiveDate> {
    plausible(text.trim().parse().ok()?)
}

/// Deserializes a day from another program and refuses implausible ones. For `serde(deserialize_with)`.
///
/// A value that is no day, or not a plausible one.
pub fn only_plausible<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
    plausible(NaiveDate::deserialize(from)?).ok_or_else(|| D::Error::custom("no day of these centuries"))
}

/// The same for an optional day.
///
/// # Errors
/// As [`only_plausible`].
pub fn maybe_plausible<'de, D: Deserializer<'de>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    let day = Option::<NaiveDate>::deserialize(from)?;
    day.map(|day| plausible(day).ok_or_else(|| D::Error::custom("no day of these centuries"))).transpose()
}

/// A year of three digits or of the far future is a typo.
#[must_use]
pub fn plausible(day: NaiveDate) -> Option<NaiveDate> {
    (1900..=2200).contains(&day.year()).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn written() {
        let last = on(2026, 12, 31);
        assert_eq!(day(last, Locale::Tr), "31.12.2026");
        assert_eq!(day(last, Locale::En), "31 Dec 2026");
        assert_eq!(day_month(on(2026, 11, 7), Locale::Tr), "07.11");
        assert_eq!(long_day(on(2026, 11, 18), last, Locale::Tr), "18 Kasım Çarşamba");
        assert_eq!(long_day(on(2025, 11, 18), last, Locale::En), "Tuesday 18 November 2025");
        let at = on(2026, 11, 18).and_hms_opt(9, 5, 59).unwrap();
        assert_eq!(moment(at, Locale::Tr), "18.11.2026 09:05");
        assert_eq!(moment_from(at, on(2026, 11, 19), Locale::Tr), "dün 09:05");
        assert_eq!(moment_from(at, on(2026, 11, 30), Locale::En), "18 Nov 09:05");
    }

    #[test]
    fn near_days_are_words() {
        let today = on(2026, 11, 22);
        let tr = |day| relative(day, today, Locale::Tr);
        assert_eq!(tr(today), "bugün");
        assert_eq!(tr(on(2026, 11, 21)), "dün");
        assert_eq!(tr(on(2026, 11, 23)), "yarın");
        assert_eq!(tr(on(2026, 11, 19)), "3 gün önce");
        assert_eq!(tr(on(2026, 11, 25)), "3 gün sonra");
        assert_eq!(tr(on(2026, 1, 1)), "01.01.2026");
        assert_eq!(since(on(2026, 11, 11), today, Locale::Tr), "11 gün");
        assert_eq!(since(on(2026, 11, 21), today, Locale::En), "yesterday");
        assert_eq!(days(1, Locale::En), "1 day");
    }

    #[test]
    fn what_is_sent_is_read() {
        assert_eq!(parse(" 2026-12-31 "), Some(on(2026, 12, 31)));
        for wrong in ["", "31", "31.12.2026", "2026-02-30", "0026-12-31", "9999-12-31"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
