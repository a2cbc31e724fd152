//! The list of customers and its search. A search shows first the customers whose name begins with the typed text, or
//! whose number ends with it, then all other matches. Which customers are on a page is found in indexes alone; full
//! rows are read only for that page. The fastest way depends on the numbers: for somebody who sees few customers,
//! collect those of the owners in reach; for somebody who sees many, walk along the list's order; for words, ask the
//! search index.

use super::super::model::{CustomerKind, CustomerQuery, CustomerRow, LARGEST_PAGE, Page};
use super::place::{Part, Place};
use super::way::{Way, way};
use super::words::{BEGINS, BEGINS_NOT, ENDS, ENDS_NOT, Words};
use crate::customers::phone;
use crate::error::{Error, Result};
use crate::fields::own::store::columns::Columns;
use crate::fields::own::view::ListHead;
use crate::fields::{FieldsOf, OwnValues};
use crate::filters::store::Conditions;
use crate::i18n::{Locale, fold};
use crate::id::CustomerId;
use crate::server::db::Tx;
use crate::server::engine::Query;
use crate::server::sql::Sql;
use crate::server::text::sort_key;
use sqlx::types::Json;

/// The limits that decide between the ways. They change how fast a search is, never what is found.
#[derive(Clone, Copy)]
pub(crate) struct Sizes {
    /// With more matches than this, the next part of the list is searched first.
    pub many: i64,
    /// How many customers that part has.
    pub near: i64,
}

const SIZES: Sizes = Sizes { many: 2_000, near: 3_000 };
/// The value of a limit that limits nothing.
const ALL: i64 = i64::MAX;

/// How far the list is walked in search of a common condition, before the rarest condition's index is used.
const NEAR: i64 = 10_000;

/// The customers in reach, as `c`, not sorted. The conditions' parameters begin at `first`.
fn seen(sql: Sql, way: Way, conditions: &Conditions, first: usize) -> Sql {
    // SQLite's planner does not know how many rows each person sees: with `IN` it begins with the owners, with a join
    // written in this order it keeps walking along the list.
    match way {
        Way::Owners => sql.and(OWN_SQLITE).and(OWN),
        Way::Walk | Way::Index => sql
            .and("FROM customers c CROSS JOIN reach r WHERE c.deleted_at IS NULL")
            .and("AND r.viewer_id = $1 AND r.unit_id = c.owner_id"),
        Way::Conditions => conditions
            .begin(sql, first)
            .and(
                "CROSS JOIN customers c CROSS JOIN reach r WHERE c.id = v.record_id AND c.deleted_at IS NULL",
            )
            .and("AND r.viewer_id = $1 AND r.unit_id = c.owner_id"),
    }
}

/// The customers in reach that match.
pub(super) fn fitting(sql: Sql, way: Way, (words, conditions): (&Words, &Conditions), first: usize) -> Sql {
    let begun = way == Way::Conditions;
    conditions.narrow(words.in_rows(seen(sql, way, conditions, first), true), "c", first, begun)
}

/// The same, where only the keys, the owner and the deletion of `c` are read (all of them in an index).
pub(super) fn fitting_keys(
    sql: Sql,
    way: Way,
    (words, conditions): (&Words, &Conditions),
    first: usize,
) -> Sql {
    if way == Way::Owners && words.has_index() {
        let sql = words.in_rows(sql.per_engine(OWN_SQLITE, OWN_POSTGRES).and(OWN), true);
        return conditions.narrow(sql, "c", first, false);
    }
    fitting(sql, way, (words, conditions), first)
}

/// PostgreSQL finds words among one owner's customers in an index over both; SQLite reads through all of that owner's
/// customers, which are next to each other in the index.
const OWN_SQLITE: &str = "FROM customers c WHERE c.deleted_at IS NULL";
const OWN_POSTGRES: &str = "FROM records_search c WHERE c.kind = 'customer' AND c.deleted_at IS NULL";
const OWN: &str = "AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)";

