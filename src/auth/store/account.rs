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

/// The public name of a session, shown to its owner: the start of the token's hash, with which nobody can sign in.
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

/// The person's own sessions, the most recently used first; `token` is that of the session they ask with.
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

/// Ends one of the person's own sessions, or without a name all but the one they ask with. Signing out changes no
/// record, so it makes no event.
///
/// `NotFound` for a session that is not theirs.
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

/// Proof that the person asking knows their password. Holds the hash that the password was checked against.
pub struct Proof(Option<String>);

/// Checks the current password, which was typed in that field.
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
    /// Whether the password is still the same in the transaction that uses the proof. Else, of two changes of the
    /// password at the same time, the second would overwrite the first.
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

/// Sets a new password. All sessions end; the person goes on in a new one.
///
/// # Errors
/// As [`Proof::holds`]; the errors of `password::hash` for the new one.
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
