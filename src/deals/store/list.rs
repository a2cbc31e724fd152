//! The list of deals and its sums, with one filter for both. A customer is named only to people who may see it, and
//! only they find a deal by its customer's name.

use crate::deals::view::{DealPart, DealQuery, DealRow, DealSum};
use crate::error::Result;
use crate::fields::own::store::columns::Columns;
use crate::fields::own::view::ListHead;
use crate::fields::{FieldsOf, OwnValues};
use crate::filters::store::Conditions;
use crate::i18n::{Currency, Money, fold};
use crate::id::{CustomerId, DealId};
use crate::server::db::Tx;
use crate::server::engine::Query;
use crate::server::sql::Sql;
use crate::server::text::{Search, looked_for, signs_of};
use crate::server::way::{FEW, Way};
use crate::tasks::store::next_step::{STEP_ID, STEPS_OF, StepColumns, WITH_STEP};
use sqlx::types::Json;

pub const PAGE: usize = 50;
/// Further words are ignored.
const WORDS: usize = 4;
/// How many other deals of a customer a deal's card shows.
const OTHERS: i64 = 20;

/// The columns of a row; [`ON_PAGE`] follows.
const ROW: &str = "SELECT d.id, d.title, c.id AS customer_id, c.name AS customer, s.name AS stage, s.color, s.status, \
     d.amount, d.currency, u.name AS owner, d.expected_on, d.closed_on";
/// The deals in reach, joined with everything that rows show and searches read.
const DEALS: &str = "FROM deals d JOIN records n ON n.id = d.id JOIN stages s ON s.id = d.stage_id JOIN units u \
     ON u.id = d.owner_id \
     LEFT JOIN customers c ON c.id = d.customer_id AND c.deleted_at IS NULL \
         AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
     WHERE d.deleted_at IS NULL AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)";

/// The deals in reach without joins: without a search, sums are computed from an index alone.
const BARE: &str = "FROM deals d WHERE d.deleted_at IS NULL \
     AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)";

/// The deals of a page (`page (id)`), joined with what rows show. `CROSS JOIN` makes SQLite keep this order; it would
/// begin with the people otherwise.
pub(super) const ON_PAGE: &str = "FROM page p CROSS JOIN deals d CROSS JOIN stages s CROSS JOIN units u \
     LEFT JOIN customers c ON c.id = d.customer_id AND c.deleted_at IS NULL \
         AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
     WHERE d.id = p.id AND s.id = d.stage_id AND u.id = d.owner_id";

/// How far the list is walked in search of a common condition, before the rarest condition's index is used.
const NEAR: i64 = 10_000;
/// The first parameter of the conditions: in the statement of a page, and in that of the sums.
const PAGED: usize = 19;
const ADDED: usize = 16;

/// Adds the deals in reach, as `d`.
pub fn seen(sql: Sql, way: Way) -> Sql {
    match way {
        Way::Owners => sql
            .and("FROM reach r CROSS JOIN deals d WHERE r.viewer_id = $1 AND d.owner_id = r.unit_id")
            .and("AND d.deleted_at IS NULL"),
        Way::Walk => sql
            .and("FROM deals d CROSS JOIN reach r WHERE d.deleted_at IS NULL")
            .and("AND r.viewer_id = $1 AND r.unit_id = d.owner_id"),
    }
}

/// The parsed search; every word must match.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    words: Vec<String>,
    /// The range of titles that begin with the text, for a text too short to be searched anywhere.
    start: Option<(Vec<u8>, Vec<u8>)>,
    /// Signs that are searched for literally.
    signs: Option<String>,
}

/// The signs are in the title or in the customer's name: `$6`. `LOWER` must change only ASCII, on both engines.
const SIGNS_SQLITE: &str = "AND (INSTR(REPLACE(LOWER(d.title), '’', ''''), $6) > 0 \
     OR INSTR(REPLACE(LOWER(c.name), '’', ''''), $6) > 0)";
const SIGNS_POSTGRES: &str = "AND (STRPOS(REPLACE(LOWER(d.title COLLATE \"C\"), '’', ''''), $6) > 0 \
     OR STRPOS(REPLACE(LOWER(c.name COLLATE \"C\"), '’', ''''), $6) > 0)";

