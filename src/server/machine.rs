//! What the program asks of the operating system beyond the standard library, on Unix. It holds no rules;
//! `machine_none.rs` is its twin for other systems.

use rustix::fs::{Access, AtFlags, CWD, Mode};
use std::fs::Metadata;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;

/// The host name of this machine.
#[must_use]
pub fn name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

/// From here on, every file and folder that this process makes is accessible to its owner alone.
pub fn keep_files_private() {
    rustix::process::umask(Mode::from_raw_mode(0o077));
}

/// The user id that the program runs as.
#[must_use]
pub fn me() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// The user id that owns a file.
#[must_use]
pub fn owner(about: &Metadata) -> u32 {
    about.uid()
}

/// The permission bits of a file or folder.
#[must_use]
pub fn mode(path: &Path) -> Option<u32> {
    Some(std::fs::metadata(path).ok()?.permissions().mode() & 0o7777)
}

/// The name of a user, by user id.
#[must_use]
pub fn user(number: u32) -> Option<String> {
    let people = std::fs::read_to_string("/etc/passwd").ok()?;
    let line = people.lines().find(|line| line.split(':').nth(2) == Some(&number.to_string()))?;
    line.split(':').next().map(str::to_owned)
}

/// Whether this process may read and write a file; in a folder, also whether it may enter.
///
/// # Errors
/// Why it may not.
pub fn may_use(path: &Path, folder: bool) -> std::io::Result<()> {
    let wanted = Access::READ_OK | Access::WRITE_OK;
    let wanted = if folder { wanted | Access::EXEC_OK } else { wanted };
    Ok(rustix::fs::accessat(CWD, path, wanted, AtFlags::EACCESS)?)
}
