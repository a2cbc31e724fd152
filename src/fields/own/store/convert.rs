//! Changing the type of a field: which values can be converted, and converting them in the background. Until then they
//! are read by the former types (`Field::formers`), so nothing has to wait. In the same way records get their search
//! keys anew when a field begins or ceases to be searched, and values that are older than the table of values are
//! entered into it.

use super::OwnFields;
use super::words::{with_other_words, words_in};
use crate::error::Result;
use crate::fields::own::model::{OwnField, OwnFieldFacts};
use crate::fields::own::view::{Follows, WrongValue};
use crate::fields::value::{by_name, is_of};
use crate::fields::{Field, OwnValues, Shape, TypedAt};
use crate::i18n::{Currency, Locale};
use crate::journal::model::Card;
use crate::live::Kind;
use crate::records::store::own_values::replace;
use crate::server::clock;
use crate::server::db::{Db, Tx};
use serde_json::Value;
use sqlx::types::Json;
use std::time::Duration;
use uuid::Uuid;

/// How many records are read, or written, by one statement or transaction.
const SLICE: i64 = 500;
/// How many values that can't be converted are named.
const NAMED: usize = 8;
/// How often fields with values to be converted are looked for.
const LOOKS: Duration = Duration::from_secs(3);

/// Converts a value from a former shape to the field's present one, by its text; `None` if that is not possible.
fn followed(field: &Field, former: &Shape, value: &Value, when: TypedAt) -> Option<Value> {
    let was = Field { shape: former.clone(), formers: Vec::new(), ..field.clone() };
    let text = match former {
        Shape::Choice(_) | Shape::Choices(_) => was.said(value, when.locale),
        _ => was.typed(value, when.locale),
    };
    let typed = match &field.shape {
        // A text is never turned into a link: that would be a guess, and could reveal somebody out of reach.
        Shape::Linked(..) | Shape::YesNo(..) => return None,
        Shape::Choice(choices) | Shape::Choices(choices) => by_name(choices, &text)?,
        // Several lines do not fit into one.
        Shape::Line(_) if text.contains('\n') => return None,
        _ if matches!(former, Shape::Linked(..) | Shape::YesNo(..)) => return None,
        _ => text,
    };
    let value = field.value(&typed, when).ok()?;
    (!field.is_empty(&value)).then_some(value)
}

/// The value converted to the field's present type, or as it is if it has that type already; `None` if it can't be
/// converted.
fn anew(field: &Field, value: &Value, when: TypedAt) -> Option<Value> {
    // A value of a former text type has the form of the new one, but may be no valid address: it is parsed again.
    let checked = matches!(field.shape, Shape::Link | Shape::Phone | Shape::Email | Shape::Line(_));
    if field.is_current(value) && (!checked || field.formers.is_empty()) {
        return Some(value.clone());
    }
    let former = field.formers.iter().rev().find(|shape| is_of(shape, value))?;
    followed(field, former, value, when)
}

/// A record with a value in the field.
#[derive(sqlx::FromRow)]
struct Record {
    id: Uuid,
    kind: Kind,
    name: String,
    own: Json<OwnValues>,
    seen: bool,
}

/// A record with values, and the key by which it is found.
#[derive(sqlx::FromRow)]
struct Filled {
    id: Uuid,
    kind: Kind,
    own: Json<OwnValues>,
    search_key: String,
}

