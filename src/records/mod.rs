//! One way to save, whatever kind of record: what differs is written, put on record and told on its cards; what was
//! asked before is done once; what is taken back asks the rules again. A kind brings only its own statements
//! ([`Record`]); what all kinds have in common is in one table (`store`); what a change means and who may make it is in
//! the `commands` of its room.

mod kinds;
pub mod store;

pub use kinds::give_any;

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

/// Where a record hangs: the unit that decides who sees it, and the cards it stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    pub owner: UnitId,
    pub customer: Option<CustomerId>,
    pub deal: Option<DealId>,
    /// A record of one of the firm's own kinds.
    pub record: Option<OwnRecordId>,
}

impl Ground {
    /// The record whose card it stands on beside the customer's.
    #[must_use]
    pub fn card(&self) -> Option<Uuid> {
        self.deal.map(|deal| deal.0).or(self.record.map(|record| record.0))
    }

    /// The record it hangs on.
    #[must_use]
    pub fn parent(&self) -> Option<Uuid> {
        self.card().or(self.customer.map(|customer| customer.0))
    }
}

/// How a record is called in history, links and the trash, and how it is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Called {
    pub name: String,
    /// Empty where nobody looks for it.
    pub search_key: String,
    /// Its place in a list by name; empty where there is no such list.
    pub sort_key: Vec<u8>,
}

/// The id of a record, which says what its facts are.
pub trait RecordId: Copy {
    type Facts: Record<Id = Self>;
    fn uuid(self) -> Uuid;
    fn of(id: Uuid) -> Self;
}

/// The facts of a record and the only statements it has of its own. Each of them asks for reach.
#[expect(
    async_fn_in_trait,
    reason = "only this program implements it, and always on types that may cross threads"
)]
pub trait Record: Clone + PartialEq + Serialize + DeserializeOwned {
    type Id: RecordId<Facts = Self>;
    const KIND: Kind;
    /// It stands on its cards itself, so that nobody has to be told that it was added.
    const STANDS_ON_CARDS: bool = false;

    fn deleted(&self) -> bool;
    fn set_deleted(&mut self);
    /// The unit it hangs on; `None` where it follows its card.
    fn owner(&self) -> Option<UnitId>;
    /// Nothing happens to what follows its card.
    fn set_owner(&mut self, owner: UnitId);
    /// Its values in the firm's own fields, where its kind can have some.
    fn own(&self) -> Option<&OwnValues> {
        None
    }
    /// How it is called and found.
    ///
    /// # Errors
    /// `Internal` only.
    async fn called(&self, tx: &mut Tx) -> Result<Called>;
    /// Whether something of that is another than it was.
    fn called_otherwise(&self, was: &Self) -> bool;
    /// The facts with what follows from where the record hangs.
    #[must_use]
    fn hung_on(&self, _ground: &Ground) -> Self {
        self.clone()
    }

    /// # Errors
    /// `NotFound` where what it hangs on is out of reach and that decides.
    async fn ground(&self, tx: &mut Tx) -> Result<Ground>;

    /// The facts and their version, even of a deleted one.
    ///
    /// # Errors
    /// `NotFound` for none, or one out of reach.
    async fn read(tx: &mut Tx, id: Self::Id) -> Result<(Self, i64)>;

    /// Writes the kind's own row; that of all records is written.
    ///
    /// # Errors
    /// `Internal` only.
    async fn insert(&self, tx: &mut Tx, id: Self::Id, ground: &Ground) -> Result<()>;

    /// Writes this over that state at that moment, and what follows from it in the same transaction. False where it has
    /// another version by now, or is out of reach.
    ///
    /// # Errors
    /// What the kind's own rows say.
    async fn update(
        &self,
        tx: &mut Tx,
        id: Self::Id,
        was: (&Self, i64),
        ground: &Ground,
        at: DateTime<Utc>,
    ) -> Result<bool>;

    /// What stands in the way of a change from an older state: the facts as the person asking may be told them.
    async fn conflict(tx: &mut Tx, id: Self::Id) -> Error;

