//! The customers table: writing one change with its event, reading one customer. Lists and search are in `list`,
//! contacts in `contacts`, what else a card shows in `card`.

mod card;
mod contacts;
pub mod export_rows;
pub mod hand_over;
pub(crate) mod list;
mod place;
pub(crate) mod way;
mod words;

pub use card::card;
pub use list::{choices, count, list};

use super::conflict::settled;
use super::model::{Customer, CustomerFacts, CustomerKind};
use super::phone;
use crate::auth::model::Permission;
use crate::error::{Error, Result};
use crate::i18n::fold;
use crate::id::{CmdId, ContactId, CustomerId, EventId, UnitId};
use crate::journal::conflict::{merged, telling};
use crate::journal::model::{Fields, What, difference, fields_of};
use crate::journal::store::{Before, Change, Undoable, as_of, done_before, made_before, record};
use crate::live::Kind;
use crate::people::store::{may_assign, may_give};
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::text::{name_key, sort_key};
use serde_json::{Value, json};
use sqlx::types::Json;
use uuid::Uuid;

/// What a customer is found by: its name, its numbers without their decoration, its addresses, its contacts.
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

/// A number as it is searched: Turkish ones with their country, so that each way of typing it is a part of it.
fn number(text: &str) -> String {
    let key = phone::key(text);
    if key.len() == 10 { format!("90{key}") } else { key }
}

/// Turkish order by the first letter or digit: a quotation mark before a name moves it nowhere.
fn order_key(name: &str) -> Vec<u8> {
    let bare = name.trim_start_matches(|c: char| !c.is_alphanumeric());
    sort_key(if bare.is_empty() { name } else { bare })
}

/// Whether the same command made it before, and it is still there.
async fn is_made(tx: &mut Tx, id: CustomerId) -> Result<bool> {
    match made_before(tx, Kind::Customer, id.0).await? {
        Before::Never => Ok(false),
        Before::Done(_) => get(tx, id).await.map(|_| true),
        Before::Other => Err(conflict(&get(tx, id).await?)),
    }
}

