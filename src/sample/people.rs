//! The made-up salespeople of a sample firm: two teams, each under a manager. They have no password, so nobody can sign
//! in as them.

use super::words::TEAMS;
use crate::auth::Actor;
use crate::auth::model::{Permission, Role};
use crate::error::{Error, Result};
use crate::i18n::fold::search_key;
use crate::import::store::units_now;
use crate::people::store::{NewPerson, add_person, group, rebuild_reach, root};
use crate::server::db::Db;

/// Adds them to a firm that has only its owner; does nothing otherwise.
///
/// # Errors
/// `Forbidden` for anybody but an owner.
pub async fn people(db: &Db, actor: Actor) -> Result<()> {
    actor.must(Permission::Administer)?;
    let mut tx = db.read(actor).await?;
    let people = units_now(&mut tx).await?.iter().filter(|unit| unit.role.is_some()).count();
    drop(tx);
    if people > 1 {
        return Ok(());
    }
    let mut system = db.write_system().await?;
    let firm = root(&mut system).await?.ok_or(Error::NotFound)?;
    for (team, names) in TEAMS {
        let under = group(&mut system, firm, team).await?;
        for (at, name) in names.iter().enumerate() {
            let role = if at == 0 { Role::Manager } else { Role::Salesperson };
            let email = format!("{}@ornek.example", search_key(name).replace(' ', "."));
            let person = NewPerson {
                name: (*name).to_owned(),
                email: Some(email),
                role,
                sees: None,
                password: None,
                under: Some(under),
            };
            add_person(&mut system, person).await?;
        }
    }
    rebuild_reach(&mut system).await?;
    system.commit().await
}
