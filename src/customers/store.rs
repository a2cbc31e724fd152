//! The customers table: the statements of one customer. Lists and search are in `list`,
//! contacts in `contacts`, what else a card shows in `card`.

mod card;
pub(crate) mod choices;
mod contacts;
pub(crate) mod count;
pub mod export_rows;
pub(crate) mod list;
mod place;
pub(crate) mod way;
mod words;

pub use card::card;
pub use choices::choices;
pub use count::count;
pub use list::list;

use super::model::{Customer, CustomerFacts};
use super::phone;
use crate::error::{Error, Result};
use crate::fields::FieldsOf;
use crate::fields::own::store::words::{with_words, words};
use crate::fields::{OwnValues, own};
use crate::i18n::fold;
use crate::id::{CustomerId, UnitId};
use crate::journal::model::fields_of;
use crate::live::Kind;
use crate::records::{Called, Ground, Record};
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::engine::Query;
use crate::server::sql::Sql;
use crate::server::text::{name_key, sort_key};
use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;

/// What a customer is found by: the name, the digits of its numbers, its addresses, its contacts.
fn search_key(facts: &CustomerFacts) -> String {
    let phones = facts.phones.iter().chain(facts.contacts.iter().map(|contact| &contact.phone));
    let numbers: Vec<String> = phones.map(|phone| number(phone)).collect();
    let names = facts.contacts.iter().flat_map(|contact| [contact.name.as_str(), contact.email.as_str()]);
    let words: Vec<&str> = [facts.name.as_str(), &facts.city, &facts.tax_number]
        .into_iter()
        .chain(facts.emails.iter().map(String::as_str))
        .chain(names)
        .chain(numbers.iter().map(String::as_str))
        .collect();
    fold::search_key(&words.join(" "))
}

/// The same, with the texts of those own fields that are searched.
async fn found_by(tx: &mut Tx, facts: &CustomerFacts) -> Result<String> {
    let own = words(tx, FieldsOf::Customer, &facts.own).await?;
    Ok(with_words(&search_key(facts), &own))
}

/// A number as it is searched: Turkish ones with their country, so that every way of typing it is a part of it.
fn number(text: &str) -> String {
    let key = phone::key(text);
    if key.len() == 10 { format!("90{key}") } else { key }
}

/// The sort key of a name, from its first letter or digit on: a quotation mark before a name is ignored.
fn order_key(name: &str) -> Vec<u8> {
    let bare = name.trim_start_matches(|c: char| !c.is_alphanumeric());
    sort_key(if bare.is_empty() { name } else { bare })
}

/// The columns of the facts, of `customers c`; contacts are read separately.
pub(crate) const FACTS: &str = "c.owner_id, c.kind, c.name, c.phones, c.emails, c.city, c.address, c.tax_number, \
     c.tax_office, c.sector, c.source, c.interest, c.note, c.deleted_at IS NOT NULL AS deleted, \
     (SELECT own FROM records WHERE id = c.id) AS own";

/// The parameters of a written customer, from `$4` on: the facts, then the keys for searching and sorting, then the
/// times.
const INSERT: &str = "INSERT INTO customers (id, version, owner_id, kind, name, phones, emails, city, address, \
         tax_number, tax_office, sector, source, interest, note, search_key, name_key, sort_key, deleted_at, \
         updated_at) \
     VALUES ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)";
const UPDATE: &str = "UPDATE customers SET version = version + 1, owner_id = $4, kind = $5, name = $6, phones = $7, \
         emails = $8, city = $9, address = $10, tax_number = $11, tax_office = $12, sector = $13, source = $14, \
         interest = $15, note = $16, search_key = $17, name_key = $18, sort_key = $19, deleted_at = $20, \
         updated_at = $21 \
     WHERE id = $2 AND version = $3 AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)";

fn bind<'q>(query: Query<'q>, facts: &CustomerFacts, found_by: String, at: DateTime<Utc>) -> Query<'q> {
    query
        .bind(facts.owner_id)
        .bind(facts.kind)
        .bind(facts.name.clone())
        .bind(Json(facts.phones.clone()))
        .bind(Json(facts.emails.clone()))
        .bind(facts.city.clone())
        .bind(facts.address.clone())
        .bind(facts.tax_number.clone())
        .bind(facts.tax_office.clone())
        .bind(facts.sector.clone())
        .bind(facts.source.clone())
        .bind(facts.interest.clone())
        .bind(facts.note.clone())
        .bind(found_by)
        .bind(name_key(&facts.name))
        .bind(order_key(&facts.name))
        .bind(facts.deleted.then_some(at))
        .bind(at)
}

