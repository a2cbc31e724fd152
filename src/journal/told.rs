//! What is told of taking back: what was taken back, and why something can't be. Plain data.

use super::model::What;
use crate::error::Problem;
use crate::i18n::Currency;
use crate::id::EventId;
use crate::live::Kind;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A change can't be taken back, because somebody has changed the same since, or a rule stands against it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clash {
    pub event: EventId,
    pub fields: Vec<Clashing>,
    /// The rule.
    pub why: Option<Problem>,
}

/// One field of it, ready to show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clashing {
    pub field: String,
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
