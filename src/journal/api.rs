//! Undo for the browser: of one change, of something new, and of whatever one did last.

use super::told::Taken;
use crate::error::Result;
use crate::id::EventId;
use crate::wire::Json;
use leptos::prelude::*;
use uuid::Uuid;

/// Takes one change back, unless somebody has changed the same fields since.
#[server(prefix = "/api", endpoint = "journal/undo", protocol = Json)]
pub async fn undo(event: EventId) -> Result<()> {
    use super::wishes;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| wishes::undo(tx, event).await).await
}

/// Takes back that this was made: for the toast of something new.
#[server(prefix = "/api", endpoint = "journal/undo_made", protocol = Json)]
pub async fn undo_made(made: Uuid) -> Result<()> {
    use super::wishes;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| wishes::undo_made(tx, made).await).await
}

/// Takes back what the person asking did last since signing in, but for those; `None` where there is nothing left.
#[server(prefix = "/api", endpoint = "journal/undo_last", protocol = Json)]
pub async fn undo_last(but: Vec<EventId>) -> Result<Option<Taken>> {
    use super::wishes;
    use crate::auth::model::Permission;
    let token = crate::server::request::token();
    crate::server::write(Permission::Sell, async |tx| wishes::undo_last(tx, &token, &but).await).await
}
