//! Letters and their marks taken apart, by the tables of Unicode (NFKD). The browser has these tables itself: see `marks_browser.rs`.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

pub fn apart(text: &str) -> String {
    text.nfkd().collect()
}

pub fn without_marks(text: &str) -> String {
    text.chars().filter(|c| !is_combining_mark(*c)).collect()
}
