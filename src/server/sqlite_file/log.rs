//! Checks whether the write-ahead log beside an SQLite file (`-wal`) is the log of that file. SQLite can't know: a
//! killed program leaves a log, and if somebody then copies another database over the file (another firm's, or
//! yesterday's copy of the same one), SQLite would write the pages of the old log into it, and both are lost.
//!
//! The check uses two numbers that SQLite lets a program keep in the first page of a file: which file it is
//! (`application_id`, chosen at random once) and how many transactions it has seen (`user_version`, counted up by each
//! transaction that changes something). So each of these transactions writes the first page into the log. The log fits
//! if the first page in the file is one of those in the log (SQLite has begun to move the log into the file) or the one
//! right before the first of them. The numbers are part of the pages, so they always fit after a kill or a power cut,
//! on another machine, or after copying the whole folder.
//!
//! The check runs before SQLite opens the file with its log, on a read-only connection that ignores the log
//! (`immutable`). Files made by older versions of the program have no numbers yet and are accepted; so is a log without
//! a complete transaction.

mod frames;

use super::{beside, lock};
use anyhow::bail;
use frames::Log;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, Row as _, SqliteConnection};
use std::path::Path;
use std::time::Duration;

/// The header of a first page: our two numbers, and two of SQLite's that change when a copy was rewritten (`VACUUM
/// INTO`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Mark {
    file: u32,
    nr: u32,
    schema: u32,
    free: u32,
}

/// The first transaction number of a file.
const FIRST: u32 = 1;

/// A database in use changes while it is read, so a mismatch is checked again; a real one stays.
const LOOKS: u32 = 4;
const PAUSE: Duration = Duration::from_millis(100);

/// Refuses a file that lies beside the log of another one. A file that a server has open is accepted: that server has
/// checked it.
///
/// # Errors
/// As [`must_belong`].
pub async fn must_belong_or_be_served(database: &Path) -> anyhow::Result<()> {
    if lock::holder(database).is_some() { Ok(()) } else { must_belong(database).await }
}

/// Refuses a file that lies beside the log of another one.
///
/// # Errors
/// A sentence that says what to do. Nothing was changed.
pub async fn must_belong(database: &Path) -> anyhow::Result<()> {
    let path = beside(&database.canonicalize().unwrap_or_else(|_| database.to_owned()), "-wal");
    if !std::fs::metadata(&path).is_ok_and(|about| about.len() > 0) {
        return Ok(());
    }
    for _ in 1..LOOKS {
        if belongs(database, &path).await? {
            return Ok(());
        }
        tokio::time::sleep(PAUSE).await;
    }
    if belongs(database, &path).await? {
        return Ok(());
    }
    let (database, log) = (database.display(), path.display());
    bail!(
        "{log} is not the log of {database}: another database was put in this one's place, and the log of the former \
         one was left. To open them together would destroy both, so nothing was opened or changed. If {database} is \
         the one you want, move the log away: mv {log} {log}.aside; if it is not, put the former one back beside its \
         log"
    );
}

async fn belongs(database: &Path, log: &Path) -> anyhow::Result<bool> {
    let log = match std::fs::read(log) {
        Ok(bytes) => Log::read(&bytes),
        // The log is gone: another process has just closed the database.
        Err(_) => return Ok(true),
    };
    if log.transactions == 0 {
        return Ok(true);
    }
    Ok(match first_page(database).await {
        Ok(found) => fits(found, &log.first_pages),
        // Code 26: the file is not a database. With a log beside it, SQLite would rebuild a database out of that log.
        Err(cause) => cause.as_database_error().and_then(|cause| cause.code()).as_deref() != Some("26"),
    })
}

