//! The database: SQLite inside by default, PostgreSQL by one setting. `Db::read(actor)` and `Db::write(actor)` are the
//! only ways to a transaction; what can be done in one stands in `tx`.

use super::disk;
use super::engine::Conn;
use super::failure::Health;
use super::faults::Faults;
use super::lately::Lately;
use super::migrate;
use super::pools::Pools;
use super::sqlite_file::folder;
use super::statements::Statements;
use super::timing::in_database;
pub use super::tx::{SystemTx, Tx};
use crate::auth::Actor;
use crate::error::{Error, Result};
use crate::live::Live;
use crate::server::database_url::DatabaseUrl;
use anyhow::Context as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::Mutex;

/// With less than this, in bytes, a disc counts as full.
const LEAST_ROOM: u64 = 1 << 20;
/// A megabyte, in a table of this transaction's own.
const FILLER: &str = "CREATE TEMPORARY TABLE filler ON COMMIT DROP AS \
     SELECT repeat(md5(CAST(nr AS TEXT)), 30) AS bytes FROM generate_series(1, 1100) AS nr";

#[derive(Clone)]
pub struct Db {
    pools: Pools,
    pub(super) live: Live,
    health: Health,
    pub(super) lately: Lately,
    /// The SQLite file.
    file: Option<PathBuf>,
    /// Held by what is written while nobody waits for it.
    aside: Arc<Mutex<()>>,
    pub(crate) faults: Faults,
    pub(crate) statements: Statements,
}

impl Db {
    /// Opens `sqlite:PATH` or `postgres://…`, brings it up to date and begins to hear other processes.
    ///
    /// # Errors
    /// A sentence for the person who started the program.
    pub async fn open(url: &str) -> anyhow::Result<Self> {
        Self::open_with(url, None).await
    }

    /// The same with a folder for the backup before an update; else it is the usual one.
    ///
    /// # Errors
    /// As [`Db::open`].
    pub async fn open_with(url: &str, backups: Option<&Path>) -> anyhow::Result<Self> {
        let place = DatabaseUrl::of(url)?;
        let backups = backups.map(Path::to_owned).or_else(|| place.usual_backups());
        if let DatabaseUrl::Sqlite(file) = &place {
            super::sqlite_file::ready(file).await?;
        }
        let pools = Pools::open(url, &place).await?;
        match &pools {
            Pools::Sqlite { write, .. } => migrate::bring_sqlite_up(write, &place, backups.as_deref()).await,
            Pools::Postgres { pool, .. } => {
                migrate::bring_postgres_up(pool, &place, backups.as_deref()).await
            }
        }
        .context("the database could not be brought up to date")?;
        let live = Live::new();
        match &pools {
            Pools::Sqlite { write, .. } => live.notice_other_writers(write),
            Pools::Postgres { pool, .. } => {
                live.hear_other_processes(pool).await.context("listening to other processes failed")?;
            }
        }
        let file = match place {
            DatabaseUrl::Sqlite(file) => Some(file),
            DatabaseUrl::Postgres(_) => None,
        };
        Ok(Self {
            pools,
            live,
            health: Health::default(),
            lately: Lately::default(),
            file,
            aside: Arc::default(),
            faults: Faults::default(),
            statements: Statements::default(),
        })
    }

    /// What is told to open browsers.
    #[must_use]
    pub fn live(&self) -> &Live {
        &self.live
    }

    pub(super) async fn begin(&self, writes: bool) -> Result<Conn> {
        in_database(self.connect(writes)).await
    }

    async fn connect(&self, writes: bool) -> Result<Conn> {
        let begun = if writes {
            self.pools.begin_to_write().await.map(|(under, turn)| (under, Some(turn)))
        } else {
            self.pools.begin_to_read().await.map(|under| (under, None))
        };
        let (under, turn) = begun.inspect_err(|cause| self.health.failed(cause))?;
        Ok(Conn::new(under, turn, self.health.clone(), (self.faults.clone(), self.statements.clone())))
    }

    /// A transaction that sees one moment and changes nothing.
    ///
    /// # Errors
    /// `Internal` when no connection can be had.
    pub async fn read(&self, actor: Actor) -> Result<Tx> {
        Ok(self.read_system().await?.acting_as(actor))
    }

    /// A transaction that may change something; drop it to change nothing.
    ///
    /// # Errors
    /// `Internal` when no connection can be had.
    pub async fn write(&self, actor: Actor) -> Result<Tx> {
        Ok(self.write_system().await?.acting_as(actor))
    }

    /// Commits, then tells everyone who may know. Nothing is told before it is on disk.
    ///
    /// # Errors
    /// `Internal` when the commit failed: then nothing was changed and nothing is told.
    pub async fn commit(&self, mut tx: Tx) -> Result<()> {
        tx.finish().await
    }

    /// The transaction of those who are nobody yet. Only `auth` and `people` use it.
    ///
    /// # Errors
    /// `Internal` when no connection can be had.
    pub async fn write_system(&self) -> Result<SystemTx> {
        Ok(SystemTx::new(self.begin(true).await?, self.clone()))
    }

    /// The same for looking only.
    ///
    /// # Errors
    /// `Internal` when no connection can be had.
    pub async fn read_system(&self) -> Result<SystemTx> {
        Ok(SystemTx::new(self.begin(false).await?, self.clone()))
    }

    /// Writes something small that nobody waits for, so that reading never waits for the writer. While one such thing
    /// is under way others are left out: only for what is tried again by itself.
    pub fn write_aside<F: Future<Output = Result<()>> + Send + 'static>(&self, job: impl FnOnce(Self) -> F) {
        let Ok(held) = Arc::clone(&self.aside).try_lock_owned() else { return };
        let job = job(self.clone());
        tokio::spawn(async move {
            // The cause is in the log.
            let _ = job.await;
            drop(held);
        });
    }

    /// Whether something could be written now, found out by trying: a change that changes nothing is made and taken
    /// back, and an SQLite file must be there and its disc have room. After a write for which there was none it is
    /// tried in earnest; PostgreSQL then makes a table of a megabyte that goes with the transaction, as a small change
    /// could find a gap in a full file.
    ///
    /// # Errors
    /// `DiscFull`, or `Unavailable` when no connection can be had.
    pub async fn can_write(&self) -> Result<()> {
        if let Some(file) = &self.file {
            if disk::room(folder(file)).is_some_and(|bytes| bytes < LEAST_ROOM) {
                return Err(Error::DiscFull);
            }
            // What is written to a file that somebody has taken away is lost with the process.
            if !file.exists() {
                tracing::error!("the database file {} is gone", file.display());
                return Err(Error::Unavailable);
            }
        }
        let mut system = self.write_system().await?;
        system.query("UPDATE rights SET changes = changes").execute().await?;
        if !self.health.is_full() {
            return Ok(());
        }
        if system.conn.is_postgres() {
            system.query(FILLER).execute().await?;
        }
        system.commit().await?;
        self.health.has_room();
        Ok(())
    }

    /// Finishes what is under way and closes.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres { pool, .. } => pool.close().await,
        }
    }
}
