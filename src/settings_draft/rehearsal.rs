//! The changes of a draft made one after the other in a transaction that is taken back: so the settings show what will
//! be, and a change that does not fit any more is found before anybody publishes it. It decides nothing by itself.

use super::store::{self, Change};
use crate::deals;
use crate::error::{Error, Result};
use crate::fields;
use crate::id::EventId;
use crate::journal::planned::Planned;
use crate::journal::store::record_for_all;
use crate::live::Kind;
use crate::own_kinds;
use crate::server::db::Tx;

/// A change as it went.
pub struct Rehearsed {
    pub change: Change,
    /// Why it can't be made any more. What comes after it goes on without it.
    pub wrong: Option<Error>,
}

/// Makes a change through the room that it is about.
///
/// # Errors
/// What the room says; `BadRequest` for what no draft holds.
pub async fn carry_out(tx: &mut Tx, planned: &Planned) -> Result<()> {
    match planned.kind {
        Kind::OwnKind => own_kinds::commands::carry_out(tx, planned).await,
        Kind::Field => fields::own::commands::carry_out(tx, planned).await,
        Kind::Pipeline => deals::pipelines::store::carry_out(tx, planned).await,
        _ => Err(Error::BadRequest),
    }
}

/// Whether a change can't be made any more for this reason: the firm is not as it was when it was prepared.
#[must_use]
pub fn does_not_fit(why: &Error) -> bool {
    matches!(why, Error::Conflict { .. } | Error::Invalid(_) | Error::NotFound | Error::Forbidden)
}

/// Makes all changes of the person's draft, as parts of that event where there is one to be shown: then each has one
/// event, also what does not fit.
///
/// # Errors
/// `Internal` only.
pub async fn rehearse(tx: &mut Tx, shown: Option<EventId>) -> Result<Vec<Rehearsed>> {
    let mut done = Vec::new();
    for change in store::changes(tx).await? {
        tx.parts_of(shown);
        let (point, events) = (tx.save_point().await?, tx.events().len());
        let wrong = match carry_out(tx, &change.planned).await {
            Ok(()) => {
                tx.go_on(point).await?;
                None
            }
            Err(why) if does_not_fit(&why) => {
                tx.go_back(point).await?;
                Some(why)
            }
            Err(error) => return Err(error),
        };
        if shown.is_some() && tx.events().len() == events {
            tx.parts_of(shown);
            let Planned { kind, subject, what, before, after, .. } = change.planned.clone();
            record_for_all(tx, (kind, subject), what, (before, after), None).await?;
        }
        done.push(Rehearsed { change, wrong });
    }
    tx.parts_of(None);
    Ok(done)
}
