//! What cards are shown of the records that lead to them, and lists of the firm's own fields. Plain data.

use serde::{Deserialize, Serialize};

/// Those that lead to it by one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedGroup {
    /// Of which kind they are, and what the field is called.
    pub title: String,
    pub rows: Vec<LinkedRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedRow {
    pub path: String,
    pub name: String,
}

/// What stands over the rows of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListHead {
    /// What the firm's own fields are called that stand in the list.
    pub columns: Vec<String>,
    /// The conditions that narrow it, in words.
    pub conditions: Vec<String>,
}

/// How the values of a field would follow it when it gets another type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Follows {
    pub values: u32,
    /// How many of them can't.
    pub wrong: u32,
    /// The first of those, as far as they are in sight.
    pub examples: Vec<WrongValue>,
}

/// A value that can't follow, and the record in which it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongValue {
    pub path: String,
    pub name: String,
    pub said: String,
}
