//! Reads the own records on a customer's card: the first of each kind and their number, with one statement for all
//! kinds.

use crate::error::Result;
use crate::id::{CustomerId, KindNr, OwnRecordId};
use crate::own_kinds::store::seen;
use crate::own_records::view::{OnCustomer, OnCustomerRow};
use crate::server::db::Tx;

/// The most records of a kind on a card.
const NAMED: usize = 20;

#[derive(sqlx::FromRow)]
struct OnCard {
    id: OwnRecordId,
    kind: KindNr,
    name: String,
    stage: Option<i64>,
    /// The number of records of its kind.
    in_all: i64,
}

/// The first of each kind by name. The database numbers all records of the customer, but only these are read.
const FIRST: &str = "SELECT f.id, f.kind, f.name, f.stage, f.in_all FROM ( \
         SELECT o.id, o.kind_number AS kind, o.name, o.stage, COUNT(*) OVER (PARTITION BY o.kind_number) AS in_all, \
             ROW_NUMBER() OVER (PARTITION BY o.kind_number ORDER BY o.sort_key, o.id) AS place \
         FROM own_records o WHERE o.customer_id = $2 AND o.deleted_at IS NULL \
           AND o.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
           AND o.kind_number NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1)) f \
     WHERE f.place <= $3 ORDER BY f.kind, f.place";

/// The records of each kind that has customers, in the order of the kinds. The caller has checked that the person may
/// see the card.
///
/// # Errors
/// `Internal` only.
pub async fn on_customer(tx: &mut Tx, customer: CustomerId) -> Result<Vec<OnCustomer>> {
    let locale = tx.actor().locale;
    let role = tx.actor().role;
    let kinds = seen(tx).await?.into_iter().filter(|kind| kind.facts.active && kind.facts.on_customer);
    let kinds: Vec<_> = kinds.collect();
    if kinds.is_empty() {
        return Ok(Vec::new());
    }
    let most = i64::try_from(NAMED).unwrap_or_default();
    let all: Vec<OnCard> = tx.query(FIRST).bind(customer).bind(most).all().await?;
    let of = |kind: &crate::own_kinds::model::OwnKind| {
        let mine: Vec<&OnCard> = all.iter().filter(|one| one.kind == kind.nr).collect();
        let in_all = mine.first().map_or(0, |one| one.in_all);
        let rows = mine.into_iter().map(|one| OnCustomerRow {
            id: one.id,
            name: one.name.clone(),
            stage: one.stage.and_then(|nr| kind.facts.stage_shown(nr)),
        });
        let (rows, in_all) = (rows.collect(), u32::try_from(in_all).unwrap_or(u32::MAX));
        OnCustomer { kind: kind.named(locale), may_change: kind.facts.may_change(role), in_all, rows }
    };
    Ok(kinds.iter().map(of).collect())
}
