//! Commands that a browser may send more than once: whether an id that a browser made is free, and whether a command
//! was carried out before. Decided here for everything that is created under a browser's id and for every command with
//! an id.

use super::back::TAKEN_BACK;
use crate::error::{Error, Result};
use crate::id::{CmdId, EventId, PersonId};
use crate::live::Kind;
use crate::server::db::Tx;
use crate::server::failure::our_fault;
use crate::server::sql::Sql;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// The result of looking for an earlier command with the same id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// There was none.
    Never,
    /// The same command was carried out and recorded as this event.
    Done(EventId),
    /// An earlier command with this id had other contents, or was undone since: it can't count as carried out.
    Other,
}

/// Remembers a hash of the command, without what the server adds to it. The next event of this transaction stores the
/// hash, so that the same id with other contents is recognised.
///
/// # Errors
/// `Internal` only.
pub fn asked(tx: &mut Tx, command: &impl Serialize) -> Result<()> {
    let text = serde_json::to_vec(command).map_err(|cause| our_fault(&cause))?;
    tx.asks(Sha256::digest(text).to_vec());
    Ok(())
}

/// Browsers make ids, and an id is unique in the whole firm: an id that anything has, or had, can't be used for
/// something new.
const IS_KNOWN: &str = "SELECT EXISTS (SELECT 1 FROM events WHERE subject_id = $2) \
     OR EXISTS (SELECT 1 FROM events WHERE id = $2) \
     OR EXISTS (SELECT 1 FROM records WHERE id = $2) OR EXISTS (SELECT 1 FROM contacts WHERE id = $2) \
     OR EXISTS (SELECT 1 FROM units WHERE id = $2) \
     OR EXISTS (SELECT 1 FROM stages WHERE id = $2) OR EXISTS (SELECT 1 FROM pipelines WHERE id = $2) \
     OR EXISTS (SELECT 1 FROM products WHERE id = $2) OR EXISTS (SELECT 1 FROM firm WHERE id = $2) \
     FROM people WHERE id = $1";

/// Whether a new record of this kind can have the id, or was already created under it by the person asking.
///
/// # Errors
/// `NotFound` if anything else has the id. The answer does not say what, or whose it is.
pub async fn made_before(tx: &mut Tx, kind: Kind, id: Uuid) -> Result<Before> {
    let (known,): (bool,) = tx.everyones(IS_KNOWN).bind(id).one().await?;
    if !known {
        return Ok(Before::Never);
    }
    let made: Option<(EventId, PersonId, Option<Vec<u8>>)> = tx
        .everyones(
            "SELECT id, actor_id, wish FROM events WHERE subject_id = $2 AND kind || '' = $3 AND what = 'created' \
             ORDER BY at, id LIMIT 1",
        )
        .bind(id)
        .bind(kind)
        .optional()
        .await?;
    match made {
        Some((event, who, command)) if who == tx.actor().id => Ok(compared(tx, event, command.as_deref())),
        _ => Err(Error::NotFound),
    }
}

/// Whether this command was carried out on this record before.
///
/// # Errors
/// `BadRequest` if the id belongs to another person's command, or to one on another record.
pub async fn done_before(tx: &mut Tx, cmd: CmdId, kind: Kind, subject: Uuid) -> Result<Before> {
    let done: Option<(EventId, bool, Option<Vec<u8>>)> = tx
        .everyones(
            "SELECT id, actor_id = $1 AND kind = $3 AND subject_id = $4, wish FROM events \
             WHERE cmd_id = $2",
        )
        .bind(cmd)
        .bind(kind)
        .bind(subject)
        .optional()
        .await?;
    match done {
        None => Ok(Before::Never),
        Some((event, true, _)) if is_taken_back(tx, event).await? => Ok(Before::Other),
        Some((event, true, command)) => Ok(compared(tx, event, command.as_deref())),
        Some(_) => Err(Error::BadRequest),
    }
}

async fn is_taken_back(tx: &mut Tx, event: EventId) -> Result<bool> {
    let sql =
        Sql::new("SELECT").and(TAKEN_BACK).and("FROM events e JOIN people p ON p.id = $1 WHERE e.id = $2");
    let (back,): (bool,) = tx.everyones(sql).bind(event).one().await?;
    Ok(back)
}

/// Compares the hash of this command with the stored one.
fn compared(tx: &Tx, event: EventId, command: Option<&[u8]>) -> Before {
    if tx.asked() == command { Before::Done(event) } else { Before::Other }
}
