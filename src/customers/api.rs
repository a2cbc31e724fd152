//! Customers for the browser. Each function calls the store as the person asking.

use super::model::{CustomerCard, CustomerChoice, CustomerForm, CustomerQuery, Draft, Page, Tally};
use crate::error::Result;
use crate::id::{CustomerId, EventId};
use crate::wire::Json;
use leptos::prelude::*;

/// A part of the list.
#[server(prefix = "/api", endpoint = "customers/list", protocol = Json)]
pub async fn list(query: CustomerQuery) -> Result<Page> {
    use super::store;
    crate::server::read(async |tx| store::list(tx, &query).await).await
}

/// How many customers the query finds, from its first row on.
#[server(prefix = "/api", endpoint = "customers/count", protocol = Json)]
pub async fn count(query: CustomerQuery) -> Result<Tally> {
    use super::store;
    crate::server::read(async |tx| store::count(tx, &query).await).await
}

/// One whole card.
#[server(prefix = "/api", endpoint = "customers/get", protocol = Json)]
pub async fn get(id: CustomerId) -> Result<CustomerCard> {
    use super::store;
    crate::server::read(async |tx| store::card(tx, id).await).await
}

/// The best few matches for a typed text, to choose from.
#[server(prefix = "/api", endpoint = "customers/choices", protocol = Json)]
pub async fn choices(search: String) -> Result<Vec<CustomerChoice>> {
    use super::store;
    crate::server::read(async |tx| store::choices(tx, &search).await).await
}

/// What a form begins with: an empty one, or the customer's.
#[server(prefix = "/api", endpoint = "customers/draft", protocol = Json)]
pub async fn begin(id: Option<CustomerId>) -> Result<Draft> {
    use super::commands;
    crate::server::read(async |tx| commands::draft(tx, id).await).await
}

/// Adds a customer; sent twice, it is added once.
#[server(prefix = "/api", endpoint = "customers/create", protocol = Json)]
pub async fn create(form: CustomerForm) -> Result<CustomerId> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::create(tx, &form).await).await
}

/// Changes a customer; `None` where there was nothing to change.
#[server(prefix = "/api", endpoint = "customers/change", protocol = Json)]
pub async fn change(id: CustomerId, form: CustomerForm) -> Result<Option<EventId>> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::change(tx, id, &form).await).await
}

/// Deletes a customer; the event can be undone.
#[server(prefix = "/api", endpoint = "customers/delete", protocol = Json)]
pub async fn delete(id: CustomerId) -> Result<EventId> {
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| crate::records::delete(tx, id).await).await
}
