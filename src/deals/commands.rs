//! From a form or a button to the store: shared by the server functions and the plain forms.

use super::board::model::Move;
use super::input::{DealForm, DealInput};
use super::model::{DealFacts, FIELDS, NOTE, Stage, Status, moved, what_of_move};
use super::view::{DealDraft, PipelineChoice};
use super::{board, pipeline, store};
use crate::auth::model::Permission;
use crate::checks::Problems;
use crate::error::{Error, Problem, Result};
use crate::fields::FieldsOf;
use crate::fields::own::input::missing;
use crate::fields::own::store::links::{for_the_browser, settle_links};
use crate::fields::own::store::of_kind;
use crate::i18n::Locale;
use crate::id::{CmdId, CustomerId, DealId, EventId, StageId};
use crate::journal::conflict::{Seen, merged, telling};
use crate::journal::model::What;
use crate::journal::store::{asked, begun_from};
use crate::live::Kind;
use crate::people::store::{may_give, owner_choices_beside};
use crate::products::store as products;
use crate::records;
use crate::server::clock;
use crate::server::db::Tx;
use uuid::Uuid;

/// The form to begin with, written in the person's language. The id of a new deal is made here, so that a form sent
/// twice makes one deal.
///
/// # Errors
/// `NotFound` for a deal, customer or stage that does not exist or is out of reach; `Forbidden` without the right to
/// sell.
pub async fn draft(
    tx: &mut Tx,
    locale: Locale,
    id: Option<DealId>,
    customer: Option<CustomerId>,
    stage: Option<StageId>,
) -> Result<DealDraft> {
    tx.actor().must(Permission::Sell)?;
    let stages = pipeline::all_stages(tx).await?;
    let mut owner = tx.actor().unit();
    let mut own = of_kind(tx, FieldsOf::Deal).await?;
    let (form, customer, product) = match id {
        Some(id) => {
            let (mut facts, version) = records::read(tx, id).await?;
            for_the_browser(tx, &mut own, &mut facts.own).await?;
            let customer = match facts.customer_id {
                Some(customer) => store::card::brief(tx, customer).await?,
                None => None,
            };
            owner = facts.owner_id;
            let mut form = DealForm::of(id, version, &facts, &own.with(FIELDS), locale);
            if customer.is_none() {
                // A customer out of reach is not named; saving keeps it, see `unseen`.
                form.customer.clear();
            }
            (form, customer, facts.product_id)
        }
        None => {
            let customer = match customer {
                Some(customer) => Some(store::card::brief(tx, customer).await?.ok_or(Error::NotFound)?),
                None => None,
            };
            let stage = match stage {
                Some(wanted) => Some(stages.iter().find(|stage| stage.id == wanted).ok_or(Error::NotFound)?),
                None => stages.iter().find(|stage| stage.status == Status::Open),
            };
            let form = DealForm {
                id: Uuid::now_v7().to_string(),
                customer: customer.as_ref().map(|customer| customer.id.to_string()).unwrap_or_default(),
                currency: tx.actor().currency.code().to_owned(),
                stage: stage.map(|stage| stage.id.to_string()).unwrap_or_default(),
                owner: tx.actor().unit().to_string(),
                ..DealForm::default()
            };
            (form, customer, None)
        }
    };
    let may_hand_over = tx.actor().must(Permission::HandOver).is_ok();
    let owners = if may_hand_over { owner_choices_beside(tx, owner).await? } else { Vec::new() };
    Ok(DealDraft {
        form,
        customer: customer.map(|customer| customer.name),
        pipelines: pipelines_of(tx, stages).await?,
        products: products::choices(tx, product).await?,
        owners,
        own,
    })
}

async fn pipelines_of(tx: &mut Tx, stages: Vec<Stage>) -> Result<Vec<PipelineChoice>> {
    let pipelines = pipeline::pipelines(tx).await?.into_iter().map(|pipeline| PipelineChoice {
        id: pipeline.id,
        name: pipeline.name,
        stages: stages.iter().filter(|stage| stage.pipeline_id == pipeline.id).cloned().collect(),
    });
    Ok(pipelines.collect())
}

