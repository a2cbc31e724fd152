//! Saving, the same for every kind of record: only fields that differ are written, each change is put on record and
//! shown on the record's cards, a command that arrives twice is carried out once, and undo asks the rules again. A kind
//! brings only its own statements ([`Record`]); the table of all records is in `store`; what a change means and who may
//! make it is in the `commands` of the kind's folder.

pub mod store;

pub use store::kinds::{TABLES, Table, give_any};

use crate::auth::model::Permission;
use crate::error::{Error, Result};
use crate::fields::OwnValues;
use crate::id::{CmdId, CustomerId, DealId, EventId, OwnRecordId, UnitId};
use crate::journal::model::{Fields, What, difference, fields_of};
use crate::journal::store::{Before, Change, Undoable, made_before, record, tell_on};
use crate::live::Kind;
use crate::people::store::may_assign;
use crate::server::clock;
use crate::server::db::Tx;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

/// Where a record hangs: the unit that decides who sees it, and the records on whose cards it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    pub owner: UnitId,
    pub customer: Option<CustomerId>,
    pub deal: Option<DealId>,
    /// The record of one of the firm's own kinds that it hangs on.
    pub record: Option<OwnRecordId>,
}

impl Ground {
    /// The deal or own record on whose card it is shown, beside the customer's card.
    #[must_use]
    pub fn card(&self) -> Option<Uuid> {
        self.deal.map(|deal| deal.0).or(self.record.map(|record| record.0))
    }

    /// The id of the record it hangs on.
    #[must_use]
    pub fn parent(&self) -> Option<Uuid> {
        self.card().or(self.customer.map(|customer| customer.0))
    }
}

/// The names and keys of a record: for history, links and the trash, and for searching and sorting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Called {
    pub name: String,
    /// Empty for a kind that is not searched.
    pub search_key: String,
    /// The sort key of its name; empty for a kind without a list by name.
    pub sort_key: Vec<u8>,
}

/// The typed id of a record; its type says which facts the record has.
pub trait RecordId: Copy {
    type Facts: Record<Id = Self>;
    fn uuid(self) -> Uuid;
    fn of(id: Uuid) -> Self;
}

/// The facts of a record, and the only statements that differ by kind. Each statement asks for reach.
#[expect(
    async_fn_in_trait,
    reason = "only this program implements it, and always on types that may cross threads"
)]
pub trait Record: Clone + PartialEq + Serialize + DeserializeOwned {
    type Id: RecordId<Facts = Self>;
    const KIND: Kind;
    /// True for records that are shown on cards as lines of their own (activities), so that the cards' histories need
    /// no event saying that one was added.
    const STANDS_ON_CARDS: bool = false;

    fn deleted(&self) -> bool;
    fn set_deleted(&mut self);
    /// The unit it hangs on; `None` for kinds that hang where the record of their card hangs.
    fn owner(&self) -> Option<UnitId>;
    /// Does nothing for kinds that hang where the record of their card hangs.
    fn set_owner(&mut self, owner: UnitId);
    /// Its values in the firm's own fields, for kinds that can have such fields.
    fn own(&self) -> Option<&OwnValues> {
        None
    }
    /// Its name and its keys for searching and sorting.
    ///
    /// # Errors
    /// `Internal` only.
    async fn called(&self, tx: &mut Tx) -> Result<Called>;
    /// Whether anything that [`Self::called`] returns differs from the older facts.
    fn called_otherwise(&self, was: &Self) -> bool;
    /// The facts, completed by what follows from where the record hangs.
    #[must_use]
    fn hung_on(&self, _ground: &Ground) -> Self {
        self.clone()
    }

    /// Whether the person asking may add, change or delete records like this one, beside the right to sell.
    ///
    /// # Errors
    /// `Forbidden` for who may see them only; `NotFound` for who may not even.
    async fn may_be_changed(&self, _tx: &mut Tx) -> Result<()> {
        Ok(())
    }

    /// # Errors
    /// `NotFound` where the record it hangs on is out of reach, for kinds whose reach depends on that record.
    async fn ground(&self, tx: &mut Tx) -> Result<Ground>;

    /// The facts and their version, also of a deleted record.
    ///
    /// # Errors
    /// `NotFound` for none, or one out of reach.
    async fn read(tx: &mut Tx, id: Self::Id) -> Result<(Self, i64)>;

    /// Inserts the row in the kind's own table. The row in the table of all records is there already.
    ///
    /// # Errors
    /// `Internal` only.
    async fn insert(&self, tx: &mut Tx, id: Self::Id, ground: &Ground) -> Result<()>;

    /// Writes these facts over the older ones (`was`), and what follows from them, in the same transaction. False where
    /// the record has another version by now, or is out of reach.
    ///
    /// The errors of the kind's own statements.
    async fn update(
        &self,
        tx: &mut Tx,
        id: Self::Id,
        was: (&Self, i64),
        ground: &Ground,
        at: DateTime<Utc>,
    ) -> Result<bool>;

