//! The board as data: stages with their cards, and what a move changes. Pure, so that the browser can show at once what
//! the server will do. Not the rules of a deal (`deals::model`), and not the order of cards that everyone shares
//! (`position`).

use crate::deals::model::{Pipeline, Stage};
use crate::i18n::{Currency, Money, Totals};
use crate::id::{CmdId, CustomerId, DealId, EventId, PipelineId, StageId, UnitId};
use crate::tasks::view::NextStep;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How many cards of a stage are sent with the page: a few screens of a column. The others are loaded on scrolling.
pub const FIRST: i64 = 20;
/// How many more are loaded at once.
pub const PAGE: i64 = 50;
/// The most cards of one stage that are ever sent at once.
pub const MOST: i64 = 2_000;

/// The query of the board: which pipeline, whose deals, which search, how many cards of each column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BoardQuery {
    /// `None` for the first pipeline.
    pub pipeline: Option<PipelineId>,
    pub search: String,
    pub owner: Option<UnitId>,
    /// How many cards of each column are sent with the page; for printing, where it is not [`FIRST`].
    pub first: Option<i64>,
    /// How many cards were loaded of those columns that were scrolled.
    pub depth: Vec<(StageId, i64)>,
}

impl BoardQuery {
    /// How many cards of that column are wanted.
    #[must_use]
    pub fn depth_of(&self, stage: StageId) -> i64 {
        let wanted = self
            .depth
            .iter()
            .find(|(id, _)| *id == stage)
            .map_or(self.first.unwrap_or(FIRST), |(_, cards)| *cards);
        wanted.clamp(FIRST, MOST)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Board {
    pub pipeline: PipelineId,
    /// All pipelines, to choose from.
    pub pipelines: Vec<Pipeline>,
    pub columns: Vec<Column>,
    /// The closing stages (won, lost), which have no column.
    pub ends: Vec<Stage>,
}

/// An open stage with its first cards; count and totals are of all its cards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    pub stage: Stage,
    pub count: i64,
    pub totals: Totals,
    pub cards: Vec<BoardCard>,
    /// Whether there are more cards than were sent.
    pub more: bool,
}

/// The next cards of a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cards {
    pub cards: Vec<BoardCard>,
    pub more: bool,
}

/// A deal on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardCard {
    pub id: DealId,
    pub title: String,
    pub customer_id: Option<CustomerId>,
    /// The customer's name, where the person asking may see the customer.
    pub customer: Option<String>,
    pub amount: Option<i64>,
    pub currency: Currency,
    pub owner: String,
    pub days_in_stage: i64,
    pub expected_on: Option<NaiveDate>,
    pub version: i64,
    /// The deal's earliest open task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<NextStep>,
    /// The position in the column, in hex: the cursor for loading more.
    pub position: String,
}

impl BoardCard {
    #[must_use]
    pub fn money(&self) -> Option<Money> {
        self.amount.map(|minor| Money::new(minor, self.currency))
    }
}

/// A command to move a deal. Without a neighbour it goes to the end of the stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    pub cmd: CmdId,
    pub deal: DealId,
    pub to: StageId,
    /// The card directly above it at the new place; takes precedence over `before`.
    #[serde(default)]
    pub after: Option<DealId>,
    /// The card directly below it at the new place.
    #[serde(default)]
    pub before: Option<DealId>,
    /// The version of the deal that the person saw.
    pub seen_version: i64,
    /// The reason of a loss, where the stage is a lost one.
    #[serde(default)]
    pub lost_reason: String,
}

/// The result of a move.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    pub card: BoardCard,
    pub stage: Stage,
    /// The event to undo; `None` where nothing changed.
    pub event: Option<EventId>,
}

/// A place for a card: the stage and the two neighbours, not counting the card itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub stage: StageId,
    pub after: Option<DealId>,
    pub before: Option<DealId>,
}

impl Column {
    /// The totals, multiplied by the stage's probability.
    #[must_use]
    pub fn weighted(&self) -> Totals {
        let percent = i128::from(self.stage.probability);
        let part = |minor: i64| {
            if minor == Totals::TOO_MUCH {
                minor
            } else {
                i64::try_from(i128::from(minor) * percent / 100).unwrap_or_default()
            }
        };
        self.totals
            .iter()
            .map(|money| Money::new(part(money.minor), money.currency))
            .filter(|m| m.minor != 0)
            .collect()
    }

    fn take(&mut self, at: usize) -> BoardCard {
        let card = self.cards.remove(at);
        self.count -= 1;
        card.money().into_iter().for_each(|money| self.totals.subtract(money));
        card
    }

