//! Everything of somebody who leaves goes to somebody else: every record with an event of its own, and one event for the whole that names
//! them, so that the whole can be taken back. One transaction: all of it or nothing.

use super::{changes, org};
use crate::auth::model::Permission;
use crate::customers::store::hand_over as customers;
use crate::deals::store::hand_over as deals;
use crate::error::{Error, Result};
use crate::id::{CustomerId, DealId, EventId, PersonId, TaskId, UnitId};
use crate::journal::model::{Fields, What, fields_of};
use crate::journal::store::Undoable;
use crate::people::model::Handed;
use crate::people::rules::Act;
use crate::server::db::Tx;
use crate::tasks::store::hand_over as tasks;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What the event of the whole says: to whom, and what.
#[derive(Debug, Serialize, Deserialize)]
struct Whole {
    handed_to: UnitId,
    customers: Vec<CustomerId>,
    deals: Vec<DealId>,
    #[serde(default)]
    tasks: Vec<TaskId>,
}

/// Hands all records of a person over.
///
/// # Errors
/// What the rules say; `Forbidden` without the right to hand over.
pub async fn hand_over(tx: &mut Tx, from: PersonId, to: UnitId) -> Result<Handed> {
    tx.actor().must(Permission::HandOver)?;
    let org = org::take(tx).await?;
    org.after(tx.actor().id, &Act::HandOver { from: from.into(), to })?;
    let whole = Whole {
        handed_to: to,
        customers: customers::of(tx, from.into()).await?,
        deals: deals::of(tx, from.into()).await?,
        tasks: tasks::of(tx, from.into()).await?,
    };
    tx.parts_of(Some(EventId(Uuid::now_v7())));
    for id in &whole.customers {
        customers::give(tx, *id, from.into(), to, None).await?;
    }
    for id in &whole.deals {
        deals::give(tx, *id, from.into(), to, None).await?;
    }
    for id in &whole.tasks {
        tasks::give(tx, *id, from.into(), to, None).await?;
    }
    tx.whole_is_next();
    let records = whole.customers.len() + whole.deals.len() + whole.tasks.len();
    let before = Fields::from_iter([("handed_to".to_owned(), from.to_string().into())]);
    let event = changes::on_record(tx, from, What::HandedOver, (before, fields_of(&whole)), None).await?;
    Ok(Handed { records, event })
}

/// Takes a whole handing-over back: what was given on since stays where it is, and so does what was deleted.
///
/// # Errors
/// What the rules say.
pub async fn take_back(tx: &mut Tx, change: &Undoable) -> Result<()> {
    tx.actor().must(Permission::HandOver)?;
    let from = PersonId(change.subject);
    let whole: Whole = change.left()?;
    let org = org::take(tx).await?;
    let mine = org.leads(tx.actor().id, from.into()) || tx.actor().id == from;
    if !mine {
        return Err(Error::Forbidden);
    }
    let (owner, to) = (UnitId::from(from), whole.handed_to);
    for id in &whole.customers {
        still_there(customers::give(tx, *id, to, owner, Some(change.id)).await)?;
    }
    for id in &whole.deals {
        still_there(deals::give(tx, *id, to, owner, Some(change.id)).await)?;
    }
    for id in &whole.tasks {
        still_there(tasks::give(tx, *id, to, owner, Some(change.id)).await)?;
    }
    changes::on_record(tx, from, What::Undone, (Fields::new(), Fields::new()), Some(change.id)).await?;
    Ok(())
}

fn still_there(given: Result<()>) -> Result<()> {
    match given {
        Err(Error::NotFound) => Ok(()),
        given => given,
    }
}
