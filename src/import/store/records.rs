//! The present state of tasks, activities and records of the firm's own kinds that were imported from a source; and
//! setting the day on which an imported task was done.

use crate::activities::model::ActivityKind;
use crate::error::Result;
use crate::id::{ActivityId, DealId, OwnRecordId, TaskId, UnitId};
use crate::own_records::model::OwnRecordFacts;
use crate::own_records::store::FACTS;
use crate::server::db::Tx;
use crate::server::sql::Sql;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::HashMap;

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TaskNow {
    pub id: TaskId,
    pub owner_id: UnitId,
    pub title: String,
    pub due_on: NaiveDate,
    pub deal_id: Option<DealId>,
    pub note: String,
}

/// The present state of the tasks imported from this source, also deleted ones.
///
/// # Errors
/// `Internal` only.
pub async fn tasks_now(tx: &mut Tx, source: &str) -> Result<HashMap<TaskId, TaskNow>> {
    let rows: Vec<TaskNow> = tx
        .query(
            "SELECT t.id, t.owner_id, t.title, t.due_on, t.deal_id, t.note FROM imported i JOIN tasks t ON t.id = i.id \
             WHERE i.source = $2 AND i.kind = 'task' AND t.owner_id IN (SELECT unit_id FROM reach \
             WHERE viewer_id = $1)",
        )
        .bind(source.to_owned())
        .all()
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Sets when a task that was just imported was done: before it was imported.
///
/// # Errors
/// `Internal` only.
pub async fn done_on(tx: &mut Tx, task: TaskId, at: DateTime<Utc>) -> Result<()> {
    tx.query(
        "UPDATE tasks SET done_at = $3 WHERE id = $2 AND done_at IS NOT NULL \
         AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
    )
    .bind(task)
    .bind(at)
    .execute()
    .await?;
    Ok(())
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ActivityNow {
    pub id: ActivityId,
    pub kind: ActivityKind,
    pub contact: String,
    pub result: String,
    pub content: String,
}

/// The present state of the activities imported from this source, also deleted ones.
///
/// # Errors
/// `Internal` only.
pub async fn activities_now(tx: &mut Tx, source: &str) -> Result<HashMap<ActivityId, ActivityNow>> {
    let rows: Vec<ActivityNow> = tx
        .everyones(
            "SELECT a.id, a.kind, a.contact, a.result, a.content FROM imported i JOIN activities a ON a.id = i.id \
             WHERE i.source = $2 AND i.kind = 'activity' AND EXISTS (SELECT 1 FROM people WHERE id = $1 \
             AND role = 'owner')",
        )
        .bind(source.to_owned())
        .all()
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

#[derive(sqlx::FromRow)]
struct OwnRecordNow {
    id: OwnRecordId,
    #[sqlx(flatten)]
    facts: OwnRecordFacts,
}

/// The present state of the own records imported from this source, also deleted ones.
///
/// # Errors
/// `Internal` only.
pub async fn own_records_now(tx: &mut Tx, source: &str) -> Result<HashMap<OwnRecordId, OwnRecordFacts>> {
    let sql = Sql::new("SELECT o.id,").and(FACTS).and(
        "FROM imported i JOIN own_records o ON o.id = i.id \
         WHERE i.source = $2 AND i.kind = 'own_record' \
           AND o.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
           AND o.kind_number NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1)",
    );
    let rows: Vec<OwnRecordNow> = tx.query(sql).bind(source.to_owned()).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row.facts)).collect())
}
