//! From a form or a tap to the store: shared by the server functions and the plain forms.

use super::input::{ActivityForm, ActivityInput};
use super::model::{ActivityFacts, ActivityKind, Logged};
use super::store;
use crate::error::{Error, Problem, Result};
use crate::id::{ActivityId, EventId};
use crate::journal::conflict::merged;
use crate::journal::model::{Card, What};
use crate::journal::store::{as_of, asked};
use crate::live::Kind;
use crate::records;
use crate::server::clock;
use crate::server::db::Tx;
use chrono::{DateTime, TimeDelta, Utc};

/// How far in the future a typed time may be, because clocks differ a little.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

/// The facts of a new activity by the person asking, at this moment, otherwise empty. Callers fill in what they know
/// and call [`records::create`].
#[must_use]
pub fn begun(tx: &Tx, kind: ActivityKind, card: Card) -> ActivityFacts {
    let (customer_id, deal_id, record_id) = match card {
        Card::Customer(id) => (Some(id), None, None),
        Card::Deal(id) => (None, Some(id), None),
        Card::Record(id) => (None, None, Some(id)),
    };
    ActivityFacts {
        kind,
        at: clock::now(),
        customer_id,
        deal_id,
        record_id,
        person_id: tx.actor().id,
        contact: String::new(),
        direction: None,
        outcome: None,
        result: String::new(),
        content: String::new(),
        deleted: false,
    }
}

/// Logs the activity of the form on that card.
///
/// # Errors
/// `Invalid` with every problem; `NotFound` for a card that does not exist or is out of reach.
pub async fn log(tx: &mut Tx, card: Card, form: &ActivityForm) -> Result<Logged> {
    let id: ActivityId = form.id.parse().map_err(|_| Error::BadRequest)?;
    let typed = form.parse(tx.actor().typed_at()).map_err(Error::Invalid)?;
    asked(tx, &(card, &typed))?;
    let mut facts = typed.on(&begun(tx, typed.kind, card));
    if let Some(at) = moment(tx, &typed)? {
        facts.at = at;
    }
    let event = records::create(tx, id, &facts, What::Created).await?;
    Ok(Logged { id, event })
}

/// The typed time, which must not be in the future.
fn moment(tx: &Tx, typed: &ActivityInput) -> Result<Option<DateTime<Utc>>> {
    let Some(at) = typed.at.map(|at| clock::from_local(at, tx.actor().zone)) else { return Ok(None) };
    if at > clock::now() + AHEAD { Err(Error::invalid("at", Problem::NotYet)) } else { Ok(Some(at)) }
}

/// Fields that conflict with each other when two people change one each: the kind, who began, how it ended.
const TOGETHER: &[&[&str]] = &[&["kind", "direction", "outcome"]];

/// Changes an activity to what the form says; `None` where nothing differs.
///
/// # Errors
/// `Invalid` with every problem; `Conflict` when somebody changed it since; `NotFound` out of reach.
pub async fn change(tx: &mut Tx, id: ActivityId, form: &ActivityForm) -> Result<Option<EventId>> {
    let version = form.version.parse().map_err(|_| Error::BadRequest)?;
    let typed = form.parse(tx.actor().typed_at()).map_err(Error::Invalid)?;
    let (now, found) = records::read(tx, id).await?;
    let Some(was) = as_of(tx, Kind::Activity, id.0, (&now, found), version).await? else {
        return Err(store::conflict(now, found));
    };
    let mut mine = typed.on(&was);
    let minute = |at: DateTime<Utc>| at.timestamp().div_euclid(60);
    // The form has no seconds, so a time in the same minute is no change.
    if let Some(at) = moment(tx, &typed)?.filter(|at| minute(*at) != minute(was.at)) {
        mine.at = at;
    }
    let new = merged(&was, &now, &mine, TOGETHER, false).map_err(|_| store::conflict(now.clone(), found))?;
    records::save(tx, id, (&now, found), &new, What::Changed).await
}
