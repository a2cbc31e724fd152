//! The server functions of the firm's own kinds, for its owner. Each calls a command; while the owner has a draft of
//! the settings, a change goes into the draft instead (`settings_draft::commands`).

use super::input::OwnKindForm;
use super::model::OwnKind;
use crate::error::Result;
use crate::id::{EventId, OwnKindId};
use crate::wire::Json;
use leptos::prelude::*;

/// All kinds in their order, archived ones last.
#[server(prefix = "/api", endpoint = "kinds/list", protocol = Json)]
pub async fn list() -> Result<Vec<OwnKind>> {
    use super::commands;
    crate::settings_draft::commands::read(async |tx| commands::list(tx).await).await
}

/// Adds a kind, after the others. Returns its id.
#[server(prefix = "/api", endpoint = "kinds/add", protocol = Json)]
pub async fn add(form: OwnKindForm) -> Result<OwnKindId> {
    use super::commands;
    crate::settings_draft::commands::write(async |tx| commands::add(tx, &form).await).await
}

/// Changes a kind; `None` if nothing differs.
#[server(prefix = "/api", endpoint = "kinds/change", protocol = Json)]
pub async fn change(id: OwnKindId, form: OwnKindForm) -> Result<Option<EventId>> {
    use super::commands;
    crate::settings_draft::commands::write(async |tx| commands::change(tx, id, &form).await).await
}

/// Archives a kind, or restores it. Its records are kept.
#[server(prefix = "/api", endpoint = "kinds/archive", protocol = Json)]
pub async fn archive(id: OwnKindId, archived: bool) -> Result<Option<EventId>> {
    use super::commands;
    crate::settings_draft::commands::write(async |tx| commands::archive(tx, id, archived).await).await
}

/// Moves a kind after another one, or to the first place.
#[server(prefix = "/api", endpoint = "kinds/put", protocol = Json)]
pub async fn put(id: OwnKindId, after: Option<OwnKindId>) -> Result<Option<EventId>> {
    use super::commands;
    crate::settings_draft::commands::write(async |tx| commands::put_after(tx, id, after).await).await
}
