//! Tasks for the browser. Each function calls the store as the person asking.

use super::input::{LineForm, TaskForm};
use super::model::Act;
use super::view::{About, TaskDraft, TaskPart, TaskQuery};
use crate::error::Result;
use crate::id::{EventId, TaskId};
use crate::live::model::Now;
use crate::wire::Json;
use leptos::prelude::*;

/// A part of the list, in the order in which the tasks are due.
#[server(prefix = "/api", endpoint = "tasks/list", protocol = Json)]
pub async fn list(query: TaskQuery) -> Result<TaskPart> {
    use super::store;
    crate::server::read(async |tx| store::list::list(tx, &query).await).await
}

/// The firm's day, and how many of the person's own tasks are late or for today.
#[server(prefix = "/api", endpoint = "tasks/now", protocol = Json)]
pub async fn present_day() -> Result<Now> {
    use super::store;
    crate::server::read(async |tx| store::list::now(tx).await).await
}

/// The form to begin with: the task's values, or an empty form about that customer or deal.
#[server(prefix = "/api", endpoint = "tasks/draft", protocol = Json)]
pub async fn draft(id: Option<TaskId>, about: Option<About>) -> Result<TaskDraft> {
    use super::commands;
    crate::server::read(async |tx| commands::draft(tx, id, about).await).await
}

/// Adds the task of a typed line; sent twice, it is added once. The event can be undone.
#[server(prefix = "/api", endpoint = "tasks/add", protocol = Json)]
pub async fn add(form: LineForm) -> Result<EventId> {
    use super::commands;
    use crate::auth::model::Permission;
    let locale = crate::server::request::locale();
    crate::server::write(Permission::Sell, async |tx| commands::add_line(tx, &form, locale).await).await
}

/// Saves the form of a task: adds a new one if the form names no version; sent twice, it is added once.
#[server(prefix = "/api", endpoint = "tasks/save", protocol = Json)]
pub async fn save(form: TaskForm) -> Result<EventId> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::save(tx, &form).await).await
}

/// Finishes a task, opens it again, puts it off or deletes it; the event can be undone.
#[server(prefix = "/api", endpoint = "tasks/act", protocol = Json)]
pub async fn carry_out(id: TaskId, act: Act) -> Result<EventId> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::act(tx, id, act).await).await
}
