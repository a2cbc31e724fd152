//! Reads the deals of the first page: the person's own open deals, not everyone's in reach.

use super::model::TodayDeals;
use crate::deals::view::DealRow;
use crate::error::Result;
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::sql::Sql;
use chrono::TimeDelta;

const NEAR: TimeDelta = TimeDelta::days(7);
/// The longest list that still makes sense for one day.
const MOST: i64 = 50;
/// How many deals without a next step are listed; the others are only counted.
const STUCK: i64 = 5;

const ROW: &str = "SELECT d.id, d.title, c.id AS customer_id, c.name AS customer, s.name AS stage, s.color, s.status, \
     d.amount, d.currency, u.name AS owner, d.expected_on, d.closed_on";
const OWN_OPEN: &str = "FROM deals d JOIN stages s ON s.id = d.stage_id JOIN units u ON u.id = d.owner_id \
     LEFT JOIN customers c ON c.id = d.customer_id AND c.deleted_at IS NULL \
         AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
     WHERE d.owner_id = $1 AND d.deleted_at IS NULL AND s.status = 'open'";
/// Deals for which nobody in reach has an open task.
const WITHOUT_STEP: &str = "AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.deal_id = d.id AND t.done_at IS NULL \
     AND t.deleted_at IS NULL \
     AND t.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1))";

/// The person's own open deals that need attention today.
///
/// # Errors
/// `Internal` only.
pub async fn deals(tx: &mut Tx) -> Result<TodayDeals> {
    let until = clock::today(tx.actor().zone) + NEAR;
    let due =
        Sql::new(ROW).and(OWN_OPEN).and("AND d.expected_on <= $2 ORDER BY d.expected_on, d.id LIMIT $3");
    let due: Vec<DealRow> = tx.query(due).bind(until).bind(MOST).all().await?;
    let stuck = Sql::new(ROW).and(OWN_OPEN).and(WITHOUT_STEP).and("ORDER BY d.stage_since, d.id LIMIT $2");
    let stuck: Vec<DealRow> = tx.query(stuck).bind(STUCK).all().await?;
    let count = Sql::new("SELECT COUNT(*)").and(OWN_OPEN).and(WITHOUT_STEP);
    let (stuck_count,): (i64,) = tx.query(count).one().await?;
    Ok(TodayDeals { due, stuck, stuck_count })
}
