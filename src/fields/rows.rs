//! The fields of a card that have a value, each with its label: the server says them (`said_of`), so that the browser
//! needs no descriptions to show a card. What a card shows in another way is left out by it.

use super::model::{Field, Shape};
use crate::customers::address::{call_link, mail_link};
use crate::i18n::Locale;
use crate::journal::model::fields_of;
use crate::ui::Fact;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A field as a card shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidField {
    pub label: String,
    pub said: String,
    pub leads: Leads,
}

/// Where a tap on it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Leads {
    Nowhere,
    Web,
    Call,
    Mail,
}

/// Those of these fields that say something, in that language.
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
        let leads = match field.shape {
            Shape::Link => Leads::Web,
            Shape::Phone => Leads::Call,
            Shape::Email => Leads::Mail,
            _ => Leads::Nowhere,
        };
        SaidField { label: field.called(locale.text()), said, leads }
    });
    said.filter(|field| !field.said.is_empty()).collect()
}

/// The row of a field; what leads somewhere is a link.
#[must_use]
pub fn row(field: SaidField) -> AnyView {
    let SaidField { label, said, leads } = field;
    let text = said.clone();
    let shown = match leads {
        Leads::Web => {
            view! { <a class="as-typed" href=said target="_blank" rel="noopener noreferrer">{text}</a> }
                .into_any()
        }
        Leads::Call => view! { <a href=call_link(&said)>{text}</a> }.into_any(),
        Leads::Mail => view! { <a href=mail_link(&said)>{text}</a> }.into_any(),
        Leads::Nowhere => view! { <span class="as-typed">{text}</span> }.into_any(),
    };
    view! { <Fact label>{shown}</Fact> }.into_any()
}
