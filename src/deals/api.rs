//! Deals for the browser. Each function calls the store as the person asking.

use super::input::DealForm;
use super::view::{DealCard, DealDraft, DealPart, DealQuery, DealSum};
use crate::error::Result;
use crate::id::{CustomerId, DealId, EventId, StageId};
use crate::wire::Json;
use leptos::prelude::*;

/// A part of the list, newest first.
#[server(prefix = "/api", endpoint = "deals/list", protocol = Json)]
pub async fn list(query: DealQuery) -> Result<DealPart> {
    use super::store;
    crate::server::read(async |tx| store::list::list(tx, &query).await).await
}

/// How many deals the query finds and what they are worth.
#[server(prefix = "/api", endpoint = "deals/sum", protocol = Json)]
pub async fn sum(query: DealQuery) -> Result<DealSum> {
    use super::store;
    crate::server::read(async |tx| store::list::sum(tx, &query).await).await
}

/// One whole card.
#[server(prefix = "/api", endpoint = "deals/get", protocol = Json)]
pub async fn get(id: DealId) -> Result<DealCard> {
    use super::store;
    crate::server::read(async |tx| store::card::card(tx, id).await).await
}

/// The form to begin with: the deal's values, or an empty form for that customer in that stage.
#[server(prefix = "/api", endpoint = "deals/draft", protocol = Json)]
pub async fn draft(
    id: Option<DealId>,
    customer: Option<CustomerId>,
    stage: Option<StageId>,
) -> Result<DealDraft> {
    use super::commands;
    let locale = crate::server::request::locale();
    crate::server::read(async |tx| commands::draft(tx, locale, id, customer, stage).await).await
}

/// Opens a deal; sent twice, it is opened once.
#[server(prefix = "/api", endpoint = "deals/create", protocol = Json)]
pub async fn create(form: DealForm) -> Result<DealId> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::create(tx, &form).await).await
}

/// Changes a deal; `None` where there was nothing to change.
#[server(prefix = "/api", endpoint = "deals/change", protocol = Json)]
pub async fn change(id: DealId, form: DealForm) -> Result<Option<EventId>> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::change(tx, id, &form).await).await
}

/// Deletes a deal; the event can be undone.
#[server(prefix = "/api", endpoint = "deals/delete", protocol = Json)]
pub async fn delete(id: DealId) -> Result<EventId> {
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| crate::records::delete(tx, id).await).await
}

/// Wins a deal: moves it to the pipeline's won stage.
#[server(prefix = "/api", endpoint = "deals/win", protocol = Json)]
pub async fn win(id: DealId) -> Result<EventId> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::win(tx, id).await).await
}

/// Loses a deal, with a reason in the person's own words or without one.
#[server(prefix = "/api", endpoint = "deals/lose", protocol = Json)]
pub async fn lose(id: DealId, reason: String) -> Result<EventId> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::lose(tx, id, &reason).await).await
}

/// Moves a deal to the end of another stage; moving a closed deal to an open stage opens it again.
#[server(prefix = "/api", endpoint = "deals/put", protocol = Json)]
pub async fn put(id: DealId, stage: StageId) -> Result<EventId> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::put(tx, id, stage).await).await
}
