//! The tasks table: writing one change with its event, reading the facts of one. What a change means is in `model`, lists are in
//! `list`, a deal's next step in `next_step`.

pub mod export_rows;
pub mod hand_over;
pub mod list;
pub mod next_step;
pub mod search;

use super::model::{TaskFacts, TaskKind};
use crate::error::{Error, Problem, Result};
use crate::i18n::fold::search_key;
use crate::id::{ActivityId, CustomerId, DealId, EventId, TaskId, UnitId};
use crate::journal::model::{Fields, What, difference, fields_of};
use crate::journal::store::{
    Before, Change, Undoable, customer_is_kept, deal_is_kept, made_before, parts, record, tell_on,
};
use crate::live::Kind;
use crate::people::store::may_assign;
use crate::server::clock;
use crate::server::db::Tx;
use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct FactsRow {
    version: i64,
    owner_id: UnitId,
    title: String,
    kind: TaskKind,
    due_on: NaiveDate,
    due_at: Option<i64>,
    customer_id: Option<CustomerId>,
    deal_id: Option<DealId>,
    note: String,
    done: bool,
    deleted: bool,
}

/// The customer on whose card the task stands: of a deal's task the deal's.
async fn customer_of(tx: &mut Tx, facts: &TaskFacts) -> Result<Option<CustomerId>> {
    let Some(deal) = facts.deal_id else { return Ok(facts.customer_id) };
    let found: Option<(Option<CustomerId>,)> = tx
        .query("SELECT customer_id FROM deals WHERE id = $2 AND EXISTS (SELECT 1 FROM people WHERE id = $1)")
        .bind(deal)
        .optional()
        .await?;
    Ok(found.and_then(|(customer,)| customer))
}

/// Lets the tasks of a deal follow it to another customer, in the transaction that changed the deal.
///
/// # Errors
/// `Internal` only.
pub async fn deal_has_customer(tx: &mut Tx, deal: DealId, customer: Option<CustomerId>) -> Result<()> {
    tx.query("UPDATE tasks SET customer_id = $3 WHERE deal_id = $2 AND EXISTS (SELECT 1 FROM people WHERE id = $1)")
        .bind(deal)
        .bind(customer)
        .execute()
        .await?;
    Ok(())
}

/// Checks that the person asking may give a task to that unit: to oneself freely, to another person in reach by the right to hand over.
///
/// # Errors
/// `Forbidden` without that right; `Invalid` at `owner` for somebody out of reach, for a group, and for who has left.
pub async fn may_give(tx: &mut Tx, unit: UnitId) -> Result<()> {
    may_assign(tx, unit).await?;
    let works: Option<(bool,)> = tx
        .query("SELECT active FROM people WHERE id = $2 AND EXISTS (SELECT 1 FROM people WHERE id = $1)")
        .bind(unit)
        .optional()
        .await?;
    match works {
        Some((true,)) => Ok(()),
        _ => Err(Error::invalid("owner", Problem::Unknown)),
    }
}

/// Whether the same command made it before, and it is still there.
async fn is_made(tx: &mut Tx, id: TaskId) -> Result<bool> {
    match made_before(tx, Kind::Task, id.0).await? {
        Before::Never => Ok(false),
        Before::Done(_) => facts_of(tx, id).await.map(|_| true),
        Before::Other => Err(conflict(tx, id).await),
    }
}

