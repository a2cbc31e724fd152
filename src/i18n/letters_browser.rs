//! What Unicode says about letters, asked of the browser: Unicode's tables would add 60 KB to the download. A browser
//! older or newer than the server may treat a rare letter differently; only what the server folds is stored.

use js_sys::{JsString, RegExp};

/// The text in lower case, with letters decomposed from their marks (NFKD). It is lowered first, too: a large ẞ would
/// stay one letter, while a small ß becomes two.
pub fn small(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let apart = |text: JsString| text.normalize("NFKD");
    let upper = apart(JsString::from(text)).to_lower_case().to_upper_case();
    let small = String::from(apart(apart(upper).to_lower_case()));
    // JavaScript lowers a sigma at the end of a word to ς, the server to σ.
    small.replace('ς', "σ")
}

/// Composes letters that were written with separate marks (NFC).
pub fn composed(text: &str) -> String {
    JsString::from(text).normalize("NFC").into()
}

// Made once, because they are used for each letter of each compared word.
thread_local! {
    static MARK: RegExp = RegExp::new(r"\p{M}", "u");
    static LETTER_OR_DIGIT: RegExp = RegExp::new(r"[\p{Alphabetic}\p{N}]", "u");
}

pub fn is_mark(c: char) -> bool {
    !c.is_ascii() && MARK.with(|mark| fits(c, mark))
}

pub fn is_letter_or_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { LETTER_OR_DIGIT.with(|one| fits(c, one)) }
}

fn fits(c: char, pattern: &RegExp) -> bool {
    pattern.test(c.encode_utf8(&mut [0; 4]))
}
