//! The stream of notices to each browser (SSE). A stream carries only notices that its person may see. One task polls a
//! counter of changed rights in the database, whatever the number of streams; when it grows, each stream checks its
//! session and reads again what is in reach.

use super::broadcast::Live;
use super::model::{Kind, Notice};
use crate::auth::Actor;
use crate::auth::store::find_session;
use crate::people::store::{Sight, sight};
use crate::server::assets::names;
use crate::server::db::Db;
use crate::server::request::{App, Caller};
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use std::convert::Infallible;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, mpsc, watch};

/// The first event of each stream: the name of the browser's program as the server has it now. After an update, an
/// older page learns from it that it is outdated. Also written in `one_stream.js`.
const PROGRAM: &str = "program";
/// How often the process reads the counter of changed rights.
const TICK: Duration = Duration::from_millis(400);
/// How often a stream checks its session without a reason: sessions also expire, which does not move the counter.
const STILL_SIGNED_IN: Duration = Duration::from_secs(600);

/// Polls the counter of changed rights as long as streams are open.
async fn look_at_rights(db: Db, live: Live) {
    loop {
        match changes(&db).await {
            Ok(now) => {
                live.rights.send_if_modified(|seen| std::mem::replace(seen, now) != now);
            }
            // The counter can't be read, so no stream knows whether its rights still hold: each checks for itself, and
            // ends if that fails, too.
            Err(_) => live.rights.send_modify(|seen| *seen = -1),
        }
        tokio::time::sleep(TICK).await;
        if live.rights.receiver_count() == 0 {
            live.ticking.store(false, Ordering::SeqCst);
            // A stream opened at this very moment may have seen the flag still set and relied on this task.
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

async fn sight_of(db: &Db, actor: Actor) -> crate::error::Result<Sight> {
    sight(&mut db.read(actor).await?).await
}

/// `GET /live`: the stream of notices this person may know of.
pub async fn stream(State(app): State<App>, Extension(caller): Extension<Caller>) -> Response {
    let (Some(_), Some(token)) = (caller.actor, caller.token) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let (send, receive) = mpsc::channel(16);
    let live = app.db.live().clone();
    let (heard, rights) = (live.notices.subscribe(), live.rights.subscribe());
    if !live.ticking.swap(true, Ordering::SeqCst) {
        tokio::spawn(look_at_rights(app.db.clone(), live));
    }
    tokio::spawn(follow(app.db, token, heard, rights, send));
    let stream = tokio_stream::wrappers::ReceiverStream::new(receive);
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response()
}

/// Sends the notices that the person may see until the browser disconnects or the session ends.
async fn follow(
    db: Db,
    token: String,
    mut heard: broadcast::Receiver<Notice>,
    mut rights: watch::Receiver<i64>,
    send: mpsc::Sender<Result<Event, Infallible>>,
) {
    // Read after subscribing to the counter, so that no change is lost between the two.
    let Some(mut sees) = stands(&db, &token).await else { return };
    let begun = tokio::time::Instant::now() + STILL_SIGNED_IN;
    let mut still = tokio::time::interval_at(begun, STILL_SIGNED_IN);
    let program = names().get("js").cloned().unwrap_or_default();
    if send.send(Ok(Event::default().event(PROGRAM).data(program))).await.is_err() {
        return;
    }
    loop {
        let notice = tokio::select! {
            () = send.closed() => return,
            _ = still.tick() => match stands(&db, &token).await {
                Some(now) => after(&mut sees, now),
                None => return,
            },
            moved = rights.changed() => match (moved, stands(&db, &token).await) {
                (Ok(()), Some(now)) => after(&mut sees, now),
                _ => return,
            },
            notice = heard.recv() => match notice {
                Ok(notice) => Some(notice),
                Err(RecvError::Lagged(_)) => Some(Notice::everything()),
                Err(RecvError::Closed) => return,
            },
        };
        // Of a hidden kind they hear the id of a record that hangs in their reach, which opens nothing: to bear its
        // kind every notice would have to ask for it.
        let known = |notice: &Notice| {
            notice.kind == Kind::Everything || notice.units.iter().any(|unit| sees.units.contains(unit))
        };
        let Some(notice) = notice.filter(known) else { continue };
        let bare = Notice { units: Vec::new(), ..notice };
        if send.send(Ok(Event::default().data(bare.to_json()))).await.is_err() {
            return;
        }
    }
}

/// What the person sees while the session is valid; `None` when it has ended or could not be checked.
async fn stands(db: &Db, token: &str) -> Option<Sight> {
    let now = find_session(db, token, None).await.ok().flatten()?;
    sight_of(db, now.actor).await.ok()
}

/// The notice to read everything again, if the person sees other things than before.
fn after(sees: &mut Sight, now: Sight) -> Option<Notice> {
    let before = std::mem::replace(sees, now);
    (before != *sees).then(Notice::everything)
}
