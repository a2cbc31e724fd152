//! What an owner is shown of a draft: its changes as history will tell them, and what each would touch. Plain data.

use crate::error::Error;
use crate::journal::model::HistoryLine;
use serde::{Deserialize, Serialize};

/// More than so many are not counted.
pub const MOST_COUNTED: usize = 100_000;

/// Whether there is a draft, and how much is in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftHead {
    pub open: bool,
    pub changes: usize,
}

/// A draft before it is published.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DraftPage {
    pub open: bool,
    pub changes: Vec<DraftChange>,
    /// What was changed in the settings since the draft was begun.
    pub others: Vec<HistoryLine>,
}

impl DraftPage {
    /// Whether it can be published as it is.
    #[must_use]
    pub fn fits(&self) -> bool {
        !self.changes.is_empty() && self.changes.iter().all(|change| change.wrong.is_none())
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DraftChange {
    /// By which it can be taken out of the draft.
    pub number: i64,
    pub line: HistoryLine,
    pub effects: Vec<Effect>,
    /// Why it can't be made any more.
    pub wrong: Option<Error>,
}

/// What a change touches, each with how many, up to [`MOST_COUNTED`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Records that get it on their form and card.
    Records(usize),
    /// Records that have a value in the field.
    Values(usize),
    /// Records that lack what is required from now on: they stay as they are until somebody edits them.
    Missing(usize),
    /// Records in a stage that takes nothing more.
    InClosedStages(usize),
    /// Fields that lead to records of the kind.
    Fields(usize),
    /// Deals in the stage, or in the stages of the pipeline.
    Deals(usize),
}
