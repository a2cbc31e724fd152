//! What the first page asks for, besides the tasks.

use super::model::TodayDeals;
use crate::error::Result;
use crate::wire::Json;
use leptos::prelude::*;

/// The person's own open deals that want something: those whose close is near or past, and those that nobody does
/// anything about.
#[server(prefix = "/api", endpoint = "home/deals", protocol = Json)]
pub async fn deals() -> Result<TodayDeals> {
    use super::store;
    crate::server::read(async |tx| store::deals(tx).await).await
}
