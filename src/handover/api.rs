//! Handing a record over, for the browser. Each function calls the store.

use super::model::{Given, HandOverForm, HandOverOffer};
use crate::error::Result;
use crate::journal::model::Card;
use crate::wire::Json;
use leptos::prelude::*;

/// To whom it can be given, and how many records could go with it.
#[server(prefix = "/api", endpoint = "handover/offer", protocol = Json)]
pub async fn offer(card: Card) -> Result<HandOverOffer> {
    use super::store;
    crate::server::read(async |tx| store::offer(tx, card).await).await
}

/// Gives a customer or a deal to somebody else.
#[server(prefix = "/api", endpoint = "handover/give", protocol = Json)]
pub async fn give(card: Card, form: HandOverForm) -> Result<Given> {
    use super::store;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| store::give(tx, card, &form).await).await
}
