//! The commands on own records, for server functions and plain forms alike: draft of a form, add, change, move. The
//! rules that need the database are checked here; the statements are in `store`.

use super::input::{OwnRecordForm, OwnRecordInput};
use super::model::OwnRecordFacts;
use super::store;
use super::store::card::customer_name;
use super::view::OwnDraft;
use crate::auth::model::Permission;
use crate::checks::Problems;
use crate::error::{Error, Problem, Result};
use crate::fields::FieldsOf;
use crate::fields::own::input::missing;
use crate::fields::own::store::links::{for_the_browser, settle_links};
use crate::fields::own::store::of_kind;
use crate::id::{CustomerId, EventId, KindNr, OwnRecordId};
use crate::journal::conflict::{Seen, merged, telling};
use crate::journal::model::What;
use crate::journal::store::{asked, begun_from};
use crate::live::Kind;
use crate::own_kinds::model::OwnKind;
use crate::own_kinds::store::changeable;
use crate::people::store::{may_give, owner_choices_beside};
use crate::records::{self, Record as _};
use crate::server::db::Tx;
use uuid::Uuid;

/// The form to begin with. The id of a new record is made here, so that a form that is sent twice makes one record.
///
/// # Errors
/// `NotFound` for a record, kind or customer that does not exist or is out of reach; `Forbidden` without the right to
/// change records, or those of this kind.
pub async fn draft(
    tx: &mut Tx,
    kind: Option<KindNr>,
    id: Option<OwnRecordId>,
    customer: Option<CustomerId>,
) -> Result<OwnDraft> {
    tx.actor().must(Permission::Sell)?;
    let locale = tx.actor().locale;
    let now = match id {
        Some(id) => Some((id, records::read(tx, id).await?)),
        None => None,
    };
    let nr = now.as_ref().map(|(_, (facts, _))| facts.kind).or(kind).ok_or(Error::NotFound)?;
    let kind = changeable(tx, nr).await?;
    let mut own = of_kind(tx, FieldsOf::Own(nr)).await?;
    let mut owner = tx.actor().unit();
    let mut stage = None;
    let (form, customer) = match now {
        Some((id, (mut facts, version))) => {
            for_the_browser(tx, &mut own, &mut facts.own).await?;
            owner = facts.owner_id;
            stage = facts.stage;
            let customer = customer_name(tx, facts.customer_id).await?;
            let mut form = OwnRecordForm::of(id, version, &facts, &own.active(), locale);
            if customer.is_none() {
                // A customer out of reach is not named; saving the form keeps it (`unseen`).
                form.customer.clear();
            }
            (form, customer)
        }
        None => {
            // An archived kind gets no new records.
            in_use(&kind)?;
            let name = match customer {
                Some(_) => Some(customer_name(tx, customer).await?.ok_or(Error::NotFound)?),
                None => None,
            };
            let first = kind.facts.offered().next();
            let form = OwnRecordForm {
                id: Uuid::now_v7().to_string(),
                customer: customer.map(|id| id.to_string()).unwrap_or_default(),
                stage: first.map(|stage| stage.nr.to_string()).unwrap_or_default(),
                owner: owner.to_string(),
                ..OwnRecordForm::default()
            };
            (form, name)
        }
    };
    let may_hand_over = tx.actor().must(Permission::HandOver).is_ok();
    let owners = if may_hand_over { owner_choices_beside(tx, owner).await? } else { Vec::new() };
    let offered = kind.facts.stages.iter();
    let offered = offered.filter(|one| !one.archived || stage == Some(i64::from(one.nr)));
    Ok(OwnDraft {
        form,
        stages: offered.cloned().collect(),
        on_customer: kind.facts.on_customer,
        kind: kind.named(locale),
        customer,
        owners,
        own,
    })
}

/// `NotFound` for an archived kind.
fn in_use(kind: &OwnKind) -> Result<()> {
    if kind.facts.active { Ok(()) } else { Err(Error::NotFound) }
}

/// Checks the customer if it is newly chosen. The former one may stay, even out of reach.
async fn check(tx: &mut Tx, typed: &OwnRecordInput, was: Option<&OwnRecordFacts>) -> Result<()> {
    let mut wrong = Problems::default();
    let customer = typed.customer_id.filter(|_| was.and_then(|was| was.customer_id) != typed.customer_id);
    if customer.is_some() && customer_name(tx, customer).await?.is_none() {
        wrong.add("customer", Problem::Unknown);
    }
    if wrong.0.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong.0)) }
}

/// The customer for a form without one: the record's customer if it is out of reach of the person asking, because the
/// form did not show it and so the person did not remove it.
async fn unseen(tx: &mut Tx, now: &OwnRecordFacts) -> Result<Option<CustomerId>> {
    let is_seen = customer_name(tx, now.customer_id).await?.is_some();
    Ok(now.customer_id.filter(|_| !is_seen))
}

