//! The groups of the organisation tree: adding, renaming, moving, and deleting empty ones. Each change has an event on
//! the group above, so that everybody who sees that place is told.

use super::{changes, org, reach::rebuild_reach};
use crate::error::{Error, Problem, Result};
use crate::id::{EventId, PersonId, UnitId};
use crate::journal::model::{Fields, What, difference, fields_of};
use crate::journal::store::{Change, Undoable, record};
use crate::live::Kind;
use crate::people::model::{GroupFacts, PersonFacts};
use crate::people::rules::{Act, Org};
use crate::records::TABLES;
use crate::server::db::Tx;
use crate::server::text::sort_key;
use serde_json::Value;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    name: String,
    under_id: UnitId,
    version: i64,
}

async fn facts_of(tx: &mut Tx, unit: UnitId) -> Result<(GroupFacts, i64)> {
    let row: Option<Row> = tx
        .query(
            "SELECT u.name, u.parent_id AS under_id, u.version FROM units u LEFT JOIN people p ON p.id = u.id \
             WHERE u.id = $2 AND p.id IS NULL AND u.parent_id IS NOT NULL \
               AND u.id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        )
        .bind(unit)
        .optional()
        .await?;
    let row = row.ok_or(Error::NotFound)?;
    Ok((GroupFacts { name: row.name, under_id: row.under_id, deleted: false }, row.version))
}

/// Adds a group.
///
/// # Errors
/// The errors of `people::rules`.
pub async fn add(tx: &mut Tx, name: &str, under: UnitId) -> Result<UnitId> {
    let org = org::take(tx).await?;
    let unit = UnitId(Uuid::now_v7());
    org.after(tx.actor().id, &Act::AddGroup { unit, under })?;
    let facts = GroupFacts { name: name.to_owned(), under_id: under, deleted: false };
    insert_unit(tx, unit, &facts).await?;
    let before = Fields::from_iter([("deleted".to_owned(), Value::Bool(true))]);
    on_record(tx, unit, What::Created, (under, under), (before, fields_of(&facts)), None).await?;
    Ok(unit)
}

/// Renames a group.
///
/// # Errors
/// The errors of `people::rules`.
pub async fn rename(tx: &mut Tx, unit: UnitId, name: &str) -> Result<Option<EventId>> {
    let org = org::take(tx).await?;
    let (now, _) = facts_of(tx, unit).await?;
    let new = GroupFacts { name: name.to_owned(), ..now.clone() };
    save(tx, &org, unit, &now, &new, What::Changed, None).await
}

/// Moves a group or a person under another group. Who sees what is recomputed at once.
///
/// # Errors
/// The errors of `people::rules`.
pub async fn put(tx: &mut Tx, unit: UnitId, under: UnitId) -> Result<Option<EventId>> {
    let org = org::take(tx).await?;
    if org.seats.contains_key(&PersonId(unit.0)) {
        let seated = |now: &PersonFacts| PersonFacts { under_id: under, ..now.clone() };
        return changes::change(tx, PersonId(unit.0), None, seated).await;
    }
    let (now, _) = facts_of(tx, unit).await?;
    let new = GroupFacts { under_id: under, ..now.clone() };
    save(tx, &org, unit, &now, &new, What::Moved, None).await
}

/// Deletes an empty group. Its records in the trash go to the group above.
///
/// # Errors
/// The errors of `people::rules`; `Invalid` with `NotEmpty` when records hang on it.
pub async fn delete(tx: &mut Tx, unit: UnitId) -> Result<Option<EventId>> {
    let org = org::take(tx).await?;
    let (now, _) = facts_of(tx, unit).await?;
    let gone = GroupFacts { deleted: true, ..now.clone() };
    save(tx, &org, unit, &now, &gone, What::Deleted, None).await
}

/// Undoes a change of a group, unless somebody has changed the same fields since; the rules are asked again.
///
/// # Errors
/// `Conflict` when somebody has; the errors of `people::rules`.
pub async fn take_back(tx: &mut Tx, change: &Undoable) -> Result<()> {
    let unit = UnitId(change.subject);
    let org = org::take(tx).await?;
    let (now, version) = match facts_of(tx, unit).await {
        Ok(now) => now,
        // The group was deleted, so only the event still has its facts.
        Err(Error::NotFound) => (change.left::<GroupFacts>()?, 0),
        Err(error) => return Err(error),
    };
    let back: GroupFacts = change.facts(&fields_of(&now), version)?;
    save(tx, &org, unit, &now, &back, What::Undone, Some(change.id)).await?;
    Ok(())
}

async fn save(
    tx: &mut Tx,
    org: &Org,
    unit: UnitId,
    old: &GroupFacts,
    new: &GroupFacts,
    what: What,
    undoes: Option<EventId>,
) -> Result<Option<EventId>> {
    let Some((mut before, mut after)) = difference(old, new) else { return Ok(None) };
    let actor = tx.actor().id;
    if old.deleted {
        org.after(actor, &Act::AddGroup { unit, under: new.under_id })?;
        insert_unit(tx, unit, new).await?;
    } else if new.deleted {
        org.after(actor, &Act::DropGroup { unit })?;
        delete_unit(tx, unit, old.under_id).await?;
        // The row is deleted for good, so the event must hold all of it.
        (before, after) = (fields_of(old), fields_of(new));
    } else {
        let act = match old.under_id == new.under_id {
            true => Act::RenameGroup { unit },
            false => Act::MoveGroup { unit, under: new.under_id },
        };
        org.after(actor, &act)?;
        tx.unscoped()
            .query("UPDATE units SET name = $2, sort_key = $3, parent_id = $4, version = version + 1 WHERE id = $1")
            .bind(unit)
            .bind(new.name.clone())
            .bind(sort_key(&new.name))
            .bind(new.under_id)
            .execute()
            .await?;
        if old.under_id != new.under_id {
            rebuild_reach(tx.unscoped()).await?;
        }
    }
    on_record(tx, unit, what, (old.under_id, new.under_id), (before, after), undoes).await.map(Some)
}

async fn insert_unit(tx: &mut Tx, unit: UnitId, facts: &GroupFacts) -> Result<()> {
    super::add_unit(tx.unscoped(), unit, Some(facts.under_id), &facts.name).await?;
    rebuild_reach(tx.unscoped()).await
}

async fn delete_unit(tx: &mut Tx, unit: UnitId, under: UnitId) -> Result<()> {
    let system = tx.unscoped();
    // Who may bring a record back is asked of the unit of its event.
    system
        .query(
            "UPDATE events SET unit_id = $2 WHERE unit_id = $1 AND subject_id IN \
           (SELECT id FROM records WHERE owner_id = $1 AND deleted_at IS NOT NULL UNION ALL \
            SELECT p.id FROM records r JOIN records p ON p.parent_id = r.id \
            WHERE r.owner_id = $1 AND r.deleted_at IS NOT NULL)",
        )
        .bind(unit)
        .bind(under)
        .execute()
        .await?;
    for table in TABLES.iter().filter(|table| table.owned) {
        system.query(table.give_deleted).bind(unit).bind(under).bind(table.kind).execute().await?;
    }
    system
        .query("UPDATE records SET owner_id = $2 WHERE owner_id = $1 AND deleted_at IS NOT NULL")
        .bind(unit)
        .bind(under)
        .execute()
        .await?;
    system.query("DELETE FROM reach WHERE unit_id = $1").bind(unit).execute().await?;
    match system.query("DELETE FROM units WHERE id = $1").bind(unit).execute().await {
        Ok(_) => rebuild_reach(system).await,
        Err(cause) if cause.as_database_error().is_some_and(|cause| cause.is_foreign_key_violation()) => {
            Err(Error::invalid("unit", Problem::NotEmpty))
        }
        Err(cause) => Err(cause.into()),
    }
}

async fn on_record(
    tx: &mut Tx,
    unit: UnitId,
    what: What,
    units: (UnitId, UnitId),
    (before, after): (Fields, Fields),
    undoes: Option<EventId>,
) -> Result<EventId> {
    let change = Change {
        kind: Kind::Group,
        subject: unit.0,
        units,
        customer: None,
        what,
        before,
        after,
        cmd: None,
        undoes,
    };
    record(tx, change).await
}
