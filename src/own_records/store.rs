//! The table of own records: the statements of a single record. The meaning of a change is in `commands`; lists,
//! boards, cards and searches are read by the modules below.

pub mod board;
pub mod card;
pub mod export_rows;
pub mod found;
pub mod list;
pub mod on_card;
mod words;

use super::model::OwnRecordFacts;
use crate::deals::position;
use crate::error::{Error, Result};
use crate::fields::own::store::words::{with_words, words};
use crate::fields::{FieldsOf, OwnValues, own};
use crate::i18n::fold::search_key;
use crate::id::{KindNr, OwnRecordId, UnitId};
use crate::journal::model::fields_of;
use crate::live::Kind;
use crate::own_kinds::store::changeable;
use crate::records::{self, Called, Ground, Record};
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::engine::Query;
use crate::server::failure::our_fault;
use crate::server::sql::Sql;
use crate::server::text::sort_key;
use chrono::{DateTime, Utc};
use serde_json::Value;

/// The columns of the facts, for `own_records o`.
pub(crate) const FACTS: &str = "o.kind_number AS kind, o.owner_id, o.customer_id, o.name, o.stage, o.position, \
     o.deleted_at IS NOT NULL AS deleted, (SELECT own FROM records WHERE id = o.id) AS own";

/// The parameters from `$4` on (in `UPDATE` too) are those of [`bind`]: the facts, the key of the order by name, the
/// time.
const INSERT: &str = "INSERT INTO own_records (id, version, kind_number, owner_id, customer_id, name, stage, position, \
         deleted_at, sort_key, updated_at) \
     VALUES ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
const UPDATE: &str = "UPDATE own_records SET version = version + 1, owner_id = $5, customer_id = $6, name = $7, \
         stage = $8, position = $9, deleted_at = $10, sort_key = $11, updated_at = $12 \
     WHERE id = $2 AND version = $3 AND kind_number = $4 \
       AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
       AND kind_number NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1)";

fn bind<'q>(query: Query<'q>, facts: &OwnRecordFacts, at: DateTime<Utc>) -> Query<'q> {
    query
        .bind(facts.kind)
        .bind(facts.owner_id)
        .bind(facts.customer_id)
        .bind(facts.name.clone())
        .bind(facts.stage)
        .bind(facts.position.clone())
        .bind(facts.deleted.then_some(at))
        .bind(order_key(&facts.name))
        .bind(at)
}

/// The key of the Turkish order by name. It begins with the first letter or digit, so that a quotation mark before a
/// name does not change its place.
fn order_key(name: &str) -> Vec<u8> {
    let bare = name.trim_start_matches(|c: char| !c.is_alphanumeric());
    sort_key(if bare.is_empty() { name } else { bare })
}

/// The facts with the version.
#[derive(sqlx::FromRow)]
struct FactsRow {
    version: i64,
    #[sqlx(flatten)]
    facts: OwnRecordFacts,
}

/// The position at the end of a stage; empty without a stage.
///
/// # Errors
/// `Internal` only.
pub async fn end_of(tx: &mut Tx, kind: KindNr, stage: Option<i64>) -> Result<String> {
    let Some(stage) = stage else { return Ok(String::new()) };
    let (last,): (Option<String>,) = tx
        .everyones("SELECT MAX(position) FROM own_records WHERE kind_number = $2 AND stage = $3 AND deleted_at IS NULL")
        .bind(kind)
        .bind(stage)
        .one()
        .await?;
    let last = last.and_then(|last| position::from_hex(&last));
    let place = position::between(last.as_deref(), None);
    place.map(|place| position::to_hex(&place)).ok_or_else(|| our_fault(&"there is no place behind"))
}

/// The position after another record of a stage, or before all of them. If that record is not in the stage any more, it
/// is the end of the stage.
///
/// # Errors
/// `Internal` only.
pub async fn place_behind(
    tx: &mut Tx,
    (kind, stage): (KindNr, i64),
    after: Option<OwnRecordId>,
    moved: OwnRecordId,
) -> Result<String> {
    const THERE: &str =
        "FROM own_records WHERE kind_number = $2 AND stage = $3 AND deleted_at IS NULL AND id <> $4";
    let low: Option<String> = match after {
        Some(after) => {
            let sql = Sql::new("SELECT position").and(THERE).and("AND id = $5");
            let found: Option<(String,)> =
                tx.everyones(sql).bind(kind).bind(stage).bind(moved).bind(after).optional().await?;
            match found {
                Some((low,)) => Some(low),
                None => return end_of(tx, kind, Some(stage)).await,
            }
        }
        None => None,
    };
    let sql = Sql::new("SELECT MIN(position)").and(THERE).when(low.is_some(), "AND position > $5");
    let (high,): (Option<String>,) =
        tx.everyones(sql).bind(kind).bind(stage).bind(moved).bind(low.clone()).one().await?;
    let bytes = |place: &Option<String>| place.as_deref().and_then(position::from_hex);
    let place = position::between(bytes(&low).as_deref(), bytes(&high).as_deref());
    match place {
        Some(place) => Ok(position::to_hex(&place)),
        None => end_of(tx, kind, Some(stage)).await,
    }
}

