//! Normalises text to what its reader sees: invisible characters are removed, letters written in two parts are
//! composed, all blanks become alike. Everything typed, pasted, sent or read from a file goes through here before it is
//! checked, compared or stored. It knows no fields.

use super::letters::composed;
use std::borrow::Cow;

/// One line: blanks and line breaks of every kind become single spaces.
#[must_use]
pub fn line(text: &str) -> String {
    let seen = seen(text);
    seen.split(is_blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Several lines, as typed, with one kind of line break.
#[must_use]
pub fn lines(text: &str) -> String {
    let unix = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    // Removed characters must go first, because composing depends on which characters are neighbours.
    let kept: String = unix.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    seen(&kept).trim().to_owned()
}

/// Whether it looks like a blank: also control characters and the empty Braille pattern.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || c == '\u{2800}'
}

/// Characters without a glyph: direction marks, joiners, soft hyphens, variation selectors, fillers, tags.
#[must_use]
pub fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The text without invisible characters, except those that change how others look: joiners in scripts that join, and
/// the variant of an emoji.
fn seen(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let before = out.chars().next_back();
        // Programs without Turkish rules lower İ to i with a combining dot, which would be a second dot.
        let twice = c == '\u{307}' && matches!(before, Some('i' | 'ı'));
        if twice && before == Some('ı') {
            out.pop();
            out.push('i');
        }
        if !twice && (!is_unseen(c) || shapes(before, c, chars.peek().copied())) {
            out.push(c);
        }
    }
    Cow::Owned(composed(&out))
}

fn shapes(before: Option<char>, c: char, after: Option<char>) -> bool {
    let joins = |c: char| c >= '\u{590}' && !is_unseen(c) && !is_blank(c);
    let picture = |c: char| c >= '\u{203c}' && !is_unseen(c) && !is_blank(c);
    match c {
        '\u{200c}' | '\u{200d}' => {
            before.is_some_and(|c| joins(c) || c == '\u{fe0f}') && after.is_some_and(joins)
        }
        '\u{fe00}'..='\u{fe0f}' => before.is_some_and(picture),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_not_seen_is_not_kept() {
        for (typed, read) in [
            ("Ka\u{200b}ra Kum", "Kara Kum"),
            ("\u{202a}+90 532 118 42 07\u{202c}", "+90 532 118 42 07"),
            ("\u{feff}ali@firma.example", "ali@firma.example"),
            ("0532\u{ad}1184207", "05321184207"),
            ("+1\u{fe0f}-555-123-4567", "+1-555-123-4567"),
            ("\u{2068}+90 532\u{2069}", "+90 532"),
            ("+90\u{a0}532\u{2009}118\u{202f}42", "+90 532 118 42"),
            ("Deniz\u{3164}", "Deniz"),
            ("Ay\u{200d}şe", "Ayşe"),
            ("i\u{307}zmir", "izmir"),
            ("I\u{307}zmir", "İzmir"),
            ("C\u{327}ag\u{306}lar", "Çağlar"),
            ("a\u{2800}b\r\nc\u{0}d", "a b c d"),
        ] {
            assert_eq!(line(typed), read, "{typed:?}");
        }
    }

    #[test]
    fn what_shapes_its_neighbours_is_kept() {
        for whole in ["می\u{200c}خواهم", "❤\u{fe0f}\u{200d}🔥", "👨\u{200d}👩\u{200d}👧", "№ 5 ½″"]
        {
            assert_eq!(line(whole), whole);
            assert_eq!(lines(whole), whole);
        }
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(lines("a\r\nb\rc\u{2028}d\u{0}\n"), "a\nb\nc\nd");
        assert_eq!(lines("  bir\n\nüç  boşluk\tx "), "bir\n\nüç  boşluk\tx");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]
        #[test]
        fn cleaning_twice_is_cleaning_once(
            text in "([a-zıİşé ]|\\PC|[\u{200b}-\u{200f}\u{ad}\u{307}\u{327}\u{fe0f}\u{feff}\u{2028}\r\n\
                 \t\u{0}❤ب]){0,20}",
        ) {
            let (one, many) = (line(&text), lines(&text));
            prop_assert_eq!(line(&one), one.clone());
            prop_assert_eq!(lines(&many), many.clone());
            prop_assert!(!one.contains(|c: char| c.is_control()) && one.trim() == one);
        }
    }
}
