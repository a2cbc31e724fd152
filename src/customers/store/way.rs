//! Which way a statement about many customers goes. It decides how quick a list is, not what stands there.

use crate::error::Result;
use crate::server::db::Tx;

/// Who sees no more customers than this begins with their owners, and looks through all of theirs for a word.
pub(super) const FEW: i64 = 20_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Begin with the owners in reach.
    Owners,
    /// Walk the list in its order.
    Walk,
    /// Begin with the search index; where the words are none that it knows, like [`Way::Walk`].
    Index,
    /// Begin with what the rarest condition finds.
    Conditions,
}

impl Way {
    /// For who sees so many.
    pub(crate) const fn of(count: i64, few: i64) -> Self {
        if count <= few { Self::Owners } else { Self::Walk }
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct Number {
    pub number: i64,
}

/// The way to the list where nothing is asked of the search index.
pub(super) async fn way(tx: &mut Tx) -> Result<Way> {
    Ok(Way::of(in_reach(tx).await?, FEW))
}

/// How many customers are in reach, or were lately; more than [`FEW`] are not all counted.
pub(super) async fn in_reach(tx: &mut Tx) -> Result<i64> {
    if let Some(count) = tx.counted_lately() {
        return Ok(count);
    }
    let count = counted(tx, FEW).await?;
    // One that went further is worth more.
    if tx.counted_lately().is_none() {
        tx.counted(count);
    }
    Ok(count)
}

/// How many customers are in reach, counted to one more than `few`.
pub(crate) async fn counted(tx: &mut Tx, few: i64) -> Result<i64> {
    let seen: Number = tx
        .query(
            "SELECT COUNT(*) AS number FROM (SELECT 1 AS one FROM customers WHERE deleted_at IS NULL \
             AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) LIMIT $2) AS few",
        )
        .bind(few + 1)
        .one()
        .await?;
    Ok(seen.number)
}
