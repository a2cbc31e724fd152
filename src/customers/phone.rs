//! Parses telephone numbers as people write them; used for typing, importing, dialling, comparing and searching. Pure.
//! A number without a country is Turkish. Stored is the way people in Turkey write it, with what follows it (an
//! extension, a remark); the international form (E.164) is computed from that each time.

use crate::i18n::clean::is_unseen;

/// The country of numbers that name no country.
const HOME: &str = "90";

/// Countries where the 0 before an area code is not dialled from abroad. In other countries (Italy) it is part of the
/// number.
const DROPS_ZERO: &str = "20 27 31 32 33 40 41 43 44 46 49 60 61 62 63 64 66 \
    81 82 84 86 90 91 92 93 94 98 353 358 359 \
    380 381 385 386 389 961 962 963 964 966 967 971 972 977 994 995 996 998";

/// The first number in a text: its digits up to an extension, a second number or a remark.
struct Number {
    abroad: bool,
    digits: String,
    /// Bit n is set if a group of digits ends after the nth digit.
    ends: u32,
    /// The byte after each digit in the text.
    places: Vec<usize>,
}

/// Maps digits and signs of other widths and scripts to the plain ones.
fn plain(c: char) -> char {
    match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        '＋' => '+',
        '（' => '(',
        '）' => ')',
        '／' => '/',
        '‐'..='―' | '−' | '－' => '-',
        '．' => '.',
        c if c.is_whitespace() && c != '\n' => ' ',
        other => other,
    }
}

