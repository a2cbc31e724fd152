//! One-time links: whoever holds one can set the password of one person, once, within seven days. The link is a random
//! 256-bit token; the database holds only its SHA-256, so that nobody gets in with a stolen database. Who may make a
//! link is decided in `people::rules`.

use super::{Device, Entry, at_the_command_line, begin, devices, hashed, random_token};
use crate::auth::model::Guest;
use crate::auth::{Actor, password};
use crate::error::{Error, Result};
use crate::i18n::{Currency, Locale};
use crate::id::PersonId;
use crate::journal::model::{Fields, What};
use crate::people::rules::Act;
use crate::people::store::address::whose;
use crate::people::store::org::{self, rights_changed};
use crate::people::store::record::on_record;
use crate::server::clock;
use crate::server::db::{Db, SystemTx, Tx};
use chrono::TimeDelta;

const LASTS: TimeDelta = TimeDelta::days(7);

/// Makes a link for that person and returns its path, which is shown once. An earlier link ends.
///
/// # Errors
/// `Internal` only.
pub async fn make(tx: &mut Tx, person: PersonId) -> Result<String> {
    let token = random_token();
    let maker = tx.actor().id;
    let system = tx.unscoped();
    end_for(system, person).await?;
    system.query("DELETE FROM links WHERE expires_at < $1").bind(clock::now()).execute().await?;
    system
        .query("INSERT INTO links (token_hash, person_id, made_by, expires_at) VALUES ($1, $2, $3, $4)")
        .bind(hashed(&token))
        .bind(person)
        .bind(maker)
        .bind(clock::now() + LASTS)
        .execute()
        .await?;
    Ok(format!("/join/{token}"))
}

/// The person that the link is for; `None` for unknown, used and expired links, and for one that its maker would no
/// longer be allowed to make.
///
/// # Errors
/// `Internal` only.
pub async fn guest(db: &Db, token: &str) -> Result<Option<Guest>> {
    let mut system = db.read_system().await?;
    let found: Option<(PersonId, PersonId, String, Option<String>, bool)> = system
        .query(
            "SELECT l.made_by, p.id, u.name, p.email, p.password_hash IS NOT NULL \
             FROM links l JOIN people p ON p.id = l.person_id JOIN units u ON u.id = p.id \
             WHERE l.token_hash = $1 AND l.expires_at > $2 AND p.active",
        )
        .bind(hashed(token))
        .bind(clock::now())
        .optional()
        .await?;
    let Some((maker, person, name, email, known)) = found else { return Ok(None) };
    let stands = stands(&mut system, maker, person).await?;
    Ok(stands.then(|| Guest { name, email: email.unwrap_or_default(), known }))
}

/// Whether the maker of the link would still be allowed to make it: the rights or places of both may have changed.
async fn stands(system: &mut SystemTx, maker: PersonId, person: PersonId) -> Result<bool> {
    Ok(org::load(system).await?.after(maker, &Act::Link { who: person }).is_ok())
}

/// Uses the link: sets the password, ends every older session of the person, begins a new one.
///
/// # Errors
/// `NotFound` for a link that does not exist or no longer works; the errors of `password::hash`.
pub async fn join(db: &Db, token: &str, typed: &str, device: &Device) -> Result<Entry> {
    // Hashing is slow on purpose, so it is not done for a link that does not exist.
    guest(db, token).await?.ok_or(Error::NotFound)?;
    let hash = password::hash(typed).await?;
    let mut system = db.write_system().await?;
    let used: Option<(PersonId, PersonId)> = system
        .query("DELETE FROM links WHERE token_hash = $1 AND expires_at > $2 RETURNING made_by, person_id")
        .bind(hashed(token))
        .bind(clock::now())
        .optional()
        .await?;
    let (maker, person) = used.ok_or(Error::NotFound)?;
    if !stands(&mut system, maker, person).await? {
        return Err(Error::NotFound);
    }
    let mut tx = acting(system, person).await?;
    let what = if set_password(&mut tx, person, hash).await? { What::PasswordSet } else { What::Joined };
    on_record(&mut tx, person, what, (Fields::new(), Fields::new()), None).await?;
    let session = begin(tx.unscoped(), person, device).await?;
    db.commit(tx).await?;
    Ok(session)
}

/// The transaction, continued as that person, if they are active.
async fn acting(mut system: SystemTx, person: PersonId) -> Result<Tx> {
    let row: Option<(crate::auth::model::Role, String, Currency, Locale)> = system
        .query(
            "SELECT p.role, f.time_zone, f.currency, f.language FROM people p CROSS JOIN firm f \
             WHERE p.id = $1 AND p.active",
        )
        .bind(person)
        .optional()
        .await?;
    let (role, zone, currency, locale) = row.ok_or(Error::NotFound)?;
    Ok(system.acting_as(Actor::new(person, role, clock::zone(&zone), currency, locale)))
}

/// Writes the password and ends everything that could still let somebody in with older knowledge (sessions, links,
/// known devices). Returns whether there was a password before. Every change of a password goes through here.
///
/// # Errors
/// `Internal` only.
pub async fn set_password(tx: &mut Tx, person: PersonId, hash: String) -> Result<bool> {
    let system = tx.unscoped();
    let (known,): (bool,) =
        system.query("SELECT password_hash IS NOT NULL FROM people WHERE id = $1").bind(person).one().await?;
    system
        .query("UPDATE people SET password_hash = $2, version = version + 1 WHERE id = $1")
        .bind(person)
        .bind(hash)
        .execute()
        .await?;
    end_sessions(system, person).await?;
    end_for(system, person).await?;
    devices::forget(system, person, None).await?;
    Ok(known)
}

/// Sets a new password from the command line; the event names the firm's first owner as its author.
///
/// # Errors
/// `NotFound` for an unknown address; the errors of `password::hash`.
pub async fn reset_password(db: &Db, email: &str, typed: &str) -> Result<()> {
    let hash = password::hash(typed).await?;
    let mut system = db.write_system().await?;
    let person = whose(&mut system, email, true).await?.ok_or(Error::NotFound)?;
    drop(system);
    let actor = match at_the_command_line(db, None).await {
        // When all owners have left, this command must still work: the person whose password it is acts.
        Err(Error::NotFound) => acting(db.write_system().await?, person).await?.actor().clone(),
        actor => actor?,
    };
    let mut tx = db.write(actor).await?;
    set_password(&mut tx, person, hash).await?;
    on_record(&mut tx, person, What::PasswordSet, (Fields::new(), Fields::new()), None).await?;
    db.commit(tx).await
}

/// Ends every session of that person; their open streams close within a second.
///
/// # Errors
/// `Internal` only.
pub async fn end_sessions(system: &mut SystemTx, person: PersonId) -> Result<()> {
    system.query("DELETE FROM sessions WHERE person_id = $1").bind(person).execute().await?;
    rights_changed(system).await
}

/// Ends every link for that person.
///
/// # Errors
/// `Internal` only.
pub async fn end_for(system: &mut SystemTx, person: PersonId) -> Result<()> {
    system.query("DELETE FROM links WHERE person_id = $1").bind(person).execute().await?;
    Ok(())
}

/// Ends every link for that person and every link they made for others, and forgets their known devices.
///
/// # Errors
/// `Internal` only.
pub async fn end_all(system: &mut SystemTx, person: PersonId) -> Result<()> {
    system.query("DELETE FROM links WHERE person_id = $1 OR made_by = $1").bind(person).execute().await?;
    devices::forget(system, person, None).await
}