    /// The error for a change that was made from an outdated version: it carries the present facts, as far as the
    /// person asking may see them.
    async fn conflict(tx: &mut Tx, id: Self::Id) -> Error;

    /// The present facts, adjusted for the undo: differences that nobody made on purpose must not count as a conflict.
    ///
    /// # Errors
    /// `Internal` only.
    async fn as_left(_tx: &mut Tx, _change: &Undoable, now: Fields) -> Result<Fields> {
        Ok(now)
    }

    /// Whether the record that it would hang on after an undo still exists.
    ///
    /// # Errors
    /// `Internal` only.
    async fn may_return(&self, _tx: &mut Tx, _now: &Self) -> Result<bool> {
        Ok(true)
    }

    /// Whether an undo by the person asking may give the record back to that unit.
    ///
    /// # Errors
    /// `Forbidden`; `Invalid` at `owner`.
    async fn may_be_given_back(tx: &mut Tx, to: UnitId) -> Result<()> {
        tx.actor().must(Permission::HandOver)?;
        may_assign(tx, to).await
    }
}

/// The facts of a record in reach that is not deleted, and its version.
///
/// # Errors
/// `NotFound` for none, or one out of reach.
pub async fn read<I: RecordId>(tx: &mut Tx, id: I) -> Result<(I::Facts, i64)> {
    let (facts, version) = I::Facts::read(tx, id).await?;
    if facts.deleted() { Err(Error::NotFound) } else { Ok((facts, version)) }
}

/// The event of an earlier run of the same command, if the record made by it still exists.
async fn made<I: RecordId>(tx: &mut Tx, id: I) -> Result<Option<EventId>> {
    match made_before(tx, I::Facts::KIND, id.uuid()).await? {
        Before::Never => Ok(None),
        Before::Done(event) => read(tx, id).await.map(|_| Some(event)),
        Before::Other => Err(I::Facts::conflict(tx, id).await),
    }
}

/// Inserts a new record and puts it on record. When the same person sends the same command again with the same id,
/// nothing changes and the first event is returned.
///
/// # Errors
/// `Conflict` when the id was used for something else; `NotFound` when the id is taken. The caller
/// has checked the records that the facts name.
pub async fn create<I: RecordId>(tx: &mut Tx, id: I, facts: &I::Facts, what: What) -> Result<EventId> {
    if let Some(event) = made(tx, id).await? {
        return Ok(event);
    }
    match create_beside(tx, id, facts, what).await? {
        Some(event) => Ok(event),
        // The same command arrived twice at once, which only PostgreSQL lets happen.
        None => made(tx, id).await?.ok_or(Error::NotFound),
    }
}

/// Inserts a new record under an id that the server has made; `None` where the id is taken.
///
/// # Errors
/// `NotFound` where the record it hangs on is out of reach; `Forbidden` where the person asking may not change its
/// kind.
pub async fn create_beside<I: RecordId>(
    tx: &mut Tx,
    id: I,
    facts: &I::Facts,
    what: What,
) -> Result<Option<EventId>> {
    facts.may_be_changed(tx).await?;
    let ground = facts.ground(tx).await?;
    let facts = facts.hung_on(&ground);
    let entry = store::Entry {
        id: id.uuid(),
        kind: I::Facts::KIND,
        owner: facts.owner(),
        ground,
        called: facts.called(tx).await?,
        own: facts.own().cloned().unwrap_or_default(),
    };
    if !store::insert(tx, vec![entry]).await? {
        return Ok(None);
    }
    facts.insert(tx, id, &ground).await?;
    let mut before = Fields::new();
    before.insert("deleted".into(), Value::Bool(true));
    let done = Done { what, cmd: None, undoes: None };
    tell(tx, id, (&ground, &ground), (before, fields_of(&facts)), done).await.map(Some)
}

/// What an event holds besides the facts.
#[derive(Clone, Copy, Debug)]
pub struct Done {
    pub what: What,
    pub cmd: Option<CmdId>,
    pub undoes: Option<EventId>,
}

impl From<What> for Done {
    fn from(what: What) -> Self {
        Self { what, cmd: None, undoes: None }
    }
}

/// The fields that decide on which cards a record is shown.
const HANGS_BY: [&str; 3] = ["customer_id", "deal_id", "record_id"];

