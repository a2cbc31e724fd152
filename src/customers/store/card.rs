//! What a customer's card shows besides the customer: the deals in reach, their number, and their sums.

use super::super::model::{BESIDE, CustomerCard, CustomerDeal, FIELDS};
use super::get;
use crate::deals::model::Status;
use crate::error::Result;
use crate::fields::FieldsOf;
use crate::fields::own;
use crate::fields::said::said_of;
use crate::i18n::{Currency, Money, Totals};
use crate::id::CustomerId;
use crate::own_records::store::on_card::on_customer;
use crate::server::db::Tx;
use crate::server::sql::Sql;

/// How many deals a card lists; their number and sums are of all deals.
const DEALS: usize = 100;

/// The whole card.
///
/// # Errors
/// `NotFound` for none, or one out of reach.
pub async fn card(tx: &mut Tx, id: CustomerId) -> Result<CustomerCard> {
    let mut customer = get(tx, id).await?;
    let (open, won) = worth_of(tx, id).await?;
    let deals = deals_of(tx, id).await?;
    // A list shorter than the limit is complete, so its length is the number.
    let deals_in_all = if deals.len() < DEALS {
        deals.len().try_into().unwrap_or(u32::MAX)
    } else {
        count_deals(tx, id).await?
    };
    let mut own_fields = own::store::of_kind(tx, FieldsOf::Customer).await?;
    own::store::links::for_the_browser(tx, &mut own_fields, &mut customer.facts.own).await?;
    let fields = own_fields.with(FIELDS);
    let fields = fields.iter().filter(|field| !BESIDE.contains(&&*field.key));
    let said = said_of(fields, &customer.facts, tx.actor().locale);
    let records = on_customer(tx, id).await?;
    let linked = own::store::links::leading_to(tx, id.0).await?;
    Ok(CustomerCard { customer, deals, deals_in_all, open, won, records, linked, said })
}

async fn count_deals(tx: &mut Tx, customer: CustomerId) -> Result<u32> {
    let (count,): (i64,) = tx
        .query(
            "SELECT COUNT(*) FROM deals WHERE customer_id = $2 AND deleted_at IS NULL \
               AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        )
        .bind(customer)
        .one()
        .await?;
    Ok(count.try_into().unwrap_or(u32::MAX))
}

/// The customer's deals in reach: open ones first, in the order of their stages, then the latest closed.
async fn deals_of(tx: &mut Tx, customer: CustomerId) -> Result<Vec<CustomerDeal>> {
    Ok(tx
        .query(
            "SELECT d.id, d.title, s.name AS stage, s.color, s.status, d.amount, d.currency \
             FROM deals d JOIN stages s ON s.id = d.stage_id \
             WHERE d.customer_id = $2 AND d.deleted_at IS NULL \
               AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
             ORDER BY CASE WHEN s.status = 'open' THEN 0 ELSE 1 END, d.closed_on DESC, s.place, d.id DESC LIMIT $3",
        )
        .bind(customer)
        .bind(i64::try_from(DEALS).unwrap_or(i64::MAX))
        .all()
        .await?)
}

/// The sums of the customer's deals in reach: open ones and won ones.
async fn worth_of(tx: &mut Tx, customer: CustomerId) -> Result<(Totals, Totals)> {
    let sums: Vec<(Status, Currency, i64)> = tx
        .query(Sql::new("SELECT s.status, d.currency,").and(crate::deals::store::SUM).and(
            "FROM deals d JOIN stages s ON s.id = d.stage_id \
             WHERE d.customer_id = $2 AND d.deleted_at IS NULL AND d.amount IS NOT NULL \
               AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) GROUP BY s.status, d.currency",
        ))
        .bind(customer)
        .all()
        .await?;
    let of = |wanted| {
        sums.iter().filter(|(status, ..)| *status == wanted).map(|sum| Money::new(sum.2, sum.1)).collect()
    };
    Ok((of(Status::Open), of(Status::Won)))
}
