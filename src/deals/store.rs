//! The deals table: the statements of one deal. What a change means is in `model`; lists and cards are
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
use crate::error::{Error, Result};
use crate::fields::FieldsOf;
use crate::fields::own::store::words::{with_words, words};
use crate::fields::{OwnValues, own};
use crate::i18n::fold::search_key;
use crate::id::{CustomerId, DealId, ProductId, StageId, UnitId};
use crate::journal::model::{Fields, fields_of};
use crate::journal::store::{Undoable, written_since};
use crate::live::Kind;
use crate::records::{self, Called, Ground, Record};
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::engine::Query;
use crate::server::failure::our_fault;
use crate::server::sql::Sql;
use chrono::{DateTime, Utc};
use serde_json::Value;

/// The fact that holds a deal's position within its stage.
const PLACE: &str = "position";

/// The columns of the facts, of `deals d`.
pub(crate) const FACTS: &str = "d.owner_id, d.customer_id, d.stage_id, d.position AS place, d.title, d.amount, \
     d.currency, d.product_id, d.source, d.contract, d.opened_on, d.expected_on, d.closed_on, d.lost_reason, d.note, \
     d.deleted_at IS NOT NULL AS deleted, (SELECT own FROM records WHERE id = d.id) AS own";

/// The parameters of a written deal, from `$4` on: the facts, then since when it is in its stage, then the time.
const INSERT: &str = "INSERT INTO deals (id, version, owner_id, customer_id, stage_id, position, title, amount, \
         currency, product_id, source, contract, opened_on, expected_on, closed_on, lost_reason, note, deleted_at, \
         stage_since, updated_at) \
     VALUES ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)";
const UPDATE: &str = "UPDATE deals SET version = version + 1, owner_id = $4, customer_id = $5, stage_id = $6, \
         position = $7, title = $8, amount = $9, currency = $10, product_id = $11, source = $12, contract = $13, \
         opened_on = $14, expected_on = $15, closed_on = $16, lost_reason = $17, note = $18, deleted_at = $19, \
         stage_since = COALESCE($20, stage_since), updated_at = $21 \
     WHERE id = $2 AND version = $3 AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)";

/// `since` is the time at which the deal came into its stage, if this change moved it.
fn bind<'q>(
    query: Query<'q>,
    facts: &DealFacts,
    since: Option<DateTime<Utc>>,
    at: DateTime<Utc>,
) -> Result<Query<'q>> {
    Ok(query
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
        .bind(facts.deleted.then_some(at))
        .bind(since)
        .bind(at))
}

#[derive(sqlx::FromRow)]
struct FactsRow {
    version: i64,
    place: Vec<u8>,
    #[sqlx(flatten)]
    facts: DealFacts,
}

fn position_bytes(text: &str) -> Result<Vec<u8>> {
    position::from_hex(text).ok_or_else(|| our_fault(&format!("no position: {text:?}")))
}

/// The search key of a deal: its title, product and own fields, then a bar (`|`) and its customer's name. A search by
/// somebody who may not see the customer must match before the bar (see `list`).
async fn key_of(
    tx: &mut Tx,
    title: &str,
    customer: Option<CustomerId>,
    product: Option<ProductId>,
    own: &OwnValues,
) -> Result<String> {
    let (customer, product): (Option<String>, Option<String>) = tx
        .everyones(
            "SELECT (SELECT name FROM customers WHERE id = $2), (SELECT name FROM products WHERE id = $3) \
             FROM people WHERE id = $1",
        )
        .bind(customer)
        .bind(product)
        .one()
        .await?;
    let words = words(tx, FieldsOf::Deal, own).await?;
    let own = search_key(&format!("{title} {}", product.unwrap_or_default()));
    Ok(format!("{}|{}", with_words(&own, &words), search_key(&customer.unwrap_or_default())))
}

async fn even_deleted(tx: &mut Tx, id: DealId) -> Result<(DealFacts, i64)> {
    let sql = Sql::new("SELECT d.version,").and(FACTS).and(
        "FROM deals d WHERE d.id = $2 AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
    );
    let row: Option<FactsRow> = tx.query(sql).bind(id).optional().await?;
    let FactsRow { version, place, mut facts } = row.ok_or(Error::NotFound)?;
    facts.position = position::to_hex(&place);
    Ok((facts, version))
}

/// The error for a change based on an outdated version: the present facts, with the names of the owner and the
/// customer.
pub(super) async fn conflict(tx: &mut Tx, id: DealId) -> Error {
    let (mut facts, version) = match records::read(tx, id).await {
        Ok(now) => now,
        Err(error) => return error,
    };
    let named = match own::store::of_kind(tx, FieldsOf::Deal).await {
        Ok(mut own) => own::store::links::for_the_browser(tx, &mut own, &mut facts.own).await,
        Err(error) => Err(error),
    };
    if let Err(error) = named {
        return error;
    }
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
        // The id of a customer out of reach is hidden, too.
        theirs.insert("customer_id".into(), Value::Null);
    }
    theirs.insert("customer".into(), customer.map_or(Value::Null, Value::String));
    Error::Conflict { version, theirs: Value::Object(theirs) }
}

