//! What a condition on a list is, and which comparisons a field can have. Pure; how its value is written is in `value`.

use crate::fields::Shape;
use serde::{Deserialize, Serialize};

/// The most conditions that a filter can have.
pub const MOST: usize = 5;

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Exactly this; in a field of several choices, this is one of them.
    Is,
    IsNot,
    /// The text contains this.
    Has,
    /// This or more; this day or later.
    From,
    /// This or less; this day or earlier.
    Until,
    /// There is a value; for yes/no fields: yes.
    Filled,
    /// There is no value; for yes/no fields: no.
    Empty,
}

impl How {
    pub const ALL: [Self; 7] =
        [Self::Is, Self::IsNot, Self::Has, Self::From, Self::Until, Self::Filled, Self::Empty];

    /// The code in addresses and forms.
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

    /// Whether it needs a value to compare with.
    #[must_use]
    pub const fn takes_value(self) -> bool {
        !matches!(self, Self::Filled | Self::Empty)
    }

    /// The comparisons for a field of that shape, the most likely first.
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

/// One condition, as written in the address; it is interpreted when the list is read.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Condition {
    /// The key of the field.
    pub field: String,
    pub how: How,
    /// As written by `value`, independent of language; empty for a comparison without a value.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
}

/// All conditions of a list; a row must meet every one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Filter(pub Vec<Condition>);

impl Filter {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The filter without its nth condition.
    #[must_use]
    pub fn without(&self, nth: usize) -> Self {
        let others = self.0.iter().enumerate().filter(|(at, _)| *at != nth);
        Self(others.map(|(_, one)| one.clone()).collect())
    }

    /// The filter with one more condition.
    #[must_use]
    pub fn with(&self, condition: Condition) -> Self {
        Self(self.0.iter().filter(|one| **one != condition).cloned().chain([condition.clone()]).collect())
    }
}
