//! Reads the card of an own record, with names instead of ids, and the customer if it is in reach of the person asking.
//! The activities and tasks on the card are read by their own features.

use crate::error::Result;
use crate::fields::FieldsOf;
use crate::fields::own::store::links::{for_the_browser, leading_to};
use crate::fields::own::store::of_kind;
use crate::fields::said::said_of;
use crate::id::{CustomerId, OwnRecordId, UnitId};
use crate::own_kinds::store::numbered;
use crate::own_records::model::OwnRecord;
use crate::own_records::view::OwnCard;
use crate::records;
use crate::server::db::Tx;

/// The customer's name, if the customer is in reach of the person asking and not deleted.
///
/// # Errors
/// `Internal` only.
pub async fn customer_name(tx: &mut Tx, customer: Option<CustomerId>) -> Result<Option<String>> {
    let Some(customer) = customer else { return Ok(None) };
    let found: Option<(String,)> = tx
        .query(
            "SELECT name FROM customers WHERE id = $2 AND deleted_at IS NULL \
               AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        )
        .bind(customer)
        .optional()
        .await?;
    Ok(found.map(|(name,)| name))
}

/// The name of the unit that owns a record.
///
/// # Errors
/// `Internal` only.
pub async fn owner_name(tx: &mut Tx, owner: UnitId) -> Result<String> {
    let (name,): (String,) = tx.everyones("SELECT name FROM units WHERE id = $2").bind(owner).one().await?;
    Ok(name)
}

/// The card. A customer out of reach is shown as none.
///
/// # Errors
/// `NotFound` for a record that does not exist or is out of reach.
pub async fn card(tx: &mut Tx, id: OwnRecordId) -> Result<OwnCard> {
    let (mut facts, version) = records::read(tx, id).await?;
    let kind = numbered(tx, facts.kind).await?;
    let customer = customer_name(tx, facts.customer_id).await?;
    facts.customer_id = facts.customer_id.filter(|_| customer.is_some());
    let owner = owner_name(tx, facts.owner_id).await?;
    let mut own = of_kind(tx, FieldsOf::Own(kind.nr)).await?;
    for_the_browser(tx, &mut own, &mut facts.own).await?;
    let linked = leading_to(tx, id.0).await?;
    let fields = own.active();
    let locale = tx.actor().locale;
    let said = said_of(fields.iter(), &facts, locale);
    let own_stage = facts.stage;
    let stages = kind.facts.stages.iter();
    let stages = stages.filter(|stage| !stage.archived || own_stage == Some(i64::from(stage.nr)));
    Ok(OwnCard {
        stages: stages.cloned().collect(),
        kind: kind.named(locale),
        may_change: kind.facts.may_change(tx.actor().role),
        record: OwnRecord { id, version, owner, customer, facts },
        linked,
        said,
    })
}
