//! Checks the SQLite file and the files beside it before SQLite opens them: whether they can be used at all
//! (`trouble`), whether the log is this file's (`log`), whether a server uses it (`lock`), and what deserves a warning.
//! It reads no row and knows no table.

pub mod lock;
pub mod log;
pub mod trouble;

use super::{disk, machine};
use anyhow::bail;
use std::path::{Path, PathBuf};

/// Call before SQLite opens a file to write to it.
///
/// # Errors
/// A sentence that names the file, why it can't be used, and what to do.
pub async fn ready(file: &Path) -> anyhow::Result<()> {
    if let Some(trouble) = trouble::of_database(file) {
        bail!(trouble);
    }
    log::must_belong_or_be_served(file).await
}

/// Warnings about a file that works, for the person who looks after the data.
#[must_use]
pub fn warnings(file: &Path) -> Vec<String> {
    let shown = file.display();
    let readable = machine::mode(file).filter(|mode| mode & 0o077 != 0).map(|mode| {
        format!("{shown} can be read by other people of this machine (mode {mode:04o}): chmod 600 {shown}*")
    });
    let elsewhere = disk::shared(folder(file)).map(|kind| {
        format!(
            "{shown} lies on a {kind} file system. SQLite's locks and its log are not safe there and data can be lost: \
             keep the file on a disk of this machine, or use PostgreSQL"
        )
    });
    readable.into_iter().chain(elsewhere).collect()
}

/// The folder a file is in.
#[must_use]
pub fn folder(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The path of the file beside it with this ending.
#[must_use]
pub fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
