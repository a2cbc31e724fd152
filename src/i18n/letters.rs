//! What Unicode says about letters: lower case, combining marks, what is a letter. In the browser `letters_browser.rs`
//! asks the browser instead.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The text in lower case, with letters decomposed from their marks (NFKD). It is lowered first, too: a large ẞ would
/// stay one letter, while a small ß becomes two.
pub fn small(text: &str) -> String {
    let upper = text.nfkd().flat_map(char::to_lowercase).flat_map(char::to_uppercase);
    upper.nfkd().flat_map(char::to_lowercase).nfkd().collect()
}

/// Composes letters that were written with separate marks (NFC).
pub fn composed(text: &str) -> String {
    text.nfc().collect()
}

pub fn is_mark(c: char) -> bool {
    is_combining_mark(c)
}

pub fn is_letter_or_digit(c: char) -> bool {
    c.is_alphanumeric()
}