/// Writes a new task and puts it on record. Asked the same again by the same person with the same id it changes nothing, and the event is
/// nil.
///
/// # Errors
/// `Conflict` when something else was asked with that id; `NotFound` when it is taken; what it hangs on and whose it is are asked before.
pub async fn create(tx: &mut Tx, id: TaskId, facts: &TaskFacts, what: What) -> Result<EventId> {
    if is_made(tx, id).await? {
        return Ok(EventId(Uuid::nil()));
    }
    let customer = customer_of(tx, facts).await?;
    let now = clock::now();
    let added = tx
        .query(
            "INSERT INTO tasks (id, owner_id, title, kind, due_on, due_at, customer_id, deal_id, note, done_at, done_by, search_key, \
                 version, created_at, created_by, updated_at, deleted_at) \
             VALUES ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, CASE WHEN $12 THEN $1 END, $13, 1, $14, $1, $14, NULL) \
             ON CONFLICT (id) DO NOTHING",
        )
        .bind(id)
        .bind(facts.owner_id)
        .bind(facts.title.clone())
        .bind(facts.kind)
        .bind(facts.due_on)
        .bind(facts.due_at)
        .bind(customer)
        .bind(facts.deal_id)
        .bind(facts.note.clone())
        .bind(facts.done.then_some(now))
        .bind(facts.done)
        .bind(search_key(&facts.title))
        .bind(now)
        .execute()
        .await?;
    if added == 0 {
        // It was asked twice in the same instant, which only PostgreSQL lets happen.
        return if is_made(tx, id).await? { Ok(EventId(Uuid::nil())) } else { Err(Error::NotFound) };
    }
    let mut before = Fields::new();
    before.insert("deleted".into(), json!(true));
    let change = Change {
        kind: Kind::Task,
        subject: id.0,
        units: (facts.owner_id, facts.owner_id),
        customer,
        what,
        before,
        after: fields_of(facts),
        cmd: None,
        undoes: None,
    };
    tell(tx, change, facts.deal_id).await
}

/// The facts of a task in reach that is not deleted, and its version.
///
/// # Errors
/// `NotFound` for none, or one out of reach.
pub async fn facts_of(tx: &mut Tx, id: TaskId) -> Result<(TaskFacts, i64)> {
    let (facts, version) = even_deleted(tx, id).await?;
    if facts.deleted { Err(Error::NotFound) } else { Ok((facts, version)) }
}

async fn even_deleted(tx: &mut Tx, id: TaskId) -> Result<(TaskFacts, i64)> {
    let row: Option<FactsRow> = tx
        .query(
            "SELECT version, owner_id, title, kind, due_on, due_at, CASE WHEN deal_id IS NULL THEN customer_id END AS customer_id, \
                 deal_id, note, done_at IS NOT NULL AS done, deleted_at IS NOT NULL AS deleted \
             FROM tasks WHERE id = $2 AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        )
        .bind(id)
        .optional()
        .await?;
    let row = row.ok_or(Error::NotFound)?;
    let facts = TaskFacts {
        owner_id: row.owner_id,
        title: row.title,
        kind: row.kind,
        due_on: row.due_on,
        due_at: row.due_at,
        customer_id: row.customer_id,
        deal_id: row.deal_id,
        note: row.note,
        done: row.done,
        deleted: row.deleted,
    };
    Ok((facts, row.version))
}

/// What stands in the way of a change that was made from an older state.
pub(super) async fn conflict(tx: &mut Tx, id: TaskId) -> Error {
    let now = match facts_of(tx, id).await {
        Ok((facts, version)) => shown(tx, facts).await.map(|facts| (facts, version)),
        Err(error) => Err(error),
    };
    match now {
        Ok((facts, version)) => Error::Conflict { version, theirs: Value::Object(fields_of(&facts)) },
        Err(error) => error,
    }
}

/// The facts as the person asking may be told them: without the id of a customer or a deal that they can't see.
///
/// # Errors
/// `Internal` only.
pub async fn shown(tx: &mut Tx, facts: TaskFacts) -> Result<TaskFacts> {
    let seen: (Option<CustomerId>, Option<DealId>) = tx
        .query(
            "SELECT (SELECT id FROM customers WHERE id = $2 AND deleted_at IS NULL \
                 AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)), \
             (SELECT id FROM deals WHERE id = $3 AND deleted_at IS NULL \
                 AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1))",
        )
        .bind(facts.customer_id)
        .bind(facts.deal_id)
        .one()
        .await?;
    let (customer_id, deal_id) = seen;
    Ok(TaskFacts { customer_id, deal_id, ..facts })
}

/// One state, another, and what the record says of the change.
#[derive(Debug)]
pub struct Save<'a> {
    pub id: TaskId,
    pub old: &'a TaskFacts,
    pub version: i64,
    pub new: &'a TaskFacts,
    pub what: What,
    pub undoes: Option<EventId>,
}

