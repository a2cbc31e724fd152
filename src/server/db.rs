//! The database: SQLite inside by default, PostgreSQL by one setting. `Db::read(actor)` and `Db::write(actor)` are the only ways to
//! a transaction, and in it `$1` is always the person asking. `Door` is for those who are nobody yet: sign-in, sessions, set-up.

use super::engine::{Conn, Query};
use super::migrate;
use super::spent::in_database;
use super::sql::Sql;
use crate::auth::Actor;
use crate::error::Result;
use crate::id::EventId;
use crate::keeping::store::link::Place;
use crate::live::{Live, Notice};
use anyhow::{Context as _, bail};
use sqlx::Executor as _;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use std::path::Path;
use std::str::FromStr as _;
use std::time::Duration;

/// What each of them keeps, in KiB (negative: SQLite's way of saying so); the rest is the operating system's to keep.
const CACHE: &str = "-8000";
/// So many rows of each index tell the planner enough (sqlite.org/lang_analyze.html); all of a million customers kept a stop waiting for 18 s.
const ENOUGH: Option<u32> = Some(1_000);
const POSTGRES_CONNECTIONS: u32 = 16;
/// Nobody waits longer than this for a connection before they are told that something is wrong.
const PATIENCE: Duration = Duration::from_secs(10);
/// More notices than this in one transaction become one: "everything changed".
const MANY_NOTICES: usize = 50;
/// SQLite before this can lose data when two connections write their log at once (sqlite.org/wal.html, "WAL-reset bug").
pub(crate) const OLDEST_SQLITE: [u32; 3] = [3, 51, 3];

/// Readers beside the one writer of SQLite: what they read is in memory nearly always, so that more of them than cores only cost memory.
fn sqlite_readers() -> u32 {
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    u32::try_from(cores).unwrap_or(u32::MAX).clamp(2, 8)
}

#[derive(Clone)]
pub struct Db {
    pools: Pools,
    live: Live,
}

