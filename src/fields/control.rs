//! The controls of a form, made from the descriptions of its fields: text fields, choices, checkboxes, links to
//! records. They send nothing and contain no rules; the form that contains them does.

use super::input::{TypedAt, TypedFields};
use super::model::{Field, FieldChoice, LinkTo, Names, Shape, own_of};
use super::own::api::choices;
use super::value::TICKED;
use crate::error::Error;
use crate::i18n::{use_locale, use_text};
use crate::ui::{
    Checkbox, Choice, Field as LineField, FieldKind, Picker, PickerWords, Select, Sending, TextArea, Wanted,
    use_today,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

/// A field and its present text in the form.
pub type TypedField = (Field, RwSignal<String>);

/// Returns a function that gives the language and the firm's present day, which parsing a field needs.
pub fn use_typed_at() -> impl Fn() -> TypedAt + Copy {
    let (locale, today) = (use_locale(), use_today());
    move || TypedAt { today: today.get_untracked(), locale }
}

/// A field with label, control, hint and problem. `value` is its text in the form: for a checkbox anything if it is
/// ticked, else nothing; for several choices their numbers, separated by commas.
#[component]
pub fn FieldControl(
    field: Field,
    sending: Sending,
    value: RwSignal<String>,
    /// The height of a text of several lines.
    #[prop(default = 4)]
    rows: u32,
) -> impl IntoView {
    let text = use_text();
    let label = field.called(text);
    let hint = field.hint.as_ref().map(|hint| hint.said(text).into_owned()).unwrap_or_default();
    let problem = sending.problem(&field.key);
    let name = field.key.to_string();
    let required = field.required;
    let kind = match field.shape {
        Shape::Day => FieldKind::Date,
        Shape::Moment => FieldKind::Moment,
        Shape::Money(_) => FieldKind::Money,
        Shape::Phone => FieldKind::Tel,
        Shape::Email => FieldKind::Email,
        _ => FieldKind::Text,
    };
    match field.shape {
        Shape::Line(most) => {
            view! { <LineField name label hint value problem required max_length=most /> }.into_any()
        }
        Shape::Text(most) => view! {
            <div class="wide">
                <TextArea name label hint value problem required rows max_length=most />
            </div>
        }
        .into_any(),
        Shape::YesNo(..) => view! { <Tick name label value own=field.own /> }.into_any(),
        Shape::Choice(choices) => {
            let now = value.get_untracked();
            let offered =
                choices.into_iter().filter(|choice| !choice.archived || choice.nr.to_string() == now);
            let offered = offered.map(|choice| Choice::new(choice.nr.to_string(), choice.name));
            let choices: Vec<Choice> = std::iter::once(Choice::default()).chain(offered).collect();
            view! { <Select name label hint choices value problem required /> }.into_any()
        }
        Shape::Linked(to, names) => {
            view! { <LinkControl name label to names value sending required /> }.into_any()
        }
        Shape::Choices(choices) => view! { <Ticks name label choices value problem /> }.into_any(),
        _ => view! { <LineField name label hint value problem required kind /> }.into_any(),
    }
}

/// A link to a record or a person, found by typing; `value` is its id.
#[component]
fn LinkControl(
    name: String,
    label: String,
    to: LinkTo,
    names: Names,
    value: RwSignal<String>,
    sending: Sending,
    required: bool,
) -> impl IntoView {
    let text = use_text();
    let called = RwSignal::new(names.get(&value.get_untracked()).cloned().unwrap_or_default());
    let names = StoredValue::new(names);
    let key = name.clone();
    // After a conflict, the refusal contains the name of what somebody else has chosen.
    Effect::new(move |_| {
        sending.error.with(|error| {
            let Some(Error::Conflict { theirs, .. }) = error else { return };
            let theirs = theirs.get(&*key);
            let id = theirs.and_then(|theirs| to.id(theirs));
            let name = theirs.and_then(|theirs| theirs.get("name")).and_then(Value::as_str);
            if let Some((id, name)) = id.zip(name) {
                names.update_value(|names| {
                    names.insert(id.to_owned(), name.to_owned());
                });
            }
        });
    });
    // The value can also be set from outside: by a restored draft, or by the stored value after a conflict.
    Effect::new(move |_| {
        let id = value.get();
        if id.is_empty() {
            called.set(String::new());
        } else if let Some(name) = names.with_value(|names| names.get(&id).cloned()) {
            called.set(name);
        }
    });
    let of = match to {
        LinkTo::Person => None,
        LinkTo::Records(of) => Some(of),
    };
    let find = Callback::new(move |(typed, told): Wanted| {
        spawn_local(async move { told.run(choices(of, typed).await.unwrap_or_default()) });
    });
    let words = PickerWords {
        placeholder: text.common.search,
        nothing: text.common.none,
        none_found: text.common.nothing_found,
        list: text.common.search,
    };
    let problem = sending.problem(&name);
    view! { <Picker field=name label id=value name=called problem words find required /> }
}

/// A checkbox. For one of the firm's own fields the form also has a hidden input, because browsers do not send a
/// checkbox that is not ticked, and a field that a form does not contain is left as it is.
#[component]
fn Tick(name: String, label: String, value: RwSignal<String>, own: bool) -> impl IntoView {
    let ticked = RwSignal::new(!value.get_untracked().is_empty());
    Effect::new(move |_| {
        let yes = !value.get().is_empty();
        if ticked.get_untracked() != yes {
            ticked.set(yes);
        }
    });
    Effect::new(move |_| {
        let yes = ticked.get();
        if value.with_untracked(String::is_empty) == yes {
            value.set(if yes { TICKED } else { "" }.to_owned());
        }
    });
    let held = own.then(|| view! { <input type="hidden" name=name.clone() value="" /> });
    view! {
        {held}
        <Checkbox name label value=ticked />
    }
}

/// A group of checkboxes for several choices.
#[component]
fn Ticks(
    name: String,
    label: String,
    choices: Vec<FieldChoice>,
    value: RwSignal<String>,
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let now = value.get_untracked();
    let has = |typed: &str, nr: u32| typed.split(',').any(|one| one == nr.to_string());
    let list = format!("{name}[]");
    let boxes = choices
        .into_iter()
        .filter(|choice| !choice.archived || has(&now, choice.nr))
        .map(|choice| {
            let nr = choice.nr;
            let change = move |event: leptos::ev::Event| {
                let ticked = event_target_checked(&event);
                value.update(|typed| {
                    let one = nr.to_string();
                    let others = typed.split(',').filter(|other| !other.is_empty() && *other != one);
                    let mut all: Vec<String> = others.map(str::to_owned).collect();
                    if ticked {
                        all.push(one);
                    }
                    *typed = all.join(",");
                });
            };
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        name=list.clone()
                        value=nr.to_string()
                        checked=has(&now, nr)
                        prop:checked=move || value.with(|typed| has(typed, nr))
                        on:change=change
                    />
                    <span class="check-label">{choice.name}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field wide">
            <legend class="field-label">{label}</legend>
            <input type="hidden" name=format!("{name}[]") value="" />
            <div class="form-ticks">{boxes}</div>
            <p class="field-problem" hidden=move || problem.with(Option::is_none)>{move || problem.get()}</p>
        </fieldset>
    }
}

/// The controls of these fields, with the texts of `begin`.
#[component]
pub fn FieldControls(fields: Vec<Field>, sending: Sending, begin: TypedFields) -> impl IntoView {
    fields
        .into_iter()
        .map(|field| {
            let value = RwSignal::new(begin.text(&field.key));
            view! { <FieldControl field sending value /> }
        })
        .collect_view()
}

/// The firm's own fields of a form, under their headings.
#[component]
pub fn OwnParts(
    /// Each with its text.
    fields: Vec<TypedField>,
    sending: Sending,
) -> impl IntoView {
    let text = use_text();
    let mut parts: Vec<(String, Vec<TypedField>)> = Vec::new();
    for (field, value) in fields {
        match parts.iter_mut().find(|(part, _)| *part == field.part) {
            Some((_, fields)) => fields.push((field, value)),
            None => parts.push((field.part.to_string(), vec![(field, value)])),
        }
    }
    parts
        .into_iter()
        .map(|(part, fields)| {
            let legend = if part.is_empty() { text.common.own_fields.to_owned() } else { part };
            let controls = fields
                .into_iter()
                .map(|(field, value)| view! { <FieldControl field sending value /> })
                .collect_view();
            view! {
                <fieldset class="form-part">
                    <legend>{legend}</legend>
                    {controls}
                </fieldset>
            }
        })
        .collect_view()
}

/// The firm's own fields among these, each with its text in `begin`.
#[must_use]
pub fn own_typed(fields: &[Field], begin: &TypedFields) -> Vec<TypedField> {
    own_of(fields).map(|field| (field.clone(), RwSignal::new(begin.text(&field.key)))).collect()
}
