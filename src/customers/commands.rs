//! From a form to the store, for the server functions and for the plain forms alike: ids made, problems told, the same rules for both.

use super::model::{CustomerForm, Draft};
use super::store::{self, Edit};
use crate::auth::model::Permission;
use crate::customers::model::CustomerFacts;
use crate::error::{Error, Result};
use crate::id::{CmdId, ContactId, CustomerId, EventId};
use crate::journal::model::What;
use crate::journal::store::asked;
use crate::people::store::owner_choices_beside;
use crate::server::db::Tx;
use uuid::Uuid;

fn fresh() -> ContactId {
    ContactId(Uuid::now_v7())
}

/// What a form begins with. A new customer's id is made here, so that a form sent twice makes one customer.
///
/// # Errors
/// `NotFound` for a customer that is none or out of reach; `Forbidden` for who may not change any.
pub async fn draft(tx: &mut Tx, id: Option<CustomerId>) -> Result<Draft> {
    tx.actor().must(Permission::Sell)?;
    let mut owner = tx.actor().unit();
    let mut form = match id {
        Some(id) => {
            let customer = store::get(tx, id).await?;
            owner = customer.facts.owner_id;
            CustomerForm::of(id, customer.version, &customer.facts)
        }
        None => CustomerForm {
            id: Uuid::now_v7().to_string(),
            kind: "organisation".into(),
            owner: owner.to_string(),
            ..CustomerForm::default()
        },
    };
    form.cmd = Uuid::now_v7().to_string();
    let may_hand_over = tx.actor().must(Permission::HandOver).is_ok();
    let owners = if may_hand_over { owner_choices_beside(tx, owner).await? } else { Vec::new() };
    Ok(Draft { form, owners })
}

/// What the form asks for: the ids of new contacts are made anew each time it is read.
fn ask(tx: &mut Tx, facts: &CustomerFacts, take: &[String]) -> Result<()> {
    let mut said = facts.clone();
    said.contacts.iter_mut().for_each(|contact| contact.id = ContactId(Uuid::nil()));
    asked(tx, &(said, take))
}

/// Adds the customer of the form; changes it where the form names a version: it was added before, and something else was typed since.
///
/// # Errors
/// `Invalid` with every problem; what the store says.
pub async fn create(tx: &mut Tx, form: &CustomerForm) -> Result<CustomerId> {
    let id: CustomerId = form.id.parse().map_err(|_| Error::BadRequest)?;
    if !form.version.trim().is_empty() {
        return change(tx, id, form).await.map(|_| id);
    }
    let mut facts = form.parse(tx.actor().unit(), fresh).map_err(Error::Invalid)?;
    ask(tx, &facts, &[])?;
    // Nobody new brings contacts that somebody has already.
    facts.contacts.iter_mut().for_each(|contact| contact.id = fresh());
    store::create(tx, id, &facts, What::Created).await?;
    Ok(id)
}

/// Changes the customer as the form has it.
///
/// # Errors
/// `Invalid` with every problem; `Conflict` when somebody changed it since; what the store says.
pub async fn change(tx: &mut Tx, id: CustomerId, form: &CustomerForm) -> Result<Option<EventId>> {
    let version = form.version.parse().map_err(|_| Error::BadRequest)?;
    let mut facts = form.parse(tx.actor().unit(), fresh).map_err(Error::Invalid)?;
    ask(tx, &facts, &form.take)?;
    if form.owner.trim().is_empty() {
        // The form of somebody who may not hand over does not name the owner.
        facts.owner_id = store::get(tx, id).await?.facts.owner_id;
    }
    let cmd: Option<CmdId> = form.cmd.parse().ok();
    store::change(tx, id, Edit { facts, version, cmd, take: &form.take }).await
}
