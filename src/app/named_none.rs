//! The twin of `named.rs` in the browser, which has the files already.

pub fn announce(_: &str) {}
