//! The list of the firm's own records of one kind: a page by name, behind the row before it. Only the index decides
//! which records stand on a page; what they show is read for the page alone.

use super::words::Words;
use crate::error::{Error, Result};
use crate::fields::own::store::columns::Columns;
use crate::fields::own::view::ListHead;
use crate::fields::{FieldsOf, OwnValues};
use crate::filters::store::Conditions;
use crate::id::{KindNr, OwnRecordId};
use crate::live::list_state::LARGEST_PAGE;
use crate::own_kinds::model::OwnKind;
use crate::own_kinds::store::numbered;
use crate::own_records::view::{OwnHead, OwnPage, OwnQuery, OwnRow, OwnTally};
use crate::server::db::Tx;
use crate::server::engine::Query;
use crate::server::place::Behind;
use crate::server::sql::Sql;
use crate::server::way::FEW;
use sqlx::types::Json;

/// What a search finds is counted so far.
const COUNTED: i64 = 10_000;

/// How a page is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Begin with the owners in reach.
    Owners,
    /// Walk the list in its order.
    Walk,
    /// Begin with what the index of words finds.
    Index,
    /// Begin with what the rarest condition finds.
    Conditions,
}

/// What of a list is wanted, ready to be asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    kind: KindNr,
    pub stage: Option<i64>,
    words: Words,
    pub conditions: Conditions,
}

impl Asked {
    /// # Errors
    /// `NotFound` without a kind, and for one that is none or that the person asking may not see.
    pub(crate) async fn of(tx: &mut Tx, query: &OwnQuery) -> Result<Self> {
        let kind = numbered(tx, query.kind.ok_or(Error::NotFound)?).await?.nr;
        let conditions = Conditions::of(tx, FieldsOf::Own(kind), &query.filter).await?;
        Ok(Self { kind, stage: query.stage, words: Words::of(&query.search), conditions })
    }

    /// The same in that stage.
    pub(super) fn in_stage(&self, stage: Option<i64>) -> Self {
        Self { stage, ..self.clone() }
    }

    /// Binds `$2` to `$9`, whether or not the statement names them.
    pub(super) fn bind<'c>(&self, statement: Query<'c>) -> Query<'c> {
        self.words.bind(statement.bind(self.kind).bind(self.stage))
    }

    /// Whether it is narrowed by more than a stage.
    fn is_narrow(&self) -> bool {
        !self.words.is_empty() || !self.conditions.is_empty()
    }
}

/// What more records than this have in common is looked for in the order of the list.
pub(super) const MANY: i64 = 2_000;

/// How far the list is walked for what many have, before one begins with the rarest condition.
const NEAR: i64 = 10_000;

/// The records of a kind (`$2`) in reach, as `o`, narrowed by stage (`$3`), words (`$4` to `$9`) and conditions, whose
/// values stand from `first` on.
pub(super) fn seen(sql: Sql, way: Found, asked: &Asked, first: usize) -> Sql {
    let Asked { stage, words, conditions, .. } = asked;
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
        Found::Conditions => conditions
            .begin(sql, first)
            .and("CROSS JOIN own_records o CROSS JOIN reach r WHERE o.id = v.record_id AND o.deleted_at IS NULL")
            .and("AND o.kind_number = $2 AND r.viewer_id = $1 AND r.unit_id = o.owner_id"),
    };
    // Of one kind both engines ask that once; SQLite would ask `$2 NOT IN` of each record.
    let sql = sql.and("AND NOT EXISTS (SELECT 1 FROM hidden_kinds WHERE viewer_id = $1 AND number = $2)");
    conditions.narrow(words.narrow(sql.when(stage.is_some(), "AND o.stage = $3")), "o", first)
}

/// How many there are decides the way: of few all are looked at; of many, what an index finds, unless that is very
/// much.
pub(super) async fn way(tx: &mut Tx, asked: &Asked) -> Result<Found> {
    let Asked { kind, words, conditions, .. } = asked;
    if conditions.are_rare() {
        return Ok(Found::Conditions);
    }
    let stage = asked.stage.filter(|_| words.is_empty());
    let all = Asked { kind: *kind, stage, words: Words::default(), conditions: Conditions::default() };
    if counted(tx, &all, Found::Owners, FEW).await? <= FEW {
        return Ok(Found::Owners);
    }
    if !words.has_index() {
        return Ok(Found::Walk);
    }
    let sql = words
        .hit(Sql::new("SELECT COUNT(*) FROM (SELECT 1 AS one"))
        .and("AND c.deleted_at IS NULL AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)")
        .and("LIMIT $10) AS few");
    let (hits,): (i64,) = asked.bind(tx.query(sql)).bind(MANY + 1).one().await?;
    Ok(if hits <= MANY { Found::Index } else { Found::Walk })
}

pub(super) async fn counted(tx: &mut Tx, asked: &Asked, way: Found, most: i64) -> Result<i64> {
    let sql = seen(Sql::new("SELECT COUNT(*) FROM (SELECT 1 AS one"), way, asked, 11);
    let statement = asked.bind(tx.query(sql.and("LIMIT $10) AS few"))).bind(most.saturating_add(1));
    let (count,): (i64,) = asked.conditions.bind(statement).one().await?;
    Ok(count)
}

/// How many the query finds in all, for a file.
///
/// # Errors
/// `NotFound` without a kind that the person asking may see.
pub async fn in_all(tx: &mut Tx, query: &OwnQuery) -> Result<i64> {
    let asked = Asked::of(tx, query).await?;
    let way = match &asked {
        asked if asked.words.has_index() => Found::Index,
        asked if asked.conditions.have_index() => Found::Conditions,
        _ => Found::Owners,
    };
    counted(tx, &asked, way, i64::MAX).await
}

