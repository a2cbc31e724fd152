//! The one thing the palette asks of the server.

use super::model::Hit;
use crate::error::Result;
use crate::wire::Json;
use leptos::prelude::*;

/// The best few of everything for what was typed.
#[server(prefix = "/api", endpoint = "search/all", protocol = Json)]
pub async fn search_all(search: String) -> Result<Vec<Hit>> {
    use super::store;
    let locale = crate::server::request::locale();
    crate::server::read(async |tx| store::find(tx, &search, locale).await).await
}
