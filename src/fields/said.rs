//! The described fields of a card as text, made on the server, so that the browser needs no descriptions to show a
//! card. Pure. The row that shows one is in `rows`.

use super::model::{Field, Shape};
use crate::i18n::Locale;
use crate::journal::model::fields_of;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A field as a card shows it: label, value as text, link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidField {
    pub label: String,
    pub said: String,
    pub leads: Leads,
}

/// What a click on the value opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Leads {
    Nowhere,
    Web,
    Call,
    Mail,
    /// The card with this path.
    Card(String),
}

/// The fields that have a value, as text in this language.
#[must_use]
pub fn said_of<'a>(
    fields: impl Iterator<Item = &'a Field>,
    facts: &impl Serialize,
    locale: Locale,
) -> Vec<SaidField> {
    let facts = fields_of(facts);
    let said = fields.map(|field| {
        let value = facts.get(&*field.key).unwrap_or(&Value::Null);
        let said = if field.is_empty(value) { String::new() } else { field.said(value, locale) };
        let leads = match &field.shape {
            Shape::Linked(to, _) => to.card_of(value).map_or(Leads::Nowhere, Leads::Card),
            Shape::Link => Leads::Web,
            Shape::Phone => Leads::Call,
            Shape::Email => Leads::Mail,
            _ => Leads::Nowhere,
        };
        SaidField { label: field.called(locale.text()), said, leads }
    });
    said.filter(|field| !field.said.is_empty()).collect()
}
