//! A command that is sent once or often: whether the id that a browser brings is free, and whether what it asks was
//! carried out before. The one place where that is decided, for everything that is made under an id of the browser's
//! and for every command with one.

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

/// What came of a command of that id before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    Never,
    /// The same was asked, and carried out by this event.
    Done(EventId),
    /// Something else was asked, or what was asked has been taken back since: it does not stand.
    Other,
}

/// Says what this transaction is asked for, without what the server adds: the next event keeps a hash of it, so that an
/// id that comes once more with other contents is known.
///
/// # Errors
/// `Internal` only.
pub fn asked(tx: &mut Tx, command: &impl Serialize) -> Result<()> {
    let text = serde_json::to_vec(command).map_err(|cause| our_fault(&cause))?;
    tx.asks(Sha256::digest(text).to_vec());
    Ok(())
}

/// Ids are made by browsers, and one id is one thing in the whole firm: what is anywhere, or was, can't be the id of
/// something new.
const IS_KNOWN: &str = "SELECT EXISTS (SELECT 1 FROM events WHERE subject_id = $2) \
     OR EXISTS (SELECT 1 FROM events WHERE id = $2) \
     OR EXISTS (SELECT 1 FROM records WHERE id = $2) OR EXISTS (SELECT 1 FROM contacts WHERE id = $2) \
     OR EXISTS (SELECT 1 FROM units WHERE id = $2) \
     OR EXISTS (SELECT 1 FROM stages WHERE id = $2) OR EXISTS (SELECT 1 FROM pipelines WHERE id = $2) \
     OR EXISTS (SELECT 1 FROM products WHERE id = $2) OR EXISTS (SELECT 1 FROM firm WHERE id = $2) \
     FROM people WHERE id = $1";

/// Whether a new record of that kind can have the id, or was made under it by the person asking.
///
/// # Errors
/// `NotFound` for the id of anything else: the answer does not say of what, or whose.
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

/// Whether that command was carried out on that record before.
///
/// # Errors
/// `BadRequest` for the id of somebody else's command, or of one's own on another record.
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

fn compared(tx: &Tx, event: EventId, command: Option<&[u8]>) -> Before {
    if tx.asked() == command { Before::Done(event) } else { Before::Other }
}
