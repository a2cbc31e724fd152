//! Sessions and sign-in in the database. A session is a random 256-bit token in the cookie and its SHA-256 here, so that a stolen
//! database signs nobody in. Ours rather than tower-sessions': its id is 128 bits kept as it is, and signing out everywhere needs the
//! person in a column; what is left of a library then is the cookie.

use super::model::{FirmFacts, Me, Role, Visit};
use super::{Actor, password};
use crate::error::{Error, Problem, Result};
use crate::i18n::Currency;
use crate::i18n::Locale;
use crate::id::PersonId;
use crate::people::store::org::rights_changed;
use crate::server::db::{Db, Door, Tx};
use crate::server::{clock, sql::Sql};
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest as _, Sha256};

pub mod account;
pub mod links;

/// A session ends when it was not used for so long.
const IDLE: TimeDelta = TimeDelta::days(30);
/// However much it is used, one signs in anew after so long.
const MOST: TimeDelta = TimeDelta::days(180);
/// How often the use of a session is noted.
const NOTED_EVERY: TimeDelta = TimeDelta::hours(1);

/// Random bytes from the operating system.
#[must_use]
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system has random bytes");
    bytes
}

/// What the cookie holds: 64 hex digits.
pub type Token = String;

fn random_token() -> Token {
    random_bytes::<32>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// From where a session is begun, as far as the browser and the network say: for the person's own list of sessions.
#[derive(Clone, Debug, Default)]
pub struct Device {
    pub agent: String,
    pub address: String,
}

fn hashed(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    id: PersonId,
    name: String,
    email: Option<String>,
    role: Role,
    language: Option<Locale>,
    created_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
    firm: String,
    firm_language: Locale,
    currency: Currency,
    time_zone: String,
}

#[derive(sqlx::FromRow)]
struct FirmRow {
    name: String,
    language: Locale,
    currency: Currency,
    time_zone: String,
}

/// A signed-in person, and what their browser is to know.
pub struct SignedIn {
    pub actor: Actor,
    pub visit: Visit,
}

/// Who the cookie belongs to, in the language they chose, else the browser's, else the firm's; `None` for unknown, ended, or the session of somebody deactivated.
///
/// # Errors
/// `Internal` only.
pub async fn find_session(db: &Db, token: &str, speaks: Option<Locale>) -> Result<Option<SignedIn>> {
    let now = clock::now();
    let hash = hashed(token);
    let mut door = db.window().await?;
    let row: Option<SessionRow> = door
        .query(
            "SELECT p.id, u.name, p.email, p.role, p.language, s.seen_at, s.created_at, \
                    f.name AS firm, f.language AS firm_language, f.currency, f.time_zone \
             FROM sessions s JOIN people p ON p.id = s.person_id JOIN units u ON u.id = p.id CROSS JOIN firm f \
             WHERE s.token_hash = $1 AND s.expires_at > $2 AND p.active",
        )
        .bind(hash.clone())
        .bind(now)
        .optional()
        .await?;
    door.commit().await?;
    let Some(row) = row else { return Ok(None) };
    if now - row.seen_at > NOTED_EVERY {
        let until = (now + IDLE).min(row.created_at + MOST);
        let hash = hash.clone();
        db.write_aside(|db| note_use(db, hash, now, until));
    }
    Ok(Some(signed_in(row, hash, speaks)))
}

async fn note_use(db: Db, hash: Vec<u8>, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<()> {
    let mut door = db.door().await?;
    door.query("UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE token_hash = $1")
        .bind(hash)
        .bind(now)
        .bind(until)
        .execute()
        .await?;
    door.commit().await
}

fn signed_in(row: SessionRow, hash: Vec<u8>, speaks: Option<Locale>) -> SignedIn {
    let zone = clock::zone(&row.time_zone);
    let currency = row.currency;
    SignedIn {
        actor: Actor::new(row.id, row.role, zone, currency).in_session(hash),
        visit: Visit {
            locale: row.language.or(speaks).unwrap_or(row.firm_language),
            me: Some(Me { id: row.id, name: row.name, email: row.email.unwrap_or_default(), role: row.role }),
            firm: Some(FirmFacts { name: row.firm, currency, time_zone: row.time_zone }),
            today: clock::today(zone),
            waiting: 0,
            ..Visit::default()
        },
    }
}

/// What a visitor who is not signed in may know: whether there is a firm, its name and its language.
///
/// # Errors
/// `Internal` only.
pub async fn stranger(db: &Db, speaks: Option<Locale>) -> Result<Visit> {
    let mut door = db.window().await?;
    let firm: Option<FirmRow> =
        door.query("SELECT name, language, currency, time_zone FROM firm").optional().await?;
    door.commit().await?;
    let firms_language = firm.as_ref().map(|firm| firm.language);
    let zone = clock::zone(firm.as_ref().map_or("UTC", |firm| &firm.time_zone));
    Ok(Visit {
        locale: speaks.or(firms_language).unwrap_or_default(),
        today: clock::today(zone),
        waiting: 0,
        firm: firm.map(|firm| FirmFacts {
            currency: firm.currency,
            name: firm.name,
            time_zone: firm.time_zone,
        }),
        ..Visit::default()
    })
}

/// Signs in with an address and a password and gives the token of a new session. The answer for a wrong password, an unknown
/// address and a deactivated person is the same, and takes as long.
///
/// # Errors
/// `Invalid` with `WrongSignIn`.
pub async fn sign_in(db: &Db, email: &str, typed: &str, device: &Device) -> Result<Token> {
    let mut door = db.window().await?;
    let found: Option<(PersonId, Option<String>)> = door
        .query("SELECT id, password_hash FROM people WHERE email = $1 AND active")
        .bind(email.trim().to_lowercase())
        .optional()
        .await?;
    door.commit().await?;
    let hash = found.as_ref().and_then(|(_, hash)| hash.clone());
    let right = password::verify(typed, hash).await?;
    match found {
        Some((person, _)) if right => begin_session(db, person, device).await,
        _ => Err(Error::invalid("password", Problem::WrongSignIn)),
    }
}

/// A new session, with a new id, for somebody who has just proved who they are.
///
/// # Errors
/// `Internal` only.
pub async fn begin_session(db: &Db, person: PersonId, device: &Device) -> Result<Token> {
    let mut door = db.door().await?;
    let token = begin(&mut door, person, device).await?;
    door.commit().await?;
    Ok(token)
}

async fn begin(door: &mut Door, person: PersonId, device: &Device) -> Result<Token> {
    let token = random_token();
    let now = clock::now();
    door.query("DELETE FROM sessions WHERE expires_at < $1").bind(now).execute().await?;
    door.query(
        "INSERT INTO sessions (token_hash, person_id, created_at, seen_at, expires_at, agent, address) \
         VALUES ($1, $2, $3, $3, $4, $5, $6)",
    )
    .bind(hashed(&token))
    .bind(person)
    .bind(now)
    .bind(now + IDLE)
    .bind(device.agent.clone())
    .bind(device.address.clone())
    .execute()
    .await?;
    Ok(token)
}

/// Ends one session.
///
/// # Errors
/// `Internal` only.
pub async fn sign_out(db: &Db, token: &str) -> Result<()> {
    let mut door = db.door().await?;
    door.query("DELETE FROM sessions WHERE token_hash = $1").bind(hashed(token)).execute().await?;
    rights_changed(&mut door).await?;
    door.commit().await
}

/// Ends every session of the person.
///
/// # Errors
/// `Internal` only.
pub async fn sign_out_everywhere(db: &Db, person: PersonId) -> Result<()> {
    let mut door = db.door().await?;
    links::end_sessions(&mut door, person).await?;
    door.commit().await
}

/// The person as whom the command line acts: the named one, or the firm's first owner.
///
/// # Errors
/// `NotFound` when there is no such person or no firm yet.
pub async fn at_the_command_line(db: &Db, email: Option<&str>) -> Result<Actor> {
    let mut door = db.window().await?;
    let sql = Sql::new(
        "SELECT p.id, p.role, f.time_zone, f.currency FROM people p CROSS JOIN firm f WHERE p.active",
    )
    .when(email.is_some(), "AND p.email = $1")
    .when(email.is_none(), "AND p.role = $1")
    .and("ORDER BY p.created_at, p.id LIMIT 1");
    let row: Option<(PersonId, Role, String, Currency)> = door
        .query(sql)
        .bind(email.map_or_else(|| "owner".to_owned(), |email| email.trim().to_lowercase()))
        .optional()
        .await?;
    door.commit().await?;
    let (id, role, zone, currency) = row.ok_or(Error::NotFound)?;
    Ok(Actor::new(id, role, clock::zone(&zone), currency))
}

/// Asks once more who asks, in the transaction that is going to write: a request can take long to arrive, and rights end at once.
///
/// # Errors
/// `Unauthenticated` when the session has ended, the person was deactivated or has another role by now.
pub async fn still_stands(tx: &mut Tx) -> Result<()> {
    let (role, session) = (tx.actor().role, tx.actor().session());
    let sql = Sql::new("SELECT role FROM people WHERE id = $1 AND active").when(
        session.is_some(),
        "AND EXISTS (SELECT 1 FROM sessions WHERE token_hash = $2 AND person_id = $1)",
    );
    let query = tx.query(sql);
    let now: Option<(Role,)> = match session {
        Some(hash) => query.bind(hash).optional().await?,
        None => query.optional().await?,
    };
    if now == Some((role,)) { Ok(()) } else { Err(Error::Unauthenticated) }
}

/// When the person asking signed in to this session.
///
/// # Errors
/// `Internal` only.
pub async fn signed_in_at(tx: &mut Tx, token: &str) -> Result<Option<DateTime<Utc>>> {
    let found: Option<(DateTime<Utc>,)> = tx
        .query("SELECT created_at FROM sessions WHERE token_hash = $2 AND person_id = $1")
        .bind(hashed(token))
        .optional()
        .await?;
    Ok(found.map(|(at,)| at))
}
