//! The twin of `machine.rs` for systems other than Unix: nothing is known there, and nothing fails because of that.

use std::fs::Metadata;
use std::path::Path;

/// The host name of this machine.
#[must_use]
pub fn name() -> String {
    String::new()
}

/// From here on, every file that this process makes is accessible to its owner alone.
pub fn keep_files_private() {}

/// The user id that the program runs as.
#[must_use]
pub fn me() -> u32 {
    0
}

/// The user id that owns a file.
#[must_use]
pub fn owner(_about: &Metadata) -> u32 {
    0
}

/// The permission bits of a file or folder.
#[must_use]
pub fn mode(_path: &Path) -> Option<u32> {
    None
}

/// The name of a user, by user id.
#[must_use]
pub fn user(_number: u32) -> Option<String> {
    None
}

/// Whether this process may read and write there.
///
/// # Errors
/// None: SQLite reports it later.
pub fn may_use(_path: &Path, _folder: bool) -> std::io::Result<()> {
    Ok(())
}
