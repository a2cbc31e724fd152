//! Whether a record is still there, wherever it hangs and even if it is in the trash: what points at it can be put
//! back.

use crate::error::Result;
use crate::id::{CustomerId, DealId};
use crate::server::db::Tx;

/// # Errors
/// `Internal` only.
pub async fn customer_is_kept(tx: &mut Tx, id: CustomerId) -> Result<bool> {
    let found: Option<(CustomerId,)> = tx
        .query("SELECT id FROM customers WHERE id = $2 AND EXISTS (SELECT 1 FROM people WHERE id = $1)")
        .bind(id)
        .optional()
        .await?;
    Ok(found.is_some())
}

/// # Errors
/// `Internal` only.
pub async fn deal_is_kept(tx: &mut Tx, id: DealId) -> Result<bool> {
    let found: Option<(DealId,)> = tx
        .query("SELECT id FROM deals WHERE id = $2 AND EXISTS (SELECT 1 FROM people WHERE id = $1)")
        .bind(id)
        .optional()
        .await?;
    Ok(found.is_some())
}