/// How many the query finds, wherever in the list.
///
/// # Errors
/// `NotFound` without a kind that the person asking may see.
pub async fn count(tx: &mut Tx, query: &OwnQuery) -> Result<OwnTally> {
    let asked = Asked::of(tx, query).await?;
    let (way, most) = match way(tx, &asked).await? {
        // What very many have in common is counted no further than this, by the index.
        Found::Walk if asked.words.has_index() => (Found::Index, FEW),
        Found::Walk if asked.conditions.have_index() => (Found::Conditions, FEW),
        Found::Walk if asked.is_narrow() => (Found::Walk, FEW),
        Found::Walk => (Found::Owners, COUNTED),
        way => (way, COUNTED),
    };
    let count = counted(tx, &asked, way, most).await?;
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

/// A page is decided first, by ids and order alone: behind `$10` and `$11`, `$12` of them. `near`: only among the next
/// [`NEAR`] of the list.
pub(super) fn page_of(way: Found, asked: &Asked, behind: bool, near: bool) -> Sql {
    const BEHIND: &str = "AND (o.sort_key, o.id) > ($10, $11)";
    let sql = Sql::new("WITH page AS MATERIALIZED (SELECT o.id, o.sort_key");
    seen(sql, way, asked, 14)
        .when(behind, BEHIND)
        .when(near, "AND o.sort_key <= (SELECT n.sort_key FROM (SELECT o.sort_key FROM own_records o")
        .when(near, "WHERE o.deleted_at IS NULL AND o.kind_number = $2")
        .when(near && behind, BEHIND)
        .when(near, "ORDER BY o.sort_key, o.id LIMIT $13) AS n ORDER BY n.sort_key DESC LIMIT 1)")
        .and("ORDER BY o.sort_key, o.id LIMIT $12)")
}

/// A part of the list.
///
/// # Errors
/// `NotFound` for a kind that is none; `BadRequest` for a place in the list that is none.
pub async fn list(tx: &mut Tx, query: &OwnQuery) -> Result<OwnPage> {
    let asked = Asked::of(tx, query).await?;
    let way = way(tx, &asked).await?;
    list_by(tx, query, &asked, way).await
}

/// The same by one way: all find the same.
pub(crate) async fn list_by(tx: &mut Tx, query: &OwnQuery, asked: &Asked, way: Found) -> Result<OwnPage> {
    let kind = numbered(tx, asked.kind).await?;
    let behind = match &query.after {
        Some(after) => Some(Behind::parse(after).ok_or(Error::BadRequest)?),
        None => None,
    };
    let size = query.limit.clamp(1, LARGEST_PAGE) as usize;
    let limit = i64::try_from(size).unwrap_or_default() + 1;
    let walks = way == Found::Walk && asked.conditions.have_index();
    let mut rows = rows(tx, asked, (way, walks), behind.as_ref(), limit).await?;
    if walks && rows.len() <= size {
        // What many have and few of those near is found from its index, however many there are.
        rows = self::rows(tx, asked, (Found::Conditions, false), behind.as_ref(), limit).await?;
    }
    let more = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| more);
    let next = next.map(|row| Behind { key: row.sort_key.clone(), id: row.id.0 }.text());
    let (head, rows) = shown(tx, kind, rows, asked).await?;
    Ok(OwnPage { head, rows, next })
}

async fn rows(
    tx: &mut Tx,
    asked: &Asked,
    (way, near): (Found, bool),
    behind: Option<&Behind>,
    limit: i64,
) -> Result<Vec<Row>> {
    let sql = page_of(way, asked, behind.is_some(), near).and(ROW).and("ORDER BY o.sort_key, o.id");
    let Behind { key, id } = behind.cloned().unwrap_or_default();
    let statement = asked.bind(tx.query(sql)).bind(key).bind(id).bind(limit).bind(NEAR);
    Ok(asked.conditions.bind(statement).all().await?)
}

/// What stands over a list or a board of that kind, and the rows ready to show.
pub(super) async fn shown(
    tx: &mut Tx,
    kind: OwnKind,
    rows: Vec<Row>,
    asked: &Asked,
) -> Result<(OwnHead, Vec<OwnRow>)> {
    let mut columns = Columns::of(tx, FieldsOf::Own(kind.nr)).await?;
    let (rows, own): (Vec<OwnRow>, Vec<OwnValues>) = rows.into_iter().map(Row::shown).unzip();
    let cells = columns.cells(tx, &own).await?;
    let rows = rows.into_iter().zip(cells).map(|(row, cells)| OwnRow { cells, ..row }).collect();
    let locale = tx.actor().locale;
    let list = ListHead { columns: columns.called(locale), conditions: asked.conditions.said.clone() };
    let head = OwnHead {
        kind: kind.named(locale),
        may_change: kind.facts.may_change(tx.actor().role),
        active: kind.facts.active,
        on_customer: kind.facts.on_customer,
        stages: kind.facts.stages,
        list,
    };
    Ok((head, rows))
}

impl Row {
    /// As it is shown, without its cells, and what they are made of.
    fn shown(self) -> (OwnRow, OwnValues) {
        let Self { id, name, customer, stage, owner, own, sort_key: _ } = self;
        (OwnRow { id, name, customer, stage, owner, cells: Vec::new() }, own.0)
    }
}
