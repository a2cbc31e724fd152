//! What of somebody who leaves is given to somebody else.

use crate::error::Result;
use crate::id::{CustomerId, UnitId};
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
