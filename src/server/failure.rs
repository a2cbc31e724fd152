//! What a database error means for the person who waits: the disk is full, the database can't be reached for now, or it
//! is a bug of ours. `Health` remembers that a write found the disk full, for `/readyz`. It knows no feature.

use super::failed;
use crate::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

tokio::task_local! {
    pub(super) static REQUEST_ID: String;
}

/// The id of this request, as in the log; empty at the command line.
#[must_use]
pub fn id() -> String {
    REQUEST_ID.try_with(Clone::clone).unwrap_or_default()
}

/// Logs the cause once, with the request's id, and returns the error that the person is shown.
pub fn our_fault(cause: &dyn std::fmt::Display) -> Error {
    let request = id();
    if request.is_empty() {
        failed::remember(cause.to_string());
    }
    tracing::error!(%request, %cause, "a request failed");
    Error::Internal { request }
}

/// Whether the last larger write found the disk full.
#[derive(Clone, Debug, Default)]
pub(super) struct Health(Arc<AtomicBool>);

impl Health {
    pub(super) fn is_full(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Call after a large write has worked. A small one proves nothing: it may fit into a gap of a full file.
    pub(super) fn has_room(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    pub(super) fn failed(&self, cause: &sqlx::Error) {
        if is_full(cause) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}

/// Whether the error means that the disk is full.
#[must_use]
pub fn is_full(cause: &sqlx::Error) -> bool {
    match code_of(cause).as_deref() {
        // PostgreSQL: disk_full.
        Some("53100") => true,
        Some(code) => sqlite_code(code).is_some_and(|code| {
            // SQLite: SQLITE_FULL, or SQLITE_IOERR_SHMSIZE: no room for the index of the write-ahead log
            // (sqlite.org/rescode.html).
            code & 0xff == 13 || code == 4874
        }),
        None => false,
    }
}

/// Whether the error means that the database can't be reached for now, rather than that the statement is wrong.
fn is_passing(cause: &sqlx::Error) -> bool {
    match cause {
        sqlx::Error::Io(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(_) => code_of(cause).is_some_and(|code| match sqlite_code(&code) {
            // SQLITE_BUSY and SQLITE_LOCKED.
            Some(code) => matches!(code & 0xff, 5 | 6),
            // PostgreSQL: the connection is lost, there is none left, it was cancelled from outside, the server is
            // stopping or starting; a lock was not to be had, a serialization failure, a deadlock; or the server is
            // read-only for now, as a standby is (postgresql.org/docs/current/errcodes-appendix.html).
            None => {
                code.starts_with("08")
                    || code.starts_with("57")
                    || matches!(code.as_str(), "53300" | "55P03" | "40001" | "40P01" | "25006")
            }
        }),
        _ => false,
    }
}

fn code_of(cause: &sqlx::Error) -> Option<String> {
    Some(cause.as_database_error()?.code()?.into_owned())
}

/// SQLite's codes are short numbers, PostgreSQL's have five characters.
fn sqlite_code(code: &str) -> Option<u32> {
    (code.len() < 5).then(|| code.parse().ok()).flatten()
}

impl From<sqlx::Error> for Error {
    fn from(cause: sqlx::Error) -> Self {
        let ours = our_fault(&cause);
        if id().is_empty() {
            failed::remember(failed::of_engine(&cause));
        }
        if is_full(&cause) {
            Self::DiscFull
        } else if is_passing(&cause) {
            Self::Unavailable
        } else {
            ours
        }
    }
}
