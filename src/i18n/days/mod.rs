//! Parses days: in a field that holds nothing else, and in a line of words. Pure; "today" comes from the caller. In a
//! line, only what can hardly be anything else is taken for a day; doubtful words stay words (`around`). Days are
//! written by `date`.

// First, because its names change with whatever stands before them (see `lib.rs`).
pub mod later;

mod around;
mod near;
mod numbers;

use super::fold::search_key;
use super::{Locale, date};
use crate::error::Problem;
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

pub use around::{is_free_after, is_free_before, is_measure, is_name_of, listed};

/// A word of the line.
pub struct Word<'a> {
    pub raw: &'a str,
    /// Folded, without an apostrophe and what follows it.
    pub key: String,
    /// Recognised as a day or a time, or marked as plain text: nothing more is recognised in it.
    pub used: bool,
}

/// The words of a line while it is parsed.
pub struct Line<'a> {
    pub words: Vec<Word<'a>>,
    pub today: NaiveDate,
    /// Whether a word with this key can be next to a day: a verb or a kind of task.
    pub known: fn(&str) -> bool,
}

/// What was found in a line: a day, or the problem with words that were meant as one; and at which words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub day: Result<NaiveDate, Problem>,
    pub from: usize,
    pub count: usize,
}

/// What was recognised from a word on, and how many words it has.
type Read = Option<(Result<NaiveDate, Problem>, usize)>;

const APOSTROPHES: [char; 4] = ['\'', '’', '‘', 'ʼ'];

/// The part before an apostrophe, which in Turkish separates a name from its ending.
#[must_use]
pub fn stem(word: &str) -> &str {
    word.split(APOSTROPHES).next().unwrap_or(word)
}

/// The part after the apostrophe, folded.
#[must_use]
pub fn ending(word: &str) -> Option<String> {
    word.split_once(APOSTROPHES).map(|(_, ending)| search_key(ending))
}

impl<'a> Line<'a> {
    #[must_use]
    pub fn of(typed: &'a str, today: NaiveDate, known: fn(&str) -> bool) -> Self {
        let word = |raw: &'a str| Word { raw, key: search_key(stem(raw)), used: false };
        Self { words: typed.split_whitespace().map(word).collect(), today, known }
    }

    /// The word at that index as typed, if nothing was recognised in it.
    #[must_use]
    pub fn raw(&self, at: usize) -> &'a str {
        self.words.get(at).filter(|word| !word.used).map_or("", |word| word.raw)
    }

    /// Its key.
    #[must_use]
    pub fn key(&self, at: usize) -> &str {
        self.words.get(at).filter(|word| !word.used).map_or("", |word| &word.key)
    }

    #[must_use]
    pub fn key_before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |at| self.key(at))
    }

    #[must_use]
    pub fn number(&self, at: usize) -> Option<u32> {
        let raw = self.raw(at);
        let digits = raw.len() <= 4 && raw.bytes().all(|byte| byte.is_ascii_digit());
        if digits { raw.parse().ok() } else { None }
    }

    #[must_use]
    pub fn spells(&self, at: usize, phrase: &str) -> Option<usize> {
        let count = phrase.split(' ').count();
        let fits = phrase.split(' ').enumerate().all(|(nr, key)| self.key(at + nr) == key);
        fits.then_some(count)
    }

    pub fn used(&mut self, from: usize, count: usize) {
        for word in self.words.iter_mut().skip(from).take(count) {
            word.used = true;
        }
    }

    /// The day in the line: the first one that exists, else the first that does not.
    #[must_use]
    pub fn day(&self, locale: Locale) -> Option<Found> {
        type Reader = fn(&Line<'_>, usize, Locale) -> Read;
        const READERS: [Reader; 6] =
            [near::near, near::ahead, numbers::written, numbers::dated, near::week, near::weekday];
        let all = READERS.iter().flat_map(|read| {
            (0..self.words.len()).filter_map(move |from| {
                let (day, count) = read(self, from, locale)?;
                let (from, count) = match &day {
                    Ok(day) => near::with_weekday(self, *day, from, count),
                    Err(_) => (from, count),
                };
                Some(Found { day, from, count })
            })
        });
        let mut missing = None;
        for found in all {
            if found.day.is_ok() {
                return Some(found);
            }
            missing.get_or_insert(found);
        }
        missing
    }
}

