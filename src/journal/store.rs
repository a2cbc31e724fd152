//! The events table: writing one beside each change, and reading a card's history through permissions.

use super::model::{FieldChange, Fields, HistoryLine, What, taken_back};
use crate::error::{Error, Result};
use crate::i18n::Currency;
use crate::id::{CmdId, CustomerId, EventId, UnitId};
use crate::live::{Kind, Notice};
use crate::server::clock;
use crate::server::db::Tx;
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::types::Json;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// A change that has been made and is now put on record.
#[derive(Debug)]
pub struct Change {
    pub kind: Kind,
    pub subject: Uuid,
    /// On whose unit the record hung before and hangs now.
    pub units: (UnitId, UnitId),
    /// The customer on whose card it is told, too.
    pub customer: Option<CustomerId>,
    pub what: What,
    pub before: Fields,
    pub after: Fields,
    pub cmd: Option<CmdId>,
    pub undoes: Option<EventId>,
}

/// Puts a change on record, in the transaction of the change.
///
/// # Errors
/// `Internal` only.
pub async fn record(tx: &mut Tx, change: Change) -> Result<EventId> {
    let id = EventId(Uuid::now_v7());
    tx.query(
        "INSERT INTO events (id, at, actor_id, unit_id, kind, subject_id, customer_id, what, before, after, cmd_id, undoes) \
         VALUES ($2, $3, $1, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
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
    .execute()
    .await?;
    let mut units = vec![change.units.0, change.units.1];
    units.dedup();
    tx.recorded(Notice { kind: change.kind, id: change.subject, cmd: change.cmd, units });
    Ok(id)
}

/// Whether this wish was carried out before: then a repeated request changes nothing.
///
/// # Errors
/// `Internal` only.
pub async fn was_done(tx: &mut Tx, cmd: CmdId) -> Result<bool> {
    let found: Option<(EventId,)> =
        tx.query("SELECT id FROM events WHERE cmd_id = $2 AND actor_id = $1").bind(cmd).optional().await?;
    Ok(found.is_some())
}

#[derive(sqlx::FromRow)]
struct EventRow {
    id: EventId,
    at: DateTime<Utc>,
    actor: String,
    kind: Kind,
    subject_id: Uuid,
    subject: Option<String>,
    what: What,
    before: Json<Fields>,
    after: Json<Fields>,
    currency: Option<Currency>,
}

/// The latest happenings about a customer or a deal, newest first. The caller has made sure that the person may see the card; of a
/// customer's deals only those in reach are told of.
///
/// # Errors
/// `Internal` only.
pub async fn history(tx: &mut Tx, subject: Uuid, limit: i64) -> Result<Vec<HistoryLine>> {
    let rows: Vec<EventRow> = tx
        .query(
            "SELECT e.id, e.at, u.name AS actor, e.kind, e.subject_id, d.title AS subject, e.what, e.before, e.after, d.currency \
             FROM events e JOIN units u ON u.id = e.actor_id LEFT JOIN deals d ON d.id = e.subject_id \
             WHERE (e.subject_id = $2 OR e.customer_id = $2) \
               AND (e.kind <> 'deal' OR d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)) \
             ORDER BY e.id DESC LIMIT $3",
        )
        .bind(subject)
        .bind(limit)
        .all()
        .await?;
    let names = names_in(tx, &rows).await?;
    let zone = tx.actor().zone;
    Ok(rows
        .into_iter()
        // Another place within the stage is no news on a card.
        .filter(|row| row.what != What::Moved || row.after.contains_key("stage_id"))
        .map(|row| HistoryLine {
            id: row.id,
            at: clock::local(row.at, zone),
            actor: row.actor,
            kind: row.kind,
            subject_id: row.subject_id,
            subject: row.subject.filter(|_| row.subject_id != subject),
            what: row.what,
            changes: changes(&row.before, &row.after, &names),
            currency: row.currency,
        })
        .collect())
}

/// Fields whose value says nothing to a person.
const UNTOLD: [&str; 3] = ["position", "deleted", "stage_since"];

fn changes(before: &Fields, after: &Fields, names: &HashMap<Uuid, String>) -> Vec<FieldChange> {
    let shown = |value: Option<&Value>| match value {
        Some(Value::String(text)) => match text.parse::<Uuid>() {
            Ok(id) => names.get(&id).cloned().map_or(Value::Null, Value::String),
            Err(_) => Value::String(text.clone()),
        },
        other => other.cloned().unwrap_or(Value::Null),
    };
    after
        .iter()
        .filter(|(field, _)| before.contains_key(*field) && !UNTOLD.contains(&field.as_str()))
        .map(|(field, value)| FieldChange {
            field: field.trim_end_matches("_id").to_owned(),
            before: shown(before.get(field)),
            after: shown(Some(value)),
        })
        .collect()
}

/// The names behind the ids in those events, as far as the person may see them.
async fn names_in(tx: &mut Tx, rows: &[EventRow]) -> Result<HashMap<Uuid, String>> {
    let ids: BTreeSet<Uuid> = rows
        .iter()
        .flat_map(|row| row.before.0.values().chain(row.after.0.values()))
        .filter_map(|value| value.as_str()?.parse().ok())
        .collect();
    let mut names = HashMap::new();
    for id in ids {
        let found: Option<(String,)> = tx
            .query(
                "SELECT name FROM units WHERE id = $2 UNION ALL SELECT name FROM stages WHERE id = $2 \
                 UNION ALL SELECT name FROM products WHERE id = $2 \
                 UNION ALL SELECT name FROM customers WHERE id = $2 \
                     AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
            )
            .bind(id)
            .optional()
            .await?;
        if let Some((name,)) = found {
            names.insert(id, name);
        }
    }
    Ok(names)
}

/// The event that is to be undone.
#[derive(Debug)]
pub struct Undoable {
    pub id: EventId,
    pub kind: Kind,
    pub subject: Uuid,
    before: Fields,
    after: Fields,
}

impl Undoable {
    /// The facts as they were, if nobody has changed them since.
    ///
    /// # Errors
    /// `Conflict` with the fields as they are now.
    pub fn facts<F: DeserializeOwned>(&self, now: &Fields, version: i64) -> Result<F> {
        let back = taken_back(now, &self.before, &self.after)
            .map_err(|theirs| Error::Conflict { version, theirs: Value::Object(theirs) })?;
        serde_json::from_value(Value::Object(back)).map_err(|cause| crate::server::request::our_fault(&cause))
    }
}

/// Finds the event to undo, if it is of somebody in reach; the record's own store asks whether the record is.
///
/// # Errors
/// `NotFound` for none, or one out of reach.
pub async fn undoable(tx: &mut Tx, event: EventId) -> Result<Undoable> {
    let row: Option<(Kind, Uuid, Json<Fields>, Json<Fields>)> = tx
        .query(
            "SELECT kind, subject_id, before, after FROM events \
             WHERE id = $2 AND unit_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        )
        .bind(event)
        .optional()
        .await?;
    let (kind, subject, before, after) = row.ok_or(Error::NotFound)?;
    Ok(Undoable { id: event, kind, subject, before: before.0, after: after.0 })
}
