//! The record for the browser: undo of one change, of something new, and of whatever one did last; the firm's log; the
//! trash.

use super::view::{LogPage, LogQuery, Taken, TrashPage};
use crate::activities::model::Mark;
use crate::error::Result;
use crate::id::EventId;
use crate::live::Kind;
use crate::wire::Json;
use leptos::prelude::*;
use uuid::Uuid;

/// Takes one change back, unless somebody has changed the same fields since.
#[server(prefix = "/api", endpoint = "journal/undo", protocol = Json)]
pub async fn undo(event: EventId) -> Result<()> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::undo(tx, event).await).await
}

/// Takes back that this was made: for the toast of something new.
#[server(prefix = "/api", endpoint = "journal/undo_made", protocol = Json)]
pub async fn undo_made(kind: Kind, made: Uuid) -> Result<()> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::undo_made(tx, kind, made).await).await
}

/// Takes back what the person asking did last since signing in, but for those; `None` where there is nothing left.
#[server(prefix = "/api", endpoint = "journal/undo_last", protocol = Json)]
pub async fn undo_last(but: Vec<EventId>) -> Result<Option<Taken>> {
    use super::commands;
    use crate::auth::model::Permission;
    let token = crate::server::request::token();
    crate::server::write(Permission::Sell, async |tx| commands::undo_last(tx, &token, &but).await).await
}

/// A part of what happened in the firm, as far as the person asking sees it.
#[server(prefix = "/api", endpoint = "journal/log", protocol = Json)]
pub async fn log(query: LogQuery) -> Result<LogPage> {
    use super::store;
    crate::server::read(async |tx| store::log(tx, &query).await).await
}

/// A part of what was deleted and can be brought back.
#[server(prefix = "/api", endpoint = "journal/trash", protocol = Json)]
pub async fn trash(after: Option<Mark>) -> Result<TrashPage> {
    use super::store;
    crate::server::read(async |tx| store::trash(tx, after).await).await
}
