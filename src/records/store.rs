//! The table of all records: the id and kind of each, the unit it hangs on, its name, and its keys for searching. Only
//! this module writes the table, in the transaction of the change. What only one kind has is in that kind's store; no
//! rule about changes is here.

pub mod kinds;
pub mod own_values;

use super::{Called, Ground};
use crate::error::Result;
use crate::fields::OwnValues;
use crate::id::{CustomerId, UnitId};
use crate::live::Kind;
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::sql::Sql;
use crate::server::text::name_key;
use chrono::{DateTime, Utc};
use sqlx::types::Json;
use uuid::Uuid;

/// How many letters of a name are stored: enough to recognise a record.
pub const LONGEST_NAME: usize = 200;

/// A row of the table of all records.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub id: Uuid,
    pub kind: Kind,
    /// `None` for a record that hangs where the record of its card hangs.
    pub owner: Option<UnitId>,
    pub ground: Ground,
    pub called: Called,
    pub own: OwnValues,
}

/// What is written here when a record changes, besides where it hangs.
pub(super) struct Kept {
    pub owner: Option<UnitId>,
    pub deleted: Option<DateTime<Utc>>,
    /// `None` where it has not changed; the same for the next field.
    pub called: Option<Called>,
    pub own: Option<OwnValues>,
}

impl Called {
    /// The key for names that "begin with" a text; empty for kinds that are not searched.
    fn name_key(&self) -> Vec<u8> {
        if self.search_key.is_empty() { Vec::new() } else { name_key(&self.name) }
    }

    /// The name, cut to the length that is stored.
    fn name(&self) -> String {
        self.name.chars().take(LONGEST_NAME).collect()
    }
}

const INSERT: &str = "INSERT INTO records (created_by, id, kind, owner_id, customer_id, parent_id, name, search_key, \
     name_key, sort_key, created_at, own) VALUES";

/// Inserts rows in one statement. False where one of the ids is taken, by a record of any kind.
///
/// # Errors
/// `Internal` only.
pub(crate) async fn insert(tx: &mut Tx, entries: Vec<Entry>) -> Result<bool> {
    let many = entries.len();
    let sql = Sql::new(INSERT).rows(many, 12).and("ON CONFLICT (id) DO NOTHING");
    let at = clock::now();
    let with_own: Vec<(Uuid, OwnValues)> = entries
        .iter()
        .filter(|entry| !entry.own.is_empty())
        .map(|entry| (entry.id, entry.own.clone()))
        .collect();
    let insert = entries.into_iter().fold(
        tx.everyones(sql),
        |query, Entry { id, kind, owner, ground, called, own }| {
            query
                .bind(id)
                .bind(kind)
                .bind(owner)
                .bind(ground.customer)
                .bind(ground.parent())
                .bind(called.name())
                .bind(called.search_key.clone())
                .bind(called.name_key())
                .bind(called.sort_key)
                .bind(at)
                .bind(Json(own))
        },
    );
    if insert.execute().await? != many as u64 {
        return Ok(false);
    }
    own_values::insert(tx.unscoped(), with_own.iter().map(|(id, own)| (*id, own))).await?;
    Ok(true)
}

/// Writes where a record hangs, when it was deleted, and its name and keys where they have changed. Reach is not asked
/// here: the kind's own statement in the same transaction has asked, and may just have moved the record out of reach.
///
/// # Errors
/// `Internal` only.
pub(super) async fn update(
    tx: &mut Tx,
    id: Uuid,
    ground: &Ground,
    Kept { owner, deleted, called, own }: Kept,
) -> Result<()> {
    tx.everyones(
        "UPDATE records SET owner_id = $3, customer_id = $4, parent_id = $5, deleted_at = $6, name = COALESCE($7, \
         name), search_key = COALESCE($8, search_key), name_key = COALESCE($9, name_key), sort_key = COALESCE($10, \
         sort_key), own = COALESCE($11, own) \
         WHERE id = $2",
    )
    .bind(id)
    .bind(owner)
    .bind(ground.customer)
    .bind(ground.parent())
    .bind(deleted)
    .bind(called.as_ref().map(Called::name))
    .bind(called.as_ref().map(|called| called.search_key.clone()))
    .bind(called.as_ref().map(Called::name_key))
    .bind(called.map(|called| called.sort_key))
    .bind(own.clone().map(Json))
    .execute()
    .await?;
    if let Some(own) = own {
        own_values::replace(tx.unscoped(), id, &own).await?;
    }
    Ok(())
}