/// The exponent behind an E, such as `+09`.
fn power(rest: &str) -> Option<usize> {
    let digits = rest.strip_prefix('+').unwrap_or(rest);
    digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

impl Number {
    fn of(text: &str) -> Self {
        let mut number = Self { abroad: false, digits: String::new(), ends: 0, places: Vec::new() };
        let mut before = ' ';
        for (at, typed) in text.char_indices() {
            let c = plain(typed);
            let rest = &text[at + typed.len_utf8()..];
            match c {
                '0'..='9' => {
                    // +49 (0) 40: the zero in brackets is only for calls from inside the country.
                    let inside = c == '0' && before == '(' && rest.trim_start().starts_with([')', '）']);
                    if !(inside && number.country() && number.digits != "39") {
                        number.digits.push(c);
                        number.places.push(text.len() - rest.len());
                    }
                }
                '+' if number.digits.is_empty() => number.abroad = true,
                _ if number.digits.is_empty() || is_unseen(c) => {}
                ' ' | '(' | ')' | '-' | '.' => number.part(),
                // 5.3E+09: a spreadsheet has lost digits, unless all of them are written before the E.
                'e' | 'E' if before.is_ascii_digit() && power(rest).is_some() => {
                    if power(rest) != number.digits.len().checked_sub(1) {
                        number.digits.clear();
                    }
                    break;
                }
                '/' if number.is_area() && !rest.trim_start().starts_with(['0', '+']) => number.part(),
                _ => break,
            }
            if c != ' ' {
                before = c;
            }
        }
        number.part();
        while let Some(rest) = number.digits.strip_prefix("00") {
            number.digits = rest.to_owned();
            number.places.drain(..2);
            number.ends >>= 2;
            number.abroad = true;
        }
        if number.digits.starts_with('0') {
            // No country code begins with 0, so the plus before it means nothing.
            number.abroad = false;
        }
        number
    }

    fn part(&mut self) {
        self.ends |= 1_u32.checked_shl(self.digits.len() as u32).unwrap_or(0);
    }

    fn country(&self) -> bool {
        (1..=3).contains(&self.digits.len()) && self.abroad || self.digits.starts_with("00")
    }

    /// Whether the digits so far are an area code, which people separate from the number with a slash: 0212/…
    fn is_area(&self) -> bool {
        let digits = &self.digits;
        match digits.len() {
            0..=2 => false,
            3 => !digits.starts_with('1'),
            4 => digits.starts_with('0') || self.abroad,
            5..=7 => self.abroad || digits.starts_with("00"),
            _ => false,
        }
    }

    /// The first `length` digits from `from` on, if no digits follow or a group ends there.
    fn first(&self, from: usize, length: usize) -> Option<&str> {
        let whole = self.digits.len() == from + length
            || 1_u32.checked_shl((from + length) as u32).is_some_and(|bit| self.ends & bit != 0);
        self.digits.get(from..from + length).filter(|_| whole)
    }

    /// The ten digits of a Turkish number, without country and 0.
    fn turkish(&self) -> Option<&str> {
        let bare = self.digits.strip_prefix(HOME).filter(|bare| self.abroad || bare.len() >= 10);
        let bare = if self.abroad { bare? } else { bare.unwrap_or(&self.digits) };
        let national = bare.trim_start_matches('0');
        let zeros = bare.len() - national.len();
        let known = national.starts_with(['2', '3', '4', '5', '8', '9']) && zeros <= 1;
        known.then(|| self.first(self.digits.len() - national.len(), 10)).flatten()
    }

    /// The number with its country, digits only.
    fn full(&self) -> Option<String> {
        if let Some(national) = self.turkish() {
            return Some(format!("{HOME}{national}"));
        }
        let digits = &self.digits;
        let mut countries = DROPS_ZERO.split(' ');
        let country = countries.find(|country| digits.starts_with(country)).unwrap_or_default();
        let (country, rest) = digits.split_at(country.len());
        let rest = if country.is_empty() { rest } else { rest.strip_prefix('0').unwrap_or(rest) };
        let sound = self.abroad && (7..=15).contains(&(country.len() + rest.len()));
        sound.then(|| format!("{country}{rest}"))
    }

    /// The seven digits of a number that is dialled without an area code, such as 444 0 123.
    fn local(&self) -> Option<&str> {
        let short = !self.abroad && self.digits.len() < 10 && !self.digits.starts_with('0');
        self.first(0, 7).filter(|_| short)
    }
}

/// The number with its country, digits only (E.164 without its `+`); `None` where the country can't be known.
#[must_use]
pub fn full(text: &str) -> Option<String> {
    Number::of(text).full()
}

/// What is dialled: `+905321184207`, or only the digits where the country can't be known.
#[must_use]
pub fn dialled(text: &str) -> String {
    let number = Number::of(text);
    match number.full() {
        Some(full) => format!("+{full}"),
        None => {
            let plus = if number.abroad { "+" } else { "" };
            format!("{plus}{}", number.local().unwrap_or(&number.digits))
        }
    }
}

/// The key by which numbers are compared: the same for every way of writing one number.
#[must_use]
pub fn key(text: &str) -> String {
    let dialled = dialled(text);
    let bare = dialled.trim_start_matches('+');
    bare.strip_prefix(HOME).filter(|bare| bare.len() == 10).unwrap_or(bare).to_owned()
}

/// Whether the text could be one telephone number, with an extension or a remark. People write numbers in many ways, so
/// only what can't be one is refused.
#[must_use]
pub fn is_phone(text: &str) -> bool {
    let number = Number::of(text);
    let whole = number.full().is_some() || number.local().is_some();
    let bare = text.chars().map(plain).all(|c| c.is_ascii_digit() || " +()-/.".contains(c));
    let digits = text.chars().filter(|c| plain(*c).is_ascii_digit()).count();
    whole || bare && (3..=17).contains(&digits)
}

/// The range of bytes at which the digits are found in a number, whatever separates them there, with or without the
/// country. The end of the number is preferred.
#[must_use]
pub fn place_of(phone: &str, digits: &str) -> Option<(usize, usize)> {
    let all: Vec<(usize, char)> = phone.char_indices().filter(|(_, c)| c.is_ascii_digit()).collect();
    let number: String = all.iter().map(|(_, c)| *c).collect();
    let bare = digits.trim_start_matches('0');
    let national = bare.strip_prefix(HOME).unwrap_or(bare);
    let (at, length) = [digits, bare, national]
        .into_iter()
        .filter(|wanted| !wanted.is_empty())
        .find_map(|wanted| number.rfind(wanted).map(|at| (at, wanted.len())))?;
    Some((all[at].0, all[at + length - 1].0 + 1))
}

/// Each of the numbers in a text, as it was written. A short group of digits behind a number is its extension and stays
/// with it.
#[must_use]
pub fn several(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for text in text.split(['\n', '|']).flat_map(|line| line.split(":::")) {
        let mut rest = text;
        while let Some((end, begin)) = parted(rest) {
            push(&mut all, &rest[..end]);
            rest = &rest[begin..];
        }
        push(&mut all, rest);
    }
    all
}

fn push(all: &mut Vec<String>, piece: &str) {
    let mut text = written(piece);
    loop {
        let numbered = text.contains(|c: char| c.is_ascii_digit());
        let around = |c: char| c.is_whitespace() || SEPARATORS.contains(c) || c == ':';
        let bare = text.trim_start_matches(around).trim_end_matches(|c| around(c) || numbered && c == '-');
        let bare = written(bare);
        if bare == text {
            break;
        }
        text = bare;
    }
    if !text.is_empty() {
        all.push(text);
    }
}

/// What separates several numbers on one line.
const SEPARATORS: &str = ";,/&";
const WORDS: [&str; 4] = ["ve ", "veya ", "and ", "or "];

/// Where the first number of a text ends and a second one begins, if there is one, with or without a separator.
fn parted(text: &str) -> Option<(usize, usize)> {
    let first = Number::of(text);
    if first.full().is_none() && first.local().is_none() {
        return None;
    }
    let from = first_end(&first);
    // The range that separates the two. `None` where the digits that follow are an extension or part of a remark.
    let (mut cut, mut local) = (Some((from, from)), false);
    let mut before = ' ';
    for (at, c) in text[from..].char_indices() {
        let (at, c, width) = (from + at, plain(c), c.len_utf8());
        let begins = c == '+' || c.is_ascii_digit() && !before.is_ascii_digit() && before != '+';
        let and = WORDS.iter().find(|word| before == ' ' && text[at..].starts_with(**word));
        if SEPARATORS.contains(c) {
            (cut, local) = (Some((at, at + width)), true);
        } else if let Some(word) = and {
            (cut, local) = (Some((at, at + word.len())), true);
        } else if c == ')' {
            cut = Some((at + width, at + width));
        } else if c.is_alphabetic() && !local {
            cut = None;
        } else if let (true, Some(found)) = (begins, cut) {
            let second = Number::of(&text[at..]);
            if second.full().is_some() || local && second.local().is_some() {
                let (end, begin) = found;
                let rest = text[begin..].trim_start_matches(|c| matches!(plain(c), ' ' | '-'));
                return Some((end, text.len() - rest.len()));
            }
            (cut, local) = (None, false);
        }
        before = c;
    }
    None
}

/// Where the dialled digits end. Digits of an extension behind a hyphen were read with the number, but are not dialled.
fn first_end(number: &Number) -> usize {
    let dialled = number.turkish().or_else(|| number.local());
    let last = dialled.and_then(|digits| number.digits.find(digits).map(|at| at + digits.len()));
    let last = last.unwrap_or(number.digits.len());
    last.checked_sub(1).and_then(|at| number.places.get(at)).copied().unwrap_or_default()
}

/// The number as it is stored and shown: `0532 118 42 07`, `444 0 123`, a foreign one as it was written, followed by
/// its extension or remark. Removes what only programs write: `tel:`, other character widths, the `.0` of a
/// spreadsheet.
#[must_use]
pub fn written(text: &str) -> String {
    let text = by_hand(text);
    let number = Number::of(&text);
    let Some(begin) = text.find(|c: char| c == '+' || c.is_ascii_digit()) else { return text };
    let (before, rest) = (&text[..begin], &text[first_end(&number)..]);
    // `Cep: 0532…` and `0532… (eşi)` hold a remark about the number. Text before the number could not stay before it,
    // so such a text is stored as it is.
    if before.contains(|c: char| c != '(' && !c.is_whitespace()) {
        return text;
    }
    let shown = match (number.turkish(), number.local()) {
        (Some(all), _) => format!("0{} {} {} {}", &all[..3], &all[3..6], &all[6..8], &all[8..]),
        (None, Some(all)) if all.starts_with("444") => format!("{} {} {}", &all[..3], &all[3..4], &all[4..]),
        (None, Some(all)) => format!("{} {} {}", &all[..3], &all[3..5], &all[5..]),
        (None, None) => return text,
    };
    let left_open = before.contains('(') && !text[begin..text.len() - rest.len()].contains(')');
    let rest = if left_open { rest.trim_start().strip_prefix(')').unwrap_or(rest) } else { rest };
    format!("{shown}{}", rest.trim_end())
}

/// The text without what only programs write.
fn by_hand(text: &str) -> String {
    let text: String = text.trim().chars().map(plain).collect();
    let text = match text.get(..4) {
        Some(scheme) if scheme.eq_ignore_ascii_case("tel:") => text[4..].trim_start(),
        _ => &text,
    };
    let digits = |text: &str| text.len() >= 7 && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")) {
        Some(number) if digits(number) => number.to_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
