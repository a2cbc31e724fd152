//! Activities for the browser. Each function calls the store as the person asking.

use super::input::ActivityForm;
use super::model::{Logged, StreamPage, StreamQuery};
use crate::error::Result;
use crate::id::{ActivityId, EventId};
use crate::journal::model::Card;
use crate::wire::Json;
use leptos::prelude::*;

/// A page of a card's stream of activities and changes, newest first.
#[server(prefix = "/api", endpoint = "activities/stream", protocol = Json)]
pub async fn stream(card: Card, query: StreamQuery) -> Result<StreamPage> {
    use super::store;
    crate::server::read(async |tx| store::stream::stream(tx, card, &query).await).await
}

/// Logs an activity on a card; sent twice, it is logged once.
#[server(prefix = "/api", endpoint = "activities/log", protocol = Json)]
pub async fn log(card: Card, form: ActivityForm) -> Result<Logged> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::log(tx, card, &form).await).await
}

/// Changes an activity; `None` where there was nothing to change.
#[server(prefix = "/api", endpoint = "activities/change", protocol = Json)]
pub async fn change(id: ActivityId, form: ActivityForm) -> Result<Option<EventId>> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::change(tx, id, &form).await).await
}

/// Deletes an activity; the event can be undone.
#[server(prefix = "/api", endpoint = "activities/delete", protocol = Json)]
pub async fn delete(id: ActivityId) -> Result<EventId> {
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| crate::records::delete(tx, id).await).await
}
