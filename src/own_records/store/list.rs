//! Reads the list of own records of a kind: a page in the order of names, after the last row of the page before. The
//! page is decided by indexes alone; what its rows show is read only for the page.

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
use crate::own_records::view::{NO_STAGE, OwnHead, OwnPage, OwnQuery, OwnRow, OwnTally};
use crate::server::db::Tx;
use crate::server::engine::Query;
use crate::server::place::Behind;
use crate::server::sql::Sql;
use crate::server::way::FEW;
use sqlx::types::Json;

/// The limit of counting what a search finds.
const COUNTED: i64 = 10_000;

/// How the records of a page are found. All ways find the same records; they differ in speed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Begin with the records of the owners in reach, then sort.
    Owners,
    /// Walk along the list in its order until the page is full.
    Walk,
    /// Begin with what the search index finds.
    Index,
    /// Begin with what the condition with the fewest records finds.
    Conditions,
}

/// A query, checked and with its conditions ready for statements.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    kind: KindNr,
    pub stage: Option<i64>,
    words: Words,
    pub conditions: Conditions,
}

impl Asked {
    /// Checks a query.
    ///
    /// # Errors
    /// `NotFound` without a kind, and for a kind that does not exist or is hidden from the person asking.
    pub(crate) async fn of(tx: &mut Tx, query: &OwnQuery) -> Result<Self> {
        let kind = numbered(tx, query.kind.ok_or(Error::NotFound)?).await?.nr;
        let conditions = Conditions::of(tx, FieldsOf::Own(kind), &query.filter).await?;
        Ok(Self { kind, stage: query.stage, words: Words::of(&query.search), conditions })
    }

    /// The same query for this stage.
    pub(super) fn in_stage(&self, stage: Option<i64>) -> Self {
        Self { stage, ..self.clone() }
    }

    /// Binds `$2` to `$9`, whether or not the statement uses them.
    pub(super) fn bind<'c>(&self, statement: Query<'c>) -> Query<'c> {
        self.words.bind(statement.bind(self.kind).bind(self.stage))
    }

    /// Whether anything but the stage filters the list.
    fn is_narrow(&self) -> bool {
        !self.words.is_empty() || !self.conditions.is_empty()
    }
}

/// If more records than this match, they are looked for in the order of the list.
pub(super) const MANY: i64 = 2_000;

/// How many rows of the list are searched in its order for a condition that many records meet, before the search begins
/// with the condition's own index.
const NEAR: i64 = 10_000;

/// The records of the kind `$2` in reach, as `o`, filtered by the stage `$3`, the words `$4` to `$9` and the
/// conditions, whose parameters begin with number `first`.
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
    // Both databases evaluate this once for the whole statement; SQLite would evaluate `$2 NOT IN` for each record.
    let sql = sql.and("AND NOT EXISTS (SELECT 1 FROM hidden_kinds WHERE viewer_id = $1 AND number = $2)");
    let sql = match *stage {
        Some(NO_STAGE) => sql.and("AND o.stage IS NULL"),
        stage => sql.when(stage.is_some(), "AND o.stage = $3"),
    };
    conditions.narrow(words.narrow(sql), "o", first, way == Found::Conditions)
}

/// Chooses the way. If the person sees few records of the kind, all of them are looked at; if many, the matches of an
/// index, unless these are too many.
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

/// Counts what the query finds, up to one more than `most`.
pub(super) async fn counted(tx: &mut Tx, asked: &Asked, way: Found, most: i64) -> Result<i64> {
    let sql = seen(Sql::new("SELECT COUNT(*) FROM (SELECT 1 AS one"), way, asked, 11);
    let statement = asked.bind(tx.query(sql.and("LIMIT $10) AS few"))).bind(most.saturating_add(1));
    let (count,): (i64,) = asked.conditions.bind(statement).one().await?;
    Ok(count)
}

/// The number of all records that the query finds, for an export.
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

/// The number of records that the query finds, whatever its cursor, up to a limit.
///
/// # Errors
/// `NotFound` without a kind that the person asking may see.
pub async fn count(tx: &mut Tx, query: &OwnQuery) -> Result<OwnTally> {
    let asked = Asked::of(tx, query).await?;
    let (way, most) = match way(tx, &asked).await? {
        // A search that very many records match is counted by its index, and only up to this lower limit.
        Found::Walk if asked.words.has_index() => (Found::Index, FEW),
        Found::Walk if asked.conditions.have_index() => (Found::Conditions, FEW),
        Found::Walk if asked.is_narrow() => (Found::Walk, FEW),
        Found::Walk => (Found::Owners, COUNTED),
        way => (way, COUNTED),
    };
    let count = counted(tx, &asked, way, most).await?;
    Ok(tally(count, most))
}

/// The number, and whether there are more.
pub(super) fn tally(count: i64, most: i64) -> OwnTally {
    OwnTally { number: u32::try_from(count.min(most)).unwrap_or(u32::MAX), more: count > most }
}

/// A row of a page for a list or a board, as [`ROW`] reads it.
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

/// Reads the rows of the page `page (id)`; the caller adds the order.
pub(super) const ROW: &str = "SELECT o.id, o.name, o.stage, o.sort_key, n.own, \
         (SELECT name FROM units WHERE id = o.owner_id) AS owner, \
         (SELECT c.name FROM customers c WHERE c.id = o.customer_id AND c.deleted_at IS NULL \
            AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)) AS customer \
     FROM page p CROSS JOIN own_records o CROSS JOIN records n WHERE o.id = p.id AND n.id = p.id";

/// Decides the page, with ids and order keys only: after the row `$10`, `$11`, at most `$12` records. With `near`, only
/// among the next `$13` (`NEAR`) rows of the list.
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

/// A page of the list.
///
/// # Errors
/// `NotFound` without a kind that the person asking may see; `BadRequest` for an invalid cursor.
pub async fn list(tx: &mut Tx, query: &OwnQuery) -> Result<OwnPage> {
    let asked = Asked::of(tx, query).await?;
    let way = way(tx, &asked).await?;
    list_by(tx, query, &asked, way).await
}

/// The same, found in a given way; every way finds the same records.
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
        // Many records meet the condition, but few of the next rows do: begin with the condition's index.
        rows = self::rows(tx, asked, (Found::Conditions, false), behind.as_ref(), limit).await?;
    }
    let more = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| more);
    let next = next.map(|row| Behind { key: row.sort_key.clone(), id: row.id.0 }.text());
    let (head, rows) = shown(tx, kind, rows, asked).await?;
    Ok(OwnPage { head, rows, next })
}

/// The rows of a page.
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

/// The head of a list or board of the kind, and its rows ready to show.
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
    /// The row without the cells of own fields, and the values for these.
    fn shown(self) -> (OwnRow, OwnValues) {
        let Self { id, name, customer, stage, owner, own, sort_key: _ } = self;
        (OwnRow { id, name, customer, stage, owner, cells: Vec::new() }, own.0)
    }
}