#[derive(sqlx::FromRow)]
struct FactsRow {
    version: i64,
    owner: String,
    #[sqlx(flatten)]
    facts: CustomerFacts,
}

async fn even_deleted(tx: &mut Tx, id: CustomerId) -> Result<Customer> {
    let sql = Sql::new("SELECT c.version, u.name AS owner,").and(FACTS).and(
        "FROM customers c JOIN units u ON u.id = c.owner_id \
         WHERE c.id = $2 AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
    );
    let row: Option<FactsRow> = tx.query(sql).bind(id).optional().await?;
    let FactsRow { version, owner, mut facts } = row.ok_or(Error::NotFound)?;
    facts.contacts = contacts::read(tx, id).await?;
    Ok(Customer { id, version, owner, facts })
}

/// A customer in reach that is not deleted.
///
/// # Errors
/// `NotFound` for none, or one out of reach.
pub async fn get(tx: &mut Tx, id: CustomerId) -> Result<Customer> {
    let customer = even_deleted(tx, id).await?;
    if customer.facts.deleted { Err(Error::NotFound) } else { Ok(customer) }
}

/// The error for a change based on an outdated version: the present facts, with the owner's name.
pub(super) async fn conflict(tx: &mut Tx, mut now: Customer) -> Error {
    let named = match own::store::of_kind(tx, FieldsOf::Customer).await {
        Ok(mut own) => own::store::links::for_the_browser(tx, &mut own, &mut now.facts.own).await,
        Err(error) => Err(error),
    };
    if let Err(error) = named {
        return error;
    }
    let mut theirs = fields_of(&now.facts);
    theirs.insert("owner".into(), Value::String(now.owner));
    Error::Conflict { version: now.version, theirs: Value::Object(theirs) }
}

impl Record for CustomerFacts {
    type Id = CustomerId;
    const KIND: Kind = Kind::Customer;

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
        Ok(Ground { owner: self.owner_id, customer: None, deal: None, record: None })
    }

    async fn read(tx: &mut Tx, id: CustomerId) -> Result<(Self, i64)> {
        even_deleted(tx, id).await.map(|customer| (customer.facts, customer.version))
    }

    fn own(&self) -> Option<&OwnValues> {
        Some(&self.own)
    }

    async fn called(&self, tx: &mut Tx) -> Result<Called> {
        let search_key = found_by(tx, self).await?;
        Ok(Called { name: self.name.clone(), search_key, sort_key: order_key(&self.name) })
    }

    fn called_otherwise(&self, was: &Self) -> bool {
        self.name != was.name || self.own != was.own || search_key(self) != search_key(was)
    }

    async fn insert(&self, tx: &mut Tx, id: CustomerId, _ground: &Ground) -> Result<()> {
        let found_by = found_by(tx, self).await?;
        bind(tx.everyones(INSERT).bind(id).bind(1_i64), self, found_by, clock::now()).execute().await?;
        contacts::write(tx, id, &self.contacts).await
    }

    async fn update(
        &self,
        tx: &mut Tx,
        id: CustomerId,
        (was, version): (&Self, i64),
        _ground: &Ground,
        at: DateTime<Utc>,
    ) -> Result<bool> {
        let found_by = found_by(tx, self).await?;
        let changed = bind(tx.query(UPDATE).bind(id).bind(version), self, found_by, at).execute().await?;
        if changed == 0 {
            return Ok(false);
        }
        if was.contacts != self.contacts {
            contacts::write(tx, id, &self.contacts).await?;
        }
        if was.name != self.name {
            crate::deals::store::customer_renamed(tx, id).await?;
        }
        Ok(true)
    }

    async fn conflict(tx: &mut Tx, id: CustomerId) -> Error {
        match get(tx, id).await {
            Ok(now) => conflict(tx, now).await,
            Err(error) => error,
        }
    }
}
