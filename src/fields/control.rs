//! The control of a field in a form, by its description. It decides nothing and sends nothing.

use super::input::{TypedAt, TypedFields};
use super::model::{Field, Shape};
use super::value::TICKED;
use crate::i18n::{use_locale, use_text};
use crate::ui::{Checkbox, Field as LineField, FieldKind, Sending, TextArea, use_today};
use leptos::prelude::*;

/// In which language and on which day of the firm something is typed now.
pub fn use_typed_at() -> impl Fn() -> TypedAt + Copy {
    let (locale, today) = (use_locale(), use_today());
    move || TypedAt { today: today.get_untracked(), locale }
}

/// Label, control, hint and problem. `value` holds what is typed, and for a box that is ticked anything at all.
#[component]
pub fn FieldControl(
    field: &'static Field,
    sending: Sending,
    value: RwSignal<String>,
    /// Of a field with several lines.
    #[prop(default = 4)]
    rows: u32,
) -> impl IntoView {
    let text = use_text();
    let label = (field.label)(text);
    let hint = field.hint.map(|hint| hint(text)).unwrap_or_default();
    let problem = sending.problem(field.key);
    match field.shape {
        Shape::Line(most) => {
            view! { <LineField name=field.key label hint value problem max_length=most /> }.into_any()
        }
        Shape::Day => {
            view! { <LineField name=field.key label hint value problem kind=FieldKind::Date /> }.into_any()
        }
        Shape::Text(most) => view! {
            <div class="wide">
                <TextArea name=field.key label hint value problem rows max_length=most />
            </div>
        }
        .into_any(),
        Shape::YesNo(..) => {
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
            view! { <Checkbox name=field.key label value=ticked /> }.into_any()
        }
    }
}

/// The controls of these fields, each beginning with what is given for it.
#[component]
pub fn FieldControls(
    fields: impl Iterator<Item = &'static Field>,
    sending: Sending,
    begin: TypedFields,
) -> impl IntoView {
    fields
        .map(|field| {
            let value = RwSignal::new(begin.text(field.key).to_owned());
            view! { <FieldControl field sending value /> }
        })
        .collect_view()
}
