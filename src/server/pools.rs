//! The connection pools: one writer and some readers for the SQLite file, or one pool for PostgreSQL. How connections
//! are opened, and when one is closed instead of reused. None of the firm's data is read here.

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

/// The page cache of each connection, in KiB (SQLite writes KiB as a negative number). Beyond that the operating system
/// caches the file.
const CACHE: &str = "-4000";
/// How many rows of each index `ANALYZE` reads: enough for the planner (sqlite.org/lang_analyze.html). Reading all of a
/// million customers delayed stopping the program by 18 s.
const ENOUGH: Option<u32> = Some(1_000);
const POSTGRES_CONNECTIONS: u32 = 16;
/// The longest wait for a connection before a request fails.
const PATIENCE: Duration = Duration::from_secs(10);
/// Older versions of SQLite can lose data when two connections write the write-ahead log at once (sqlite.org/wal.html,
/// "WAL-reset bug").
pub(crate) const OLDEST_SQLITE: [u32; 3] = [3, 51, 3];

/// The first statements of each writing transaction on PostgreSQL: they let one writer at a time into the whole
/// database, across all processes, as SQLite does by itself. So what a transaction has checked is still true when it
/// writes, on both engines alike: no stage is deleted while a deal moves there, and two set-ups can't make two firms.
/// The program's writes are short; long ones are done in slices.
const ONE_WRITER: &str = "SET LOCAL lock_timeout = '10s'; SELECT pg_advisory_xact_lock(7212608)";

/// A place in the queue of this process's writers. Writers that wait hold no connection, so that readers never wait for
/// them. SQLite needs no queue of ours: it has a single writing connection.
pub(super) struct Turn {
    _queue: Option<OwnedMutexGuard<()>>,
}

#[derive(Clone)]
pub(super) enum Pools {
    Sqlite { write: SqlitePool, read: SqlitePool },
    Postgres { pool: PgPool, turn: Arc<Mutex<()>> },
}

/// How many readers there are beside SQLite's one writer. Their pages are in memory nearly always, so more readers than
/// cores would only cost memory.
fn sqlite_readers() -> u32 {
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    u32::try_from(cores).unwrap_or(u32::MAX).clamp(2, 8)
}

/// Whether a connection may be reused. SQLite rolls back by itself when the disk is full; the rollback that follows
/// fails, and sqlx then believes that a transaction is still open and refuses every further one.
async fn is_clean<C: Connection>(connection: &mut C) -> sqlx::Result<bool> {
    // First let sqlx finish what is pending on the connection, such as a rollback.
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

    /// Begins a transaction that may write, after waiting for its turn. One time limit covers the queue, the connection
    /// and the lock. A connection given up while it begins is not clean and is not reused.
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

    /// Begins a transaction that reads a single snapshot.
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
                // The disk is so full that not even the shared-memory index of the write-ahead log fits. In exclusive
                // mode the index is kept in this process's memory.
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
            // PostgreSQL's default assumes a spinning disk and would rather scan a whole table than read a hundred rows
            // by an index.
            .after_connect(|conn, _| {
                Box::pin(async move { conn.execute("SET random_page_cost = 1.1").await.map(drop) })
            })
            .connect_with(options.clone())
            .await;
        let pool = match pool {
            // The pool retries until its time is over and hides the reason; a single attempt tells it.
            Err(cause @ sqlx::Error::PoolTimedOut) => {
                let why = options.connect().await.err().unwrap_or(cause);
                return Err(failed::of_postgres(&options, &why));
            }
            other => other.map_err(|cause| failed::of_postgres(&options, &cause))?,
        };
        Ok(Self::Postgres { pool, turn: Arc::default() })
    }
}
