//! The statements with which the firm's owner adds, renames, reorders and deletes pipelines, and undo of these changes.
//! Stages are in `stages`. A deleted pipeline keeps its row, so that the history can name it.

use super::model::{PipelineFacts, Process, ProcessStage, pipeline_name};
use crate::auth::model::Permission;
use crate::deals::model::Stage;
use crate::deals::pipeline;
use crate::error::{Error, Problem, Result};
use crate::i18n::Locale;
use crate::id::{EventId, PipelineId, StageId};
use crate::journal::model::{Fields, What, difference, fields_of};
use crate::journal::planned::Planned;
use crate::journal::store::{Undoable, made, parts, record_for_all};
use crate::live::Kind;
use crate::server::clock;
use crate::server::db::Tx;
use serde_json::{Value, json};
use std::collections::HashMap;
use uuid::Uuid;

pub mod stages;

/// All pipelines with their stages, for the page that edits them.
///
/// # Errors
/// `Forbidden` for anybody but the firm's owner.
pub async fn all(tx: &mut Tx) -> Result<Vec<Process>> {
    tx.actor().must(Permission::Administer)?;
    let pipelines = pipeline::pipelines(tx).await?;
    let stages: Vec<Stage> = pipeline::all_stages(tx).await?;
    let counted: Vec<(StageId, i64, i64)> = tx
        .everyones(
            "SELECT s.id, s.version, (SELECT COUNT(*) FROM deals d WHERE d.stage_id = s.id AND d.deleted_at IS NULL) \
             FROM stages s WHERE s.deleted_at IS NULL",
        )
        .all()
        .await?;
    let counted: HashMap<StageId, (i64, i64)> =
        counted.into_iter().map(|(id, version, deals)| (id, (version, deals))).collect();
    let line = |stage: &Stage| {
        let (version, deals) = counted.get(&stage.id).copied().unwrap_or_default();
        ProcessStage { stage: stage.clone(), version, deals }
    };
    Ok(pipelines
        .into_iter()
        .map(|pipeline| Process {
            stages: stages.iter().filter(|stage| stage.pipeline_id == pipeline.id).map(line).collect(),
            pipeline,
        })
        .collect())
}

/// The facts of a pipeline, also of a deleted one, with its version.
async fn facts_of(tx: &mut Tx, id: PipelineId) -> Result<(PipelineFacts, i64)> {
    let row: Option<(String, i64, bool, i64)> = tx
        .everyones(
            "SELECT name, place, deleted_at IS NOT NULL, version FROM pipelines \
             WHERE id = $2",
        )
        .bind(id)
        .optional()
        .await?;
    let (name, place, deleted, version) = row.ok_or(Error::NotFound)?;
    Ok((PipelineFacts { name, place, deleted }, version))
}

/// The same, but `NotFound` for a deleted pipeline.
async fn standing(tx: &mut Tx, id: PipelineId) -> Result<(PipelineFacts, i64)> {
    let found = facts_of(tx, id).await?;
    if found.0.deleted { Err(Error::NotFound) } else { Ok(found) }
}

/// Adds a pipeline after the others, with the usual stages, so that it can be used at once. The events of the stages
/// are parts of the event of the pipeline.
///
/// # Errors
/// `Invalid` for a bad name.
pub async fn add(tx: &mut Tx, locale: Locale, name: &str) -> Result<PipelineId> {
    let name = pipeline_name(name).map_err(Error::Invalid)?;
    let id = pipeline::add_pipeline(tx, &name).await?;
    let event = made(tx, Kind::Pipeline, id.0).await?;
    tx.parts_of(Some(event));
    for stage in pipeline::usual(locale).1 {
        pipeline::add_stage(tx, id, &stage).await?;
    }
    tx.parts_of(None);
    Ok(id)
}

/// Renames a pipeline; `None` if the name is the same.
///
/// # Errors
/// `Invalid` for a bad name; `NotFound` if there is no such pipeline.
pub async fn rename(tx: &mut Tx, id: PipelineId, name: &str) -> Result<Option<EventId>> {
    let name = pipeline_name(name).map_err(Error::Invalid)?;
    let (now, version) = standing(tx, id).await?;
    let new = PipelineFacts { name, ..now.clone() };
    save(tx, id, (&now, version), &new, What::Changed, None).await
}

/// Exchanges the places of a pipeline and the one before it. The first stays where it is; the answer is `None` then.
///
/// # Errors
/// `NotFound` if there is no such pipeline.
pub async fn raise(tx: &mut Tx, id: PipelineId) -> Result<Option<EventId>> {
    let all = pipeline::pipelines(tx).await?;
    let at = all.iter().position(|one| one.id == id).ok_or(Error::NotFound)?;
    let Some(before) = at.checked_sub(1) else { return Ok(None) };
    let mut order: Vec<PipelineId> = all.into_iter().map(|one| one.id).collect();
    order.swap(at, before);
    let mut places: Vec<(i64, PipelineId)> = (1_i64..).zip(order).collect();
    // The pipeline that was asked for is written last: its event is the whole, of which the others are parts.
    places.sort_by_key(|(_, one)| *one == id);
    tx.parts_of(Some(EventId(Uuid::now_v7())));
    let mut event = None;
    for (place, one) in places {
        if one == id {
            tx.whole_is_next();
        }
        let (now, version) = standing(tx, one).await?;
        let new = PipelineFacts { place, ..now.clone() };
        event = save(tx, one, (&now, version), &new, What::Moved, None).await?;
    }
    Ok(event)
}

