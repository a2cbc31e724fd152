//! Products, for the browser of the firm's owner. Each function calls the store.

use super::model::{ProductForm, ProductPage};
use crate::error::Result;
use crate::id::{EventId, ProductId};
use crate::wire::Json;
use leptos::prelude::*;

/// The products with the typed text in their name or series, those on offer first; all of them for an empty text.
#[server(prefix = "/api", endpoint = "products/list", protocol = Json)]
pub async fn list(typed: String) -> Result<ProductPage> {
    use super::store;
    crate::server::read(async |tx| store::list(tx, &typed).await).await
}

/// A new product.
#[server(prefix = "/api", endpoint = "products/add", protocol = Json)]
pub async fn add(form: ProductForm) -> Result<ProductId> {
    use super::store;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Administer, async |tx| store::add(tx, &form).await).await
}

/// Changes a product; `None` where there was nothing to change.
#[server(prefix = "/api", endpoint = "products/change", protocol = Json)]
pub async fn change(id: ProductId, form: ProductForm) -> Result<Option<EventId>> {
    use super::store;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Administer, async |tx| store::change(tx, id, &form).await).await
}

/// Takes a product out of the offer, or back in. Deals that have it keep it.
#[server(prefix = "/api", endpoint = "products/archive", protocol = Json)]
pub async fn archive(id: ProductId, archived: bool) -> Result<Option<EventId>> {
    use super::store;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Administer, async |tx| store::archive(tx, id, archived).await).await
}
