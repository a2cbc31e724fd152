//! Parses amounts: typed into forms, and in files whose map may say which signs are used. Pure; the rules are shown by
//! the tests of `money`. A text that can be read in two ways is refused.

use super::Currency;
use crate::i18n::clean;

/// A larger amount is a typo (ten million millions).
const LIMIT: i64 = 1_000_000_000_000_000;

/// Which signs are used in numbers, as far as a map says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    pub decimal: Option<char>,
    pub thousands: Option<char>,
    /// Whether `45.000` groups thousands if nothing says what its sign means: people do not type 45 like that.
    pub groups: bool,
}

/// Why a text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    NoAmount,
    /// It can be read as two different amounts.
    Either,
    /// It names another currency.
    Currency(Currency),
}

/// A parsed amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    pub minor: i64,
    /// The currency that the text names.
    pub currency: Option<Currency>,
    /// It has more decimals than the currency; the additional ones are zeros.
    pub long: bool,
}

/// Parses an amount; `currency` is the one for texts that name none.
pub fn amount(text: &str, currency: Currency, marks: Marks) -> Result<Amount, Wrong> {
    let text = &clean::line(text);
    let is_digit = |c: char| c.is_ascii_digit();
    let first = text.find(is_digit).ok_or(Wrong::NoAmount)?;
    let last = text.rfind(is_digit).ok_or(Wrong::NoAmount)? + 1;
    let (head, tail) = (Around::of(&text[..first])?, Around::of(&text[last..])?);
    if head.scale > 0 {
        return Err(Wrong::NoAmount);
    }
    let named = match (head.currency, tail.currency) {
        (Some(_), Some(_)) => return Err(Wrong::NoAmount),
        (before, behind) => before.or(behind),
    };
    let currency = named.unwrap_or(currency);
    // `1.234,-` means no minor units. Otherwise the text after the last digit must not belong to a number, and before
    // the first digit only a decimal sign may (`,5`).
    let no_change = tail.mark && tail.dashes > 0;
    let sound = head.dashes + head.brackets + tail.brackets + if no_change { 0 } else { tail.dashes };
    let signs = if head.brackets + tail.brackets == 2 { sound - 1 } else { sound };
    if signs > 1 || head.brackets != tail.brackets || head.brackets > 1 || tail.mark && !no_change {
        return Err(Wrong::NoAmount);
    }
    let begin = match text[..first].strip_suffix(['.', ',']) {
        Some(before) => before.len(),
        None if head.mark => return Err(Wrong::NoAmount),
        None => first,
    };
    let digits = currency.digits() + tail.scale;
    // `1.500 bin` could be a million and a half, or fifteen hundred.
    let marks = Marks { groups: marks.groups && tail.scale == 0, ..marks };
    let (whole, fraction) = split(&text[begin..last], if tail.scale > 0 { 2 } else { digits }, marks)?;
    if no_change && !fraction.is_empty() {
        return Err(Wrong::NoAmount);
    }
    let (kept, beyond) = fraction.split_at(fraction.len().min(digits as usize));
    if beyond.bytes().any(|digit| digit != b'0') {
        return Err(Wrong::NoAmount);
    }
    let all = format!("{whole}{kept:0<width$}", width = digits as usize);
    let minor: i64 = all.parse().ok().filter(|minor| *minor <= LIMIT).ok_or(Wrong::NoAmount)?;
    Ok(Amount { minor: if signs == 1 { -minor } else { minor }, currency: named, long: !beyond.is_empty() })
}

/// The text before or after the digits: a currency, a minus, a bracket, a sign of the number itself.
#[derive(Default)]
struct Around {
    currency: Option<Currency>,
    dashes: u8,
    brackets: u8,
    /// A full stop or a comma next to the digits.
    mark: bool,
    /// How many zeros a word after the number adds: `bin`, `mn`, `K`.
    scale: u32,
}

