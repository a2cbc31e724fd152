//! What of somebody who leaves is given to somebody else.

use crate::error::Result;
use crate::id::{DealId, UnitId};
use crate::server::db::Tx;

/// The deals in reach that hang on that unit.
///
/// # Errors
/// `Internal` only.
pub async fn of(tx: &mut Tx, owner: UnitId) -> Result<Vec<DealId>> {
    let found: Vec<(DealId,)> = tx
        .query(
            "SELECT id FROM deals WHERE owner_id = $2 AND deleted_at IS NULL \
             AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) ORDER BY id",
        )
        .bind(owner)
        .all()
        .await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}