/// A request for a page of the list.
struct Asked {
    words: Words,
    conditions: Conditions,
    /// The firm's own fields that are columns of the list.
    columns: Columns,
    place: Place,
    /// The number of rows.
    size: usize,
}

impl Asked {
    async fn of(tx: &mut Tx, query: &CustomerQuery) -> Result<Self> {
        let words = Words::of(&query.search);
        let conditions = Conditions::of(tx, FieldsOf::Customer, &query.filter).await?;
        let place = match (&query.after, &query.letter) {
            (Some(after), _) => Place::parse(after).ok_or(Error::BadRequest)?,
            (None, Some(letter)) => {
                let first = (sort_key(&fold::lower(letter, Locale::Tr)), CustomerId(uuid::Uuid::nil()));
                Place { part: Part::Whole, behind: Some(first) }
            }
            (None, None) => Place { part: first_part(&words), behind: None },
        };
        let columns = Columns::of(tx, FieldsOf::Customer).await?;
        Ok(Self { words, conditions, columns, place, size: query.limit.clamp(1, LARGEST_PAGE) as usize })
    }
}

/// The part that a search shows first.
fn first_part(words: &Words) -> Part {
    if words.are_an_end() {
        Part::Ends
    } else if words.have_a_beginning() {
        Part::Begins
    } else {
        Part::Whole
    }
}

/// The first parameter of the conditions in the statement of a page.
const PAGED: usize = 14;

/// Begins a statement with the customers of one page, in order: `page (id, sort_key, found)`. The page begins behind
/// the [`Place`] (`$9`, `$10`) and has at most `$11` rows. `$12` limits how many matches the search index returns, or
/// how many customers are walked over (with `near`); `found` is how many matches the index returned. The parameters of
/// the conditions begin at [`PAGED`].
pub(super) fn page_by(
    way: Way,
    near: bool,
    (words, conditions): (&Words, &Conditions),
    place: &Place,
) -> Sql {
    const BEHIND: &str = "AND (c.sort_key, c.id) > ($9, $10)";
    const ORDERED: &str = "ORDER BY c.sort_key, c.id LIMIT $11)";
    let placed = place.behind.is_some();
    // The condition for the part that is shown; the whole list has none.
    let part = match place.part {
        Part::Ends => Some(ENDS),
        Part::Others if words.are_an_end() => Some(ENDS_NOT),
        Part::Others => Some(BEGINS_NOT),
        Part::Begins | Part::Whole => None,
    };
    let narrowed = |sql: Sql| if let Some(part) = part { sql.and(part) } else { sql };
    if place.part == Part::Begins {
        let page = Sql::new(
            "WITH page AS MATERIALIZED (SELECT c.id, c.name_key AS sort_key, CAST(0 AS BIGINT) AS found",
        );
        return conditions
            .narrow(
                seen(page, way, conditions, PAGED).custom_plan().and(BEGINS),
                "c",
                PAGED,
                way == Way::Conditions,
            )
            .when(placed, "AND (c.name_key, c.id) > ($9, $10)")
            .and("ORDER BY c.name_key, c.id LIMIT $11)");
    }
    if way == Way::Index && words.has_index() {
        let found = Sql::new(
            "WITH found AS MATERIALIZED (SELECT c.id, c.sort_key, c.owner_id FROM records_search c \
             WHERE c.kind = 'customer' AND c.deleted_at IS NULL",
        );
        return narrowed(conditions.narrow(words.in_rows(words.in_index(found), false), "c", PAGED, false))
            .and("LIMIT $12), page AS MATERIALIZED (SELECT c.id, c.sort_key, (SELECT COUNT(*) FROM found) AS found \
                 FROM found c")
            .and("WHERE c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)")
            .when(placed, BEHIND)
            .and(ORDERED);
    }
    let page = Sql::new("WITH page AS MATERIALIZED (SELECT c.id, c.sort_key, CAST(0 AS BIGINT) AS found");
    narrowed(fitting_keys(page, way, (words, conditions), PAGED))
        .when(placed, BEHIND)
        .when(
            near,
            "AND c.sort_key <= (SELECT n.sort_key FROM (SELECT c.sort_key FROM customers c \
             WHERE c.deleted_at IS NULL",
        )
        .when(near && placed, BEHIND)
        .when(near, "ORDER BY c.sort_key, c.id LIMIT $12) AS n ORDER BY n.sort_key DESC LIMIT 1)")
        .and(ORDERED)
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
    /// The number of a contact by which the customer was found.
    contact_phone: Option<String>,
    sort_key: Vec<u8>,
    found: i64,
    own: Option<Json<OwnValues>>,
}

