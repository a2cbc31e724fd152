//! The list of customers and its search. Which way is quickest depends on how much there is: who sees few customers has them all looked
//! at; who sees many walks the list in its order, or, when the words are rare, begins with the search index.

use super::super::model::{CustomerChoice, CustomerKind, CustomerRow, LARGEST_PAGE, ListWish, Page, Tally};
use super::words::Words;
use crate::error::{Error, Result};
use crate::i18n::{Locale, fold};
use crate::id::CustomerId;
use crate::server::db::Tx;
use crate::server::sql::Sql;
use crate::server::text::sort_key;
use sqlx::types::Json;
use std::fmt::Write as _;

/// Up to so many customers in reach are looked at one by one.
const FEW: i64 = 10_000;
/// Words found more often than this are not rare: the list is walked in its order and the page is soon full.
const RARE: i64 = 2_000;
/// What a search finds is counted so far.
const COUNTED: i64 = 1_000;
const CHOICES: usize = 8;
/// The contacts of so many customers are looked at.
const LOOKED_AT: i64 = 60;

/// How the statement is to go about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Look at everything in reach.
    Few,
    /// Walk the list in its order.
    Walk,
    /// Begin with the search index.
    Index,
}

#[derive(sqlx::FromRow)]
struct Number {
    number: i64,
}

pub(super) async fn way(tx: &mut Tx, words: &Words) -> Result<Way> {
    let seen: Number = tx
        .query(
            "SELECT COUNT(*) AS number FROM (SELECT 1 AS one FROM customers WHERE deleted_at IS NULL \
             AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) LIMIT $2) AS few",
        )
        .bind(FEW + 1)
        .one()
        .await?;
    if seen.number <= FEW {
        return Ok(Way::Few);
    }
    if words.start.is_some() {
        return Ok(Way::Index);
    }
    if !words.has_index() {
        return Ok(Way::Walk);
    }
    let sql = Sql::new("SELECT COUNT(*) AS number FROM (SELECT 1 AS one FROM customers_search WHERE 1 = 1");
    let sql = words.in_index(sql).and("LIMIT $8) AS few WHERE EXISTS (SELECT 1 FROM people WHERE id = $1)");
    let found: Number = words.bind(tx.query(sql)).bind(RARE + 1).one().await?;
    Ok(if found.number > RARE { Way::Walk } else { Way::Index })
}

/// The customers in reach that fit, as `c`, still without order.
pub(super) fn fitting(sql: Sql, way: Way, words: &Words) -> Sql {
    // The planner of SQLite knows nothing of how many rows each person sees: `IN` lets it begin with the owners, a join
    // written so keeps it on the order of the list.
    let sql = match way {
        Way::Few => sql
            .and("FROM customers c WHERE c.deleted_at IS NULL")
            .and("AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)"),
        Way::Walk | Way::Index => sql
            .and("FROM customers c CROSS JOIN reach r WHERE c.deleted_at IS NULL")
            .and("AND r.viewer_id = $1 AND r.unit_id = c.owner_id"),
    };
    if way == Way::Index && words.has_index() {
        let sql =
            words.in_index(sql.and("AND c.id IN (SELECT id FROM customers_search WHERE 1 = 1")).and(")");
        words.in_rows(sql, false)
    } else {
        words.in_rows(sql, true)
    }
}

#[derive(sqlx::FromRow)]
struct ListRow {
    id: CustomerId,
    kind: CustomerKind,
    name: String,
    city: String,
    phones: Json<Vec<String>>,
    owner: String,
    open_deals: i64,
    sort_key: Vec<u8>,
}

/// A part of the list.
///
/// # Errors
/// `BadRequest` for a place in the list that is none.
pub async fn list(tx: &mut Tx, wish: &ListWish) -> Result<Page> {
    let way = way(tx, &Words::of(&wish.search)).await?;
    list_by(tx, wish, way).await
}

/// The same by one way: all ways find the same.
pub(crate) async fn list_by(tx: &mut Tx, wish: &ListWish, way: Way) -> Result<Page> {
    let words = Words::of(&wish.search);
    let limit = wish.limit.clamp(1, LARGEST_PAGE);
    let place = match (&wish.after, &wish.letter) {
        (Some(after), _) => Some(cursor_of(after).ok_or(Error::BadRequest)?),
        (None, Some(letter)) => {
            Some((sort_key(&fold::lower(letter, Locale::Tr)), CustomerId(uuid::Uuid::nil())))
        }
        (None, None) => None,
    };
    // The page first, then what its rows show: the sums of deals are not counted for rows that nobody sees.
    let sql = Sql::new(
        "SELECT p.id, p.kind, p.name, p.city, p.phones, p.sort_key, (SELECT name FROM units WHERE id = p.owner_id) AS owner, \
             (SELECT COUNT(*) FROM deals d JOIN stages s ON s.id = d.stage_id \
              WHERE d.customer_id = p.id AND d.deleted_at IS NULL AND s.status = 'open' \
                AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)) AS open_deals \
         FROM (SELECT c.id, c.kind, c.name, c.city, c.phones, c.sort_key, c.owner_id",
    );
    let sql = fitting(sql, way, &words)
        .when(place.is_some(), "AND (c.sort_key, c.id) > ($8, $9)")
        .and("ORDER BY c.sort_key, c.id LIMIT $10) AS p ORDER BY p.sort_key, p.id");
    let (key, id) = place.unwrap_or((Vec::new(), CustomerId(uuid::Uuid::nil())));
    let query = words.bind(tx.query(sql)).bind(key).bind(id).bind(i64::from(limit) + 1);
    let mut rows: Vec<ListRow> = query.all().await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|last| cursor_text(&last.sort_key, last.id));
    let rows = rows.into_iter().map(|row| CustomerRow {
        id: row.id,
        kind: row.kind,
        name: row.name,
        city: row.city,
        phone: row.phones.0.into_iter().next().unwrap_or_default(),
        owner: row.owner,
        open_deals: row.open_deals,
    });
    Ok(Page { rows: rows.collect(), next })
}

