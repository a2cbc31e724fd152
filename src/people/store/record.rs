//! Writes the event of a change of a person. Whether the change is allowed is decided in `changes`.

use crate::error::Result;
use crate::id::{EventId, PersonId};
use crate::journal::model::{Fields, What};
use crate::journal::store::{Change, record};
use crate::live::Kind;
use crate::server::db::Tx;

/// Puts a change of a person on record.
///
/// # Errors
/// `Internal` only.
pub async fn on_record(
    tx: &mut Tx,
    who: PersonId,
    what: What,
    (before, after): (Fields, Fields),
    undoes: Option<EventId>,
) -> Result<EventId> {
    let change = Change {
        kind: Kind::Person,
        subject: who.0,
        units: (who.into(), who.into()),
        customer: None,
        what,
        before,
        after,
        cmd: None,
        undoes,
    };
    record(tx, change).await
}
