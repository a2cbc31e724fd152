//! What Unicode says about letters, asked of the browser: its tables weigh 60 KB on their way there. Where it is older or newer than the
//! server it may know a rare letter otherwise; only what the server folds is kept.

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

pub fn is_mark(c: char) -> bool {
    fits(c, r"\p{M}")
}

pub fn is_letter_or_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { fits(c, r"[\p{Alphabetic}\p{N}]") }
}

fn fits(c: char, pattern: &str) -> bool {
    !c.is_ascii() && RegExp::new(pattern, "u").test(c.encode_utf8(&mut [0; 4]))
}
