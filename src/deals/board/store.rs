//! The board in the database: reading the stages with their cards, and carrying out a move. All counts and sums are of
//! what the person asking may see; the order within a stage is everyone's. The position of a moved card is found in
//! `places`.

use super::model::{Board, BoardCard, BoardQuery, Cards, Column, Move, Moved, PAGE};
use crate::deals::model::{Stage, Status, moved, what_of_move};
use crate::deals::store::list::seen;
use crate::deals::{pipeline, position, store};
use crate::error::{Error, Result};
use crate::i18n::{Currency, Money, Totals};
use crate::id::{CustomerId, DealId, PipelineId, StageId};
use crate::journal::store::{Before, asked, done_before};
use crate::live::Kind;
use crate::records::{self, Done};
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::sql::Sql;
use crate::server::text::Search;
use crate::server::way::{FEW, Way};
use crate::tasks::store::next_step::{STEP_ID, STEPS_OF, StepColumns, WITH_STEP};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::HashMap;

pub mod places;

/// How often a move is tried again when somebody changes the same deal at the same moment.
const TRIES: usize = 3;

#[derive(sqlx::FromRow)]
struct CardRow {
    id: DealId,
    title: String,
    customer_id: Option<CustomerId>,
    customer: Option<String>,
    amount: Option<i64>,
    currency: Currency,
    owner: String,
    stage_since: DateTime<Utc>,
    expected_on: Option<NaiveDate>,
    version: i64,
    position: Vec<u8>,
    #[sqlx(flatten)]
    step: StepColumns,
}

/// A card's columns; `$1` is the person asking. The customer is named only where that person may see it. Used between
/// [`STEPS_OF`] and [`WITH_STEP`], so that one statement reads all cards with their next steps. `CROSS JOIN` makes
/// SQLite keep this order.
const CARD: &str = "SELECT d.id, d.title, c.id AS customer_id, c.name AS customer, d.amount, d.currency, \
     u.name AS owner, d.stage_since, d.expected_on, d.version, d.position";
const ON_PAGE: &str = "FROM page p CROSS JOIN deals d CROSS JOIN units u \
     LEFT JOIN customers c ON c.id = d.customer_id AND c.deleted_at IS NULL \
         AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
     WHERE d.id = p.id AND u.id = d.owner_id";

/// Reads the cards of a page of deals, `page (id)`, in order.
fn cards_of(page: Sql) -> Sql {
    page.and(STEPS_OF).and(CARD).and(STEP_ID).and(ON_PAGE).and(WITH_STEP).and("ORDER BY o.position, o.id")
}

fn cards(tx: &Tx, rows: Vec<CardRow>) -> Vec<BoardCard> {
    let zone = tx.actor().zone;
    let today = clock::today(zone);
    rows.into_iter()
        .map(|row| BoardCard {
            id: row.id,
            title: row.title,
            customer_id: row.customer_id,
            customer: row.customer,
            amount: row.amount,
            currency: row.currency,
            owner: row.owner,
            days_in_stage: (today - clock::local(row.stage_since, zone).date()).num_days().max(0),
            expected_on: row.expected_on,
            version: row.version,
            next: row.step.step(),
            position: position::to_hex(&row.position),
        })
        .collect()
}

/// The filter of a query, as values and pieces of SQL about `deals d`.
struct Filter {
    search: Search,
}

impl Filter {
    fn of(query: &BoardQuery) -> Self {
        Self { search: Search::of(&query.search) }
    }

    /// Uses `$3` (owner) to `$7`, bound by [`bind`]. For a customer out of reach only the part of the search key before
    /// the bar is searched, which does not name the customer.
    fn on(&self, sql: Sql, query: &BoardQuery) -> Sql {
        let sql = match self.search.signs {
            Some(_) => sql.per_engine(SIGNS_SQLITE, SIGNS_POSTGRES),
            None => sql,
        };
        sql.when(query.owner.is_some(), "AND d.owner_id = $3")
            .when(
                self.search.anywhere.is_some(),
                "AND d.id IN (SELECT n.id FROM records_search n WHERE n.search_key LIKE $4 AND n.kind = 'deal') \
                 AND (EXISTS (SELECT 1 FROM records n WHERE n.id = d.id AND n.search_key LIKE $5) OR EXISTS (SELECT 1 \
                 FROM customers k WHERE k.id = d.customer_id \
                     AND k.deleted_at IS NULL AND k.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)))",
            )
            .when(
                self.search.start.is_some(),
                "AND d.id IN (SELECT n.id FROM records n WHERE n.kind = 'deal' AND n.name_key >= $6 \
                 AND n.name_key < $7 \
                     AND n.search_key <> '')",
            )
    }
}