/// Writes a new customer and puts it on record. Asked the same again by the same person with the same id, it changes nothing: the command was
/// carried out before.
///
/// # Errors
/// `Forbidden` or `Invalid` for an owner that may not be named; `Conflict` when something else was asked with that id; `NotFound` when the
/// id is taken.
pub async fn create(tx: &mut Tx, id: CustomerId, facts: &CustomerFacts, what: What) -> Result<()> {
    may_give(tx, facts.owner_id).await?;
    if is_made(tx, id).await? {
        return Ok(());
    }
    let added = tx
        .query(
            "INSERT INTO customers (id, owner_id, kind, name, phones, emails, city, address, tax_number, tax_office, sector, source, \
                 interest, note, search_key, name_key, sort_key, version, created_at, created_by, updated_at, deleted_at) \
             VALUES ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 1, $19, $1, $19, NULL) \
             ON CONFLICT (id) DO NOTHING",
        )
        .bind(id)
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
        .bind(search_key(facts))
        .bind(name_key(&facts.name))
        .bind(order_key(&facts.name))
        .bind(clock::now())
        .execute()
        .await?;
    if added == 0 {
        // It was asked twice in the same instant, which only PostgreSQL lets happen.
        return if is_made(tx, id).await? { Ok(()) } else { Err(Error::NotFound) };
    }
    contacts::write(tx, id, &facts.contacts).await?;
    let mut before = Fields::new();
    before.insert("deleted".into(), json!(true));
    let change = Change {
        kind: Kind::Customer,
        subject: id.0,
        units: (facts.owner_id, facts.owner_id),
        customer: None,
        what,
        before,
        after: fields_of(facts),
        cmd: None,
        undoes: None,
    };
    record(tx, change).await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct FactsRow {
    version: i64,
    owner: String,
    owner_id: UnitId,
    kind: CustomerKind,
    name: String,
    phones: Json<Vec<String>>,
    emails: Json<Vec<String>>,
    city: String,
    address: String,
    tax_number: String,
    tax_office: String,
    sector: String,
    source: String,
    interest: String,
    note: String,
    deleted: bool,
}

async fn even_deleted(tx: &mut Tx, id: CustomerId) -> Result<Customer> {
    let row: Option<FactsRow> = tx
        .query(
            "SELECT c.version, u.name AS owner, c.owner_id, c.kind, c.name, c.phones, c.emails, c.city, c.address, c.tax_number, \
                 c.tax_office, c.sector, c.source, c.interest, c.note, c.deleted_at IS NOT NULL AS deleted \
             FROM customers c JOIN units u ON u.id = c.owner_id \
             WHERE c.id = $2 AND c.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        )
        .bind(id)
        .optional()
        .await?;
    let row = row.ok_or(Error::NotFound)?;
    let facts = CustomerFacts {
        owner_id: row.owner_id,
        kind: row.kind,
        name: row.name,
        phones: row.phones.0,
        emails: row.emails.0,
        city: row.city,
        address: row.address,
        tax_number: row.tax_number,
        tax_office: row.tax_office,
        sector: row.sector,
        source: row.source,
        interest: row.interest,
        note: row.note,
        contacts: contacts::read(tx, id).await?,
        deleted: row.deleted,
    };
    Ok(Customer { id, version: row.version, owner: row.owner, facts })
}

/// A customer in reach that is not deleted.
///
/// # Errors
/// `NotFound` for none, or one out of reach.
pub async fn get(tx: &mut Tx, id: CustomerId) -> Result<Customer> {
    let customer = even_deleted(tx, id).await?;
    if customer.facts.deleted { Err(Error::NotFound) } else { Ok(customer) }
}

/// A command to change a customer, made from the version that was read.
#[derive(Debug)]
pub struct Edit<'a> {
    pub facts: CustomerFacts,
    pub version: i64,
    pub cmd: Option<CmdId>,
    /// After a conflict: the fields of which the value on record stays.
    pub take: &'a [String],
}

/// Changes a customer. Nothing is written where nothing differs, or where the same command was carried out before. Another command under the same
/// `cmd` counts where it was made from what is on record now.
///
/// # Errors
/// `Conflict` with the facts as they are when somebody changed the same field since; `NotFound`; `BadRequest` for a
/// `cmd` of something else; what an owner that may not be named is answered.
pub async fn change(tx: &mut Tx, id: CustomerId, edit: Edit<'_>) -> Result<Option<EventId>> {
    let now = get(tx, id).await?;
    let before = match edit.cmd {
        Some(cmd) => done_before(tx, cmd, Kind::Customer, id.0).await?,
        None => Before::Never,
    };
    if let Before::Done(_) = before {
        return Ok(None);
    }
    let cmd = edit.cmd.filter(|_| before == Before::Never);
    if before == Before::Other && now.version != edit.version {
        return Err(conflict(&now));
    }
    let mine = settled(edit.facts, &now.facts, edit.take);
    let was = as_of(tx, Kind::Customer, id.0, (&now.facts, now.version), edit.version).await?;
    let merged = was.map_or(Err(Vec::new()), |was| merged(&was, &now.facts, &mine, &[], false));
    let mut facts = merged.map_err(|both| telling(conflict(&now), both))?;
    if facts.owner_id != now.facts.owner_id {
        tx.actor().must(Permission::HandOver)?;
        may_give(tx, facts.owner_id).await?;
    }
    // A contact that is not this customer's own becomes a new one, whosever it is.
    for contact in &mut facts.contacts {
        if now.facts.contacts.iter().all(|own| own.id != contact.id) {
            contact.id = ContactId(Uuid::now_v7());
        }
    }
    let what = what_of(&now.facts, &facts);
    save(tx, &now, &facts, what, cmd, None).await
}

/// How the history calls the change.
fn what_of(old: &CustomerFacts, new: &CustomerFacts) -> What {
    let owner_only = CustomerFacts { owner_id: new.owner_id, ..old.clone() } == *new;
    if owner_only && old.owner_id != new.owner_id { What::HandedOver } else { What::Changed }
}

/// The answer to a change from an older state: the facts as they are, with the owner's name.
fn conflict(now: &Customer) -> Error {
    let mut theirs = fields_of(&now.facts);
    theirs.insert("owner".into(), Value::String(now.owner.clone()));
    Error::Conflict { version: now.version, theirs: Value::Object(theirs) }
}

/// Deletes a customer; the event is what undo takes back.
///
/// # Errors
/// `NotFound` for none, or one out of reach.
pub async fn delete(tx: &mut Tx, id: CustomerId) -> Result<EventId> {
    let now = get(tx, id).await?;
    let gone = CustomerFacts { deleted: true, ..now.facts.clone() };
    save(tx, &now, &gone, What::Deleted, None, None).await?.ok_or(Error::NotFound)
}

/// Takes a change of a customer back, unless somebody has changed the same fields since.
///
/// # Errors
/// `Conflict` when somebody has; `NotFound` out of reach; `Forbidden` when it would hand the customer over.
pub async fn take_back(tx: &mut Tx, change: &Undoable) -> Result<()> {
    let now = even_deleted(tx, CustomerId(change.subject)).await?;
    let back: CustomerFacts = change.facts(&fields_of(&now.facts), now.version)?;
    if back.owner_id != now.facts.owner_id {
        tx.actor().must(Permission::HandOver)?;
        may_assign(tx, back.owner_id).await?;
    }
    save(tx, &now, &back, What::Undone, None, Some(change.id)).await?;
    Ok(())
}

/// Writes what differs and puts it on record; `None` where nothing does.
async fn save(
    tx: &mut Tx,
    now: &Customer,
    new: &CustomerFacts,
    what: What,
    cmd: Option<CmdId>,
    undoes: Option<EventId>,
) -> Result<Option<EventId>> {
    let (id, old) = (now.id, &now.facts);
    let Some((before, after)) = difference(old, new) else { return Ok(None) };
    let at = clock::now();
    let changed = tx
        .query(
            "UPDATE customers SET owner_id = $4, kind = $5, name = $6, phones = $7, emails = $8, city = $9, address = $10, \
                 tax_number = $11, tax_office = $12, sector = $13, source = $14, interest = $15, note = $16, search_key = $17, \
                 name_key = $18, sort_key = $19, deleted_at = $20, updated_at = $21, version = version + 1 \
             WHERE id = $2 AND version = $3 AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        )
        .bind(id)
        .bind(now.version)
        .bind(new.owner_id)
        .bind(new.kind)
        .bind(new.name.clone())
        .bind(Json(new.phones.clone()))
        .bind(Json(new.emails.clone()))
        .bind(new.city.clone())
        .bind(new.address.clone())
        .bind(new.tax_number.clone())
        .bind(new.tax_office.clone())
        .bind(new.sector.clone())
        .bind(new.source.clone())
        .bind(new.interest.clone())
        .bind(new.note.clone())
        .bind(search_key(new))
        .bind(name_key(&new.name))
        .bind(order_key(&new.name))
        .bind(new.deleted.then_some(at))
        .bind(at)
        .execute()
        .await?;
    if changed == 0 {
        return Err(conflict(&get(tx, id).await?));
    }
    if old.contacts != new.contacts {
        contacts::write(tx, id, &new.contacts).await?;
    }
    if old.name != new.name {
        crate::deals::store::customer_renamed(tx, id).await?;
    }
    let change = Change {
        kind: Kind::Customer,
        subject: id.0,
        units: (old.owner_id, new.owner_id),
        customer: None,
        what,
        before,
        after,
        cmd,
        undoes,
    };
    record(tx, change).await.map(Some)
}
