//! The deals table: writing one change with its event, reading the facts of one. What a change means is in `model`; lists and cards are
//! read in the modules beside.

pub mod card;
pub mod export_rows;
pub mod list;
mod of_customer;
mod sums;

pub use of_customer::{customer_renamed, left_by};
pub use sums::SUM;

use super::model::DealFacts;
use super::position;
use crate::activities::store::follow;
use crate::auth::model::Permission;
use crate::error::{Error, Result};
use crate::i18n::fold::search_key;
use crate::i18n::money::Currency;
use crate::id::{CmdId, CustomerId, DealId, EventId, ProductId, StageId, UnitId};
use crate::journal::model::{Fields, What, difference, fields_of};
use crate::journal::store::{
    Before, Change, Undoable, customer_is_kept, made_before, record, tell_on, written_since,
};
use crate::live::Kind;
use crate::people::store::may_assign;
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::failure::our_fault;
use crate::server::text::name_key;
use chrono::NaiveDate;
use serde_json::{Value, json};

pub mod hand_over;

/// The field of a deal's place in the order of its stage.
const PLACE: &str = "position";

#[derive(sqlx::FromRow)]
struct FactsRow {
    version: i64,
    owner_id: UnitId,
    customer_id: Option<CustomerId>,
    stage_id: StageId,
    position: Vec<u8>,
    title: String,
    amount: Option<i64>,
    currency: String,
    product_id: Option<ProductId>,
    source: String,
    contract: bool,
    opened_on: NaiveDate,
    expected_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
    lost_reason: String,
    note: String,
    deleted: bool,
}

impl FactsRow {
    fn facts(self) -> Result<(DealFacts, i64)> {
        let facts = DealFacts {
            owner_id: self.owner_id,
            customer_id: self.customer_id,
            stage_id: self.stage_id,
            position: position::to_hex(&self.position),
            title: self.title,
            amount: self.amount,
            currency: currency(&self.currency)?,
            product_id: self.product_id,
            source: self.source,
            contract: self.contract,
            opened_on: self.opened_on,
            expected_on: self.expected_on,
            closed_on: self.closed_on,
            lost_reason: self.lost_reason,
            note: self.note,
            deleted: self.deleted,
        };
        Ok((facts, self.version))
    }
}

/// The currency behind its letters in the database.
pub(super) fn currency(code: &str) -> Result<Currency> {
    Currency::parse(code).ok_or_else(|| our_fault(&format!("an unknown currency in the database: {code}")))
}

fn position_bytes(text: &str) -> Result<Vec<u8>> {
    position::from_hex(text).ok_or_else(|| our_fault(&format!("no position: {text:?}")))
}

/// What a deal is found by: its title and product, then a bar and its customer's name. A search by somebody who may not see the
/// customer must match before the bar (see `list`).
async fn key_of(
    tx: &mut Tx,
    title: &str,
    customer: Option<CustomerId>,
    product: Option<ProductId>,
) -> Result<String> {
    let (customer, product): (Option<String>, Option<String>) = tx
        .query(
            "SELECT (SELECT name FROM customers WHERE id = $2), (SELECT name FROM products WHERE id = $3) \
             FROM people WHERE id = $1",
        )
        .bind(customer)
        .bind(product)
        .one()
        .await?;
    let own = search_key(&format!("{title} {}", product.unwrap_or_default()));
    Ok(format!("{own}|{}", search_key(&customer.unwrap_or_default())))
}

/// Whether the same command made it before, and it is still there.
async fn is_made(tx: &mut Tx, id: DealId) -> Result<bool> {
    match made_before(tx, Kind::Deal, id.0).await? {
        Before::Never => Ok(false),
        Before::Done(_) => facts_of(tx, id).await.map(|_| true),
        Before::Other => Err(conflict(tx, id).await),
    }
}

