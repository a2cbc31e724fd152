//! The own_fields table: read by forms and cards of everyone in the firm, written in `commands` by its owner. A field
//! that is not used any more keeps its row, since records and history name it. The values stand in the table of all
//! records.

use super::OwnValues;
use super::model::{OwnField, OwnFieldFacts, OwnFields};
use crate::error::{Error, Result};
use crate::i18n::fold::search_key;
use crate::id::OwnFieldId;
use crate::live::Kind;
use crate::server::db::Tx;
use sqlx::types::Json;

/// All fields of a kind, in their order.
///
/// # Errors
/// `Internal` only.
pub async fn of_kind(tx: &mut Tx, of: Kind) -> Result<OwnFields> {
    let fields = tx
        .everyones(
            "SELECT id, number AS nr, version, kind AS of, name, hint, part, shape, choices, required, searched, position, active \
             FROM own_fields WHERE kind = $2 ORDER BY position, id",
        )
        .bind(of)
        .all()
        .await?;
    Ok(OwnFields { fields, currency: tx.actor().currency })
}

/// All fields of all kinds.
///
/// # Errors
/// `Internal` only.
pub async fn all(tx: &mut Tx) -> Result<OwnFields> {
    let mut customers = of_kind(tx, Kind::Customer).await?;
    customers.fields.extend(of_kind(tx, Kind::Deal).await?.fields);
    Ok(customers)
}

/// What of these values a record is found by.
///
/// # Errors
/// `Internal` only.
pub async fn words(tx: &mut Tx, of: Kind, values: &OwnValues) -> Result<String> {
    if values.is_empty() {
        return Ok(String::new());
    }
    let fields = of_kind(tx, of).await?.fields;
    let searched = fields.iter().filter(|field| field.facts.searched);
    let texts = searched.filter_map(|field| values.get(&field.key())?.as_str());
    Ok(search_key(&texts.collect::<Vec<_>>().join(" ")))
}

/// The field with that id.
///
/// # Errors
/// `NotFound`.
pub async fn found(tx: &mut Tx, id: OwnFieldId) -> Result<OwnField> {
    for of in [Kind::Customer, Kind::Deal] {
        let fields = of_kind(tx, of).await?.fields;
        if let Some(field) = fields.into_iter().find(|field| field.id == id) {
            return Ok(field);
        }
    }
    Err(Error::NotFound)
}

/// A new row, with the next number.
///
/// # Errors
/// `Internal` only.
pub async fn insert(tx: &mut Tx, id: OwnFieldId, facts: &OwnFieldFacts) -> Result<()> {
    let (nr,): (i64,) = tx.everyones("SELECT COALESCE(MAX(number), 0) + 1 FROM own_fields").one().await?;
    tx.everyones(
        "INSERT INTO own_fields (id, number, kind, name, hint, part, shape, choices, required, searched, position, active) \
         VALUES ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(id)
    .bind(nr)
    .bind(facts.of)
    .bind(facts.name.clone())
    .bind(facts.hint.clone())
    .bind(facts.part.clone())
    .bind(facts.shape)
    .bind(Json(facts.choices.clone()))
    .bind(facts.required)
    .bind(facts.searched)
    .bind(facts.position.clone())
    .bind(facts.active)
    .execute()
    .await?;
    Ok(())
}

/// Writes it over that state; false where it has another version by now.
///
/// # Errors
/// `Internal` only.
pub async fn update(tx: &mut Tx, now: &OwnField, new: &OwnFieldFacts) -> Result<bool> {
    let changed = tx
        .everyones(
            "UPDATE own_fields SET name = $4, hint = $5, part = $6, shape = $7, choices = $8, required = $9, searched = $10, \
               position = $11, active = $12, version = version + 1 \
             WHERE id = $2 AND version = $3",
        )
        .bind(now.id)
        .bind(now.version)
        .bind(new.name.clone())
        .bind(new.hint.clone())
        .bind(new.part.clone())
        .bind(new.shape)
        .bind(Json(new.choices.clone()))
        .bind(new.required)
        .bind(new.searched)
        .bind(new.position.clone())
        .bind(new.active)
        .execute()
        .await?;
    Ok(changed > 0)
}

/// Whether a record has a value in the field, in whosever reach.
///
/// # Errors
/// `Internal` only.
pub async fn has_values(tx: &mut Tx, field: &OwnField) -> Result<bool> {
    let (some,): (bool,) = tx
        .everyones("SELECT EXISTS (SELECT 1 FROM records WHERE kind = $2 AND CAST(own AS TEXT) LIKE $3) FROM people WHERE id = $1")
        .bind(field.facts.of)
        .bind(format!("%\"{}\":%", field.key()))
        .one()
        .await?;
    Ok(some)
}
