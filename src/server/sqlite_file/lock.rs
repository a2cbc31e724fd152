//! Lets only one server use an SQLite file: an operating-system lock on a separate `.lock` file beside the database,
//! which the system releases when the process ends in whatever way. The lock is not on the database itself, because
//! SQLite's own locks on a file are lost when anything in the process closes that file. Short commands do not take the
//! lock; SQLite lets them work beside the server.

use super::{beside, folder};
use crate::server::{clock, machine};
use anyhow::{Context as _, anyhow};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A process that only checks for a server also holds the lock for a moment, so one failed try proves nothing.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(50);

/// The lock; dropping it releases it.
#[derive(Debug)]
pub struct Held {
    _file: Option<File>,
}

/// Takes the lock, or fails with who has it.
///
/// # Errors
/// A sentence that names the process.
pub fn take(database: &Path) -> anyhow::Result<Held> {
    let path = path(database);
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = match options.open(&path) {
        Ok(file) => file,
        // With a full disk the data must still be readable, so the server starts without the lock.
        Err(cause) if cause.kind() == ErrorKind::StorageFull => {
            tracing::warn!(file = %path.display(), "no room for the lock: see to it that one server alone uses the \
                 database");
            return Ok(Held { _file: None });
        }
        Err(cause) => return Err(anyhow!(super::trouble::of_io(&path, &cause))),
    };
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) => {
                note(&mut file).with_context(|| format!("{} can't be written", path.display()))?;
                return Ok(Held { _file: Some(file) });
            }
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            Err(TryLockError::Error(cause)) => {
                tracing::warn!(%cause, file = %path.display(), "no lock can be had here: see to it that one server \
                     alone uses the database");
                return Ok(Held { _file: None });
            }
        }
    }
    let holder = told(&mut file);
    Err(anyhow!(
        "{} is served already by {holder}. One server uses an SQLite file: stop that one first, or let several servers \
         share a PostgreSQL",
        database.display()
    ))
}

/// Who serves the file now.
#[must_use]
pub fn holder(database: &Path) -> Option<String> {
    let mut file = File::open(path(database)).ok()?;
    matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)).then(|| told(&mut file))
}

/// The lock's path, which is the same by whatever path (a symbolic link, say) the database is named.
fn path(database: &Path) -> PathBuf {
    let real = database.canonicalize().unwrap_or_else(|_| {
        let folder = folder(database);
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        folder.join(database.file_name().unwrap_or_default())
    });
    beside(&real, ".lock")
}

/// Writes who holds the lock into its file. The lock holds even if this fails because the disk is full.
fn note(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    let since = clock::now().format("%Y-%m-%d %H:%M:%S UTC");
    let _ = write!(file, "process {} since {since} on {}", std::process::id(), machine::name());
    Ok(())
}

fn told(file: &mut File) -> String {
    let mut text = String::new();
    let read = file.rewind().and_then(|()| file.take(200).read_to_string(&mut text));
    if read.is_err() || text.is_empty() { "another process".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::world::fresh_sqlite;

    #[test]
    fn one_has_it_and_the_other_is_told_who() {
        let (home, _) = fresh_sqlite();
        let database = home.join("kartotek.db");
        std::fs::write(&database, "").expect("a file");
        assert_eq!(holder(&database), None);
        let held = take(&database).expect("free");
        let link = home.join("by-another-name.db");
        std::os::unix::fs::symlink(&database, &link).expect("a link");
        for name in [&database, &link, &home.join(".").join("kartotek.db")] {
            let refused = take(name).expect_err("taken").to_string();
            assert!(refused.contains(&format!("process {} since 2", std::process::id())), "{refused}");
            assert!(holder(name).is_some());
        }
        drop(held);
        assert_eq!(holder(&database), None);
        take(&database).expect("free again");
        let _ = std::fs::remove_dir_all(home);
    }
}
