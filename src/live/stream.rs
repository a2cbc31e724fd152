//! The stream to each browser (SSE). Each stream tells only what its person may see. One look a tick at a counter in
//! the database, whatever the number of streams, says that somebody's rights have changed: then each stream asks
//! whether its session still stands and what is in reach now.

use super::broadcast::Live;
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
use std::collections::HashSet;
use std::convert::Infallible;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, mpsc, watch};

/// The event in which each stream says first what the browser's program is called now: after an update a page knows
/// that it is of yesterday. Known to `one_stream.js`, too.
const PROGRAM: &str = "program";
/// How often the process looks whether anybody's rights have changed.
const TICK: Duration = Duration::from_millis(400);
/// How often a stream asks by itself whether its session still stands: sessions also end by time, which moves no
/// counter.
const STILL_SIGNED_IN: Duration = Duration::from_secs(600);

/// Follows the counter of changed rights as long as streams are open.
async fn look_at_rights(db: Db, live: Live) {
    loop {
        match changes(&db).await {
            Ok(now) => {
                live.rights.send_if_modified(|seen| std::mem::replace(seen, now) != now);
            }
            // Nobody can know whose rights still stand: every stream asks for itself, and ends if it gets no answer
            // either.
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
