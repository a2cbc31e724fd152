//! The database: SQLite inside by default, PostgreSQL by one setting. `Db::read(actor)` and `Db::write(actor)` are the
//! only ways to a transaction, and in it `$1` is always the person asking. `SystemTx` is for those who are nobody yet:
//! sign-in, sessions, set-up.

use super::disk;
use super::engine::{Conn, Query};
use super::failure::Health;
use super::faults::Faults;
use super::lately::Lately;
use super::migrate;
use super::pools::Pools;
use super::sql::Sql;
use super::sqlite_file::folder;
use super::statements::Statements;
use super::timing::in_database;
use crate::auth::Actor;
use crate::auth::model::Role;
use crate::error::{Error, Result};
use crate::id::EventId;
use crate::live::{Live, Notice};
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
/// More notices than this in one transaction become one: "everything changed".
const MANY_NOTICES: usize = 50;

#[derive(Clone)]
pub struct Db {
    pools: Pools,
    live: Live,
    health: Health,
    lately: Lately,
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

    async fn begin(&self, writes: bool) -> Result<Conn> {
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
        Ok(SystemTx { conn: self.begin(true).await?, db: self.clone() })
    }

    /// The same for looking only.
    ///
    /// # Errors
    /// `Internal` when no connection can be had.
    pub async fn read_system(&self) -> Result<SystemTx> {
        Ok(SystemTx { conn: self.begin(false).await?, db: self.clone() })
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

/// A transaction of somebody.
pub struct Tx {
    system: SystemTx,
    actor: Actor,
    recorded: bool,
    notices: Vec<Notice>,
    /// Of which event what is put on record now is a part.
    whole: Option<EventId>,
    /// The id of the next event.
    next: Option<EventId>,
    /// What is asked for, as a hash.
    command: Option<Vec<u8>>,
}

impl Tx {
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// How many customers the person asking saw lately, by [`Tx::counted`].
    #[must_use]
    pub fn counted_lately(&self) -> Option<i64> {
        self.system.db.lately.count(self.actor.id)
    }

    /// So many customers are in reach of the person asking.
    pub fn counted(&self, count: i64) {
        self.system.db.lately.counted(self.actor.id, count);
    }

    /// A statement about what is in reach of the person asking, who is `$1`; `bind` begins with `$2`. It must ask for
    /// reach, or it is refused when it runs.
    pub fn query(&mut self, sql: impl Into<Sql>) -> Query<'_> {
        let sql = sql.into();
        let asks = sql.asks_for_reach();
        let query = self.everyones(sql);
        if asks { query } else { query.refuse("a statement does not ask what is in reach (viewer_id = $1)") }
    }

    /// A statement about what is everyone's, or of what another statement of the transaction has asked for reach. Where
    /// it may stand is listed (`tests::tidy`), and the list may only become shorter. `$1` as in [`Tx::query`].
    pub fn everyones(&mut self, sql: impl Into<Sql>) -> Query<'_> {
        let sql = sql.into();
        let has_places = sql.has_places();
        let query = self.system.query(sql);
        // PostgreSQL takes a value that stands nowhere, but not where there is no place at all.
        if has_places { query.bind(self.actor.id) } else { query }
    }

