//! The table of the firm's own fields: read for forms and cards of everybody, written by `commands`. An archived field
//! keeps its row, because records and events name it. The values themselves are in the table of all records.

pub mod choices;
pub mod columns;
pub mod convert;
pub mod links;
pub mod words;

use super::model::{FieldsOf, OwnField, OwnFieldFacts, OwnFields};
use crate::error::{Error, Result};
use crate::fields::model::Names;
use crate::id::OwnFieldId;
use crate::server::db::{SystemTx, Tx};
use crate::server::engine::Query;
use crate::server::sql::Sql;
use sqlx::types::Json;

const FIELDS: &str = "SELECT id, number AS nr, version, kind AS of, name, hint, part, shape, choices, required, \
         searched, position, active, target, listed, formers \
     FROM own_fields";

/// All fields of a kind, in their order.
///
/// # Errors
/// `Internal` only.
pub async fn of_kind(tx: &mut Tx, of: FieldsOf) -> Result<OwnFields> {
    let sql = Sql::new(FIELDS).and("WHERE kind = $2 ORDER BY position, id");
    let fields = tx.everyones(sql).bind(of.to_string()).all().await?;
    Ok(OwnFields { fields, currency: tx.actor().currency, names: Names::new() })
}

/// All fields of all kinds.
///
/// # Errors
/// `Internal` only.
pub async fn all(tx: &mut Tx) -> Result<OwnFields> {
    let fields = every(tx.unscoped()).await?;
    Ok(OwnFields { fields, currency: tx.actor().currency, names: Names::new() })
}

/// The fields with values that are not converted, not indexed or not searched as they should be yet.
///
/// # Errors
/// `Internal` only.
async fn unindexed(system: &mut SystemTx) -> Result<Vec<OwnField>> {
    Ok(system.query(Sql::new(FIELDS).and("WHERE NOT indexed")).all().await?)
}

/// All fields of all kinds, for what the program does by itself.
///
/// # Errors
/// `Internal` only.
async fn every(system: &mut SystemTx) -> Result<Vec<OwnField>> {
    Ok(system.query(Sql::new(FIELDS).and("ORDER BY kind, position, id")).all().await?)
}

/// The field with this id.
///
/// # Errors
/// `NotFound` if there is none.
pub async fn found(tx: &mut Tx, id: OwnFieldId) -> Result<OwnField> {
    all(tx).await?.fields.into_iter().find(|field| field.id == id).ok_or(Error::NotFound)
}

/// The parameters from `$5` on are those of [`bind`], which binds the facts in this order.
const INSERT: &str = "INSERT INTO own_fields \
         (id, number, kind, name, hint, part, shape, choices, required, searched, position, active, target, \
          listed, formers, indexed) \
     VALUES ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, TRUE)";
const UPDATE: &str = "UPDATE own_fields SET name = $5, hint = $6, part = $7, shape = $8, choices = $9, \
         required = $10, searched = $11, position = $12, active = $13, target = $14, listed = $15, formers = $16, \
         indexed = indexed AND $17, version = version + 1 \
     WHERE id = $2 AND number = $3 AND version = $4";

fn bind<'q>(query: Query<'q>, facts: &OwnFieldFacts) -> Query<'q> {
    query
        .bind(facts.name.clone())
        .bind(facts.hint.clone())
        .bind(facts.part.clone())
        .bind(facts.shape)
        .bind(Json(facts.choices.clone()))
        .bind(facts.required)
        .bind(facts.searched)
        .bind(facts.position.clone())
        .bind(facts.active)
        .bind(facts.target.to_string())
        .bind(facts.listed)
        .bind(Json(facts.formers.clone()))
}

/// Inserts a field with the next number.
///
/// # Errors
/// `Internal` only.
pub async fn insert(tx: &mut Tx, id: OwnFieldId, facts: &OwnFieldFacts) -> Result<()> {
    let (nr,): (i64,) = tx.everyones("SELECT COALESCE(MAX(number), 0) + 1 FROM own_fields").one().await?;
    bind(tx.everyones(INSERT).bind(id).bind(nr).bind(facts.of.to_string()), facts).execute().await?;
    Ok(())
}

/// Replaces the facts of a field; `false` if it has another version by now.
///
/// # Errors
/// `Internal` only.
pub async fn update(tx: &mut Tx, now: &OwnField, new: &OwnFieldFacts) -> Result<bool> {
    // After a change of type, or of what is searched, the records are rewritten later (`convert`), so the field is
    // marked as not indexed.
    let same = now.facts.shape == new.shape && now.facts.is_searched() == new.is_searched();
    let update = bind(tx.everyones(UPDATE).bind(now.id).bind(now.nr).bind(now.version), new);
    let changed = update.bind(same).execute().await?;
    Ok(changed > 0)
}
