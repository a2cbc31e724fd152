//! The table of events: inserting one with each change, and reading the one to undo. The parts: `lines` reads events as
//! lines, `back` finds what to undo and why it is refused, `command` recognises repeated commands, `since` rebuilds
//! older versions, `log` reads the firm's log, `trash` what is deleted, `purge` deletes it for good.

mod back;
mod command;
mod lines;
mod log;
pub mod purge;
mod since;
mod trash;

pub use back::{conflict, made, my_last, taken};
pub use command::{Before, asked, done_before, made_before};
pub use lines::{lines_of, told_of_firm};
pub use log::log;
pub use since::{as_of, begun_from, written_since};
pub use trash::trash;

use super::model::{Fields, What, taken_back};
use crate::error::{Error, Result};
use crate::id::{CmdId, CustomerId, EventId, UnitId};
use crate::live::{Kind, Notice};
use crate::server::clock;
use crate::server::db::Tx;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

/// A change that was made and is to be recorded as an event.
#[derive(Debug)]
pub struct Change {
    pub kind: Kind,
    pub subject: Uuid,
    /// The unit that the record belonged to before, and the one it belongs to now: the people who see either are
    /// notified.
    pub units: (UnitId, UnitId),
    /// The customer on whose card the event is shown, too.
    pub customer: Option<CustomerId>,
    pub what: What,
    /// The fields that differ, with their old values; empty if there is nothing to undo.
    pub before: Fields,
    pub after: Fields,
    pub cmd: Option<CmdId>,
    pub undoes: Option<EventId>,
}

/// Records a change that belongs to the whole firm: everybody sees it and is notified.
///
/// # Errors
/// `Internal` only.
pub async fn record_for_all(
    tx: &mut Tx,
    (kind, subject): (Kind, Uuid),
    what: What,
    (before, after): (Fields, Fields),
    undoes: Option<EventId>,
) -> Result<EventId> {
    let (firm,): (UnitId,) = tx.everyones("SELECT id FROM units WHERE parent_id IS NULL").one().await?;
    let units = (firm, firm);
    let change = Change { kind, subject, units, customer: None, what, before, after, cmd: None, undoes };
    record(tx, change).await
}

/// Records a change. Call it in the transaction of the change.
///
/// # Errors
/// `BadRequest` if somebody else's command with the same id was recorded at the same moment.
pub async fn record(tx: &mut Tx, change: Change) -> Result<EventId> {
    let (id, part_of) = tx.event_ids();
    let command = tx.asked().map(<[u8]>::to_vec);
    let written = tx
        .everyones(
        "INSERT INTO events (id, at, actor_id, unit_id, kind, subject_id, customer_id, what, before, after, cmd_id, \
             undoes, part_of, wish) \
         VALUES ($2, $3, $1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(id)
    .bind(clock::now())
    .bind(change.units.1)
    .bind(change.kind)
    .bind(change.subject)
    .bind(change.customer)
    .bind(change.what)
    .bind(Json(change.before))
    .bind(Json(change.after))
    .bind(change.cmd)
    .bind(change.undoes)
    .bind(part_of)
    .bind(command)
    .execute()
    .await;
    written.map_err(|cause| match &cause {
        sqlx::Error::Database(told) if told.kind() == sqlx::error::ErrorKind::UniqueViolation => {
            Error::BadRequest
        }
        _ => Error::from(cause),
    })?;
    let mut units = vec![change.units.0, change.units.1];
    units.dedup();
    tx.recorded(Some(id), Notice { kind: change.kind, id: change.subject, cmd: change.cmd, units });
    Ok(id)
}

/// Shows an event on one more card than its own record's and its customer's.
///
/// # Errors
/// `Internal` only.
pub async fn tell_on(tx: &mut Tx, event: EventId, card: Uuid) -> Result<()> {
    tx.everyones("INSERT INTO event_cards (card_id, event_id) VALUES ($2, $3)")
        .bind(card)
        .bind(event)
        .execute()
        .await?;
    Ok(())
}

/// An event that is to be undone.
#[derive(Debug)]
pub struct Undoable {
    pub id: EventId,
    pub kind: Kind,
    pub subject: Uuid,
    before: Fields,
    after: Fields,
}

impl Undoable {
    /// Whether it has old values to restore: the event of a new password or a new person has none and can't be undone.
    #[must_use]
    pub fn changed_something(&self) -> bool {
        !self.before.is_empty()
    }

    /// Whether the change wrote this field.
    #[must_use]
    pub fn left_field(&self, field: &str) -> bool {
        self.after.contains_key(field)
    }

    /// The facts as the change left them, for a record of which nothing else is stored any more.
    ///
    /// # Errors
    /// `Conflict` if the event does not have all fields.
    pub fn left<F: DeserializeOwned>(&self) -> Result<F> {
        serde_json::from_value(Value::Object(self.after.clone()))
            .map_err(|_| Error::Conflict { version: 0, theirs: Value::Null })
    }

    /// The value that it wrote into this field, if it did.
    #[must_use]
    pub fn wrote(&self, field: &str) -> Option<&Value> {
        self.after.get(field)
    }

    /// The facts `now` with the old values of this change, if nobody has changed the same fields since.
    ///
    /// # Errors
    /// `Conflict` with the present values of the fields that were changed since.
    pub fn facts<F: DeserializeOwned>(&self, now: &Fields, version: i64) -> Result<F> {
        let back = taken_back(now, &self.before, &self.after)
            .map_err(|theirs| Error::Conflict { version, theirs: Value::Object(theirs) })?;
        serde_json::from_value(Value::Object(back)).map_err(|cause| crate::server::failure::our_fault(&cause))
    }
}

#[derive(sqlx::FromRow)]
struct UndoableRow {
    id: EventId,
    kind: Kind,
    subject_id: Uuid,
    before: Json<Fields>,
    after: Json<Fields>,
}

impl From<UndoableRow> for Undoable {
    fn from(row: UndoableRow) -> Self {
        Self { id: row.id, kind: row.kind, subject: row.subject_id, before: row.before.0, after: row.after.0 }
    }
}

/// Finds the event to undo, if its unit is in reach; whether the record is in reach is checked by the record's store.
/// Nothing is undone of a record that was deleted for good, nor while that deletion is under way.
///
/// # Errors
/// `NotFound` if there is none, or it is out of reach.
pub async fn undoable(tx: &mut Tx, event: EventId) -> Result<Undoable> {
    let row: Option<UndoableRow> = tx
        .query(
            "SELECT id, kind, subject_id, before, after FROM events \
             WHERE id = $2 AND unit_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
               AND NOT EXISTS (SELECT 1 FROM events p WHERE p.subject_id = events.subject_id \
                   AND p.kind || '' = events.kind AND p.what = 'purged')",
        )
        .bind(event)
        .optional()
        .await?;
    row.map(Undoable::from).ok_or(Error::NotFound)
}

/// The parts of an event, in the order in which they were recorded. The caller has checked that the person may see the
/// whole.
///
/// # Errors
/// `Internal` only.
pub async fn parts(tx: &mut Tx, whole: EventId) -> Result<Vec<Undoable>> {
    let rows: Vec<UndoableRow> = tx
        .everyones(
            "SELECT id, kind, subject_id, before, after FROM events \
             WHERE part_of = $2 ORDER BY id",
        )
        .bind(whole)
        .all()
        .await?;
    Ok(rows.into_iter().map(Undoable::from).collect())
}