impl Record for DealFacts {
    type Id = DealId;
    const KIND: Kind = Kind::Deal;

    fn deleted(&self) -> bool {
        self.deleted
    }

    fn set_deleted(&mut self) {
        self.deleted = true;
    }

    fn owner(&self) -> Option<UnitId> {
        Some(self.owner_id)
    }

    fn set_owner(&mut self, owner: UnitId) {
        self.owner_id = owner;
    }

    async fn ground(&self, _tx: &mut Tx) -> Result<Ground> {
        Ok(Ground { owner: self.owner_id, customer: self.customer_id, deal: None, record: None })
    }

    async fn read(tx: &mut Tx, id: DealId) -> Result<(Self, i64)> {
        even_deleted(tx, id).await
    }

    fn own(&self) -> Option<&OwnValues> {
        Some(&self.own)
    }

    async fn called(&self, tx: &mut Tx) -> Result<Called> {
        let search_key = key_of(tx, &self.title, self.customer_id, self.product_id, &self.own).await?;
        Ok(Called { name: self.title.clone(), search_key, ..Called::default() })
    }

    fn called_otherwise(&self, was: &Self) -> bool {
        let by = |facts: &Self| (facts.title.clone(), facts.customer_id, facts.product_id, facts.own.clone());
        by(self) != by(was)
    }

    async fn insert(&self, tx: &mut Tx, id: DealId, _ground: &Ground) -> Result<()> {
        let at = clock::now();
        bind(tx.everyones(INSERT).bind(id).bind(1_i64), self, Some(at), at)?.execute().await?;
        Ok(())
    }

    async fn update(
        &self,
        tx: &mut Tx,
        id: DealId,
        (was, version): (&Self, i64),
        _ground: &Ground,
        at: DateTime<Utc>,
    ) -> Result<bool> {
        let since = (was.stage_id != self.stage_id).then_some(at);
        let changed = bind(tx.query(UPDATE).bind(id).bind(version), self, since, at)?.execute().await?;
        if changed > 0 && was.customer_id != self.customer_id {
            crate::tasks::store::follow(tx, id.0, self.customer_id).await?;
            crate::activities::store::follow(tx, id.0, self.customer_id).await?;
        }
        Ok(changed > 0)
    }

    async fn conflict(tx: &mut Tx, id: DealId) -> Error {
        conflict(tx, id).await
    }

    async fn as_left(tx: &mut Tx, change: &Undoable, now: Fields) -> Result<Fields> {
        apart_from_room(tx, change, now).await
    }

    async fn may_return(&self, tx: &mut Tx, now: &Self) -> Result<bool> {
        if self.stage_id != now.stage_id && super::pipeline::stage(tx, self.stage_id).await.is_err() {
            // The stage it would go back to was deleted.
            return Ok(false);
        }
        match self.customer_id.filter(|_| self.customer_id != now.customer_id) {
            Some(customer) => records::store::is_kept(tx, Kind::Customer, customer.0).await,
            None => Ok(true),
        }
    }
}

/// When a stage was spread, the deal's position has other bytes although nobody moved the deal. That must not keep an
/// undo from working; and an undo of a move to another stage must not fail because of the position there either.
async fn apart_from_room(tx: &mut Tx, change: &Undoable, mut now: Fields) -> Result<Fields> {
    if let Some(place) = change.wrote(PLACE).filter(|place| now.get(PLACE) != Some(*place))
        && (change.wrote("stage_id").is_some() || !written_since(tx, change, PLACE).await?)
    {
        now.insert(PLACE.to_owned(), place.clone());
    }
    Ok(now)
}

/// The position after the last deal of a stage, whoever owns that deal. Only one transaction writes at a time, so
/// nobody else takes it.
///
/// # Errors
/// `Internal` only.
pub async fn end_of(tx: &mut Tx, stage: StageId) -> Result<String> {
    let last: Option<(Vec<u8>,)> = tx
        .everyones(
            "SELECT position FROM deals WHERE stage_id = $2 AND deleted_at IS NULL \
             ORDER BY position DESC, id DESC LIMIT 1",
        )
        .bind(stage)
        .optional()
        .await?;
    let end = position::between(last.as_ref().map(|(last,)| last.as_slice()), None);
    end.map(|end| position::to_hex(&end)).ok_or_else(|| our_fault(&"there is no place after the last"))
}
