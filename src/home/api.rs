//! What the first page asks for.

use crate::deals::shown::DealRow;
use crate::error::Result;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// The person's own open deals that should close within a week or should have closed, the most overdue first.
#[server(prefix = "/api", endpoint = "home/due", input = Json)]
pub async fn due() -> Result<Vec<DealRow>> {
    use super::store;
    crate::server::read(async |tx| store::due(tx).await).await
}
