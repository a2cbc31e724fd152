//! The list of customers and its search. Only the index decides which customers stand on a page; their rows are read for the page alone.
//! Which way is quickest depends on how much there is: who sees few customers begins with their owners; who sees many walks the list in its
//! order; words that are typed are asked of the search index.

use super::super::model::{CustomerChoice, CustomerKind, CustomerRow, LARGEST_PAGE, ListWish, Page, Tally};
use super::words::Words;
use crate::error::{Error, Result};
use crate::i18n::{Locale, fold};
use crate::id::CustomerId;
use crate::server::db::Tx;
use crate::server::engine::Query;
use crate::server::sql::Sql;
use crate::server::text::sort_key;
use sqlx::types::Json;
use std::fmt::Write as _;

/// What the ways depend on. It decides how quick a search is, not what is found.
#[derive(Clone, Copy)]
pub(crate) struct Sizes {
    /// Who sees no more customers than this begins with their owners.
    pub few: i64,
    /// What more customers than this have in common is first looked for at the next place in the list.
    pub many: i64,
    /// How far it is looked for there.
    pub near: i64,
}

const SIZES: Sizes = Sizes { few: 20_000, many: 3_000, near: 3_000 };
/// What a search finds is counted so far, and what there is in all.
const COUNTED: i64 = 1_000;
const COUNTED_OF_ALL: i64 = 50_000;
const CHOICES: usize = 8;
/// The contacts of so many customers are looked at.
const LOOKED_AT: i64 = 60;
/// No limit.
const ALL: i64 = i64::MAX;

/// How the statement is to go about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Begin with the owners in reach.
    Owners,
    /// Walk the list in its order.
    Walk,
    /// Begin with the search index; where the words are none that it knows, like [`Way::Walk`].
    Index,
}

#[derive(sqlx::FromRow)]
struct Number {
    number: i64,
}

/// The way to the list where nothing is asked of the search index.
pub(super) async fn way(tx: &mut Tx) -> Result<Way> {
    way_for(tx, SIZES.few).await
}

async fn way_for(tx: &mut Tx, few: i64) -> Result<Way> {
    let seen: Number = tx
        .query(
            "SELECT COUNT(*) AS number FROM (SELECT 1 AS one FROM customers WHERE deleted_at IS NULL \
             AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) LIMIT $2) AS few",
        )
        .bind(few + 1)
        .one()
        .await?;
    Ok(if seen.number <= few { Way::Owners } else { Way::Walk })
}

/// The customers in reach that fit, as `c`, still without order.
pub(super) fn fitting(sql: Sql, way: Way, words: &Words) -> Sql {
    // The planner of SQLite knows nothing of how many rows each person sees: `IN` lets it begin with the owners, a join
    // written so keeps it on the order of the list.
    let sql = match way {
        Way::Owners => sql
            .and("FROM customers c WHERE c.deleted_at IS NULL")
            .and("AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)"),
        Way::Walk | Way::Index => sql
            .and("FROM customers c CROSS JOIN reach r WHERE c.deleted_at IS NULL")
            .and("AND r.viewer_id = $1 AND r.unit_id = c.owner_id"),
    };
    words.in_rows(sql, true)
}

/// Begins a statement with the customers of one page, in order: `page (id, sort_key, found)`. Behind the [`Place`] (`$9`, `$10`), at most
/// `$11` of them. The search index, or the walk where it ends `near`, looks at `$12`; `found` is how many the index found.
fn page_by(way: Way, near: bool, words: &Words, placed: bool) -> Sql {
    const BEHIND: &str = "AND (c.sort_key, c.id) > ($9, $10)";
    const ORDERED: &str = "ORDER BY c.sort_key, c.id LIMIT $11)";
    if way == Way::Index && words.has_index() {
        let found = Sql::new(
            "WITH found AS MATERIALIZED (SELECT c.id, c.sort_key, c.owner_id FROM customers_search c WHERE c.deleted_at IS NULL",
        );
        return words
            .in_rows(words.in_index(found), false)
            .and("LIMIT $12), page AS MATERIALIZED (SELECT c.id, c.sort_key, (SELECT COUNT(*) FROM found) AS found FROM found c")
            .and("WHERE c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)")
            .when(placed, BEHIND)
            .and(ORDERED);
    }
    let page = Sql::new("WITH page AS MATERIALIZED (SELECT c.id, c.sort_key, CAST(0 AS BIGINT) AS found");
    fitting(page, way, words)
        .when(placed, BEHIND)
        .when(near, "AND c.sort_key <= (SELECT n.sort_key FROM (SELECT c.sort_key FROM customers c WHERE c.deleted_at IS NULL")
        .when(near && placed, BEHIND)
        .when(near, "ORDER BY c.sort_key, c.id LIMIT $12) AS n ORDER BY n.sort_key DESC LIMIT 1)")
        .and(ORDERED)
}

/// A place in the order of the list.
type Place = (Vec<u8>, CustomerId);

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
    found: i64,
}

/// A part of the list.
///
/// # Errors
/// `BadRequest` for a place in the list that is none.
pub async fn list(tx: &mut Tx, wish: &ListWish) -> Result<Page> {
    list_within(tx, wish, SIZES).await
}

