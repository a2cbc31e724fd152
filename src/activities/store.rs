//! The activities table: writing one change with its event, reading the facts of one. The stream of a card is read in `stream`.

pub mod export_rows;
pub mod stream;

use super::model::{ActivityFacts, ActivityKind, Direction, Outcome};
use crate::error::{Error, Result};
use crate::id::{ActivityId, CustomerId, DealId, EventId, PersonId, UnitId};
use crate::journal::model::{Card, Fields, What, difference, fields_of};
use crate::journal::store::{Before, Change, Undoable, made_before, record, tell_on};
use crate::live::Kind;
use crate::server::clock;
use crate::server::db::Tx;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

/// What an activity hangs on: who sees that sees the activity.
#[derive(Clone, Copy, Debug)]
pub struct Ground {
    pub owner: UnitId,
    pub customer: Option<CustomerId>,
    pub deal: Option<DealId>,
}

/// The ground of new activities on that card.
///
/// # Errors
/// `NotFound` for a card that is none, deleted, or out of reach.
pub async fn ground(tx: &mut Tx, card: Card) -> Result<Ground> {
    match card {
        Card::Customer(id) => {
            let found: Option<(UnitId,)> = tx
                .query(
                    "SELECT owner_id FROM customers \
                     WHERE id = $2 AND deleted_at IS NULL AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
                )
                .bind(id)
                .optional()
                .await?;
            let (owner,) = found.ok_or(Error::NotFound)?;
            Ok(Ground { owner, customer: Some(id), deal: None })
        }
        Card::Deal(id) => {
            let found: Option<(UnitId, Option<CustomerId>)> = tx
                .query(
                    "SELECT owner_id, customer_id FROM deals \
                     WHERE id = $2 AND deleted_at IS NULL AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
                )
                .bind(id)
                .optional()
                .await?;
            let (owner, customer) = found.ok_or(Error::NotFound)?;
            Ok(Ground { owner, customer, deal: Some(id) })
        }
    }
}

/// Where an activity hangs: on its deal, else on its customer.
fn card_of(facts: &ActivityFacts) -> Result<Card> {
    facts.deal_id.map(Card::Deal).or(facts.customer_id.map(Card::Customer)).ok_or(Error::NotFound)
}

/// The event of the same command, which was carried out before, if what it added is still there.
async fn added(tx: &mut Tx, id: ActivityId) -> Result<Option<EventId>> {
    match made_before(tx, Kind::Activity, id.0).await? {
        Before::Never => Ok(None),
        Before::Done(event) => facts_of(tx, id).await.map(|_| Some(event)),
        Before::Other => {
            let (now, version) = facts_of(tx, id).await?;
            Err(conflict(now, version))
        }
    }
}

/// What stands in the way: the activity as it is. The customer of its deal is not told, who may be out of reach.
pub(super) fn conflict(now: ActivityFacts, version: i64) -> Error {
    let customer_id = now.customer_id.filter(|_| now.deal_id.is_none());
    Error::Conflict { version, theirs: Value::Object(fields_of(&ActivityFacts { customer_id, ..now })) }
}

/// Puts an activity on record, on its deal's card or its customer's. Asked the same again by the same person with the same id, it changes
/// nothing: the command was carried out before.
///
/// # Errors
/// `NotFound` for a card that is none or out of reach, and for an id that is taken; `Conflict` when something else was asked with it.
pub async fn add(tx: &mut Tx, id: ActivityId, facts: &ActivityFacts) -> Result<EventId> {
    let ground = ground(tx, card_of(facts)?).await?;
    if let Some(event) = added(tx, id).await? {
        return Ok(event);
    }
    match put_new(tx, id, ground, facts).await? {
        Some(event) => Ok(event),
        // It was asked twice in the same instant, which only PostgreSQL lets happen.
        None => added(tx, id).await?.ok_or(Error::NotFound),
    }
}

/// Puts an activity on record that was logged by the same act as that event, whose id it takes.
///
/// # Errors
/// `NotFound` for a card that is none or out of reach.
pub async fn add_beside(tx: &mut Tx, event: EventId, facts: &ActivityFacts) -> Result<EventId> {
    let ground = ground(tx, card_of(facts)?).await?;
    put_new(tx, ActivityId(event.0), ground, facts).await?.ok_or(Error::NotFound)
}

/// The row and its event; `None` when there is an activity of that id.
async fn put_new(
    tx: &mut Tx,
    id: ActivityId,
    ground: Ground,
    facts: &ActivityFacts,
) -> Result<Option<EventId>> {
    let facts = ActivityFacts { customer_id: ground.customer, deal_id: ground.deal, ..facts.clone() };
    if !write_new(tx, id, &facts).await? {
        return Ok(None);
    }
    let mut before = Fields::new();
    before.insert("deleted".into(), json!(true));
    put_on_record(tx, id, ground, What::Created, (before, fields_of(&facts)), None).await.map(Some)
}

/// The row alone; false when the id is taken.
async fn write_new(tx: &mut Tx, id: ActivityId, facts: &ActivityFacts) -> Result<bool> {
    let added = tx
        .query(
            "INSERT INTO activities (id, kind, at, customer_id, deal_id, person_id, contact, direction, outcome, result, content, version, \
                 created_at, created_by, updated_at, deleted_at) \
             VALUES ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $1, $13, NULL) ON CONFLICT (id) DO NOTHING",
        )
        .bind(id)
        .bind(facts.kind)
        .bind(facts.at)
        .bind(facts.customer_id)
        .bind(facts.deal_id)
        .bind(facts.person_id)
        .bind(facts.contact.clone())
        .bind(facts.direction)
        .bind(facts.outcome)
        .bind(facts.result.clone())
        .bind(facts.content.clone())
        .bind(clock::now())
        .execute()
        .await?;
    Ok(added > 0)
}

