//! From a form or a button to the store: shared by the server functions and the plain forms.

use super::input::{LineForm, TaskForm, TaskInput};
use super::model::{Act, TaskFacts, TaskKind, snoozed};
use super::store::list::deals_to_choose;
use super::store::{self, may_give};
use super::view::{About, TaskDraft};
use crate::activities::commands::begun;
use crate::activities::model::{ActivityKind, Direction, Outcome};
use crate::auth::model::Permission;
use crate::checks::Problems;
use crate::deals::store::card as deal_card;
use crate::error::{Error, Problem, Result};
use crate::i18n::Locale;
use crate::id::{ActivityId, EventId, TaskId};
use crate::journal::conflict::{Seen, merged, telling};
use crate::journal::model::What;
use crate::journal::store::{asked, begun_from};
use crate::live::Kind;
use crate::people::model::OwnerChoice;
use crate::people::store::people_beside;
use crate::records;
use crate::server::clock;
use crate::server::db::Tx;
use chrono::Timelike;
use uuid::Uuid;

/// The form to begin with: the task's values, or an empty form about that customer or deal.
///
/// # Errors
/// `NotFound` for a task, customer or deal that does not exist or is out of reach; `Forbidden` without the right to
/// sell.
pub async fn draft(tx: &mut Tx, id: Option<TaskId>, about: Option<About>) -> Result<TaskDraft> {
    tx.actor().must(Permission::Sell)?;
    let (facts, version) = match id {
        Some(id) => {
            let (facts, version) = records::read(tx, id).await?;
            (store::shown(tx, facts).await?, Some((id, version)))
        }
        None => {
            let mut facts = empty(tx);
            match about {
                Some(About::Customer(id)) => facts.customer_id = Some(id),
                Some(About::Deal(id)) => facts.deal_id = Some(id),
                Some(About::Record(id)) => facts.record_id = Some(id),
                None => {}
            }
            check(tx, &facts, None).await.map_err(|error| match error {
                Error::Invalid(_) => Error::NotFound,
                other => other,
            })?;
            (facts, None)
        }
    };
    let locale = tx.actor().locale;
    let form = match version {
        Some((id, version)) => TaskForm::of(id, version, &facts, locale),
        None => {
            TaskForm { version: String::new(), ..TaskForm::of(TaskId(Uuid::now_v7()), 0, &facts, locale) }
        }
    };
    let customer = match facts.customer_id {
        Some(id) => deal_card::brief(tx, id).await?,
        None => None,
    };
    let deals = deals_to_choose(tx, facts.deal_id, facts.customer_id).await?;
    let owners = assignees(tx, &facts).await?;
    let record = match facts.record_id {
        Some(id) => Some(records::read(tx, id).await?.0.name),
        None => None,
    };
    let customer = customer.map(|customer| customer.name);
    Ok(TaskDraft { form, done: facts.done, customer, deals, record, owners })
}

/// The people to whom the task can be given, including its present owner; empty without the right to hand over.
async fn assignees(tx: &mut Tx, facts: &TaskFacts) -> Result<Vec<OwnerChoice>> {
    if tx.actor().must(Permission::HandOver).is_err() {
        return Ok(Vec::new());
    }
    people_beside(tx, facts.owner_id).await
}

fn empty(tx: &Tx) -> TaskFacts {
    TaskFacts {
        owner_id: tx.actor().unit(),
        title: String::new(),
        kind: TaskKind::Other,
        due_on: clock::today(tx.actor().zone),
        due_at: None,
        customer_id: None,
        deal_id: None,
        record_id: None,
        note: String::new(),
        done: false,
        deleted: false,
    }
}

/// Checks the records that the form points at, if they were newly chosen; earlier choices may stay, even out of reach.
async fn check(tx: &mut Tx, new: &TaskFacts, was: Option<&TaskFacts>) -> Result<()> {
    let mut wrong = Problems::default();
    let customer = new.customer_id.filter(|_| was.and_then(|was| was.customer_id) != new.customer_id);
    let deal = new.deal_id.filter(|_| was.and_then(|was| was.deal_id) != new.deal_id);
    let record = new.record_id.filter(|_| was.and_then(|was| was.record_id) != new.record_id);
    if let Some(id) = customer
        && deal_card::brief(tx, id).await?.is_none()
    {
        wrong.add("customer", Problem::Unknown);
    }
    if let Some(id) = deal {
        match records::read(tx, id).await {
            Ok(_) => {}
            Err(Error::NotFound) => wrong.add("deal", Problem::Unknown),
            Err(error) => return Err(error),
        }
    }
    if let Some(id) = record {
        match records::read(tx, id).await {
            Ok(_) => {}
            Err(Error::NotFound) => wrong.add("record", Problem::Unknown),
            Err(error) => return Err(error),
        }
    }
    if wrong.0.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong.0)) }
}

/// Adds the task, after checking that it may be given to its owner.
async fn add(tx: &mut Tx, id: TaskId, typed: TaskInput) -> Result<EventId> {
    asked(tx, &typed)?;
    let facts = typed.on(&empty(tx));
    check(tx, &facts, None).await?;
    may_give(tx, facts.owner_id).await?;
    records::create(tx, id, &facts, What::Created).await
}