#[derive(Clone)]
enum Pools {
    Sqlite { write: SqlitePool, read: SqlitePool },
    Postgres(PgPool),
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
        let place = Place::of(url)?;
        let backups = backups.map(Path::to_owned).or_else(|| place.usual_backups());
        let pools = match &place {
            Place::Sqlite(_) => Self::open_sqlite(url).await?,
            Place::Postgres(_) => Self::open_postgres(url).await?,
        };
        match &pools {
            Pools::Sqlite { write, .. } => migrate::bring_sqlite_up(write, &place, backups.as_deref()).await,
            Pools::Postgres(pool) => migrate::bring_postgres_up(pool, &place, backups.as_deref()).await,
        }
        .context("the database could not be brought up to date")?;
        let live = Live::new();
        match &pools {
            Pools::Sqlite { write, .. } => live.notice_other_writers(write),
            Pools::Postgres(pool) => {
                live.hear_other_processes(pool).await.context("listening to other processes failed")?;
            }
        }
        Ok(Self { pools, live })
    }

    async fn open_sqlite(url: &str) -> anyhow::Result<Pools> {
        let options = SqliteConnectOptions::from_str(url)
            .context("the path of the SQLite file can't be read")?
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .pragma("temp_store", "memory")
            .pragma("cache_size", CACHE);
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(PATIENCE)
            .connect_with(options.clone().create_if_missing(true).optimize_on_close(true, ENOUGH))
            .await
            .context("the SQLite file could not be opened")?;
        let version = migrate::sqlite_version(&write).await?;
        if version < OLDEST_SQLITE {
            bail!(
                "this build carries SQLite {version:?}, but {OLDEST_SQLITE:?} is the oldest that keeps data safe"
            );
        }
        let read = SqlitePoolOptions::new()
            .max_connections(sqlite_readers())
            .acquire_timeout(PATIENCE)
            .connect_lazy_with(options.pragma("query_only", "on"));
        Ok(Pools::Sqlite { write, read })
    }

    async fn open_postgres(url: &str) -> anyhow::Result<Pools> {
        let options = PgConnectOptions::from_str(url).context("the PostgreSQL address can't be read")?;
        let pool = PgPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(PATIENCE)
            // PostgreSQL's own guess is of a turning disk: it would rather read a whole table than a hundred rows by an index.
            .after_connect(|conn, _| {
                Box::pin(async move { conn.execute("SET random_page_cost = 1.1").await.map(drop) })
            })
            .connect_with(options)
            .await
            .context("PostgreSQL could not be reached")?;
        Ok(Pools::Postgres(pool))
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
        Ok(match &self.pools {
            Pools::Sqlite { write, .. } if writes => Conn::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Sqlite { read, .. } => Conn::Sqlite(read.begin().await?),
            Pools::Postgres(pool) if writes => Conn::Postgres(pool.begin().await?),
            Pools::Postgres(pool) => {
                Conn::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        })
    }

    /// A transaction that sees one moment and changes nothing.
    ///
    /// # Errors
    /// `Internal` when no connection can be had.
    pub async fn read(&self, actor: Actor) -> Result<Tx> {
        Ok(Tx::new(self.begin(false).await?, actor))
    }

    /// A transaction that may change something; drop it to change nothing.
    ///
    /// # Errors
    /// `Internal` when no connection can be had.
    pub async fn write(&self, actor: Actor) -> Result<Tx> {
        Ok(Tx::new(self.begin(true).await?, actor))
    }

    /// Commits, then tells everyone who may know. Nothing is told before it is on disk.
    ///
    /// # Errors
    /// `Internal` when the commit failed: then nothing was changed and nothing is told.
    pub async fn commit(&self, mut tx: Tx) -> Result<()> {
        assert!(!tx.door.changed || tx.recorded, "a transaction changed something and recorded no event");
        if tx.notices.len() > MANY_NOTICES {
            tx.notices = vec![Notice::everything()];
        }
        let told_by_engine = matches!(tx.door.conn, Conn::Postgres(_));
        if told_by_engine {
            for notice in &tx.notices {
                tx.door
                    .conn
                    .query(Sql::new("SELECT pg_notify('kartotek', $1)"))
                    .bind(notice.to_json())
                    .execute()
                    .await?;
            }
        }
        tx.door.conn.commit().await?;
        if !told_by_engine {
            tx.notices.into_iter().for_each(|notice| self.live.tell(notice));
        }
        Ok(())
    }

    /// The door for those who are nobody yet. Only `auth` and `people` use it.
    ///
    /// # Errors
    /// `Internal` when no connection can be had.
    pub async fn door(&self) -> Result<Door> {
        Ok(Door::new(self.begin(true).await?))
    }

    /// The same for looking only.
    ///
    /// # Errors
    /// `Internal` when no connection can be had.
    pub async fn window(&self) -> Result<Door> {
        Ok(Door::new(self.begin(false).await?))
    }

    /// Whether the database answers.
    pub async fn answers(&self) -> bool {
        match &self.pools {
            Pools::Sqlite { read, .. } => read.acquire().await.is_ok(),
            Pools::Postgres(pool) => pool.acquire().await.is_ok(),
        }
    }

    /// Finishes what is under way and closes.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

/// A transaction of somebody.
pub struct Tx {
    door: Door,
    actor: Actor,
    recorded: bool,
    notices: Vec<Notice>,
    /// Of which event what is put on record now is a part.
    whole: Option<EventId>,
    /// The id of the next event.
    next: Option<EventId>,
}

impl Tx {
    fn new(conn: Conn, actor: Actor) -> Self {
        Self { door: Door::new(conn), actor, recorded: false, notices: Vec::new(), whole: None, next: None }
    }

    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// A statement; `$1` is the person asking and must stand in it, `bind` begins with `$2`.
    pub fn query(&mut self, sql: impl Into<Sql>) -> Query<'_> {
        let sql = sql.into();
        let named = sql.names_the_actor();
        let query = self.door.query(sql).bind(self.actor.id);
        if named { query } else { query.refuse("a statement does not ask who is asking ($1)") }
    }

    /// A statement that only takes a lock, by touching a row in a way nobody can see: it needs no event. `$1` as in [`Tx::query`].
    pub fn lock(&mut self, sql: impl Into<Sql>) -> Query<'_> {
        let sql = sql.into();
        let named = sql.names_the_actor();
        let query = self.door.conn.query(sql).bind(self.actor.id);
        if named { query } else { query.refuse("a statement does not ask who is asking ($1)") }
    }

    /// The same transaction without `$1`, for the organisation tree and for sessions: who may do what there is not a question of reach
    /// but of `people::rules`. What it changes needs an event like everything else.
    pub(crate) fn door(&mut self) -> &mut Door {
        &mut self.door
    }

    /// What is put on record from here on is a part of that event and is taken back with it; of none, after `None`.
    pub(crate) fn parts_of(&mut self, whole: Option<EventId>) {
        self.whole = whole;
    }

    /// The parts of that event are on record; the next one is the event itself.
    pub(crate) fn whole_is_next(&mut self) {
        self.next = self.whole.take();
    }

    /// The id of the event that is put on record now, and the event of which it is a part.
    pub(crate) fn event_ids(&mut self) -> (EventId, Option<EventId>) {
        let id = self.next.take().unwrap_or_else(|| EventId(uuid::Uuid::now_v7()));
        (id, self.whole.filter(|whole| *whole != id))
    }

    /// Notes that the change of this transaction is on record, and who is to be told of it after the commit.
    pub(crate) fn recorded(&mut self, notice: Notice) {
        self.recorded = true;
        self.notices.push(notice);
    }
}

/// A transaction of nobody: it has no `$1` and no events.
pub struct Door {
    conn: Conn,
    /// Whether a row was changed, which somebody's transaction must put on record.
    changed: bool,
}

impl Door {
    fn new(conn: Conn) -> Self {
        Self { conn, changed: false }
    }

    pub fn query(&mut self, sql: impl Into<Sql>) -> Query<'_> {
        self.conn.query(sql.into()).noting_changes(&mut self.changed)
    }

    /// The same transaction goes on as somebody's: what was done through the door and what follows is done wholly or not at all.
    #[must_use]
    pub fn acting_as(self, actor: Actor) -> Tx {
        Tx::new(self.conn, actor)
    }

    /// # Errors
    /// `Internal` when the commit failed.
    pub async fn commit(self) -> Result<()> {
        Ok(self.conn.commit().await?)
    }
}
