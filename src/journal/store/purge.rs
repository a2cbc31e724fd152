//! The end of what is deleted: after thirty days its rows are taken away with what hangs on them, and what the events
//! say of it is forgotten. That somebody changed something at some time stays on record, and so does that it is gone.
//! The program does it by itself.

use super::{Change, record, tell_on};
use crate::auth::store::at_the_command_line;
use crate::error::{Error, Result};
use crate::id::{CustomerId, EventId, UnitId};
use crate::journal::model::{Fields, What};
use crate::journal::view::KEPT_DAYS;
use crate::live::Kind;
use crate::server::clock;
use crate::server::db::{Db, Tx};
use chrono::{DateTime, TimeDelta, Utc};
use std::time::Duration;
use uuid::Uuid;

/// So many records of a kind are looked up together.
const TOGETHER: i64 = 50;
/// So many activities of a record are taken away by one transaction: some tens of milliseconds.
const SLICE: u64 = 500;
/// A program that was just started has more urgent things to do.
const FIRST: Duration = Duration::from_secs(300);
const NEXT: Duration = Duration::from_secs(6 * 3600);

/// Looks four times a day what has been deleted long enough: whoever runs the program for an hour a day is served, too.
pub async fn every_day(db: Db) {
    tokio::time::sleep(FIRST).await;
    loop {
        match purge(&db, clock::now()).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "what was deleted long ago is gone for good"),
            Err(cause) => tracing::error!(%cause, "what was deleted long ago could not be taken away"),
        }
        tokio::time::sleep(NEXT).await;
    }
}

/// What a kind has beside its row of all records. What hangs on others comes first.
struct End {
    kind: Kind,
    /// Its own rows.
    own: &'static [&'static str],
    /// The same of the next `$3` that hang on the record `$2`; `None` where what hangs on a record outlives it.
    of_some: Option<&'static str>,
    /// What only points at it and stays: `$3` at a time, until the last finds fewer.
    pointing: &'static [&'static str],
}

/// Takes away what was deleted thirty days before that moment, and says how many records it was. It is done in the name
/// of the firm's owner, but not by their reach, which need not be everything: the promise of an end is made to
/// everybody, and nobody is shown anything.
///
/// # Errors
/// `Internal` only.
pub async fn purge(db: &Db, now: DateTime<Utc>) -> Result<usize> {
    let cutoff = now - TimeDelta::days(KEPT_DAYS);
    let owner = match at_the_command_line(db, None).await {
        Ok(owner) => owner,
        // Nobody has founded the firm yet.
        Err(Error::NotFound) => return Ok(0),
        Err(error) => return Err(error),
    };
    let mut count = 0;
    loop {
        let mut tx = db.write(owner.clone()).await?;
        let mut some = 0;
        for end in &ENDS {
            let due: Vec<(Uuid, UnitId)> =
                tx.everyones(DUE).bind(cutoff).bind(TOGETHER).bind(end.kind).all().await?;
            for (id, unit) in due {
                if end_of(&mut tx, end, id, unit, cutoff).await? {
                    some += 1;
                    // Each is whole by itself, and some have thousands of activities: others write after each.
                    tx.pause().await?;
                }
            }
        }
        if some == 0 {
            return Ok(count);
        }
        db.commit(tx).await?;
        count += some;
    }
}

/// Ends one record; `false` where somebody has brought it back, or another process has ended it. That it has come to
/// its end stands on record first: from then on nobody brings it back, also where the program is stopped between two
/// slices. The next run goes on there.
async fn end_of(tx: &mut Tx, end: &End, id: Uuid, unit: UnitId, cutoff: DateTime<Utc>) -> Result<bool> {
    if !is_due(tx, id, cutoff).await? {
        return Ok(false);
    }
    let change = Change {
        kind: end.kind,
        subject: id,
        units: (unit, unit),
        customer: None,
        what: What::Purged,
        before: Fields::new(),
        after: Fields::new(),
        cmd: None,
        undoes: None,
    };
    let event = record(tx, change).await?;
    if end.kind == Kind::Customer {
        leave_deals(tx, CustomerId(id), event).await?;
    }
    // What hung on it alone goes with it; nobody has seen it since.
    for child in &ENDS {
        let Some(own) = child.of_some else { continue };
        while take_slice(tx, &[FORGET_SOME, own, DELETE_SOME], id, child.kind).await? == SLICE {
            tx.pause().await?;
            if !is_due(tx, id, cutoff).await? {
                return Ok(false);
            }
        }
    }
    for statement in end.pointing {
        while take_slice(tx, &[statement], id, end.kind).await? == SLICE {
            tx.pause().await?;
            if !is_due(tx, id, cutoff).await? {
                return Ok(false);
            }
        }
    }
    for statement in [FORGET, UNTELL, UNIMPORT, UNLINK, UNVALUE].iter().chain(end.own).chain(&[DELETE]) {
        tx.everyones(*statement).bind(id).bind(end.kind).execute().await?;
    }
    Ok(true)
}

async fn is_due(tx: &mut Tx, id: Uuid, cutoff: DateTime<Utc>) -> Result<bool> {
    let (due,): (bool,) = tx
        .everyones("SELECT EXISTS (SELECT 1 FROM records WHERE id = $2 AND deleted_at < $3)")
        .bind(id)
        .bind(cutoff)
        .one()
        .await?;
    Ok(due)
}

