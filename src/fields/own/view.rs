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
