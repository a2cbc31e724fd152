//! After a call: how it went, in one tap, and what comes next, in the same place. Without wasm a call is finished like any other task.

use super::desk::TaskDesk;
use super::line::NewTask;
use super::model::Act;
use super::shown::{About, TaskRow};
use crate::activities::model::Outcome;
use crate::i18n::use_text;
use crate::ui::{Button, Dialog, Icon, IconView};
use leptos::prelude::*;

/// Asks while the desk has a call to ask about.
#[component]
pub fn CallOutcome(desk: TaskDesk) -> impl IntoView {
    let text = use_text();
    let words = &text.tasks;
    let open = RwSignal::new(false);
    // The call that was answered for: then the next step is asked for.
    let after = RwSignal::new(None::<(TaskRow, Outcome)>);
    Effect::new(move |_| {
        if desk.calling.with(Option::is_some) {
            after.set(None);
            open.set(true);
        }
    });
    let title = move || {
        if after.with(Option::is_some) {
            return words.and_then.to_owned();
        }
        desk.calling.with(|row| row.as_ref().map(|row| (words.call_title)(&row.title)).unwrap_or_default())
    };
    let answered = move |answer: Outcome| {
        if let Some(row) = desk.calling.get_untracked() {
            desk.carry_out(&row, Act::Called(answer));
            after.set(Some((row, answer)));
        }
    };
    let close = Callback::new(move |()| {
        desk.calling.set(None);
        after.set(None);
    });
    let answers = move || {
        [Outcome::Reached]
            .into_iter()
            .chain(Outcome::FAILED)
            .map(|answer| {
                let icon = if answer == Outcome::Reached { Icon::Check } else { Icon::Close };
                let reached = answer == Outcome::Reached;
                view! {
                    <button type="button" class="answer" data-reached=reached.then_some("") on:click=move |_| answered(answer)>
                        <IconView icon />
                        <span>{(text.activities.outcome_name)(answer)}</span>
                    </button>
                }
            })
            .collect_view()
    };
    view! {
        <Dialog open title=Signal::derive(title) close_label=text.common.close on_close=close>
            {move || match after.get() {
                None => view! { <div class="answers">{answers()}</div> }.into_any(),
                Some((row, answer)) => view! { <AndThen row answer desk open /> }.into_any(),
            }}
        </Dialog>
    }
}

/// The next step, written where the last one ended.
#[component]
fn AndThen(row: TaskRow, answer: Outcome, desk: TaskDesk, open: RwSignal<bool>) -> impl IntoView {
    let words = &use_text().tasks;
    let about = match (&row.deal, &row.customer) {
        (Some(deal), _) => Some(About::Deal(deal.id)),
        (None, Some((id, _))) => Some(About::Customer(*id)),
        (None, None) => None,
    };
    // Whoever was not reached is called again; who was reached decides what is next.
    let offered = match answer {
        Outcome::NoAnswer | Outcome::Busy | Outcome::SwitchedOff => (words.again_line)(&row.title),
        Outcome::Reached | Outcome::WrongNumber => String::new(),
    };
    let done = Callback::new(move |()| {
        open.set(false);
        desk.changed();
    });
    view! {
        <p class="dialog-text">{words.and_then_text}</p>
        <NewTask about line=RwSignal::new(offered) on_added=done id="next-step" autofocus=true />
        <div class="dialog-actions">
            <Button on_click=move |()| open.set(false)>{words.no_more}</Button>
        </div>
    }
}
