//! What the program asks of the operating system beyond the standard library, on Unix. It holds no rules;
//! `machine_none.rs` is its twin for other systems.

use rustix::fs::{Access, AtFlags, CWD, Mode};
use std::fs::Metadata;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;

/// How this machine calls itself.
#[must_use]
pub fn name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

/// From here on every file this process makes is readable by its owner alone, and every folder.
pub fn keep_files_private() {
    rustix::process::umask(Mode::from_raw_mode(0o077));
}

/// As whom the program runs.
#[must_use]
pub fn me() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// To whom it belongs.
#[must_use]
pub fn owner(about: &Metadata) -> u32 {
    about.uid()
}

/// The permission bits of what is there.
#[must_use]
pub fn mode(path: &Path) -> Option<u32> {
    Some(std::fs::metadata(path).ok()?.permissions().mode() & 0o7777)
}

/// What a person is called by their number.
#[must_use]
pub fn user(number: u32) -> Option<String> {
    let people = std::fs::read_to_string("/etc/passwd").ok()?;
    let line = people.lines().find(|line| line.split(':').nth(2) == Some(&number.to_string()))?;
    line.split(':').next().map(str::to_owned)
}

/// Whether this process may read and write there, and in a folder go in, too.
///
/// # Errors
/// Why it may not.
pub fn may_use(path: &Path, folder: bool) -> std::io::Result<()> {
    let wanted = Access::READ_OK | Access::WRITE_OK;
    let wanted = if folder { wanted | Access::EXEC_OK } else { wanted };
    Ok(rustix::fs::accessat(CWD, path, wanted, AtFlags::EACCESS)?)
}
