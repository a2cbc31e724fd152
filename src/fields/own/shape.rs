//! What kinds of values the firm's own fields can have. Pure: what may be typed in each is in `fields::input`, what
//! each is called among the words.

use serde::{Deserialize, Serialize};

/// What kind of value stands in it.
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

    /// As forms and the database write it.
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

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.code() == code)
    }

    #[must_use]
    pub const fn has_choices(self) -> bool {
        matches!(self, Self::Choice | Self::Choices)
    }

    /// Whether people could look for what stands in it.
    #[must_use]
    pub const fn is_words(self) -> bool {
        matches!(self, Self::Line | Self::Text | Self::Link | Self::Phone | Self::Email)
    }

    /// Whether it says what it says in one line of a list.
    #[must_use]
    pub const fn is_short(self) -> bool {
        !matches!(self, Self::Text)
    }

    /// Whether every value of this shape is one of that shape, too.
    #[must_use]
    pub fn fits(self, other: Self) -> bool {
        self == other || matches!((self, other), (Self::Line, Self::Text) | (Self::Choice, Self::Choices))
    }
}
