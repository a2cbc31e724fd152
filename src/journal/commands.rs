//! Undo: finds the event that is meant, calls the store of the record's kind to restore the old values, and says why it
//! is refused. The statements are in the stores.

use super::store::{self, Undoable};
use super::view::{Taken, UndoConflict};
use crate::error::{Error, Result};
use crate::id::{ActivityId, CustomerId, DealId, EventId, OwnRecordId};
use crate::live::Kind;
use crate::records;
use crate::server::clock;
use crate::server::db::Tx;
use chrono::TimeDelta;
use uuid::Uuid;

/// Ctrl+Z pressed by mistake must not undo anything older than a person remembers.
const REMEMBERED: TimeDelta = TimeDelta::hours(24);

/// Undoes one change.
///
/// # Errors
/// `Conflict` with an `UndoConflict` as JSON if somebody has changed the same fields since, or if a rule forbids it;
/// `NotFound` out of reach.
pub async fn undo(tx: &mut Tx, event: EventId) -> Result<()> {
    let change = store::undoable(tx, event).await?;
    // Set if the event has several parts: the part that can't be undone.
    let mut part = None;
    let (version, conflict) = match put_back(tx, &change, &mut part).await {
        Err(Error::Conflict { version, theirs }) => {
            let refused = part.as_ref().unwrap_or(&change);
            (version, UndoConflict { event, ..store::conflict(tx, refused, &theirs).await? })
        }
        Err(Error::Invalid(problems)) => {
            let why = problems.into_iter().next().map(|one| one.problem);
            (0, UndoConflict { event, fields: Vec::new(), why })
        }
        other => return other,
    };
    Err(Error::Conflict { version, theirs: serde_json::to_value(conflict).unwrap_or_default() })
}

async fn put_back(tx: &mut Tx, change: &Undoable, part: &mut Option<Undoable>) -> Result<()> {
    match change.kind {
        kind if Kind::CARDS.contains(&kind) && change.left_field("owner_id") => {
            crate::handover::store::take_back(tx, change).await
        }
        Kind::Customer => records::take_back::<CustomerId>(tx, change).await.map(drop),
        Kind::Deal => records::take_back::<DealId>(tx, change).await.map(drop),
        Kind::OwnRecord => records::take_back::<OwnRecordId>(tx, change).await.map(drop),
        Kind::Activity => records::take_back::<ActivityId>(tx, change).await.map(drop),
        Kind::Task => crate::tasks::store::take_back(tx, change).await,
        Kind::Person => crate::people::store::changes::take_back(tx, change).await,
        Kind::Group => crate::people::store::groups::take_back(tx, change).await,
        Kind::Firm => crate::people::store::firm::take_back(tx, change).await,
        Kind::Pipeline => crate::deals::pipelines::store::take_back(tx, change).await,
        Kind::Product => crate::products::store::take_back(tx, change).await,
        Kind::OwnKind => crate::own_kinds::commands::take_back(tx, change).await,
        Kind::Field => crate::fields::own::commands::take_back(tx, change).await,
        Kind::SettingsDraft => crate::settings_draft::commands::take_back(tx, change, part).await,
        Kind::Everything => Err(Error::NotFound),
    }
}

/// Undoes the creation of a record.
///
/// # Errors
/// As [`undo`].
pub async fn undo_made(tx: &mut Tx, kind: Kind, made: Uuid) -> Result<()> {
    let event = store::made(tx, kind, made).await?;
    undo(tx, event).await
}

/// Undoes the last change that the person asking made in this session and that is not undone yet, ignoring the events
/// in `but`. `None` if there is none, or nobody is signed in with the `token`.
///
/// # Errors
/// `Conflict` as [`undo`].
pub async fn undo_last(tx: &mut Tx, token: &str, but: &[EventId]) -> Result<Option<Taken>> {
    let Some(signed_in) = crate::auth::store::signed_in_at(tx, token).await? else { return Ok(None) };
    let since = signed_in.max(clock::now() - REMEMBERED);
    for event in store::my_last(tx, since).await?.into_iter().filter(|event| !but.contains(event)) {
        match undo(tx, event).await {
            Ok(()) => return store::taken(tx, event).await.map(Some),
            // This one is out of reach by now: try the one before it.
            Err(Error::NotFound | Error::Forbidden) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}
