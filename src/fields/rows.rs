//! The fields of a card that have a value, each with its label. What a card shows in another way is left out by it.

use super::model::Field;
use crate::i18n::Locale;
use crate::journal::model::fields_of;
use serde::Serialize;
use serde_json::Value;

/// Label and value of each of these fields that says something.
pub fn said_of<'a>(
    fields: impl Iterator<Item = &'a Field>,
    facts: &impl Serialize,
    locale: Locale,
) -> Vec<(&'static str, String)> {
    let facts = fields_of(facts);
    fields
        .map(|field| {
            let value = facts.get(field.key).unwrap_or(&Value::Null);
            ((field.label)(locale.text()), field.said(value, locale))
        })
        .filter(|(_, said)| !said.is_empty())
        .collect()
}
