//! The firm's own kinds of record for the browser of its owner. Each function is one line of the commands.

use super::input::OwnKindForm;
use super::model::OwnKind;
use crate::error::Result;
use crate::id::{EventId, OwnKindId};
use crate::wire::Json;
use leptos::prelude::*;

/// All of them in their order, those that are archived last.
#[server(prefix = "/api", endpoint = "kinds/list", protocol = Json)]
pub async fn list() -> Result<Vec<OwnKind>> {
    use super::commands;
    crate::settings_draft::commands::read(async |tx| commands::list(tx).await).await
}

/// A new kind, at the end.
#[server(prefix = "/api", endpoint = "kinds/add", protocol = Json)]
pub async fn add(form: OwnKindForm) -> Result<OwnKindId> {
    use super::commands;
    crate::settings_draft::commands::write(async |tx| commands::add(tx, &form).await).await
}

/// Changes a kind; `None` where there was nothing to change.
#[server(prefix = "/api", endpoint = "kinds/change", protocol = Json)]
pub async fn change(id: OwnKindId, form: OwnKindForm) -> Result<Option<EventId>> {
    use super::commands;
    crate::settings_draft::commands::write(async |tx| commands::change(tx, id, &form).await).await
}

/// Takes a kind out of use, or puts it back. Its records stay.
#[server(prefix = "/api", endpoint = "kinds/archive", protocol = Json)]
pub async fn archive(id: OwnKindId, archived: bool) -> Result<Option<EventId>> {
    use super::commands;
    crate::settings_draft::commands::write(async |tx| commands::archive(tx, id, archived).await).await
}

/// Puts a kind behind another one, or first.
#[server(prefix = "/api", endpoint = "kinds/put", protocol = Json)]
pub async fn put(id: OwnKindId, after: Option<OwnKindId>) -> Result<Option<EventId>> {
    use super::commands;
    crate::settings_draft::commands::write(async |tx| commands::put_after(tx, id, after).await).await
}
