//! The notice that is sent to browsers: pure data, shared by both sides. It carries no facts of the record.

use crate::id::{CmdId, UnitId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The kinds of records that can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Customer,
    Deal,
    Activity,
    Task,
    Person,
    /// A group of the organisation tree.
    Group,
    Firm,
    /// A pipeline or one of its stages.
    Pipeline,
    Product,
    /// A field of the firm's own.
    Field,
    /// A kind of record of the firm's own.
    OwnKind,
    /// A record of one of the firm's own kinds.
    OwnRecord,
    /// What an owner prepares in the settings; only they hear of it.
    SettingsDraft,
    /// More than is worth listing: read again whatever is shown.
    Everything,
}

impl Kind {
    /// The kinds of record with a card of their own.
    pub const CARDS: [Self; 3] = [Self::Customer, Self::Deal, Self::OwnRecord];
    /// All kinds of record: those with a card, and what hangs on them. The others are people and settings.
    pub const RECORDS: [Self; 5] = [Self::Customer, Self::Deal, Self::OwnRecord, Self::Activity, Self::Task];
}

/// What changes on every page just because time passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Now {
    /// The firm's day.
    pub today: NaiveDate,
    /// How many seconds are left of that day.
    pub seconds_left: u32,
    /// How many of the person's own tasks are late or for today.
    pub waiting: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub kind: Kind,
    pub id: Uuid,
    /// The command that caused the change, so that the browser that sent it can tell.
    pub cmd: Option<CmdId>,
    /// The units on which the record hung before and hangs now: only people who see one of them receive the notice.
    /// Empty in the browser.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitId>,
}

impl Notice {
    #[must_use]
    pub fn everything() -> Self {
        Self { kind: Kind::Everything, id: Uuid::nil(), cmd: None, units: Vec::new() }
    }

    /// # Panics
    /// Never: it holds only plain values.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a notice holds only plain values")
    }
}
