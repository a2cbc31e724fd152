//! Settling a conflict: two people changed one record; what differs is shown field by field and each value is chosen. Pure, and of no
//! record in particular: each feature names its own fields.

use super::model::fields_of;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A field that is one way in the form and another on record.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    pub field: &'static str,
    pub mine: Value,
    pub theirs: Value,
    /// I left it as it was when I began: then the value on record is the newer one.
    pub untouched: bool,
}

/// What differs in these fields. `was` are the facts as the form began with them.
#[must_use]
pub fn differences<F: Serialize>(
    fields: &[&'static str],
    mine: &F,
    theirs: &F,
    was: Option<&F>,
) -> Vec<Difference> {
    let (mine, theirs, was) = (fields_of(mine), fields_of(theirs), was.map(fields_of));
    fields
        .iter()
        .filter(|field| mine.get(**field) != theirs.get(**field))
        .map(|&field| Difference {
            field,
            mine: mine.get(field).cloned().unwrap_or_default(),
            theirs: theirs.get(field).cloned().unwrap_or_default(),
            untouched: was.as_ref().is_some_and(|was| was.get(field) == mine.get(field)),
        })
        .collect()
}

/// Mine, but for those of these fields that are to stay as they are on record.
#[must_use]
pub fn settled<F: Serialize + DeserializeOwned>(
    fields: &[&'static str],
    mine: F,
    theirs: &F,
    take: &[String],
) -> F {
    if take.is_empty() {
        return mine;
    }
    let mut settled = fields_of(&mine);
    let on_record = fields_of(theirs);
    for field in fields.iter().filter(|field| take.iter().any(|taken| taken == *field)) {
        if let Some(value) = on_record.get(*field) {
            settled.insert((*field).to_owned(), value.clone());
        }
    }
    serde_json::from_str(&Value::Object(settled).to_string()).unwrap_or(mine)
}
