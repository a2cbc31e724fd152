//! What an owner does with a draft: begun, filled by whatever is changed in the settings meanwhile, looked through,
//! published as one event, discarded; and that event taken back. One person has one draft, and nobody else sees it.

use super::rehearsal::{Rehearsed, carry_out, does_not_fit, rehearse};
use super::store::{self, effects_in_pipeline, effects_of_field, effects_of_kind};
use super::view::{DraftChange, DraftHead, DraftPage, Effect};
use crate::auth::model::Permission;
use crate::deals::{self, pipeline};
use crate::error::{Error, Problem, Result};
use crate::fields;
use crate::id::{EventId, OwnFieldId, OwnKindId, PipelineId, StageId};
use crate::journal::model::{Fields, What};
use crate::journal::planned::Planned;
use crate::journal::store::{Undoable, parts, record_for_all, told_of_firm};
use crate::live::Kind;
use crate::own_kinds;
use crate::server::db::Tx;
use crate::server::{self, request};
use serde_json::{Value, json};
use uuid::Uuid;

/// What the settings show: as it is, or, while the person has a draft, as it will be.
///
/// # Errors
/// What the job says; `Unauthenticated` for a stranger.
pub async fn read<T>(job: impl AsyncFnOnce(&mut Tx) -> Result<T>) -> Result<T> {
    if !server::read(async |tx| Ok(store::open(tx).await?.is_some())).await? {
        return server::read(job).await;
    }
    request::try_out(Permission::Administer, async |tx| {
        rehearse(tx, None).await?;
        job(tx).await
    })
    .await
}

/// Changes something in the settings: at once, or, while the person has a draft, in the draft. Then nobody but they
/// sees it before it is published.
///
/// # Errors
/// What the job says; `Invalid` with `NotInDraft` for what also changes records; `Forbidden` for whoever is not the
/// firm's owner.
pub async fn write<T>(job: impl AsyncFnOnce(&mut Tx) -> Result<T>) -> Result<T> {
    server::write(Permission::Administer, async |tx| change(tx, job).await).await
}

async fn change<T>(tx: &mut Tx, job: impl AsyncFnOnce(&mut Tx) -> Result<T>) -> Result<T> {
    if store::open(tx).await?.is_none() {
        return job(tx).await;
    }
    let point = tx.save_point().await?;
    rehearse(tx, None).await?;
    let before = tx.events().len();
    let done = job(tx).await?;
    let events = tx.events()[before..].to_vec();
    let prepared = store::prepared(tx, &events).await?;
    let is_of_settings =
        |planned: &Planned| matches!(planned.kind, Kind::OwnKind | Kind::Field | Kind::Pipeline);
    if !prepared.iter().all(|change| is_of_settings(&change.planned)) {
        return Err(Error::invalid("to", Problem::NotInDraft));
    }
    tx.go_back(point).await?;
    store::append(tx, prepared).await?;
    tx.tell_myself(Kind::SettingsDraft);
    Ok(done)
}

/// Whether the person has a draft, and how much is in it.
///
/// # Errors
/// `Forbidden` for whoever is not the firm's owner.
pub async fn head(tx: &mut Tx) -> Result<DraftHead> {
    tx.actor().must(Permission::Administer)?;
    let open = store::open(tx).await?.is_some();
    Ok(DraftHead { open, changes: if open { store::count(tx).await? } else { 0 } })
}

/// Begins a draft; nothing where there is one.
///
/// # Errors
/// `Forbidden` for whoever is not the firm's owner.
pub async fn begin(tx: &mut Tx) -> Result<()> {
    tx.actor().must(Permission::Administer)?;
    store::begin(tx).await?;
    tx.tell_myself(Kind::SettingsDraft);
    Ok(())
}

/// Throws it away.
///
/// # Errors
/// `Forbidden` for whoever is not the firm's owner.
pub async fn discard(tx: &mut Tx) -> Result<()> {
    tx.actor().must(Permission::Administer)?;
    store::discard(tx).await?;
    tx.tell_myself(Kind::SettingsDraft);
    Ok(())
}

/// Takes one change out of it, where it is there. What builds on it stays, and is shown as what does not fit any more.
///
/// # Errors
/// `Forbidden` for whoever is not the firm's owner.
pub async fn take_out(tx: &mut Tx, number: i64) -> Result<()> {
    tx.actor().must(Permission::Administer)?;
    store::take_out(tx, number).await?;
    tx.tell_myself(Kind::SettingsDraft);
    Ok(())
}

