//! One reading for the first page.

use crate::deals::shown::DealRow;
use crate::error::Result;
use crate::server::clock;
use crate::server::db::Tx;
use chrono::TimeDelta;

const NEAR: TimeDelta = TimeDelta::days(7);
/// More than this is no longer a list for today.
const MOST: i64 = 50;

/// The person's own open deals whose expected close is near or past.
///
/// # Errors
/// `Internal` only.
pub async fn due(tx: &mut Tx) -> Result<Vec<DealRow>> {
    let until = clock::today(tx.actor().zone) + NEAR;
    Ok(tx
        .query(
            "SELECT d.id, d.title, c.id AS customer_id, c.name AS customer, s.name AS stage, s.color, s.status, d.amount, \
                    d.currency, u.name AS owner, d.expected_on, d.closed_on \
             FROM deals d JOIN stages s ON s.id = d.stage_id JOIN units u ON u.id = d.owner_id \
             LEFT JOIN customers c ON c.id = d.customer_id AND c.deleted_at IS NULL \
                  AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
             WHERE d.owner_id = $1 AND d.deleted_at IS NULL AND s.status = 'open' AND d.expected_on <= $2 \
             ORDER BY d.expected_on, d.id LIMIT $3",
        )
        .bind(until)
        .bind(MOST)
        .all()
        .await?)
}
