//! The statements with which the firm's owner adds, changes, reorders and deletes stages, and undo of these changes. A
//! deleted stage keeps its row, so that the history can name it. Deals are moved with the functions of `deals` and
//! `records`.

use super::{on_record, was_not_there};
use crate::deals::model::{DealFacts, Stage, Status, moved, what_of_move};
use crate::deals::pipeline;
use crate::deals::pipelines::model::{Emptied, Order, StageFacts, StageForm, is_whole};
use crate::deals::store as deals;
use crate::error::{Error, Problem, Result};
use crate::id::{DealId, EventId, PipelineId, StageId};
use crate::journal::conflict::{Seen, merged, telling};
use crate::journal::model::{What, difference, fields_of};
use crate::journal::planned::Planned;
use crate::journal::store::{Undoable, begun_from, parts};
use crate::live::Kind;
use crate::server::clock;
use crate::server::db::Tx;
use serde_json::Value;
use uuid::Uuid;

/// How many deals one transaction moves, which takes some tens of milliseconds. The stage is deleted in the last one:
/// if the program is stopped before, the stage is still there with the deals that were not moved yet.
const SLICE: usize = 100;

/// The facts of a stage, also of a deleted one, with its pipeline and its version.
async fn even_deleted(tx: &mut Tx, id: StageId) -> Result<(StageFacts, PipelineId, i64)> {
    let row: Option<(String, Status, i64, i64, bool, PipelineId, i64)> = tx
        .everyones(
            "SELECT name, status, color, probability, deleted_at IS NOT NULL, pipeline_id, version FROM stages \
             WHERE id = $2",
        )
        .bind(id)
        .optional()
        .await?;
    let (name, status, color, probability, deleted, pipeline, version) = row.ok_or(Error::NotFound)?;
    Ok((StageFacts { name, status, color, probability, deleted }, pipeline, version))
}

/// The same, but `NotFound` for a deleted stage.
async fn standing(tx: &mut Tx, id: StageId) -> Result<(StageFacts, PipelineId, i64)> {
    let found = even_deleted(tx, id).await?;
    if found.0.deleted { Err(Error::NotFound) } else { Ok(found) }
}

/// Adds a stage: an open one after the other open ones, a closing one at the end.
///
/// # Errors
/// `Invalid` with every problem; `NotFound` if there is no such pipeline.
pub async fn add(tx: &mut Tx, pipeline: PipelineId, form: &StageForm) -> Result<StageId> {
    let facts = form.parse().map_err(Error::Invalid)?;
    if pipeline::pipelines(tx).await?.iter().all(|one| one.id != pipeline) {
        return Err(Error::NotFound);
    }
    let id = StageId(Uuid::now_v7());
    insert(tx, pipeline, id, facts).await?;
    Ok(id)
}

/// Inserts the row of a stage, with its event, in the right place.
async fn insert(tx: &mut Tx, pipeline: PipelineId, id: StageId, facts: StageFacts) -> Result<()> {
    let before = pipeline::stages(tx, pipeline).await?;
    let StageFacts { name, status, color, probability, .. } = facts;
    let new = pipeline::NewStage { name, status, color, probability };
    pipeline::insert_stage(tx, pipeline, id, &new).await?;
    if status == Status::Open {
        let (open, ends): (Vec<Stage>, Vec<Stage>) =
            before.into_iter().partition(|stage| stage.status == Status::Open);
        let ids = |stages: Vec<Stage>| stages.into_iter().map(|stage| stage.id);
        write_order(tx, pipeline, ids(open).chain([id]).chain(ids(ends)).collect()).await?;
    }
    Ok(())
}

/// Fields that are compared as one in a conflict: the status decides the probability of a closing stage.
const TOGETHER: &[&[&str]] = &[&["status", "probability"]];

