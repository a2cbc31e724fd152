//! The statements of undo: why it is refused, the person's last changes, the name of what was undone, the event that
//! made a record. Restoring the values is done by the store of each kind.

use super::lines::{COLUMNS, EventRow, SUBJECTS, Said, UNTOLD, ids_in, names_of, own_values_in, told};
use super::{EventId, Undoable};
use crate::error::{Error, Result};
use crate::i18n::Currency;
use crate::id::KindNr;
use crate::journal::model::Fields;
use crate::journal::view::{ConflictField, Taken, UndoConflict};
use crate::live::Kind;
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::sql::Sql;
use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

/// At most this many later events are searched for who wrote a field.
const SINCE: i64 = 500;
/// At most this many of the person's last changes are tried.
const LAST: i64 = 50;
/// Holds if the event `e` was undone and not redone since.
pub(super) const TAKEN_BACK: &str = "EXISTS (SELECT 1 FROM events u WHERE u.undoes = e.id \
     AND NOT EXISTS (SELECT 1 FROM events r WHERE r.undoes = u.id))";

/// Why undo of this change was refused: for each field that was changed again since, the value that undo would restore,
/// the present one, and who wrote it. `now` has the present values. The caller has checked that the person may see the
/// record.
///
/// # Errors
/// `Internal` only.
pub async fn conflict(tx: &mut Tx, change: &Undoable, now: &Value) -> Result<UndoConflict> {
    let since: Vec<(DateTime<Utc>, String, Json<Fields>)> = tx
        .everyones(
            "SELECT e.at, u.name, e.after FROM events e JOIN units u ON u.id = e.actor_id \
             WHERE e.subject_id = $2 AND e.kind || '' = $5 AND e.id <> $3 \
                 AND e.at >= (SELECT at FROM events WHERE id = $3) \
             ORDER BY e.at DESC, e.id DESC LIMIT $4",
        )
        .bind(change.subject)
        .bind(change.id)
        .bind(SINCE)
        .bind(change.kind)
        .all()
        .await?;
    let currency: Option<(Currency,)> = tx
        .query(
            "SELECT currency FROM deals WHERE id = $2 AND $3 = 'deal' \
                 AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        )
        .bind(change.subject)
        .bind(change.kind)
        .optional()
        .await?;
    let empty = Fields::new();
    let differs: Vec<(&String, &Value)> = now
        .as_object()
        .unwrap_or(&empty)
        .iter()
        .filter(|(field, value)| change.before.get(*field).is_some_and(|before| !is_same(before, value)))
        .filter(|(field, _)| !UNTOLD.contains(&field.as_str()))
        .collect();
    let ids = ids_in(differs.iter().copied().chain(&change.before));
    let names = names_of(tx, ids).await?;
    let own_record = change.kind == Kind::OwnRecord;
    let values = differs.iter().copied().chain(&change.before);
    let values = own_values_in(values);
    let said = Said::of(tx, values, names, own_record).await?;
    let nr = now.get("kind").and_then(Value::as_i64).filter(|_| own_record);
    let kind = nr.and_then(|nr| said.kind(KindNr(nr)));
    let zone = tx.actor().zone;
    let fields = differs
        .into_iter()
        .map(|(field, value)| {
            let maker = since.iter().find(|(_, _, after)| after.contains_key(field));
            ConflictField {
                field: field.trim_end_matches("_id").to_owned(),
                label: said.label(field),
                wanted: said.value(field, change.before.get(field), kind),
                now: said.value(field, Some(value), kind),
                by: maker.map(|(_, by, _)| by.clone()),
                at: maker.map(|(at, ..)| clock::local(*at, zone)),
                currency: currency.map(|(currency,)| currency),
            }
        })
        .collect();
    Ok(UndoConflict { event: change.id, fields, why: None })
}

/// Whether both values are the same. A link to a record or a person is compared by its id, since only one of the two
/// has the name as well.
fn is_same(before: &Value, now: &Value) -> bool {
    let leads = |key| before.get(key).is_some() && before.get(key) == now.get(key);
    before == now || leads("record") || leads("person")
}

/// The person's last changes since that moment that can be undone and are not, or were redone; newest first. Parts are
/// undone with their whole, so they are left out.
///
/// # Errors
/// `Internal` only.
pub async fn my_last(tx: &mut Tx, since: DateTime<Utc>) -> Result<Vec<EventId>> {
    let sql = Sql::new(
        "SELECT e.id FROM events e WHERE e.actor_id = $1 AND e.at >= $2 AND e.part_of IS NULL \
           AND e.what NOT IN ('undone', 'imported', 'exported', 'invited', 'joined', 'link_made', 'password_set', \
               'purged') \
           AND NOT",
    )
    .and(TAKEN_BACK)
    .and("ORDER BY e.at DESC, e.id DESC LIMIT $3");
    let events: Vec<(EventId,)> = tx.everyones(sql).bind(since).bind(LAST).all().await?;
    Ok(events.into_iter().map(|(event,)| event).collect())
}

/// Describes a change that was just undone, with the event of its undo.
///
/// # Errors
/// `Internal` only.
pub async fn taken(tx: &mut Tx, event: EventId) -> Result<Taken> {
    let sql = Sql::new("SELECT").and(COLUMNS).and("FROM events e").and(SUBJECTS);
    let row: EventRow =
        tx.everyones(sql.and("WHERE e.id = $2 AND e.actor_id = $1")).bind(event).one().await?;
    let again: Option<(EventId, Json<Fields>)> = tx
        .everyones(
            "SELECT id, before FROM events WHERE undoes = $2 AND actor_id = $1 ORDER BY at DESC, id DESC LIMIT 1",
        )
        .bind(event)
        .optional()
        .await?;
    let (kind, what) = (row.kind, row.what);
    let name = told(tx, vec![row]).await?.pop().and_then(|(_, line)| line.subject).unwrap_or_default();
    let again = again.filter(|(_, before)| !before.is_empty()).map(|(event, _)| event);
    Ok(Taken { kind, what, name, again })
}

/// The event that created a record; whether it may be undone is checked by the record's store.
///
/// # Errors
/// `NotFound` if there is none, or it is out of reach.
pub async fn made(tx: &mut Tx, kind: Kind, subject: Uuid) -> Result<EventId> {
    let event: Option<(EventId,)> = tx
        .query(
            "SELECT id FROM events WHERE subject_id = $2 AND kind || '' = $3 AND what = 'created' \
               AND unit_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) ORDER BY at, id LIMIT 1",
        )
        .bind(subject)
        .bind(kind)
        .optional()
        .await?;
    event.map(|(event,)| event).ok_or(Error::NotFound)
}