/// Adds the record of the form, at the end of its stage. A form with a version changes the record: it was added by an
/// earlier sending of the same form, and something else was typed since.
///
/// # Errors
/// `Invalid` with every problem; `NotFound` for a kind that does not exist or is archived; and the errors of the store.
pub async fn create(tx: &mut Tx, kind: KindNr, form: &OwnRecordForm) -> Result<OwnRecordId> {
    let id: OwnRecordId = form.id.parse().map_err(|_| Error::BadRequest)?;
    if !form.version.trim().is_empty() || !form.over.trim().is_empty() {
        return change(tx, id, form).await.map(|_| id);
    }
    let kind = changeable(tx, kind).await?;
    in_use(&kind)?;
    let own = of_kind(tx, FieldsOf::Own(kind.nr)).await?;
    let typed =
        form.parse(&kind.facts, tx.actor().typed_at(), &own.active(), None).map_err(Error::Invalid)?;
    asked(tx, &(kind.nr, &typed))?;
    check(tx, &typed, None).await?;
    let owner_id = typed.owner_id.unwrap_or(tx.actor().unit());
    may_give(tx, owner_id).await?;
    let mut facts = typed.on(&OwnRecordFacts::new(kind.nr, owner_id)).map_err(Error::Invalid)?;
    missing(&own.active(), &facts.own).map_err(Error::Invalid)?;
    settle_links(tx, &own, &mut facts.own, None).await?;
    facts.position = store::end_of(tx, kind.nr, facts.stage).await?;
    records::create(tx, id, &facts, What::Created).await?;
    Ok(id)
}

/// Changes the record to the values of the form; `None` if nothing differs. In another stage it goes to the end.
///
/// # Errors
/// `Invalid` with every problem; `Conflict` if somebody changed the same fields since; and the errors of the store.
pub async fn change(tx: &mut Tx, id: OwnRecordId, form: &OwnRecordForm) -> Result<Option<EventId>> {
    let seen = Seen::read(&form.version, &form.over)?;
    let (now, found) = records::read(tx, id).await?;
    let kind = changeable(tx, now.kind).await?;
    let own = of_kind(tx, FieldsOf::Own(kind.nr)).await?;
    let Some(was) = begun_from(tx, Kind::OwnRecord, id.0, (&now, found), seen).await? else {
        return Err(OwnRecordFacts::conflict(tx, id).await);
    };
    let typed = form.parse(&kind.facts, tx.actor().typed_at(), &own.active(), Some(&was));
    let mut typed = typed.map_err(Error::Invalid)?;
    if typed.customer_id.is_none() {
        typed.customer_id = unseen(tx, &was).await?;
    }
    let mut mine = typed.on(&was).map_err(Error::Invalid)?;
    settle_links(tx, &own, &mut mine.own, Some(&was.own)).await?;
    let mut new = match merged(&was, &now, &mine, &[], seen.is_over(found)) {
        Ok(new) => new,
        Err(both) => return Err(telling(OwnRecordFacts::conflict(tx, id).await, both)),
    };
    check(tx, &typed, Some(&was)).await?;
    if new.owner_id != now.owner_id {
        tx.actor().must(Permission::HandOver)?;
        may_give(tx, new.owner_id).await?;
    }
    if new.stage != now.stage {
        new.position = store::end_of(tx, kind.nr, new.stage).await?;
    }
    records::save(tx, id, (&now, found), &new, what_of(&now, &new)).await
}

/// What the event of the change is called.
fn what_of(old: &OwnRecordFacts, new: &OwnRecordFacts) -> What {
    let moved = OwnRecordFacts { stage: new.stage, position: new.position.clone(), ..old.clone() };
    let given = OwnRecordFacts { owner_id: new.owner_id, ..old.clone() };
    if *new == moved {
        What::Moved
    } else if *new == given {
        What::HandedOver
    } else {
        What::Changed
    }
}

/// Moves a record after another one of a stage, or to the first place; `None` if it is there already.
///
/// # Errors
/// `NotFound` for a record that does not exist or is out of reach, and for a stage that is archived or not of its kind.
pub async fn move_to(
    tx: &mut Tx,
    id: OwnRecordId,
    stage: i64,
    after: Option<OwnRecordId>,
) -> Result<Option<EventId>> {
    let (now, version) = records::read(tx, id).await?;
    let kind = changeable(tx, now.kind).await?;
    let offered = kind.facts.offered().any(|one| i64::from(one.nr) == stage);
    if !offered && now.stage != Some(stage) {
        return Err(Error::NotFound);
    }
    let position = store::place_behind(tx, (kind.nr, stage), after, id).await?;
    let new = OwnRecordFacts { stage: Some(stage), position, ..now.clone() };
    records::save(tx, id, (&now, version), &new, What::Moved).await
}

/// Moves a record to the end of another stage; `None` if it is in that stage already.
///
/// # Errors
/// `NotFound` for a record that does not exist or is out of reach, and for a stage that is archived or not of its kind.
pub async fn put(tx: &mut Tx, id: OwnRecordId, stage: i64) -> Result<Option<EventId>> {
    let (now, version) = records::read(tx, id).await?;
    if now.stage == Some(stage) {
        return Ok(None);
    }
    let kind = changeable(tx, now.kind).await?;
    if !kind.facts.offered().any(|one| i64::from(one.nr) == stage) {
        return Err(Error::NotFound);
    }
    let position = store::end_of(tx, kind.nr, Some(stage)).await?;
    let new = OwnRecordFacts { stage: Some(stage), position, ..now.clone() };
    records::save(tx, id, (&now, version), &new, What::Moved).await
}
