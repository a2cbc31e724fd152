//! Recognises the time of day in a line: `14:00`, `2pm`, `saat 3`, `14'te`, `sabah`. An hour from one to six means the
//! afternoon, as business people say it, unless the line names the morning. For a range, its beginning is the time, and
//! the whole range stays in the title.

use super::{Mark, with_ties};
use crate::i18n::days::{
    Line, ending, half_of_day, is_free_after, is_free_before, is_measure, is_name_of, listed, stem,
};

/// A part of the day: the time it means by itself, and whether small hours in it are afternoon hours.
struct Around {
    minute: i64,
    late: bool,
}

/// A recognised time.
struct Time {
    minute: i64,
    count: usize,
    /// Whether the hour is certainly one of 24.
    sure: bool,
    /// Whether it is a range: then the text stays in the title, because only the beginning is stored.
    span: bool,
}

/// The minute of the day, and whether the words also mean today ("tonight"). Marks the words.
pub(super) fn take(line: &mut Line<'_>, marks: &mut Vec<Mark>) -> (Option<i64>, bool) {
    let (around, this_day) = match part_of_day(line, marks) {
        Some((around, this_day)) => (Some(around), this_day),
        None => (None, false),
    };
    for at in 0..line.words.len() {
        let Some(Time { minute, count, sure, span }) = read(line, at) else { continue };
        // In Turkish "mail at" is a task ("send mail"), not the English "at".
        let post = listed("mail maili eposta mesaj sms whatsapp", line.key_before(at.saturating_sub(1)));
        let before = if post { "by saat" } else { "on by at saat" };
        let mark =
            if span { Mark { from: at, count, taken: false } } else { with_ties(line, at, count, before) };
        line.used(mark.from, mark.count);
        marks.push(mark);
        let hour = minute / 60;
        let small = if sure { 0 } else { 6 };
        let afternoon = match &around {
            Some(around) => around.late && hour < 12,
            None => (1..=small).contains(&hour),
        };
        return (Some(if afternoon { minute + 12 * 60 } else { minute }), this_day);
    }
    (around.map(|around| around.minute), this_day)
}

fn part_of_day(line: &mut Line<'_>, marks: &mut Vec<Mark>) -> Option<(Around, bool)> {
    const PARTS: [(&str, i64, bool); 11] = [
        ("ogleden sonra", 14, true),
        ("ogleden once", 10, false),
        ("sabah", 9, false),
        ("ogle", 12, true),
        ("oglen", 12, true),
        ("aksam", 18, true),
        ("morning", 9, false),
        ("noon", 12, true),
        ("afternoon", 14, true),
        ("evening", 18, true),
        ("tonight", 19, true),
    ];
    for at in 0..line.words.len() {
        let found =
            PARTS.into_iter().find_map(|(phrase, hour, late)| Some((line.spells(at, phrase)?, hour, late)));
        let Some((count, hour, late)) = found else { continue };
        // "Sabah Gazetesi" is a customer, "akşam yemeği" a meal.
        let raw = line.raw(at);
        let capital = at > 0 && raw.starts_with(char::is_uppercase);
        if capital || stem(raw) != raw || is_name_of(line, at + count) {
            continue;
        }
        let this = listed("bu this", line.key_before(at));
        let tonight = this || line.key(at) == "tonight";
        let before = usize::from(this || listed("in the", line.key_before(at)));
        line.used(at - before, count + before);
        marks.push(Mark { from: at - before, count: count + before, taken: true });
        return Some((Around { minute: hour * 60, late }, tonight));
    }
    None
}

fn read(line: &Line<'_>, at: usize) -> Option<Time> {
    let word = line.raw(at);
    let raw = stem(word).trim_end_matches([',', ';', '.', '?', '!']);
    if !raw.starts_with(|c: char| c.is_ascii_digit()) || is_measure(line, at + 1) {
        return None;
    }
    if let Some(span) = span(line, at, raw) {
        return Some(span);
    }
    let asked = listed("saat at by", line.key_before(at));
    let (digits, half) = half_of_day(raw);
    let (half, more) = match half {
        None => match line.key(at + 1) {
            "am" => (Some(false), 1),
            "pm" => (Some(true), 1),
            _ => (None, 0),
        },
        known => (known, 0),
    };
    let in_half = |hour: i64, minute: i64| match half {
        Some(_) if !(1..=12).contains(&hour) => None,
        Some(true) => Some((hour % 12 + 12) * 60 + minute),
        Some(false) => Some(hour % 12 * 60 + minute),
        None => Some(hour * 60 + minute),
    };
    let sure = |minute| Some(Time { minute, count: 1 + more, sure: true, span: false });
    if let Some((hour, minute)) = two(digits, ':') {
        return sure(in_half(hour, minute)?);
    }
    let ending = ending(word);
    if let Some((hour, minute)) = two(digits, '.') {
        // "9.30" can be a number, too: it is a time after a day, or where no word follows that it could count.
        let day_before = at > 0 && line.words[at - 1].used;
        let alone = is_free_before(line, at) && is_free_after(line, at + 1);
        let wanted = asked || day_before || half.is_some() || ending.is_some() || alone;
        return if wanted { sure(in_half(hour, minute)?) } else { None };
    }
    let hour: i64 = digits.parse().ok().filter(|hour| *hour < 24 && digits.len() <= 2)?;
    if half.is_some() {
        return sure(in_half(hour, 0)?);
    }
    // "5'e indir" and "4'te 1" are numbers.
    let day_before = at > 0 && line.words[at - 1].used;
    let suffixed = ending.is_some_and(|end| {
        let next_is_number = line.raw(at + 1).starts_with(|c: char| c.is_ascii_digit());
        let kadar = listed("kadar dogru", line.key(at + 1));
        (listed("te ta de da", &end) && !next_is_number)
            || (listed("e a ye ya", &end) && (day_before || asked || kadar))
    });
    let named = asked && line.key_before(at) != "by";
    if !suffixed && !named {
        return None;
    }
    let halves = listed("bucuk bucukta", line.key(at + 1));
    let minute = hour * 60 + if halves { 30 } else { 0 };
    Some(Time { minute, count: 1 + usize::from(halves), sure: hour == 0, span: false })
}

/// `14:00-15:00`, `14:00 - 15:00`: both must be times, and the end after the beginning.
fn span(line: &Line<'_>, at: usize, raw: &str) -> Option<Time> {
    let clock =
        |text: &str| two(text, ':').or_else(|| two(text, '.')).map(|(hour, minute)| hour * 60 + minute);
    let (from, until, count) = match raw.split_once(['-', '–', '—']) {
        Some((from, until)) => (from, until, 1),
        None if ["-", "–", "—"].contains(&line.raw(at + 1)) => (raw, stem(line.raw(at + 2)), 3),
        None => return None,
    };
    let (minute, until) = (clock(from)?, clock(until)?);
    (until > minute).then_some(Time { minute, count, sure: true, span: true })
}

fn two(text: &str, between: char) -> Option<(i64, i64)> {
    let (hour, minute) = text.split_once(between)?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !(1..=2).contains(&hour.len()) || minute.len() != 2 || !digits(hour) || !digits(minute) {
        return None;
    }
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some((hour, minute))
}