/// Counts the values of a field that could be converted, and those that could not.
///
/// # Errors
/// `Internal` only.
pub async fn follows(tx: &mut Tx, now: &OwnField, new: &OwnFieldFacts) -> Result<Follows> {
    let formers = now.facts.formers.iter().cloned().chain([now.facts.former()]).collect();
    let changed = OwnField { facts: OwnFieldFacts { formers, ..new.clone() }, ..now.clone() };
    let own = OwnFields { currency: tx.actor().currency, ..OwnFields::default() };
    let (field, was) = (changed.field(own.currency, &own.names), now.field(own.currency, &own.names));
    let (when, key) = (tx.actor().typed_at(), now.key());
    let mut found = Follows::default();
    let mut last = Uuid::nil();
    loop {
        let some: Vec<Record> = tx
            .query(
                "SELECT r.id, r.kind, r.name, r.own, \
                     EXISTS (SELECT 1 FROM reach WHERE viewer_id = $1 AND unit_id = r.owner_id) AS seen \
                 FROM own_values v CROSS JOIN records r \
                 WHERE v.field_number = $2 AND v.item = 0 AND v.record_id > $3 AND r.id = v.record_id \
                 ORDER BY v.record_id LIMIT $4",
            )
            .bind(now.nr)
            .bind(last)
            .bind(SLICE)
            .all()
            .await?;
        for one in &some {
            let Some(value) = one.own.0.get(&key) else { continue };
            found.values += 1;
            if anew(&field, value, when).is_some() {
                continue;
            }
            found.wrong += 1;
            let card = Card::of_record(one.kind, one.id).filter(|_| one.seen);
            if let Some(card) = card.filter(|_| found.examples.len() < NAMED) {
                let said = was.said(value, when.locale);
                found.examples.push(WrongValue { path: card.path(), name: one.name.clone(), said });
            }
        }
        match some.last() {
            Some(one) => last = one.id,
            None => return Ok(found),
        }
    }
}

/// Rewrites records whenever a field has got another type or is searched otherwise, in this process or another one.
/// Never returns.
pub async fn whenever_needed(db: Db) {
    loop {
        tokio::time::sleep(LOOKS).await;
        if let Err(cause) = fill(&db).await {
            tracing::error!(%cause, "values could not be written as their fields have them now");
        }
    }
}

/// Converts the values of all fields that have another type than their values, rewrites the words by which records are
/// found, and enters values into the table of values that are older than it. It works in slices, so that others can
/// write in between; if it is stopped, the next run starts again from the beginning.
///
/// # Errors
/// `Internal` only.
pub async fn fill(db: &Db) -> Result<()> {
    let mut system = db.read_system().await?;
    let waiting = super::unindexed(&mut system).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let (locale, zone, currency): (Locale, String, Currency) =
        system.query("SELECT language, time_zone, currency FROM firm").one().await?;
    let zone = zone.parse().unwrap_or_default();
    drop(system);
    let when = TypedAt { today: clock::today(zone), locale };
    let mut last = Uuid::nil();
    loop {
        let mut system = db.write_system().await?;
        let fields: Vec<OwnField> = super::unindexed(&mut system).await?;
        let all = super::every(&mut system).await?;
        let own = OwnFields { currency, ..OwnFields::default() };
        let fields: Vec<Field> = fields.iter().map(|one| one.field(currency, &own.names)).collect();
        let some: Vec<Filled> = system
            .query(
                "SELECT id, kind, own, search_key FROM records \
                 WHERE id > $1 AND CAST(own AS TEXT) <> '{}' ORDER BY id LIMIT $2",
            )
            .bind(last)
            .bind(SLICE)
            .all()
            .await?;
        for Filled { id, kind, own, search_key } in &some {
            let mut values = own.0.clone();
            for field in &fields {
                if let Some(value) = own.0.get(&field.key).and_then(|value| anew(field, value, when)) {
                    values.put(&field.key, Some(value));
                }
            }
            let found_by = with_other_words(search_key, &words_in(&all, &values));
            if values != own.0 || found_by != *search_key {
                let update = system.query("UPDATE records SET own = $2, search_key = $3 WHERE id = $1");
                update.bind(*id).bind(Json(values.clone())).bind(found_by.clone()).execute().await?;
            }
            // Customers keep a copy of their key, which their lists read from an index.
            if found_by != *search_key && *kind == Kind::Customer {
                let update = system.query("UPDATE customers SET search_key = $2 WHERE id = $1");
                update.bind(*id).bind(found_by).execute().await?;
            }
            replace(&mut system, *id, &values).await?;
        }
        match some.last() {
            Some(one) => last = one.id,
            None => {
                // A field whose type was changed during the run has another version by now, so it stays marked for the
                // next run.
                for one in &waiting {
                    let done = system
                        .query("UPDATE own_fields SET indexed = TRUE WHERE number = $1 AND version = $2");
                    done.bind(one.nr).bind(one.version).execute().await?;
                }
                return system.commit().await;
            }
        }
        system.commit().await?;
    }
}
