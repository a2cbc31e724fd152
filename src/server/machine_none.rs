//! What the program asks of the operating system, where that is no Unix: nothing is known there, and nothing fails for
//! it.

use std::fs::Metadata;
use std::path::Path;

/// How this machine calls itself.
#[must_use]
pub fn name() -> String {
    String::new()
}

/// From here on every file this process makes is readable by its owner alone.
pub fn keep_files_private() {}

/// As whom the program runs.
#[must_use]
pub fn me() -> u32 {
    0
}

/// To whom it belongs.
#[must_use]
pub fn owner(_about: &Metadata) -> u32 {
    0
}

/// The permission bits of what is there.
#[must_use]
pub fn mode(_path: &Path) -> Option<u32> {
    None
}

/// What a person is called by their number.
#[must_use]
pub fn user(_number: u32) -> Option<String> {
    None
}

/// Whether this process may read and write there.
///
/// # Errors
/// None: SQLite says it.
pub fn may_use(_path: &Path, _folder: bool) -> std::io::Result<()> {
    Ok(())
}
