//! The data of the first page, besides the tasks.

use super::model::TodayDeals;
use crate::error::Result;
use crate::wire::Json;
use leptos::prelude::*;

/// The person's own open deals that need attention: those expected to close soon or overdue, and those without a next
/// step.
#[server(prefix = "/api", endpoint = "home/deals", protocol = Json)]
pub async fn deals() -> Result<TodayDeals> {
    use super::store;
    crate::server::read(async |tx| store::deals(tx).await).await
}
