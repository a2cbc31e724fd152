//! Recognises days by their distance from today: `yarın`, `3 gün sonra`, `haftaya salı`, `on friday`.

use super::around::{
    is_asked, is_capital, is_day_ending, is_free_after, is_name_of, is_titled, is_told, listed,
};
use super::{Line, Read, stem};
use crate::i18n::Locale;
use chrono::{Datelike, Days, Months, NaiveDate};

/// Whether the word is part of a name: it has a capital letter in the middle of a line, or the next word follows only
/// names.
fn is_named(line: &Line<'_>, at: usize, count: usize) -> bool {
    let shouted = line.words.iter().all(|word| word.raw.to_uppercase() == word.raw);
    let capital = at > 0 && is_capital(line.raw(at)) && !shouted;
    let owned = is_day_ending(line.raw(at + count - 1)).is_some();
    owned
        || is_name_of(line, at + count)
        || (capital && !is_free_after(line, at + count))
        || is_titled(line, at)
}

/// The first of the phrases, separated by commas, that stands there: how many words it has, and the days beside it.
fn phrase(line: &Line<'_>, at: usize, all: &[(&str, u64)]) -> Option<(usize, u64)> {
    all.iter().find_map(|(phrases, days)| {
        phrases.split(',').find_map(|phrase| line.spells(at, phrase)).map(|count| (count, *days))
    })
}

/// A distance from today.
enum Length {
    Days(Days),
    Months(Months),
}

/// So many days, weeks or months.
fn length(number: u32, unit: &str) -> Option<Length> {
    match unit {
        "gun" | "day" | "days" => Some(Length::Days(Days::new(number.into()))),
        "hafta" | "week" | "weeks" => Some(Length::Days(Days::new(u64::from(number) * 7))),
        "ay" | "month" | "months" => Some(Length::Months(Months::new(number))),
        _ => None,
    }
}

/// `bugün`, `yarın`, `öbür gün`.
pub fn near(line: &Line<'_>, at: usize, _: Locale) -> Read {
    const PHRASES: [(&str, u64); 4] = [
        ("day after tomorrow,yarindan sonra,obur gun,ertesi gun", 2),
        ("bugun", 0),
        ("today", 0),
        ("yarin,yarina,tomorrow,tmr", 1),
    ];
    let (count, days) = phrase(line, at, &PHRASES)?;
    if is_named(line, at, count) {
        return None;
    }
    Some((Ok(line.today + Days::new(days)), count))
}

/// `3 gün sonra`, `in 2 weeks`.
pub fn ahead(line: &Line<'_>, at: usize, _: Locale) -> Read {
    let english = line.key(at) == "in";
    let first = if english { at + 1 } else { at };
    let number = line.number(first).filter(|number| *number <= 400)?;
    if !english && line.key(at + 2) != "sonra" {
        return None;
    }
    let unit = line.key(first + 1);
    // "in 5 day terms" is the name of a term.
    if english && number != 1 && !unit.ends_with('s') {
        return None;
    }
    let day = match length(number, unit)? {
        Length::Days(days) => line.today + days,
        Length::Months(months) => line.today.checked_add_months(months)?,
    };
    Some((Ok(day), 3))
}

/// `dün`, `3 gün önce`, `geçen cuma`, `last week`. For fields that hold nothing but a day: in a line of words such a
/// day tells when something happened, not when a task is due.
pub fn past(line: &Line<'_>, at: usize, _: Locale) -> Read {
    const PHRASES: [(&str, u64); 3] = [
        ("day before yesterday,evvelsi gun,evvelki gun,onceki gun", 2),
        ("dun,yesterday", 1),
        ("gecen hafta,last week", 7),
    ];
    if let Some((count, days)) = phrase(line, at, &PHRASES) {
        return Some((Ok(line.today - Days::new(days)), count));
    }
    if listed("gecen last", line.key(at)) {
        if listed("ay month", line.key(at + 1)) {
            return Some((Ok(line.today.checked_sub_months(Months::new(1))?), 2));
        }
        let number = weekday_of(line.key(at + 1))?;
        let now = u64::from(line.today.weekday().num_days_from_monday());
        let back = (now + 6 - number) % 7 + 1;
        return Some((Ok(line.today - Days::new(back)), 2));
    }
    let number = line.number(at).filter(|number| *number <= 400)?;
    if !listed("once ago", line.key(at + 2)) {
        return None;
    }
    let day = match length(number, line.key(at + 1))? {
        Length::Days(days) => line.today - days,
        Length::Months(months) => line.today.checked_sub_months(months)?,
    };
    Some((Ok(day), 3))
}

