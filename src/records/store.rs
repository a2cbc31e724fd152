//! The table of all records: who each is, on which unit it hangs, how it is called and found. Only this module writes
//! it, in the transaction of the change. What a kind alone knows is in its own store, and what a change means is not
//! asked here.

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

/// So many letters of a name are enough to know a record by.
pub const LONGEST_NAME: usize = 200;

/// A record as the table of all records has it.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub id: Uuid,
    pub kind: Kind,
    /// None where it hangs where its card hangs.
    pub owner: Option<UnitId>,
    pub ground: Ground,
    pub called: Called,
    pub own: OwnValues,
}

/// What else of a record is written when it changes.
pub(super) struct Kept {
    pub owner: Option<UnitId>,
    pub deleted: Option<DateTime<Utc>>,
    /// Where that has changed, as the next.
    pub called: Option<Called>,
    pub own: Option<OwnValues>,
}

impl Called {
    /// For "begins with"; of what is not looked for there is none.
    fn name_key(&self) -> Vec<u8> {
        if self.search_key.is_empty() { Vec::new() } else { name_key(&self.name) }
    }

    /// As much of the name as is kept.
    fn name(&self) -> String {
        self.name.chars().take(LONGEST_NAME).collect()
    }
}

const INSERT: &str = "INSERT INTO records (created_by, id, kind, owner_id, customer_id, parent_id, name, search_key, name_key, \
     sort_key, created_at, own) VALUES";

/// Adds some in one statement. False where an id is taken, by a record of whatever kind.
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

/// Writes where a record hangs now, since when it is deleted, and how it is called where that has changed. The kind's
/// own statement in the same transaction has asked for reach, and may just have given it away.
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
        "UPDATE records SET owner_id = $3, customer_id = $4, parent_id = $5, deleted_at = $6, name = COALESCE($7, name), \
             search_key = COALESCE($8, search_key), name_key = COALESCE($9, name_key), sort_key = COALESCE($10, sort_key), \
             own = COALESCE($11, own) \
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

/// Writes anew by what a record is found.
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

/// Lets a record stay when the customer it hung on is gone for good.
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

/// What hangs on a record stands on that customer's card.
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

/// Whether a record is still there, wherever it hangs and even if it is in the trash: what points at it can be put
/// back.
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

/// What hangs on that unit and is to be given on when somebody leaves: of tasks those that are still to be done. What
/// hangs where its card hangs goes with it. In the order in which it is given.
///
/// # Errors
/// `Internal` only.
pub async fn hanging_on(tx: &mut Tx, owner: UnitId) -> Result<Vec<(Kind, Uuid)>> {
    Ok(tx
        .query(
            "SELECT r.kind, r.id FROM records r LEFT JOIN tasks t ON t.id = r.id \
             WHERE r.owner_id = $2 AND r.deleted_at IS NULL AND t.done_at IS NULL \
               AND r.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) ORDER BY r.kind, r.id",
        )
        .bind(owner)
        .all()
        .await?)
}

/// How many of each kind hang on that unit; the caller has asked whether the person asking may know.
///
/// # Errors
/// `Internal` only.
pub async fn counts(tx: &mut Tx, owner: UnitId) -> Result<Vec<(Kind, i64)>> {
    Ok(tx
        .everyones(
            "SELECT kind, COUNT(*) FROM records WHERE owner_id = $2 AND deleted_at IS NULL GROUP BY kind",
        )
        .bind(owner)
        .all()
        .await?)
}
