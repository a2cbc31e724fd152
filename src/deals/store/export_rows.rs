//! The list of deals page by page to its end, with all of their facts, for a file. The filter, the reach and the order
//! are those of the list on the page.

use crate::deals::model::Status;
use crate::deals::store::list::{ON_PAGE, Words, bind, page as page_of, way};
use crate::deals::view::DealQuery;
use crate::error::Result;
use crate::export::stream::ROWS;
use crate::i18n::Currency;
use crate::id::{CustomerId, DealId};
use crate::server::db::Tx;
use chrono::NaiveDate;

/// How far one is.
pub struct ExportCursor {
    pub query: DealQuery,
}

impl ExportCursor {
    #[must_use]
    pub fn new(query: DealQuery) -> Self {
        Self { query }
    }
}

#[derive(sqlx::FromRow)]
pub struct ExportRow {
    pub id: DealId,
    pub title: String,
    /// Both where the person asking may see the customer.
    pub customer_id: Option<CustomerId>,
    pub customer: Option<String>,
    pub pipeline: String,
    pub stage: String,
    pub status: Status,
    pub amount: Option<i64>,
    pub currency: Currency,
    pub product: Option<String>,
    pub source: String,
    pub contract: bool,
    pub opened_on: NaiveDate,
    pub expected_on: Option<NaiveDate>,
    pub closed_on: Option<NaiveDate>,
    pub lost_reason: String,
    pub note: String,
    pub owner: String,
}

/// The next deals; none at the end.
///
/// # Errors
/// `Internal` only.
pub async fn page(tx: &mut Tx, cursor: &mut ExportCursor) -> Result<Vec<ExportRow>> {
    let words = Words::of(&cursor.query.search);
    let way = way(tx, &cursor.query, &words).await?;
    let sql = page_of(way, &cursor.query, &words).and(
        "SELECT d.id, d.title, c.id AS customer_id, c.name AS customer, \
             (SELECT name FROM pipelines WHERE id = s.pipeline_id) AS pipeline, s.name AS stage, s.status, d.amount, d.currency, \
             (SELECT name FROM products WHERE id = d.product_id) AS product, d.source, d.contract, d.opened_on, d.expected_on, \
             d.closed_on, d.lost_reason, d.note, u.name AS owner",
    );
    let statement = bind(tx.query(sql.and(ON_PAGE).and("ORDER BY d.id DESC")), &cursor.query, &words)
        .bind(cursor.query.after)
        .bind(ROWS);
    let rows: Vec<ExportRow> = statement.all().await?;
    cursor.query.after = rows.last().map(|row| row.id).or(cursor.query.after);
    Ok(rows)
}
