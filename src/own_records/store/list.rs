//! The list of the firm's own records of one kind: a page by name, behind the row before it. Only the index decides
//! which records stand on a page; what they show is read for the page alone.

use super::words::Words;
use crate::error::{Error, Result};
use crate::fields::own::store::links::name_links;
use crate::fields::own::store::of_kind;
use crate::fields::{Field, FieldsOf, OwnValues, Shape};
use crate::i18n::Locale;
use crate::id::{CustomerId, KindNr, OwnRecordId};
use crate::live::list_state::LARGEST_PAGE;
use crate::own_kinds::model::OwnKind;
use crate::own_kinds::store::{all, numbered};
use crate::own_records::view::{
    COLUMNS, OnCustomer, OnCustomerRow, OwnHead, OwnPage, OwnQuery, OwnRow, OwnTally,
};
use crate::server::db::Tx;
use crate::server::engine::Query;
use crate::server::place::Behind;
use crate::server::sql::Sql;
use crate::server::way::FEW;
use sqlx::types::Json;

/// What a search finds is counted so far.
const COUNTED: i64 = 10_000;
/// So many of a kind stand on a customer's card.
const ON_CARD: i64 = 20;

/// The fields that stand in the list: the first ones that say something in one line.
#[must_use]
pub fn columns(fields: Vec<Field>) -> Vec<Field> {
    fields.into_iter().filter(|field| !matches!(field.shape, Shape::Text(_))).take(COLUMNS).collect()
}

/// How a page is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Begin with the owners in reach.
    Owners,
    /// Walk the list in its order.
    Walk,
    /// Begin with what the index of words finds.
    Index,
}

/// What more records than this have in common is looked for in the order of the list.
const MANY: i64 = 2_000;

/// The records of a kind (`$2`) in reach, as `o`, narrowed by stage (`$3`) and words (`$4` to `$9`).
pub(super) fn seen(sql: Sql, way: Found, query: &OwnQuery, words: &Words) -> Sql {
    let sql = match way {
        Found::Owners => sql
            .and("FROM own_records o WHERE o.deleted_at IS NULL AND o.kind_number = $2")
            .and("AND o.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)"),
        Found::Walk => sql
            .and("FROM own_records o CROSS JOIN reach r WHERE o.deleted_at IS NULL AND o.kind_number = $2")
            .and("AND r.viewer_id = $1 AND r.unit_id = o.owner_id"),
        Found::Index => words
            .hit(sql.and("FROM (SELECT c.id"))
            .and("AND c.deleted_at IS NULL")
            .and("AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)) h")
            .and(
                "CROSS JOIN own_records o WHERE o.id = h.id AND o.deleted_at IS NULL AND o.kind_number = $2",
            ),
    };
    words.narrow(sql.when(query.stage.is_some(), "AND o.stage = $3"))
}

pub(super) fn bind<'q>(statement: Query<'q>, query: &OwnQuery, words: &Words) -> Query<'q> {
    words.bind(statement.bind(query.kind).bind(query.stage))
}

/// How many there are decides the way: of few all are looked at; of many, what the index of words finds, unless that is
/// very much.
pub(super) async fn way(tx: &mut Tx, query: &OwnQuery, words: &Words) -> Result<Found> {
    let all = OwnQuery { stage: if words.is_empty() { query.stage } else { None }, ..query.clone() };
    if counted(tx, (&all, &Words::default()), Found::Owners, FEW).await? <= FEW {
        return Ok(Found::Owners);
    }
    if !words.has_index() {
        return Ok(Found::Walk);
    }
    let sql = words
        .hit(Sql::new("SELECT COUNT(*) FROM (SELECT 1 AS one"))
        .and("AND c.deleted_at IS NULL AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)")
        .and("LIMIT $10) AS few");
    let (hits,): (i64,) = bind(tx.query(sql), query, words).bind(MANY + 1).one().await?;
    Ok(if hits <= MANY { Found::Index } else { Found::Walk })
}

pub(super) async fn counted(
    tx: &mut Tx,
    (query, words): (&OwnQuery, &Words),
    way: Found,
    most: i64,
) -> Result<i64> {
    let sql = seen(Sql::new("SELECT COUNT(*) FROM (SELECT 1 AS one"), way, query, words);
    let sql = sql.and("LIMIT $10) AS few");
    let (count,): (i64,) = bind(tx.query(sql), query, words).bind(most + 1).one().await?;
    Ok(count)
}

/// How many the query finds in all, for a file.
///
/// # Errors
/// `Internal` only.
pub async fn in_all(tx: &mut Tx, query: &OwnQuery) -> Result<i64> {
    let words = Words::of(&query.search);
    let way = if words.has_index() { Found::Index } else { Found::Owners };
    counted(tx, (query, &words), way, i64::MAX - 1).await
}