/// Changes a stage to the values of the form; `None` if nothing differs. The status can only be changed while the stage
/// holds no deals.
///
/// # Errors
/// `Invalid` with every problem; `Conflict` if somebody changed the same fields since the form was opened.
pub async fn change(tx: &mut Tx, id: StageId, form: &StageForm) -> Result<Option<EventId>> {
    let seen = Seen::read(&form.version, &form.over)?;
    let mine = form.parse().map_err(Error::Invalid)?;
    let (now, _, found) = standing(tx, id).await?;
    let conflict = || Error::Conflict { version: found, theirs: Value::Object(fields_of(&now)) };
    let was = begun_from(tx, Kind::Pipeline, id.0, (&now, found), seen).await?;
    let was = was.ok_or_else(conflict)?;
    let new = merged(&was, &now, &mine, TOGETHER, seen.is_over(found));
    let new = new.map_err(|both| telling(conflict(), both))?;
    save(tx, id, &new, What::Changed, None, None).await
}

/// Puts the stages of a pipeline in this order; `None` if they are in it already.
///
/// # Errors
/// `Conflict` if these are not the present stages of the pipeline; `NotFound` for a pipeline without stages.
pub async fn put_in_order(tx: &mut Tx, pipeline: PipelineId, order: Vec<StageId>) -> Result<Option<EventId>> {
    reorder(tx, pipeline, order, What::Moved, None).await
}

async fn reorder(
    tx: &mut Tx,
    pipeline: PipelineId,
    order: Vec<StageId>,
    what: What,
    undoes: Option<EventId>,
) -> Result<Option<EventId>> {
    let now: Vec<StageId> = pipeline::stages(tx, pipeline).await?.into_iter().map(|stage| stage.id).collect();
    let sorted = |order: &[StageId]| {
        let mut order = order.to_vec();
        order.sort_unstable();
        order
    };
    if now.is_empty() {
        return Err(Error::NotFound);
    }
    if sorted(&now) != sorted(&order) {
        return Err(Error::Conflict { version: 0, theirs: Value::Object(fields_of(&Order { order: now })) });
    }
    let Some(fields) = difference(&Order { order: now }, &Order { order: order.clone() }) else {
        return Ok(None);
    };
    write_order(tx, pipeline, order).await?;
    on_record(tx, pipeline.0, what, fields, undoes).await.map(Some)
}

/// Numbers the places of the stages from 1.
async fn write_order(tx: &mut Tx, pipeline: PipelineId, order: Vec<StageId>) -> Result<()> {
    for (place, stage) in (1_i64..).zip(order) {
        tx.everyones("UPDATE stages SET place = $4 WHERE id = $2 AND pipeline_id = $3")
            .bind(stage)
            .bind(pipeline)
            .bind(place)
            .execute()
            .await?;
    }
    Ok(())
}

