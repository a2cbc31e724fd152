//! When somebody saved the same meanwhile: the fields that both changed, with one's own value and theirs, and the two
//! ways on. Stands inside the form, so that its first button sends it before the page woke up.

use crate::error::Error;
use crate::fields::names;
use crate::i18n::{use_locale, use_text};
use crate::journal::conflict::is_at_odds;
use crate::journal::conflict_table::{ConflictRow, ConflictTable};
use crate::ui::{Button, Choice, Sending, browser};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use serde_json::Value;

/// A value as it stands in a form.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

#[component]
pub fn Overtaken(
    sending: Sending,
    /// The fields of the form by name, each with the fact it stands for.
    fields: &'static [(&'static str, &'static str)],
    /// What is typed in a field, where it can't be read from the control of its name.
    #[prop(into, optional)]
    typed: Option<Callback<&'static str, Option<String>>>,
    /// The names of what a field holds by its id, for the field that does.
    #[prop(optional)]
    named: Option<(&'static str, Vec<Choice>)>,
    /// Where the form is not read by the names of its fields.
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
    // Ahead of the button, which counts where there is no wasm.
    view! {
        <input type="hidden" name="over" value=move || over.get() />
        {panel}
    }
}
