//! The server functions of events: undo of one change, of something new, and of one's own last change; a page of the
//! firm's log; a page of the trash. The rules are in `commands` and `store`.

use super::view::{LogPage, LogQuery, Taken, TrashPage};
use crate::activities::model::Mark;
use crate::error::Result;
use crate::id::EventId;
use crate::live::Kind;
use crate::wire::Json;
use leptos::prelude::*;
use uuid::Uuid;

/// Undoes one change, unless somebody has changed the same fields since.
#[server(prefix = "/api", endpoint = "journal/undo", protocol = Json)]
pub async fn undo(event: EventId) -> Result<()> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::undo(tx, event).await).await
}

/// Undoes the creation of a record, for the toast that is shown after it.
#[server(prefix = "/api", endpoint = "journal/undo_made", protocol = Json)]
pub async fn undo_made(kind: Kind, made: Uuid) -> Result<()> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::undo_made(tx, kind, made).await).await
}

/// Undoes the last change of the person asking since they signed in, ignoring the events in `but`; `None` if there is
/// nothing left to undo.
#[server(prefix = "/api", endpoint = "journal/undo_last", protocol = Json)]
pub async fn undo_last(but: Vec<EventId>) -> Result<Option<Taken>> {
    use super::commands;
    use crate::auth::model::Permission;
    let token = crate::server::request::token();
    crate::server::write(Permission::Sell, async |tx| commands::undo_last(tx, &token, &but).await).await
}

/// A page of the firm's log, with the events in reach of the person asking.
#[server(prefix = "/api", endpoint = "journal/log", protocol = Json)]
pub async fn log(query: LogQuery) -> Result<LogPage> {
    use super::store;
    crate::server::read(async |tx| store::log(tx, &query).await).await
}

/// A page of the trash: deleted records that can still be restored.
#[server(prefix = "/api", endpoint = "journal/trash", protocol = Json)]
pub async fn trash(after: Option<Mark>) -> Result<TrashPage> {
    use super::store;
    crate::server::read(async |tx| store::trash(tx, after).await).await
}
