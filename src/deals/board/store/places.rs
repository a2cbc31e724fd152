//! Finds the position of a moved card in the order of its stage. The order is the same for everyone and includes cards
//! that the person moving can't see. Called with the stage locked. Writes positions of other cards only when there is
//! no room.

use crate::deals::board::model::Move;
use crate::deals::position::{self, between};
use crate::error::Result;
use crate::id::{DealId, StageId};
use crate::server::db::Tx;
use crate::server::failure::our_fault;
use crate::server::sql::Sql;

/// A position at the neighbours that the command names: right below `after`, else right above `before`, else at the
/// end. A neighbour that was deleted still has its position; one that was moved to another stage is ignored.
///
/// # Errors
/// `Internal` only.
pub async fn find(tx: &mut Tx, change: &Move) -> Result<Vec<u8>> {
    if let Some(place) = gap(tx, change).await? {
        return Ok(place);
    }
    // Two cards share a position: written before stages were locked, or by an import.
    spread(tx, change.to).await?;
    gap(tx, change).await?.ok_or_else(|| our_fault(&"a stage has no room after it was spread"))
}

async fn gap(tx: &mut Tx, change: &Move) -> Result<Option<Vec<u8>>> {
    if let Some(low) = at(tx, change, change.after).await? {
        let high = beside(tx, change, &low, false).await?;
        return Ok(between(Some(&low.0), high.as_deref()));
    }
    if let Some(high) = at(tx, change, change.before).await? {
        let low = beside(tx, change, &high, true).await?;
        return Ok(between(low.as_deref(), Some(&high.0)));
    }
    let sql =
        Sql::new("SELECT position, id FROM deals WHERE stage_id = $2 AND id <> $3 AND deleted_at IS NULL")
            .and("ORDER BY position DESC, id DESC LIMIT 1");
    let last: Option<(Vec<u8>, DealId)> =
        tx.everyones(sql).bind(change.to).bind(change.deal).optional().await?;
    Ok(between(last.as_ref().map(|(last, _)| last.as_slice()), None))
}

/// The position of a neighbour, if it is in the stage. A neighbour that the person asking can't see is ignored, so that
/// the result does not reveal where it is.
async fn at(tx: &mut Tx, change: &Move, neighbour: Option<DealId>) -> Result<Option<(Vec<u8>, DealId)>> {
    let Some(neighbour) = neighbour.filter(|id| *id != change.deal) else { return Ok(None) };
    let sql = Sql::new(
        "SELECT position, id FROM deals WHERE id = $2 AND stage_id = $3 \
         AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
    );
    Ok(tx.query(sql).bind(neighbour).bind(change.to).optional().await?)
}

/// The position next to that one, above or below, not counting the moved deal itself.
async fn beside(
    tx: &mut Tx,
    change: &Move,
    place: &(Vec<u8>, DealId),
    above: bool,
) -> Result<Option<Vec<u8>>> {
    let sql = Sql::new("SELECT position FROM deals WHERE stage_id = $2 AND id <> $3 AND deleted_at IS NULL")
        .when(above, "AND (position, id) < ($4, $5) ORDER BY position DESC, id DESC LIMIT 1")
        .when(!above, "AND (position, id) > ($4, $5) ORDER BY position, id LIMIT 1");
    let statement = tx.everyones(sql).bind(change.to).bind(change.deal).bind(place.0.clone()).bind(place.1);
    let found: Option<(Vec<u8>,)> = statement.optional().await?;
    Ok(found.map(|(position,)| position))
}

/// Gives all deals of a stage new positions with room between them, in their present order. Nobody can see a
/// difference, so there is no event and no new version: it is part of the move that found no room.
///
/// # Errors
/// `Internal` only.
pub async fn spread(tx: &mut Tx, stage: StageId) -> Result<()> {
    let sql = Sql::new("SELECT id FROM deals WHERE stage_id = $2").and("ORDER BY position, id");
    let deals: Vec<(DealId,)> = tx.everyones(sql).bind(stage).all().await?;
    let places = position::spread(deals.len());
    for ((id,), place) in deals.into_iter().zip(places) {
        let sql = Sql::new("UPDATE deals SET position = $3 WHERE id = $2");
        tx.lock(sql).bind(id).bind(place).execute().await?;
    }
    Ok(())
}

/// The first card of a stage that the person asking can see: the neighbour when moving to the top.
///
/// # Errors
/// `Internal` only.
pub async fn first_seen(tx: &mut Tx, stage: StageId, except: DealId) -> Result<Option<DealId>> {
    let found: Option<(DealId,)> = tx
        .query(
            "SELECT id FROM deals WHERE stage_id = $2 AND id <> $3 AND deleted_at IS NULL \
             AND owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) ORDER BY position, id LIMIT 1",
        )
        .bind(stage)
        .bind(except)
        .optional()
        .await?;
    Ok(found.map(|(id,)| id))
}