/// How many customers there are in reach, or how many fit a search, which is counted only so far.
///
/// # Errors
/// `Internal` only.
pub async fn count(tx: &mut Tx, search: &str) -> Result<Tally> {
    let words = Words::of(search);
    let way = if words.is_empty() { Way::Few } else { way(tx, &words).await? };
    count_by(tx, search, way).await
}

/// The same by one way: all ways count the same.
pub(crate) async fn count_by(tx: &mut Tx, search: &str, way: Way) -> Result<Tally> {
    let words = Words::of(search);
    let most = if words.is_empty() { i64::from(u32::MAX) } else { COUNTED };
    let sql = if way != Way::Few && words.has_index() {
        // Counting needs no order: the search index is followed only until enough is found.
        let sql = Sql::new(
            "SELECT COUNT(*) AS number FROM (SELECT 1 AS one FROM (SELECT id FROM customers_search WHERE 1 = 1",
        );
        let sql = words
            .in_index(sql)
            .and(
                ") AS s CROSS JOIN customers c CROSS JOIN reach r WHERE c.id = s.id AND c.deleted_at IS NULL",
            )
            .and("AND r.viewer_id = $1 AND r.unit_id = c.owner_id");
        words.in_rows(sql, false)
    } else {
        fitting(Sql::new("SELECT COUNT(*) AS number FROM (SELECT 1 AS one"), way, &words)
    };
    let sql = sql.and("LIMIT $8) AS few");
    let found: Number = words.bind(tx.query(sql)).bind(most + 1).one().await?;
    Ok(Tally { number: u32::try_from(found.number.min(most)).unwrap_or(u32::MAX), more: found.number > most })
}

/// The best few customers for what was typed: first those whose name begins with it.
///
/// # Errors
/// `Internal` only.
pub async fn choices(tx: &mut Tx, typed: &str) -> Result<Vec<CustomerChoice>> {
    let mut best = Vec::new();
    let key = fold::search_key(typed);
    if !key.is_empty() {
        let until = [key.as_bytes(), &[0xff]].concat();
        best = tx
            .query(
                "SELECT id, name, city FROM customers WHERE deleted_at IS NULL AND name_key >= $2 AND name_key < $3 \
                 AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) ORDER BY name_key, id LIMIT $4",
            )
            .bind(key.into_bytes())
            .bind(until)
            .bind(i64::try_from(CHOICES).unwrap_or_default())
            .all::<CustomerChoice>()
            .await?;
    }
    if best.len() < CHOICES {
        let wish = ListWish { search: typed.to_owned(), limit: 2 * CHOICES as u32, ..ListWish::default() };
        let others = list(tx, &wish).await?.rows;
        let others: Vec<_> =
            others.into_iter().filter(|row| best.iter().all(|known| known.id != row.id)).collect();
        best.extend(others.into_iter().map(|row| CustomerChoice {
            id: row.id,
            name: row.name,
            city: row.city,
        }));
        best.truncate(CHOICES);
    }
    Ok(best)
}

/// A contact of a customer in reach.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct NamedContact {
    pub name: String,
    pub phone: String,
    pub customer_id: CustomerId,
    pub customer: String,
}

/// The contacts of the first customers that fit what was typed, in the order of the list: a customer is found by its contacts, too.
///
/// # Errors
/// `Internal` only.
pub async fn contacts(tx: &mut Tx, typed: &str) -> Result<Vec<NamedContact>> {
    let words = Words::of(typed);
    let way = way(tx, &words).await?;
    let sql = Sql::new(
        "SELECT k.name, k.phone, p.id AS customer_id, p.name AS customer FROM contacts k \
         JOIN (SELECT c.id, c.name, c.sort_key",
    );
    let sql = fitting(sql, way, &words).and(
        "ORDER BY c.sort_key, c.id LIMIT $8) AS p ON p.id = k.customer_id ORDER BY p.sort_key, p.id, k.place",
    );
    Ok(words.bind(tx.query(sql)).bind(LOOKED_AT).all().await?)
}

/// A place in the list, as addresses carry it: the order key in hex, a dot, the id.
fn cursor_text(key: &[u8], id: CustomerId) -> String {
    let mut text = String::with_capacity(key.len() * 2 + 37);
    for byte in key {
        let _ = write!(text, "{byte:02x}");
    }
    let _ = write!(text, ".{id}");
    text
}

fn cursor_of(text: &str) -> Option<(Vec<u8>, CustomerId)> {
    let (hex, id) = text.split_once('.')?;
    if hex.len() % 2 != 0 || !hex.is_ascii() {
        return None;
    }
    let key = (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).ok())
        .collect::<Option<_>>()?;
    Some((key, id.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_list_survives_its_address() {
        let id = CustomerId(uuid::Uuid::now_v7());
        for key in [vec![], vec![0, 1, 255], sort_key("Şirket")] {
            assert_eq!(cursor_of(&cursor_text(&key, id)), Some((key, id)));
        }
        for bad in [
            "",
            ".",
            "0.x",
            "zz.00000000-0000-0000-0000-000000000000",
            "é1.00000000-0000-0000-0000-000000000000",
        ] {
            assert_eq!(cursor_of(bad), None, "{bad}");
        }
    }
}