/// Adds the task of the line. Returns the event, by which it can be undone.
///
/// # Errors
/// `Invalid` at `line`, `customer` or `deal`; the errors of the store.
pub async fn add_line(tx: &mut Tx, form: &LineForm, locale: Locale) -> Result<EventId> {
    let id = match form.id.trim() {
        "" => TaskId(Uuid::now_v7()),
        id => id.parse().map_err(|_| Error::BadRequest)?,
    };
    let typed = form.parse(clock::today(tx.actor().zone), locale).map_err(Error::Invalid)?;
    add(tx, id, typed).await
}

/// Saves the form: adds a new task if the form names no version, else changes the task.
///
/// # Errors
/// `Invalid` with every problem; `Conflict` when somebody changed it since; `Forbidden` when it is given to somebody
/// else without the right to hand over.
pub async fn save(tx: &mut Tx, form: &TaskForm) -> Result<EventId> {
    let id: TaskId = form.id.parse().map_err(|_| Error::BadRequest)?;
    if !form.version.trim().is_empty() || !form.over.trim().is_empty() {
        return change(tx, id, form).await;
    }
    let typed = form.parse(clock::today(tx.actor().zone), tx.actor().locale).map_err(Error::Invalid)?;
    add(tx, id, typed).await
}

/// Fields that conflict with each other when two people change one each: the day and the time, and what it is about.
const TOGETHER: &[&[&str]] = &[&["due_on", "due_at"], &["customer_id", "deal_id", "record_id"]];

/// Changes the task to what the form says. The event is nil where nothing differs.
async fn change(tx: &mut Tx, id: TaskId, form: &TaskForm) -> Result<EventId> {
    let seen = Seen::read(&form.version, &form.over)?;
    let typed = form.parse(clock::today(tx.actor().zone), tx.actor().locale).map_err(Error::Invalid)?;
    let (old, found) = records::read(tx, id).await?;
    let Some(was) = begun_from(tx, Kind::Task, id.0, (&old, found), seen).await? else {
        return Err(store::conflict(tx, id).await);
    };
    let mut mine = typed.on(&was);
    if mine.card().is_none() {
        // A record out of reach that the task hangs on stays: the person asking can't see it, and so did not remove it.
        let seen = store::shown(tx, was.clone()).await?;
        mine.customer_id = was.customer_id.filter(|_| seen.customer_id.is_none());
        mine.deal_id = was.deal_id.filter(|_| seen.deal_id.is_none());
        mine.record_id = was.record_id.filter(|_| seen.record_id.is_none());
    }
    let new = match merged(&was, &old, &mine, TOGETHER, seen.is_over(found)) {
        Ok(new) => new,
        Err(both) => return Err(telling(store::conflict(tx, id).await, both)),
    };
    check(tx, &new, Some(&old)).await?;
    let given = new.owner_id != old.owner_id;
    if given {
        may_give(tx, new.owner_id).await?;
    }
    let only_given = TaskFacts { owner_id: new.owner_id, ..old.clone() } == new;
    let what = if given && only_given { What::HandedOver } else { What::Changed };
    let event = records::save(tx, id, (&old, found), &new, what).await?;
    Ok(event.unwrap_or(EventId(Uuid::nil())))
}

/// Finishes, reopens, postpones or deletes a task. Returns the event, by which it can be undone; nil where nothing
/// changed.
///
/// `NotFound` for a task that does not exist or is out of reach.
pub async fn act(tx: &mut Tx, id: TaskId, act: Act) -> Result<EventId> {
    let (old, version) = records::read(tx, id).await?;
    let (what, new) = match act {
        Act::Finish | Act::Called(_) => (What::Done, TaskFacts { done: true, ..old.clone() }),
        Act::Reopen => (What::Reopened, TaskFacts { done: false, ..old.clone() }),
        Act::Delete => (What::Deleted, TaskFacts { deleted: true, ..old.clone() }),
        Act::PutOff(to) => {
            let now = clock::local(clock::now(), tx.actor().zone);
            let minute = i64::from(now.hour() * 60 + now.minute());
            (What::Snoozed, snoozed(&old, to, now.date(), minute))
        }
    };
    let Some(event) = records::save(tx, id, (&old, version), &new, what).await? else {
        return Ok(EventId(Uuid::nil()));
    };
    if let Act::Called(outcome) = act {
        tx.parts_of(Some(event));
        log_call(tx, &old, outcome, event).await?;
        tx.parts_of(None);
    }
    Ok(event)
}

/// Logs the call on the card that the task is about, if there is one in reach. The activity gets the id of the event
/// that finished the task; undoing that event also removes the call.
async fn log_call(tx: &mut Tx, task: &TaskFacts, outcome: Outcome, event: EventId) -> Result<()> {
    let Some(card) = task.card() else { return Ok(()) };
    let mut call = begun(tx, ActivityKind::Call, card);
    call.direction = Some(Direction::Out);
    call.outcome = Some(outcome);
    call.content.clone_from(&task.title);
    match records::create_beside(tx, ActivityId(event.0), &call, What::Created).await {
        Ok(_) | Err(Error::NotFound) => Ok(()),
        Err(error) => Err(error),
    }
}