/// Replaces the search key of a record.
///
/// # Errors
/// `Internal` only.
pub(crate) async fn found_by(tx: &mut Tx, id: Uuid, search_key: String) -> Result<()> {
    tx.everyones("UPDATE records SET search_key = $3 WHERE id = $2")
        .bind(id)
        .bind(search_key)
        .execute()
        .await?;
    Ok(())
}

/// Detaches a record from its customer, who is deleted for good; the record stays.
///
/// # Errors
/// `Internal` only.
pub(crate) async fn left_alone(tx: &mut Tx, id: Uuid, search_key: String) -> Result<()> {
    tx.everyones(
        "UPDATE records SET customer_id = NULL, parent_id = NULL, search_key = $3 \
         WHERE id = $2",
    )
    .bind(id)
    .bind(search_key)
    .execute()
    .await?;
    Ok(())
}

/// Shows what hangs on a record on that customer's card.
///
/// # Errors
/// `Internal` only.
pub(crate) async fn children_stand_on(tx: &mut Tx, parent: Uuid, customer: Option<CustomerId>) -> Result<()> {
    tx.everyones("UPDATE records SET customer_id = $3 WHERE parent_id = $2")
        .bind(parent)
        .bind(customer)
        .execute()
        .await?;
    Ok(())
}

/// Whether a record still exists, in reach or not, even in the trash. Then a record that points at it can be restored.
///
/// # Errors
/// `Internal` only.
pub async fn is_kept(tx: &mut Tx, kind: Kind, id: Uuid) -> Result<bool> {
    let (kept,): (bool,) = tx
        .everyones("SELECT EXISTS (SELECT 1 FROM records WHERE id = $2 AND kind = $3)")
        .bind(id)
        .bind(kind)
        .one()
        .await?;
    Ok(kept)
}

/// The records on that unit that have to be handed over when its person leaves, in the order of handing over; of tasks
/// only the open ones. Records that hang where the record of their card hangs go with that record and are not listed.
///
/// # Errors
/// `Internal` only.
pub async fn hanging_on(tx: &mut Tx, owner: UnitId) -> Result<Vec<(Kind, Uuid)>> {
    Ok(tx
        .query(
            "SELECT r.kind, r.id FROM records r LEFT JOIN tasks t ON t.id = r.id \
             WHERE r.owner_id = $2 AND r.deleted_at IS NULL AND t.done_at IS NULL \
               AND r.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
               AND COALESCE((SELECT q.kind_number FROM own_records q WHERE q.id = r.id), 0) \
                 NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1) \
             ORDER BY r.kind, r.id",
        )
        .bind(owner)
        .all()
        .await?)
}

/// How many records of each kind hang on that unit, but none of a kind that is hidden from the person asking. The
/// caller has checked that they may know.
///
/// # Errors
/// `Internal` only.
pub async fn counts(tx: &mut Tx, owner: UnitId) -> Result<Vec<(Kind, i64)>> {
    Ok(tx
        .everyones(
            "SELECT kind, COUNT(*) FROM records \
             WHERE owner_id = $2 AND deleted_at IS NULL AND kind <> 'own_record' GROUP BY kind \
             UNION ALL SELECT 'own_record', COUNT(*) FROM own_records WHERE owner_id = $2 AND deleted_at IS NULL \
               AND kind_number NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1)",
        )
        .bind(owner)
        .all()
        .await?)
}
