//! Known devices: browsers in which a person has signed in before. Knowing the device gives no access; it only gives a
//! limit of tries of its own, so that others who guess passwords can't lock the person out. The browser holds a random
//! 256-bit token in a cookie, the database its SHA-256.

use super::{Token, hashed, random_token};
use crate::error::Result;
use crate::id::PersonId;
use crate::server::clock;
use crate::server::db::SystemTx;
use chrono::TimeDelta;

/// How many devices are kept for one person; the one not used for longest is forgotten first.
const MOST: i64 = 20;
/// As long as browsers keep a cookie.
const LASTS: TimeDelta = TimeDelta::days(400);

/// Notes that the person signed in in this browser, and returns the browser's token. A browser that several people use
/// keeps the token it has.
///
/// # Errors
/// `Internal` only.
pub(super) async fn remember(system: &mut SystemTx, person: PersonId, known: Option<&str>) -> Result<Token> {
    let now = clock::now();
    let mut token = None;
    if let Some(known) = known {
        let (found,): (bool,) = system
            .query("SELECT EXISTS (SELECT 1 FROM devices WHERE token_hash = $1)")
            .bind(hashed(known))
            .one()
            .await?;
        token = found.then(|| known.to_owned());
    }
    let token = token.unwrap_or_else(random_token);
    system
        .query(
            "INSERT INTO devices (token_hash, person_id, seen_at) VALUES ($1, $2, $3) \
         ON CONFLICT (token_hash, person_id) DO UPDATE SET seen_at = $3",
        )
        .bind(hashed(&token))
        .bind(person)
        .bind(now)
        .execute()
        .await?;
    system
        .query(
            "DELETE FROM devices WHERE seen_at < $3 OR person_id = $1 AND token_hash NOT IN \
         (SELECT token_hash FROM devices WHERE person_id = $1 ORDER BY seen_at DESC, token_hash LIMIT $2)",
        )
        .bind(person)
        .bind(MOST)
        .bind(now - LASTS)
        .execute()
        .await?;
    Ok(token)
}

/// Forgets the person's devices, except the one with this token.
///
/// # Errors
/// `Internal` only.
pub async fn forget(system: &mut SystemTx, person: PersonId, but: Option<&str>) -> Result<()> {
    system
        .query("DELETE FROM devices WHERE person_id = $1 AND token_hash <> $2")
        .bind(person)
        .bind(but.map(hashed).unwrap_or_default())
        .execute()
        .await?;
    Ok(())
}
