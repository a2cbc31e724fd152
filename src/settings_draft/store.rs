//! The tables of drafts, one draft a person; and what their changes would touch, counted. What a draft means stands in
//! `commands`.

use super::view::{Effect, MOST_COUNTED};
use crate::error::{Error, Result};
use crate::fields::FieldsOf;
use crate::fields::own::model::OwnField;
use crate::id::EventId;
use crate::journal::model::{Fields, HistoryLine, What};
use crate::journal::planned::Planned;
use crate::journal::store::told_of_firm;
use crate::own_kinds::model::{KindStage, OwnKind};
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::engine;
use crate::server::sql::Sql;
use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;
use std::collections::HashMap;
use uuid::Uuid;

/// One more than are told.
const MOST_ROWS: i64 = MOST_COUNTED as i64 + 1;

/// A change in a draft.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Change {
    pub number: i64,
    /// The change of which it is a part, and with which it is taken out.
    pub part_of: Option<i64>,
    #[sqlx(flatten)]
    pub planned: Planned,
}

/// The id of the person's draft.
///
/// # Errors
/// `Internal` only.
pub async fn open(tx: &mut Tx) -> Result<Option<Uuid>> {
    let found: Option<(Uuid,)> =
        tx.private("SELECT id FROM settings_drafts WHERE person_id = $1").optional().await?;
    Ok(found.map(|(id,)| id))
}