/// Writes a new deal and puts it on record. Asked the same again by the same person with the same id, it changes nothing: the command was
/// carried out before.
///
/// # Errors
/// `Conflict` when something else was asked with that id; `NotFound` when it is taken; whether the stage, the customer and the owner may be
/// named is asked before.
pub async fn create(tx: &mut Tx, id: DealId, facts: &DealFacts, what: What) -> Result<()> {
    if is_made(tx, id).await? {
        return Ok(());
    }
    let key = key_of(tx, &facts.title, facts.customer_id, facts.product_id).await?;
    let now = clock::now();
    let added = tx
        .query(
            "INSERT INTO deals (id, owner_id, customer_id, stage_id, position, title, amount, currency, product_id, source, contract, \
                 opened_on, expected_on, closed_on, lost_reason, note, stage_since, search_key, name_key, version, created_at, \
                 created_by, updated_at, deleted_at) \
             VALUES ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 1, $18, $1, $18, NULL) \
             ON CONFLICT (id) DO NOTHING",
        )
        .bind(id)
        .bind(facts.owner_id)
        .bind(facts.customer_id)
        .bind(facts.stage_id)
        .bind(position_bytes(&facts.position)?)
        .bind(facts.title.clone())
        .bind(facts.amount)
        .bind(facts.currency.code().to_owned())
        .bind(facts.product_id)
        .bind(facts.source.clone())
        .bind(facts.contract)
        .bind(facts.opened_on)
        .bind(facts.expected_on)
        .bind(facts.closed_on)
        .bind(facts.lost_reason.clone())
        .bind(facts.note.clone())
        .bind(now)
        .bind(key)
        .bind(name_key(&facts.title))
        .execute()
        .await?;
    if added == 0 {
        // It was asked twice in the same instant, which only PostgreSQL lets happen.
        return if is_made(tx, id).await? { Ok(()) } else { Err(Error::NotFound) };
    }
    let mut before = Fields::new();
    before.insert("deleted".into(), json!(true));
    record(
        tx,
        Change {
            kind: Kind::Deal,
            subject: id.0,
            units: (facts.owner_id, facts.owner_id),
            customer: facts.customer_id,
            what,
            before,
            after: fields_of(facts),
            cmd: None,
            undoes: None,
        },
    )
    .await?;
    Ok(())
}

/// The facts of a deal in reach that is not deleted, and its version.
///
/// # Errors
/// `NotFound` for none, or one out of reach.
pub async fn facts_of(tx: &mut Tx, id: DealId) -> Result<(DealFacts, i64)> {
    let (facts, version) = even_deleted(tx, id).await?;
    if facts.deleted { Err(Error::NotFound) } else { Ok((facts, version)) }
}