    /// A statement that only takes a lock, by touching a row in a way nobody can see: it needs no event. `$1` as in
    /// [`Tx::query`].
    pub fn lock(&mut self, sql: impl Into<Sql>) -> Query<'_> {
        self.everyones(sql).locking()
    }

    /// The same transaction without `$1`, for the organisation tree and for sessions: who may do what there is not a
    /// question of reach but of `people::rules`. What it changes needs an event like everything else.
    pub(crate) fn unscoped(&mut self) -> &mut SystemTx {
        &mut self.system
    }

    /// What is put on record from here on is a part of that event and is taken back with it; of none, after `None`.
    pub(crate) fn parts_of(&mut self, whole: Option<EventId>) {
        self.whole = whole;
    }

    /// The parts of that event are on record; the next one is the event itself.
    pub(crate) fn whole_is_next(&mut self) {
        self.next = self.whole.take();
    }

    /// Notes what is asked for, as a hash: the next event keeps it.
    pub(crate) fn asks(&mut self, command: Vec<u8>) {
        self.command = Some(command);
    }

    pub(crate) fn asked(&self) -> Option<&[u8]> {
        self.command.as_deref()
    }

    /// The id of the event that is put on record now, and the event of which it is a part.
    pub(crate) fn event_ids(&mut self) -> (EventId, Option<EventId>) {
        let id = self.next.take().unwrap_or_else(|| EventId(uuid::Uuid::now_v7()));
        (id, self.whole.filter(|whole| *whole != id))
    }

    /// Keeps what was done so far and goes on in a new transaction, so that long work never lets others wait: they
    /// write in between. What fails later leaves what was kept, so each part must be whole by itself, and what was read
    /// may not be true any more.
    ///
    /// # Errors
    /// As [`Db::commit`]; `Unauthenticated` when the person asking has lost the right meanwhile.
    pub(crate) async fn pause(&mut self) -> Result<()> {
        self.finish().await?;
        self.system.conn = self.system.db.begin(true).await?;
        self.still_stands().await
    }

    /// Asks once more who asks, in the transaction that is going to write: a request can take long to arrive, and
    /// rights end at once.
    ///
    /// # Errors
    /// `Unauthenticated` when the session has ended, the person was deactivated or has another role by now.
    pub async fn still_stands(&mut self) -> Result<()> {
        let (role, session) = (self.actor.role, self.actor.session());
        let sql = Sql::new("SELECT role FROM people WHERE id = $1 AND active").when(
            session.is_some(),
            "AND EXISTS (SELECT 1 FROM sessions WHERE token_hash = $2 AND person_id = $1)",
        );
        let query = self.everyones(sql);
        let now: Option<(Role,)> = match session {
            Some(hash) => query.bind(hash).optional().await?,
            None => query.optional().await?,
        };
        if now == Some((role,)) { Ok(()) } else { Err(Error::Unauthenticated) }
    }

    async fn finish(&mut self) -> Result<()> {
        assert!(
            !self.system.conn.changed || self.recorded,
            "a transaction changed something and recorded no event"
        );
        if self.notices.len() > MANY_NOTICES {
            self.notices = vec![Notice::everything()];
        }
        let notices = std::mem::take(&mut self.notices);
        let told_by_engine = self.system.conn.is_postgres();
        if told_by_engine {
            for notice in &notices {
                let tell = self.system.conn.query(Sql::new("SELECT pg_notify('kartotek', $1)"));
                tell.bind(notice.to_json()).execute().await?;
            }
        }
        self.system.conn.commit().await?;
        if !told_by_engine {
            notices.into_iter().for_each(|notice| self.system.db.live.tell(notice));
        }
        Ok(())
    }

    /// Notes that the change of this transaction is on record, and who is to be told of it after the commit.
    pub(crate) fn recorded(&mut self, notice: Notice) {
        self.recorded = true;
        self.notices.push(notice);
    }
}

/// A transaction of nobody: it has no `$1` and no events.
pub struct SystemTx {
    conn: Conn,
    db: Db,
}

impl SystemTx {
    pub fn query(&mut self, sql: impl Into<Sql>) -> Query<'_> {
        self.conn.query(sql.into())
    }

    /// The same transaction goes on as somebody's: what was done for nobody and what follows is done wholly or not at
    /// all.
    #[must_use]
    pub fn acting_as(self, actor: Actor) -> Tx {
        Tx {
            system: self,
            actor,
            recorded: false,
            notices: Vec::new(),
            whole: None,
            next: None,
            command: None,
        }
    }

    /// # Errors
    /// `Internal` when the commit failed.
    pub async fn commit(mut self) -> Result<()> {
        Ok(self.conn.commit().await?)
    }
}
