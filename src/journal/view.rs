//! The data that server functions of events send to the browser: the result of an undo, the firm's log, the trash.
//! Plain data without rules.

use super::model::{HistoryLine, What};
use crate::activities::model::Mark;
use crate::error::Problem;
use crate::i18n::{Currency, date};
use crate::id::{EventId, PersonId};
use crate::live::Kind;
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// Why a change can't be undone: fields were changed again since, or a rule forbids it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UndoConflict {
    pub event: EventId,
    pub fields: Vec<ConflictField>,
    /// The rule that forbids it.
    pub why: Option<Problem>,
}

/// One field that was changed again since, ready to show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConflictField {
    pub field: String,
    /// The label, if it is one of the firm's own fields.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The value that undo would restore.
    pub wanted: Value,
    pub now: Value,
    /// Who wrote the present value, and when; `None` if no event tells.
    pub by: Option<String>,
    pub at: Option<NaiveDateTime>,
    pub currency: Option<Currency>,
}

/// A change that Ctrl+Z undid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    pub kind: Kind,
    pub what: What,
    pub name: String,
    /// The event whose undo redoes the change; `None` if there is none.
    pub again: Option<EventId>,
}

/// The filters of the firm's log, and the event after which the page begins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LogQuery {
    pub person: Option<PersonId>,
    pub kind: Option<Kind>,
    #[serde(deserialize_with = "date::maybe_plausible")]
    pub day: Option<NaiveDate>,
    pub after: Option<Mark>,
}

/// A page of the log, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogPage {
    pub lines: Vec<HistoryLine>,
    pub next: Option<Mark>,
    /// The people one can filter by.
    pub people: Vec<(PersonId, String)>,
}

/// How many days a deleted record stays in the trash.
pub const KEPT_DAYS: i64 = 30;

/// A deleted record that can be restored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    pub id: Uuid,
    pub kind: Kind,
    /// The name of its kind, if it is one of the firm's own kinds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind_name: Option<String>,
    /// Whether the record's kind allows the person asking to change it, and so to restore it.
    pub may_return: bool,
    pub name: String,
    /// When it was deleted, on the firm's clock.
    pub at: NaiveDateTime,
    pub by: String,
    /// How many days it stays in the trash, today included.
    pub days: i64,
    /// The event that deleted it: undoing it restores the record.
    pub event: EventId,
}

/// A page of the trash, the last deleted first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrashPage {
    pub gone: Vec<Gone>,
    pub next: Option<Mark>,
}