/// A part of the list.
///
/// # Errors
/// `BadRequest` for a cursor that can't be parsed.
pub async fn list(tx: &mut Tx, query: &CustomerQuery) -> Result<Page> {
    let way = way(tx).await?;
    list_by(tx, query, way, Some(SIZES)).await
}

/// Reads the list in one given way; with `sizes`, in another one where that is faster. Every way finds the same.
pub(crate) async fn list_by(
    tx: &mut Tx,
    query: &CustomerQuery,
    way: Way,
    sizes: Option<Sizes>,
) -> Result<Page> {
    let mut asked = Asked::of(tx, query).await?;
    let way = if sizes.is_some() && asked.conditions.are_rare() { Way::Conditions } else { way };
    let first = asked.place.part;
    let mut rows = part_of(tx, &asked, way, asked.size + 1, sizes).await?;
    let begin = rows.len();
    if matches!(first, Part::Begins | Part::Ends) && begin <= asked.size && !asked.words.are_short() {
        asked.place = Place { part: Part::Others, behind: None };
        rows.extend(part_of(tx, &asked, way, asked.size + 1 - begin, sizes).await?);
    }
    let own: Vec<OwnValues> =
        rows.iter_mut().map(|row| row.own.take().map(|own| own.0).unwrap_or_default()).collect();
    let cells = asked.columns.cells(tx, &own).await?;
    let mut page = page_of(rows, (first, begin), &asked);
    for (row, cells) in page.rows.iter_mut().zip(cells) {
        row.cells = cells;
    }
    page.head = ListHead {
        columns: asked.columns.called(tx.actor().locale),
        conditions: std::mem::take(&mut asked.conditions.said),
    };
    Ok(page)
}

/// Rows of the part that is asked for, up to the limit, in the fastest way.
async fn part_of(
    tx: &mut Tx,
    asked: &Asked,
    way: Way,
    limit: usize,
    sizes: Option<Sizes>,
) -> Result<Vec<ListRow>> {
    let by_index = way == Way::Walk && asked.words.has_index() && asked.place.part != Part::Begins;
    match sizes {
        Some(sizes) if by_index => searched(tx, asked, limit, sizes).await,
        Some(_) if way == Way::Walk && asked.conditions.have_index() => filtered(tx, asked, limit).await,
        _ => rows_by(tx, asked, way, limit, None).await,
    }
}

/// The customers that meet the conditions, for somebody who sees many. First looks at the next part of the list, where
/// common conditions are met soon.
async fn filtered(tx: &mut Tx, asked: &Asked, limit: usize) -> Result<Vec<ListRow>> {
    let near = (asked.place.part != Part::Begins).then_some(NEAR);
    let rows = rows_by(tx, asked, Way::Walk, limit, near).await?;
    if near.is_none() || rows.len() == limit {
        return Ok(rows);
    }
    rows_by(tx, asked, Way::Conditions, limit, None).await
}

/// The customers that the search index finds, for somebody who sees many. For a common word it is faster to look
/// through the next part of the list than to sort all matches.
async fn searched(tx: &mut Tx, asked: &Asked, limit: usize, sizes: Sizes) -> Result<Vec<ListRow>> {
    let some = rows_by(tx, asked, Way::Index, limit, Some(sizes.many + 1)).await?;
    match some.first() {
        Some(row) if row.found <= sizes.many => return Ok(some),
        Some(_) => {
            let near = rows_by(tx, asked, Way::Walk, limit, Some(sizes.near)).await?;
            if near.len() == limit {
                return Ok(near);
            }
        }
        // None of the rows looked at is in reach and behind the cursor; there may be others further on.
        None => {}
    }
    rows_by(tx, asked, Way::Index, limit, None).await
}