/// `haftaya`, `haftaya salı`, `next friday`, `friday next week`.
pub fn week(line: &Line<'_>, at: usize, _: Locale) -> Read {
    let monday = line.today - Days::new(line.today.weekday().num_days_from_monday().into());
    let of_next = |number: u64| Ok(monday + Days::new(7 + number));
    if line.key(at) == "next"
        && let Some(number) = weekday_of(line.key(at + 1))
    {
        return Some((of_next(number), 2));
    }
    if let Some(number) = weekday_of(line.key(at))
        && line.spells(at + 1, "next week").is_some()
    {
        return Some((of_next(number), 3));
    }
    let phrases = "haftaya,gelecek hafta,onumuzdeki hafta,next week,oteki hafta";
    let count = phrases.split(',').find_map(|phrase| line.spells(at, phrase))?;
    match weekday_of(line.key(at + count)).filter(|_| !is_named(line, at + count, 1)) {
        Some(number) => Some((of_next(number), count + 1)),
        None if is_named(line, at, count) => None,
        None => Some((Ok(line.today + Days::new(7)), count)),
    }
}

/// `salı`, `cumaya`, `bu perşembe`, `on friday`: the next one after today; with "this" it may be today.
pub fn weekday(line: &Line<'_>, at: usize, _: Locale) -> Read {
    let told = listed("bu this onumuzdeki gelecek", line.key(at));
    let first = if told { at + 1 } else { at };
    let key = line.key(first);
    let number = weekday_of(key)?;
    let said = told || is_asked(line, first) || is_told(line, first + 1);
    if !said && !stands_as_a_day(line, first) || is_name_of(line, first + 1) {
        return None;
    }
    let now = u64::from(line.today.weekday().num_days_from_monday());
    let ahead = (number + 7 - now) % 7;
    let ahead = if ahead == 0 && !listed("bu this", line.key(at)) { 7 } else { ahead };
    Some((Ok(line.today + Days::new(ahead)), 1 + usize::from(told)))
}

/// Whether a weekday's name without further words is meant as a day: "Cuma Yılmaz'ı ara" is a person, "Mon Ami" a shop,
/// "Pazar araştırması" about the market.
fn stands_as_a_day(line: &Line<'_>, at: usize) -> bool {
    let (raw, key) = (line.raw(at), line.key(at));
    // "şalı" is a shawl.
    if is_titled(line, at) || (key.starts_with("sali") && stem(raw).contains(['ş', 'Ş'])) {
        return false;
    }
    let capital = is_capital(raw);
    match is_day_ending(raw) {
        Some(day) => return day && !capital,
        None if listed("pazar pazara", key) => return ends_a_day(line, at + 1),
        None => {}
    }
    let next = line.raw(at + 1);
    let named = is_capital(next) && !line.words.iter().all(|word| word.raw.to_uppercase() == word.raw);
    if key == "cuma" && capital && named {
        return false;
    }
    let doubtful = listed("mon tue tues wed weds thu thurs fri cmt paz", key) || (at > 0 && capital);
    !doubtful || (is_free_after(line, at + 1) && !named)
}

/// Adds the weekday beside a date, such as `15.12.2026 Salı`, to the recognised words. Returns their index and number.
pub fn with_weekday(line: &Line<'_>, day: NaiveDate, from: usize, count: usize) -> (usize, usize) {
    let fits = |at: usize| weekday_of(line.key(at)) == Some(day.weekday().num_days_from_monday().into());
    let before = usize::from(from > 0 && fits(from - 1));
    let after = usize::from(fits(from + count));
    (from - before, count + before + after)
}

fn ends_a_day(line: &Line<'_>, at: usize) -> bool {
    let end = line.words.get(at).is_none_or(|word| word.used);
    end || line.raw(at).starts_with(|c: char| c.is_ascii_digit())
        || listed("gunu saat sabah ogle oglen ogleden aksam", line.key(at))
}

/// The number of a weekday; Monday is 0. Turkish names may have the ending "to": `pazartesiye`.
pub fn weekday_of(key: &str) -> Option<u64> {
    const NAMES: [&str; 7] = [
        "pazartesi pazartesiye monday mon",
        "sali saliya tuesday tue tues",
        "carsamba carsambaya wednesday wed weds",
        "persembe persembeye thursday thu thurs",
        "cuma cumaya friday fri",
        "cumartesi cumartesiye saturday cmt",
        "pazar pazara sunday paz",
    ];
    let at = NAMES.iter().position(|names| listed(names, key))?;
    u64::try_from(at).ok()
}
