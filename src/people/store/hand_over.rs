//! Everything of somebody who leaves goes to somebody else: every record with an event of its own, and one event for the whole that names
//! them, so that the whole can be taken back. The whole stands on record first, then the records follow in slices, so that nobody waits for
//! tens of thousands. Were it cut in the middle, the rest still hangs where it hung, and either way can be gone on.

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

/// So many records are given by one transaction: some tens of milliseconds.
const SLICE: usize = 100;

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
    let before = Fields::from_iter([("handed_to".to_owned(), from.to_string().into())]);
    let event = changes::on_record(tx, from, What::HandedOver, (before, fields_of(&whole)), None).await?;
    tx.parts_of(Some(event));
    give_all(tx, &whole, from.into(), to, None).await?;
    tx.parts_of(None);
    let records = whole.customers.len() + whole.deals.len() + whole.tasks.len();
    Ok(Handed { records, event })
}

/// Gives each of the records that still hangs on the one to the other, in slices.
async fn give_all(
    tx: &mut Tx,
    whole: &Whole,
    from: UnitId,
    to: UnitId,
    undoes: Option<EventId>,
) -> Result<()> {
    let mut given = 0;
    for id in &whole.customers {
        still_there(customers::give(tx, *id, from, to, undoes).await)?;
        between(tx, &mut given).await?;
    }
    for id in &whole.deals {
        still_there(deals::give(tx, *id, from, to, undoes).await)?;
        between(tx, &mut given).await?;
    }
    for id in &whole.tasks {
        still_there(tasks::give(tx, *id, from, to, undoes).await)?;
        between(tx, &mut given).await?;
    }
    Ok(())
}

/// Lets others write after each slice. Whom a record is given to must still be there: the organisation is taken anew.
async fn between(tx: &mut Tx, given: &mut usize) -> Result<()> {
    *given += 1;
    if given.is_multiple_of(SLICE) {
        tx.pause().await?;
        org::take(tx).await?;
        tx.actor().must(Permission::HandOver)?;
    }
    Ok(())
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
    give_all(tx, &whole, to, owner, Some(change.id)).await?;
    changes::on_record(tx, from, What::Undone, (Fields::new(), Fields::new()), Some(change.id)).await?;
    Ok(())
}

fn still_there(given: Result<()>) -> Result<()> {
    match given {
        Err(Error::NotFound) => Ok(()),
        given => given,
    }
}
