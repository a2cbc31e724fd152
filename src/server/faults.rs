//! For tests: makes the real database fail at a chosen statement of a writing transaction, or at its commit. The error
//! is the engine's own, not a mock: it is provoked by statements that fail. In the program itself the twin
//! `faults_none.rs` does nothing.

use super::engine::Under;
use sqlx::{AssertSqlSafe, Executor as _};
use std::sync::{Arc, Mutex};

/// How the database fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The disk is full.
    Full,
    /// The transaction is rolled back, and the statement fails: an I/O error of SQLite, a cancelled statement of
    /// PostgreSQL.
    Undone,
    /// The connection is cut (PostgreSQL); with SQLite the transaction is rolled back without the statement noticing.
    Cut,
}

impl Fault {
    pub(crate) const ALL: [Self; 3] = [Self::Full, Self::Undone, Self::Cut];
}

#[derive(Clone, Default)]
pub(crate) struct Faults(Arc<Mutex<Option<(Fault, usize)>>>);

impl Faults {
    /// Lets that many statements pass; the next one fails, once.
    pub(crate) fn arm(&self, fault: Fault, after: usize) {
        *self.0.lock().expect("no test panics in here") = Some((fault, after));
    }

    /// Takes the fault away; true if it had not happened yet.
    pub(crate) fn disarm(&self) -> bool {
        self.0.lock().expect("no test panics in here").take().is_some()
    }

    fn due(&self) -> Option<Fault> {
        let mut armed = self.0.lock().expect("no test panics in here");
        let (fault, after) = (*armed)?;
        *armed = (after > 0).then(|| (fault, after - 1));
        (after == 0).then_some(fault)
    }

    pub(super) async fn strike(&self, under: &mut Under) -> sqlx::Result<()> {
        let Some(fault) = self.due() else { return Ok(()) };
        let (statements, then): (&[&str], _) = match (&under, fault) {
            (Under::Ended, _) => (&[], None),
            // The pragma makes the file full, so that the insert fails and SQLite rolls the whole transaction back.
            (Under::Sqlite(_), Fault::Full) => (
                &["PRAGMA max_page_count = 1", "INSERT INTO rights (changes) VALUES (zeroblob(90000000))"],
                Some("PRAGMA max_page_count = 1073741823"),
            ),
            (Under::Sqlite(_), Fault::Undone) => {
                (&["ROLLBACK", "INSERT INTO rights (changes) VALUES (NULL)"], None)
            }
            (Under::Sqlite(_), Fault::Cut) => (&["ROLLBACK", "SELECT 1 FROM nothing"], None),
            (Under::Postgres(_), Fault::Full) => (
                &["DO $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$"],
                None,
            ),
            (Under::Postgres(_), Fault::Undone) => {
                (&["SET LOCAL statement_timeout = 1", "SELECT pg_sleep(10)"], None)
            }
            (Under::Postgres(_), Fault::Cut) => (&["SELECT pg_terminate_backend(pg_backend_pid())"], None),
        };
        let mut done = Ok(());
        for statement in statements.iter().copied().chain(then) {
            let here = match under {
                Under::Ended => Ok(()),
                Under::Sqlite(tx) => tx.execute(AssertSqlSafe(statement)).await.map(drop),
                Under::Postgres(tx) => tx.execute(AssertSqlSafe(statement)).await.map(drop),
            };
            done = done.and(here);
        }
        done
    }
}