/// Gives how many the last statement took.
async fn take_slice(tx: &mut Tx, statements: &[&'static str], id: Uuid, kind: Kind) -> Result<u64> {
    let mut taken = 0;
    for statement in statements {
        let slice = i64::try_from(SLICE).unwrap_or(i64::MAX);
        taken = tx.everyones(*statement).bind(id).bind(slice).bind(kind).execute().await?;
    }
    Ok(taken)
}

/// The deals of a customer who is gone stay, without a customer, and tell of it.
async fn leave_deals(tx: &mut Tx, customer: CustomerId, event: EventId) -> Result<()> {
    for deal in crate::deals::store::left_by(tx, customer).await? {
        tell_on(tx, event, deal.0).await?;
    }
    Ok(())
}

const ENDS: [End; 5] = [
    End {
        kind: Kind::Activity,
        own: &["DELETE FROM activities WHERE id = $2"],
        of_some: Some(
            "DELETE FROM activities WHERE id IN \
               (SELECT id FROM records WHERE parent_id = $2 AND kind = $4 ORDER BY id LIMIT $3)",
        ),
        pointing: &[],
    },
    End {
        kind: Kind::Task,
        own: &["DELETE FROM tasks WHERE id = $2"],
        of_some: Some(
            "DELETE FROM tasks WHERE id IN \
               (SELECT id FROM records WHERE parent_id = $2 AND kind = $4 ORDER BY id LIMIT $3)",
        ),
        pointing: &[],
    },
    End {
        kind: Kind::OwnRecord,
        own: &["DELETE FROM own_records WHERE id = $2"],
        of_some: None,
        pointing: &[],
    },
    End { kind: Kind::Deal, own: &["DELETE FROM deals WHERE id = $2"], of_some: None, pointing: &[] },
    End {
        kind: Kind::Customer,
        own: &["DELETE FROM contacts WHERE customer_id = $2", "DELETE FROM customers WHERE id = $2"],
        of_some: None,
        // What hangs on a deal, too, stays with the deal.
        pointing: &[
            "UPDATE activities SET customer_id = NULL WHERE id IN \
             (SELECT id FROM activities WHERE customer_id = $2 ORDER BY at, id LIMIT $3)",
            "UPDATE tasks SET customer_id = NULL WHERE id IN \
             (SELECT id FROM tasks WHERE customer_id = $2 ORDER BY id LIMIT $3)",
            "UPDATE own_records SET customer_id = NULL, version = version + 1 WHERE id IN \
             (SELECT id FROM own_records WHERE customer_id = $2 ORDER BY id LIMIT $3)",
            "UPDATE records SET parent_id = NULL, customer_id = NULL WHERE id IN \
             (SELECT id FROM records WHERE parent_id = $2 AND kind = 'own_record' ORDER BY id LIMIT $3)",
            "UPDATE records SET customer_id = NULL WHERE id IN \
             (SELECT id FROM records WHERE customer_id = $2 ORDER BY id LIMIT $3)",
        ],
    },
];

/// Those whose time has come, with the unit they hang on.
const DUE: &str = "SELECT r.id, COALESCE(r.owner_id, o.owner_id) \
     FROM records r LEFT JOIN records o ON o.id = r.parent_id \
     WHERE r.deleted_at < $2 AND r.kind = $4 \
     LIMIT $3";
const DELETE: &str = "DELETE FROM records WHERE id = $2 AND kind = $3";
/// What happened to a record of another kind, which has its id, is not forgotten with it.
const FORGET: &str = "UPDATE events SET before = '{}', after = '{}', wish = NULL \
     WHERE subject_id = $2 AND kind || '' = $3";
/// On a customer's card stand the events of deals and of the firm's own records, on theirs all others.
const UNTELL: &str = "DELETE FROM event_cards WHERE card_id = $2 \
     AND EXISTS (SELECT 1 FROM events e \
         WHERE e.id = event_id AND (e.kind || '' IN ('deal', 'own_record')) = ($3 = 'customer'))";
/// A file that is brought in once more may bring it back.
const UNIMPORT: &str = "DELETE FROM imported WHERE id = $2 AND kind = $3";
/// Nothing leads to it any more, and no list is narrowed by what stood in it; the kind (`$3`) does not matter.
const UNLINK: &str = "UPDATE own_values SET target_id = NULL WHERE target_id = $2 AND $3 IS NOT NULL";
const UNVALUE: &str = "DELETE FROM own_values WHERE record_id = $2 AND $3 IS NOT NULL";
/// The same of the next `$3` of kind `$4` that hang on `$2`; their own rows go between these two.
const FORGET_SOME: &str = "UPDATE events SET before = '{}', after = '{}', wish = NULL \
     WHERE kind || '' = $4 AND subject_id IN \
       (SELECT id FROM records WHERE parent_id = $2 AND kind = $4 ORDER BY id LIMIT $3)";
const DELETE_SOME: &str = "DELETE FROM records WHERE id IN \
       (SELECT id FROM records WHERE parent_id = $2 AND kind = $4 ORDER BY id LIMIT $3)";