    fn put(&mut self, card: BoardCard, after: Option<DealId>, before: Option<DealId>) {
        self.count += 1;
        card.money().filter(|money| money.minor != 0).into_iter().for_each(|money| self.totals.add(money));
        let place = |neighbour: Option<DealId>| self.cards.iter().position(|card| Some(card.id) == neighbour);
        let at = place(after).map(|at| at + 1).or_else(|| place(before)).unwrap_or(self.cards.len());
        self.cards.insert(at, card);
    }
}

impl Board {
    #[must_use]
    pub fn column(&self, stage: StageId) -> Option<&Column> {
        self.columns.iter().find(|column| column.stage.id == stage)
    }

    /// The column that holds the card, and the card's index in it.
    #[must_use]
    pub fn find(&self, deal: DealId) -> Option<(&Column, usize)> {
        self.columns
            .iter()
            .find_map(|column| Some((column, column.cards.iter().position(|card| card.id == deal)?)))
    }

    #[must_use]
    pub fn card(&self, deal: DealId) -> Option<&BoardCard> {
        self.find(deal).map(|(column, at)| &column.cards[at])
    }

    /// A stage by its id, whether it has a column or is a closing stage.
    #[must_use]
    pub fn stage(&self, id: StageId) -> Option<&Stage> {
        self.columns.iter().map(|column| &column.stage).chain(&self.ends).find(|stage| stage.id == id)
    }

    /// How many deals and how much, over all columns.
    #[must_use]
    pub fn sum(&self) -> (i64, Totals) {
        let mut totals = Totals::default();
        self.columns.iter().for_each(|column| totals.merge(&column.totals));
        (self.columns.iter().map(|column| column.count).sum(), totals)
    }

    /// The board after the move: counts and totals follow the card. Nothing changes for a card that is not on the board
    /// or a stage of another pipeline; a move to a closing stage takes the card off the board. Doing it twice is the
    /// same as once.
    #[must_use]
    pub fn moved(&self, change: &Move) -> Self {
        let mut board = self.clone();
        let Some(from) =
            board.columns.iter().position(|column| column.cards.iter().any(|card| card.id == change.deal))
        else {
            return board;
        };
        let to = board.columns.iter().position(|column| column.stage.id == change.to);
        let leaves = board.ends.iter().any(|stage| stage.id == change.to);
        if to.is_none() && !leaves {
            return board;
        }
        let at = board.columns[from].cards.iter().position(|card| card.id == change.deal).unwrap_or_default();
        let mut card = board.columns[from].take(at);
        if let Some(to) = to {
            if to != from {
                card.days_in_stage = 0;
            }
            board.columns[to].put(card, change.after, change.before);
        }
        board
    }

    /// The board to show: the server's, with the moves that the server has not answered yet.
    #[must_use]
    pub fn with<'a>(&self, pending: impl IntoIterator<Item = &'a Move>) -> Self {
        pending.into_iter().fold(self.clone(), |board, change| board.moved(change))
    }

    /// The neighbours at that index of a column, not counting the card itself.
    #[must_use]
    pub fn place(&self, deal: DealId, stage: StageId, at: usize) -> Place {
        let cards = self.column(stage).map(|column| column.cards.as_slice()).unwrap_or_default();
        let others: Vec<DealId> = cards.iter().map(|card| card.id).filter(|id| *id != deal).collect();
        let after = at.checked_sub(1).and_then(|above| others.get(above).or(others.last())).copied();
        Place { stage, after, before: others.get(at).copied() }
    }

    /// Whether the card is at that place already, so that dropping it there moves nothing.
    #[must_use]
    pub fn stands(&self, deal: DealId, place: &Place) -> bool {
        self.find(deal).is_some_and(|(column, at)| {
            column.stage.id == place.stage && self.place(deal, place.stage, at) == *place
        })
    }

    /// Replaces a card's facts with fresh ones.
    pub fn renew(&mut self, fresh: BoardCard) {
        let cards = self.columns.iter_mut().flat_map(|column| &mut column.cards);
        if let Some(card) = cards.into_iter().find(|card| card.id == fresh.id) {
            *card = fresh;
        }
    }

    /// Adds the next cards of a column, except those that are there already.
    pub fn append(&mut self, stage: StageId, next: Cards) {
        let known: std::collections::HashSet<DealId> =
            self.columns.iter().flat_map(|column| &column.cards).map(|card| card.id).collect();
        if let Some(column) = self.columns.iter_mut().find(|column| column.stage.id == stage) {
            column.cards.extend(next.cards.into_iter().filter(|card| !known.contains(&card.id)));
            column.more = next.more;
        }
    }
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
