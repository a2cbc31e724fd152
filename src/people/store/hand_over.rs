//! Hands over all records of somebody who leaves. Each record has an event of its own, and one event for the whole
//! names them all, so that the whole can be undone. The whole is put on record first; then the records follow in
//! slices, so that nobody waits while tens of thousands are written. If that is interrupted, the other records still
//! belong to the old owner, and handing over or undoing can be continued.

use super::{org, record};
use crate::auth::model::Permission;
use crate::error::{Error, Result};
use crate::id::{EventId, PersonId, UnitId};
use crate::journal::model::{Fields, What, fields_of};
use crate::journal::store::Undoable;
use crate::live::Kind;
use crate::people::model::Handed;
use crate::people::rules::{Act, Org};
use crate::records;
use crate::server::db::Tx;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How many records one transaction hands over: some tens of milliseconds.
const SLICE: usize = 40;

/// The event of the whole: to whom, and which records.
#[derive(Debug, Serialize, Deserialize)]
struct Whole {
    handed_to: UnitId,
    #[serde(default)]
    records: Vec<(Kind, Uuid)>,
    /// Records by kind, as earlier versions of the program wrote them; only read.
    #[serde(default, skip_serializing)]
    customers: Vec<Uuid>,
    #[serde(default, skip_serializing)]
    deals: Vec<Uuid>,
    #[serde(default, skip_serializing)]
    tasks: Vec<Uuid>,
}

impl Whole {
    fn of(handed_to: UnitId, records: Vec<(Kind, Uuid)>) -> Self {
        Self { handed_to, records, customers: Vec::new(), deals: Vec::new(), tasks: Vec::new() }
    }

    fn all(self) -> Vec<(Kind, Uuid)> {
        let kinds = [(Kind::Customer, self.customers), (Kind::Deal, self.deals), (Kind::Task, self.tasks)];
        let earlier = kinds.into_iter().flat_map(|(kind, ids)| ids.into_iter().map(move |id| (kind, id)));
        self.records.into_iter().chain(earlier).collect()
    }
}

/// Hands all records of a person over.
///
/// # Errors
/// The errors of `people::rules`; `Forbidden` without the right to hand over.
pub async fn hand_over(tx: &mut Tx, from: PersonId, to: UnitId) -> Result<Handed> {
    let way = Way { from: from.into(), to, undoes: None };
    let org = org::take(tx).await?;
    way.allowed(&org, tx)?;
    let whole = Whole::of(to, records::store::hanging_on(tx, from.into()).await?);
    let before = Fields::from_iter([("handed_to".to_owned(), from.to_string().into())]);
    let event = record::on_record(tx, from, What::HandedOver, (before, fields_of(&whole)), None).await?;
    tx.parts_of(Some(event));
    let all = whole.all();
    if all.len() > SLICE {
        // Finding and listing tens of thousands of records is enough for one transaction.
        pause(tx, way).await?;
    }
    let records = give_all(tx, &all, way).await?;
    tx.parts_of(None);
    Ok(Handed { records, event })
}

/// From whom to whom, and the event of the earlier handing over, if this one undoes it.
#[derive(Clone, Copy)]
struct Way {
    from: UnitId,
    to: UnitId,
    undoes: Option<EventId>,
}

impl Way {
    /// Checks whether the person asking may do it, as the organisation is now.
    fn allowed(self, org: &Org, tx: &Tx) -> Result<()> {
        let me = tx.actor().id;
        tx.actor().must(Permission::HandOver)?;
        if self.undoes.is_none() {
            return org.after(me, &Act::HandOver { from: self.from, to: self.to }).map(drop);
        }
        if org.leads(me, self.to) || self.to == me.into() { Ok(()) } else { Err(Error::Forbidden) }
    }
}

/// Gives each of the records that still belongs to `from` to `to`, in slices; returns how many.
async fn give_all(tx: &mut Tx, all: &[(Kind, Uuid)], way: Way) -> Result<usize> {
    let Way { from, to, undoes } = way;
    let what = if undoes.is_some() { What::Undone } else { What::HandedOver };
    let (mut tried, mut given) = (0, 0);
    for record in all {
        given += still_there(records::give_any(tx, *record, from, to, what).await)?;
        between(tx, &mut tried, way).await?;
    }
    Ok(given)
}

/// Lets others write after each slice. Then checks again whether it is allowed: everyone involved may have left or
/// moved meanwhile.
async fn between(tx: &mut Tx, tried: &mut usize, way: Way) -> Result<()> {
    *tried += 1;
    if tried.is_multiple_of(SLICE) { pause(tx, way).await } else { Ok(()) }
}

async fn pause(tx: &mut Tx, way: Way) -> Result<()> {
    tx.pause().await?;
    let org = org::take(tx).await?;
    way.allowed(&org, tx)
}

/// Undoes a whole handing over. Records that were given on or deleted since stay as they are.
///
/// # Errors
/// The errors of `people::rules`.
pub async fn take_back(tx: &mut Tx, change: &Undoable) -> Result<()> {
    let from = PersonId(change.subject);
    let whole: Whole = change.left()?;
    let org = org::take(tx).await?;
    let way = Way { from: whole.handed_to, to: from.into(), undoes: Some(change.id) };
    way.allowed(&org, tx)?;
    give_all(tx, &whole.all(), way).await?;
    record::on_record(tx, from, What::Undone, (Fields::new(), Fields::new()), Some(change.id)).await?;
    Ok(())
}

/// 1 for a record that was given, 0 for one that is elsewhere by now, or is of a kind that the person asking may not
/// change: such a record stays until the firm's owner gives it on.
fn still_there(given: Result<()>) -> Result<usize> {
    match given {
        Err(Error::NotFound | Error::Forbidden) => Ok(0),
        given => given.map(|()| 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_earlier_versions_put_on_record_is_read_as_well() {
        let [unit, one, two, three] = std::array::from_fn(|_| Uuid::now_v7());
        let earlier = json!({"handed_to": unit, "customers": [one], "deals": [two], "tasks": [three]});
        let whole: Whole = serde_json::from_value(earlier).expect("a whole");
        let all = vec![(Kind::Customer, one), (Kind::Deal, two), (Kind::Task, three)];
        assert_eq!(whole.all(), all);
        let now = fields_of(&Whole::of(UnitId(unit), all.clone()));
        assert_eq!(now.keys().collect::<Vec<_>>(), ["handed_to", "records"]);
        let back: Whole = serde_json::from_value(now.into()).expect("a whole");
        assert_eq!(back.all(), all);
    }
}
