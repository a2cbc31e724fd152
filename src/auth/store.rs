//! Sessions and sign-in in the database. The session cookie holds a random 256-bit token, the database only its
//! SHA-256, so that nobody can sign in with a stolen database. Not built on tower-sessions: its ids have 128 bits and
//! are stored as they are, signing out everywhere needs the person in a column, and little but the cookie would be left
//! of the library.

use super::model::{FirmFacts, Me, Role, Visit};
use super::throttle::Guess;
use super::{Actor, password};
use crate::error::{Error, Problem, Result};
use crate::i18n::{Currency, Locale};
use crate::id::PersonId;
use crate::people::store::address::whose;
use crate::people::store::org::rights_changed;
use crate::server::db::{Db, SystemTx, Tx};
use crate::server::{clock, sql::Sql};
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest as _, Sha256};

pub mod account;
pub mod devices;
pub mod links;

/// A session that was not used for this long ends.
const IDLE: TimeDelta = TimeDelta::days(30);
/// A session ends after this long, however much it is used.
const MOST: TimeDelta = TimeDelta::days(180);
/// The use of a session is written at most this often.
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

/// Where a session was begun, as far as the browser and the network tell; shown in the person's list of sessions.
#[derive(Clone, Debug, Default)]
pub struct Device {
    pub agent: String,
    pub address: String,
    /// The token of the known device, if the browser has one from an earlier sign-in.
    pub known: Option<Token>,
}

/// What a browser keeps after signing in.
pub struct Entry {
    pub session: Token,
    /// The token by which the browser is a known device from now on.
    pub device: Token,
}

impl Entry {
    /// How many seconds the session lasts if it is not used.
    pub const SECONDS: i64 = IDLE.num_seconds();
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
    created_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
}

/// The person whose session this is. The language is the one they chose, else the browser's, else the firm's. `None`
/// for a session that is unknown or has ended, or whose person was deactivated.
///
/// # Errors
/// `Internal` only.
pub async fn find_session(db: &Db, token: &str, speaks: Option<Locale>) -> Result<Option<SignedIn>> {
    let now = clock::now();
    let hash = hashed(token);
    let mut system = db.read_system().await?;
    let row: Option<SessionRow> = system
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
    system.commit().await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(signed_in(row, hash, speaks)))
}

/// Notes that the session was used, unless that was noted a short while ago. Returns how many seconds the session lasts
/// from now, which is also how long the browser is to keep its cookie. The request does not wait for the note; if it
/// fails, the next request notes the use.
pub fn note_use(db: &Db, token: &str, known: &SignedIn) -> Option<i64> {
    let now = clock::now();
    if now - known.seen_at <= NOTED_EVERY {
        return None;
    }
    let until = (now + IDLE).min(known.created_at + MOST);
    let hash = hashed(token);
    db.write_aside(|db| note(db, hash, now, until));
    Some((until - now).num_seconds())
}

