//! The table of the firm's own kinds: read as far as the person asking may see a kind, written by `commands`. An
//! archived kind keeps its row, because records and events name it.

use super::model::{KindName, OwnKind, OwnKindFacts};
use crate::error::{Error, Result};
use crate::id::{KindNr, OwnKindId};
use crate::server::db::Tx;
use crate::server::engine::Query;
use sqlx::types::Json;

/// All kinds in their order, also those hidden from the person asking: for the firm's owner, and for naming the kinds
/// of records whose reach was already checked.
///
/// # Errors
/// `Internal` only.
pub async fn all(tx: &mut Tx) -> Result<Vec<OwnKind>> {
    Ok(tx
        .everyones(
            "SELECT id, number AS nr, version, one_tr, many_tr, one_en, many_en, icon, on_customer, stages, position, \
                 active, seen_by, changed_by \
             FROM own_kinds ORDER BY position, id",
        )
        .all()
        .await?)
}

/// The kinds that the person asking may see, in their order, archived ones included.
///
/// # Errors
/// `Internal` only.
pub async fn seen(tx: &mut Tx) -> Result<Vec<OwnKind>> {
    let role = tx.actor().role;
    Ok(all(tx).await?.into_iter().filter(|kind| kind.facts.may_see(role)).collect())
}

/// Those of them that are in use, with their names in the language of the person asking.
///
/// # Errors
/// `Internal` only.
pub async fn named(tx: &mut Tx) -> Result<Vec<KindName>> {
    let locale = tx.actor().locale;
    let kinds = seen(tx).await?.into_iter().filter(|kind| kind.facts.active);
    Ok(kinds.map(|kind| kind.named(locale)).collect())
}

/// The kind with this number, also an archived one.
///
/// # Errors
/// `NotFound`, also for a kind that is hidden from the person asking.
pub async fn numbered(tx: &mut Tx, nr: KindNr) -> Result<OwnKind> {
    seen(tx).await?.into_iter().find(|kind| kind.nr == nr).ok_or(Error::NotFound)
}

/// The kind with this number, for changing one of its records.
///
/// # Errors
/// `NotFound`; `Forbidden` if the person asking may see its records but not change them.
pub async fn changeable(tx: &mut Tx, nr: KindNr) -> Result<OwnKind> {
    let kind = numbered(tx, nr).await?;
    if kind.facts.may_change(tx.actor().role) { Ok(kind) } else { Err(Error::Forbidden) }
}

/// The kind with this id.
///
/// # Errors
/// `NotFound`, also for a kind that is hidden from the person asking.
pub async fn found(tx: &mut Tx, id: OwnKindId) -> Result<OwnKind> {
    seen(tx).await?.into_iter().find(|kind| kind.id == id).ok_or(Error::NotFound)
}

/// The parameters from `$4` on are those of [`bind`], which binds the facts in this order.
const INSERT: &str = "INSERT INTO own_kinds \
         (id, number, one_tr, many_tr, one_en, many_en, icon, on_customer, stages, position, active, seen_by, \
          changed_by) \
     VALUES ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
const UPDATE: &str = "UPDATE own_kinds SET one_tr = $4, many_tr = $5, one_en = $6, many_en = $7, icon = $8, \
         on_customer = $9, stages = $10, position = $11, active = $12, seen_by = $13, changed_by = $14, \
         version = version + 1 \
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
        .bind(facts.seen_by)
        .bind(facts.changed_by)
}

/// The number of the next new kind. Numbers that open drafts have given to kinds are in use, too.
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

/// Inserts a kind.
///
/// # Errors
/// `Internal` only.
pub async fn insert(tx: &mut Tx, (id, nr): (OwnKindId, KindNr), facts: &OwnKindFacts) -> Result<()> {
    bind(tx.everyones(INSERT).bind(id).bind(nr), facts).execute().await?;
    Ok(())
}

/// Replaces the facts of a kind; `false` if it has another version by now.
///
/// # Errors
/// `Internal` only.
pub async fn update(tx: &mut Tx, now: &OwnKind, new: &OwnKindFacts) -> Result<bool> {
    let changed = bind(tx.everyones(UPDATE).bind(now.id).bind(now.version), new).execute().await?;
    Ok(changed > 0)
}
