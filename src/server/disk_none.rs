//! On what kind of file system a folder lies, where that can't be asked: nothing is known there.

use std::path::Path;

/// The kind, where it is none that SQLite is safe on.
#[must_use]
pub fn shared(_folder: &Path) -> Option<&'static str> {
    None
}
