//! All customers of somebody who leaves, given to somebody else: one event each, so that each can also be taken back by itself.

use super::{get, save};
use crate::customers::model::CustomerFacts;
use crate::error::Result;
use crate::id::{CustomerId, EventId, UnitId};
use crate::journal::model::What;
use crate::server::db::Tx;

/// The customers in reach that hang on that unit.
///
/// # Errors
/// `Internal` only.
pub async fn of(tx: &mut Tx, owner: UnitId) -> Result<Vec<CustomerId>> {
    let found: Vec<(CustomerId,)> = tx
        .query(
            "SELECT id FROM customers WHERE owner_id = $2 AND deleted_at IS NULL \
             AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) ORDER BY id",
        )
        .bind(owner)
        .all()
        .await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Gives a customer from one to another; nothing happens where it does not hang on the one any more. The caller has asked whether this
/// may be.
///
/// # Errors
/// `NotFound` out of reach.
pub async fn give(
    tx: &mut Tx,
    id: CustomerId,
    from: UnitId,
    to: UnitId,
    undoes: Option<EventId>,
) -> Result<()> {
    let now = get(tx, id).await?;
    if now.facts.owner_id == from {
        let new = CustomerFacts { owner_id: to, ..now.facts.clone() };
        let what = if undoes.is_some() { What::Undone } else { What::HandedOver };
        save(tx, &now, &new, what, None, None).await?;
    }
    Ok(())
}
