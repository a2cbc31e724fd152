//! The server's side: a channel inside the process, PostgreSQL's LISTEN between processes, and the stream to each browser (SSE).
//! Each stream tells only what its person may see. One look a tick at a counter in the database, whatever the number of streams, says
//! that somebody's rights have changed: then each stream asks whether its session still stands and what is in reach now.

use super::model::{Kind, Notice};
use crate::auth::Actor;
use crate::auth::store::find_session;
use crate::id::UnitId;
use crate::people::store::units_in_reach;
use crate::server::assets::names;
use crate::server::db::Db;
use crate::server::request::{App, Caller};
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use sqlx::postgres::{PgListener, PgPool};
use sqlx::sqlite::SqlitePool;
use std::collections::HashSet;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, mpsc, watch};

/// The event in which each stream says first what the browser's program is called now: after an update a page knows
/// that it is of yesterday. Known to `one_stream.js`, too.
const PROGRAM: &str = "program";
/// A browser that falls behind by more than this reads everything again.
const BACKLOG: usize = 256;
/// How often the process looks whether anybody's rights have changed.
const TICK: Duration = Duration::from_millis(400);
/// How often a stream asks by itself whether its session still stands: sessions also end by time, which moves no counter.
const STILL_SIGNED_IN: Duration = Duration::from_secs(600);
const RETRY_LISTENING: Duration = Duration::from_secs(2);
/// How often the SQLite file is asked whether another program wrote to it.
const LOOK_AT_FILE: Duration = Duration::from_secs(1);

#[derive(Clone)]
pub struct Live {
    notices: broadcast::Sender<Notice>,
    /// The counter of changed rights as last seen.
    rights: watch::Sender<i64>,
    /// Whether somebody looks at the counter; nobody does while no stream is open.
    ticking: Arc<AtomicBool>,
}

impl Live {
    #[must_use]
    pub(crate) fn new() -> Self {
        Self {
            notices: broadcast::channel(BACKLOG).0,
            rights: watch::Sender::new(0),
            ticking: Arc::default(),
        }
    }

    /// Tells this process's browsers. Call it after the commit only.
    pub(crate) fn tell(&self, notice: Notice) {
        // Nobody listening is not an error.
        let _ = self.notices.send(notice);
    }

    /// Passes on what any process on this PostgreSQL commits, this one included.
    pub(crate) async fn hear_other_processes(&self, pool: &PgPool) -> sqlx::Result<()> {
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen("kartotek").await?;
        let live = self.clone();
        tokio::spawn(async move {
            loop {
                match listener.try_recv().await {
                    Ok(Some(heard)) => match serde_json::from_str(heard.payload()) {
                        Ok(notice) => live.tell(notice),
                        Err(cause) => tracing::warn!(%cause, "a notice could not be read"),
                    },
                    // The connection was lost for a while: nobody knows what was said meanwhile.
                    Ok(None) => live.tell(Notice::everything()),
                    Err(sqlx::Error::PoolClosed) => return,
                    Err(cause) => {
                        tracing::warn!(%cause, "listening to other processes failed; trying again");
                        tokio::time::sleep(RETRY_LISTENING).await;
                        live.tell(Notice::everything());
                    }
                }
            }
        });
        Ok(())
    }

    /// Notices when another program (an import, say) writes to this SQLite file. Nobody knows what it wrote: everything is read again.
    #[expect(clippy::disallowed_methods, reason = "asks the engine about the file, nothing about the firm")]
    pub(crate) fn notice_other_writers(&self, write: &SqlitePool) {
        let (live, write) = (self.clone(), write.clone());
        tokio::spawn(async move {
            let mut look = tokio::time::interval(LOOK_AT_FILE);
            let mut seen = None;
            while !write.is_closed() {
                look.tick().await;
                // Taken when we write ourselves; what others wrote is seen at the next look.
                let Some(mut connection) = write.try_acquire() else { continue };
                // It changes with commits of other connections only, and this is the only one of ours that commits.
                let version = sqlx::query_scalar::<_, i64>("PRAGMA data_version").fetch_one(&mut *connection);
                let Ok(version) = version.await else { continue };
                if seen.replace(version).is_some_and(|before| before != version) {
                    live.tell(Notice::everything());
                }
            }
        });
    }
}