/// Parses a day that is alone in a field, in either language: `31.12.2026`, `31 Aralık`, `yarın`, `next friday`, `dün`,
/// `2026-12-31`.
///
/// `BadDate` for a text that is no day, `NoSuchDay` for a day that does not exist, `DayOrMonth` for `3/4/2027` on an
/// English page.
pub fn read(typed: &str, today: NaiveDate, locale: Locale) -> Result<NaiveDate, Problem> {
    let mut line = Line::of(typed, today, |_| true);
    if let [only] = line.words.as_slice()
        && let Some(day) = numbers::alone(only.raw, today, locale)
    {
        return day;
    }
    let past = near::past(&line, 0, locale).map(|(day, count)| Found { day, from: 0, count });
    let found = past.or_else(|| line.day(locale)).ok_or(Problem::BadDate)?;
    line.used(found.from, found.count);
    let rest = line.words.iter().any(|word| !word.used && !listed("on by gunu tarihi", &word.key));
    if rest { Err(Problem::BadDate) } else { found.day }
}

/// Parses a day and a time that are alone in a field: a day as in [`read`] and `14:05`, `14.05`, `2:05 pm`. A time
/// alone is one of today. What programs write is read, too: `2026-12-31T14:05`.
///
/// `BadMoment` without a time; the problems of [`read`] for the day.
pub fn read_moment(typed: &str, today: NaiveDate, locale: Locale) -> Result<NaiveDateTime, Problem> {
    let typed = typed.trim();
    if let Some(at) = date::parse_moment(typed) {
        return Ok(at);
    }
    let (rest, late) = half_of_day(typed);
    let (day, time) = rest.rsplit_once(char::is_whitespace).unwrap_or(("", rest));
    // In a time alone, `10.12` could be a day.
    let time = time_of(time, late, !day.is_empty()).ok_or(Problem::BadMoment)?;
    let words: Vec<&str> = day.split_whitespace().collect();
    let day = match words.as_slice() {
        [] => return Ok(today.and_time(time)),
        [day @ .., last] if listed("saat at", &search_key(last)) => day.join(" "),
        words => words.join(" "),
    };
    if day.is_empty() { Ok(today.and_time(time)) } else { Ok(read(&day, today, locale)?.and_time(time)) }
}

/// The text before `am` or `pm`, and whether it is the afternoon.
#[must_use]
pub fn half_of_day(text: &str) -> (&str, Option<bool>) {
    let cut = text.len().checked_sub(2).filter(|at| text.is_char_boundary(*at));
    let Some((before, half)) = cut.map(|at| text.split_at(at)) else { return (text, None) };
    let late = match half.to_ascii_lowercase().as_str() {
        "am" => false,
        "pm" => true,
        _ => return (text, None),
    };
    (before.trim_end(), Some(late))
}

/// A time of 24 hours, or of twelve if the half of the day is known.
fn time_of(text: &str, late: Option<bool>, dotted: bool) -> Option<NaiveTime> {
    let number = |text: &str| match text.len() {
        1 | 2 if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse::<u32>().ok(),
        _ => None,
    };
    let parts = text.split_once(':').or_else(|| text.split_once('.').filter(|_| dotted));
    let (hour, minute) = match (parts, late) {
        // Seconds are dropped.
        (Some((hour, minute)), _) => (number(hour)?, number(minute.split(':').next()?)?),
        (None, Some(_)) => (number(text)?, 0),
        (None, None) => return None,
    };
    let hour = match late {
        None => hour,
        Some(late) if (1..=12).contains(&hour) => hour % 12 + if late { 12 } else { 0 },
        Some(_) => return None,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

/// Without a year: the next such day from today on; for 29 February that may be years ahead.
fn in_year(today: NaiveDate, day: u32, month: u32, year: Option<i32>) -> Option<NaiveDate> {
    let years = year.map_or(today.year()..=today.year() + 8, |year| year..=year);
    let mut days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    days.find(|day| year.is_some() || *day >= today)
}

#[cfg(test)]
mod tests;