/// The same by other sizes.
pub(crate) async fn list_within(tx: &mut Tx, wish: &ListWish, sizes: Sizes) -> Result<Page> {
    let way = way_for(tx, sizes.few).await?;
    if !Words::of(&wish.search).has_index() {
        return list_by(tx, wish, way).await;
    }
    // Of what many have in common, little may be theirs: nothing is saved by looking at a part of it.
    if way == Way::Walk {
        let rows = rows_by(tx, wish, Way::Index, Some(sizes.many + 1)).await?;
        match rows.first() {
            Some(row) if row.found <= sizes.many => return Ok(page_of(rows, wish)),
            Some(_) => {
                let near = rows_by(tx, wish, Way::Walk, Some(sizes.near)).await?;
                if near.len() > size(wish) {
                    return Ok(page_of(near, wish));
                }
            }
            // Nothing of what was looked at is theirs and behind their place; something else may be.
            None => {}
        }
    }
    list_by(tx, wish, Way::Index).await
}

/// The same by one way: all ways find the same.
pub(crate) async fn list_by(tx: &mut Tx, wish: &ListWish, way: Way) -> Result<Page> {
    Ok(page_of(rows_by(tx, wish, way, None).await?, wish))
}

fn size(wish: &ListWish) -> usize {
    wish.limit.clamp(1, LARGEST_PAGE) as usize
}

/// The rows of a page and one more, if there is one. Of no more than `looked_at`.
async fn rows_by(tx: &mut Tx, wish: &ListWish, way: Way, looked_at: Option<i64>) -> Result<Vec<ListRow>> {
    let words = Words::of(&wish.search);
    let place = match (&wish.after, &wish.letter) {
        (Some(after), _) => Some(cursor_of(after).ok_or(Error::BadRequest)?),
        (None, Some(letter)) => {
            Some((sort_key(&fold::lower(letter, Locale::Tr)), CustomerId(uuid::Uuid::nil())))
        }
        (None, None) => None,
    };
    let sql = page_by(way, looked_at.is_some(), &words, place.is_some()).and(
        "SELECT c.id, c.kind, c.name, c.city, c.phones, p.sort_key, (SELECT name FROM units WHERE id = c.owner_id) AS owner, \
             (SELECT COUNT(*) FROM deals d JOIN stages s ON s.id = d.stage_id \
              WHERE d.customer_id = c.id AND d.deleted_at IS NULL AND s.status = 'open' \
                AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)) AS open_deals, p.found \
         FROM page p JOIN customers c ON c.id = p.id ORDER BY p.sort_key, p.id",
    );
    let limit = i64::try_from(size(wish)).unwrap_or_default() + 1;
    Ok(bind(tx.query(sql), &words, place, limit, looked_at).all().await?)
}

fn bind<'c>(
    query: Query<'c>,
    words: &Words,
    place: Option<Place>,
    limit: i64,
    looked_at: Option<i64>,
) -> Query<'c> {
    let (key, id) = place.unwrap_or((Vec::new(), CustomerId(uuid::Uuid::nil())));
    words.bind(query).bind(key).bind(id).bind(limit).bind(looked_at.unwrap_or(ALL))
}

fn page_of(mut rows: Vec<ListRow>, wish: &ListWish) -> Page {
    let more = rows.len() > size(wish);
    rows.truncate(size(wish));
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
    Page { rows: rows.collect(), next }
}

/// How many customers there are in reach, or how many fit a search; both are counted only so far.
///
/// # Errors
/// `Internal` only.
pub async fn count(tx: &mut Tx, search: &str) -> Result<Tally> {
    let words = Words::of(search);
    let way = if words.is_empty() {
        Way::Owners
    } else if words.has_index() {
        Way::Index
    } else {
        way(tx).await?
    };
    count_by(tx, search, way).await
}

/// The same by one way: all ways count the same.
pub(crate) async fn count_by(tx: &mut Tx, search: &str, way: Way) -> Result<Tally> {
    let words = Words::of(search);
    let most = if words.is_empty() { COUNTED_OF_ALL } else { COUNTED };
    let sql = Sql::new("SELECT COUNT(*) AS number FROM (SELECT 1 AS one");
    let sql = if way == Way::Index && words.has_index() {
        let sql = sql
            .and("FROM customers_search c WHERE c.deleted_at IS NULL")
            .and("AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)");
        words.in_rows(words.in_index(sql), false)
    } else {
        fitting(sql, way, &words)
    };
    let sql = sql.and("LIMIT $9) AS few");
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
    let way = if words.has_index() { Way::Index } else { way(tx).await? };
    let sql = page_by(way, false, &words, false).and(
        "SELECT k.name, k.phone, c.id AS customer_id, c.name AS customer FROM page p JOIN customers c ON c.id = p.id \
         JOIN contacts k ON k.customer_id = p.id ORDER BY p.sort_key, p.id, k.place",
    );
    Ok(bind(tx.query(sql), &words, None, LOOKED_AT, None).all().await?)
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