    /// The facts as they count when a change is taken back.
    ///
    /// # Errors
    /// `Internal` only.
    async fn as_left(_tx: &mut Tx, _change: &Undoable, now: Fields) -> Result<Fields> {
        Ok(now)
    }

    /// Whether what it would hang on again is still there.
    ///
    /// # Errors
    /// `Internal` only.
    async fn may_return(&self, _tx: &mut Tx, _now: &Self) -> Result<bool> {
        Ok(true)
    }

    /// Whether the person asking may give it to that unit by taking a change back.
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

/// The event of the same command, which was carried out before, if what it made is still there.
async fn made<I: RecordId>(tx: &mut Tx, id: I) -> Result<Option<EventId>> {
    match made_before(tx, I::Facts::KIND, id.uuid()).await? {
        Before::Never => Ok(None),
        Before::Done(event) => read(tx, id).await.map(|_| Some(event)),
        Before::Other => Err(I::Facts::conflict(tx, id).await),
    }
}

/// Writes a new record and puts it on record. Asked the same again by the same person with the same id it changes
/// nothing and gives the event of then.
///
/// # Errors
/// `Conflict` when something else was asked with that id; `NotFound` when it is taken. What it names is asked for
/// before.
pub async fn create<I: RecordId>(tx: &mut Tx, id: I, facts: &I::Facts, what: What) -> Result<EventId> {
    if let Some(event) = made(tx, id).await? {
        return Ok(event);
    }
    match create_beside(tx, id, facts, what).await? {
        Some(event) => Ok(event),
        // It was asked twice in the same instant, which only PostgreSQL lets happen.
        None => made(tx, id).await?.ok_or(Error::NotFound),
    }
}

/// The same under an id that the server made; `None` where it is taken.
///
/// # Errors
/// `NotFound` where what it hangs on is out of reach.
pub async fn create_beside<I: RecordId>(
    tx: &mut Tx,
    id: I,
    facts: &I::Facts,
    what: What,
) -> Result<Option<EventId>> {
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

/// What the record says of a change beside the facts.
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

/// The fields that say on which cards a record stands.
const HANGS_BY: [&str; 3] = ["customer_id", "deal_id", "record_id"];

/// Writes what differs from the state that was read and puts it on record; `None` where nothing does.
///
/// # Errors
/// `Conflict` when it no longer has that version, `NotFound` when it is gone or out of reach.
pub async fn save<I: RecordId>(
    tx: &mut Tx,
    id: I,
    (old, version): (&I::Facts, i64),
    new: &I::Facts,
    done: impl Into<Done>,
) -> Result<Option<EventId>> {
    let Some(changes) = difference(old, new) else { return Ok(None) };
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

/// Lets the table of all records follow the kind's own, and what hangs on the record follow the record.
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

/// Puts it on record and tells of it on every card on which it stood or stands.
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

/// Deletes a record; the event is what undo takes back.
///
/// # Errors
/// `NotFound` for none, or one out of reach.
pub async fn delete<I: RecordId>(tx: &mut Tx, id: I) -> Result<EventId> {
    let (now, version) = read(tx, id).await?;
    let mut gone = now.clone();
    gone.set_deleted();
    save(tx, id, (&now, version), &gone, What::Deleted).await?.ok_or(Error::NotFound)
}

/// Takes a change back, unless somebody has changed the same fields since; `None` where it stands so already.
///
/// # Errors
/// `Conflict` when somebody has, or where what it hung on is gone for good; `NotFound` out of reach; `Forbidden` when
/// it would give the record to somebody and the person asking may not.
pub async fn take_back<I: RecordId>(tx: &mut Tx, change: &Undoable) -> Result<Option<EventId>> {
    let id = I::of(change.subject);
    let (now, version) = I::Facts::read(tx, id).await?;
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

/// Gives a record from one to another; nothing happens where it does not hang on the one any more. The caller has asked
/// whether this may be.
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
