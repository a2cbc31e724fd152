//! Processes for the browser of the firm's owner. Each function is one line of the store.

use super::model::{Process, StageForm};
use crate::deals::model::Pipeline;
use crate::error::Result;
use crate::id::{EventId, PipelineId, StageId};
use crate::wire::Json;
use leptos::prelude::*;

/// The names of all pipelines, in their order.
#[server(prefix = "/api", endpoint = "pipelines/names", protocol = Json)]
pub async fn names() -> Result<Vec<Pipeline>> {
    crate::server::read(async |tx| crate::deals::pipeline::pipelines(tx).await).await
}

/// All pipelines with their stages and how many deals are in each.
#[server(prefix = "/api", endpoint = "pipelines/all", protocol = Json)]
pub async fn all() -> Result<Vec<Process>> {
    use super::store;
    crate::settings_draft::commands::read(async |tx| store::all(tx).await).await
}

/// A new pipeline, with the usual stages.
#[server(prefix = "/api", endpoint = "pipelines/add", protocol = Json)]
pub async fn add(name: String) -> Result<PipelineId> {
    use super::store;
    let locale = crate::server::request::locale();
    crate::settings_draft::commands::write(async |tx| store::add(tx, locale, &name).await).await
}

/// Another name for a pipeline.
#[server(prefix = "/api", endpoint = "pipelines/rename", protocol = Json)]
pub async fn rename(id: PipelineId, name: String) -> Result<Option<EventId>> {
    use super::store;
    crate::settings_draft::commands::write(async |tx| store::rename(tx, id, &name).await).await
}

/// Changes places with the pipeline before it.
#[server(prefix = "/api", endpoint = "pipelines/raise", protocol = Json)]
pub async fn raise(id: PipelineId) -> Result<Option<EventId>> {
    use super::store;
    crate::settings_draft::commands::write(async |tx| store::raise(tx, id).await).await
}

/// Deletes a pipeline without deals.
#[server(prefix = "/api", endpoint = "pipelines/delete", protocol = Json)]
pub async fn delete(id: PipelineId) -> Result<Option<EventId>> {
    use super::store;
    crate::settings_draft::commands::write(async |tx| store::delete(tx, id).await).await
}

/// A new stage, before the closing ones.
#[server(prefix = "/api", endpoint = "pipelines/add_stage", protocol = Json)]
pub async fn add_stage(pipeline: PipelineId, form: StageForm) -> Result<StageId> {
    use super::store::stages;
    crate::settings_draft::commands::write(async |tx| stages::add(tx, pipeline, &form).await).await
}

/// Changes a stage; `None` where there was nothing to change.
#[server(prefix = "/api", endpoint = "pipelines/change_stage", protocol = Json)]
pub async fn change_stage(id: StageId, form: StageForm) -> Result<Option<EventId>> {
    use super::store::stages;
    crate::settings_draft::commands::write(async |tx| stages::change(tx, id, &form).await).await
}

/// Puts the stages of a pipeline into another order.
#[server(prefix = "/api", endpoint = "pipelines/order", protocol = Json)]
pub async fn order(pipeline: PipelineId, order: Vec<StageId>) -> Result<Option<EventId>> {
    use super::store::stages;
    crate::settings_draft::commands::write(async |tx| stages::put_in_order(tx, pipeline, order).await).await
}

/// Deletes a stage; its deals go to another one.
#[server(prefix = "/api", endpoint = "pipelines/delete_stage", protocol = Json)]
pub async fn delete_stage(id: StageId, to: Option<StageId>) -> Result<EventId> {
    use super::store::stages;
    crate::settings_draft::commands::write(async |tx| stages::delete(tx, id, to).await).await
}
