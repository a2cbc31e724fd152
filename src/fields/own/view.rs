//! The data that cards and lists get about own fields: the records that link to a card, the heads of columns, the
//! preview of a change of type. Plain data.

use serde::{Deserialize, Serialize};

/// The records that link to a card by one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedGroup {
    /// Their kind, and the name of the field.
    pub title: String,
    pub rows: Vec<LinkedRow>,
}

/// One of these records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedRow {
    pub path: String,
    pub name: String,
}

/// What is shown above the rows of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListHead {
    /// The names of the own fields that are columns.
    pub columns: Vec<String>,
    /// The conditions of the filter, as text.
    pub conditions: Vec<String>,
}

/// How many values can be converted if a field gets another type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Follows {
    /// The number of values.
    pub values: u32,
    /// How many of them can't be converted.
    pub wrong: u32,
    /// The first of these, as far as they are in reach.
    pub examples: Vec<WrongValue>,
}

/// A value that can't be converted, and its record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongValue {
    pub path: String,
    pub name: String,
    pub said: String,
}