async fn put_on_record(
    tx: &mut Tx,
    id: ActivityId,
    ground: Ground,
    what: What,
    (before, after): (Fields, Fields),
    undoes: Option<EventId>,
) -> Result<EventId> {
    let event = record(
        tx,
        Change {
            kind: Kind::Activity,
            subject: id.0,
            units: (ground.owner, ground.owner),
            customer: ground.customer,
            what,
            before,
            after,
            cmd: None,
            undoes,
        },
    )
    .await?;
    // That it was added nobody is told: it stands there itself.
    if let Some(deal) = ground.deal.filter(|_| what != What::Created) {
        tell_on(tx, event, deal.0).await?;
    }
    Ok(event)
}

#[derive(sqlx::FromRow)]
struct FactsRow {
    version: i64,
    kind: ActivityKind,
    at: DateTime<Utc>,
    customer_id: Option<CustomerId>,
    deal_id: Option<DealId>,
    person_id: PersonId,
    contact: String,
    direction: Option<Direction>,
    outcome: Option<Outcome>,
    result: String,
    content: String,
    deleted: bool,
}

/// The facts of an activity whose card is in reach, its version and its ground.
async fn even_deleted(tx: &mut Tx, id: ActivityId) -> Result<(ActivityFacts, i64, Ground)> {
    let row: Option<FactsRow> = tx
        .query(
            "SELECT version, kind, at, customer_id, deal_id, person_id, contact, direction, outcome, result, content, \
                 deleted_at IS NOT NULL AS deleted \
             FROM activities WHERE id = $2 AND EXISTS (SELECT 1 FROM people WHERE id = $1)",
        )
        .bind(id)
        .optional()
        .await?;
    let row = row.ok_or(Error::NotFound)?;
    let facts = ActivityFacts {
        kind: row.kind,
        at: row.at,
        customer_id: row.customer_id,
        deal_id: row.deal_id,
        person_id: row.person_id,
        contact: row.contact,
        direction: row.direction,
        outcome: row.outcome,
        result: row.result,
        content: row.content,
        deleted: row.deleted,
    };
    // Asked of the card, which holds the right to see.
    let ground = ground(tx, card_of(&facts)?).await?;
    Ok((facts, row.version, ground))
}

/// The facts of an activity in reach that is not deleted, and its version.
///
/// # Errors
/// `NotFound` for none, or one whose card is out of reach.
pub async fn facts_of(tx: &mut Tx, id: ActivityId) -> Result<(ActivityFacts, i64)> {
    let (facts, version, _) = even_deleted(tx, id).await?;
    if facts.deleted { Err(Error::NotFound) } else { Ok((facts, version)) }
}

/// Writes what differs and puts it on record; `None` where nothing does. What it hangs on stays as it is.
///
/// # Errors
/// `Conflict` when somebody changed it since that version; `NotFound` when it is gone or out of reach.
pub async fn save(
    tx: &mut Tx,
    id: ActivityId,
    version: i64,
    new: &ActivityFacts,
    what: What,
    undoes: Option<EventId>,
) -> Result<Option<EventId>> {
    let (old, found, ground) = even_deleted(tx, id).await?;
    if found != version {
        return Err(conflict(old, found));
    }
    let new = ActivityFacts { customer_id: old.customer_id, deal_id: old.deal_id, ..new.clone() };
    let Some(changes) = difference(&old, &new) else { return Ok(None) };
    let now = clock::now();
    let changed = tx
        .query(
            "UPDATE activities SET kind = $4, at = $5, person_id = $6, contact = $7, direction = $8, outcome = $9, result = $10, \
                 content = $11, deleted_at = $12, updated_at = $13, version = version + 1 \
             WHERE id = $2 AND version = $3 AND EXISTS (SELECT 1 FROM people WHERE id = $1)",
        )
        .bind(id)
        .bind(version)
        .bind(new.kind)
        .bind(new.at)
        .bind(new.person_id)
        .bind(new.contact.clone())
        .bind(new.direction)
        .bind(new.outcome)
        .bind(new.result.clone())
        .bind(new.content.clone())
        .bind(new.deleted.then_some(now))
        .bind(now)
        .execute()
        .await?;
    if changed == 0 {
        // Somebody wrote between our two statements, which only PostgreSQL lets them.
        let (now, version, _) = even_deleted(tx, id).await?;
        return Err(conflict(now, version));
    }
    put_on_record(tx, id, ground, what, changes, undoes).await.map(Some)
}

/// Takes a change of an activity back, unless somebody has changed the same fields since.
///
/// # Errors
/// `Conflict` when somebody has; `NotFound` where its card is out of reach.
pub async fn take_back(tx: &mut Tx, change: &Undoable) -> Result<()> {
    let id = ActivityId(change.subject);
    let (now, version, _) = even_deleted(tx, id).await?;
    let back: ActivityFacts = change.facts(&fields_of(&now), version)?;
    save(tx, id, version, &back, What::Undone, Some(change.id)).await?;
    Ok(())
}

/// Lets the activities of a deal follow it to another customer, in the transaction that changed it.
///
/// # Errors
/// `Internal` only.
pub async fn follow(tx: &mut Tx, deal: DealId, customer: Option<CustomerId>) -> Result<()> {
    tx.query("UPDATE activities SET customer_id = $3 WHERE deal_id = $2 AND EXISTS (SELECT 1 FROM people WHERE id = $1)")
        .bind(deal)
        .bind(customer)
        .execute()
        .await?;
    Ok(())
}
