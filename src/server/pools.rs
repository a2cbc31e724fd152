//! The connections: one writer and some readers of the SQLite file, or a pool of PostgreSQL's. How they are opened, and
//! that one which is not clean is closed and not used again. No statement of the firm's stands here.

use super::engine::Under;
use super::{failed, migrations};
use crate::server::database_url::DatabaseUrl;
use anyhow::{Context as _, bail};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Connection, Executor as _};
use std::path::Path;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// What each of them keeps, in KiB (negative: SQLite's way of saying so); the rest is the operating system's to keep.
const CACHE: &str = "-4000";
/// So many rows of each index tell the planner enough (sqlite.org/lang_analyze.html); all of a million customers kept a
/// stop waiting for 18 s.
const ENOUGH: Option<u32> = Some(1_000);
const POSTGRES_CONNECTIONS: u32 = 16;
/// Nobody waits longer than this for a connection before they are told that something is wrong.
const PATIENCE: Duration = Duration::from_secs(10);
/// SQLite before this can lose data when two connections write their log at once (sqlite.org/wal.html, "WAL-reset
/// bug").
pub(crate) const OLDEST_SQLITE: [u32; 3] = [3, 51, 3];

/// The first words of a transaction of PostgreSQL's that writes: one at a time in the whole database, whatever process,
/// as SQLite has it by itself. What is asked before something is written then still holds when it is written, on both
/// engines alike: no stage is deleted under a move, and no two set-ups make two firms. Ours are short; what is long is
/// done in slices.
const ONE_WRITER: &str = "SET LOCAL lock_timeout = '10s'; SELECT pg_advisory_xact_lock(7212608)";

/// A place in the queue of this process's writers. Those who wait keep no connection, so that reading never waits for
/// them. SQLite has a single connection that writes, which is its queue.
pub(super) struct Turn {
    _queue: Option<OwnedMutexGuard<()>>,
}

#[derive(Clone)]
pub(super) enum Pools {
    Sqlite { write: SqlitePool, read: SqlitePool },
    Postgres { pool: PgPool, turn: Arc<Mutex<()>> },
}

/// Readers beside the one writer of SQLite: what they read is in memory nearly always, so that more of them than cores
/// only cost memory.
fn sqlite_readers() -> u32 {
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    u32::try_from(cores).unwrap_or(u32::MAX).clamp(2, 8)
}

/// Whether a connection that comes back may be used again. SQLite takes a transaction back by itself when the disc is
/// full; the rollback that follows fails, and sqlx still counts a transaction on that connection: it would refuse every
/// further one.
async fn is_clean<C: Connection>(connection: &mut C) -> sqlx::Result<bool> {
    // What is under way on it, a rollback among it, comes first.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

impl Pools {
    pub(super) async fn open(url: &str, place: &DatabaseUrl) -> anyhow::Result<Self> {
        match place {
            DatabaseUrl::Sqlite(file) => Self::open_sqlite(url, file).await,
            DatabaseUrl::Postgres(_) => Self::open_postgres(url).await,
        }
    }

    /// A transaction that may write, when it is its turn. What is waited for by parts is given up together; a
    /// connection that was just about to begin then is not clean.
    pub(super) async fn begin_to_write(&self) -> sqlx::Result<(Under, Turn)> {
        tokio::time::timeout(PATIENCE, self.wait_to_write()).await.map_err(|_| sqlx::Error::PoolTimedOut)?
    }

    async fn wait_to_write(&self) -> sqlx::Result<(Under, Turn)> {
        match self {
            Self::Sqlite { write, .. } => {
                Ok((Under::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?), Turn { _queue: None }))
            }
            Self::Postgres { pool, turn } => {
                let turn = Arc::clone(turn).lock_owned().await;
                let mut tx = pool.begin().await?;
                tx.execute(ONE_WRITER).await?;
                Ok((Under::Postgres(tx), Turn { _queue: Some(turn) }))
            }
        }
    }

    /// A transaction that sees one moment.
    pub(super) async fn begin_to_read(&self) -> sqlx::Result<Under> {
        Ok(match self {
            Self::Sqlite { read, .. } => Under::Sqlite(read.begin().await?),
            Self::Postgres { pool, .. } => {
                Under::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        })
    }

    async fn open_sqlite(url: &str, file: &Path) -> anyhow::Result<Self> {
        let options = SqliteConnectOptions::from_str(url)
            .context("the path of the SQLite file can't be read")?
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .pragma("temp_store", "memory")
            .pragma("cache_size", CACHE);
        match Self::of_sqlite(options.clone()).await {
            Err(cause) if super::failure::is_full(&cause) => {
                // There is not even room for the index of the log. This way it is kept in memory, for this process
                // alone.
                tracing::error!(
                    "the disc is full: everything can be read, nothing can be written until there is room"
                );
                Self::of_sqlite(options.vfs("unix-excl")).await
            }
            other => other,
        }
        .map_err(|cause| failed::of_sqlite(file, &cause))?
        .of_a_safe_version()
        .await
    }

    async fn of_sqlite(options: SqliteConnectOptions) -> sqlx::Result<Self> {
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(PATIENCE)
            .after_release(|connection, _| Box::pin(is_clean(connection)))
            .connect_with(options.clone().create_if_missing(true).optimize_on_close(true, ENOUGH))
            .await?;
        let read = SqlitePoolOptions::new()
            .max_connections(sqlite_readers())
            .acquire_timeout(PATIENCE)
            .after_release(|connection, _| Box::pin(is_clean(connection)))
            .connect_lazy_with(options.pragma("query_only", "on"));
        Ok(Self::Sqlite { write, read })
    }

    async fn of_a_safe_version(self) -> anyhow::Result<Self> {
        if let Self::Sqlite { write, .. } = &self {
            let version = migrations::sqlite_version(write).await?;
            if version < OLDEST_SQLITE {
                bail!(
                    "this build carries SQLite {version:?}, but {OLDEST_SQLITE:?} is the oldest that keeps data safe"
                );
            }
        }
        Ok(self)
    }

    async fn open_postgres(url: &str) -> anyhow::Result<Self> {
        let options = PgConnectOptions::from_str(url).context("the PostgreSQL address can't be read")?;
        let pool = PgPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .after_release(|connection, _| Box::pin(is_clean(connection)))
            // PostgreSQL's own guess is of a turning disk: it would rather read a whole table than a hundred rows by an
            // index.
            .after_connect(|conn, _| {
                Box::pin(async move { conn.execute("SET random_page_cost = 1.1").await.map(drop) })
            })
            .connect_with(options.clone())
            .await;
        let pool = match pool {
            // The pool tries on until its time is over; why, a single try can say.
            Err(cause @ sqlx::Error::PoolTimedOut) => {
                let why = options.connect().await.err().unwrap_or(cause);
                return Err(failed::of_postgres(&options, &why));
            }
            other => other.map_err(|cause| failed::of_postgres(&options, &cause))?,
        };
        Ok(Self::Postgres { pool, turn: Arc::default() })
    }
}