/// Writes what differs from the state that was read and puts it on record; `None` where nothing does.
///
/// # Errors
/// `Conflict` when it no longer has that version, `NotFound` when it is gone or out of reach; `Forbidden` where the
/// person asking may not change its kind.
pub async fn save<I: RecordId>(
    tx: &mut Tx,
    id: I,
    (old, version): (&I::Facts, i64),
    new: &I::Facts,
    done: impl Into<Done>,
) -> Result<Option<EventId>> {
    let Some(changes) = difference(old, new) else { return Ok(None) };
    old.may_be_changed(tx).await?;
    let was = old.ground(tx).await?;
    let is = if HANGS_BY.iter().any(|field| changes.1.contains_key(*field)) {
        new.ground(tx).await?
    } else {
        Ground { owner: new.owner().unwrap_or(was.owner), ..was }
    };
    let at = clock::now();
    if !new.update(tx, id, (old, version), &is, at).await? {
        return Err(I::Facts::conflict(tx, id).await);
    }
    keep_up(tx, id, (old, new), (&was, &is), at).await?;
    tell(tx, id, (&was, &is), changes, done.into()).await.map(Some)
}

/// Updates the table of all records after the kind's own table, and moves what hangs on the record along with it.
async fn keep_up<I: RecordId>(
    tx: &mut Tx,
    id: I,
    (old, new): (&I::Facts, &I::Facts),
    (was, is): (&Ground, &Ground),
    at: DateTime<Utc>,
) -> Result<()> {
    let renamed = new.called_otherwise(old);
    let own = new.own().filter(|own| Some(*own) != old.own());
    if renamed || own.is_some() || was != is || new.deleted() || old.deleted() {
        let called = if renamed { Some(new.called(tx).await?) } else { None };
        let kept = store::Kept {
            owner: new.owner(),
            deleted: new.deleted().then_some(at),
            called,
            own: own.cloned(),
        };
        store::update(tx, id.uuid(), is, kept).await?;
    }
    if was.customer != is.customer {
        store::children_stand_on(tx, id.uuid(), is.customer).await?;
    }
    Ok(())
}

/// Puts the change on record, with a line on each card on which the record was or is shown.
async fn tell<I: RecordId>(
    tx: &mut Tx,
    id: I,
    (was, is): (&Ground, &Ground),
    (before, after): (Fields, Fields),
    done: Done,
) -> Result<EventId> {
    let Done { what, cmd, undoes } = done;
    let customer = is.customer.or(was.customer);
    let units = (was.owner, is.owner);
    let change = Change {
        kind: I::Facts::KIND,
        subject: id.uuid(),
        units,
        customer,
        what,
        before,
        after,
        cmd,
        undoes,
    };
    let event = record(tx, change).await?;
    if I::Facts::STANDS_ON_CARDS && what == What::Created {
        return Ok(event);
    }
    let left = was.card().filter(|_| was.card() != is.card());
    for card in [is.card(), left].into_iter().flatten() {
        tell_on(tx, event, card).await?;
    }
    if let Some(left) = was.customer.filter(|_| was.customer != customer) {
        tell_on(tx, event, left.0).await?;
    }
    Ok(event)
}

/// Deletes a record. Returns the event, by which the deletion can be undone.
///
/// # Errors
/// `NotFound` for none, or one out of reach.
pub async fn delete<I: RecordId>(tx: &mut Tx, id: I) -> Result<EventId> {
    let (now, version) = read(tx, id).await?;
    let mut gone = now.clone();
    gone.set_deleted();
    save(tx, id, (&now, version), &gone, What::Deleted).await?.ok_or(Error::NotFound)
}

/// Undoes a change, unless somebody has changed the same fields since; `None` where the record already is as it was
/// before the change.
///
/// # Errors
/// `Conflict` when somebody has, or when the record that it hung on no longer exists; `NotFound` out of reach;
/// `Forbidden` when it would give the record to somebody and the person asking may not.
pub async fn take_back<I: RecordId>(tx: &mut Tx, change: &Undoable) -> Result<Option<EventId>> {
    let id = I::of(change.subject);
    let (now, version) = I::Facts::read(tx, id).await?;
    now.may_be_changed(tx).await?;
    let fields = I::Facts::as_left(tx, change, fields_of(&now)).await?;
    let back: I::Facts = change.facts(&fields, version)?;
    if !back.may_return(tx, &now).await? {
        return Err(I::Facts::conflict(tx, id).await);
    }
    if let Some(to) = back.owner().filter(|_| back.owner() != now.owner()) {
        I::Facts::may_be_given_back(tx, to).await?;
    }
    let done = Done { what: What::Undone, cmd: None, undoes: Some(change.id) };
    save(tx, id, (&now, version), &back, done).await
}

/// Gives a record from one unit to another; does nothing where it no longer hangs on the first. The caller has checked
/// that this is allowed.
///
/// # Errors
/// `NotFound` out of reach.
pub async fn give<I: RecordId>(tx: &mut Tx, id: I, from: UnitId, to: UnitId, what: What) -> Result<()> {
    let (now, version) = read(tx, id).await?;
    if now.owner() == Some(from) {
        let mut new = now.clone();
        new.set_owner(to);
        save(tx, id, (&now, version), &new, what).await?;
    }
    Ok(())
}
