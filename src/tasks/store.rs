//! The tasks table: the statements of one task. What a change means is in `model`, lists are in
//! `list`, a deal's next step in `next_step`.

pub mod export_rows;
pub mod list;
pub mod next_step;
pub mod search;

use super::model::{TaskFacts, TaskKind};
use crate::error::{Error, Problem, Result};
use crate::i18n::fold::search_key;
use crate::id::{ActivityId, CustomerId, DealId, OwnRecordId, TaskId, UnitId};
use crate::journal::model::fields_of;
use crate::journal::store::{Undoable, parts};
use crate::live::Kind;
use crate::people::store::may_assign;
use crate::records::{self, Called, Ground, Record};
use crate::server::clock;
use crate::server::db::Tx;
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
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
    record_id: Option<OwnRecordId>,
    note: String,
    done: bool,
    deleted: bool,
}

/// The customer on whose card the task is shown; for a task about a deal or own record, that record's customer.
async fn customer_of(tx: &mut Tx, facts: &TaskFacts) -> Result<Option<CustomerId>> {
    let card = facts.deal_id.map(|deal| deal.0).or(facts.record_id.map(|record| record.0));
    let Some(card) = card else { return Ok(facts.customer_id) };
    let found: Option<(Option<CustomerId>,)> =
        tx.everyones("SELECT customer_id FROM records WHERE id = $2").bind(card).optional().await?;
    Ok(found.and_then(|(customer,)| customer))
}

/// Moves the tasks of a deal or own record along to its new customer, in the transaction that changed the customer.
///
/// # Errors
/// `Internal` only.
pub async fn follow(tx: &mut Tx, card: Uuid, customer: Option<CustomerId>) -> Result<()> {
    tx.everyones("UPDATE tasks SET customer_id = $3 WHERE deal_id = $2 OR record_id = $2")
        .bind(card)
        .bind(customer)
        .execute()
        .await?;
    Ok(())
}

/// Checks that the person asking may give a task to that unit: to oneself always, to another person in reach with the
/// right to hand over.
///
/// # Errors
/// `Forbidden` without that right; `Invalid` at `owner` for somebody out of reach, for a group, and for somebody who
/// has left.
pub async fn may_give(tx: &mut Tx, unit: UnitId) -> Result<()> {
    may_assign(tx, unit).await?;
    let works: Option<(bool,)> =
        tx.everyones("SELECT active FROM people WHERE id = $2").bind(unit).optional().await?;
    match works {
        Some((true,)) => Ok(()),
        _ => Err(Error::invalid("owner", Problem::Unknown)),
    }
}

async fn even_deleted(tx: &mut Tx, id: TaskId) -> Result<(TaskFacts, i64)> {
    let row: Option<FactsRow> = tx
        .query(
            "SELECT version, owner_id, title, kind, due_on, due_at, \
                 CASE WHEN deal_id IS NULL AND record_id IS NULL THEN customer_id END AS customer_id, deal_id, \
                 record_id, note, done_at IS NOT NULL AS done, deleted_at IS NOT NULL AS deleted \
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
        record_id: row.record_id,
        note: row.note,
        done: row.done,
        deleted: row.deleted,
    };
    Ok((facts, row.version))
}

/// The error for a change based on an outdated version.
pub(super) async fn conflict(tx: &mut Tx, id: TaskId) -> Error {
    let now = match records::read(tx, id).await {
        Ok((facts, version)) => shown(tx, facts).await.map(|facts| (facts, version)),
        Err(error) => Err(error),
    };
    match now {
        Ok((facts, version)) => Error::Conflict { version, theirs: Value::Object(fields_of(&facts)) },
        Err(error) => error,
    }
}

/// The facts as far as the person asking may see them: without the id of a customer, deal or own record out of reach.
///
/// # Errors
/// `Internal` only.
pub async fn shown(tx: &mut Tx, facts: TaskFacts) -> Result<TaskFacts> {
    let seen: (Option<CustomerId>, Option<DealId>, Option<OwnRecordId>) = tx
        .query(
            "SELECT (SELECT id FROM customers WHERE id = $2 AND deleted_at IS NULL \
                 AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)), \
             (SELECT id FROM deals WHERE id = $3 AND deleted_at IS NULL \
                 AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)), \
             (SELECT id FROM own_records WHERE id = $4 AND deleted_at IS NULL \
                 AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
                 AND kind_number NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1))",
        )
        .bind(facts.customer_id)
        .bind(facts.deal_id)
        .bind(facts.record_id)
        .one()
        .await?;
    let (customer_id, deal_id, record_id) = seen;
    Ok(TaskFacts { customer_id, deal_id, record_id, ..facts })
}

