//! The daily backup of a running server. It is written, then restored into a temporary file as a test, and only then
//! counts. It is made soon after three in the morning, or later that day after the program was started; by one process
//! only.

use super::create::back_up;
use super::file::{Size, verify};
use super::restore::build;
use super::rotate::{is_ahead, name, outdated};
use super::store::ledger::{self, Outcome};
use crate::server::clock;
use crate::server::database_url::DatabaseUrl;
use crate::server::db::Db;
use crate::server::machine;
use anyhow::Result;
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The hour of the firm's clock, when nobody works, at which a day ends for backups.
const NIGHT: TimeDelta = TimeDelta::hours(3);
/// Just after the start, the program has more urgent work.
const FIRST: Duration = Duration::from_secs(60);
const NEXT: Duration = Duration::from_secs(600);

/// Checks every ten minutes whether today's backup still has to be made.
pub async fn every_day(db: Db, place: DatabaseUrl, folder: PathBuf) {
    // An absolute path, because the owner is told where the backup is, wherever the program was started.
    let folder = std::path::absolute(&folder).unwrap_or(folder);
    tokio::time::sleep(FIRST).await;
    loop {
        if let Err(why) = today(&db, &place, &folder, clock::now()).await {
            tracing::error!(why = format!("{why:#}"), "today's backup could not even be begun");
        }
        tokio::time::sleep(NEXT).await;
    }
}

/// Makes the backup of this day if no process has. Returns whether it was made now and is good.
///
/// # Errors
/// When the ledger can't be written.
pub async fn today(db: &Db, place: &DatabaseUrl, folder: &Path, now: DateTime<Utc>) -> Result<bool> {
    let Some(zone) = ledger::zone(db).await? else { return Ok(false) };
    let local = clock::local(now, clock::zone(&zone));
    let day = (local - NIGHT).date();
    if !ledger::claim(db, day, now).await? {
        return Ok(false);
    }
    let file = free(folder, local);
    let (size, problem) = match back_up(place, &file).await {
        Err(why) => {
            tracing::error!(why = format!("{why:#}"), "today's backup failed");
            (Size::default(), "write")
        }
        Ok(size) => match try_out(&file, folder).await {
            Err(why) => {
                tracing::error!(why = format!("{why:#}"), file = %file.display(), "today's backup can't be restored");
                let _ = std::fs::rename(&file, file.with_extension("damaged"));
                (size, "check")
            }
            Ok(()) => {
                tracing::info!(file = %file.display(), rows = size.rows, "today's backup is made and was tried out");
                tidy(folder, &file, local);
                (size, "")
            }
        },
    };
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let outcome = Outcome {
        file: file.display().to_string(),
        // With SQLite, the machine that has the database also has the backups; of several servers on PostgreSQL only
        // one has them.
        host: match place {
            DatabaseUrl::Sqlite(_) => String::new(),
            DatabaseUrl::Postgres(_) => machine::name(),
        },
        bytes: number(size.bytes),
        held: number(size.rows),
        problem,
    };
    ledger::finish(db, day, clock::now().max(now), outcome).await?;
    Ok(problem.is_empty())
}

/// A file name that is not in use: if the clock was set back, a backup of the same second may exist.
fn free(folder: &Path, at: NaiveDateTime) -> PathBuf {
    let mut nr = 1;
    loop {
        let file = folder.join(name(at, nr));
        if !file.exists() && !file.with_extension("damaged").exists() {
            return file;
        }
        nr += 1;
    }
}

/// Restores the backup into a temporary file, as a test.
async fn try_out(file: &Path, folder: &Path) -> Result<()> {
    let path = file.to_owned();
    let head = tokio::task::spawn_blocking(move || verify(&path)).await??;
    let trial = Trial(folder.join(format!(".trial-{}.db", uuid::Uuid::new_v4().simple())));
    build(file, &head, &trial.0).await?;
    Ok(())
}

struct Trial(PathBuf);

impl Drop for Trial {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
        let mut journal = self.0.clone().into_os_string();
        journal.push("-journal");
        let _ = std::fs::remove_file(journal);
    }
}

/// The names of the files in the folder.
pub(super) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

/// Removes outdated backups and leftovers of a killed program; never the backup that was just made.
fn tidy(folder: &Path, made: &Path, now: NaiveDateTime) {
    let names = names(folder);
    let left = names.iter().filter(|name| {
        let trial = name.starts_with(".trial-") && name.ends_with(".db");
        trial || (name.starts_with("kartotek-") && name.ends_with(".backup.partial"))
    });
    let made = made.file_name().unwrap_or_default().to_string_lossy();
    for name in outdated(&names, &made, now).into_iter().chain(left) {
        if let Err(cause) = std::fs::remove_file(folder.join(name)) {
            tracing::warn!(%cause, name, "an outdated backup could not be taken away");
        }
    }
    let ahead = names.iter().filter(|name| is_ahead(name, now)).count();
    if ahead > 0 {
        tracing::warn!(
            ahead,
            folder = %folder.display(),
            "backups are dated later than now: is this machine's clock right? They stay and do not count"
        );
    }
}
