//! From a form to the store: shared by the server functions and the plain forms, and by imports and samples.

use super::conflict::settled;
use super::model::{CustomerForm, Draft, FIELDS};
use super::store;
use crate::auth::model::Permission;
use crate::customers::model::CustomerFacts;
use crate::error::{Error, Result};
use crate::fields::FieldsOf;
use crate::fields::own::input::missing;
use crate::fields::own::store::links::{for_the_browser, settle_links};
use crate::fields::own::store::of_kind;
use crate::id::{CmdId, ContactId, CustomerId, EventId};
use crate::journal::conflict::{merged, telling};
use crate::journal::model::What;
use crate::journal::store::{Before, as_of, asked, done_before};
use crate::live::Kind;
use crate::people::store::{may_give, owner_choices_beside};
use crate::records::{self, Done};
use crate::server::db::Tx;
use uuid::Uuid;

fn fresh() -> ContactId {
    ContactId(Uuid::now_v7())
}

/// The form to begin with. The id of a new customer is made here, so that a form sent twice makes one customer.
///
/// # Errors
/// `NotFound` for a customer that does not exist or is out of reach; `Forbidden` without the right to sell.
pub async fn draft(tx: &mut Tx, id: Option<CustomerId>) -> Result<Draft> {
    tx.actor().must(Permission::Sell)?;
    let mut owner = tx.actor().unit();
    let mut own = of_kind(tx, FieldsOf::Customer).await?;
    let mut form = match id {
        Some(id) => {
            let mut customer = store::get(tx, id).await?;
            for_the_browser(tx, &mut own, &mut customer.facts.own).await?;
            owner = customer.facts.owner_id;
            CustomerForm::of(id, customer.version, &customer.facts, &own.with(FIELDS), tx.actor().locale)
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
    Ok(Draft { form, owners, own })
}

/// The facts that the form says. Own fields that are not in the form keep the values on record.
async fn parsed(tx: &mut Tx, form: &CustomerForm, id: Option<CustomerId>) -> Result<CustomerFacts> {
    let own = of_kind(tx, FieldsOf::Customer).await?;
    let facts = form.parse(tx.actor().unit(), tx.actor().typed_at(), &own.with(FIELDS), fresh);
    let mut facts = facts.map_err(Error::Invalid)?;
    match id {
        Some(id) => {
            let now = store::get(tx, id).await?.facts.own;
            facts.own = facts.own.over(&now, &form.typed);
            settle_links(tx, &own, &mut facts.own, Some(&now)).await?;
        }
        None => {
            missing(&own.active(), &facts.own).map_err(Error::Invalid)?;
            settle_links(tx, &own, &mut facts.own, None).await?;
        }
    }
    Ok(facts)
}

/// Notes in the transaction what was asked for, so that the same form sent twice is recognised. Ids of new contacts are
/// left out, because they are made anew each time the form is read.
fn ask(tx: &mut Tx, facts: &CustomerFacts, take: &[String]) -> Result<()> {
    let mut said = facts.clone();
    said.contacts.iter_mut().for_each(|contact| contact.id = ContactId(Uuid::nil()));
    asked(tx, &(said, take))
}

/// Adds the customer of the form. If the form names a version, the customer was added before and something else was
/// typed since: then it is changed.
///
/// # Errors
/// `Invalid` with every problem; the errors of the store.
pub async fn create(tx: &mut Tx, form: &CustomerForm) -> Result<CustomerId> {
    let id: CustomerId = form.id.parse().map_err(|_| Error::BadRequest)?;
    if !form.version.trim().is_empty() {
        return change(tx, id, form).await.map(|_| id);
    }
    let mut facts = parsed(tx, form, None).await?;
    ask(tx, &facts, &[])?;
    // The contacts of a new customer always get new ids, so that no other customer's contact can be taken over.
    facts.contacts.iter_mut().for_each(|contact| contact.id = fresh());
    add(tx, id, &facts, What::Created).await?;
    Ok(id)
}

/// Changes the customer as the form has it.
///
/// # Errors
/// `Invalid` with every problem; `Conflict` when somebody changed it since; the errors of the store.
pub async fn change(tx: &mut Tx, id: CustomerId, form: &CustomerForm) -> Result<Option<EventId>> {
    let version = form.version.parse().map_err(|_| Error::BadRequest)?;
    let mut facts = parsed(tx, form, Some(id)).await?;
    ask(tx, &facts, &form.take)?;
    if form.owner.trim().is_empty() {
        // The form of somebody without the right to hand over does not name the owner.
        facts.owner_id = store::get(tx, id).await?.facts.owner_id;
    }
    let cmd: Option<CmdId> = form.cmd.parse().ok();
    edit(tx, id, Edit { facts, version, cmd, take: &form.take }).await
}

/// Adds a customer with these facts, from a form, a file or a sample.
///
/// # Errors
/// `Forbidden` or `Invalid` for an owner that may not be chosen; as [`records::create`].
pub async fn add(tx: &mut Tx, id: CustomerId, facts: &CustomerFacts, what: What) -> Result<()> {
    may_give(tx, facts.owner_id).await?;
    records::create(tx, id, facts, what).await.map(|_| ())
}

/// A command to change a customer, based on the version that was read.
#[derive(Debug)]
pub struct Edit<'a> {
    pub facts: CustomerFacts,
    pub version: i64,
    pub cmd: Option<CmdId>,
    /// After a conflict: the fields that keep the value on record.
    pub take: &'a [String],
}

/// Changes a customer. Writes nothing where nothing differs or where the same command was carried out before. Another
/// change under the same `cmd` is carried out only if it was based on the present version.
///
/// # Errors
/// `Conflict` with the present facts when somebody changed the same field since; `NotFound`; `BadRequest` for a `cmd`
/// that was used for another record; `Forbidden` or `Invalid` for an owner that may not be chosen.
pub async fn edit(tx: &mut Tx, id: CustomerId, edit: Edit<'_>) -> Result<Option<EventId>> {
    let now = store::get(tx, id).await?;
    let before = match edit.cmd {
        Some(cmd) => done_before(tx, cmd, Kind::Customer, id.0).await?,
        None => Before::Never,
    };
    if let Before::Done(_) = before {
        return Ok(None);
    }
    let cmd = edit.cmd.filter(|_| before == Before::Never);
    if before == Before::Other && now.version != edit.version {
        return Err(store::conflict(tx, now).await);
    }
    let described = of_kind(tx, FieldsOf::Customer).await?.with(FIELDS);
    let mine = settled(&described, edit.facts, &now.facts, edit.take);
    let was = as_of(tx, Kind::Customer, id.0, (&now.facts, now.version), edit.version).await?;
    let merged = was.map_or(Err(Vec::new()), |was| merged(&was, &now.facts, &mine, &[], false));
    let mut facts = match merged {
        Ok(facts) => facts,
        Err(both) => return Err(telling(store::conflict(tx, now).await, both)),
    };
    if facts.owner_id != now.facts.owner_id {
        tx.actor().must(Permission::HandOver)?;
        may_give(tx, facts.owner_id).await?;
    }
    // A contact with an id that is not this customer's becomes a new contact.
    for contact in &mut facts.contacts {
        if now.facts.contacts.iter().all(|own| own.id != contact.id) {
            contact.id = ContactId(Uuid::now_v7());
        }
    }
    let what = what_of(&now.facts, &facts);
    let done = Done { what, cmd, undoes: None };
    records::save(tx, id, (&now.facts, now.version), &facts, done).await
}

/// The name of the change in the history.
fn what_of(old: &CustomerFacts, new: &CustomerFacts) -> What {
    let owner_only = CustomerFacts { owner_id: new.owner_id, ..old.clone() } == *new;
    if owner_only && old.owner_id != new.owner_id { What::HandedOver } else { What::Changed }
}
