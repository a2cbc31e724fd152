//! Reads the list of deals page by page to its end, with all facts, for an export. The filter, the reach and the order
//! are those of the list on the page.

use crate::deals::model::{DealFacts, Status};
use crate::deals::store::FACTS;
use crate::deals::store::list::{Asked, ON_PAGE, page as page_of, way};
use crate::deals::view::DealQuery;
use crate::error::Result;
use crate::export::stream::ROWS;
use crate::id::{CustomerId, DealId};
use crate::server::db::Tx;

/// How far the export has come.
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
    #[sqlx(flatten)]
    pub facts: DealFacts,
    /// `None` where the person asking may not see the customer; the same for the next field.
    pub seen_customer: Option<CustomerId>,
    pub customer: Option<String>,
    pub pipeline: String,
    pub stage: String,
    pub status: Status,
    pub product: Option<String>,
    pub owner: String,
}

/// The next deals; empty at the end.
///
/// # Errors
/// `Internal` only.
pub async fn page(tx: &mut Tx, cursor: &mut ExportCursor) -> Result<Vec<ExportRow>> {
    let asked = Asked::of(tx, &cursor.query).await?;
    let way = way(tx, &asked).await?;
    let sql = page_of(way, &asked, false).and(
        "SELECT d.id, c.id AS seen_customer, c.name AS customer, \
             (SELECT name FROM pipelines WHERE id = s.pipeline_id) AS pipeline, s.name AS stage, s.status, \
             (SELECT name FROM products WHERE id = d.product_id) AS product, u.name AS owner,",
    );
    let sql = sql.and(FACTS);
    let statement = tx.query(sql.and(ON_PAGE).and("ORDER BY d.id DESC"));
    let rows: Vec<ExportRow> = asked.bind_page(statement, cursor.query.after, ROWS).all().await?;
    cursor.query.after = rows.last().map(|row| row.id).or(cursor.query.after);
    Ok(rows)
}
