//! The ledger of daily backups: one row for each day. Of several processes, the one that writes the row first makes the
//! backup.

use crate::backup::rotate::SLACK;
use crate::error::Result;
use crate::server::db::{Db, Tx};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// A backup that failed, or was begun and never finished, is tried again after this time.
const AGAIN: TimeDelta = TimeDelta::hours(1);
const REMEMBERED: TimeDelta = TimeDelta::days(90);
/// The problem noted in a row that was written while the clock was wrong.
const CLOCK: &str = "clock";

/// The result of a backup.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub file: String,
    /// The machine that has the file; empty if it is the one with the database.
    pub host: String,
    pub bytes: i64,
    pub held: i64,
    /// Empty for success, else the step that failed: `write` or `check`.
    pub problem: &'static str,
}

/// Claims the backup of this day; false when it is made already or another process is making it. A row dated in the
/// future comes from a wrong clock and is ignored.
///
/// # Errors
/// `Internal` only.
pub async fn claim(db: &Db, day: NaiveDate, now: DateTime<Utc>) -> Result<bool> {
    let mut system = db.write_system().await?;
    let mut mine = system
        .query(
            "INSERT INTO backups (day, begun_at, ended_at, file, bytes, held, problem) VALUES ($1, $2, NULL, '', 0, 0, \
             '') \
             ON CONFLICT (day) DO NOTHING",
        )
        .bind(day)
        .bind(now)
        .execute()
        .await?;
    if mine == 0 {
        mine = system
            .query(
                "UPDATE backups SET begun_at = $2, ended_at = NULL, problem = '' WHERE day = $1 \
                 AND (begun_at < $3 AND (ended_at IS NULL OR problem <> '') OR begun_at > $4)",
            )
            .bind(day)
            .bind(now)
            .bind(now - AGAIN)
            .bind(now + SLACK)
            .execute()
            .await?;
    }
    system.commit().await?;
    Ok(mine == 1)
}

/// Notes the result, and deletes rows of long ago. Ninety rows are kept in any case, so that a clock that is wrong for
/// a day deletes nothing. Rows dated in the future are marked, so that their day will get a backup of its own.
///
/// # Errors
/// `Internal` only.
pub async fn finish(db: &Db, day: NaiveDate, now: DateTime<Utc>, outcome: Outcome) -> Result<()> {
    let mut system = db.write_system().await?;
    system.query(
        "UPDATE backups SET ended_at = $2, file = $3, bytes = $4, held = $5, problem = $6, host = $7 WHERE day = $1",
    )
    .bind(day)
    .bind(now)
    .bind(outcome.file)
    .bind(outcome.bytes)
    .bind(outcome.held)
    .bind(outcome.problem)
    .bind(outcome.host)
    .execute()
    .await?;
    system
        .query("UPDATE backups SET problem = $3 WHERE begun_at > $1 AND day <> $2 AND problem = ''")
        .bind(now + SLACK)
        .bind(day)
        .bind(CLOCK)
        .execute()
        .await?;
    system.query(
        "DELETE FROM backups WHERE day < $1 AND day NOT IN (SELECT day FROM backups ORDER BY day DESC LIMIT 90)",
    )
    .bind((now - REMEMBERED).date_naive())
    .execute()
    .await?;
    system.commit().await
}

/// A row of the ledger.
#[derive(Debug, sqlx::FromRow)]
pub struct Line {
    pub begun_at: DateTime<Utc>,
    pub ended_at: DateTime<Utc>,
    pub file: String,
    pub host: String,
    pub bytes: i64,
    pub held: i64,
    pub problem: String,
}

impl Line {
    /// Whether it was written by a clock that was ahead.
    #[must_use]
    pub fn is_ahead(&self, now: DateTime<Utc>) -> bool {
        self.begun_at - now > SLACK
    }

    #[must_use]
    pub fn is_good(&self) -> bool {
        self.problem.is_empty()
    }
}

/// The finished backups, newest first, for an owner only.
///
/// # Errors
/// `Internal` only.
pub async fn lines(tx: &mut Tx) -> Result<Vec<Line>> {
    Ok(tx
        .everyones(
            "SELECT begun_at, ended_at, file, host, bytes, held, problem FROM backups WHERE ended_at IS NOT NULL \
             AND EXISTS (SELECT 1 FROM people WHERE id = $1 AND role = 'owner') ORDER BY day DESC",
        )
        .all()
        .await?)
}

/// When the firm was founded on this server.
///
/// # Errors
/// `Internal` only.
pub async fn founded(tx: &mut Tx) -> Result<DateTime<Utc>> {
    let (at,): (DateTime<Utc>,) = tx.everyones("SELECT created_at FROM firm").one().await?;
    Ok(at)
}

/// The firm's time zone; `None` without a firm.
///
/// # Errors
/// `Internal` only.
pub async fn zone(db: &Db) -> Result<Option<String>> {
    let mut system = db.read_system().await?;
    let found: Option<(String,)> = system.query("SELECT time_zone FROM firm").optional().await?;
    system.commit().await?;
    Ok(found.map(|(zone,)| zone))
}
