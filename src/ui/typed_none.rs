//! The twin of `typed.rs` where there is no browser: nothing is typed.

pub fn keep(_person: &str) {}

pub fn put_back(_person: String) {}
