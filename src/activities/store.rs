//! The activities table: the statements of one activity. The stream of a card is read in `stream`.

pub mod export_rows;
pub mod stream;

use super::model::{ActivityFacts, ActivityKind, Direction, Outcome};
use crate::error::{Error, Result};
use crate::id::{ActivityId, CustomerId, DealId, OwnRecordId, PersonId, UnitId};
use crate::journal::model::{Card, fields_of};
use crate::live::Kind;
use crate::records::{self, Called, Ground, Record};
use crate::server::clock;
use crate::server::db::Tx;
use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

/// Where new activities on that card hang.
///
/// # Errors
/// `NotFound` for a card that does not exist, is deleted, or is out of reach.
pub async fn ground(tx: &mut Tx, card: Card) -> Result<Ground> {
    match card {
        Card::Customer(id) => {
            let found: Option<(UnitId,)> = tx
                .query(
                    "SELECT owner_id FROM customers \
                     WHERE id = $2 AND deleted_at IS NULL AND owner_id IN (SELECT unit_id FROM reach \
                     WHERE viewer_id = $1)",
                )
                .bind(id)
                .optional()
                .await?;
            let (owner,) = found.ok_or(Error::NotFound)?;
            Ok(Ground { owner, customer: Some(id), deal: None, record: None })
        }
        Card::Deal(id) => {
            let found: Option<(UnitId, Option<CustomerId>)> = tx
                .query(
                    "SELECT owner_id, customer_id FROM deals \
                     WHERE id = $2 AND deleted_at IS NULL AND owner_id IN (SELECT unit_id FROM reach \
                     WHERE viewer_id = $1)",
                )
                .bind(id)
                .optional()
                .await?;
            let (owner, customer) = found.ok_or(Error::NotFound)?;
            Ok(Ground { owner, customer, deal: Some(id), record: None })
        }
        Card::Record(id) => {
            let (facts, _) = records::read(tx, id).await?;
            Ok(Ground { owner: facts.owner_id, customer: facts.customer_id, deal: None, record: Some(id) })
        }
    }
}

/// The card of an activity: its deal or own record, else its customer.
fn card_of(facts: &ActivityFacts) -> Result<Card> {
    Card::of(facts.customer_id, facts.deal_id, facts.record_id).ok_or(Error::NotFound)
}

/// The error for a change based on an outdated version: the present activity, without the customer of its deal or own
/// record, who may be out of reach.
pub(super) fn conflict(now: ActivityFacts, version: i64) -> Error {
    let customer_id = now.customer_id.filter(|_| now.deal_id.is_none() && now.record_id.is_none());
    Error::Conflict { version, theirs: Value::Object(fields_of(&ActivityFacts { customer_id, ..now })) }
}

#[derive(sqlx::FromRow)]
struct FactsRow {
    version: i64,
    kind: ActivityKind,
    at: DateTime<Utc>,
    customer_id: Option<CustomerId>,
    deal_id: Option<DealId>,
    record_id: Option<OwnRecordId>,
    person_id: PersonId,
    contact: String,
    direction: Option<Direction>,
    outcome: Option<Outcome>,
    result: String,
    content: String,
    deleted: bool,
}

/// The facts of an activity whose card is in reach, and its version.
async fn even_deleted(tx: &mut Tx, id: ActivityId) -> Result<(ActivityFacts, i64)> {
    let row: Option<FactsRow> = tx
        .query(
            "SELECT a.version, a.kind, a.at, a.customer_id, a.deal_id, a.record_id, a.person_id, a.contact, \
             a.direction, a.outcome, a.result, a.content, a.deleted_at IS NOT NULL AS deleted \
             FROM activities a JOIN records r ON r.id = a.id JOIN records o ON o.id = r.parent_id \
             WHERE a.id = $2 AND o.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
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
        record_id: row.record_id,
        person_id: row.person_id,
        contact: row.contact,
        direction: row.direction,
        outcome: row.outcome,
        result: row.result,
        content: row.content,
        deleted: row.deleted,
    };
    // When its card is deleted, the activity is in the trash with it, and one on a record of a hidden kind is not
    // there: then this fails.
    ground(tx, card_of(&facts)?).await?;
    Ok((facts, row.version))
}