/// Fields that conflict with each other when two people change one each.
const TOGETHER: &[&[&str]] = &[&["amount", "currency"]];

/// Checks the records that the form points at, if they were newly chosen; earlier choices may stay, even out of reach.
/// Returns the stage.
async fn check(tx: &mut Tx, typed: &DealInput, was: Option<&DealFacts>) -> Result<Stage> {
    let mut wrong = Problems::default();
    let customer = typed.customer_id.filter(|_| was.and_then(|was| was.customer_id) != typed.customer_id);
    if let Some(id) = customer
        && store::card::brief(tx, id).await?.is_none()
    {
        wrong.add("customer", Problem::Unknown);
    }
    let product = typed.product_id.filter(|_| was.and_then(|was| was.product_id) != typed.product_id);
    if let Some(id) = product
        && !products::is_sold(tx, id).await?
    {
        wrong.add("product", Problem::Unknown);
    }
    match pipeline::stage(tx, typed.stage_id).await {
        Ok(stage) if wrong.0.is_empty() => return Ok(stage),
        Ok(_) => {}
        Err(Error::NotFound) => wrong.add("stage", Problem::Unknown),
        Err(error) => return Err(error),
    }
    Err(Error::Invalid(wrong.0))
}

/// The customer to keep when the form names none: the deal's present one, if the person asking can't see it and so did
/// not remove it.
async fn unseen(tx: &mut Tx, now: &DealFacts) -> Result<Option<CustomerId>> {
    let Some(customer) = now.customer_id else { return Ok(None) };
    Ok(store::card::brief(tx, customer).await?.is_none().then_some(customer))
}

/// Opens the deal of the form, at the end of its stage; in a won or lost stage it is closed today. If the form names a
/// version, the deal was opened before and something else was typed since: then it is changed.
///
/// # Errors
/// `Invalid` with every problem; the errors of the store.
pub async fn create(tx: &mut Tx, form: &DealForm) -> Result<DealId> {
    let id: DealId = form.id.parse().map_err(|_| Error::BadRequest)?;
    if !form.version.trim().is_empty() || !form.over.trim().is_empty() {
        return change(tx, id, form).await.map(|_| id);
    }
    let today = clock::today(tx.actor().zone);
    let own = of_kind(tx, FieldsOf::Deal).await?;
    let typed = form.parse(tx.actor().typed_at(), &own.with(FIELDS)).map_err(Error::Invalid)?;
    asked(tx, &typed)?;
    let stage = check(tx, &typed, None).await?;
    let owner_id = typed.owner_id.unwrap_or(tx.actor().unit());
    may_give(tx, owner_id).await?;
    let empty = DealFacts::new(owner_id, stage.id, typed.currency, today);
    let place = store::end_of(tx, stage.id).await?;
    let mut facts = typed.on(&empty).map_err(Error::Invalid)?;
    missing(&own.active(), &facts.own).map_err(Error::Invalid)?;
    settle_links(tx, &own, &mut facts.own, None).await?;
    let facts = moved(&facts, &stage, place, today);
    records::create(tx, id, &facts, What::Created).await?;
    Ok(id)
}

/// Changes the deal to what the form says; `None` where nothing differs. In another stage it goes to the end.
///
/// # Errors
/// `Invalid` with every problem; `Conflict` when somebody changed the same field since; the errors of the store.
pub async fn change(tx: &mut Tx, id: DealId, form: &DealForm) -> Result<Option<EventId>> {
    let seen = Seen::read(&form.version, &form.over)?;
    let own = of_kind(tx, FieldsOf::Deal).await?;
    let mut typed = form.parse(tx.actor().typed_at(), &own.with(FIELDS)).map_err(Error::Invalid)?;
    let (now, found) = records::read(tx, id).await?;
    let Some(was) = begun_from(tx, Kind::Deal, id.0, (&now, found), seen).await? else {
        return Err(store::conflict(tx, id).await);
    };
    if typed.customer_id.is_none() {
        typed.customer_id = unseen(tx, &was).await?;
    }
    let mut mine = typed.on(&was).map_err(Error::Invalid)?;
    settle_links(tx, &own, &mut mine.own, Some(&was.own)).await?;
    let mut new = match merged(&was, &now, &mine, TOGETHER, seen.is_over(found)) {
        Ok(new) => new,
        Err(both) => return Err(telling(store::conflict(tx, id).await, both)),
    };
    typed.stage_id = new.stage_id;
    let stage = check(tx, &typed, Some(&was)).await?;
    if new.owner_id != now.owner_id {
        tx.actor().must(Permission::HandOver)?;
        may_give(tx, new.owner_id).await?;
    }
    if stage.id != now.stage_id {
        let place = store::end_of(tx, stage.id).await?;
        // `moved` needs the deal with the stage that it comes from.
        let was = DealFacts { stage_id: now.stage_id, ..new };
        new = moved(&was, &stage, place, clock::today(tx.actor().zone));
    }
    let what = what_of(&now, &new, &stage);
    records::save(tx, id, (&now, found), &new, what).await
}

