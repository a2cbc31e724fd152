//! The data that the pages of own records ask for and receive: query, list, board, card, form. Plain data without
//! rules, the same in browser and server.

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

/// In [`OwnQuery::stage`]: records without a stage. Stages are numbered from 1.
pub const NO_STAGE: i64 = 0;

/// The query of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnQuery {
    pub kind: Option<KindNr>,
    pub search: String,
    /// Only records in this stage, or without a stage: [`NO_STAGE`].
    pub stage: Option<i64>,
    /// Only records that meet all these conditions.
    pub filter: Filter,
    /// The cursor: the place of the last row of the page before.
    pub after: Option<String>,
    /// How many rows; the server returns at most [`LARGEST_PAGE`](crate::live::list_state::LARGEST_PAGE).
    pub limit: u32,
}

impl OwnQuery {
    /// Whether anything filters the list.
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
    /// The customer's name, if the customer is in reach of the person asking.
    pub customer: Option<String>,
    pub stage: Option<i64>,
    pub owner: String,
    /// The cells of the firm's own fields that are columns, as text.
    pub cells: Vec<String>,
}

/// What is needed to show a list or board of a kind, besides the rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnHead {
    pub kind: KindName,
    /// Whether the kind is in use, so that records can be added.
    pub active: bool,
    /// Whether the person asking may add, change and delete its records.
    pub may_change: bool,
    pub on_customer: bool,
    pub stages: Vec<KindStage>,
    pub list: ListHead,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnPage {
    pub head: OwnHead,
    pub rows: Vec<OwnRow>,
    /// The cursor after the last row, if there are more.
    pub next: Option<String>,
}

/// The board of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnBoard {
    pub head: OwnHead,
    pub columns: Vec<OwnColumn>,
}

/// A column of the board: a stage and its first records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnColumn {
    /// `None` for records without a stage.
    pub stage: Option<i64>,
    pub cards: Vec<OwnRow>,
    pub tally: OwnTally,
}

/// A number of records, counted up to a limit; `more` if the limit was exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnTally {
    pub number: u32,
    pub more: bool,
}

/// A record with everything that its card shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnCard {
    pub record: OwnRecord,
    pub kind: KindName,
    /// Whether its kind allows the person asking to change, move, hand over and delete it.
    pub may_change: bool,
    /// The stages it can be moved to, and its present one.
    pub stages: Vec<KindStage>,
    /// The records that link to it by one of the firm's own fields.
    pub linked: Vec<LinkedGroup>,
    /// Its fields with values, as text.
    pub said: Vec<SaidField>,
}

/// The form to begin with, and its choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnDraft {
    pub form: OwnRecordForm,
    pub kind: KindName,
    pub on_customer: bool,
    /// The stages that can be chosen.
    pub stages: Vec<KindStage>,
    /// The name of the customer in the form.
    pub customer: Option<String>,
    /// The owners that can be chosen; empty without the right to hand records over.
    pub owners: Vec<OwnerChoice>,
    pub own: OwnFields,
}

/// The own records of one kind on a customer's card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnCustomer {
    pub kind: KindName,
    /// Whether the person asking may add one.
    pub may_change: bool,
    /// Their number; `rows` has only the first of them.
    pub in_all: u32,
    pub rows: Vec<OnCustomerRow>,
}

/// One of these records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnCustomerRow {
    pub id: OwnRecordId,
    pub name: String,
    /// The name of its stage, and the stage's colour from 1 to 5.
    pub stage: Option<(String, u8)>,
}
