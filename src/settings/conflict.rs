//! The panel of a conflict in a form of the settings: the fields that two people changed, with both values, and the
//! choice between one's own values and the stored ones. It is inside the form, so that its first button also works
//! before the page is hydrated. It merges nothing; the server does.

use crate::error::Error;
use crate::fields::names;
use crate::i18n::{use_locale, use_text};
use crate::journal::conflict::is_at_odds;
use crate::journal::conflict_table::{ConflictRow, ConflictTable};
use crate::ui::{Button, Choice, Sending, browser};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use serde_json::Value;

/// A JSON value as a form has it.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// The panel; empty without a conflict. `take` is called when the person chooses the stored values.
#[component]
pub fn Overtaken(
    sending: Sending,
    /// The fields of the form by name, each with the name of its fact.
    fields: &'static [(&'static str, &'static str)],
    /// The text of a field whose value can't be read from the control with its name.
    #[prop(into, optional)]
    typed: Option<Callback<&'static str, Option<String>>>,
    /// For one field with choices: its name, and the choices with their labels.
    #[prop(optional)]
    named: Option<(&'static str, Vec<Choice>)>,
    /// The signal for the version to overwrite, for a form that is not read by the names of its fields.
    #[prop(optional)]
    over: Option<RwSignal<String>>,
    take: Callback<()>,
) -> impl IntoView {
    let text = use_text();
    let locale = use_locale();
    let here = use_location().pathname.get_untracked();
    let over = over.unwrap_or_default();
    let named = StoredValue::new(named);
    let said = move |field: &str, value: String| {
        let name = named.with_value(|named| {
            let (_, choices) = named.as_ref().filter(|(of, _)| *of == field)?;
            choices.iter().find(|choice| choice.value == value).map(|choice| choice.label.clone())
        });
        name.or_else(|| names::value(locale, field, &value).map(str::to_owned)).unwrap_or(value)
    };
    let mine_in = move |field: &'static str| {
        let held = typed.and_then(|typed| typed.run(field));
        held.or_else(|| browser::value_at(&format!("field-{field}")))
            .unwrap_or_else(|| sending.typed(field, ""))
    };
    let panel = move || {
        let Some(Error::Conflict { version, theirs }) = sending.error.get() else { return None };
        let rows = fields.iter().filter(|(_, fact)| is_at_odds(&theirs, fact)).filter_map(|(field, fact)| {
            let (mine, theirs) = (mine_in(field), plain(theirs.get(fact)?));
            (mine.trim() != theirs.trim()).then(|| {
                let label = names::field(locale, field).unwrap_or(field);
                ConflictRow::new(label, said(field, mine), said(field, theirs))
            })
        });
        let rows = rows.collect();
        let keep = move |()| over.set(version.to_string());
        let take = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            sending.error.set(None);
            take.run(());
        };
        Some(view! {
            <ConflictTable rows />
            <div class="form-actions">
                <Button submit=true name="over" value=version.to_string() on_click=keep>{text.errors.keep_mine}</Button>
                <a class="button" href=here.clone() on:click=take>{text.errors.take_theirs}</a>
            </div>
        })
    };
    // Before the button of the same name: without wasm the button's value counts, because it comes later.
    view! {
        <input type="hidden" name="over" value=move || over.get() />
        {panel}
    }
}