/// The signs are in the title or in the name of a customer in reach: `$4`, as in the list of deals.
const SIGNS_SQLITE: &str = "AND (INSTR(REPLACE(LOWER(d.title), '’', ''''), $4) > 0 \
     OR EXISTS (SELECT 1 FROM customers k WHERE k.id = d.customer_id AND k.deleted_at IS NULL \
         AND k.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
         AND INSTR(REPLACE(LOWER(k.name), '’', ''''), $4) > 0))";
const SIGNS_POSTGRES: &str = "AND (STRPOS(REPLACE(LOWER(d.title COLLATE \"C\"), '’', ''''), $4) > 0 \
     OR EXISTS (SELECT 1 FROM customers k WHERE k.id = d.customer_id AND k.deleted_at IS NULL \
         AND k.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
         AND STRPOS(REPLACE(LOWER(k.name COLLATE \"C\"), '’', ''''), $4) > 0))";

/// Binds `$3` to `$7`.
fn bind<'c>(
    statement: crate::server::engine::Query<'c>,
    query: &BoardQuery,
    filter: &Filter,
) -> crate::server::engine::Query<'c> {
    let (from, until) = filter.search.start.clone().unwrap_or_default();
    statement
        .bind(query.owner)
        .bind(filter.search.signs.clone().or_else(|| filter.search.anywhere.clone()))
        .bind(filter.search.anywhere.as_ref().map(|words| format!("{words}|%")))
        .bind(from)
        .bind(until)
}

/// The first pipeline that has an open deal in the person's reach.
async fn in_use(tx: &mut Tx) -> Result<Option<PipelineId>> {
    let found: Option<(PipelineId,)> = tx
        .query(
            "SELECT p.id FROM pipelines p WHERE EXISTS ( \
                 SELECT 1 FROM deals d JOIN stages s ON s.id = d.stage_id \
                 WHERE s.pipeline_id = p.id AND s.status = 'open' AND d.deleted_at IS NULL \
                   AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)) \
             ORDER BY p.place LIMIT 1",
        )
        .optional()
        .await?;
    Ok(found.map(|(id,)| id))
}

/// The open stages of a pipeline with their first cards, and the counts and totals of all cards.
///
/// # Errors
/// `NotFound` for a pipeline that does not exist.
pub async fn board(tx: &mut Tx, query: &BoardQuery) -> Result<Board> {
    let pipelines = pipeline::pipelines(tx).await?;
    let wanted = match query.pipeline {
        None if pipelines.len() > 1 => in_use(tx).await?,
        wanted => wanted,
    };
    let found = pipelines.iter().find(|found| wanted.is_none_or(|wanted| wanted == found.id));
    let id = found.ok_or(Error::NotFound)?.id;
    let (stages, ends): (Vec<Stage>, Vec<Stage>) =
        pipeline::stages(tx, id).await?.into_iter().partition(|stage| stage.status == Status::Open);
    let filter = Filter::of(query);
    let sums = filter.on(
        Sql::new("SELECT d.stage_id, d.currency, COUNT(*),").and(store::SUM).and(
            "FROM deals d \
             WHERE d.stage_id IN (SELECT id FROM stages WHERE pipeline_id = $2 AND status = 'open') \
               AND d.deleted_at IS NULL AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        ),
        query,
    );
    let rows: Vec<(StageId, Currency, i64, i64)> =
        bind(tx.query(sums.and("GROUP BY d.stage_id, d.currency")).bind(id), query, &filter).all().await?;
    let mut sums: HashMap<StageId, (i64, Totals)> = HashMap::new();
    for (stage, currency, count, minor) in rows {
        let (counted, totals) = sums.entry(stage).or_default();
        *counted += count;
        if minor != 0 {
            totals.add(Money::new(minor, currency));
        }
    }
    let mut columns = Vec::with_capacity(stages.len());
    for stage in stages {
        let (count, totals) = sums.remove(&stage.id).unwrap_or_default();
        let limit = query.depth_of(stage.id);
        let found = if count == 0 {
            Cards { cards: Vec::new(), more: false }
        } else {
            some_by(tx, query, stage.id, None, limit, Way::of(count)).await?
        };
        columns.push(Column { stage, count, totals, cards: found.cards, more: found.more });
    }
    Ok(Board { pipeline: id, pipelines, columns, ends })
}

/// The next cards of a stage, after the one at that position.
///
/// # Errors
/// `BadRequest` when the position can't be parsed.
pub async fn column(
    tx: &mut Tx,
    query: &BoardQuery,
    stage: StageId,
    after: &str,
    id: DealId,
) -> Result<Cards> {
    let after = position::from_hex(after).ok_or(Error::BadRequest)?;
    let way = way(tx, query, stage).await?;
    some_by(tx, query, stage, Some((after, id)), PAGE, way).await
}

/// Chooses the way by how many cards of the stage are in reach.
async fn way(tx: &mut Tx, query: &BoardQuery, stage: StageId) -> Result<Way> {
    let filter = Filter::of(query);
    let sql = Sql::new("SELECT COUNT(*) FROM (SELECT 1 AS one FROM deals d WHERE d.deleted_at IS NULL")
        .and("AND d.stage_id = $2 AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)");
    let sql = filter.on(sql, query).and("LIMIT $8) AS few");
    let (count,): (i64,) = bind(tx.query(sql).bind(stage), query, &filter).bind(FEW + 1).one().await?;
    Ok(Way::of(count))
}

/// Reads cards of a stage in one given way; both ways find the same.
pub(crate) async fn some_by(
    tx: &mut Tx,
    query: &BoardQuery,
    stage: StageId,
    after: Option<(Vec<u8>, DealId)>,
    limit: i64,
    way: Way,
) -> Result<Cards> {
    let filter = Filter::of(query);
    let page = seen(Sql::new("WITH page AS MATERIALIZED (SELECT d.id"), way).and("AND d.stage_id = $2");
    let page = filter
        .on(page, query)
        .when(after.is_some(), "AND (d.position, d.id) > ($8, $9)")
        .and("ORDER BY d.position, d.id LIMIT $10)");
    let (position, id) = after.map_or((None, None), |(position, id)| (Some(position), Some(id)));
    let statement = tx.query(cards_of(page)).bind(stage);
    let statement = bind(statement, query, &filter).bind(position).bind(id).bind(limit + 1);
    let mut rows: Vec<CardRow> = statement.all().await?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    Ok(Cards { cards: cards(tx, rows), more })
}

/// One card.
async fn card(tx: &mut Tx, id: DealId) -> Result<BoardCard> {
    let page = Sql::new("WITH page AS MATERIALIZED (SELECT d.id FROM deals d WHERE d.id = $2")
        .and("AND d.deleted_at IS NULL AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1))");
    let rows: Vec<CardRow> = tx.query(cards_of(page)).bind(id).all().await?;
    cards(tx, rows).pop().ok_or(Error::NotFound)
}

/// Carries out a move: writes one deal and one event. The same `cmd` again changes nothing. A deal that somebody else
/// moved meanwhile is moved all the same: the newer move counts, and undo leads back.
///
/// # Errors
/// `NotFound` for a deal out of reach or a stage that does not exist; `Conflict` where the same `cmd` moved it
/// elsewhere before; `BadRequest` for a `cmd` that was used for another record.
pub async fn move_to(tx: &mut Tx, change: &Move) -> Result<Moved> {
    records::read(tx, change.deal).await?;
    asked(tx, &(change.to, change.after, change.before, &change.lost_reason))?;
    let stage = pipeline::stage(tx, change.to).await?;
    let before = done_before(tx, change.cmd, Kind::Deal, change.deal.0).await?;
    if before == Before::Other {
        return Err(store::conflict(tx, change.deal).await);
    }
    if before != Before::Never {
        let (facts, _) = records::read(tx, change.deal).await?;
        let stage = pipeline::stage(tx, facts.stage_id).await?;
        return Ok(Moved { card: card(tx, change.deal).await?, stage, event: None });
    }
    let place = places::find(tx, change).await?;
    let today = clock::today(tx.actor().zone);
    let mut tries = 0;
    let event = loop {
        let (facts, version) = records::read(tx, change.deal).await?;
        let what = what_of_move(&facts, &stage);
        let mut new = moved(&facts, &stage, position::to_hex(&place), today);
        if stage.status == Status::Lost && !change.lost_reason.is_empty() {
            new.lost_reason.clone_from(&change.lost_reason);
        }
        tries += 1;
        let done = Done { what, cmd: Some(change.cmd), undoes: None };
        match records::save(tx, change.deal, (&facts, version), &new, done).await {
            Err(Error::Conflict { .. }) if tries < TRIES => {}
            done => break done?,
        }
    };
    if place.len() > position::LONGEST {
        places::spread(tx, stage.id).await?;
    }
    Ok(Moved { card: card(tx, change.deal).await?, stage, event })
}