impl Words {
    pub(super) fn of(typed: &str) -> Self {
        let typed = looked_for(typed);
        if let Some(signs) = signs_of(typed) {
            return Self { signs: Some(signs), ..Self::default() };
        }
        let key = fold::search_key(typed);
        let words: Vec<String> =
            key.split(' ').filter(|word| !word.is_empty()).take(WORDS).map(str::to_owned).collect();
        match words.as_slice() {
            [only] => match Search::of(only).start {
                Some(start) => Self { start: Some(start), ..Self::default() },
                None => Self { words, ..Self::default() },
            },
            _ => Self { words, ..Self::default() },
        }
    }
}

/// Filters the deals of [`DEALS`]. Uses `$2` to `$15`, bound by [`bind`]. The part of the search key before the bar is
/// the deal's own; the part behind it is the customer's name, which counts only where the customer is in reach.
fn fitting(sql: Sql, query: &DealQuery, words: &Words) -> Sql {
    const INDEX: [&str; WORDS] = [
        "AND d.id IN (SELECT id FROM records_search WHERE search_key LIKE $6 AND kind = 'deal')",
        "AND d.id IN (SELECT id FROM records_search WHERE search_key LIKE $7 AND kind = 'deal')",
        "AND d.id IN (SELECT id FROM records_search WHERE search_key LIKE $8 AND kind = 'deal')",
        "AND d.id IN (SELECT id FROM records_search WHERE search_key LIKE $9 AND kind = 'deal')",
    ];
    const FIT: [&str; WORDS] = [
        "AND (n.search_key LIKE $10 OR (c.id IS NOT NULL AND n.search_key LIKE $6))",
        "AND (n.search_key LIKE $11 OR (c.id IS NOT NULL AND n.search_key LIKE $7))",
        "AND (n.search_key LIKE $12 OR (c.id IS NOT NULL AND n.search_key LIKE $8))",
        "AND (n.search_key LIKE $13 OR (c.id IS NOT NULL AND n.search_key LIKE $9))",
    ];
    // The index needs three letters. Of the words that it can find, only the longest is asked: it is likely the rarest.
    let lengths = words.words.iter().map(|word| word.chars().count()).zip(INDEX);
    let longest = lengths.filter(|(length, _)| *length >= 3).max_by_key(|(length, _)| *length);
    let sql = if query.search.trim().is_empty() { sql } else { sql.custom_plan() };
    let sql = sql
        .when(query.status.is_some(), "AND s.status = $2")
        .when(query.pipeline.is_some(), "AND s.pipeline_id = $3")
        .when(query.stage.is_some(), "AND d.stage_id = $4")
        .when(query.owner.is_some(), "AND d.owner_id = $5")
        .when(
            words.start.is_some(),
            "AND n.kind = 'deal' AND n.name_key >= $14 AND n.name_key < $15 AND n.search_key <> ''",
        );
    let sql = if words.signs.is_some() { sql.per_engine(SIGNS_SQLITE, SIGNS_POSTGRES) } else { sql };
    let sql = longest.into_iter().fold(sql, |sql, (_, piece)| sql.and(piece));
    words.words.iter().zip(FIT).fold(sql, |sql, (_, piece)| sql.and(piece))
}

/// Binds `$2` to `$15`, whether or not the statement uses them.
pub(super) fn bind<'c>(statement: Query<'c>, query: &DealQuery, words: &Words) -> Query<'c> {
    let anywhere = |nr: usize| {
        let signs = words.signs.clone().filter(|_| nr == 0);
        signs.or_else(|| Some(format!("%{}%", words.words.get(nr)?))).unwrap_or_default()
    };
    let before_the_bar =
        |nr: usize| words.words.get(nr).map(|word| format!("%{word}%|%")).unwrap_or_default();
    let (from, until) = words.start.clone().unwrap_or_default();
    let statement = statement.bind(query.status).bind(query.pipeline).bind(query.stage).bind(query.owner);
    let statement = (0..WORDS).fold(statement, |statement, nr| statement.bind(anywhere(nr)));
    let statement = (0..WORDS).fold(statement, |statement, nr| statement.bind(before_the_bar(nr)));
    statement.bind(from).bind(until)
}

/// A row with its next step.
#[derive(sqlx::FromRow)]
struct Line {
    #[sqlx(flatten)]
    row: DealRow,
    #[sqlx(flatten)]
    step: StepColumns,
    own: Option<Json<OwnValues>>,
}

impl Line {
    /// The row to show, without the columns of own fields, and the values from which these are made.
    fn shown(self) -> (DealRow, OwnValues) {
        let own = self.own.map(|own| own.0).unwrap_or_default();
        (DealRow { next: self.step.step(), ..self.row }, own)
    }
}