/// How many the query finds, wherever in the list.
///
/// # Errors
/// `Internal` only.
pub async fn count(tx: &mut Tx, query: &OwnQuery) -> Result<OwnTally> {
    let words = Words::of(&query.search);
    let (way, most) = match way(tx, query, &words).await? {
        // What very many have in common is counted no further than this, by the index.
        Found::Walk if words.has_index() => (Found::Index, FEW),
        Found::Walk => (Found::Owners, COUNTED),
        way => (way, COUNTED),
    };
    let count = counted(tx, (query, &words), way, most).await?;
    Ok(tally(count, most))
}

/// So many, and whether there are more.
pub(super) fn tally(count: i64, most: i64) -> OwnTally {
    OwnTally { number: u32::try_from(count.min(most)).unwrap_or(u32::MAX), more: count > most }
}

/// A record of a page as a list or a board shows it; [`ROW`] reads it.
#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: OwnRecordId,
    name: String,
    customer: Option<String>,
    stage: Option<i64>,
    owner: String,
    own: Json<OwnValues>,
    sort_key: Vec<u8>,
}

/// What is read of the records of a page, `page (id)`; the order follows.
pub(super) const ROW: &str = "SELECT o.id, o.name, o.stage, o.sort_key, n.own, \
         (SELECT name FROM units WHERE id = o.owner_id) AS owner, \
         (SELECT c.name FROM customers c WHERE c.id = o.customer_id AND c.deleted_at IS NULL \
            AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)) AS customer \
     FROM page p CROSS JOIN own_records o CROSS JOIN records n WHERE o.id = p.id AND n.id = p.id";

/// A page is decided first, by ids and order alone.
pub(super) fn page_of(way: Found, query: &OwnQuery, words: &Words, behind: bool) -> Sql {
    let sql = Sql::new("WITH page AS MATERIALIZED (SELECT o.id, o.sort_key");
    seen(sql, way, query, words)
        .when(behind, "AND (o.sort_key, o.id) > ($10, $11)")
        .and("ORDER BY o.sort_key, o.id LIMIT $12)")
}

/// A part of the list.
///
/// # Errors
/// `NotFound` for a kind that is none; `BadRequest` for a place in the list that is none.
pub async fn list(tx: &mut Tx, query: &OwnQuery) -> Result<OwnPage> {
    let words = Words::of(&query.search);
    let way = way(tx, query, &words).await?;
    list_by(tx, query, way).await
}

/// The same by one way: all find the same.
pub(crate) async fn list_by(tx: &mut Tx, query: &OwnQuery, way: Found) -> Result<OwnPage> {
    let kind = numbered(tx, query.kind.ok_or(Error::NotFound)?).await?;
    let words = Words::of(&query.search);
    let behind = match &query.after {
        Some(after) => Some(Behind::parse(after).ok_or(Error::BadRequest)?),
        None => None,
    };
    let sql = page_of(way, query, &words, behind.is_some()).and(ROW).and("ORDER BY o.sort_key, o.id");
    let Behind { key, id } = behind.unwrap_or_default();
    let size = query.limit.clamp(1, LARGEST_PAGE) as usize;
    let limit = i64::try_from(size).unwrap_or_default() + 1;
    let mut rows: Vec<Row> = bind(tx.query(sql), query, &words).bind(key).bind(id).bind(limit).all().await?;
    let more = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| more);
    let next = next.map(|row| Behind { key: row.sort_key.clone(), id: row.id.0 }.text());
    let (columns, rows) = shown_rows(tx, kind.nr, rows).await?;
    Ok(OwnPage { head: head_of(kind, &columns, tx.actor().locale), rows, next })
}

/// What stands over a list or a board of that kind.
pub(super) fn head_of(kind: OwnKind, columns: &[Field], locale: Locale) -> OwnHead {
    OwnHead {
        kind: kind.named(locale),
        active: kind.facts.active,
        on_customer: kind.facts.on_customer,
        stages: kind.facts.stages,
        columns: columns.iter().map(|field| field.called(locale.text())).collect(),
    }
}

/// The rows ready to show, and the fields that stand in them.
pub(super) async fn shown_rows(
    tx: &mut Tx,
    kind: KindNr,
    rows: Vec<Row>,
) -> Result<(Vec<Field>, Vec<OwnRow>)> {
    let mut own = of_kind(tx, FieldsOf::Own(kind)).await?;
    name_links(tx, &mut own, rows.iter().map(|row| &row.own.0)).await?;
    let (columns, locale) = (columns(own.active()), tx.actor().locale);
    let rows = rows.into_iter().map(|row| shown(row, &columns, locale)).collect();
    Ok((columns, rows))
}

