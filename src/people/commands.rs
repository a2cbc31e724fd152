//! From a form to the store: shared by the server functions and the plain forms.

use super::input::{PersonForm, group_name};
use super::model::{Invited, PersonFacts};
use super::store::address::look_of;
use super::store::{changes, groups};
use crate::error::{Error, Problem, Result};
use crate::id::{EventId, PersonId, UnitId};
use crate::journal::conflict::Seen;
use crate::server::db::Tx;

/// Adds the person of the form and returns their link to join.
///
/// # Errors
/// `Invalid` with every problem; the errors of `people::rules`.
pub async fn invite(tx: &mut Tx, form: &PersonForm) -> Result<Invited> {
    let typed = form.parse().map_err(Error::Invalid)?;
    let email = typed.email.ok_or_else(|| Error::invalid("email", Problem::Required))?;
    changes::invite(tx, &typed.name, &email, typed.seating).await
}

/// Changes the person to what the form says; `None` where nothing differs.
///
/// # Errors
/// `Invalid` with every problem; `Conflict` when somebody changed them since; the errors of `people::rules`.
pub async fn change(tx: &mut Tx, id: PersonId, form: &PersonForm) -> Result<Option<EventId>> {
    let seen = Seen::read(&form.version, &form.over)?;
    let typed = form.parse().map_err(Error::Invalid)?;
    let (now, _) = changes::facts_of(tx, id).await?;
    if now.email.is_some() && typed.email.is_none() {
        return Err(Error::invalid("email", Problem::Required));
    }
    let look = |email: &Option<String>| email.as_deref().map(look_of);
    if id == tx.actor().id && look(&now.email) != look(&typed.email) {
        // People change their own address in their profile, where the password is asked for.
        return Err(Error::Forbidden);
    }
    let new = |now: &PersonFacts| PersonFacts {
        name: typed.name,
        email: typed.email,
        role: typed.seating.role,
        sees: typed.seating.sees,
        under_id: typed.seating.under,
        ..now.clone()
    };
    changes::change(tx, id, Some(seen), new).await
}

/// Adds a group of that name.
///
/// # Errors
/// `Invalid` for the name; the errors of `people::rules`.
pub async fn add_group(tx: &mut Tx, name: &str, under: UnitId) -> Result<UnitId> {
    let name = group_name(name).map_err(Error::Invalid)?;
    groups::add(tx, &name, under).await
}

/// Renames a group.
///
/// # Errors
/// `Invalid` for the name; the errors of `people::rules`.
pub async fn rename_group(tx: &mut Tx, unit: UnitId, name: &str) -> Result<Option<EventId>> {
    let name = group_name(name).map_err(Error::Invalid)?;
    groups::rename(tx, unit, &name).await
}
