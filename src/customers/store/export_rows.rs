//! Reads the list of customers page by page to its end, with all facts, for an export. The filter, the reach and the
//! order are those of the list on the page.

use super::super::model::{CustomerFacts, CustomerQuery};
use super::FACTS;
use super::contacts;
use super::list::fitting;
use super::way::{Way, way};
use super::words::Words;
use crate::error::Result;
use crate::export::stream::ROWS;
use crate::fields::FieldsOf;
use crate::filters::store::Conditions;
use crate::id::CustomerId;
use crate::server::db::Tx;
use crate::server::sql::Sql;

/// How far the export has come.
pub struct ExportCursor {
    pub query: CustomerQuery,
    way: Option<Way>,
    after: Option<(Vec<u8>, CustomerId)>,
}

impl ExportCursor {
    #[must_use]
    pub fn new(query: CustomerQuery) -> Self {
        Self { query, way: None, after: None }
    }
}

#[derive(sqlx::FromRow)]
pub struct ExportRow {
    pub id: CustomerId,
    pub owner: String,
    #[sqlx(flatten)]
    pub facts: CustomerFacts,
    contact_count: i64,
    sort_key: Vec<u8>,
}

/// The next customers; empty at the end.
///
/// # Errors
/// `Internal` only.
pub async fn page(tx: &mut Tx, cursor: &mut ExportCursor) -> Result<Vec<ExportRow>> {
    let words = Words::of(&cursor.query.search);
    let conditions = Conditions::of(tx, FieldsOf::Customer, &cursor.query.filter).await?;
    let way = match cursor.way {
        Some(way) => way,
        None => *cursor.way.insert(way(tx).await?),
    };
    let sql = Sql::new("SELECT c.id, (SELECT name FROM units WHERE id = c.owner_id) AS owner, c.sort_key,")
        .and(FACTS)
        .and(", (SELECT COUNT(*) FROM contacts k WHERE k.customer_id = c.id) AS contact_count");
    let sql = fitting(sql, way, (&words, &conditions), 12)
        .when(cursor.after.is_some(), "AND (c.sort_key, c.id) > ($9, $10)")
        .and("ORDER BY c.sort_key, c.id LIMIT $11");
    let (key, id) = cursor.after.clone().unwrap_or((Vec::new(), CustomerId(uuid::Uuid::nil())));
    let statement = words.bind(tx.query(sql)).bind(key).bind(id).bind(ROWS);
    let mut rows: Vec<ExportRow> = conditions.bind(statement).all().await?;
    for row in rows.iter_mut().filter(|row| row.contact_count > 0) {
        row.facts.contacts = contacts::read(tx, row.id).await?;
    }
    if let Some(last) = rows.last() {
        cursor.after = Some((last.sort_key.clone(), last.id));
    }
    Ok(rows)
}

/// How many customers the export will have.
///
/// # Errors
/// `Internal` only.
pub async fn count_all(tx: &mut Tx, query: &CustomerQuery) -> Result<i64> {
    let words = Words::of(&query.search);
    let conditions = Conditions::of(tx, FieldsOf::Customer, &query.filter).await?;
    let way = way(tx).await?;
    let sql = fitting(Sql::new("SELECT COUNT(*)"), way, (&words, &conditions), 9);
    let (number,): (i64,) = conditions.bind(words.bind(tx.query(sql))).one().await?;
    Ok(number)
}
