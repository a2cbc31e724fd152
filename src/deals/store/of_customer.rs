//! What becomes of a customer's deals when it gets another name or is gone for good, and whether a deal is there to
//! point at. Nobody asks for these by themselves: they belong to another change.

use super::key_of;
use crate::error::Result;
use crate::id::{CustomerId, DealId, ProductId};
use crate::records::store as records;
use crate::server::db::Tx;

/// The customer's deals, with what else their search keys are made of.
async fn of(tx: &mut Tx, customer: CustomerId) -> Result<Vec<(DealId, String, Option<ProductId>)>> {
    let deals = tx
        .everyones(
            "SELECT id, title, product_id FROM deals \
             WHERE customer_id = $2",
        )
        .bind(customer)
        .all()
        .await?;
    Ok(deals)
}

/// Writes the search keys of a customer's deals anew, in the transaction that changed its name.
///
/// # Errors
/// `Internal` only.
pub async fn customer_renamed(tx: &mut Tx, customer: CustomerId) -> Result<()> {
    for (id, title, product) in of(tx, customer).await? {
        let key = key_of(tx, &title, Some(customer), product).await?;
        records::found_by(tx, id.0, key).await?;
    }
    Ok(())
}

/// Lets the deals of a customer that is gone for good stay without one, in the transaction that puts it on record;
/// gives them.
///
/// # Errors
/// `Internal` only.
pub async fn left_by(tx: &mut Tx, customer: CustomerId) -> Result<Vec<DealId>> {
    let deals = of(tx, customer).await?;
    for (id, title, product) in &deals {
        let key = key_of(tx, title, None, *product).await?;
        tx.everyones(
            "UPDATE deals SET customer_id = NULL, version = version + 1 \
             WHERE id = $2",
        )
        .bind(*id)
        .execute()
        .await?;
        records::left_alone(tx, id.0, key).await?;
    }
    Ok(deals.into_iter().map(|(id, ..)| id).collect())
}