fn shown(row: Row, columns: &[Field], locale: Locale) -> OwnRow {
    let cell = |field: &Field| match row.own.0.get(&field.key) {
        Some(value) if !field.is_empty(value) => field.said(value, locale),
        _ => String::new(),
    };
    OwnRow {
        id: row.id,
        name: row.name,
        customer: row.customer,
        stage: row.stage,
        owner: row.owner,
        cells: columns.iter().map(cell).collect(),
    }
}

#[derive(sqlx::FromRow)]
struct OnCard {
    id: OwnRecordId,
    name: String,
    stage: Option<i64>,
}

/// What of the firm's own kinds stands on a customer's card: of each kind that hangs on customers, in the kinds' order.
/// The caller has made sure that the person may see the card.
///
/// # Errors
/// `Internal` only.
pub async fn on_customer(tx: &mut Tx, customer: CustomerId) -> Result<Vec<OnCustomer>> {
    const OF: &str = "FROM own_records o WHERE o.customer_id = $2 AND o.kind_number = $3 AND o.deleted_at IS NULL \
         AND o.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)";
    let locale = tx.actor().locale;
    let mut all_kinds = Vec::new();
    for kind in all(tx).await?.into_iter().filter(|kind| kind.facts.active && kind.facts.on_customer) {
        let sql = Sql::new("SELECT o.id, o.name, o.stage").and(OF).and("ORDER BY o.sort_key, o.id LIMIT $4");
        let rows: Vec<OnCard> = tx.query(sql).bind(customer).bind(kind.nr).bind(ON_CARD).all().await?;
        let in_all = if rows.len() < usize::try_from(ON_CARD).unwrap_or_default() {
            i64::try_from(rows.len()).unwrap_or_default()
        } else {
            let sql = Sql::new("SELECT COUNT(*)").and(OF);
            let (count,): (i64,) = tx.query(sql).bind(customer).bind(kind.nr).one().await?;
            count
        };
        let rows = rows.into_iter().map(|row| OnCustomerRow {
            id: row.id,
            name: row.name,
            stage: row.stage.and_then(|nr| kind.facts.stage_shown(nr)),
        });
        all_kinds.push(OnCustomer {
            kind: kind.named(locale),
            in_all: u32::try_from(in_all).unwrap_or(u32::MAX),
            rows: rows.collect(),
        });
    }
    Ok(all_kinds)
}

/// A record that was found, and what its kind is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundRecord {
    pub id: OwnRecordId,
    pub name: String,
    pub kind: String,
}

/// The first that fit what was typed, of that kind or whatever their kind, by name.
///
/// # Errors
/// `Internal` only.
pub async fn found(tx: &mut Tx, kind: Option<KindNr>, typed: &str, most: i64) -> Result<Vec<FoundRecord>> {
    let words = Words::of(typed);
    let kinds = all(tx).await?;
    if words.is_empty() || kinds.is_empty() {
        return Ok(Vec::new());
    }
    let sql = Sql::new("SELECT o.id, o.name, o.kind_number");
    let sql = if words.has_index() {
        // Of very many that have it in common the first that the index knows are as good as any.
        words
            .hit(sql.and("FROM (SELECT c.id"))
            .and(
                "AND c.deleted_at IS NULL AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
            )
            .and("LIMIT $10) h CROSS JOIN own_records o WHERE o.id = h.id AND o.deleted_at IS NULL")
    } else {
        sql.and("FROM own_records o WHERE o.deleted_at IS NULL AND $10 > 0")
            .and("AND o.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)")
    };
    let sql = words.narrow(sql.when(kind.is_some(), "AND o.kind_number = $2"));
    let sql = sql.and("ORDER BY o.sort_key, o.id LIMIT $11");
    let query = OwnQuery { kind, ..OwnQuery::default() };
    let rows: Vec<(OwnRecordId, String, KindNr)> =
        bind(tx.query(sql), &query, &words).bind(MANY).bind(most).all().await?;
    let locale = tx.actor().locale;
    let called = |nr: KindNr| {
        let kind = kinds.iter().find(|kind| kind.nr == nr);
        kind.map(|kind| kind.facts.one(locale).to_owned()).unwrap_or_default()
    };
    Ok(rows.into_iter().map(|(id, name, nr)| FoundRecord { id, name, kind: called(nr) }).collect())
}

/// The same of one kind; where nothing was typed, the first of the list.
///
/// # Errors
/// `NotFound` for a kind that is none.
pub async fn first(tx: &mut Tx, kind: KindNr, typed: &str, most: i64) -> Result<Vec<FoundRecord>> {
    if !Words::of(typed).is_empty() {
        return found(tx, Some(kind), typed, most).await;
    }
    let limit = u32::try_from(most).unwrap_or_default();
    let page = list(tx, &OwnQuery { kind: Some(kind), limit, ..OwnQuery::default() }).await?;
    let named = |row: OwnRow| FoundRecord { id: row.id, name: row.name, kind: String::new() };
    Ok(page.rows.into_iter().map(named).collect())
}
