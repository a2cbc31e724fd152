//! The twin of `disk.rs` for systems other than Linux: the kind of file system and the free space are not known.

use std::path::Path;

/// The kind of file system, if SQLite is not safe on it.
#[must_use]
pub fn shared(_folder: &Path) -> Option<&'static str> {
    None
}

/// How many bytes may still be written there.
#[must_use]
pub fn room(_folder: &Path) -> Option<u64> {
    None
}
