//! One's own account: the password and the sessions. Name and language are facts of the person and stand in
//! `people::store`.

use super::links::set_password;
use super::{Device, Entry, begin, hashed};
use crate::auth::Actor;
use crate::auth::model::{SessionLine, device_name};
use crate::auth::password;
use crate::auth::throttle::{Guess, Throttle};
use crate::error::{Error, Problem, Result};
use crate::journal::model::{Fields, What};
use crate::people::store::org::rights_changed;
use crate::people::store::record::on_record;
use crate::server::clock;
use crate::server::db::{Db, Tx};
use chrono::{DateTime, Utc};

#[derive(sqlx::FromRow)]
struct Row {
    token_hash: Vec<u8>,
    agent: String,
    address: String,
    created_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
}

/// What names a session to its own person: the start of the token's hash, which opens nothing.
fn name_of(hash: &[u8]) -> String {
    hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

async fn rows(tx: &mut Tx) -> Result<Vec<Row>> {
    Ok(tx
        .everyones(
            "SELECT token_hash, agent, address, created_at, seen_at FROM sessions \
             WHERE person_id = $1 AND expires_at > $2 ORDER BY seen_at DESC, created_at DESC",
        )
        .bind(clock::now())
        .all()
        .await?)
}

/// The person's own sessions, the latest used first; `token` is the one they ask with.
///
/// # Errors
/// `Internal` only.
pub async fn sessions(tx: &mut Tx, token: &str) -> Result<Vec<SessionLine>> {
    let (zone, this) = (tx.actor().zone, hashed(token));
    let lines = rows(tx).await?.into_iter().map(|row| SessionLine {
        id: name_of(&row.token_hash),
        device: device_name(&row.agent),
        address: row.address,
        begun: clock::local(row.created_at, zone),
        seen: clock::local(row.seen_at, zone),
        this: row.token_hash == this,
    });
    Ok(lines.collect())
}

/// Ends one of the person's own sessions, or with no name all but the one they ask with. Signing out is no change of a
/// record: no event.
///
/// # Errors
/// `NotFound` for one that is none of theirs.
pub async fn end(db: &Db, actor: Actor, token: &str, named: Option<&str>) -> Result<()> {
    let mut tx = db.read(actor.clone()).await?;
    let mut ended = rows(&mut tx).await?;
    drop(tx);
    let this = hashed(token);
    ended.retain(|row| match named {
        Some(name) => name_of(&row.token_hash) == name,
        None => row.token_hash != this,
    });
    if named.is_some() && ended.is_empty() {
        return Err(Error::NotFound);
    }
    let mut system = db.write_system().await?;
    for row in ended {
        system.query("DELETE FROM sessions WHERE token_hash = $1").bind(row.token_hash).execute().await?;
    }
    rights_changed(&mut system).await?;
    system.commit().await
}

/// That the person asking knows their password: what it was then.
pub struct Proof(Option<String>);

/// Asks for the current password, typed in that field.
///
/// # Errors
/// `TooMany`; `Invalid` at the field: `Required`, or `WrongPassword`.
pub async fn prove(db: &Db, throttle: &Throttle, actor: Actor, field: &str, typed: &str) -> Result<Proof> {
    if typed.is_empty() {
        return Err(Error::invalid(field, Problem::Required));
    }
    throttle.count(Guess::Current(actor.id), None)?;
    let known = known_hash(&mut db.read(actor).await?).await?;
    if password::verify(typed, known.clone()).await? {
        Ok(Proof(known))
    } else {
        Err(Error::invalid(field, Problem::WrongPassword))
    }
}

async fn known_hash(tx: &mut Tx) -> Result<Option<String>> {
    let found: Option<(Option<String>,)> =
        tx.everyones("SELECT password_hash FROM people WHERE id = $1 AND active").optional().await?;
    found.map(|(hash,)| hash).ok_or(Error::Unauthenticated)
}

impl Proof {
    /// Whether it still holds where it is used: of two at once, each with the same password, the second would undo the
    /// first.
    ///
    /// # Errors
    /// `Invalid` with `WrongPassword` at the field.
    pub async fn holds(&self, tx: &mut Tx, field: &str) -> Result<()> {
        if known_hash(tx).await? == self.0 {
            Ok(())
        } else {
            Err(Error::invalid(field, Problem::WrongPassword))
        }
    }
}

/// A new password in the place of the current one. All sessions end; the person goes on in a new one.
///
/// # Errors
/// As [`Proof::holds`]; what `password::hash` says of the new one.
pub async fn change_password(
    db: &Db,
    actor: Actor,
    proof: Proof,
    typed: &str,
    device: &Device,
) -> Result<Entry> {
    let person = actor.id;
    let hash = password::hash(typed).await?;
    let mut tx = db.write(actor).await?;
    proof.holds(&mut tx, "current").await?;
    set_password(&mut tx, person, hash).await?;
    on_record(&mut tx, person, What::PasswordSet, (Fields::new(), Fields::new()), None).await?;
    let entry = begin(tx.unscoped(), person, device).await?;
    db.commit(tx).await?;
    Ok(entry)
}