/// Writes what differs between the two states and puts it on record. Where nothing differs nothing is written, and the id is nil.
///
/// # Errors
/// `Conflict` when the task no longer has that version, `NotFound` when it is gone or out of reach.
pub async fn save(tx: &mut Tx, save: Save<'_>) -> Result<EventId> {
    let Save { id, old, version, new, what, undoes } = save;
    let Some((before, after)) = difference(old, new) else { return Ok(EventId(Uuid::nil())) };
    let customer = customer_of(tx, new).await?;
    let now = clock::now();
    let changed = tx
        .query(
            "UPDATE tasks SET owner_id = $4, title = $5, kind = $6, due_on = $7, due_at = $8, customer_id = $9, deal_id = $10, note = $11, \
                 done_at = CASE WHEN $12 THEN COALESCE(done_at, $13) END, done_by = CASE WHEN $12 THEN COALESCE(done_by, $1) END, \
                 search_key = $14, deleted_at = $15, updated_at = $13, version = version + 1 \
             WHERE id = $2 AND version = $3 AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        )
        .bind(id)
        .bind(version)
        .bind(new.owner_id)
        .bind(new.title.clone())
        .bind(new.kind)
        .bind(new.due_on)
        .bind(new.due_at)
        .bind(customer)
        .bind(new.deal_id)
        .bind(new.note.clone())
        .bind(new.done)
        .bind(now)
        .bind(search_key(&new.title))
        .bind(new.deleted.then_some(now))
        .execute()
        .await?;
    if changed == 0 {
        return Err(conflict(tx, id).await);
    }
    let change = Change {
        kind: Kind::Task,
        subject: id.0,
        units: (old.owner_id, new.owner_id),
        customer,
        what,
        before,
        after,
        cmd: None,
        undoes,
    };
    tell(tx, change, new.deal_id).await
}

/// Puts it on record and tells of it on the deal's card, too.
async fn tell(tx: &mut Tx, change: Change, deal: Option<DealId>) -> Result<EventId> {
    let event = record(tx, change).await?;
    if let Some(deal) = deal {
        tell_on(tx, event, deal.0).await?;
    }
    Ok(event)
}

/// Whether what the task would hang on again is not gone for good.
async fn still_hangs(tx: &mut Tx, now: &TaskFacts, back: &TaskFacts) -> Result<bool> {
    let customer = back.customer_id.filter(|_| back.customer_id != now.customer_id);
    let deal = back.deal_id.filter(|_| back.deal_id != now.deal_id);
    let customer = match customer {
        Some(id) => customer_is_kept(tx, id).await?,
        None => true,
    };
    Ok(customer
        && match deal {
            Some(id) => deal_is_kept(tx, id).await?,
            None => true,
        })
}

/// Takes a change of a task back, unless somebody has changed the same fields since.
///
/// # Errors
/// `Conflict` when somebody has; `NotFound` out of reach; `Forbidden` when it would give the task to another.
pub async fn take_back(tx: &mut Tx, change: &Undoable) -> Result<()> {
    let id = TaskId(change.subject);
    let (now, version) = even_deleted(tx, id).await?;
    let back: TaskFacts = change.facts(&fields_of(&now), version)?;
    if !still_hangs(tx, &now, &back).await? {
        return Err(conflict(tx, id).await);
    }
    if back.owner_id != now.owner_id {
        may_assign(tx, back.owner_id).await?;
    }
    let back = Save { id, old: &now, version, new: &back, what: What::Undone, undoes: Some(change.id) };
    let event = save(tx, back).await?;
    if event.0.is_nil() {
        return Ok(());
    }
    // The call that was logged when it was finished goes with it, and comes with it where that is taken back in its turn: parts both times.
    tx.parts_of(Some(event));
    for part in parts(tx, change.id).await?.iter().filter(|part| part.kind == Kind::Activity) {
        let call = ActivityId(part.subject);
        let done = match crate::activities::store::take_back(tx, part).await {
            // Written on meanwhile: it goes all the same, since it was logged by finishing the task.
            Err(Error::Conflict { .. }) if part.left_field("content") => {
                crate::activities::commands::delete(tx, call).await.map(drop)
            }
            other => other,
        };
        match done {
            // It stands so already, or its card is out of reach by now.
            Ok(()) | Err(Error::NotFound | Error::Conflict { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    tx.parts_of(None);
    Ok(())
}
