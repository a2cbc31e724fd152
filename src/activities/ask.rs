//! The question after a call: after a telephone link on the card was tapped and the page is seen again, one tap says
//! how the call went. Not asked of somebody who may not write.

use super::input::{ActivityForm, CONTENT};
use super::model::{ActivityKind, Outcome};
use super::state::StreamState;
use crate::customers::phone;
use crate::i18n::use_text;
use crate::ui::{Button, ButtonKind, Dialog, TextArea, calls};
use leptos::prelude::*;

#[component]
pub fn AskOutcome(state: StreamState) -> impl IntoView {
    let text = use_text();
    let words = &text.activities;
    let open = RwSignal::new(false);
    let number = RwSignal::new(String::new());
    let note = RwSignal::new(String::new());
    if state.may_write {
        Effect::new(move |_| {
            calls::after_a_call(move |called| {
                number.set(called);
                note.set(String::new());
                open.set(true);
            });
        });
    }
    // The contact that the number belongs to, if it is a contact's.
    let whom = move || {
        let key = number.with(|number| phone::key(number));
        state.parties.with(|parties| {
            parties
                .iter()
                .find(|one| !one.phone.is_empty() && phone::key(&one.phone) == key)
                .map(|one| one.name.clone())
        })
    };
    let log = move |outcome: Outcome| {
        state.send(ActivityForm {
            kind: ActivityKind::Call.code().to_owned(),
            outcome: outcome.code().to_owned(),
            contact: whom().unwrap_or_default(),
            content: note.get_untracked(),
            ..ActivityForm::default()
        });
        open.set(false);
    };
    view! {
        <Dialog open title=words.asked close_label=text.common.close>
            <p class="dialog-text">{move || (words.asked_of)(&whom().unwrap_or_else(|| number.get()))}</p>
            <TextArea name="call-note" label=words.call_note value=note rows=2 max_length=CONTENT />
            <div class="ask-outcomes">
                <Button kind=ButtonKind::Filled on_click=move |()| log(Outcome::Reached)>
                    {(words.outcome_name)(Outcome::Reached)}
                </Button>
                {Outcome::FAILED
                    .map(|outcome| {
                        view! { <Button on_click=move |()| log(outcome)>{(words.outcome_name)(outcome)}</Button> }
                    })
                    .into_iter()
                    .collect_view()}
            </div>
        </Dialog>
    }
}