/// The filters of a query without words. In the first form SQLite may use the column's index; in the second a plus
/// hides the column from the planner, so that it walks along the list. Uses `$2` to `$5`.
const NARROWED: [[&str; 2]; 4] = [
    [
        "AND d.stage_id IN (SELECT id FROM stages WHERE status = $2)",
        "AND +d.stage_id IN (SELECT id FROM stages WHERE status = $2)",
    ],
    [
        "AND d.stage_id IN (SELECT id FROM stages WHERE pipeline_id = $3)",
        "AND +d.stage_id IN (SELECT id FROM stages WHERE pipeline_id = $3)",
    ],
    ["AND d.stage_id = $4", "AND +d.stage_id = $4"],
    ["AND d.owner_id = $5", "AND +d.owner_id = $5"],
];

fn narrowed(sql: Sql, query: &DealQuery, way: Way) -> Sql {
    let by = [query.status.is_some(), query.pipeline.is_some(), query.stage.is_some(), query.owner.is_some()];
    let pieces = by.into_iter().zip(NARROWED).filter(|(wanted, _)| *wanted);
    pieces.fold(sql, |sql, (_, [piece, walked])| match way {
        Way::Owners => sql.and(piece),
        Way::Walk => sql.per_engine(walked, piece),
    })
}

/// How the deals of a page are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    By(Way),
    /// By words; the planner decides how.
    Words,
    /// Begin with what the rarest condition finds.
    Conditions,
}

/// A prepared query of the list.
pub(crate) struct Asked<'q> {
    query: &'q DealQuery,
    words: Words,
    conditions: Conditions,
}

impl<'q> Asked<'q> {
    /// # Errors
    /// `Internal` only.
    pub(crate) async fn of(tx: &mut Tx, query: &'q DealQuery) -> Result<Self> {
        let conditions = Conditions::of(tx, FieldsOf::Deal, &query.filter).await?;
        Ok(Self { query, words: Words::of(&query.search), conditions })
    }

    /// Binds the parameters of a page: the deal it begins behind, the number of rows, how far to walk.
    pub(super) fn bind_page<'c>(&self, statement: Query<'c>, after: Option<DealId>, most: i64) -> Query<'c> {
        let statement = bind(statement, self.query, &self.words).bind(after).bind(most).bind(NEAR);
        self.conditions.bind(statement)
    }
}

/// Chooses the way by how many deals the query finds; for words the planner decides.
///
/// # Errors
/// `Internal` only.
pub(super) async fn way(tx: &mut Tx, Asked { query, words, conditions }: &Asked<'_>) -> Result<Found> {
    if *words != Words::default() {
        return Ok(Found::Words);
    }
    if conditions.are_rare() {
        return Ok(Found::Conditions);
    }
    let sql = narrowed(Sql::new("SELECT COUNT(*) FROM (SELECT 1 AS one").and(BARE), query, Way::Owners);
    let statement = bind(tx.query(sql.and("LIMIT $16) AS few")), query, words).bind(FEW + 1);
    let (count,): (i64,) = statement.one().await?;
    Ok(Found::By(Way::of(count)))
}

/// Begins a statement with the deals of a page, newest first: `page (id)`, behind `$16` and at most `$17` of them. With
/// `near` only those among the next `$18` deals of the list.
pub(super) fn page(found: Found, asked: &Asked<'_>, near: bool) -> Sql {
    let Asked { query, words, conditions } = asked;
    let sql = Sql::new("WITH page AS MATERIALIZED (SELECT d.id");
    let sql = match found {
        Found::By(way) => narrowed(seen(sql, way), query, way),
        Found::Words => fitting(sql.and(DEALS), query, words),
        Found::Conditions => narrowed(conditions.begin(sql, PAGED).and(FOUND), query, Way::Walk),
    };
    let behind = query.after.is_some();
    conditions
        .narrow(sql, "d", PAGED, found == Found::Conditions)
        .when(behind, "AND d.id < $16")
        .when(near, "AND d.id >= (SELECT n.id FROM (SELECT d.id FROM deals d WHERE d.deleted_at IS NULL")
        .when(near && behind, "AND d.id < $16")
        .when(near, "ORDER BY d.id DESC LIMIT $18) AS n ORDER BY n.id LIMIT 1)")
        .and("ORDER BY d.id DESC LIMIT $17)")
}

/// The deals in reach among those that a condition has found (`v`).
const FOUND: &str = "CROSS JOIN deals d CROSS JOIN reach r WHERE d.id = v.record_id AND d.deleted_at IS NULL \
     AND r.viewer_id = $1 AND r.unit_id = d.owner_id";