impl Around {
    fn of(text: &str) -> Result<Self, Wrong> {
        let mut around = Self::default();
        let mut name = String::new();
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            match c {
                '-' | '−' | '–' | '—' if around.dashes > 0 && around.mark => {}
                '-' | '−' | '–' | '—' => around.dashes += 1,
                '(' | ')' => around.brackets += 1,
                '.' | ',' if name.is_empty() && !around.mark && around.dashes == 0 => around.mark = true,
                other => name.push(other),
            }
        }
        if name.is_empty() {
            return Ok(around);
        }
        around.currency = Currency::named(&name);
        if around.currency.is_none() {
            let (scale, behind) = scaled(&name).ok_or(Wrong::NoAmount)?;
            around.scale = scale;
            if !behind.is_empty() {
                around.currency = Some(Currency::named(&behind).ok_or(Wrong::NoAmount)?);
            }
        }
        Ok(around)
    }
}

/// The words for thousands and more that people write after a number, long ones first. `b` is missing: for some it
/// means bin (thousand), for others billion.
const SCALES: [(&str, u32); 14] = [
    ("thousand", 3),
    ("million", 6),
    ("billion", 9),
    ("milyon", 6),
    ("milyar", 9),
    ("bin", 3),
    ("mln", 6),
    ("mio", 6),
    ("mlr", 9),
    ("mn", 6),
    ("mr", 9),
    ("bn", 9),
    ("k", 3),
    ("m", 6),
];

/// How many zeros the word adds, and the text after it.
fn scaled(name: &str) -> Option<(u32, String)> {
    let small = |c: char| if matches!(c, 'İ' | 'I' | 'ı') { 'i' } else { c.to_ascii_lowercase() };
    let name: String = name.chars().map(small).collect();
    SCALES.iter().find_map(|(word, zeros)| {
        let behind = name.strip_prefix(word)?;
        Some((*zeros, behind.trim_start_matches('.').to_owned()))
    })
}

/// The digits before and after the decimal sign.
fn split(text: &str, digits: u32, marks: Marks) -> Result<(String, &str), Wrong> {
    let groups = |c: char| c.is_whitespace() || matches!(c, '\'' | '’');
    if !text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',') || groups(c)) {
        return Err(Wrong::NoAmount);
    }
    let at = match decimal(text, digits, marks)? {
        Some(decimal) => text.find(decimal),
        None => None,
    };
    let (whole, fraction) = at.map_or((text, ""), |at| (&text[..at], &text[at + 1..]));
    if !fraction.bytes().all(|digit| digit.is_ascii_digit()) || at.is_some() && fraction.is_empty() {
        return Err(Wrong::NoAmount);
    }
    if whole.is_empty() {
        return Ok(("0".to_owned(), fraction));
    }
    let mut parts = whole.split(|c: char| !c.is_ascii_digit());
    let first = parts.next().unwrap_or_default();
    let Some(sign) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return Ok((whole.to_owned(), fraction));
    };
    // Groups must have one separator throughout, and three digits each.
    let alike = whole.chars().all(|c| c.is_ascii_digit() || c == sign);
    let sound = alike && (1..=3).contains(&first.len()) && first != "0" && parts.all(|part| part.len() == 3);
    let said = marks.thousands.is_none_or(|thousands| thousands == sign || groups(sign));
    if sound && said { Ok((whole.replace(sign, ""), fraction)) } else { Err(Wrong::NoAmount) }
}

/// The decimal sign of this number, if it has one.
fn decimal(text: &str, digits: u32, marks: Marks) -> Result<Option<char>, Wrong> {
    let said = marks.decimal.or(match marks.thousands {
        Some('.') => Some(','),
        Some(',') => Some('.'),
        _ => None,
    });
    if let Some(said) = said {
        return Ok(text.contains(said).then_some(said));
    }
    let Some(last) = text.rfind(['.', ',']) else { return Ok(None) };
    let mark = if text[last..].starts_with('.') { '.' } else { ',' };
    let alone = text.chars().filter(|c| !c.is_ascii_digit()).count() == 1;
    if !alone {
        // Of two different signs the last one is the decimal sign, if it occurs once; a single sign that occurs several
        // times groups thousands.
        return Ok(if text.matches(mark).count() == 1 { Some(mark) } else { None });
    }
    let (before, behind) = (&text[..last], &text[last + 1..]);
    let could_group = behind.len() == 3 && (1..=3).contains(&before.len()) && before != "0";
    match (could_group, digits) {
        (true, 0) => Ok(None),
        // Dinars are written with three decimals.
        (true, 3) if marks.groups => Ok(Some(mark)),
        (true, _) if marks.groups => Ok(None),
        (true, _) => Err(Wrong::Either),
        (false, _) => Ok(Some(mark)),
    }
}
