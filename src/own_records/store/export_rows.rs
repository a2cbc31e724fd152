//! Reads the list of own records of a kind for an export, page by page to its end, with all facts. Filter, reach and
//! order are those of the list on the page.

use super::super::model::OwnRecordFacts;
use super::super::view::OwnQuery;
use super::FACTS;
use super::list::{self, Asked};
use crate::error::Result;
use crate::export::stream::ROWS;
use crate::id::{CustomerId, OwnRecordId};
use crate::server::db::Tx;
use crate::server::place::Behind;

/// How far the export is.
pub struct ExportCursor {
    pub query: OwnQuery,
    way: Option<list::Found>,
    after: Option<Behind>,
}

impl ExportCursor {
    #[must_use]
    pub fn new(query: OwnQuery) -> Self {
        Self { query, way: None, after: None }
    }
}

/// A record with the names for its row in the file; `seen_customer` is its customer's id, if the customer is in reach.
#[derive(sqlx::FromRow)]
pub struct ExportRow {
    pub id: OwnRecordId,
    pub owner: String,
    pub customer: Option<String>,
    pub seen_customer: Option<CustomerId>,
    #[sqlx(flatten)]
    pub facts: OwnRecordFacts,
    sort_key: Vec<u8>,
}

/// The next records; empty at the end.
///
/// # Errors
/// `Internal` only.
pub async fn page(tx: &mut Tx, cursor: &mut ExportCursor) -> Result<Vec<ExportRow>> {
    let asked = Asked::of(tx, &cursor.query).await?;
    let way = match cursor.way {
        Some(way) => way,
        None => *cursor.way.insert(list::way(tx, &asked).await?),
    };
    let sql = list::page_of(way, &asked, cursor.after.is_some(), false)
        .and("SELECT o.id, o.sort_key, (SELECT name FROM units WHERE id = o.owner_id) AS owner,")
        .and("c.id AS seen_customer, c.name AS customer,")
        .and(FACTS)
        .and(
            "FROM page p CROSS JOIN own_records o \
             LEFT JOIN customers c ON c.id = o.customer_id AND c.deleted_at IS NULL \
                 AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
             WHERE o.id = p.id ORDER BY o.sort_key, o.id",
        );
    let Behind { key, id } = cursor.after.clone().unwrap_or_default();
    let statement = asked.bind(tx.query(sql)).bind(key).bind(id).bind(ROWS).bind(0_i64);
    let rows: Vec<ExportRow> = asked.conditions.bind(statement).all().await?;
    if let Some(last) = rows.last() {
        cursor.after = Some(Behind { key: last.sort_key.clone(), id: last.id.0 });
    }
    Ok(rows)
}