/// A part of the list, newest first.
///
/// # Errors
/// `Internal` only.
pub async fn list(tx: &mut Tx, query: &DealQuery) -> Result<DealPart> {
    let asked = Asked::of(tx, query).await?;
    let found = way(tx, &asked).await?;
    list_by(tx, &asked, found).await
}

/// Reads the list in one given way; every way finds the same.
pub(crate) async fn list_by(tx: &mut Tx, asked: &Asked<'_>, found: Found) -> Result<DealPart> {
    let mut columns = Columns::of(tx, FieldsOf::Deal).await?;
    let walks = found == Found::By(Way::Walk) && asked.conditions.have_index();
    let mut lines = lines(tx, asked, (found, walks), &columns).await?;
    if walks && lines.len() <= PAGE {
        // Few deals near the cursor meet the conditions, so they are found by the index, however many it returns.
        lines = self::lines(tx, asked, (Found::Conditions, false), &columns).await?;
    }
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let (mut rows, own): (Vec<DealRow>, Vec<OwnValues>) = lines.into_iter().map(Line::shown).unzip();
    for (row, cells) in rows.iter_mut().zip(columns.cells(tx, &own).await?) {
        row.cells = cells;
    }
    let head =
        ListHead { columns: columns.called(tx.actor().locale), conditions: asked.conditions.said.clone() };
    Ok(DealPart { head, rows, more })
}

async fn lines(
    tx: &mut Tx,
    asked: &Asked<'_>,
    (found, near): (Found, bool),
    columns: &Columns,
) -> Result<Vec<Line>> {
    const OWN: &str = ", (SELECT n.own FROM records n WHERE n.id = d.id) AS own";
    let own = if columns.is_empty() { ", CAST(NULL AS JSONB) AS own" } else { OWN };
    let sql = page(found, asked, near).and(STEPS_OF).and(ROW).and(own).and(STEP_ID).and(ON_PAGE);
    let sql = sql.and(WITH_STEP).and("ORDER BY o.id DESC");
    let limit = i64::try_from(PAGE).unwrap_or_default() + 1;
    Ok(asked.bind_page(tx.query(sql), asked.query.after, limit).all().await?)
}

/// How many deals the query finds, from the list's beginning, and their sums by currency.
///
/// # Errors
/// `Internal` only.
pub async fn sum(tx: &mut Tx, query: &DealQuery) -> Result<DealSum> {
    let Asked { words, conditions, .. } = Asked::of(tx, query).await?;
    let sql = Sql::new("SELECT d.currency, COUNT(*), COUNT(d.amount),").and(super::SUM);
    let begun = words == Words::default() && conditions.have_index();
    let sql = if words != Words::default() {
        fitting(sql.and(DEALS), query, &words)
    } else if begun {
        narrowed(conditions.begin(sql, ADDED).and(FOUND), query, Way::Walk)
    } else {
        narrowed(sql.and(BARE), query, Way::Owners)
    };
    let sql = conditions.narrow(sql, "d", ADDED, begun).and("GROUP BY d.currency");
    let statement = conditions.bind(bind(tx.query(sql), query, &words));
    let sums: Vec<(Currency, i64, i64, i64)> = statement.all().await?;
    let count = sums.iter().map(|(_, count, ..)| count).sum();
    let known = sums.into_iter().filter(|(_, _, known, _)| *known > 0);
    Ok(DealSum { count, totals: known.map(|(currency, .., minor)| Money::new(minor, currency)).collect() })
}

/// Other deals of a customer who is in reach, newest first.
///
/// # Errors
/// `Internal` only.
pub async fn others(tx: &mut Tx, customer: CustomerId, except: DealId) -> Result<Vec<DealRow>> {
    let sql = Sql::new(ROW).and(DEALS).and("AND c.id = $2 AND d.id <> $3 ORDER BY d.id DESC LIMIT $4");
    Ok(tx.query(sql).bind(customer).bind(except).bind(OTHERS).all().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_looked_for_and_a_short_one_at_the_start() {
        assert_eq!(Words::of("Işık  MAKİNE").words, ["isik", "makine"]);
        assert_eq!(Words::of("a b c d e f").words.len(), WORDS);
        assert!(Words::of("iş").start.is_some());
        assert_eq!(Words::of(" | ").signs.as_deref(), Some("|"));
        assert_eq!(Words::of("  "), Words::default());
    }
}
