//! What is asked before a record is given away, and the form that answers it. Plain data.

use crate::people::model::OwnerChoice;
use serde::{Deserialize, Serialize};

/// What the page begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOverOffer {
    /// What the record is called.
    pub name: String,
    /// Whose it is now.
    pub owner: String,
    /// To whom it can be given.
    pub heirs: Vec<OwnerChoice>,
    /// The owner's open deals and tasks that hang on it.
    pub deals: usize,
    pub tasks: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HandOverForm {
    pub to: String,
    /// `on` where the open deals and tasks of the same owner go along.
    pub along: String,
}

/// It is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Who has it now.
    pub to: String,
    /// How many records went along.
    pub along: usize,
    /// Whether the giver still sees it, and so can take it back.
    pub seen: bool,
    pub event: crate::id::EventId,
}
