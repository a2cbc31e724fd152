//! Updates a customer's deals when the customer is renamed or deleted for good. Called as part of that change.

use super::key_of;
use crate::error::Result;
use crate::fields::OwnValues;
use crate::id::{CustomerId, DealId, ProductId};
use crate::records::store as records;
use crate::server::db::Tx;
use sqlx::types::Json;

#[derive(sqlx::FromRow)]
struct OfCustomer {
    id: DealId,
    title: String,
    product_id: Option<ProductId>,
    own: Json<OwnValues>,
}

/// The customer's deals, with what their search keys are made of.
async fn of(tx: &mut Tx, customer: CustomerId) -> Result<Vec<OfCustomer>> {
    let deals = tx
        .everyones(
            "SELECT d.id, d.title, d.product_id, r.own FROM deals d JOIN records r ON r.id = d.id \
             WHERE d.customer_id = $2",
        )
        .bind(customer)
        .all()
        .await?;
    Ok(deals)
}

/// Rewrites the search keys of a customer's deals, in the transaction that renames the customer.
///
/// # Errors
/// `Internal` only.
pub async fn customer_renamed(tx: &mut Tx, customer: CustomerId) -> Result<()> {
    for deal in of(tx, customer).await? {
        let key = key_of(tx, &deal.title, Some(customer), deal.product_id, &deal.own.0).await?;
        records::found_by(tx, deal.id.0, key).await?;
    }
    Ok(())
}

/// Detaches the deals of a customer that is deleted for good, in the same transaction; returns them.
///
/// # Errors
/// `Internal` only.
pub async fn left_by(tx: &mut Tx, customer: CustomerId) -> Result<Vec<DealId>> {
    let deals = of(tx, customer).await?;
    for deal in &deals {
        let key = key_of(tx, &deal.title, None, deal.product_id, &deal.own.0).await?;
        tx.everyones(
            "UPDATE deals SET customer_id = NULL, version = version + 1 \
             WHERE id = $2",
        )
        .bind(deal.id)
        .execute()
        .await?;
        records::left_alone(tx, deal.id.0, key).await?;
    }
    Ok(deals.into_iter().map(|deal| deal.id).collect())
}
