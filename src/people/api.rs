//! The firm's people for the browser: the tree in reach and changes to it, the firm itself, one's own account. Each
//! function calls the store as the person asking; what that person may do is decided in `people::rules`.

use super::input::{FirmForm, PersonForm, ProfileForm};
use super::model::{Handed, Invited, OwnerChoice, PersonCard, SeatChoices, TreeNode};
use crate::error::Result;
use crate::i18n::Locale;
use crate::id::{EventId, PersonId, UnitId};
use crate::wire::Json;
use leptos::prelude::*;

/// The part of the organisation tree the person may see.
#[server(prefix = "/api", endpoint = "people/tree", protocol = Json)]
pub async fn tree() -> Result<Vec<TreeNode>> {
    crate::server::read(async |tx| super::store::tree(tx).await).await
}

/// Everyone and every group a record can be given to.
#[server(prefix = "/api", endpoint = "people/owners", protocol = Json)]
pub async fn owners() -> Result<Vec<OwnerChoice>> {
    crate::server::read(async |tx| super::store::owner_choices(tx).await).await
}

/// Sets the language in which the person wants the pages.
#[server(prefix = "/api", endpoint = "people/speak", protocol = Json)]
pub async fn speak(language: Locale) -> Result<()> {
    use super::store::firm;
    use crate::auth::model::Permission;
    crate::server::write(Permission::OwnAccount, async |tx| firm::speak(tx, language).await).await
}

/// Changes one's own name, address and language; changing the address needs the current password.
#[server(prefix = "/api", endpoint = "auth/profile", protocol = Json)]
pub async fn profile(form: ProfileForm) -> Result<Option<EventId>> {
    use crate::auth::forms;
    crate::server::request::public(async |app, caller| forms::change_profile(app, caller, &form).await).await
}

/// The form of the firm, filled in, for its owner.
#[server(prefix = "/api", endpoint = "people/firm", protocol = Json)]
pub async fn firm() -> Result<FirmForm> {
    use super::store::firm;
    crate::server::read(async |tx| firm::draft(tx).await).await
}

/// Changes the firm; `None` where there was nothing to change.
#[server(prefix = "/api", endpoint = "people/change_firm", protocol = Json)]
pub async fn change_firm(form: FirmForm) -> Result<Option<EventId>> {
    use super::store::firm;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Administer, async |tx| firm::change(tx, &form).await).await
}

/// One person, as shown to somebody who leads them.
#[server(prefix = "/api", endpoint = "people/person", protocol = Json)]
pub async fn person(id: PersonId) -> Result<PersonCard> {
    use super::store::card;
    crate::server::read(async |tx| card::card(tx, id).await).await
}

/// The roles, groups and reaches that can be chosen for a new person.
#[server(prefix = "/api", endpoint = "people/choices", protocol = Json)]
pub async fn choices() -> Result<SeatChoices> {
    use super::store::card;
    crate::server::read(async |tx| card::choices_for_new(tx).await).await
}

/// Adds a person and returns the link with which they join.
#[server(prefix = "/api", endpoint = "people/invite", protocol = Json)]
pub async fn invite(form: PersonForm) -> Result<Invited> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::LeadPeople, async |tx| commands::invite(tx, &form).await).await
}

/// Changes a person; `None` where there was nothing to change.
#[server(prefix = "/api", endpoint = "people/change", protocol = Json)]
pub async fn change(id: PersonId, form: PersonForm) -> Result<Option<EventId>> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::LeadPeople, async |tx| commands::change(tx, id, &form).await).await
}

/// Makes another link for somebody: to join, or to set a new password.
#[server(prefix = "/api", endpoint = "people/link", protocol = Json)]
pub async fn link(id: PersonId) -> Result<Invited> {
    use super::store::changes;
    use crate::auth::model::Permission;
    crate::server::write(Permission::LeadPeople, async |tx| changes::link(tx, id).await).await
}

/// Deactivates or activates somebody's account.
#[server(prefix = "/api", endpoint = "people/set_active", protocol = Json)]
pub async fn set_active(id: PersonId, active: bool) -> Result<Option<EventId>> {
    use super::store::card;
    use crate::auth::model::Permission;
    crate::server::write(Permission::LeadPeople, async |tx| card::set_active(tx, id, active).await).await
}

/// Hands all records of somebody over.
#[server(prefix = "/api", endpoint = "people/hand_over", protocol = Json)]
pub async fn hand_over(id: PersonId, to: UnitId) -> Result<Handed> {
    use super::store::hand_over;
    use crate::auth::model::Permission;
    crate::server::write(Permission::LeadPeople, async |tx| hand_over::hand_over(tx, id, to).await).await
}

/// Moves a person or a group under another group.
#[server(prefix = "/api", endpoint = "people/put", protocol = Json)]
pub async fn put(unit: UnitId, under: UnitId) -> Result<Option<EventId>> {
    use super::store::groups;
    use crate::auth::model::Permission;
    crate::server::write(Permission::LeadPeople, async |tx| groups::put(tx, unit, under).await).await
}

/// Adds a group.
#[server(prefix = "/api", endpoint = "people/add_group", protocol = Json)]
pub async fn add_group(name: String, under: UnitId) -> Result<UnitId> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::LeadPeople, async |tx| commands::add_group(tx, &name, under).await).await
}

/// Renames a group.
#[server(prefix = "/api", endpoint = "people/rename_group", protocol = Json)]
pub async fn rename_group(unit: UnitId, name: String) -> Result<Option<EventId>> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::LeadPeople, async |tx| commands::rename_group(tx, unit, &name).await)
        .await
}

/// Deletes an empty group.
#[server(prefix = "/api", endpoint = "people/delete_group", protocol = Json)]
pub async fn delete_group(unit: UnitId) -> Result<Option<EventId>> {
    use super::store::groups;
    use crate::auth::model::Permission;
    crate::server::write(Permission::LeadPeople, async |tx| groups::delete(tx, unit).await).await
}
