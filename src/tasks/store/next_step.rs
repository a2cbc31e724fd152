//! A deal's next step, which is its earliest open task in reach: pieces of SQL by which a list of deals reads the next
//! steps of all its rows in the same statement.

use crate::error::Result;
use crate::id::DealId;
use crate::server::db::Tx;
use crate::tasks::model::TaskKind;
use crate::tasks::view::NextStep;
use chrono::NaiveDate;

/// The id of the next step of `deals d`, as a column `step_id`.
pub const STEP_ID: &str = ", (SELECT t.id FROM tasks t WHERE t.deal_id = d.id AND t.done_at IS NULL \
     AND t.deleted_at IS NULL \
         AND t.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
     ORDER BY t.due_on, COALESCE(t.due_at, 1440), t.id LIMIT 1) AS step_id";

/// Goes before a statement with the column `step_id`, which is put in brackets; [`WITH_STEP`] follows it.
pub const STEPS_OF: &str =
    "SELECT o.*, n.kind AS step_kind, n.title AS step_title, n.due_on AS step_on, n.due_at AS step_at FROM (";
pub const WITH_STEP: &str = ") o LEFT JOIN tasks n ON n.id = o.step_id";

/// The columns of a next step; all are NULL where there is none.
#[derive(sqlx::FromRow)]
pub struct StepColumns {
    step_kind: Option<TaskKind>,
    step_title: Option<String>,
    step_on: Option<NaiveDate>,
    step_at: Option<i64>,
}

impl StepColumns {
    #[must_use]
    pub fn step(self) -> Option<NextStep> {
        Some(NextStep {
            kind: self.step_kind?,
            title: self.step_title?,
            due_on: self.step_on?,
            due_at: self.step_at,
        })
    }
}

/// The next step of one deal.
///
/// # Errors
/// `Internal` only.
pub async fn next_step(tx: &mut Tx, deal: DealId) -> Result<Option<NextStep>> {
    let found: Option<StepColumns> = tx
        .query(
            "SELECT t.kind AS step_kind, t.title AS step_title, t.due_on AS step_on, t.due_at AS step_at FROM tasks t \
             WHERE t.deal_id = $2 AND t.done_at IS NULL AND t.deleted_at IS NULL \
               AND t.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
             ORDER BY t.due_on, COALESCE(t.due_at, 1440), t.id LIMIT 1",
        )
        .bind(deal)
        .optional()
        .await?;
    Ok(found.and_then(StepColumns::step))
}