/// Deletes a pipeline that has no deals, not even in the trash. The last pipeline can't be deleted.
///
/// # Errors
/// `Invalid` with `NotEmpty` if it has deals; `Forbidden` for the only pipeline; `NotFound`.
pub async fn delete(tx: &mut Tx, id: PipelineId) -> Result<Option<EventId>> {
    let (now, version) = standing(tx, id).await?;
    if pipeline::pipelines(tx).await?.len() < 2 {
        return Err(Error::Forbidden);
    }
    let new = PipelineFacts { deleted: true, ..now.clone() };
    save(tx, id, (&now, version), &new, What::Deleted, None).await
}

/// `Invalid` if the pipeline has a deal, also one in the trash.
async fn is_empty(tx: &mut Tx, id: PipelineId) -> Result<()> {
    let found: Option<(Uuid,)> = tx
        .everyones(
            "SELECT d.id FROM deals d JOIN stages s ON s.id = d.stage_id \
             WHERE s.pipeline_id = $2 LIMIT 1",
        )
        .bind(id)
        .optional()
        .await?;
    if found.is_some() { Err(Error::invalid("pipeline", Problem::NotEmpty)) } else { Ok(()) }
}

/// Undoes a change of a pipeline or a stage, unless the same fields were changed again since.
///
/// # Errors
/// `Conflict` if they were; `Forbidden` for anybody but the firm's owner.
pub async fn take_back(tx: &mut Tx, change: &Undoable) -> Result<()> {
    tx.actor().must(Permission::Administer)?;
    if change.left_field("order") || pipeline::ever(tx, StageId(change.subject)).await? {
        return stages::take_back(tx, change).await;
    }
    put_back(tx, change).await?;
    // The parts of a reordering are the pipelines that exchanged places. The parts of a new pipeline are its stages:
    // they stay with the deleted pipeline.
    if change.left_field("place") && !change.left_field("name") {
        for part in parts(tx, change.id).await? {
            put_back(tx, &part).await?;
        }
    }
    Ok(())
}

/// Makes a change of a pipeline or a stage that was prepared in a draft, unless the same fields were changed since it
/// was prepared.
///
/// # Errors
/// `Conflict` if they were; `Invalid` and `NotFound` as when the change is made without a draft; `Forbidden`.
pub async fn carry_out(tx: &mut Tx, planned: &Planned) -> Result<()> {
    tx.actor().must(Permission::Administer)?;
    let is_stage = planned.parent.is_some() || pipeline::ever(tx, StageId(planned.subject)).await?;
    if planned.is_about("order") || is_stage {
        return stages::carry_out(tx, planned).await;
    }
    let id = PipelineId(planned.subject);
    if planned.what == What::Created {
        let facts: PipelineFacts = planned.made()?;
        return pipeline::insert_pipeline(tx, id, &facts.name).await;
    }
    let (now, version) = standing(tx, id).await?;
    let new: PipelineFacts = planned.facts(&fields_of(&now), version)?;
    if new.deleted && pipeline::pipelines(tx).await?.len() < 2 {
        return Err(Error::Forbidden);
    }
    save(tx, id, (&now, version), &new, planned.what, None).await?;
    Ok(())
}

/// Undoes one event of a pipeline.
async fn put_back(tx: &mut Tx, change: &Undoable) -> Result<()> {
    let id = PipelineId(change.subject);
    let (now, version) = facts_of(tx, id).await?;
    let back: PipelineFacts = change.facts(&fields_of(&now), version)?;
    save(tx, id, (&now, version), &back, What::Undone, Some(change.id)).await?;
    Ok(())
}

/// Writes the facts of a pipeline and the event; `None` if nothing differs.
async fn save(
    tx: &mut Tx,
    id: PipelineId,
    (old, version): (&PipelineFacts, i64),
    new: &PipelineFacts,
    what: What,
    undoes: Option<EventId>,
) -> Result<Option<EventId>> {
    let Some(fields) = difference(old, new) else { return Ok(None) };
    if new.deleted && !old.deleted {
        is_empty(tx, id).await?;
    }
    let changed = tx
        .everyones(
            "UPDATE pipelines SET name = $4, place = $5, deleted_at = $6, version = version + 1 \
             WHERE id = $2 AND version = $3",
        )
        .bind(id)
        .bind(version)
        .bind(new.name.clone())
        .bind(new.place)
        .bind(new.deleted.then(clock::now))
        .execute()
        .await?;
    if changed == 0 {
        return Err(Error::Conflict { version, theirs: Value::Object(fields_of(old)) });
    }
    on_record(tx, id.0, what, fields, undoes).await.map(Some)
}

/// Records the event of a change of a pipeline or a stage; both have the kind `Kind::Pipeline`.
///
/// # Errors
/// `Internal` only.
pub async fn on_record(
    tx: &mut Tx,
    subject: Uuid,
    what: What,
    fields: (Fields, Fields),
    undoes: Option<EventId>,
) -> Result<EventId> {
    record_for_all(tx, (Kind::Pipeline, subject), what, fields, undoes).await
}

/// The fields of the event of something new: it was deleted before. So undoing the event deletes it.
#[must_use]
pub fn was_not_there(after: Fields) -> (Fields, Fields) {
    (Fields::from_iter([("deleted".to_owned(), json!(true))]), after)
}
