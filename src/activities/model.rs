//! What an activity is: a dated interaction with a customer, perhaps about a deal; and the stream in which a card shows
//! activities. Pure.

use crate::id::{ActivityId, CustomerId, DealId, EventId, OwnRecordId, PersonId};
use crate::journal::model::HistoryLine;
use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use uuid::Uuid;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    #[default]
    Call,
    Meeting,
    Visit,
    Email,
    Letter,
    Message,
    Note,
}

impl ActivityKind {
    pub const ALL: [Self; 7] =
        [Self::Call, Self::Meeting, Self::Visit, Self::Email, Self::Letter, Self::Message, Self::Note];

    /// The code in forms, the database and events.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Meeting => "meeting",
            Self::Visit => "visit",
            Self::Email => "email",
            Self::Letter => "letter",
            Self::Message => "message",
            Self::Note => "note",
        }
    }

    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether one side begins it: a meeting or a note has no direction.
    #[must_use]
    pub const fn has_direction(self) -> bool {
        matches!(self, Self::Call | Self::Email | Self::Letter | Self::Message)
    }
}

/// Which side began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The customer came to us.
    In,
    Out,
}

/// How a call ended. A failed attempt is an activity too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Reached,
    NoAnswer,
    Busy,
    SwitchedOff,
    WrongNumber,
}

impl Outcome {
    pub const FAILED: [Self; 4] = [Self::NoAnswer, Self::Busy, Self::SwitchedOff, Self::WrongNumber];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::NoAnswer => "no_answer",
            Self::Busy => "busy",
            Self::SwitchedOff => "switched_off",
            Self::WrongNumber => "wrong_number",
        }
    }

    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        [Self::Reached].into_iter().chain(Self::FAILED).find(|outcome| outcome.code() == code)
    }
}

/// Everything about an activity that somebody can change; events compare and restore exactly this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityFacts {
    pub kind: ActivityKind,
    pub at: DateTime<Utc>,
    /// For an activity about a deal, the deal's customer.
    pub customer_id: Option<CustomerId>,
    pub deal_id: Option<DealId>,
    /// A record of the firm's own kinds. An activity has a deal or such a record, never both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record_id: Option<OwnRecordId>,
    /// Which of our people.
    pub person_id: PersonId,
    /// With whom, by name.
    pub contact: String,
    pub direction: Option<Direction>,
    /// Only for a call.
    pub outcome: Option<Outcome>,
    /// The result, in a few words.
    pub result: String,
    pub content: String,
    pub deleted: bool,
}

/// Which entries of the stream are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Show {
    #[default]
    All,
    Activities,
    Changes,
}

/// The place of an entry in the stream, which is sorted by time; used as a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mark {
    /// In milliseconds; the browser only passes it back.
    pub millis: i64,
    pub id: Uuid,
}

impl Mark {
    #[must_use]
    pub fn new(at: DateTime<Utc>, id: Uuid) -> Self {
        Self { millis: at.timestamp_millis(), id }
    }

    /// The time of the mark. A forged mark may be out of range; then it is the nearest time that both engines can
    /// store.
    #[must_use]
    pub fn at(self) -> DateTime<Utc> {
        const YEAR_1: i64 = -62_135_596_800_000;
        const YEAR_9999: i64 = 253_402_300_799_999;
        DateTime::from_timestamp_millis(self.millis.clamp(YEAR_1, YEAR_9999)).unwrap_or_default()
    }
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.millis, self.id)
    }
}

impl FromStr for Mark {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (millis, id) = text.split_once('.').ok_or(())?;
        Ok(Self { millis: millis.parse().map_err(|_| ())?, id: id.parse().map_err(|_| ())? })
    }
}

/// The query of a card's stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StreamQuery {
    pub show: Show,
    /// The last entry of the page before.
    pub after: Option<Mark>,
    /// How many entries; the server returns at most [`LARGEST_PAGE`].
    pub limit: u32,
}

pub const PAGE: u32 = 40;
pub const LARGEST_PAGE: u32 = 400;

/// An activity as an entry of the stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityLine {
    pub id: ActivityId,
    pub version: i64,
    pub kind: ActivityKind,
    /// On the firm's wall clock.
    pub at: NaiveDateTime,
    pub person: String,
    pub contact: String,
    pub direction: Option<Direction>,
    pub outcome: Option<Outcome>,
    pub result: String,
    pub content: String,
    /// The deal that it is about; set on a customer's card.
    pub deal: Option<(DealId, String)>,
    /// The same for a record of the firm's own kinds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<(OwnRecordId, String)>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StreamLine {
    Activity(ActivityLine),
    Change(HistoryLine),
}

impl StreamLine {
    #[must_use]
    pub fn at(&self) -> NaiveDateTime {
        match self {
            Self::Activity(line) => line.at,
            Self::Change(line) => line.at,
        }
    }

    #[must_use]
    pub fn id(&self) -> Uuid {
        match self {
            Self::Activity(line) => line.id.0,
            Self::Change(line) => line.id.0,
        }
    }
}

/// Somebody who can be chosen as the other side of an activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub name: String,
    pub phone: String,
}

/// A page of a card's stream, newest first, and what the form for a new activity needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StreamPage {
    pub lines: Vec<StreamLine>,
    /// Where the older entries begin; `None` at the end.
    pub next: Option<Mark>,
    /// The id for the plain form, so that sending it twice logs one activity.
    pub fresh: ActivityId,
    pub parties: Vec<Party>,
}

/// The result of logging an activity, with the event by which it can be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logged {
    pub id: ActivityId,
    pub event: EventId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_what_events_hold() {
        for kind in ActivityKind::ALL {
            assert_eq!(serde_json::to_value(kind).expect("a word"), kind.code());
            assert_eq!(ActivityKind::of(kind.code()), Some(kind));
        }
        for outcome in Outcome::FAILED {
            assert_eq!(serde_json::to_value(outcome).expect("a word"), outcome.code());
            assert_eq!(Outcome::of(outcome.code()), Some(outcome));
        }
        assert_eq!(Outcome::of("reached"), Some(Outcome::Reached));
    }

    #[test]
    fn places_are_read_as_they_are_written() {
        let mark = Mark { millis: 1_763_800_000_123, id: Uuid::from_u128(7) };
        assert_eq!(mark.to_string().parse(), Ok(mark));
        assert_eq!("x.y".parse::<Mark>(), Err(()));
    }
}
