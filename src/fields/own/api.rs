//! The server functions of the firm's own fields, for its owner. Each calls a command; while the owner has a draft of
//! the settings, a change goes into the draft instead (`settings_draft::commands`).

use super::input::OwnFieldForm;
use super::model::OwnFieldsPage;
use super::of::FieldsOf;
use super::view::Follows;
use crate::error::Result;
use crate::id::{EventId, OwnFieldId, OwnKindId};
use crate::own_kinds::model::KindTemplate;
use crate::ui::Pick;
use crate::wire::Json;
use leptos::prelude::*;

/// The fields of this kind of record, with archived ones.
#[server(prefix = "/api", endpoint = "fields/list", protocol = Json)]
pub async fn list(of: FieldsOf) -> Result<OwnFieldsPage> {
    use super::commands;
    crate::settings_draft::commands::read(async |tx| commands::list(tx, of).await).await
}

/// The best matches for the text typed in a field that links to records of this kind; to people if `of` is `None`.
#[server(prefix = "/api", endpoint = "fields/choices", protocol = Json)]
pub async fn choices(of: Option<FieldsOf>, search: String) -> Result<Vec<Pick>> {
    use super::store::choices;
    crate::server::read(async |tx| choices::choices(tx, of, &search).await).await
}

/// Adds a field, after the others of its kind. Returns its id.
#[server(prefix = "/api", endpoint = "fields/add", protocol = Json)]
pub async fn add(form: OwnFieldForm) -> Result<OwnFieldId> {
    use super::commands;
    crate::settings_draft::commands::write(async |tx| commands::add(tx, &form).await).await
}

/// Adds a kind of record with the fields of a template. Returns its id.
#[server(prefix = "/api", endpoint = "kinds/begin", protocol = Json)]
pub async fn begin_kind(template: KindTemplate) -> Result<OwnKindId> {
    use super::templates;
    crate::settings_draft::commands::write(async |tx| templates::make(tx, template).await).await
}

/// Changes a field; `None` if nothing differs.
#[server(prefix = "/api", endpoint = "fields/change", protocol = Json)]
pub async fn change(id: OwnFieldId, form: OwnFieldForm) -> Result<Option<EventId>> {
    use super::commands;
    crate::settings_draft::commands::write(async |tx| commands::change(tx, id, &form).await).await
}

/// Counts the values that could be converted if the field were changed to the form's type.
#[server(prefix = "/api", endpoint = "fields/preview", protocol = Json)]
pub async fn preview(id: OwnFieldId, form: OwnFieldForm) -> Result<Follows> {
    use super::commands;
    crate::settings_draft::commands::read(async |tx| commands::preview(tx, id, &form).await).await
}

/// Archives a field, or restores it. An archived field is in no form and on no card; its values are kept.
#[server(prefix = "/api", endpoint = "fields/archive", protocol = Json)]
pub async fn archive(id: OwnFieldId, archived: bool) -> Result<Option<EventId>> {
    use super::commands;
    crate::settings_draft::commands::write(async |tx| commands::archive(tx, id, archived).await).await
}

/// Moves a field after another one, or to the first place.
#[server(prefix = "/api", endpoint = "fields/put", protocol = Json)]
pub async fn put(id: OwnFieldId, after: Option<OwnFieldId>) -> Result<Option<EventId>> {
    use super::commands;
    crate::settings_draft::commands::write(async |tx| commands::put_after(tx, id, after).await).await
}