/// How many changes are in it, parts of others aside.
///
/// # Errors
/// `Internal` only.
pub async fn count(tx: &mut Tx) -> Result<usize> {
    let (count,): (i64,) = tx
        .private("SELECT COUNT(*) FROM draft_changes WHERE person_id = $1 AND part_of IS NULL")
        .one()
        .await?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// Begins one; nothing where there is one.
///
/// # Errors
/// `Internal` only.
pub async fn begin(tx: &mut Tx) -> Result<()> {
    if open(tx).await?.is_some() {
        return Ok(());
    }
    tx.private("INSERT INTO settings_drafts (person_id, id, begun_at) VALUES ($1, $2, $3)")
        .bind(Uuid::now_v7())
        .bind(clock::now())
        .execute()
        .await?;
    Ok(())
}

/// Takes it away with all changes.
///
/// # Errors
/// `Internal` only.
pub async fn discard(tx: &mut Tx) -> Result<()> {
    tx.private("DELETE FROM draft_changes WHERE person_id = $1").execute().await?;
    tx.private("DELETE FROM settings_drafts WHERE person_id = $1").execute().await?;
    Ok(())
}

/// Takes a change out, with its parts.
///
/// # Errors
/// `Internal` only.
pub async fn take_out(tx: &mut Tx, number: i64) -> Result<()> {
    tx.private("DELETE FROM draft_changes WHERE person_id = $1 AND (number = $2 OR part_of = $2)")
        .bind(number)
        .execute()
        .await?;
    Ok(())
}

/// The changes of the draft, in the order in which they were prepared.
///
/// # Errors
/// `Internal` only.
pub async fn changes(tx: &mut Tx) -> Result<Vec<Change>> {
    Ok(tx
        .private(
            "SELECT number, part_of, kind, subject_id, what, before, after, given, parent_id FROM draft_changes \
             WHERE person_id = $1 ORDER BY number",
        )
        .all()
        .await?)
}

/// An event as it was put on record, and the event of which it is a part.
#[derive(sqlx::FromRow)]
struct EventRow {
    part_of: Option<EventId>,
    #[sqlx(flatten)]
    planned: Planned,
}

/// Those events as changes of the draft, behind those that are in it.
///
/// # Errors
/// `Internal` only.
pub async fn prepared(tx: &mut Tx, events: &[EventId]) -> Result<Vec<Change>> {
    let (last,): (Option<i64>,) =
        tx.private("SELECT MAX(number) FROM draft_changes WHERE person_id = $1").one().await?;
    let numbers: HashMap<EventId, i64> = events.iter().copied().zip(last.unwrap_or_default() + 1..).collect();
    let mut changes = Vec::new();
    for event in events {
        let EventRow { part_of, planned } = tx
            .private(
                "SELECT e.kind, e.subject_id, e.what, e.before, e.after, e.part_of, k.number AS given, \
                     s.pipeline_id AS parent_id FROM events e \
                 LEFT JOIN own_kinds k ON k.id = e.subject_id AND e.kind = 'own_kind' AND e.what = 'created' \
                 LEFT JOIN stages s ON s.id = e.subject_id AND e.kind = 'pipeline' AND e.what = 'created' \
                 WHERE e.id = $2 AND e.actor_id = $1",
            )
            .bind(*event)
            .one()
            .await?;
        let part_of = part_of.and_then(|whole| numbers.get(&whole).copied());
        let number = numbers.get(event).copied().ok_or(Error::NotFound)?;
        changes.push(Change { number, part_of, planned });
    }
    Ok(changes)
}

/// Puts changes into the draft.
///
/// # Errors
/// `Internal` only.
pub async fn append(tx: &mut Tx, changes: Vec<Change>) -> Result<()> {
    for Change { number, part_of, planned } in changes {
        tx.private(
            "INSERT INTO draft_changes \
                 (person_id, number, part_of, kind, subject_id, what, before, after, given, parent_id) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(number)
        .bind(part_of)
        .bind(planned.kind)
        .bind(planned.subject)
        .bind(planned.what)
        .bind(Json(planned.before))
        .bind(Json(planned.after))
        .bind(planned.number)
        .bind(planned.parent)
        .execute()
        .await?;
    }
    Ok(())
}

/// What was changed in the settings since the draft was begun, of what drafts are about; the newest last.
///
/// # Errors
/// `Internal` only.
pub async fn others(tx: &mut Tx) -> Result<Vec<HistoryLine>> {
    let begun: Option<(DateTime<Utc>,)> =
        tx.private("SELECT begun_at FROM settings_drafts WHERE person_id = $1").optional().await?;
    let Some((begun,)) = begun else { return Ok(Vec::new()) };
    told_of_firm(tx, "AND e.kind IN ('field', 'own_kind', 'pipeline') AND e.at > $2", begun).await
}

/// So many rows, of whatever reach: the owner decides for the firm, and is shown a number.
async fn counted(tx: &mut Tx, rows: &'static str, of: impl engine::Value) -> Result<usize> {
    let sql = Sql::new("SELECT COUNT(*) FROM (").and(rows).and("LIMIT $3) counted");
    let (count,): (i64,) = tx.private(sql).bind(of).bind(MOST_ROWS).one().await?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

async fn records_of(tx: &mut Tx, of: FieldsOf) -> Result<usize> {
    match of {
        FieldsOf::Own(nr) => {
            let rows = "SELECT 1 FROM own_records WHERE kind_number = $2 AND deleted_at IS NULL";
            counted(tx, rows, nr).await
        }
        built_in => {
            let rows = "SELECT 1 FROM records WHERE kind = $2 AND deleted_at IS NULL";
            counted(tx, rows, built_in.kind()).await
        }
    }
}

/// What a change of a field touches.
///
/// # Errors
/// `Internal` only.
pub async fn effects_of_field(tx: &mut Tx, field: &OwnField, planned: &Planned) -> Result<Vec<Effect>> {
    let is = |name: &str, wanted: bool| planned.after.get(name) == Some(&Value::Bool(wanted));
    let records = records_of(tx, field.facts.of).await?;
    let mut effects = Vec::new();
    if planned.what == What::Created || is("active", true) {
        effects.push(Effect::Records(records));
    }
    let values = if planned.what == What::Created {
        0
    } else {
        let rows = "SELECT 1 FROM own_values v JOIN records r ON r.id = v.record_id AND r.deleted_at IS NULL \
             WHERE v.field_number = $2 AND v.item = 0";
        counted(tx, rows, field.nr).await?
    };
    if planned.what == What::Changed {
        effects.push(Effect::Values(values));
    }
    if is("required", true) {
        effects.push(Effect::Missing(records.saturating_sub(values)));
    }
    Ok(effects)
}

/// What a change of a kind of record touches.
///
/// # Errors
/// `Internal` only.
pub async fn effects_of_kind(tx: &mut Tx, kind: &OwnKind, planned: &Planned) -> Result<Vec<Effect>> {
    if planned.what != What::Changed {
        return Ok(Vec::new());
    }
    let mut effects = vec![Effect::Records(records_of(tx, FieldsOf::Own(kind.nr)).await?)];
    let closed = |fields: &Fields| -> Vec<u32> {
        let stages = fields.get("stages").cloned().unwrap_or_default();
        let stages: Vec<KindStage> = serde_json::from_value(stages).unwrap_or_default();
        stages.into_iter().filter(|stage| stage.archived).map(|stage| stage.nr).collect()
    };
    let before = closed(&planned.before);
    let mut in_closed = 0_usize;
    for nr in closed(&planned.after).into_iter().filter(|nr| !before.contains(nr)) {
        let rows = "SELECT 1 FROM own_records WHERE kind_number = $4 AND stage = $2 AND deleted_at IS NULL";
        let sql = Sql::new("SELECT COUNT(*) FROM (").and(rows).and("LIMIT $3) counted");
        let query = tx.private(sql).bind(i64::from(nr)).bind(MOST_ROWS);
        let (count,): (i64,) = query.bind(kind.nr).one().await?;
        in_closed = in_closed.saturating_add(usize::try_from(count).unwrap_or(usize::MAX));
    }
    if in_closed > 0 {
        effects.push(Effect::InClosedStages(in_closed));
    }
    if planned.after.get("active") == Some(&Value::Bool(false)) {
        let target = FieldsOf::Own(kind.nr).to_string();
        let rows = "SELECT 1 FROM own_fields WHERE active AND (target = $2 OR kind = $2)";
        effects.push(Effect::Fields(counted(tx, rows, target).await?));
    }
    Ok(effects)
}

/// What a change of a pipeline or a stage touches.
///
/// # Errors
/// `Internal` only.
pub async fn effects_in_pipeline(tx: &mut Tx, planned: &Planned) -> Result<Vec<Effect>> {
    if planned.what == What::Created {
        return Ok(Vec::new());
    }
    let rows = "SELECT 1 FROM deals d JOIN stages s ON s.id = d.stage_id \
         WHERE (s.id = $2 OR s.pipeline_id = $2) AND d.deleted_at IS NULL";
    Ok(vec![Effect::Deals(counted(tx, rows, planned.subject).await?)])
}
