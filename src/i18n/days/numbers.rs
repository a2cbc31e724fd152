//! Recognises days by their number: `15 Mart`, `March 15`, `15.03`, `15/3/2027`, `2027-03-15`.

use super::around::{
    is_asked, is_capital, is_day_ending, is_free_after, is_free_before, is_measure, is_name_of, is_told,
    listed,
};
use super::{Line, Read, in_year, stem};
use crate::error::Problem;
use crate::i18n::fold::search_key;
use crate::i18n::{Locale, date};
use chrono::NaiveDate;

/// Days after which streets, schools and parks are named.
const REMEMBERED: &str =
    "29 ekim,30 agustos,23 nisan,19 mayis,15 temmuz,10 kasim,1 mayis,18 mart,12 eylul,9 eylul,5 ocak,8 mart";

/// `15 Mart`, `15 March 2027`, `March 15`.
pub fn written(line: &Line<'_>, at: usize, _: Locale) -> Read {
    let (day, month, month_first) = match (day_of(line, at), month(line, at + 1, &Locale::ALL)) {
        (Some(day), Some(month)) => (day, month, false),
        // The month comes first in English only: "Eylül 5 katalog istedi" is about a person called Eylül.
        _ => (day_of(line, at + 1)?, month(line, at, &[Locale::En])?, true),
    };
    let year = line.number(at + 2).filter(|year| (1900..=2200).contains(year) && !is_measure(line, at + 3));
    let count = if year.is_some() { 3 } else { 2 };
    let after = at + count;
    let ending = is_day_ending(line.raw(at + usize::from(!month_first)));
    if is_name_of(line, after) || ending == Some(false) || ends_a_span(line, at) {
        return None;
    }
    // "Ara" without a year means "call", not December. "saat 5" is a time.
    let call = year.is_none() && line.key(at + usize::from(!month_first)) == "ara";
    if call || line.key_before(at) == "saat" {
        return None;
    }
    let said =
        year.is_some() || ending == Some(true) || month.ending || is_asked(line, at) || is_told(line, after);
    if !said {
        let next = line.raw(after);
        let remembered = REMEMBERED.split(',').any(|one| one == format!("{day} {}", month.name));
        let named = is_capital(next) && stem(next) == next && !(line.known)(line.key(after));
        if (remembered && named) || ((month.doubtful || month_first) && !is_free_after(line, after)) {
            return None;
        }
    }
    let year = year.and_then(|year| i32::try_from(year).ok());
    Some((in_year(line.today, day, month.number, year).ok_or(Problem::NoSuchDay), count))
}

/// Whether it is the end of several days: "15 - 20 Mart", "15 ve 20 Mart".
fn ends_a_span(line: &Line<'_>, at: usize) -> bool {
    let raw = at.checked_sub(1).map_or("", |at| line.raw(at));
    ["-", "–", "—", "/", "&", "+"].contains(&raw) || listed("ve veya ile and or to", line.key_before(at))
}

/// A number that can be a day of a month: `15`, `15.`, `15th`.
fn day_of(line: &Line<'_>, at: usize) -> Option<u32> {
    let digits = line.raw(at).trim_end_matches(['.', ',']);
    let digits =
        ["st", "nd", "rd", "th"].into_iter().find_map(|end| digits.strip_suffix(end)).unwrap_or(digits);
    let day = small(digits)?;
    (1..=31).contains(&day).then_some(day)
}

/// A number of at most two digits.
fn small(digits: &str) -> Option<u32> {
    let sound = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if sound { digits.parse().ok() } else { None }
}

struct Month {
    number: u32,
    name: String,
    /// It has the ending "in" or "to": `martta`, `ekime`.
    ending: bool,
    /// A short form, or a word with another meaning as well: "kas" is a muscle, "ocak" a stove.
    doubtful: bool,
}

/// A month by its name, with or without an ending: `mart`, `martta`, `ekime`, `mar`.
fn month(line: &Line<'_>, at: usize, languages: &[Locale]) -> Option<Month> {
    let (key, raw) = (line.key(at), stem(line.raw(at)));
    // "nişan" (engagement) is not April ("nisan").
    if key.len() < 3 || (raw.contains(['ş', 'Ş']) && !key.starts_with("sub")) {
        return None;
    }
    for number in 1..=12 {
        for locale in languages {
            let name = search_key(date::month(number, *locale));
            let end = key.strip_prefix(name.as_str());
            let whole = end.is_some_and(|end| end.is_empty() || listed("ta te da de a e ya ye i", end));
            let short = key.len() == 3 && name.starts_with(key);
            if !(whole || short) {
                continue;
            }
            let ending = end.is_some_and(|end| !end.is_empty());
            let doubtful =
                key.len() == 3 || (!is_capital(raw) && listed("ocak aralik ekim march august", key));
            return Some(Month { number, name, ending, doubtful });
        }
    }
    None
}

