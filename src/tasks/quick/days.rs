//! The day in a line: words for near days, weekdays, weeks ahead, dates. Takes the first it finds and marks its words as used.

use super::{Line, stem};
use crate::i18n::date;
use chrono::{Datelike, Days, Months, NaiveDate};

/// The day named, if any; its words are used up.
pub(super) fn take(line: &mut Line<'_>) -> Option<NaiveDate> {
    type Reader = fn(&Line<'_>, usize) -> Option<(NaiveDate, usize)>;
    const READERS: [Reader; 6] = [near, ahead, week, weekday, written, dated];
    for read in READERS {
        for at in 0..line.words.len() {
            if let Some((day, count)) = read(line, at) {
                line.used_with_ties(at, count);
                return Some(day);
            }
        }
    }
    None
}

/// `bugün`, `yarın`, `öbür gün`.
fn near(line: &Line<'_>, at: usize) -> Option<(NaiveDate, usize)> {
    const PHRASES: [(&[&str], u64); 10] = [
        (&["day", "after", "tomorrow"], 2),
        (&["yarindan", "sonra"], 2),
        (&["obur", "gun"], 2),
        (&["ertesi", "gun"], 2),
        (&["bugun"], 0),
        (&["today"], 0),
        (&["yarin"], 1),
        (&["yarina"], 1),
        (&["tomorrow"], 1),
        (&["tmr"], 1),
    ];
    let (phrase, days) = PHRASES.into_iter().find(|(phrase, _)| line.spells(at, phrase))?;
    Some((line.today + Days::new(days), phrase.len()))
}

/// `3 gün sonra`, `in 2 weeks`.
fn ahead(line: &Line<'_>, at: usize) -> Option<(NaiveDate, usize)> {
    let turkish = line.key(at + 2) == "sonra";
    let at = if line.key(at) == "in" { at + 1 } else { at };
    let english = at > 0 && line.key_before(at) == "in";
    let number = line.number(at).filter(|number| *number <= 400)?;
    if !turkish && !english {
        return None;
    }
    let day = match line.key(at + 1) {
        "gun" | "day" | "days" => line.today + Days::new(number.into()),
        "hafta" | "week" | "weeks" => line.today + Days::new(u64::from(number) * 7),
        "ay" | "month" | "months" => line.today.checked_add_months(Months::new(number))?,
        _ => return None,
    };
    Some((day, 3))
}

fn monday(of: NaiveDate) -> NaiveDate {
    of - Days::new(of.weekday().num_days_from_monday().into())
}

/// `haftaya`, `haftaya salı`, `next friday`, `friday next week`.
fn week(line: &Line<'_>, at: usize) -> Option<(NaiveDate, usize)> {
    const PHRASES: [&[&str]; 5] = [
        &["haftaya"],
        &["gelecek", "hafta"],
        &["onumuzdeki", "hafta"],
        &["next", "week"],
        &["oteki", "hafta"],
    ];
    let next_monday = monday(line.today) + Days::new(7);
    if line.key(at) == "next"
        && let Some(number) = weekday_of(line.key(at + 1))
    {
        return Some((next_monday + Days::new(number), 2));
    }
    // "friday next week"
    if let Some(number) = weekday_of(line.key(at))
        && line.spells(at + 1, &["next", "week"])
    {
        return Some((next_monday + Days::new(number), 3));
    }
    let phrase = PHRASES.into_iter().find(|phrase| line.spells(at, phrase))?;
    match weekday_of(line.key(at + phrase.len())) {
        Some(number) => Some((next_monday + Days::new(number), phrase.len() + 1)),
        None => Some((line.today + Days::new(7), phrase.len())),
    }
}

/// `salı`, `cumaya`, `bu perşembe`, `on friday`: the next one after today; with "this" also today.
fn weekday(line: &Line<'_>, at: usize) -> Option<(NaiveDate, usize)> {
    let told = ["bu", "this", "onumuzdeki", "gelecek"].contains(&line.key(at));
    let (at, before) = if told { (at + 1, 1) } else { (at, 0) };
    let key = line.key(at);
    let number = weekday_of(key)?;
    // "Pazar" is the market, too: alone it is Sunday only where nothing but a time can follow.
    if key == "pazar" && !told && !ends_a_day(line, at + 1) {
        return None;
    }
    let now = u64::from(line.today.weekday().num_days_from_monday());
    let ahead = (number + 7 - now) % 7;
    let this = before == 1 && ["bu", "this"].contains(&line.key(at - 1));
    let ahead = if ahead == 0 && !this { 7 } else { ahead };
    Some((line.today + Days::new(ahead), 1 + before))
}

fn ends_a_day(line: &Line<'_>, at: usize) -> bool {
    let Some(word) = line.words.get(at) else { return true };
    word.raw.starts_with(|c: char| c.is_ascii_digit())
        || ["gunu", "saat", "sabah", "ogle", "oglen", "ogleden", "aksam"].contains(&word.key.as_str())
}

/// Monday is 0. Turkish ones may carry "to": `pazartesiye`.
fn weekday_of(key: &str) -> Option<u64> {
    const NAMES: [[&str; 5]; 7] = [
        ["pazartesi", "pazartesiye", "monday", "mon", "mondays"],
        ["sali", "saliya", "tuesday", "tue", "tues"],
        ["carsamba", "carsambaya", "wednesday", "wed", "weds"],
        ["persembe", "persembeye", "thursday", "thu", "thurs"],
        ["cuma", "cumaya", "friday", "fri", "fridays"],
        ["cumartesi", "cumartesiye", "saturday", "saturdays", "cmt"],
        ["pazar", "pazara", "sunday", "sundays", "paz"],
    ];
    let at = NAMES.iter().position(|names| !key.is_empty() && names.contains(&key))?;
    u64::try_from(at).ok()
}

/// `15 Mart`, `15 March 2027`, `March 15`.
fn written(line: &Line<'_>, at: usize) -> Option<(NaiveDate, usize)> {
    let day_of = |at: usize| {
        let raw = line.words.get(at).filter(|word| !word.used)?.raw;
        let digits = raw.trim_end_matches(['.', ',']);
        let digits =
            ["st", "nd", "rd", "th"].into_iter().find_map(|end| digits.strip_suffix(end)).unwrap_or(digits);
        digits.parse::<u32>().ok().filter(|day| (1..=31).contains(day) && digits.len() <= 2)
    };
    let month_of = |at: usize| month(line.key(at));
    let (day, month) = match (day_of(at), month_of(at + 1)) {
        (Some(day), Some(month)) => (day, month),
        _ => (day_of(at + 1)?, month_of(at).filter(|_| line.key(at).len() > 3)?),
    };
    let year = line.number(at + 2).filter(|year| (2000..=2200).contains(year));
    let found = in_year(line.today, day, month, year.and_then(|year| i32::try_from(year).ok()))?;
    Some((found, if year.is_some() { 3 } else { 2 }))
}

/// By its name, with or without "in": `mart`, `martta`, `ekime`, `mar`. "Ara" is no December: it is "call".
fn month(key: &str) -> Option<u32> {
    if key.len() < 3 || key == "ara" {
        return None;
    }
    let name = |number: u32| {
        crate::i18n::Locale::ALL.map(|locale| crate::i18n::fold::search_key(date::month(number, locale)))
    };
    let fits = |name: &str| {
        let suffixed = key
            .strip_prefix(name)
            .is_some_and(|end| ["", "ta", "te", "da", "de", "a", "e", "ya", "ye", "i"].contains(&end));
        suffixed || (key.len() == 3 && name.starts_with(key))
    };
    (1..=12).find(|number| name(*number).iter().any(|name| fits(name)))
}

/// `15.03`, `15/3/2027`, `2027-03-15`.
fn dated(line: &Line<'_>, at: usize) -> Option<(NaiveDate, usize)> {
    let word = line.words.get(at).filter(|word| !word.used)?;
    let raw = stem(word.raw).trim_end_matches(['.', ',', ';']);
    if !raw.starts_with(|c: char| c.is_ascii_digit()) || line.key_before(at) == "saat" {
        return None;
    }
    if let Some(day) = date::parse(raw) {
        return Some((day, 1));
    }
    let (day, month) = raw.split_once(['.', '/'])?;
    let small = |text: &str| {
        let digits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if digits { text.parse::<u32>().ok() } else { None }
    };
    if super::times::is_money(line, at + 1) {
        return None;
    }
    Some((in_year(line.today, small(day)?, small(month)?, None)?, 1))
}

/// Without a year the next such day from today on is meant.
fn in_year(today: NaiveDate, day: u32, month: u32, year: Option<i32>) -> Option<NaiveDate> {
    match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, day),
        // 29 February may be years ahead.
        None => (0..=8)
            .filter_map(|ahead| NaiveDate::from_ymd_opt(today.year() + ahead, month, day))
            .find(|day| *day >= today),
    }
}