/// The rows of a page, and one more if there is one. Looks at no more than `looked_at` matches.
async fn rows_by(
    tx: &mut Tx,
    asked: &Asked,
    way: Way,
    limit: usize,
    looked_at: Option<i64>,
) -> Result<Vec<ListRow>> {
    let Asked { words, conditions, place, columns, .. } = asked;
    let sql = page_by(way, looked_at.is_some(), (words, conditions), place).and(
        "SELECT c.id, c.kind, c.name, c.city, c.phones, p.sort_key, (SELECT name FROM units \
         WHERE id = c.owner_id) AS owner, \
             (SELECT COUNT(*) FROM deals d JOIN stages s ON s.id = d.stage_id \
              WHERE d.customer_id = c.id AND d.deleted_at IS NULL AND s.status = 'open' \
                AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)) AS open_deals,",
    );
    let sql = if words.digits().is_some() { sql.and(BY_CONTACT) } else { sql.and("CAST(NULL AS TEXT)") }
        .and("AS contact_phone, p.found,");
    let own = if columns.is_empty() {
        "CAST(NULL AS JSONB)"
    } else {
        "(SELECT n.own FROM records n WHERE n.id = c.id)"
    };
    let sql =
        sql.and(own).and("AS own FROM page p JOIN customers c ON c.id = p.id ORDER BY p.sort_key, p.id");
    let statement = bind(tx.query(sql), words, place, i64::try_from(limit).unwrap_or(ALL), looked_at);
    let statement = statement.bind(words.digits().map(|digits| format!("%{digits}%")));
    Ok(conditions.bind(statement).all().await?)
}

/// The first number of a contact that contains the digits (`$13`).
const BY_CONTACT: &str = "(SELECT k.phone FROM contacts k WHERE k.customer_id = c.id \
     AND REPLACE(k.phone, ' ', '') LIKE $13 ORDER BY k.place LIMIT 1)";

pub(super) fn bind<'c>(
    statement: Query<'c>,
    words: &Words,
    place: &Place,
    limit: i64,
    looked_at: Option<i64>,
) -> Query<'c> {
    let (key, id) = place.behind.clone().unwrap_or((Vec::new(), CustomerId(uuid::Uuid::nil())));
    words.bind(statement).bind(key).bind(id).bind(limit).bind(looked_at.unwrap_or(ALL))
}

/// Makes the page; the first `begin` rows belong to the part that is shown first.
fn page_of(mut rows: Vec<ListRow>, (first, begin): (Part, usize), asked: &Asked) -> Page {
    let more = rows.len() > asked.size;
    rows.truncate(asked.size);
    let part = if rows.len() <= begin && begin > 0 { first } else { asked.place.part };
    let next =
        rows.last().filter(|_| more).map(|last| Place::behind(part, last.sort_key.clone(), last.id).text());
    let rows = rows.into_iter().map(|row| {
        let (phone, marked) = phone_of(row.phones.0, row.contact_phone, asked.words.digits());
        CustomerRow {
            id: row.id,
            kind: row.kind,
            name: row.name,
            city: row.city,
            phone,
            marked,
            owner: row.owner,
            open_deals: row.open_deals,
            cells: Vec::new(),
        }
    });
    Page { head: ListHead::default(), rows: rows.collect(), next }
}

/// The number that a row shows: the one that contains the typed digits, and where in it; else the first.
fn phone_of(
    own: Vec<String>,
    of_contact: Option<String>,
    digits: Option<&str>,
) -> (String, Option<(usize, usize)>) {
    let found = digits.and_then(|digits| {
        let marked = |phone: &String| Some((phone.clone(), phone::place_of(phone, digits)?));
        own.iter().chain(&of_contact).find_map(marked)
    });
    match found {
        Some((phone, place)) => (phone, Some(place)),
        None => (own.into_iter().next().unwrap_or_default(), None),
    }
}
