//! A transaction. In that of somebody (`Tx`) `$1` is always the person asking; what it changes must be put on record.
//! `SystemTx` is for those who are nobody yet: sign-in, sessions, set-up. How one is begun stands in `db`.

use super::db::Db;
use super::engine::{Conn, Query};
use super::sql::Sql;
use crate::auth::Actor;
use crate::auth::model::Role;
use crate::error::{Error, Result};
use crate::id::EventId;
use crate::live::{Kind, Notice};

/// More notices than this in one transaction become one: "everything changed".
const MANY_NOTICES: usize = 50;

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
    /// What was put on record since the last commit.
    events: Vec<EventId>,
    /// How many points there are to go back to: what is done behind one may be taken back.
    points: u32,
}

/// A point in a transaction to which it can go back.
#[derive(Debug)]
pub(crate) struct SavePoint {
    recorded: bool,
    changed: bool,
    notices: usize,
    events: usize,
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
    /// reach, and which kinds are hidden where it reads own records, or it is refused when it runs.
    pub fn query(&mut self, sql: impl Into<Sql>) -> Query<'_> {
        let sql = sql.into();
        let (reach, kinds) = (sql.asks_for_reach(), sql.asks_for_kinds());
        let query = self.everyones(sql);
        match (reach, kinds) {
            (true, true) => query,
            (false, _) => query.refuse("a statement does not ask what is in reach (viewer_id = $1)"),
            (_, false) => query.refuse("a statement does not ask which kinds are hidden (hidden_kinds)"),
        }
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

    /// A statement on what is the person's own and seen by nobody else, such as a draft: it needs no event. `$1` as in
    /// [`Tx::query`].
    pub fn private(&mut self, sql: impl Into<Sql>) -> Query<'_> {
        self.everyones(sql).locking()
    }

    /// Tells the person's own browsers of it.
    pub(crate) fn tell_myself(&mut self, kind: Kind) {
        let id = self.actor.id.0;
        self.notices.push(Notice { kind, id, cmd: None, units: vec![self.actor.unit()] });
    }

    /// A point to which [`Tx::go_back`] leads.
    ///
    /// # Errors
    /// `Internal` only.
    pub(crate) async fn save_point(&mut self) -> Result<SavePoint> {
        self.system.conn.query(Sql::new("SAVEPOINT here")).locking().execute().await?;
        self.points += 1;
        Ok(SavePoint {
            recorded: self.recorded,
            changed: self.system.conn.changed,
            notices: self.notices.len(),
            events: self.events.len(),
        })
    }

    /// Takes back what was done since that point, with its events and notices; points behind it are gone.
    ///
    /// # Errors
    /// `Internal` only.
    pub(crate) async fn go_back(&mut self, point: SavePoint) -> Result<()> {
        self.system.conn.query(Sql::new("ROLLBACK TO SAVEPOINT here")).locking().execute().await?;
        self.recorded = point.recorded;
        self.system.conn.changed = point.changed;
        self.notices.truncate(point.notices);
        self.events.truncate(point.events);
        (self.whole, self.next, self.command) = (None, None, None);
        self.go_on(point).await
    }

    /// Keeps what was done since that point.
    ///
    /// # Errors
    /// `Internal` only.
    pub(crate) async fn go_on(&mut self, _: SavePoint) -> Result<()> {
        self.system.conn.query(Sql::new("RELEASE SAVEPOINT here")).locking().execute().await?;
        self.points -= 1;
        Ok(())
    }

    /// What was put on record since the transaction was begun, or was committed by [`Tx::pause`].
    pub(crate) fn events(&self) -> &[EventId] {
        &self.events
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
    /// As [`Db::commit`]; `Unauthenticated` when the person asking has lost the right meanwhile; `BadRequest` behind a
    /// point to go back to: what was done would be kept.
    pub(crate) async fn pause(&mut self) -> Result<()> {
        if self.points > 0 {
            return Err(Error::BadRequest);
        }
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

    /// Commits, and then tells whom it concerns.
    pub(super) async fn finish(&mut self) -> Result<()> {
        assert!(
            !self.system.conn.changed || self.recorded,
            "a transaction changed something and recorded no event"
        );
        if self.notices.len() > MANY_NOTICES {
            self.notices = vec![Notice::everything()];
        }
        self.events.clear();
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

    /// What follows completes a change whose event an earlier transaction has recorded.
    pub(crate) fn recorded_before(&mut self) {
        self.recorded = true;
    }

    /// Notes that the change of this transaction is on record, and who is to be told of it after the commit.
    pub(crate) fn recorded(&mut self, event: Option<EventId>, notice: Notice) {
        self.recorded = true;
        self.events.extend(event);
        self.notices.push(notice);
    }
}

/// A transaction of nobody: it has no `$1` and no events.
pub struct SystemTx {
    pub(super) conn: Conn,
    db: Db,
}

impl SystemTx {
    pub(super) fn new(conn: Conn, db: Db) -> Self {
        Self { conn, db }
    }

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
            events: Vec::new(),
            points: 0,
        }
    }

    /// # Errors
    /// `Internal` when the commit failed.
    pub async fn commit(mut self) -> Result<()> {
        Ok(self.conn.commit().await?)
    }
}
