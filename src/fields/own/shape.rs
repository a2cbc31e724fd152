//! The types that the firm's own fields can have. Pure. How each is parsed is in `fields::input`; their names are among
//! the words of the settings.

use serde::{Deserialize, Serialize};

/// The type of an own field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum OwnShape {
    #[default]
    Line,
    Text,
    Number,
    Money,
    Day,
    Moment,
    Choice,
    Choices,
    YesNo,
    Link,
    Phone,
    Email,
    Person,
    Record,
}

impl OwnShape {
    pub const ALL: [Self; 14] = [
        Self::Line,
        Self::Text,
        Self::Number,
        Self::Money,
        Self::Day,
        Self::Moment,
        Self::Choice,
        Self::Choices,
        Self::YesNo,
        Self::Link,
        Self::Phone,
        Self::Email,
        Self::Person,
        Self::Record,
    ];

    /// Its code in forms and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Text => "text",
            Self::Number => "number",
            Self::Money => "money",
            Self::Day => "day",
            Self::Moment => "moment",
            Self::Choice => "choice",
            Self::Choices => "choices",
            Self::YesNo => "yes_no",
            Self::Link => "link",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Person => "person",
            Self::Record => "record",
        }
    }

    /// Parses a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.code() == code)
    }

    /// Whether the owner defines choices for it.
    #[must_use]
    pub const fn has_choices(self) -> bool {
        matches!(self, Self::Choice | Self::Choices)
    }

    /// Whether its values are texts that the search can find.
    #[must_use]
    pub const fn is_words(self) -> bool {
        matches!(self, Self::Line | Self::Text | Self::Link | Self::Phone | Self::Email)
    }

    /// Whether its values fit into one line of a list.
    #[must_use]
    pub const fn is_short(self) -> bool {
        !matches!(self, Self::Text)
    }

    /// Whether every value of this type is also a value of the other, so that nothing has to be converted.
    #[must_use]
    pub fn fits(self, other: Self) -> bool {
        self == other || matches!((self, other), (Self::Line, Self::Text) | (Self::Choice, Self::Choices))
    }
}