impl Record for OwnRecordFacts {
    type Id = OwnRecordId;
    const KIND: Kind = Kind::OwnRecord;

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

    fn own(&self) -> Option<&OwnValues> {
        Some(&self.own)
    }

    async fn called(&self, tx: &mut Tx) -> Result<Called> {
        let own = words(tx, FieldsOf::Own(self.kind), &self.own).await?;
        let search_key = with_words(&search_key(&self.name), &own);
        Ok(Called { name: self.name.clone(), search_key, sort_key: order_key(&self.name) })
    }

    fn called_otherwise(&self, was: &Self) -> bool {
        self.name != was.name || self.own != was.own
    }

    /// Checks the right that its kind asks for.
    async fn may_be_changed(&self, tx: &mut Tx) -> Result<()> {
        changeable(tx, self.kind).await.map(drop)
    }

    async fn ground(&self, _tx: &mut Tx) -> Result<Ground> {
        Ok(Ground { owner: self.owner_id, customer: self.customer_id, deal: None, record: None })
    }

    async fn read(tx: &mut Tx, id: OwnRecordId) -> Result<(Self, i64)> {
        let sql = Sql::new("SELECT o.version,").and(FACTS).and(
            "FROM own_records o WHERE o.id = $2 AND o.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
               AND o.kind_number NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1)",
        );
        let row: Option<FactsRow> = tx.query(sql).bind(id).optional().await?;
        row.map(|row| (row.facts, row.version)).ok_or(Error::NotFound)
    }

    async fn insert(&self, tx: &mut Tx, id: OwnRecordId, _ground: &Ground) -> Result<()> {
        bind(tx.everyones(INSERT).bind(id).bind(1_i64), self, clock::now()).execute().await?;
        Ok(())
    }

    async fn update(
        &self,
        tx: &mut Tx,
        id: OwnRecordId,
        (was, version): (&Self, i64),
        _ground: &Ground,
        at: DateTime<Utc>,
    ) -> Result<bool> {
        let changed = bind(tx.query(UPDATE).bind(id).bind(version), self, at).execute().await?;
        if changed > 0 && was.customer_id != self.customer_id {
            crate::tasks::store::follow(tx, id.0, self.customer_id).await?;
            crate::activities::store::follow(tx, id.0, self.customer_id).await?;
        }
        Ok(changed > 0)
    }

    async fn may_return(&self, tx: &mut Tx, now: &Self) -> Result<bool> {
        match self.customer_id.filter(|_| self.customer_id != now.customer_id) {
            Some(customer) => records::store::is_kept(tx, Kind::Customer, customer.0).await,
            None => Ok(true),
        }
    }

    async fn conflict(tx: &mut Tx, id: OwnRecordId) -> Error {
        match records::read(tx, id).await {
            Ok((now, version)) => conflict(tx, &now, version).await.unwrap_or_else(|error| error),
            Err(error) => error,
        }
    }
}

/// The error for a change from an older version: the present facts, with the names of customer and owner. A customer
/// out of reach is left out.
async fn conflict(tx: &mut Tx, now: &OwnRecordFacts, version: i64) -> Result<Error> {
    let customer = card::customer_name(tx, now.customer_id).await?;
    let owner = card::owner_name(tx, now.owner_id).await?;
    let customer_id = now.customer_id.filter(|_| customer.is_some());
    let mut shown = OwnRecordFacts { customer_id, ..now.clone() };
    let mut own = own::store::of_kind(tx, FieldsOf::Own(now.kind)).await?;
    own::store::links::for_the_browser(tx, &mut own, &mut shown.own).await?;
    let mut theirs = fields_of(&shown);
    theirs.insert("owner".into(), Value::String(owner));
    theirs.insert("customer".into(), customer.map_or(Value::Null, Value::String));
    Ok(Error::Conflict { version, theirs: Value::Object(theirs) })
}