/// Whether the record that the task would hang on again still exists.
async fn still_hangs(tx: &mut Tx, now: &TaskFacts, back: &TaskFacts) -> Result<bool> {
    let customer = back.customer_id.filter(|_| back.customer_id != now.customer_id);
    let deal = back.deal_id.filter(|_| back.deal_id != now.deal_id);
    let record = back.record_id.filter(|_| back.record_id != now.record_id);
    let hung_on = [
        customer.map(|id| (Kind::Customer, id.0)),
        deal.map(|id| (Kind::Deal, id.0)),
        record.map(|id| (Kind::OwnRecord, id.0)),
    ];
    let hung_on = hung_on.into_iter().flatten();
    for (kind, id) in hung_on {
        if !records::store::is_kept(tx, kind, id).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

impl Record for TaskFacts {
    type Id = TaskId;
    const KIND: Kind = Kind::Task;

    fn deleted(&self) -> bool {
        self.deleted
    }

    fn set_deleted(&mut self) {
        self.deleted = true;
    }

    fn owner(&self) -> Option<UnitId> {
        Some(self.owner_id)
    }

    fn set_owner(&mut self, owner: UnitId) {
        self.owner_id = owner;
    }

    async fn ground(&self, tx: &mut Tx) -> Result<Ground> {
        let customer = customer_of(tx, self).await?;
        Ok(Ground { owner: self.owner_id, customer, deal: self.deal_id, record: self.record_id })
    }

    async fn read(tx: &mut Tx, id: TaskId) -> Result<(Self, i64)> {
        even_deleted(tx, id).await
    }

    async fn called(&self, _tx: &mut Tx) -> Result<Called> {
        Ok(Called { name: self.title.clone(), search_key: search_key(&self.title), ..Called::default() })
    }

    fn called_otherwise(&self, was: &Self) -> bool {
        self.title != was.title
    }

    async fn insert(&self, tx: &mut Tx, id: TaskId, ground: &Ground) -> Result<()> {
        let now = clock::now();
        tx.everyones(
            "INSERT INTO tasks (id, owner_id, title, kind, due_on, due_at, customer_id, deal_id, note, done_at, \
             done_by, version, updated_at, record_id) \
             VALUES ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, CASE WHEN $12 THEN $1 END, 1, $13, $14)",
        )
        .bind(id)
        .bind(self.owner_id)
        .bind(self.title.clone())
        .bind(self.kind)
        .bind(self.due_on)
        .bind(self.due_at)
        .bind(ground.customer)
        .bind(self.deal_id)
        .bind(self.note.clone())
        .bind(self.done.then_some(now))
        .bind(self.done)
        .bind(now)
        .bind(self.record_id)
        .execute()
        .await?;
        Ok(())
    }

    async fn update(
        &self,
        tx: &mut Tx,
        id: TaskId,
        (_, version): (&Self, i64),
        ground: &Ground,
        at: DateTime<Utc>,
    ) -> Result<bool> {
        let changed = tx
        .query(
            "UPDATE tasks SET owner_id = $4, title = $5, kind = $6, due_on = $7, due_at = $8, customer_id = $9, \
             deal_id = $10, note = $11, done_at = CASE WHEN $12 THEN COALESCE(done_at, $13) END, done_by = CASE WHEN \
             $12 THEN COALESCE(done_by, $1) END, deleted_at = $14, updated_at = $13, record_id = $15, \
             version = version + 1 \
             WHERE id = $2 AND version = $3 AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        )
        .bind(id)
        .bind(version)
        .bind(self.owner_id)
        .bind(self.title.clone())
        .bind(self.kind)
        .bind(self.due_on)
        .bind(self.due_at)
        .bind(ground.customer)
        .bind(self.deal_id)
        .bind(self.note.clone())
        .bind(self.done)
        .bind(at)
        .bind(self.deleted.then_some(at))
        .bind(self.record_id)
        .execute()
        .await?;
        Ok(changed > 0)
    }

    async fn conflict(tx: &mut Tx, id: TaskId) -> Error {
        conflict(tx, id).await
    }

    async fn may_return(&self, tx: &mut Tx, now: &Self) -> Result<bool> {
        still_hangs(tx, now, self).await
    }

    /// A task may always be given back to oneself.
    async fn may_be_given_back(tx: &mut Tx, to: UnitId) -> Result<()> {
        may_assign(tx, to).await
    }
}

/// Undoes a change of a task, together with the call that it logged.
///
/// # Errors
/// As [`records::take_back`].
pub async fn take_back(tx: &mut Tx, change: &Undoable) -> Result<()> {
    let Some(event) = records::take_back::<TaskId>(tx, change).await? else { return Ok(()) };
    // The call that was logged by finishing the task is removed with it, and restored when this undo is undone in turn:
    // both times as a part of the event.
    tx.parts_of(Some(event));
    for part in parts(tx, change.id).await?.iter().filter(|part| part.kind == Kind::Activity) {
        let call = ActivityId(part.subject);
        let done = match records::take_back::<ActivityId>(tx, part).await {
            // The call's text was changed since; it is removed all the same, because finishing the task had logged it.
            Err(Error::Conflict { .. }) if part.left_field("content") => {
                records::delete(tx, call).await.map(Some)
            }
            other => other,
        };
        match done {
            // Nothing to do for the call, or its card is out of reach by now.
            Ok(_) | Err(Error::NotFound | Error::Conflict { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    tx.parts_of(None);
    Ok(())
}
