//! The dialog for adding a condition: which field, which comparison, which value. The server parses the value as it
//! would in the record's own form; then the list is shown at its new address.

use super::api;
use super::bar::Filtered;
use super::input::ConditionForm;
use super::model::How;
use super::value::asked;
use crate::error::Result;
use crate::fields::control::FieldControl;
use crate::fields::own::model::OwnFields;
use crate::fields::{Field, Shape};
use crate::i18n::{Text, use_text};
use crate::ui::{
    Banner, Button, ButtonKind, Choice, Missing, Select, Sending, SkeletonRows, Tone, Trouble, use_sending,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use leptos_router::hooks::use_navigate;

/// Loaded as a separate wasm part, because nobody needs it before the button is pressed.
#[wasm_split(filter, wasm_split_path = leptos::wasm_split, fallible, preload(load_filter))]
pub fn opened(filtered: Filtered, open: RwSignal<bool>) -> Result<AnyView, Missing> {
    Ok(view! { <Opened filtered open /> }.into_any())
}

#[component]
fn Opened(filtered: Filtered, open: RwSignal<bool>) -> impl IntoView {
    let text = use_text();
    let of = filtered.of;
    let fields = LocalResource::new(move || api::fields(of.get()));
    let shown = move || {
        fields.get().map(|fields| match fields {
            Ok(fields) if fields.fields.is_empty() => {
                view! { <p class="dialog-text">{text.filters().no_fields}</p> }.into_any()
            }
            Ok(fields) => view! { <Ask fields filtered open /> }.into_any(),
            Err(error) => view! { <Banner tone=Tone::Bad text=(text.errors.error)(&error) /> }.into_any(),
        })
    };
    view! {
        <Suspense fallback=|| view! { <SkeletonRows /> }>{shown}</Suspense>
    }
}

/// The name of a comparison for a field of that shape.
fn called(how: How, shape: &Shape, text: &'static Text) -> &'static str {
    let words = text.filters();
    match (how, shape) {
        (How::Filled, Shape::YesNo(yes, _)) => yes(text),
        (How::Empty, Shape::YesNo(_, no)) => no(text),
        (How::From, Shape::Day | Shape::Moment) => words.how_since,
        (How::Until, Shape::Day | Shape::Moment) => words.how_before,
        (How::Is, _) => words.how_is,
        (How::IsNot, _) => words.how_is_not,
        (How::Has, _) => words.how_has,
        (How::From, _) => words.how_from,
        (How::Until, _) => words.how_until,
        (How::Filled, _) => words.how_filled,
        (How::Empty, _) => words.how_empty,
    }
}

#[component]
fn Ask(fields: OwnFields, filtered: Filtered, open: RwSignal<bool>) -> impl IntoView {
    let text = use_text();
    let words = text.filters();
    let sending = use_sending();
    let all = fields.active();
    let choices: Vec<Choice> =
        all.iter().map(|field| Choice::new(field.key.to_string(), field.called(text))).collect();
    let first = all.first().map(|field| field.key.to_string()).unwrap_or_default();
    let all = StoredValue::new(all);
    let chosen = RwSignal::new(first);
    let field = Memo::new(move |_| chosen.get());
    let found =
        move || field.with(|key| all.with_value(|all| all.iter().find(|one| one.key == *key).cloned()));
    let how = RwSignal::new(String::new());
    let value = RwSignal::new(String::new());
    // Another field may have other comparisons.
    Effect::new(move |before: Option<String>| {
        let key = field.get();
        if before.as_ref() != Some(&key) {
            let first = found().and_then(|field| How::of(&field.shape).first().copied());
            how.set(first.map(|how| how.code().to_owned()).unwrap_or_default());
            value.set(String::new());
        }
        key
    });
    let hows = Signal::derive(move || {
        let shape = found().map(|field| field.shape);
        shape.map_or_else(Vec::new, |shape| {
            How::of(&shape).iter().map(|how| Choice::new(how.code(), called(*how, &shape, text))).collect()
        })
    });
    let takes_value = Memo::new(move |_| How::parse(&how.get()).is_some_and(How::takes_value));
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let form = ConditionForm {
            field: field.get_untracked(),
            how: how.get_untracked(),
            value: value.get_untracked(),
        };
        let navigate = navigate.clone();
        sending.send(api::read(filtered.of.get_untracked(), form), move |condition| {
            let filter = filtered.filter.with_untracked(|filter| filter.with(condition));
            open.set(false);
            navigate(&filtered.address.run(filter), Default::default());
        });
    };
    view! {
        <form class="form" data-draft="" on:submit=submit>
            <Select name="field" label=words.field choices value=chosen problem=sending.problem("field") />
            <Select name="how" label=words.how choices=hows value=how problem=sending.problem("how") />
            {move || {
                let field = takes_value.get().then(found).flatten();
                field.map(|field| view! { <Value field sending value /> })
            }}
            <Trouble sending />
            <div class="form-actions">
                <Button kind=ButtonKind::Filled submit=true busy=sending.busy>{words.apply}</Button>
            </div>
        </form>
    }
}

#[component]
fn Value(field: Field, sending: Sending, value: RwSignal<String>) -> impl IntoView {
    view! { <FieldControl field=asked(&field) sending value /> }
}
