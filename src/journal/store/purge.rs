//! Deletes for good what has been in the trash for thirty days: the rows of a record and of what belongs to it alone,
//! and the values in its events. The events themselves stay, so it is still known that somebody did something, and that
//! the record was deleted. The program does this by itself.

use super::{Change, record, tell_on};
use crate::auth::store::at_the_command_line;
use crate::error::{Error, Result};
use crate::id::{CustomerId, EventId, UnitId};
use crate::journal::model::{Fields, What};
use crate::journal::view::KEPT_DAYS;
use crate::live::Kind;
use crate::records::{TABLES, Table};
use crate::server::clock;
use crate::server::db::{Db, Tx};
use chrono::{DateTime, TimeDelta, Utc};
use std::time::Duration;
use uuid::Uuid;

/// How many records of a kind one statement looks up.
const TOGETHER: i64 = 50;
/// How many rows that belong to a record one transaction deletes, which takes some tens of milliseconds.
const SLICE: u64 = 500;
/// The delay before the first run: a program that was just started has more urgent work.
const FIRST: Duration = Duration::from_secs(300);
/// The time between two runs.
const NEXT: Duration = Duration::from_secs(6 * 3600);

/// Runs `purge` every six hours: so it also runs where the program is only on for an hour a day. Never returns.
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