/// The draft as it is looked through: each change, what it touches, why it can't be made; and what others have changed
/// in the settings since it was begun. For a transaction that is taken back.
///
/// # Errors
/// `Forbidden` for whoever is not the firm's owner.
pub async fn shown(tx: &mut Tx) -> Result<DraftPage> {
    tx.actor().must(Permission::Administer)?;
    if store::open(tx).await?.is_none() {
        return Ok(DraftPage::default());
    }
    let others = store::others(tx).await?;
    let whole = EventId(Uuid::now_v7());
    let rehearsed = rehearse(tx, Some(whole)).await?;
    let lines = told_of_firm(tx, "AND e.part_of = $2", whole).await?;
    let mut changes = Vec::new();
    for (Rehearsed { change, wrong }, line) in rehearsed.into_iter().zip(lines) {
        // A part that does not fit any more is told of by itself.
        if change.part_of.is_some() && wrong.is_none() {
            continue;
        }
        let effects = if wrong.is_none() { effects(tx, &change.planned).await? } else { Vec::new() };
        changes.push(DraftChange { number: change.number, line, effects, wrong });
    }
    Ok(DraftPage { open: true, changes, others })
}

async fn effects(tx: &mut Tx, planned: &Planned) -> Result<Vec<Effect>> {
    match planned.kind {
        Kind::Field => {
            let field = fields::own::store::found(tx, OwnFieldId(planned.subject)).await?;
            effects_of_field(tx, &field, planned).await
        }
        Kind::OwnKind => {
            let kind = own_kinds::store::found(tx, OwnKindId(planned.subject)).await?;
            effects_of_kind(tx, &kind, planned).await
        }
        _ => effects_in_pipeline(tx, planned).await,
    }
}

/// Makes all changes of the draft, as one event; `None` where there are none. `seen` says how many changes of others
/// its owner was shown.
///
/// # Errors
/// `Conflict` where somebody has changed more meanwhile, or a change does not fit any more: what it is, [`shown`] says;
/// `Forbidden` for whoever is not the firm's owner.
pub async fn publish(tx: &mut Tx, seen: usize) -> Result<Option<EventId>> {
    tx.actor().must(Permission::Administer)?;
    let changes = store::changes(tx).await?;
    let Some(draft) = store::open(tx).await?.filter(|_| !changes.is_empty()) else { return Ok(None) };
    let stale = || Error::Conflict { version: 0, theirs: Value::Null };
    if store::others(tx).await?.len() != seen {
        return Err(stale());
    }
    tx.parts_of(Some(EventId(Uuid::now_v7())));
    for change in &changes {
        carry_out(tx, &change.planned)
            .await
            .map_err(|error| if does_not_fit(&error) { stale() } else { error })?;
    }
    let event = put_on_record(tx, draft, What::Published, true, None).await?;
    store::discard(tx).await?;
    tx.tell_myself(Kind::SettingsDraft);
    Ok(Some(event))
}

/// The whole, of which all events since were parts.
async fn put_on_record(
    tx: &mut Tx,
    draft: Uuid,
    what: What,
    published: bool,
    undoes: Option<EventId>,
) -> Result<EventId> {
    let field = |published: bool| Fields::from_iter([("published".to_owned(), json!(published))]);
    tx.whole_is_next();
    let fields = (field(!published), field(published));
    record_for_all(tx, (Kind::SettingsDraft, draft), what, fields, undoes).await
}

/// Takes back what was published, the last change first; or publishes it once more. `refused` becomes the change that
/// can't be taken back.
///
/// # Errors
/// `Conflict` when somebody has changed the same fields since; `Forbidden` for whoever is not the firm's owner.
pub async fn take_back(tx: &mut Tx, change: &Undoable, refused: &mut Option<Undoable>) -> Result<()> {
    tx.actor().must(Permission::Administer)?;
    let mut parts = parts(tx, change.id).await?;
    parts.reverse();
    let new_pipelines: Vec<Uuid> =
        parts.iter().filter(|part| makes_a_pipeline(part)).map(|part| part.subject).collect();
    tx.parts_of(Some(EventId(Uuid::now_v7())));
    for part in parts {
        // The stages of a pipeline that was made here go with it.
        let pipeline = match part.kind {
            Kind::Pipeline => pipeline::of_stage(tx, StageId(part.subject)).await?,
            _ => None,
        };
        let is_order = part.left_field("order") && new_pipelines.contains(&part.subject);
        if is_order || pipeline.is_some_and(|PipelineId(id)| new_pipelines.contains(&id)) {
            continue;
        }
        let done = match part.kind {
            Kind::OwnKind => own_kinds::commands::take_back(tx, &part).await,
            Kind::Field => fields::own::commands::take_back(tx, &part).await,
            _ => deals::pipelines::store::take_back(tx, &part).await,
        };
        if done.is_err() {
            *refused = Some(part);
        }
        done?;
    }
    let published = change.wrote("published") == Some(&json!(true));
    put_on_record(tx, change.subject, What::Undone, !published, Some(change.id)).await?;
    Ok(())
}

/// Whether the event made a pipeline, or took one away that had been made.
fn makes_a_pipeline(part: &Undoable) -> bool {
    part.kind == Kind::Pipeline && part.left_field("place") && part.left_field("name")
}
