//! The only server function of the command palette.

use super::model::Hit;
use crate::error::Result;
use crate::wire::Json;
use leptos::prelude::*;

/// The best few results of each kind for a typed text.
#[server(prefix = "/api", endpoint = "search/all", protocol = Json)]
pub async fn search_all(search: String) -> Result<Vec<Hit>> {
    use super::store;
    let locale = crate::server::request::locale();
    crate::server::read(async |tx| store::find(tx, &search, locale).await).await
}
