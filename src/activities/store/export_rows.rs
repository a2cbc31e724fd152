//! Reads all activities in reach page by page to their end, for an export. They come in the order of their ids, which
//! is the order in which they were logged: the only order that needs no index of its own.

use crate::activities::model::{ActivityKind, Direction, Outcome};
use crate::error::Result;
use crate::export::stream::ROWS;
use crate::id::{ActivityId, CustomerId, DealId, OwnRecordId};
use crate::server::db::Tx;
use crate::server::sql::Sql;
use chrono::{DateTime, Utc};

#[derive(sqlx::FromRow)]
pub struct ExportRow {
    pub id: ActivityId,
    pub kind: ActivityKind,
    pub at: DateTime<Utc>,
    pub person: String,
    pub contact: String,
    pub direction: Option<Direction>,
    pub outcome: Option<Outcome>,
    pub result: String,
    pub content: String,
    /// `None` where the person asking may not see the customer; the same for the next field.
    pub customer_id: Option<CustomerId>,
    pub customer: Option<String>,
    pub deal_id: Option<DealId>,
    pub deal: Option<String>,
    pub record_id: Option<OwnRecordId>,
    pub record: Option<String>,
}

/// Whoever sees the record that an activity hangs on (its deal or own record, else its customer) sees the activity.
const ACTIVITIES: &str = "FROM activities a \
     LEFT JOIN customers c ON c.id = a.customer_id AND c.deleted_at IS NULL \
         AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
     LEFT JOIN deals d ON d.id = a.deal_id AND d.deleted_at IS NULL \
         AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
     LEFT JOIN own_records o ON o.id = a.record_id AND o.deleted_at IS NULL \
         AND o.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
         AND o.kind_number NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1) \
     WHERE a.deleted_at IS NULL AND (d.id IS NOT NULL OR o.id IS NOT NULL \
         OR (a.deal_id IS NULL AND a.record_id IS NULL AND c.id IS NOT NULL))";

/// The next activities; empty at the end.
///
/// # Errors
/// `Internal` only.
pub async fn page(tx: &mut Tx, after: Option<ActivityId>) -> Result<Vec<ExportRow>> {
    let sql = Sql::new(
        "SELECT a.id, a.kind, a.at, (SELECT name FROM units WHERE id = a.person_id) AS person, a.contact, a.direction, \
         a.outcome, a.result, a.content, c.id AS customer_id, c.name AS customer, d.id AS deal_id, d.title AS deal, \
             o.id AS record_id, o.name AS record",
    );
    let sql = sql.and(ACTIVITIES).when(after.is_some(), "AND a.id > $2").and("ORDER BY a.id LIMIT $3");
    Ok(tx.query(sql).bind(after).bind(ROWS).all().await?)
}

/// How many activities the export will have.
///
/// # Errors
/// `Internal` only.
pub async fn count_all(tx: &mut Tx) -> Result<i64> {
    let (number,): (i64,) = tx.query(Sql::new("SELECT COUNT(*)").and(ACTIVITIES)).one().await?;
    Ok(number)
}
