//! What Unicode says about letters, asked of the browser: its tables weigh 60 KB on their way there. Where it is older
//! or newer than the server it may know a rare letter otherwise; only what the server folds is kept.

use js_sys::{JsString, RegExp};

/// In small letters, and each letter taken apart from its marks (NFKD).
pub fn small(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let apart = |text: JsString| text.normalize("NFKD");
    let upper = apart(JsString::from(text)).to_upper_case();
    let small = String::from(apart(apart(upper).to_lower_case()));
    // A word's last sigma is an exception that the server does not make.
    small.replace('ς', "σ")
}

/// Letters that were written with their marks apart, put together (NFC).
pub fn composed(text: &str) -> String {
    JsString::from(text).normalize("NFC").into()
}

// Asked for each letter of each word that is compared: they are made once.
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
