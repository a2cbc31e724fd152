//! The open tasks of somebody who leaves, given to somebody else: one event each, so that each can also be taken back by itself. What they
//! have done stays theirs.

use super::{Save, facts_of, save};
use crate::error::Result;
use crate::id::{EventId, TaskId, UnitId};
use crate::journal::model::What;
use crate::server::db::Tx;
use crate::tasks::model::TaskFacts;

/// The open tasks in reach that hang on that unit.
///
/// # Errors
/// `Internal` only.
pub async fn of(tx: &mut Tx, owner: UnitId) -> Result<Vec<TaskId>> {
    let found: Vec<(TaskId,)> = tx
        .query(
            "SELECT id FROM tasks WHERE owner_id = $2 AND deleted_at IS NULL AND done_at IS NULL \
             AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) ORDER BY id",
        )
        .bind(owner)
        .all()
        .await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Gives a task from one to another; nothing happens where it does not hang on the one any more. The caller has asked whether this may be.
///
/// # Errors
/// `NotFound` out of reach.
pub async fn give(tx: &mut Tx, id: TaskId, from: UnitId, to: UnitId, undoes: Option<EventId>) -> Result<()> {
    let (now, version) = facts_of(tx, id).await?;
    if now.owner_id == from {
        let new = TaskFacts { owner_id: to, ..now.clone() };
        let what = if undoes.is_some() { What::Undone } else { What::HandedOver };
        save(tx, Save { id, old: &now, version, new: &new, what, undoes: None }).await?;
    }
    Ok(())
}