/// The first page of the file itself, ignoring its log; `None` for a file that is missing or empty.
async fn first_page(database: &Path) -> sqlx::Result<Option<Mark>> {
    if !std::fs::metadata(database).is_ok_and(|about| about.len() > 0) {
        return Ok(None);
    }
    let options = SqliteConnectOptions::new().filename(database).immutable(true).read_only(true);
    let mut connection = options.connect().await?;
    let mark = Mark {
        file: number(&mut connection, "PRAGMA application_id").await?,
        nr: number(&mut connection, "PRAGMA user_version").await?,
        schema: number(&mut connection, "PRAGMA schema_version").await?,
        free: number(&mut connection, "PRAGMA freelist_count").await?,
    };
    connection.close().await?;
    Ok(Some(mark))
}

/// Whether a file with this first page can belong to a log with those first pages.
fn fits(found: Option<Mark>, log: &[Mark]) -> bool {
    let Some(found) = found else { return false };
    let Some(first) = log.first() else { return true };
    // The page right before the first in the log: numbered one less, or the same where SQLite changed the page by
    // itself, or not numbered yet.
    let before = found.file == first.file && (found.nr.wrapping_add(1) == first.nr || found.nr == first.nr);
    let not_yet = found.file == 0 && (first.file == 0 || first.nr == FIRST);
    before || not_yet || log.contains(&found)
}

/// Gives the file its two numbers if it has none, and writes them from the log into the file at once.
///
/// # Errors
/// The engine's error; then the file stays without numbers, as it was before.
pub async fn give_numbers(connection: &mut SqliteConnection) -> sqlx::Result<()> {
    if number(connection, "PRAGMA application_id").await? != 0 {
        return Ok(());
    }
    let mut tx = connection.begin_with("BEGIN IMMEDIATE").await?;
    if number(&mut tx, "PRAGMA application_id").await? == 0 {
        let file = uuid::Uuid::new_v4().as_fields().0 >> 1 | 1;
        tx.execute(AssertSqlSafe(format!("PRAGMA application_id = {file}"))).await?;
        tx.execute(AssertSqlSafe(format!("PRAGMA user_version = {FIRST}"))).await?;
    }
    tx.commit().await?;
    // While somebody is reading, the checkpoint does nothing; a later one does it.
    let _ = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").await;
    Ok(())
}

/// Counts one more transaction that changes something. Runs inside that transaction.
pub(in crate::server) async fn count(transaction: &mut SqliteConnection) -> sqlx::Result<()> {
    let next = number(transaction, "PRAGMA user_version").await?.wrapping_add(1);
    transaction.execute(AssertSqlSafe(format!("PRAGMA user_version = {}", next.cast_signed()))).await?;
    Ok(())
}

async fn number(connection: &mut SqliteConnection, question: &'static str) -> sqlx::Result<u32> {
    let number: i64 = connection.fetch_one(question).await?.try_get(0)?;
    // SQLite stores 32 bits, and returns some of these numbers with a sign.
    Ok(u32::try_from(number & 0xffff_ffff).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(file: u32, nr: u32) -> Mark {
        Mark { file, nr, schema: 9, free: 0 }
    }

    #[test]
    fn a_file_fits_its_own_log_alone() {
        let log = [mark(7, 11), mark(7, 12), mark(7, 13)];
        for own in [mark(7, 10), mark(7, 11), mark(7, 12), mark(7, 13)] {
            assert!(fits(Some(own), &log), "{own:?}");
        }
        let rewritten = Mark { schema: 10, ..mark(7, 13) };
        for foreign in [mark(7, 9), mark(7, 14), mark(8, 10), mark(8, 12), mark(0, 0), rewritten] {
            assert!(!fits(Some(foreign), &log), "{foreign:?}");
        }
        assert!(!fits(None, &log), "a log without its file");
        assert!(fits(Some(mark(7, 3)), &[]), "nothing in it tells whose it is");
        assert!(fits(Some(mark(0, 0)), &[mark(0, 0), mark(7, FIRST)]), "the first numbers of an older file");
        assert!(fits(Some(mark(0, 0)), &[mark(7, FIRST)]));
        assert!(fits(Some(mark(7, u32::MAX)), &[mark(7, 0)]), "it begins anew");
    }
}
