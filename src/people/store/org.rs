//! Reads the whole organisation (some hundred rows), as `people::rules` needs it. Whoever wants to change it must lock
//! it first, so that two owners can't deactivate each other at the same instant.

use crate::auth::model::{Role, Sees};
use crate::error::Result;
use crate::id::{PersonId, UnitId};
use crate::people::rules::{Org, Seat};
use crate::server::db::{SystemTx, Tx};

/// Counts a change of rights: open streams then check their session and read again what is in reach.
///
/// # Errors
/// `Internal` only.
pub async fn rights_changed(system: &mut SystemTx) -> Result<()> {
    system.query("UPDATE rights SET changes = changes + 1").execute().await?;
    Ok(())
}

/// The present organisation, to read only.
///
/// # Errors
/// `Internal` only.
pub async fn load(system: &mut SystemTx) -> Result<Org> {
    let units: Vec<(UnitId, Option<UnitId>)> = system.query("SELECT id, parent_id FROM units").all().await?;
    let people: Vec<(PersonId, Role, Sees, bool, bool)> =
        system.query("SELECT id, role, sees, active, password_hash IS NOT NULL FROM people").all().await?;
    let seats = people
        .into_iter()
        .map(|(id, role, sees, active, joined)| (id, Seat { role, sees, active, joined }))
        .collect();
    Ok(Org { parents: units.into_iter().collect(), seats })
}

/// The organisation, locked against other changes until the end of the transaction.
///
/// # Errors
/// `Internal` only.
pub async fn take(tx: &mut Tx) -> Result<Org> {
    tx.lock("UPDATE rights SET changes = changes + 1").execute().await?;
    load(tx.unscoped()).await
}
