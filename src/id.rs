//! Ids: UUIDv7, with a type for each kind of record, so that a customer's id can't be passed for a deal's. No rules are
//! here.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(transparent))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

id! {
    /// A person who works in the firm; also the id of their leaf in the organisation tree.
    PersonId,
    /// A node of the organisation tree: an office, a team, a person.
    UnitId,
    CustomerId,
    ContactId,
    DealId,
    ActivityId,
    StageId,
    PipelineId,
    ProductId,
    OwnFieldId,
    OwnKindId,
    OwnRecordId,
    TaskId,
    EventId,
    /// Made by the browser once per command, so that a repeated request is recognised.
    CmdId,
}

impl From<PersonId> for UnitId {
    fn from(person: PersonId) -> Self {
        Self(person.0)
    }
}

/// The number of one of the firm's own kinds of record; a number is never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(transparent))]
#[serde(transparent)]
pub struct KindNr(pub i64);

impl std::fmt::Display for KindNr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for KindNr {
    type Err = std::num::ParseIntError;
    /// Accepts digits only.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<u32>().map(|nr| Self(nr.into()))
    }
}