/// The name of the change in the history.
fn what_of(old: &DealFacts, new: &DealFacts, stage: &Stage) -> What {
    let into = what_of_move(old, stage);
    let moved_only = moved(old, stage, new.position.clone(), new.closed_on.unwrap_or(old.opened_on)) == *new;
    let owner_only = DealFacts { owner_id: new.owner_id, ..old.clone() } == *new;
    match into {
        What::Moved if old.stage_id != new.stage_id && moved_only => What::Moved,
        What::Moved if old.owner_id != new.owner_id && owner_only => What::HandedOver,
        What::Moved => What::Changed,
        ended => ended,
    }
}

/// Wins a deal. The event is nil where the deal is won already.
///
/// # Errors
/// `NotFound` for a deal that does not exist or is out of reach, or a pipeline without a won stage.
pub async fn win(tx: &mut Tx, id: DealId) -> Result<EventId> {
    close(tx, id, Status::Won, "").await
}

/// Loses a deal. If it is lost already, the reason is changed; the event is nil where nothing differs.
///
/// # Errors
/// `NotFound` for a deal that does not exist or is out of reach, or a pipeline without a lost stage; `Invalid` at
/// `reason` when it is too long.
pub async fn lose(tx: &mut Tx, id: DealId, reason: &str) -> Result<EventId> {
    let mut wrong = Problems::default();
    let reason = wrong.lines("reason", reason, NOTE);
    if !wrong.0.is_empty() {
        return Err(Error::Invalid(wrong.0));
    }
    close(tx, id, Status::Lost, &reason).await
}

async fn close(tx: &mut Tx, id: DealId, status: Status, reason: &str) -> Result<EventId> {
    let (now, version) = records::read(tx, id).await?;
    let stage = pipeline::stage(tx, now.stage_id).await?;
    if stage.status == status {
        let new = DealFacts { lost_reason: reason.to_owned(), ..now.clone() };
        let event = records::save(tx, id, (&now, version), &new, What::Changed).await?;
        return Ok(event.unwrap_or(EventId(Uuid::nil())));
    }
    let stages = pipeline::stages(tx, stage.pipeline_id).await?;
    let end = stages.into_iter().find(|stage| stage.status == status).ok_or(Error::NotFound)?;
    to_the_end(tx, id, end.id, reason).await
}

/// Moves a deal to the end of another stage. The event is nil where it is in that stage already.
///
/// # Errors
/// `NotFound` for a deal that does not exist or is out of reach, or a stage that does not exist.
pub async fn put(tx: &mut Tx, id: DealId, stage: StageId) -> Result<EventId> {
    let (now, _) = records::read(tx, id).await?;
    if now.stage_id == stage {
        return Ok(EventId(Uuid::nil()));
    }
    to_the_end(tx, id, stage, "").await
}

/// A move as on the board, without neighbours.
async fn to_the_end(tx: &mut Tx, deal: DealId, to: StageId, reason: &str) -> Result<EventId> {
    let cmd = CmdId(Uuid::new_v4());
    let change =
        Move { cmd, deal, to, after: None, before: None, seen_version: 0, lost_reason: reason.to_owned() };
    let done = board::store::move_to(tx, &change).await?;
    Ok(done.event.unwrap_or(EventId(Uuid::nil())))
}