/// Follows the counter of changed rights as long as streams are open.
async fn look_at_rights(db: Db, live: Live) {
    loop {
        match changes(&db).await {
            Ok(now) => {
                live.rights.send_if_modified(|seen| std::mem::replace(seen, now) != now);
            }
            // Nobody can know whose rights still stand: every stream asks for itself, and ends if it gets no answer either.
            Err(_) => live.rights.send_modify(|seen| *seen = -1),
        }
        tokio::time::sleep(TICK).await;
        if live.rights.receiver_count() == 0 {
            live.ticking.store(false, Ordering::SeqCst);
            // A stream that came in this instant saw the look-out still there.
            if live.rights.receiver_count() == 0 || live.ticking.swap(true, Ordering::SeqCst) {
                return;
            }
        }
    }
}

async fn changes(db: &Db) -> crate::error::Result<i64> {
    let mut system = db.read_system().await?;
    let (changes,): (i64,) = system.query("SELECT changes FROM rights").one().await?;
    system.commit().await?;
    Ok(changes)
}

async fn reach_of(db: &Db, actor: &Actor) -> crate::error::Result<HashSet<UnitId>> {
    units_in_reach(&mut db.read(actor.clone()).await?).await
}

/// `GET /live`: the stream of notices this person may know of.
pub async fn stream(State(app): State<App>, Extension(caller): Extension<Caller>) -> Response {
    let (Some(actor), Some(token)) = (caller.actor, caller.token) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let (send, receive) = mpsc::channel(16);
    let live = app.db.live().clone();
    let (heard, rights) = (live.notices.subscribe(), live.rights.subscribe());
    if !live.ticking.swap(true, Ordering::SeqCst) {
        tokio::spawn(look_at_rights(app.db.clone(), live));
    }
    tokio::spawn(follow(app.db, actor, token, heard, rights, send));
    let stream = tokio_stream::wrappers::ReceiverStream::new(receive);
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response()
}

/// Sends what the person may know until the browser leaves or the session ends.
async fn follow(
    db: Db,
    actor: Actor,
    token: String,
    mut heard: broadcast::Receiver<Notice>,
    mut rights: watch::Receiver<i64>,
    send: mpsc::Sender<Result<Event, Infallible>>,
) {
    // Asked after the counter was subscribed to, so that no change falls between the two.
    let Some(mut reach) = stands(&db, &token, &actor).await else { return };
    let begun = tokio::time::Instant::now() + STILL_SIGNED_IN;
    let mut still = tokio::time::interval_at(begun, STILL_SIGNED_IN);
    let program = names().get("js").cloned().unwrap_or_default();
    if send.send(Ok(Event::default().event(PROGRAM).data(program))).await.is_err() {
        return;
    }
    loop {
        let notice = tokio::select! {
            () = send.closed() => return,
            _ = still.tick() => match stands(&db, &token, &actor).await {
                Some(now) => after(&mut reach, now),
                None => return,
            },
            moved = rights.changed() => match (moved, stands(&db, &token, &actor).await) {
                (Ok(()), Some(now)) => after(&mut reach, now),
                _ => return,
            },
            notice = heard.recv() => match notice {
                Ok(notice) => Some(notice),
                Err(RecvError::Lagged(_)) => Some(Notice::everything()),
                Err(RecvError::Closed) => return,
            },
        };
        let known = |notice: &Notice| {
            notice.kind == Kind::Everything || notice.units.iter().any(|unit| reach.contains(unit))
        };
        let Some(notice) = notice.filter(known) else { continue };
        let bare = Notice { units: Vec::new(), ..notice };
        if send.send(Ok(Event::default().data(bare.to_json()))).await.is_err() {
            return;
        }
    }
}

/// What is in reach while the session stands; `None` when it does not, or when nobody can say.
async fn stands(db: &Db, token: &str, actor: &Actor) -> Option<HashSet<UnitId>> {
    find_session(db, token, None).await.ok().flatten()?;
    reach_of(db, actor).await.ok()
}

/// Whoever sees other things than a moment ago reads everything anew.
fn after(reach: &mut HashSet<UnitId>, now: HashSet<UnitId>) -> Option<Notice> {
    let before = std::mem::replace(reach, now);
    (before != *reach).then(Notice::everything)
}
