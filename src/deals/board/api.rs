//! The board's server functions: the whole board, the next cards of a column, and a move.

use super::model::{Board, BoardQuery, Cards, Move, Moved};
use crate::error::Result;
use crate::id::{DealId, StageId};
use crate::wire::Json;
use leptos::prelude::*;

/// The stages of a pipeline with their first cards.
#[server(prefix = "/api", endpoint = "board/get", protocol = Json)]
pub async fn get(query: BoardQuery) -> Result<Board> {
    use super::store;
    crate::server::read(async |tx| store::board(tx, &query).await).await
}

/// The cards of a column that follow the one at `after`.
#[server(prefix = "/api", endpoint = "board/column", protocol = Json)]
pub async fn column(query: BoardQuery, stage: StageId, after: String, id: DealId) -> Result<Cards> {
    use super::store;
    crate::server::read(async |tx| store::column(tx, &query, stage, &after, id).await).await
}

/// Moves a deal to another stage, or to another position in its own.
#[server(prefix = "/api", endpoint = "board/move", protocol = Json)]
pub async fn carry(change: Move) -> Result<Moved> {
    use super::store;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Sell, async |tx| store::move_to(tx, &change).await).await
}
