//! The firm's own records for the browser. Each function is one line of the store or the commands, as the person
//! asking.

use super::input::OwnRecordForm;
use super::view::{OwnBoard, OwnCard, OwnDraft, OwnPage, OwnQuery, OwnTally};
use crate::auth::model::MenuKind;
use crate::error::Result;
use crate::id::{CustomerId, EventId, KindNr, OwnRecordId};
use crate::wire::Json;
use leptos::prelude::*;

/// The kinds that are used, for menus.
#[server(prefix = "/api", endpoint = "records/kinds", protocol = Json)]
pub async fn kinds() -> Result<Vec<MenuKind>> {
    use crate::own_kinds::model::KindName;
    use crate::own_kinds::store::named;
    crate::server::read(async |tx| Ok(named(tx).await?.iter().map(KindName::in_menu).collect())).await
}

/// A part of the list.
#[server(prefix = "/api", endpoint = "records/list", protocol = Json)]
pub async fn list(query: OwnQuery) -> Result<OwnPage> {
    use super::store;
    crate::server::read(async |tx| store::list::list(tx, &query).await).await
}

/// How many the query finds.
#[server(prefix = "/api", endpoint = "records/count", protocol = Json)]
pub async fn count(query: OwnQuery) -> Result<OwnTally> {
    use super::store;
    crate::server::read(async |tx| store::list::count(tx, &query).await).await
}

/// One whole card.
#[server(prefix = "/api", endpoint = "records/get", protocol = Json)]
pub async fn get(id: OwnRecordId) -> Result<OwnCard> {
    use super::store;
    crate::server::read(async |tx| store::card::card(tx, id).await).await
}

/// What a form begins with: an empty one of that kind, perhaps on a customer, or the record's.
#[server(prefix = "/api", endpoint = "records/draft", protocol = Json)]
pub async fn begin(
    kind: Option<KindNr>,
    id: Option<OwnRecordId>,
    customer: Option<CustomerId>,
) -> Result<OwnDraft> {
    use super::commands;
    crate::server::read(async |tx| commands::draft(tx, kind, id, customer).await).await
}

/// Adds a record; sent twice, it is added once.
#[server(prefix = "/api", endpoint = "records/create", protocol = Json)]
pub async fn create(kind: KindNr, form: OwnRecordForm) -> Result<OwnRecordId> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::create(tx, kind, &form).await).await
}

/// Changes a record; `None` where there was nothing to change.
#[server(prefix = "/api", endpoint = "records/change", protocol = Json)]
pub async fn change(id: OwnRecordId, form: OwnRecordForm) -> Result<Option<EventId>> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::change(tx, id, &form).await).await
}

/// Puts a record into another stage; `None` where it is in it.
#[server(prefix = "/api", endpoint = "records/stage", protocol = Json)]
pub async fn put(id: OwnRecordId, stage: i64) -> Result<Option<EventId>> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::put(tx, id, stage).await).await
}

/// The board: of each stage the first records, in their order, and how many there are.
#[server(prefix = "/api", endpoint = "records/board", protocol = Json)]
pub async fn board(query: OwnQuery) -> Result<OwnBoard> {
    use super::store;
    crate::server::read(async |tx| store::board::board(tx, &query).await).await
}

/// Puts a record behind another one of a stage, or before all of them; `None` where it stands there.
#[server(prefix = "/api", endpoint = "records/move", protocol = Json)]
pub async fn move_to(id: OwnRecordId, stage: i64, after: Option<OwnRecordId>) -> Result<Option<EventId>> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::move_to(tx, id, stage, after).await).await
}

/// Deletes a record; the event can be undone.
#[server(prefix = "/api", endpoint = "records/delete", protocol = Json)]
pub async fn delete(id: OwnRecordId) -> Result<EventId> {
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| crate::records::delete(tx, id).await).await
}
