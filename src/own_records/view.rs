//! What the pages of the firm's own records are shown and what they ask for. Plain data, the same on both sides.

use super::input::OwnRecordForm;
use super::model::OwnRecord;
use crate::fields::own::model::OwnFields;
use crate::fields::own::view::{LinkedGroup, ListHead};
use crate::fields::said::SaidField;
use crate::filters::model::Filter;
use crate::id::{KindNr, OwnRecordId};
use crate::own_kinds::model::{KindName, KindStage};
use crate::people::model::OwnerChoice;
use serde::{Deserialize, Serialize};

/// What of a list is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnQuery {
    pub kind: Option<KindNr>,
    pub search: String,
    /// Only those in that stage.
    pub stage: Option<i64>,
    /// Only those of which all this is true.
    pub filter: Filter,
    /// The place of the last row of the page before.
    pub after: Option<String>,
    /// How many; the server gives at most [`LARGEST_PAGE`](crate::live::list_state::LARGEST_PAGE).
    pub limit: u32,
}

impl OwnQuery {
    /// Whether it is less than all of the kind.
    #[must_use]
    pub fn is_narrow(&self) -> bool {
        !self.search.trim().is_empty() || self.stage.is_some() || !self.filter.is_empty()
    }
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OwnRow {
    pub id: OwnRecordId,
    pub name: String,
    /// The customer's name, where the person asking may see the customer.
    pub customer: Option<String>,
    pub stage: Option<i64>,
    pub owner: String,
    /// What stands in the columns, ready to show.
    pub cells: Vec<String>,
}

/// What it takes to show a list of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnHead {
    pub kind: KindName,
    /// It is used: new ones can be made.
    pub active: bool,
    /// The person asking may add, change and delete them.
    pub may_change: bool,
    pub on_customer: bool,
    pub stages: Vec<KindStage>,
    pub list: ListHead,
}

/// A part of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnPage {
    pub head: OwnHead,
    pub rows: Vec<OwnRow>,
    /// The place behind the last row, where there are more.
    pub next: Option<String>,
}

/// The board of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnBoard {
    pub head: OwnHead,
    pub columns: Vec<OwnColumn>,
}

/// A stage and the first of what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnColumn {
    /// `None` for what is in no stage.
    pub stage: Option<i64>,
    pub cards: Vec<OwnRow>,
    pub tally: OwnTally,
}

/// How many there are, or how many a search finds; counted only so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnTally {
    pub number: u32,
    pub more: bool,
}

/// The whole card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnCard {
    pub record: OwnRecord,
    pub kind: KindName,
    /// The person asking may change, move, give away and delete it, as far as it is a question of its kind.
    pub may_change: bool,
    /// Those into which it can come, and its own.
    pub stages: Vec<KindStage>,
    /// What leads to it by a field of the firm's own.
    pub linked: Vec<LinkedGroup>,
    /// What is known of it.
    pub said: Vec<SaidField>,
}

/// What a form begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnDraft {
    pub form: OwnRecordForm,
    pub kind: KindName,
    pub on_customer: bool,
    /// Those that can be chosen.
    pub stages: Vec<KindStage>,
    /// The name of the customer chosen in the form.
    pub customer: Option<String>,
    /// Empty for who may not name another owner.
    pub owners: Vec<OwnerChoice>,
    pub own: OwnFields,
}

/// The records of one kind on a customer's card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnCustomer {
    pub kind: KindName,
    /// The person asking may add one.
    pub may_change: bool,
    pub in_all: u32,
    pub rows: Vec<OnCustomerRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnCustomerRow {
    pub id: OwnRecordId,
    pub name: String,
    /// What its stage is called, and its place among the stages, from 1.
    pub stage: Option<(String, u8)>,
}
