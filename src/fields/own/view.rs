//! What a card is shown of the records that lead to it. Plain data.

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
