//! What the pages of the record are told: what was taken back and why something can't be, the log of the firm, the
//! trash. Plain data.

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

/// A change can't be taken back, because somebody has changed the same since, or a rule stands against it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UndoConflict {
    pub event: EventId,
    pub fields: Vec<ConflictField>,
    /// The rule.
    pub why: Option<Problem>,
}

/// One field of it, ready to show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConflictField {
    pub field: String,
    /// What the firm calls it, where it is a field of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What taking back would have brought.
    pub wanted: Value,
    pub now: Value,
    /// Who made it so, and when; unknown where it came about in another way.
    pub by: Option<String>,
    pub at: Option<NaiveDateTime>,
    pub currency: Option<Currency>,
}

/// What Ctrl+Z took back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    pub kind: Kind,
    pub what: What,
    pub name: String,
    /// Taking this back does it once more; `None` where there is no way.
    pub again: Option<EventId>,
}

/// What part of the firm's log is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LogQuery {
    pub person: Option<PersonId>,
    pub kind: Option<Kind>,
    #[serde(deserialize_with = "date::maybe_plausible")]
    pub day: Option<NaiveDate>,
    pub after: Option<Mark>,
}

/// A part of the log, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogPage {
    pub lines: Vec<HistoryLine>,
    pub next: Option<Mark>,
    /// Whom one can filter by.
    pub people: Vec<(PersonId, String)>,
}

/// What is deleted stays so many days.
pub const KEPT_DAYS: i64 = 30;

/// Something deleted that can still be brought back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    pub id: Uuid,
    pub kind: Kind,
    /// What the firm calls a record of its own kinds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind_name: Option<String>,
    /// As far as it is a question of its kind: the person asking may bring it back.
    pub may_return: bool,
    pub name: String,
    /// When it was deleted, on the firm's wall clock.
    pub at: NaiveDateTime,
    pub by: String,
    /// How many days it stays, today among them.
    pub days: i64,
    /// What is to be undone.
    pub event: EventId,
}

/// A part of the trash, the latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrashPage {
    pub gone: Vec<Gone>,
    pub next: Option<Mark>,
}