/// Deletes for good what was deleted thirty days before the moment `now`. Returns the number of records. It acts in the
/// name of the firm's owner, but not within the owner's reach, which need not be everything: records are promised to be
/// deleted for everybody, and nothing is shown to anybody.
///
/// # Errors
/// `Internal` only.
pub async fn purge(db: &Db, now: DateTime<Utc>) -> Result<usize> {
    let cutoff = now - TimeDelta::days(KEPT_DAYS);
    let owner = match at_the_command_line(db, None).await {
        Ok(owner) => owner,
        // The firm is not set up yet.
        Err(Error::NotFound) => return Ok(0),
        Err(error) => return Err(error),
    };
    let mut count = 0;
    loop {
        let mut tx = db.write(owner.clone()).await?;
        let mut some = 0;
        for table in &TABLES {
            let due: Vec<(Uuid, UnitId)> =
                tx.everyones(DUE).bind(cutoff).bind(TOGETHER).bind(table.kind).all().await?;
            for (id, unit) in due {
                if end_of(&mut tx, table, id, unit, cutoff).await? {
                    some += 1;
                    // Each record is complete by itself, and some have thousands of activities: let others write in
                    // between.
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

/// Deletes one record for good; `false` if it was restored, or deleted by another process. The event that it is deleted
/// for good is recorded first: from then on it can't be restored, even if the program is stopped between two
/// transactions. The next run then goes on.
async fn end_of(tx: &mut Tx, table: &Table, id: Uuid, unit: UnitId, cutoff: DateTime<Utc>) -> Result<bool> {
    let Some(found) = due(tx, id, cutoff).await? else { return Ok(false) };
    let event = match found.begun {
        Some(event) => {
            tx.recorded_before();
            event
        }
        None => record(tx, gone_for_good(table.kind, id, unit)).await?,
    };
    let is_customer = table.kind == Kind::Customer;
    if is_customer {
        leave_deals(tx, CustomerId(id), event).await?;
    }
    // What belongs to it alone is deleted with it.
    let children = TABLES.iter().filter(|child| child.ends_with_parent);
    let mut slices: Vec<(Vec<&str>, Kind)> =
        children.map(|child| (vec![FORGET_SOME, child.delete_some, DELETE_SOME], child.kind)).collect();
    // What stays without the customer no longer points to it.
    if is_customer {
        let statement = |other: &Table| match other.ends_with_parent {
            true => other.follow_without_customer,
            false => other.lose_customer,
        };
        let pointing = TABLES.iter().filter(|other| other.on_customers).map(statement);
        let pointing = pointing.chain([LOSE_PARENT, LOSE_CUSTOMER]);
        slices.extend(pointing.map(|statement| (vec![statement], table.kind)));
    }
    for (statements, kind) in slices {
        while take_slice(tx, &statements, id, kind).await? == SLICE {
            tx.pause().await?;
            if due(tx, id, cutoff).await?.is_none() {
                return Ok(false);
            }
        }
    }
    for statement in [FORGET, UNTELL, UNIMPORT, UNLINK, UNVALUE, DELETE_CONTACTS, table.delete, DELETE] {
        tx.everyones(statement).bind(id).bind(table.kind).execute().await?;
    }
    Ok(true)
}

fn gone_for_good(kind: Kind, id: Uuid, unit: UnitId) -> Change {
    Change {
        kind,
        subject: id,
        units: (unit, unit),
        customer: None,
        what: What::Purged,
        before: Fields::new(),
        after: Fields::new(),
        cmd: None,
        undoes: None,
    }
}

/// A record that is still there and was deleted long enough ago.
struct Due {
    /// The event of an earlier run that was stopped before the record was wholly deleted.
    begun: Option<EventId>,
}

/// The record, if it is still there and was deleted before `cutoff`.
async fn due(tx: &mut Tx, id: Uuid, cutoff: DateTime<Utc>) -> Result<Option<Due>> {
    let due: Option<(Option<EventId>,)> = tx
        .everyones(
            "SELECT (SELECT e.id FROM events e WHERE e.subject_id = r.id AND e.kind || '' = r.kind \
                 AND e.what = 'purged' AND e.at > r.deleted_at LIMIT 1) \
             FROM records r WHERE r.id = $2 AND r.deleted_at < $3",
        )
        .bind(id)
        .bind(cutoff)
        .optional()
        .await?;
    Ok(due.map(|(begun,)| Due { begun }))
}

/// Runs the statements on the next slice of rows. Returns how many rows the last one changed.
async fn take_slice(tx: &mut Tx, statements: &[&'static str], id: Uuid, kind: Kind) -> Result<u64> {
    let mut taken = 0;
    for statement in statements {
        let slice = i64::try_from(SLICE).unwrap_or(i64::MAX);
        taken = tx.everyones(*statement).bind(id).bind(slice).bind(kind).execute().await?;
    }
    Ok(taken)
}

/// The deals of a deleted customer stay without a customer, and their cards show the event.
async fn leave_deals(tx: &mut Tx, customer: CustomerId, event: EventId) -> Result<()> {
    for deal in crate::deals::store::left_by(tx, customer).await? {
        tell_on(tx, event, deal.0).await?;
    }
    Ok(())
}

/// Whatever still belongs to a customer stays without one: deals, own records, and what hangs on those.
const LOSE_PARENT: &str = "UPDATE records SET parent_id = NULL, customer_id = NULL WHERE id IN \
     (SELECT id FROM records WHERE parent_id = $2 LIMIT $3)";
const LOSE_CUSTOMER: &str = "UPDATE records SET customer_id = NULL WHERE id IN \
     (SELECT id FROM records WHERE customer_id = $2 LIMIT $3)";
/// A customer's contacts are not records of their own.
const DELETE_CONTACTS: &str = "DELETE FROM contacts WHERE customer_id = $2 AND $3 = 'customer'";
/// The records of kind `$4` that were deleted before `$2`, each with its unit.
const DUE: &str = "SELECT r.id, COALESCE(r.owner_id, o.owner_id) \
     FROM records r LEFT JOIN records o ON o.id = r.parent_id \
     WHERE r.deleted_at < $2 AND r.kind = $4 \
     LIMIT $3";
const DELETE: &str = "DELETE FROM records WHERE id = $2 AND kind = $3";
/// Removes the values of a record's events. A record of another kind can have the same id; its events stay as they are.
const FORGET: &str = "UPDATE events SET before = '{}', after = '{}', wish = NULL \
     WHERE subject_id = $2 AND kind || '' = $3";
/// Removes the events that are shown on the record's card. `event_cards` has no kind, and a record of another kind can
/// have the same id: a customer's card shows events of deals and own records, every other card shows all other events.
const UNTELL: &str = "DELETE FROM event_cards WHERE card_id = $2 \
     AND EXISTS (SELECT 1 FROM events e \
         WHERE e.id = event_id AND (e.kind || '' NOT IN ('activity', 'task')) = ($3 = 'customer'))";
/// Forgets that the record was imported, so that another import of the same file can create it again.
const UNIMPORT: &str = "DELETE FROM imported WHERE id = $2 AND kind = $3";
/// Removes links to the record, and its values by which lists are filtered. The kind `$3` is only named because it is
/// bound.
const UNLINK: &str =
    "UPDATE own_values SET target_id = NULL WHERE target_id = $2 AND CAST($3 AS TEXT) IS NOT NULL";
const UNVALUE: &str = "DELETE FROM own_values WHERE record_id = $2 AND CAST($3 AS TEXT) IS NOT NULL";
/// The same for the next `$3` records of kind `$4` that belong to `$2`. The statement of their own table runs between
/// these two.
const FORGET_SOME: &str = "UPDATE events SET before = '{}', after = '{}', wish = NULL \
     WHERE kind || '' = $4 AND subject_id IN \
       (SELECT id FROM records WHERE parent_id = $2 AND kind = $4 ORDER BY id LIMIT $3)";
const DELETE_SOME: &str = "DELETE FROM records WHERE id IN \
       (SELECT id FROM records WHERE parent_id = $2 AND kind = $4 ORDER BY id LIMIT $3)";