/// The ids of the deals in a stage in the order of the board; with `trash`, also of the deleted ones.
async fn deals_in(tx: &mut Tx, stage: StageId, trash: bool) -> Result<Vec<DealId>> {
    let sql = crate::server::sql::Sql::new("SELECT id FROM deals WHERE stage_id = $2")
        .when(!trash, "AND deleted_at IS NULL")
        .and("ORDER BY position, id");
    let found: Vec<(DealId,)> = tx.everyones(sql).bind(stage).all().await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Deletes a stage. Its deals are moved to the end of the stage `to` in their present order, each with an event. Deals
/// in the trash are moved, too, without an event.
///
/// # Errors
/// `Invalid` at `to` if the stage holds deals and `to` is no other stage; at `status` if it is the pipeline's last
/// open, won or lost stage.
pub async fn delete(tx: &mut Tx, id: StageId, to: Option<StageId>) -> Result<EventId> {
    let (now, pipeline, _) = standing(tx, id).await?;
    let others = pipeline::stages(tx, pipeline).await?.into_iter().filter(|stage| stage.id != id);
    if !is_whole(others.map(|stage| stage.status)) {
        return Err(Error::invalid("status", Problem::LastOfItsKind));
    }
    let mut deals = deals_in(tx, id, false).await?;
    let emptied = if deals_in(tx, id, true).await?.is_empty() {
        None
    } else {
        let to = to.filter(|to| *to != id).ok_or_else(|| Error::invalid("to", Problem::Required))?;
        let target = pipeline::stage(tx, to).await.map_err(|_| Error::invalid("to", Problem::Unknown))?;
        tx.parts_of(Some(EventId(Uuid::now_v7())));
        let mut at = 0;
        while let Some(deal) = deals.get(at) {
            put(tx, *deal, &target, None).await?;
            at += 1;
            if at.is_multiple_of(SLICE) {
                tx.pause().await?;
                // Other transactions ran during the pause: both stages must still exist, and deals that were added to
                // the stage since are moved as well.
                standing(tx, id).await?;
                pipeline::stage(tx, to).await.map_err(|_| Error::invalid("to", Problem::Unknown))?;
                deals.truncate(at);
                deals.extend(deals_in(tx, id, false).await?);
            }
        }
        tx.whole_is_next();
        tx.everyones("UPDATE deals SET stage_id = $3 WHERE stage_id = $2 AND deleted_at IS NOT NULL")
            .bind(id)
            .bind(to)
            .execute()
            .await?;
        Some(Emptied { moved_to: to, deals })
    };
    let gone = StageFacts { deleted: true, ..now };
    save(tx, id, &gone, What::Deleted, None, emptied).await?.ok_or(Error::NotFound)
}

/// Moves a deal to the end of a stage, with the same rules as on the board.
async fn put(tx: &mut Tx, deal: DealId, stage: &Stage, undoes: Option<EventId>) -> Result<()> {
    let (now, version) = crate::records::read(tx, deal).await?;
    let place = deals::end_of(tx, stage.id).await?;
    let what = if undoes.is_some() { What::Undone } else { what_of_move(&now, stage) };
    let new: DealFacts = moved(&now, stage, place, clock::today(tx.actor().zone));
    crate::records::save(tx, deal, (&now, version), &new, what).await?;
    Ok(())
}

/// Undoes a change of a stage, or of the order of stages. A deleted stage is restored together with those of its deals
/// that are still in the stage they were moved to.
///
/// # Errors
/// `Conflict` if the same fields were changed since.
pub async fn take_back(tx: &mut Tx, change: &Undoable) -> Result<()> {
    if change.left_field("order") {
        let pipeline = PipelineId(change.subject);
        let now = pipeline::stages(tx, pipeline).await?.into_iter().map(|stage| stage.id).collect();
        let back: Order = change.facts(&fields_of(&Order { order: now }), 0)?;
        reorder(tx, pipeline, back.order, What::Undone, Some(change.id)).await?;
        return Ok(());
    }
    let id = StageId(change.subject);
    let (now, _, version) = even_deleted(tx, id).await?;
    let mut known = fields_of(&now);
    let emptied: Option<Emptied> = if change.left_field("moved_to") { Some(change.left()?) } else { None };
    if let Some(emptied) = &emptied {
        known.extend(fields_of(emptied));
    }
    let back: StageFacts = change.facts(&known, version)?;
    save(tx, id, &back, What::Undone, Some(change.id), None).await?;
    if let Some(emptied) = emptied {
        let moves = parts(tx, change.id).await?;
        for (at, deal) in (1_usize..).zip(emptied.deals) {
            let there = match crate::records::read(tx, deal).await {
                Ok((facts, _)) => facts.stage_id == emptied.moved_to,
                Err(Error::NotFound) => false,
                Err(error) => return Err(error),
            };
            if there {
                let stage = pipeline::stage(tx, id).await?;
                let back = match moves.iter().find(|part| part.subject == deal.0) {
                    Some(part) => crate::records::take_back::<DealId>(tx, part).await.map(drop),
                    None => put(tx, deal, &stage, Some(change.id)).await,
                };
                match back {
                    // The deal was moved within its new stage: its old position can't be restored, its stage can.
                    Err(Error::Conflict { .. }) => put(tx, deal, &stage, Some(change.id)).await?,
                    other => other?,
                }
            }
            if at.is_multiple_of(SLICE) {
                tx.pause().await?;
            }
        }
    }
    Ok(())
}

/// Makes a change of a stage, or of the order of stages, that was prepared in a draft.
///
/// # Errors
/// `Conflict` if the same fields were changed since; `Invalid` and `NotFound` as when the change is made without a
/// draft.
pub async fn carry_out(tx: &mut Tx, planned: &Planned) -> Result<()> {
    if planned.is_about("order") {
        let pipeline = PipelineId(planned.subject);
        let now = pipeline::stages(tx, pipeline).await?.into_iter().map(|stage| stage.id).collect();
        let new: Order = planned.facts(&fields_of(&Order { order: now }), 0)?;
        return reorder(tx, pipeline, new.order, planned.what, None).await.map(drop);
    }
    let id = StageId(planned.subject);
    if let Some(pipeline) = planned.parent.map(PipelineId) {
        if pipeline::pipelines(tx).await?.iter().all(|one| one.id != pipeline) {
            return Err(Error::NotFound);
        }
        return insert(tx, pipeline, id, planned.made()?).await;
    }
    let (now, _, version) = standing(tx, id).await?;
    let new: StageFacts = planned.facts(&fields_of(&now), version)?;
    save(tx, id, &new, planned.what, None, None).await?;
    Ok(())
}

/// Writes the facts of a stage and the event; `None` if nothing differs. Refuses to delete a stage that holds deals, to
/// change the status of one, and to leave the pipeline without an open, a won or a lost stage.
async fn save(
    tx: &mut Tx,
    id: StageId,
    new: &StageFacts,
    what: What,
    undoes: Option<EventId>,
    emptied: Option<Emptied>,
) -> Result<Option<EventId>> {
    let (old, pipeline, version) = even_deleted(tx, id).await?;
    let Some((mut before, mut after)) = difference(&old, new) else { return Ok(None) };
    if (new.deleted || old.status != new.status) && !deals_in(tx, id, true).await?.is_empty() {
        return Err(Error::invalid("status", Problem::NotEmpty));
    }
    let changed = tx
        .everyones(
            "UPDATE stages SET name = $4, status = $5, color = $6, probability = $7, \
                 deleted_at = $8, version = version + 1 \
             WHERE id = $2 AND version = $3",
        )
        .bind(id)
        .bind(version)
        .bind(new.name.clone())
        .bind(new.status)
        .bind(new.color)
        .bind(new.probability)
        .bind(new.deleted.then(clock::now))
        .execute()
        .await?;
    if changed == 0 {
        return Err(Error::Conflict { version, theirs: Value::Object(fields_of(&old)) });
    }
    if !is_whole(pipeline::stages(tx, pipeline).await?.into_iter().map(|stage| stage.status)) {
        return Err(Error::invalid("status", Problem::LastOfItsKind));
    }
    if let Some(emptied) = emptied {
        before.insert("moved_to".into(), Value::Null);
        before.insert("deals".into(), Value::Null);
        after.extend(fields_of(&emptied));
    }
    on_record(tx, id.0, what, (before, after), undoes).await.map(Some)
}

/// Records the event of a new stage.
///
/// # Errors
/// `Internal` only.
pub async fn on_record_new(tx: &mut Tx, id: StageId, stage: &pipeline::NewStage) -> Result<()> {
    let facts = StageFacts {
        name: stage.name.clone(),
        status: stage.status,
        color: stage.color,
        probability: stage.probability,
        deleted: false,
    };
    on_record(tx, id.0, What::Created, was_not_there(fields_of(&facts)), None).await?;
    Ok(())
}
