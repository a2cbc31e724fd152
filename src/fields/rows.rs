//! The fields of a card that have a value, each with its label. What a card shows in another way is left out by it.

use super::model::{Field, Shape};
use crate::customers::address::{call_link, mail_link};
use crate::i18n::Locale;
use crate::journal::model::fields_of;
use crate::ui::Fact;
use leptos::prelude::*;
use serde::Serialize;
use serde_json::Value;

/// A row for each of these fields that says something.
pub fn rows_of<'a>(
    fields: impl Iterator<Item = &'a Field>,
    facts: &impl Serialize,
    locale: Locale,
) -> Vec<AnyView> {
    let facts = fields_of(facts);
    fields
        .filter_map(|field| {
            let value = facts.get(&*field.key).unwrap_or(&Value::Null);
            let said = if field.is_empty(value) { String::new() } else { field.said(value, locale) };
            let label = field.called(locale.text());
            let shown = shown(field, &said);
            (!said.is_empty()).then(|| view! { <Fact label>{shown}</Fact> }.into_any())
        })
        .collect()
}

/// What leads somewhere is a link.
fn shown(field: &Field, said: &str) -> AnyView {
    let text = said.to_owned();
    match field.shape {
        Shape::Link => {
            let href = text.clone();
            view! { <a class="as-typed" href=href target="_blank" rel="noopener noreferrer">{text}</a> }
                .into_any()
        }
        Shape::Phone => view! { <a href=call_link(said)>{text}</a> }.into_any(),
        Shape::Email => view! { <a href=mail_link(said)>{text}</a> }.into_any(),
        _ => view! { <span class="as-typed">{text}</span> }.into_any(),
    }
}
