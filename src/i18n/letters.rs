//! What Unicode says about letters: small ones, marks, which signs are letters at all. The browser has these tables
//! itself: see `letters_browser.rs`.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// In small letters, and each letter taken apart from its marks (NFKD).
pub fn small(text: &str) -> String {
    let upper = text.nfkd().flat_map(char::to_uppercase);
    upper.nfkd().flat_map(char::to_lowercase).nfkd().collect()
}

/// Letters that were written with their marks apart, put together (NFC).
pub fn composed(text: &str) -> String {
    text.nfc().collect()
}

pub fn is_mark(c: char) -> bool {
    is_combining_mark(c)
}

pub fn is_letter_or_digit(c: char) -> bool {
    c.is_alphanumeric()
}