async fn even_deleted(tx: &mut Tx, id: DealId) -> Result<(DealFacts, i64)> {
    let row: Option<FactsRow> = tx
        .query(
            "SELECT version, owner_id, customer_id, stage_id, position, title, amount, currency, product_id, source, contract, \
                 opened_on, expected_on, closed_on, lost_reason, note, deleted_at IS NOT NULL AS deleted \
             FROM deals WHERE id = $2 AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        )
        .bind(id)
        .optional()
        .await?;
    row.ok_or(Error::NotFound)?.facts()
}

/// What stands in the way of a change that was made from an older state: the facts as they are, with the names of the owner and
/// the customer.
pub(super) async fn conflict(tx: &mut Tx, id: DealId) -> Error {
    let (facts, version) = match facts_of(tx, id).await {
        Ok(now) => now,
        Err(error) => return error,
    };
    let mut theirs = fields_of(&facts);
    let names: sqlx::Result<(String, Option<String>)> = tx
        .query(
            "SELECT u.name, c.name FROM units u LEFT JOIN customers c ON c.id = $3 AND c.deleted_at IS NULL \
                 AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) WHERE u.id = $2",
        )
        .bind(facts.owner_id)
        .bind(facts.customer_id)
        .one()
        .await;
    let (owner, customer) = match names {
        Ok(names) => names,
        Err(cause) => return Error::from(cause),
    };
    theirs.insert("owner".into(), Value::String(owner));
    if customer.is_none() {
        // Not even its id is told to whom it is out of reach.
        theirs.insert("customer_id".into(), Value::Null);
    }
    theirs.insert("customer".into(), customer.map_or(Value::Null, Value::String));
    Error::Conflict { version, theirs: Value::Object(theirs) }
}

/// Writes what differs between the two states and puts it on record. Where nothing differs nothing is written, and the id is nil.
///
/// # Errors
/// `Conflict` when the deal no longer has that version, `NotFound` when it is gone or out of reach.
#[expect(clippy::too_many_arguments, reason = "one state, another, and what the record says of the change")]
pub async fn save(
    tx: &mut Tx,
    id: DealId,
    old: &DealFacts,
    version: i64,
    new: &DealFacts,
    what: What,
    cmd: Option<CmdId>,
    undoes: Option<EventId>,
) -> Result<EventId> {
    let Some((before, after)) = difference(old, new) else {
        return Ok(EventId(uuid::Uuid::nil()));
    };
    let renamed = ["title", "customer_id", "product_id"].iter().any(|field| after.contains_key(*field));
    let key =
        if renamed { Some(key_of(tx, &new.title, new.customer_id, new.product_id).await?) } else { None };
    let now = clock::now();
    let moved = old.stage_id != new.stage_id;
    let changed = tx
        .query(
            "UPDATE deals SET owner_id = $4, customer_id = $5, stage_id = $6, position = $7, title = $8, amount = $9, currency = $10, \
                 product_id = $11, source = $12, contract = $13, opened_on = $14, expected_on = $15, closed_on = $16, \
                 lost_reason = $17, note = $18, deleted_at = $19, search_key = COALESCE($20, search_key), name_key = $21, \
                 stage_since = COALESCE($22, stage_since), updated_at = $23, version = version + 1 \
             WHERE id = $2 AND version = $3 AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        )
        .bind(id)
        .bind(version)
        .bind(new.owner_id)
        .bind(new.customer_id)
        .bind(new.stage_id)
        .bind(position_bytes(&new.position)?)
        .bind(new.title.clone())
        .bind(new.amount)
        .bind(new.currency.code().to_owned())
        .bind(new.product_id)
        .bind(new.source.clone())
        .bind(new.contract)
        .bind(new.opened_on)
        .bind(new.expected_on)
        .bind(new.closed_on)
        .bind(new.lost_reason.clone())
        .bind(new.note.clone())
        .bind(new.deleted.then_some(now))
        .bind(key)
        .bind(name_key(&new.title))
        .bind(moved.then_some(now))
        .bind(now)
        .execute()
        .await?;
    if changed == 0 {
        return Err(conflict(tx, id).await);
    }
    if old.customer_id != new.customer_id {
        crate::tasks::store::deal_has_customer(tx, id, new.customer_id).await?;
    }
    let event = record(
        tx,
        Change {
            kind: Kind::Deal,
            subject: id.0,
            units: (old.owner_id, new.owner_id),
            customer: new.customer_id.or(old.customer_id),
            what,
            before,
            after,
            cmd,
            undoes,
        },
    )
    .await?;
    if old.customer_id != new.customer_id {
        follow(tx, id, new.customer_id).await?;
        if let Some(left) = old.customer_id {
            tell_on(tx, event, left.0).await?;
        }
    }
    Ok(event)
}

/// Takes a change of a deal back, unless somebody has changed the same fields since.
///
/// # Errors
/// `Conflict` when somebody has; `NotFound` out of reach; `Forbidden` when it would hand the deal over.
pub async fn take_back(tx: &mut Tx, change: &Undoable) -> Result<()> {
    let id = DealId(change.subject);
    let (now, version) = even_deleted(tx, id).await?;
    let back: DealFacts = change.facts(&apart_from_room(tx, change, fields_of(&now)).await?, version)?;
    if back.stage_id != now.stage_id && super::pipeline::stage(tx, back.stage_id).await.is_err() {
        // The stage it came from is gone.
        return Err(conflict(tx, id).await);
    }
    if let Some(customer) = back.customer_id.filter(|_| back.customer_id != now.customer_id)
        && !customer_is_kept(tx, customer).await?
    {
        // The customer it was of is gone for good.
        return Err(conflict(tx, id).await);
    }
    if back.owner_id != now.owner_id {
        tx.actor().must(Permission::HandOver)?;
        may_assign(tx, back.owner_id).await?;
    }
    save(tx, id, &now, version, &back, What::Undone, None, Some(change.id)).await?;
    Ok(())
}

/// A stage that had no room left was spread: the bytes of the deal's place are others since, but nobody moved it. Who
/// takes a move to another stage back is not kept from it by its place there either.
async fn apart_from_room(tx: &mut Tx, change: &Undoable, mut now: Fields) -> Result<Fields> {
    if let Some(place) = change.wrote(PLACE).filter(|place| now.get(PLACE) != Some(*place))
        && (change.wrote("stage_id").is_some() || !written_since(tx, change, PLACE).await?)
    {
        now.insert(PLACE.to_owned(), place.clone());
    }
    Ok(now)
}

/// The place after the last card of a stage, whoever's it is. One transaction writes at a time, so nobody else takes
/// it.
///
/// # Errors
/// `Internal` only.
pub async fn end_of(tx: &mut Tx, stage: StageId) -> Result<String> {
    let last: Option<(Vec<u8>,)> = tx
        .query(
            "SELECT position FROM deals WHERE stage_id = $2 AND deleted_at IS NULL AND EXISTS (SELECT 1 FROM people WHERE id = $1) \
             ORDER BY position DESC, id DESC LIMIT 1",
        )
        .bind(stage)
        .optional()
        .await?;
    let end = position::between(last.as_ref().map(|(last,)| last.as_slice()), None);
    end.map(|end| position::to_hex(&end)).ok_or_else(|| our_fault(&"there is no place after the last"))
}