/// `15.03`, `15/3/2027`, `2027-03-15`.
pub fn dated(line: &Line<'_>, at: usize, locale: Locale) -> Read {
    let word = line.raw(at);
    let raw = stem(word).trim_end_matches(['.', ',', ';']);
    let ending = is_day_ending(word);
    let named = is_measure(line, at + 1) || is_name_of(line, at + 1);
    if line.key_before(at) == "saat" || named || ending == Some(false) {
        return None;
    }
    let said = is_asked(line, at) || is_told(line, at + 1);
    let free = said || (is_free_before(line, at) && is_free_after(line, at + 1));
    if let Some(full) = Numbers::of(raw) {
        let sound = full.is_long || (free && raw.len() == 8 && !raw.contains('-'));
        return sound
            .then(|| full.day(locale))
            .filter(|day| *day != Err(Problem::BadDate))
            .map(|day| (day, 1));
    }
    let (first, second) = raw.split_once(['.', '/'])?;
    let dots = raw.contains('.');
    let padded = second.len() == 2 && (first.len() == 2 || dots);
    // "20.11 numune hazırla" begins with a day; "numune 20.11 hazırla" could mean anything.
    let free = free || (at == 0 && dots && raw.len() == 5);
    // "2.5" and "1/2" are numbers unless other words say that they are days; so is "2.5'e".
    let sure = said || (ending == Some(true) && (padded || !word.ends_with(['e', 'a'])));
    let day = in_order(small(first)?, small(second)?, raw.contains('/'), locale);
    let day = day.and_then(|(day, month)| in_year(line.today, day, month, None).ok_or(Problem::NoSuchDay));
    ((sure || (padded && free)) && day != Err(Problem::BadDate)).then_some((day, 1))
}

/// A day in numbers that is alone in a field.
pub fn alone(raw: &str, today: NaiveDate, locale: Locale) -> Option<Result<NaiveDate, Problem>> {
    if let Some(full) = Numbers::of(raw) {
        return Some(full.day(locale));
    }
    let (first, second) = raw.trim_end_matches('.').split_once(['.', '/'])?;
    let (first, second) = (small(first)?, small(second)?);
    Some(
        in_order(first, second, raw.contains('/'), locale)
            .and_then(|(day, month)| in_year(today, day, month, None).ok_or(Problem::NoSuchDay)),
    )
}

/// Day and month in the order in which they are written. With slashes, English-speaking people use both orders: then
/// only a date that can be read in one way is accepted.
fn in_order(first: u32, second: u32, strokes: bool, locale: Locale) -> Result<(u32, u32), Problem> {
    let english = strokes && locale == Locale::En;
    match (first, second) {
        (1..=12, 1..=12) if english && first != second => Err(Problem::DayOrMonth),
        (1..=12, 13..=31) if english => Ok((second, first)),
        (_, 1..=12) => Ok((first, second)),
        _ => Err(Problem::BadDate),
    }
}

/// Three numbers that can be a day with its year.
struct Numbers {
    first: u32,
    second: u32,
    year: i32,
    /// The year has four digits.
    is_long: bool,
    year_first: bool,
    strokes: bool,
}

impl Numbers {
    fn of(raw: &str) -> Option<Self> {
        let between = raw.chars().find(|c| ['.', '/', '-'].contains(c))?;
        let mut parts = raw.split(between);
        let (one, two, three) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let year = |digits: &str| {
            let sound = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
            if sound { digits.parse().ok() } else { None }
        };
        if let Some(year) = year(one) {
            let (first, second) = (small(three)?, small(two)?);
            return Some(Self { first, second, year, is_long: true, year_first: true, strokes: false });
        }
        let (first, second) = (small(one)?, small(two)?);
        let (year, is_long) = match year(three) {
            Some(year) => (year, true),
            None if three.len() == 2 => (2000 + i32::try_from(small(three)?).ok()?, false),
            None => return None,
        };
        Some(Self { first, second, year, is_long, year_first: false, strokes: between == '/' })
    }

    fn day(&self, locale: Locale) -> Result<NaiveDate, Problem> {
        let (day, month) = match (self.year_first, self.second) {
            (true, 1..=12) => (self.first, self.second),
            (true, _) => return Err(Problem::BadDate),
            (false, _) => in_order(self.first, self.second, self.strokes, locale)?,
        };
        match NaiveDate::from_ymd_opt(self.year, month, day) {
            Some(day) => date::plausible(day).ok_or(Problem::BadDate),
            None => Err(Problem::NoSuchDay),
        }
    }
}
