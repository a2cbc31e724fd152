//! What the program asks of the operating system, where that is no Unix: nothing is known there, and nothing fails for it.

/// How this machine calls itself.
#[must_use]
pub fn name() -> String {
    String::new()
}
