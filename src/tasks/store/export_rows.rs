//! Reads tasks page by page to their end, in the order in which they are due, with all facts, for an export. Reach and
//! what is left out are the same as in the list on the page.

use super::super::model::{DAY, TaskKind};
use super::super::view::Whose;
use crate::error::Result;
use crate::export::stream::ROWS;
use crate::id::{CustomerId, DealId, OwnRecordId, TaskId};
use crate::server::db::Tx;
use crate::server::sql::Sql;
use crate::tasks::store::list::LIVING;
use chrono::{DateTime, NaiveDate, Utc};

/// Which tasks: open, done, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Yes,
    No,
    Either,
}

/// How far the export has come.
pub struct ExportCursor {
    pub whose: Whose,
    done: Done,
    after: Option<(NaiveDate, i64, TaskId)>,
}

impl ExportCursor {
    #[must_use]
    pub fn new(whose: Whose, done: Done) -> Self {
        Self { whose, done, after: None }
    }

    /// The conditions of the query; `$2` is the owner.
    fn fitting(&self, sql: Sql) -> Sql {
        sql.and("FROM tasks t")
            .and(
                "LEFT JOIN customers c ON c.id = t.customer_id AND c.deleted_at IS NULL \
                     AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
                 LEFT JOIN deals d ON d.id = t.deal_id AND d.owner_id IN (SELECT unit_id FROM reach \
                 WHERE viewer_id = $1) \
                 LEFT JOIN own_records o ON o.id = t.record_id \
                     AND o.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
                     AND o.kind_number NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1) \
                 WHERE t.deleted_at IS NULL AND t.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
            )
            .and(LIVING)
            .when(self.whose != Whose::All, "AND t.owner_id = $2")
            .when(self.done == Done::Yes, "AND t.done_at IS NOT NULL")
            .when(self.done == Done::No, "AND t.done_at IS NULL")
    }
}

#[derive(sqlx::FromRow)]
pub struct ExportRow {
    pub id: TaskId,
    pub title: String,
    pub kind: TaskKind,
    pub due_on: NaiveDate,
    pub due_at: Option<i64>,
    pub done_at: Option<DateTime<Utc>>,
    pub note: String,
    pub owner: String,
    /// `None` where the person asking may not see the customer; the same for the next fields and the deal.
    pub customer_id: Option<CustomerId>,
    pub customer: Option<String>,
    pub deal_id: Option<DealId>,
    pub deal: Option<String>,
    pub record_id: Option<OwnRecordId>,
    pub record: Option<String>,
}

/// The next tasks; empty at the end.
///
/// # Errors
/// `Internal` only.
pub async fn page(tx: &mut Tx, cursor: &mut ExportCursor) -> Result<Vec<ExportRow>> {
    let owner = cursor.whose.owner(tx.actor().unit());
    let sql = Sql::new(
        "SELECT t.id, t.title, t.kind, t.due_on, t.due_at, t.done_at, t.note, (SELECT name FROM units \
         WHERE id = t.owner_id) AS owner, c.id AS customer_id, c.name AS customer, d.id AS deal_id, d.title AS deal, \
             o.id AS record_id, o.name AS record",
    );
    let sql = cursor
        .fitting(sql)
        .when(cursor.after.is_some(), "AND (t.due_on, COALESCE(t.due_at, 1440), t.id) > ($3, $4, $5)")
        .and("ORDER BY t.due_on, COALESCE(t.due_at, 1440), t.id LIMIT $6");
    let (day, minute, id) =
        cursor.after.map_or((None, None, None), |(day, minute, id)| (Some(day), Some(minute), Some(id)));
    let rows: Vec<ExportRow> =
        tx.query(sql).bind(owner).bind(day).bind(minute).bind(id).bind(ROWS).all().await?;
    if let Some(last) = rows.last() {
        cursor.after = Some((last.due_on, last.due_at.unwrap_or(DAY), last.id));
    }
    Ok(rows)
}

/// How many tasks the export will have.
///
/// # Errors
/// `Internal` only.
pub async fn count_all(tx: &mut Tx, cursor: &ExportCursor) -> Result<i64> {
    let owner = cursor.whose.owner(tx.actor().unit());
    let (number,): (i64,) = tx.query(cursor.fitting(Sql::new("SELECT COUNT(*)"))).bind(owner).one().await?;
    Ok(number)
}
