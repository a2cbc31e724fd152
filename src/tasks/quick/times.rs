//! The time of day in a line: `14:00`, `2pm`, `saat 3`, `14'te`, `sabah`. An hour from one to six that nobody calls morning is an hour of
//! the afternoon, as business people mean it.

use super::{Line, ending, stem};

/// A part of the day: when it is by itself, and whether its small hours are those of the afternoon.
struct Around {
    minute: i64,
    late: bool,
}

/// The minute of the day, and whether today was named by it ("tonight"); the words are used up. `day_known`: then `10.12` is a time.
pub(super) fn take(line: &mut Line<'_>, day_known: bool) -> (Option<i64>, bool) {
    let (around, this_day) = match part_of_day(line) {
        Some((around, this_day)) => (Some(around), this_day),
        None => (None, false),
    };
    for at in 0..line.words.len() {
        if let Some((minute, count, sure)) = read(line, at, day_known) {
            line.used_with_ties(at, count);
            let hour = minute / 60;
            let small = if sure { 0 } else { 6 };
            let afternoon = match &around {
                Some(around) => around.late && hour < 12,
                None => (1..=small).contains(&hour),
            };
            return (Some(if afternoon { minute + 12 * 60 } else { minute }), this_day);
        }
    }
    (around.map(|around| around.minute), this_day)
}

fn part_of_day(line: &mut Line<'_>) -> Option<(Around, bool)> {
    const PARTS: [(&[&str], i64, bool); 11] = [
        (&["ogleden", "sonra"], 14, true),
        (&["ogleden", "once"], 10, false),
        (&["sabah"], 9, false),
        (&["ogle"], 12, true),
        (&["oglen"], 12, true),
        (&["aksam"], 18, true),
        (&["morning"], 9, false),
        (&["noon"], 12, true),
        (&["afternoon"], 14, true),
        (&["evening"], 18, true),
        (&["tonight"], 19, true),
    ];
    for at in 0..line.words.len() {
        let Some((phrase, hour, late)) = PARTS.into_iter().find(|(phrase, ..)| line.spells(at, phrase))
        else {
            continue;
        };
        // "Sabah Gazetesi" is a customer.
        if at > 0 && line.words[at].raw.starts_with(char::is_uppercase) {
            continue;
        }
        let this = ["bu", "this"].contains(&line.key_before(at));
        let tonight = this || line.key(at) == "tonight";
        if this || ["in", "the"].contains(&line.key_before(at)) {
            line.used(at - 1, 1);
        }
        line.used(at, phrase.len());
        return Some((Around { minute: hour * 60, late }, tonight));
    }
    None
}

/// The minute, how many words say it, and whether the hour is one of 24 for sure.
fn read(line: &Line<'_>, at: usize, day_known: bool) -> Option<(i64, usize, bool)> {
    let word = line.words.get(at).filter(|word| !word.used)?;
    let raw = stem(word.raw).trim_end_matches([',', ';', '.', '?', '!']);
    if !raw.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let asked = ["saat", "at", "by"].contains(&line.key_before(at));
    let (digits, half) = split_half(raw);
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
    if let Some((hour, minute)) = two(digits, ':') {
        return Some((in_half(hour, minute)?, 1 + more, true));
    }
    if let Some((hour, minute)) = two(digits, '.') {
        let wanted = asked || day_known || half.is_some() || !is_money(line, at + 1);
        return if wanted { Some((in_half(hour, minute)?, 1 + more, true)) } else { None };
    }
    let hour: i64 = digits.parse().ok().filter(|hour| *hour < 24 && digits.len() <= 2)?;
    if half.is_some() {
        return Some((in_half(hour, 0)?, 1 + more, true));
    }
    let suffixed = ending(word.raw)
        .is_some_and(|end| ["te", "ta", "de", "da", "e", "a", "ye", "ya"].contains(&end.as_str()));
    let named = asked && line.key_before(at) != "by";
    if !suffixed && !named {
        return None;
    }
    let halves = ["bucuk", "bucukta"].contains(&line.key(at + 1));
    Some((hour * 60 + if halves { 30 } else { 0 }, 1 + usize::from(halves), hour == 0))
}

/// `2pm` is 2 and the second half of the day.
fn split_half(raw: &str) -> (&str, Option<bool>) {
    let lower = raw.len().saturating_sub(2);
    match raw.get(lower..).map(str::to_ascii_lowercase).as_deref() {
        Some("pm") => (&raw[..lower], Some(true)),
        Some("am") => (&raw[..lower], Some(false)),
        _ => (raw, None),
    }
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

/// Whether an amount, a measure or a share is named there, so that the number before it is no date and no time.
pub(super) fn is_money(line: &Line<'_>, at: usize) -> bool {
    let Some(word) = line.words.get(at) else { return false };
    let units = [
        "tl", "try", "lira", "euro", "eur", "usd", "dolar", "dollar", "kg", "ton", "m", "m2", "adet", "kw",
        "bin",
    ];
    units.contains(&word.key.as_str()) || word.raw.starts_with(['₺', '€', '$', '%'])
}
