//! What is shown before a record is handed over, and the form. Plain data.

use crate::people::model::OwnerChoice;
use serde::{Deserialize, Serialize};

/// The page to begin with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOverOffer {
    /// The record's name.
    pub name: String,
    /// Its present owner.
    pub owner: String,
    /// The people to whom it can be given.
    pub heirs: Vec<OwnerChoice>,
    /// The owner's open deals and tasks that hang on it.
    pub deals: usize,
    pub tasks: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HandOverForm {
    pub to: String,
    /// `on` to hand over the open deals and tasks of the same owner, too.
    pub along: String,
}

/// The result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The name of the new owner.
    pub to: String,
    /// How many records went with it.
    pub along: usize,
    /// Whether the giver still sees the record, and so can undo it.
    pub seen: bool,
    pub event: crate::id::EventId,
}