/// Its row in the table of all records.
#[must_use]
pub fn called(facts: &ActivityFacts) -> Called {
    Called { name: facts.content.clone(), ..Called::default() }
}

impl Record for ActivityFacts {
    type Id = ActivityId;
    const KIND: Kind = Kind::Activity;
    const STANDS_ON_CARDS: bool = true;

    fn deleted(&self) -> bool {
        self.deleted
    }

    fn set_deleted(&mut self) {
        self.deleted = true;
    }

    fn owner(&self) -> Option<UnitId> {
        None
    }

    fn set_owner(&mut self, _owner: UnitId) {}

    /// The customer follows from its deal or own record.
    fn hung_on(&self, ground: &Ground) -> Self {
        Self { customer_id: ground.customer, deal_id: ground.deal, record_id: ground.record, ..self.clone() }
    }

    async fn ground(&self, tx: &mut Tx) -> Result<Ground> {
        ground(tx, card_of(self)?).await
    }

    async fn read(tx: &mut Tx, id: ActivityId) -> Result<(Self, i64)> {
        even_deleted(tx, id).await
    }

    /// Named by the beginning of its text; not searched.
    async fn called(&self, _tx: &mut Tx) -> Result<Called> {
        Ok(called(self))
    }

    fn called_otherwise(&self, was: &Self) -> bool {
        self.content != was.content
    }

    async fn insert(&self, tx: &mut Tx, id: ActivityId, _ground: &Ground) -> Result<()> {
        tx.everyones(
            "INSERT INTO activities (id, kind, at, customer_id, deal_id, record_id, person_id, contact, direction, \
             outcome, result, content, version, updated_at) \
             VALUES ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14)",
        )
        .bind(id)
        .bind(self.kind)
        .bind(self.at)
        .bind(self.customer_id)
        .bind(self.deal_id)
        .bind(self.record_id)
        .bind(self.person_id)
        .bind(self.contact.clone())
        .bind(self.direction)
        .bind(self.outcome)
        .bind(self.result.clone())
        .bind(self.content.clone())
        .bind(clock::now())
        .execute()
        .await?;
        Ok(())
    }

    /// The record that it hangs on does not change.
    async fn update(
        &self,
        tx: &mut Tx,
        id: ActivityId,
        (_, version): (&Self, i64),
        _ground: &Ground,
        at: DateTime<Utc>,
    ) -> Result<bool> {
        let changed = tx
        .query(
            "UPDATE activities SET kind = $4, at = $5, person_id = $6, contact = $7, direction = $8, outcome = $9, \
             result = $10, content = $11, deleted_at = $12, updated_at = $13, version = version + 1 \
             WHERE id = $2 AND version = $3 AND EXISTS (SELECT 1 FROM records r JOIN records o ON o.id = r.parent_id \
               WHERE r.id = $2 AND o.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1))",
        )
        .bind(id)
        .bind(version)
        .bind(self.kind)
        .bind(self.at)
        .bind(self.person_id)
        .bind(self.contact.clone())
        .bind(self.direction)
        .bind(self.outcome)
        .bind(self.result.clone())
        .bind(self.content.clone())
        .bind(self.deleted.then_some(at))
        .bind(at)
        .execute()
        .await?;
        Ok(changed > 0)
    }

    async fn conflict(tx: &mut Tx, id: ActivityId) -> Error {
        match records::read(tx, id).await {
            Ok((now, version)) => conflict(now, version),
            Err(error) => error,
        }
    }
}

/// Moves the activities of a deal or own record along to its new customer, in the transaction that changed the
/// customer.
///
/// # Errors
/// `Internal` only.
pub async fn follow(tx: &mut Tx, card: Uuid, customer: Option<CustomerId>) -> Result<()> {
    tx.everyones("UPDATE activities SET customer_id = $3 WHERE deal_id = $2 OR record_id = $2")
        .bind(card)
        .bind(customer)
        .execute()
        .await?;
    Ok(())
}
