//! What a condition on a list is, and which a field can have. Pure; how its value is written is in `value`.

use crate::fields::Shape;
use serde::{Deserialize, Serialize};

/// More conditions at once than this are refused.
pub const MOST: usize = 5;

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Exactly this; of several choices, this one is among them.
    Is,
    IsNot,
    /// It stands somewhere in the text.
    Has,
    /// This or more, this day or later.
    From,
    /// This or less, this day or earlier.
    Until,
    /// There is a value; a yes.
    Filled,
    /// There is none; a no.
    Empty,
}

impl How {
    pub const ALL: [Self; 7] =
        [Self::Is, Self::IsNot, Self::Has, Self::From, Self::Until, Self::Filled, Self::Empty];

    /// As addresses and forms write it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::IsNot => "is_not",
            Self::Has => "has",
            Self::From => "from",
            Self::Until => "until",
            Self::Filled => "filled",
            Self::Empty => "empty",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.code() == code)
    }

    /// Whether it compares with a value.
    #[must_use]
    pub const fn takes_value(self) -> bool {
        !matches!(self, Self::Filled | Self::Empty)
    }

    /// Those that a field of that shape can have, the likeliest first.
    #[must_use]
    pub const fn of(shape: &Shape) -> &'static [Self] {
        match shape {
            Shape::Line(_) | Shape::Text(_) | Shape::Link | Shape::Phone | Shape::Email => {
                &[Self::Has, Self::Is, Self::Filled, Self::Empty]
            }
            Shape::Number | Shape::Money(_) | Shape::Day => {
                &[Self::From, Self::Until, Self::Is, Self::Filled, Self::Empty]
            }
            Shape::Moment => &[Self::From, Self::Until, Self::Filled, Self::Empty],
            Shape::Choice(_) | Shape::Choices(_) => &[Self::Is, Self::IsNot, Self::Filled, Self::Empty],
            Shape::YesNo(..) => &[Self::Filled, Self::Empty],
            Shape::Linked(..) => &[Self::Is, Self::Filled, Self::Empty],
        }
    }
}

/// One condition. It is kept as it stands in the address; what it means is asked when the list is read.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Condition {
    /// The key of the field.
    pub field: String,
    pub how: How,
    /// As `value` writes it, in no language; empty where none is compared.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
}

/// All conditions of a list; every one must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Filter(pub Vec<Condition>);

impl Filter {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same without the nth.
    #[must_use]
    pub fn without(&self, nth: usize) -> Self {
        let others = self.0.iter().enumerate().filter(|(at, _)| *at != nth);
        Self(others.map(|(_, one)| one.clone()).collect())
    }

    /// The same with one more.
    #[must_use]
    pub fn with(&self, condition: Condition) -> Self {
        Self(self.0.iter().filter(|one| **one != condition).cloned().chain([condition.clone()]).collect())
    }
}