async fn note(db: Db, hash: Vec<u8>, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<()> {
    let mut system = db.write_system().await?;
    system
        .query("UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE token_hash = $1")
        .bind(hash)
        .bind(now)
        .bind(until)
        .execute()
        .await?;
    system.commit().await
}

fn signed_in(row: SessionRow, hash: Vec<u8>, speaks: Option<Locale>) -> SignedIn {
    let zone = clock::zone(&row.time_zone);
    let currency = row.currency;
    let locale = row.language.or(speaks).unwrap_or(row.firm_language);
    let (today, seconds_left) = clock::day(clock::now(), zone);
    SignedIn {
        actor: Actor::new(row.id, row.role, zone, currency, locale).in_session(hash),
        visit: Visit {
            locale,
            me: Some(Me { id: row.id, name: row.name, email: row.email.unwrap_or_default(), role: row.role }),
            firm: Some(FirmFacts { name: row.firm, currency, time_zone: row.time_zone }),
            today,
            seconds_left,
            ..Visit::default()
        },
        created_at: row.created_at,
        seen_at: row.seen_at,
    }
}

/// What a visitor who is not signed in may know: whether there is a firm, its name and its language.
///
/// # Errors
/// `Internal` only.
pub async fn stranger(db: &Db, speaks: Option<Locale>) -> Result<Visit> {
    let mut system = db.read_system().await?;
    let firm: Option<FirmRow> =
        system.query("SELECT name, language, currency, time_zone FROM firm").optional().await?;
    system.commit().await?;
    let firms_language = firm.as_ref().map(|firm| firm.language);
    let zone = clock::zone(firm.as_ref().map_or("UTC", |firm| &firm.time_zone));
    Ok(Visit {
        locale: speaks.or(firms_language).unwrap_or_default(),
        today: clock::today(zone),
        firm: firm.map(|firm| FirmFacts {
            currency: firm.currency,
            name: firm.name,
            time_zone: firm.time_zone,
        }),
        ..Visit::default()
    })
}

/// The account that belongs to an e-mail address, if there is one.
pub struct Account {
    person: Option<PersonId>,
    hash: Option<String>,
    known_device: bool,
}

impl Account {
    /// How tries for it are counted: in a known device of the person apart from everybody else's tries.
    #[must_use]
    pub fn guess<'t>(&self, email: &'t str, device: &'t Device) -> Guess<'t> {
        match (self.person, &device.known) {
            (Some(person), Some(token)) if self.known_device => Guess::KnownDevice(person, token),
            (Some(person), _) => Guess::SignIn(person),
            (None, _) => Guess::Nobody(email),
        }
    }

    #[must_use]
    pub fn known_device(&self) -> bool {
        self.known_device
    }
}

/// # Errors
/// `Internal` only.
pub async fn account(db: &Db, email: &str, device: &Device) -> Result<Account> {
    let mut system = db.read_system().await?;
    let person = whose(&mut system, email, false).await?;
    let found: Option<(PersonId, Option<String>, bool)> = system
        .query(
            "SELECT id, password_hash, \
                    EXISTS (SELECT 1 FROM devices d WHERE d.person_id = people.id AND d.token_hash = $2) \
             FROM people WHERE id = $1 AND active",
        )
        .bind(person)
        .bind(device.known.as_deref().map(hashed).unwrap_or_default())
        .optional()
        .await?;
    system.commit().await?;
    let (person, hash, known_device) =
        found.map_or((None, None, false), |(person, hash, known)| (Some(person), hash, known));
    Ok(Account { person, hash, known_device })
}

/// Signs in with a password. The answer for a wrong password, an unknown address and a deactivated person is the same,
/// and takes as long.
///
/// # Errors
/// `Invalid` with `WrongSignIn`.
pub async fn sign_in(db: &Db, account: Account, typed: &str, device: &Device) -> Result<Entry> {
    let right = password::verify(typed, account.hash).await?;
    match account.person {
        Some(person) if right => begin_session(db, person, device).await,
        _ => Err(Error::invalid("password", Problem::WrongSignIn)),
    }
}

/// Begins a new session, with a new id, for somebody who has just proved who they are.
///
/// # Errors
/// `Internal` only.
pub async fn begin_session(db: &Db, person: PersonId, device: &Device) -> Result<Entry> {
    let mut system = db.write_system().await?;
    let entry = begin(&mut system, person, device).await?;
    system.commit().await?;
    Ok(entry)
}

async fn begin(system: &mut SystemTx, person: PersonId, device: &Device) -> Result<Entry> {
    let session = random_token();
    let now = clock::now();
    system.query("DELETE FROM sessions WHERE expires_at < $1").bind(now).execute().await?;
    system
        .query(
            "INSERT INTO sessions (token_hash, person_id, created_at, seen_at, expires_at, agent, address) \
         VALUES ($1, $2, $3, $3, $4, $5, $6)",
        )
        .bind(hashed(&session))
        .bind(person)
        .bind(now)
        .bind(now + IDLE)
        .bind(device.agent.clone())
        .bind(device.address.clone())
        .execute()
        .await?;
    let device = devices::remember(system, person, device.known.as_deref()).await?;
    Ok(Entry { session, device })
}

/// Ends one session.
///
/// # Errors
/// `Internal` only.
pub async fn sign_out(db: &Db, token: &str) -> Result<()> {
    let mut system = db.write_system().await?;
    system.query("DELETE FROM sessions WHERE token_hash = $1").bind(hashed(token)).execute().await?;
    rights_changed(&mut system).await?;
    system.commit().await
}

/// Ends every session of the person, and forgets their known devices except the one they ask with.
///
/// # Errors
/// `Internal` only.
pub async fn sign_out_everywhere(db: &Db, person: PersonId, device: Option<&str>) -> Result<()> {
    let mut system = db.write_system().await?;
    links::end_sessions(&mut system, person).await?;
    devices::forget(&mut system, person, device).await?;
    system.commit().await
}

/// The person on whose behalf the command line acts: the one named, or the firm's first owner.
///
/// # Errors
/// `NotFound` when there is no such person or no firm yet.
pub async fn at_the_command_line(db: &Db, email: Option<&str>) -> Result<Actor> {
    let mut system = db.read_system().await?;
    let named = match email {
        Some(email) => Some(whose(&mut system, email, false).await?.ok_or(Error::NotFound)?),
        None => None,
    };
    let sql = Sql::new(
        "SELECT p.id, p.role, f.time_zone, f.currency, f.language FROM people p CROSS JOIN firm f WHERE p.active",
    )
    .when(named.is_some(), "AND p.id = $1")
    .when(named.is_none(), "AND p.role = $2")
    .and("ORDER BY p.created_at, p.id LIMIT 1");
    let row: Option<(PersonId, Role, String, Currency, Locale)> =
        system.query(sql).bind(named).bind(Role::Owner).optional().await?;
    system.commit().await?;
    let (id, role, zone, currency, locale) = row.ok_or(Error::NotFound)?;
    Ok(Actor::new(id, role, clock::zone(&zone), currency, locale))
}

/// When the person asking signed in with this session.
///
/// # Errors
/// `Internal` only.
pub async fn signed_in_at(tx: &mut Tx, token: &str) -> Result<Option<DateTime<Utc>>> {
    let found: Option<(DateTime<Utc>,)> = tx
        .everyones("SELECT created_at FROM sessions WHERE token_hash = $2 AND person_id = $1")
        .bind(hashed(token))
        .optional()
        .await?;
    Ok(found.map(|(at,)| at))
}
