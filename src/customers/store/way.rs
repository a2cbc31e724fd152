//! Which way a statement takes to read many customers. It changes how fast a list is, never what is in it.

use crate::error::Result;
use crate::server::db::Tx;

/// For somebody who sees no more customers than this, all of them are collected by owner and searched one by one.
pub(super) const FEW: i64 = 20_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Collect the customers of the owners in reach.
    Owners,
    /// Walk along the list in its order.
    Walk,
    /// Ask the search index; for words that the index does not know, like [`Way::Walk`].
    Index,
    /// Begin with what the rarest condition finds.
    Conditions,
}

impl Way {
    /// The way for somebody who sees that many customers.
    pub(crate) const fn of(count: i64, few: i64) -> Self {
        if count <= few { Self::Owners } else { Self::Walk }
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct Number {
    pub number: i64,
}

/// The way for a list without a search.
pub(super) async fn way(tx: &mut Tx) -> Result<Way> {
    Ok(Way::of(in_reach(tx).await?, FEW))
}

/// How many customers are in reach, from the cache if possible; counted no further than one more than [`FEW`].
pub(super) async fn in_reach(tx: &mut Tx) -> Result<i64> {
    if let Some(count) = tx.counted_lately() {
        return Ok(count);
    }
    let count = counted(tx, FEW).await?;
    // A count that went further is kept.
    if tx.counted_lately().is_none() {
        tx.counted(count);
    }
    Ok(count)
}

/// How many customers are in reach, counted up to one more than `few`.
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
