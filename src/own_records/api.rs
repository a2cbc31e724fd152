//! The server functions of own records: list, board, card, form, and each change. Each calls the store or a command as
//! the person asking; none contains rules.

use super::input::OwnRecordForm;
use super::view::{OwnBoard, OwnCard, OwnDraft, OwnPage, OwnQuery, OwnTally};
use crate::auth::model::MenuKind;
use crate::error::Result;
use crate::id::{CustomerId, EventId, KindNr, OwnRecordId};
use crate::wire::Json;
use leptos::prelude::*;

/// The kinds in use, for menus.
#[server(prefix = "/api", endpoint = "records/kinds", protocol = Json)]
pub async fn kinds() -> Result<Vec<MenuKind>> {
    use crate::own_kinds::model::KindName;
    use crate::own_kinds::store::named;
    crate::server::read(async |tx| Ok(named(tx).await?.iter().map(KindName::in_menu).collect())).await
}

/// A page of the list.
#[server(prefix = "/api", endpoint = "records/list", protocol = Json)]
pub async fn list(query: OwnQuery) -> Result<OwnPage> {
    use super::store;
    crate::server::read(async |tx| store::list::list(tx, &query).await).await
}

/// The number of records that the query finds.
#[server(prefix = "/api", endpoint = "records/count", protocol = Json)]
pub async fn count(query: OwnQuery) -> Result<OwnTally> {
    use super::store;
    crate::server::read(async |tx| store::list::count(tx, &query).await).await
}

/// A record's card.
#[server(prefix = "/api", endpoint = "records/get", protocol = Json)]
pub async fn get(id: OwnRecordId) -> Result<OwnCard> {
    use super::store;
    crate::server::read(async |tx| store::card::card(tx, id).await).await
}

/// The form to begin with: the record's values, or an empty form of this kind, with the customer if one is given.
#[server(prefix = "/api", endpoint = "records/draft", protocol = Json)]
pub async fn begin(
    kind: Option<KindNr>,
    id: Option<OwnRecordId>,
    customer: Option<CustomerId>,
) -> Result<OwnDraft> {
    use super::commands;
    crate::server::read(async |tx| commands::draft(tx, kind, id, customer).await).await
}

/// Adds a record; a form that is sent twice adds it once. Returns its id.
#[server(prefix = "/api", endpoint = "records/create", protocol = Json)]
pub async fn create(kind: KindNr, form: OwnRecordForm) -> Result<OwnRecordId> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::create(tx, kind, &form).await).await
}

/// Changes a record; `None` if nothing differs.
#[server(prefix = "/api", endpoint = "records/change", protocol = Json)]
pub async fn change(id: OwnRecordId, form: OwnRecordForm) -> Result<Option<EventId>> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::change(tx, id, &form).await).await
}

/// Moves a record to the end of another stage; `None` if it is in that stage already.
#[server(prefix = "/api", endpoint = "records/stage", protocol = Json)]
pub async fn put(id: OwnRecordId, stage: i64) -> Result<Option<EventId>> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::put(tx, id, stage).await).await
}

/// The board: for each stage its first records and their number.
#[server(prefix = "/api", endpoint = "records/board", protocol = Json)]
pub async fn board(query: OwnQuery) -> Result<OwnBoard> {
    use super::store;
    crate::server::read(async |tx| store::board::board(tx, &query).await).await
}

/// Moves a record after another one of a stage, or to the first place; `None` if it is there already.
#[server(prefix = "/api", endpoint = "records/move", protocol = Json)]
pub async fn move_to(id: OwnRecordId, stage: i64, after: Option<OwnRecordId>) -> Result<Option<EventId>> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| commands::move_to(tx, id, stage, after).await).await
}

/// Deletes a record. Returns the event, which can be undone.
#[server(prefix = "/api", endpoint = "records/delete", protocol = Json)]
pub async fn delete(id: OwnRecordId) -> Result<EventId> {
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| crate::records::delete(tx, id).await).await
}
