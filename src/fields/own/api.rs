//! The firm's own fields for the browser of its owner. Each function is one line of the commands.

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

/// The fields of that kind of record, with those that are archived.
#[server(prefix = "/api", endpoint = "fields/list", protocol = Json)]
pub async fn list(of: FieldsOf) -> Result<OwnFieldsPage> {
    use super::commands;
    crate::settings_draft::commands::read(async |tx| commands::list(tx, of).await).await
}

/// The best few for what was typed in a field that leads to such records; without a kind, to somebody of the firm.
#[server(prefix = "/api", endpoint = "fields/choices", protocol = Json)]
pub async fn choices(of: Option<FieldsOf>, search: String) -> Result<Vec<Pick>> {
    use super::store::choices;
    crate::server::read(async |tx| choices::choices(tx, of, &search).await).await
}

/// A new field, at the end.
#[server(prefix = "/api", endpoint = "fields/add", protocol = Json)]
pub async fn add(form: OwnFieldForm) -> Result<OwnFieldId> {
    use super::commands;
    crate::settings_draft::commands::write(async |tx| commands::add(tx, &form).await).await
}

/// A new kind of record with its fields, as the template has them.
#[server(prefix = "/api", endpoint = "kinds/begin", protocol = Json)]
pub async fn begin_kind(template: KindTemplate) -> Result<OwnKindId> {
    use super::templates;
    crate::settings_draft::commands::write(async |tx| templates::make(tx, template).await).await
}

/// Changes a field; `None` where there was nothing to change.
#[server(prefix = "/api", endpoint = "fields/change", protocol = Json)]
pub async fn change(id: OwnFieldId, form: OwnFieldForm) -> Result<Option<EventId>> {
    use super::commands;
    crate::settings_draft::commands::write(async |tx| commands::change(tx, id, &form).await).await
}

/// How the values of a field would follow it, were it as the form has it.
#[server(prefix = "/api", endpoint = "fields/preview", protocol = Json)]
pub async fn preview(id: OwnFieldId, form: OwnFieldForm) -> Result<Follows> {
    use super::commands;
    crate::settings_draft::commands::read(async |tx| commands::preview(tx, id, &form).await).await
}

/// Takes a field out of forms and off cards, or puts it back. Its values stay.
#[server(prefix = "/api", endpoint = "fields/archive", protocol = Json)]
pub async fn archive(id: OwnFieldId, archived: bool) -> Result<Option<EventId>> {
    use super::commands;
    crate::settings_draft::commands::write(async |tx| commands::archive(tx, id, archived).await).await
}

/// Puts a field behind another one, or first.
#[server(prefix = "/api", endpoint = "fields/put", protocol = Json)]
pub async fn put(id: OwnFieldId, after: Option<OwnFieldId>) -> Result<Option<EventId>> {
    use super::commands;
    crate::settings_draft::commands::write(async |tx| commands::put_after(tx, id, after).await).await
}
