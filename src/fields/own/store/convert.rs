//! A field of another type: which values can follow it, and how those that can are written anew. Until they are, they
//! are read by what the field was before (`Field::formers`), so nothing waits for it. The values of fields that are
//! older than the table of values are read into it here, too.

use super::OwnFields;
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

/// So many records are looked at, or written anew, at once.
const SLICE: i64 = 500;
/// So many that can't follow are named.
const NAMED: usize = 8;
/// So often is asked whether a field has another type.
const LOOKS: Duration = Duration::from_secs(3);

/// The value as the field has it now; `None` where it can't be said so.
fn followed(field: &Field, former: &Shape, value: &Value, when: TypedAt) -> Option<Value> {
    let was = Field { shape: former.clone(), formers: Vec::new(), ..field.clone() };
    let text = match former {
        Shape::Choice(_) | Shape::Choices(_) => was.said(value, when.locale),
        _ => was.typed(value, when.locale),
    };
    let typed = match &field.shape {
        // A person and a record are no text: who is out of sight would be told, or guessed.
        Shape::Linked(..) | Shape::YesNo(..) => return None,
        Shape::Choice(choices) | Shape::Choices(choices) => by_name(choices, &text)?,
        // Lines can't be put into one.
        Shape::Line(_) if text.contains('\n') => return None,
        _ if matches!(former, Shape::Linked(..) | Shape::YesNo(..)) => return None,
        _ => text,
    };
    let value = field.value(&typed, when).ok()?;
    (!field.is_empty(&value)).then_some(value)
}

/// Whether a value of that record is older than the field's type, and how it stands then; `None` where it can't follow.
fn anew(field: &Field, value: &Value, when: TypedAt) -> Option<Value> {
    // What is written as text may be no address of the web, even though it looks alike.
    let checked = matches!(field.shape, Shape::Link | Shape::Phone | Shape::Email | Shape::Line(_));
    if field.is_current(value) && (!checked || field.formers.is_empty()) {
        return Some(value.clone());
    }
    let former = field.formers.iter().rev().find(|shape| is_of(shape, value))?;
    followed(field, former, value, when)
}

#[derive(sqlx::FromRow)]
struct Record {
    id: Uuid,
    kind: Kind,
    name: String,
    own: Json<OwnValues>,
    seen: bool,
}

/// How the values of a field would follow it: how many there are, and which can't.
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

/// Looks again and again whether a field has another type, whichever process gave it.
pub async fn whenever_needed(db: Db) {
    loop {
        tokio::time::sleep(LOOKS).await;
        if let Err(cause) = fill(&db).await {
            tracing::error!(%cause, "values could not be written as their fields have them now");
        }
    }
}

/// Writes the values of fields anew that have another type than they, and reads those into the table of values that are
/// older than it. In slices, so that others write in between; begun anew where it was broken off.
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
        let own = OwnFields { currency, ..OwnFields::default() };
        let fields: Vec<Field> = fields.iter().map(|one| one.field(currency, &own.names)).collect();
        let some: Vec<(Uuid, Json<OwnValues>)> = system
            .query("SELECT id, own FROM records WHERE id > $1 AND CAST(own AS TEXT) <> '{}' ORDER BY id LIMIT $2")
            .bind(last)
            .bind(SLICE)
            .all()
            .await?;
        for (id, own) in &some {
            let mut values = own.0.clone();
            for field in &fields {
                if let Some(value) = own.0.get(&field.key).and_then(|value| anew(field, value, when)) {
                    values.put(&field.key, Some(value));
                }
            }
            if values != own.0 {
                let update = system.query("UPDATE records SET own = $2 WHERE id = $1");
                update.bind(*id).bind(Json(values.clone())).execute().await?;
            }
            replace(&mut system, *id, &values).await?;
        }
        match some.last() {
            Some((id, _)) => last = *id,
            None => {
                // One whose type was changed in between is looked at once more.
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
