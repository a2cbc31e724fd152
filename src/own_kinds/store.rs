//! The own_kinds table: read by everyone in the firm, written in `commands` by its owner. A kind that is not used any
//! more keeps its row, since records and history name it.

use super::model::{KindName, OwnKind, OwnKindFacts};
use crate::error::{Error, Result};
use crate::id::{KindNr, OwnKindId};
use crate::server::db::Tx;
use crate::server::engine::Query;
use sqlx::types::Json;

/// All kinds, in their order.
///
/// # Errors
/// `Internal` only.
pub async fn all(tx: &mut Tx) -> Result<Vec<OwnKind>> {
    Ok(tx
        .everyones(
            "SELECT id, number AS nr, version, one_tr, many_tr, one_en, many_en, icon, on_customer, stages, position, \
                 active \
             FROM own_kinds ORDER BY position, id",
        )
        .all()
        .await?)
}

/// Those that are used, as the person asking reads their names.
///
/// # Errors
/// `Internal` only.
pub async fn named(tx: &mut Tx) -> Result<Vec<KindName>> {
    let locale = tx.actor().locale;
    let kinds = all(tx).await?.into_iter().filter(|kind| kind.facts.active);
    Ok(kinds.map(|kind| kind.named(locale)).collect())
}

/// The kind with that number, even if it is archived.
///
/// # Errors
/// `NotFound`.
pub async fn numbered(tx: &mut Tx, nr: KindNr) -> Result<OwnKind> {
    all(tx).await?.into_iter().find(|kind| kind.nr == nr).ok_or(Error::NotFound)
}

/// The kind with that id.
///
/// # Errors
/// `NotFound`.
pub async fn found(tx: &mut Tx, id: OwnKindId) -> Result<OwnKind> {
    all(tx).await?.into_iter().find(|kind| kind.id == id).ok_or(Error::NotFound)
}

/// What is written of a kind, from `$4` on.
const INSERT: &str = "INSERT INTO own_kinds \
         (id, number, one_tr, many_tr, one_en, many_en, icon, on_customer, stages, position, active) \
     VALUES ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
const UPDATE: &str = "UPDATE own_kinds SET one_tr = $4, many_tr = $5, one_en = $6, many_en = $7, icon = $8, \
         on_customer = $9, stages = $10, position = $11, active = $12, version = version + 1 \
     WHERE id = $2 AND version = $3";

fn bind<'q>(query: Query<'q>, facts: &OwnKindFacts) -> Query<'q> {
    query
        .bind(facts.one_tr.clone())
        .bind(facts.many_tr.clone())
        .bind(facts.one_en.clone())
        .bind(facts.many_en.clone())
        .bind(facts.icon)
        .bind(facts.on_customer)
        .bind(Json(facts.stages.clone()))
        .bind(facts.position.clone())
        .bind(facts.active)
}

/// The number of the next one. What an open draft has given to a kind of its own is taken.
///
/// # Errors
/// `Internal` only.
pub async fn next_number(tx: &mut Tx) -> Result<KindNr> {
    let (nr,): (i64,) = tx
        .everyones(
            "SELECT MAX(number) + 1 FROM (SELECT 0 AS number UNION ALL SELECT number FROM own_kinds \
             UNION ALL SELECT given FROM draft_changes WHERE kind = 'own_kind' AND given IS NOT NULL) taken",
        )
        .one()
        .await?;
    Ok(KindNr(nr))
}

/// A new row.
///
/// # Errors
/// `Internal` only.
pub async fn insert(tx: &mut Tx, (id, nr): (OwnKindId, KindNr), facts: &OwnKindFacts) -> Result<()> {
    bind(tx.everyones(INSERT).bind(id).bind(nr), facts).execute().await?;
    Ok(())
}

/// Writes it over that state; false where it has another version by now.
///
/// # Errors
/// `Internal` only.
pub async fn update(tx: &mut Tx, now: &OwnKind, new: &OwnKindFacts) -> Result<bool> {
    let changed = bind(tx.everyones(UPDATE).bind(now.id).bind(now.version), new).execute().await?;
    Ok(changed > 0)
}
