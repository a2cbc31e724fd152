//! The little a sample asks of the database beside the features' own stores.

use crate::error::Result;
use crate::id::{CustomerId, DealId, UnitId};
use crate::server::db::Tx;
use chrono::{DateTime, Utc};

/// Customers that are there, with their owners, for deals without new customers.
pub(super) async fn some_customers(tx: &mut Tx) -> Result<Vec<(CustomerId, UnitId)>> {
    Ok(tx
        .query(
            "SELECT id, owner_id FROM customers \
             WHERE deleted_at IS NULL AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) ORDER BY id LIMIT 10000",
        )
        .all()
        .await?)
}

/// Lets a deal that was made just now look as if it had come to its stage then.
pub(super) async fn in_stage_since(tx: &mut Tx, deal: DealId, since: DateTime<Utc>) -> Result<()> {
    tx.query(
        "UPDATE deals SET stage_since = $3 WHERE id = $2 AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
    )
    .bind(deal)
    .bind(since)
    .execute()
    .await?;
    Ok(())
}
