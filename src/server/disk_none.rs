//! On what kind of file system a folder lies and how much room there is, where that can't be asked: nothing is known
//! there.

use std::path::Path;

/// The kind, where it is none that SQLite is safe on.
#[must_use]
pub fn shared(_folder: &Path) -> Option<&'static str> {
    None
}

/// How many bytes may still be written there; nothing where the file system does not say.
#[must_use]
pub fn room(_folder: &Path) -> Option<u64> {
    None
}
