//! The server functions of the page that edits pipelines, for the firm's owner. Each calls the store; while the owner
//! has a draft of the settings, a change goes into the draft instead (`settings_draft::commands`).

use super::model::{Process, StageForm};
use crate::deals::model::Pipeline;
use crate::error::Result;
use crate::id::{EventId, PipelineId, StageId};
use crate::wire::Json;
use leptos::prelude::*;

/// All pipelines with their names, in their order; for everybody.
#[server(prefix = "/api", endpoint = "pipelines/names", protocol = Json)]
pub async fn names() -> Result<Vec<Pipeline>> {
    crate::server::read(async |tx| crate::deals::pipeline::pipelines(tx).await).await
}

/// All pipelines with their stages and the number of deals in each.
#[server(prefix = "/api", endpoint = "pipelines/all", protocol = Json)]
pub async fn all() -> Result<Vec<Process>> {
    use super::store;
    crate::settings_draft::commands::read(async |tx| store::all(tx).await).await
}

/// Adds a pipeline with the usual stages. Returns its id.
#[server(prefix = "/api", endpoint = "pipelines/add", protocol = Json)]
pub async fn add(name: String) -> Result<PipelineId> {
    use super::store;
    let locale = crate::server::request::locale();
    crate::settings_draft::commands::write(async |tx| store::add(tx, locale, &name).await).await
}

/// Renames a pipeline; `None` if the name is the same.
#[server(prefix = "/api", endpoint = "pipelines/rename", protocol = Json)]
pub async fn rename(id: PipelineId, name: String) -> Result<Option<EventId>> {
    use super::store;
    crate::settings_draft::commands::write(async |tx| store::rename(tx, id, &name).await).await
}

/// Exchanges the places of a pipeline and the one before it; `None` for the first.
#[server(prefix = "/api", endpoint = "pipelines/raise", protocol = Json)]
pub async fn raise(id: PipelineId) -> Result<Option<EventId>> {
    use super::store;
    crate::settings_draft::commands::write(async |tx| store::raise(tx, id).await).await
}

/// Deletes a pipeline that has no deals.
#[server(prefix = "/api", endpoint = "pipelines/delete", protocol = Json)]
pub async fn delete(id: PipelineId) -> Result<Option<EventId>> {
    use super::store;
    crate::settings_draft::commands::write(async |tx| store::delete(tx, id).await).await
}

/// Adds a stage: an open one before the closing ones, a closing one at the end. Returns its id.
#[server(prefix = "/api", endpoint = "pipelines/add_stage", protocol = Json)]
pub async fn add_stage(pipeline: PipelineId, form: StageForm) -> Result<StageId> {
    use super::store::stages;
    crate::settings_draft::commands::write(async |tx| stages::add(tx, pipeline, &form).await).await
}

/// Changes a stage; `None` if nothing differs.
#[server(prefix = "/api", endpoint = "pipelines/change_stage", protocol = Json)]
pub async fn change_stage(id: StageId, form: StageForm) -> Result<Option<EventId>> {
    use super::store::stages;
    crate::settings_draft::commands::write(async |tx| stages::change(tx, id, &form).await).await
}

/// Puts the stages of a pipeline in this order; `None` if they are in it already.
#[server(prefix = "/api", endpoint = "pipelines/order", protocol = Json)]
pub async fn order(pipeline: PipelineId, order: Vec<StageId>) -> Result<Option<EventId>> {
    use super::store::stages;
    crate::settings_draft::commands::write(async |tx| stages::put_in_order(tx, pipeline, order).await).await
}

/// Deletes a stage and moves its deals to the stage `to`.
#[server(prefix = "/api", endpoint = "pipelines/delete_stage", protocol = Json)]
pub async fn delete_stage(id: StageId, to: Option<StageId>) -> Result<EventId> {
    use super::store::stages;
    crate::settings_draft::commands::write(async |tx| stages::delete(tx, id, to).await).await
}
