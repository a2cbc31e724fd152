//! Searches own records by a typed text, for pickers and the palette: the first matches. What matches is decided as in
//! the search of the list (`words`).

use super::list::{MANY, list};
use super::words::Words;
use crate::error::Result;
use crate::id::{KindNr, OwnRecordId};
use crate::own_kinds::store::all;
use crate::own_records::view::{OwnQuery, OwnRow};
use crate::server::db::Tx;
use crate::server::sql::Sql;

/// A record that was found, with the name of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundRecord {
    pub id: OwnRecordId,
    pub name: String,
    pub kind: String,
}

/// The first records by name that match the text, of this kind or of all kinds; at most `most`.
///
/// # Errors
/// `Internal` only.
pub async fn found(tx: &mut Tx, kind: Option<KindNr>, typed: &str, most: i64) -> Result<Vec<FoundRecord>> {
    let words = Words::of(typed);
    let kinds = all(tx).await?;
    let role = tx.actor().role;
    let some_hidden = kinds.iter().any(|kind| !kind.facts.may_see(role));
    if words.is_empty() || kinds.iter().all(|kind| !kind.facts.may_see(role)) {
        return Ok(Vec::new());
    }
    let sql = Sql::new("SELECT o.id, o.name, o.kind_number");
    let sql = if words.has_index() {
        // If very many match, only those that the index finds first are looked at: any of them will do.
        words
            .hit(sql.and("FROM (SELECT c.id"))
            .and(
                "AND c.deleted_at IS NULL AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
            )
            // Records of hidden kinds must not take places among these.
            .when(some_hidden, "AND (SELECT q.kind_number FROM own_records q WHERE q.id = c.id)")
            .when(some_hidden, "NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1)")
            .and("LIMIT $10) h CROSS JOIN own_records o WHERE o.id = h.id AND o.deleted_at IS NULL")
    } else {
        sql.and("FROM own_records o WHERE o.deleted_at IS NULL")
            .and("AND o.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)")
    };
    let sql = sql.and("AND o.kind_number NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1)");
    let sql = words.narrow(sql.when(kind.is_some(), "AND o.kind_number = $2"));
    let sql = sql.and("ORDER BY o.sort_key, o.id LIMIT $11");
    let statement = words.bind(tx.query(sql).bind(kind).bind(None::<i64>));
    let rows: Vec<(OwnRecordId, String, KindNr)> = statement.bind(MANY).bind(most).all().await?;
    let locale = tx.actor().locale;
    let called = |nr: KindNr| {
        let kind = kinds.iter().find(|kind| kind.nr == nr);
        kind.map(|kind| kind.facts.one(locale).to_owned()).unwrap_or_default()
    };
    Ok(rows.into_iter().map(|(id, name, nr)| FoundRecord { id, name, kind: called(nr) }).collect())
}

/// The same for one kind; the first of the list if nothing was typed.
///
/// # Errors
/// `NotFound` for a kind that does not exist or is hidden.
pub async fn first(tx: &mut Tx, kind: KindNr, typed: &str, most: i64) -> Result<Vec<FoundRecord>> {
    if !Words::of(typed).is_empty() {
        return found(tx, Some(kind), typed, most).await;
    }
    let limit = u32::try_from(most).unwrap_or_default();
    let page = list(tx, &OwnQuery { kind: Some(kind), limit, ..OwnQuery::default() }).await?;
    let named = |row: OwnRow| FoundRecord { id: row.id, name: row.name, kind: String::new() };
    Ok(page.rows.into_iter().map(named).collect())
}
