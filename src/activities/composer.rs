//! The form for a new activity, at the top of a card's stream. A plain form; with wasm it is shown in the stream at
//! once and sent without leaving the page. A call that reached nobody takes one tap. The typed values are in `state`.

use super::input::{CONTENT, LINE, NAME};
use super::line::icon_of;
use super::model::{ActivityKind, Outcome};
use super::state::{Fields, StreamState};
use crate::i18n::use_text;
use crate::journal::model::Card;
use crate::ui::{
    Banner, Button, ButtonKind, Choice, Field, FieldKind, IconView, Select, Sending, TextArea, Tone,
};
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use leptos::web_sys::Element;

/// The element id of the suggested contacts, which are loaded with the stream.
pub const PARTIES: &str = "parties";
/// The element id of the form, for inputs that belong to it but are loaded with the stream.
pub const COMPOSER: &str = "composer";

/// Whether a key press saves: Ctrl+Enter anywhere, or Enter in a one-line field, where the form's first button is not
/// the one to save.
pub fn sends(event: &KeyboardEvent) -> bool {
    let line = || event_target::<Element>(event).tag_name() == "INPUT";
    event.key() == "Enter" && (event.ctrl_key() || event.meta_key() || line())
}

#[component]
pub fn Composer(state: StreamState, card: Card) -> impl IntoView {
    let text = use_text();
    let words = &text.activities;
    let trouble = state.logging.trouble();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        state.log(None);
    };
    let keys = move |event: KeyboardEvent| {
        if sends(&event) {
            event.prevent_default();
            state.log(None);
        }
    };
    let attempts = Outcome::FAILED
        .map(|outcome| {
            let log = move |event: leptos::ev::MouseEvent| {
                event.prevent_default();
                state.log(Some(outcome));
            };
            view! {
                <button type="submit" class="chip" name="outcome" value=outcome.code() on:click=log>
                    <span>{(words.outcome_name)(outcome)}</span>
                </button>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <form
            class="composer"
            id=COMPOSER
            method="post"
            action=format!("{}/log", card.path())
            aria-label=words.composer
            on:submit=submit
            on:keydown=keys
        >
            // Enter in a one-line field presses the form's first button, so the first button is a hidden "save".
            <button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true"></button>
            <Kinds fields=state.new id="new" />
            <div class="composer-text">
                <TextArea
                    name="content"
                    id="new-content"
                    label=words.content
                    placeholder=words.content_hint
                    value=state.new.content
                    problem=state.logging.problem("content")
                    rows=2
                    max_length=CONTENT
                />
            </div>
            <Show when=move || trouble.with(Option::is_some)>
                <Banner tone=Tone::Bad text=Signal::derive(move || trouble.get().unwrap_or_default()) />
            </Show>
            <details class="composer-more" open=move || state.logging.problem("at").with(Option::is_some)>
                <summary>{words.details}</summary>
                <MoreFields fields=state.new sending=state.logging id="new" />
            </details>
            <div class="composer-foot">
                <div class="attempts" role="group" aria-label=words.not_reached>
                    <span class="muted small" aria-hidden="true">{words.not_reached} ":"</span>
                    {attempts}
                </div>
                <Button kind=ButtonKind::Filled submit=true>
                    {text.common.save} <kbd class="desk-only">"Ctrl ↵"</kbd>
                </Button>
            </div>
        </form>
    }
}

/// The kind, as a row of buttons.
#[component]
pub fn Kinds(fields: Fields, id: &'static str) -> impl IntoView {
    let words = &use_text().activities;
    let kinds = ActivityKind::ALL
        .map(|kind| {
            let code = kind.code();
            view! {
                <label class="composer-kind">
                    <input
                        type="radio"
                        name="kind"
                        id=format!("{id}-{code}")
                        value=code
                        checked=fields.kind.get_untracked() == code
                        prop:checked=move || fields.kind.get() == code
                        on:change=move |_| fields.kind.set(code.to_owned())
                    />
                    <IconView icon=icon_of(kind) />
                    <span>{(words.kind_name)(kind)}</span>
                </label>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <fieldset class="composer-kinds">
            <legend class="visually-hidden">{words.kind}</legend>
            {kinds}
        </fieldset>
    }
}

/// With whom, when, who began, the result.
#[component]
pub fn MoreFields(fields: Fields, sending: Sending, id: &'static str) -> impl IntoView {
    let words = &use_text().activities;
    let directions = vec![
        Choice::new("out", (words.direction_name)(super::model::Direction::Out)),
        Choice::new("in", (words.direction_name)(super::model::Direction::In)),
    ];
    view! {
        <div class="composer-fields">
            <Field
                name="contact"
                id=format!("{id}-contact")
                label=words.contact
                value=fields.contact
                problem=sending.problem("contact")
                list=PARTIES
                autocomplete="off"
                max_length=NAME
            />
            <Field
                name="at"
                id=format!("{id}-at")
                kind=FieldKind::Moment
                label=words.when
                hint=words.when_hint
                value=fields.at
                problem=sending.problem("at")
            />
            <Select name="direction" id=format!("{id}-direction") label=words.direction choices=directions
                value=fields.direction />
            <Field
                name="result"
                id=format!("{id}-result")
                label=words.result
                value=fields.result
                problem=sending.problem("result")
                autocomplete="off"
                max_length=LINE
            />
        </div>
    }
}
