//! After a call: one tap says how it went, then the same panel asks for the next step. For a call that was a task and
//! for one logged on a card. Without wasm a call is finished like any other task.

use super::line::NewTask;
use super::model::{Act, TaskKind};
use super::state::TasksState;
use super::view::{About, TaskRow};
use crate::activities::model::Outcome;
use crate::i18n::use_text;
use crate::ui::{Button, Dialog, Icon, IconView};
use leptos::prelude::*;

/// Shown while the state has a call whose outcome is not known.
#[component]
pub fn CallOutcome(state: TasksState) -> impl IntoView {
    let text = use_text();
    let words = &text.tasks;
    let open = RwSignal::new(false);
    // The call whose outcome was given: now the next step is asked for.
    let after = RwSignal::new(None::<(TaskRow, Outcome)>);
    Effect::new(move |_| {
        if state.calling.with(Option::is_some) {
            after.set(None);
            open.set(true);
        }
    });
    let title = move || {
        if after.with(Option::is_some) {
            return words.and_then.to_owned();
        }
        state.calling.with(|row| row.as_ref().map(|row| (words.call_title)(&row.title)).unwrap_or_default())
    };
    let answered = move |answer: Outcome| {
        if let Some(row) = state.calling.get_untracked() {
            state.carry_out(&row, Act::Called(answer));
            after.set(Some((row, answer)));
        }
    };
    let close = Callback::new(move |()| {
        state.calling.set(None);
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
                    <button type="button" class="answer" data-reached=reached.then_some("")
                        on:click=move |_| answered(answer)>
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
                Some((row, answer)) => view! { <AndThen row answer state open /> }.into_any(),
            }}
        </Dialog>
    }
}

/// The next step after a task that was a call.
#[component]
fn AndThen(row: TaskRow, answer: Outcome, state: TasksState, open: RwSignal<bool>) -> impl IntoView {
    let deal = row.deal.as_ref().map(|deal| About::Deal(deal.id));
    let record = row.record.as_ref().map(|(id, _)| About::Record(*id));
    let about = deal.or(record).or(row.customer.as_ref().map(|(id, _)| About::Customer(*id)));
    let done = Callback::new(move |()| {
        open.set(false);
        state.changed();
    });
    let close = Callback::new(move |()| open.set(false));
    view! { <NextStep about answer title=row.title done close autofocus=true /> }
}

/// The next step after a call that was logged on a card: asked for when nothing is planned or nobody was reached.
#[component]
pub fn AfterCall(
    called: RwSignal<Option<(Outcome, String)>>,
    state: TasksState,
    about: About,
) -> impl IntoView {
    let words = &use_text().tasks;
    let asked = Memo::new(move |_| {
        let planned = state.rows.with(|rows| !rows.is_empty());
        called.get().filter(|(outcome, _)| *outcome != Outcome::Reached || !planned)
    });
    let close = Callback::new(move |()| called.set(None));
    let done = Callback::new(move |()| {
        called.set(None);
        state.changed();
    });
    move || {
        asked.get().map(|(answer, whom)| {
            let title = format!("{whom} {}", (words.verb)(TaskKind::Call)).trim().to_owned();
            view! {
                <section class="box after-call" aria-label=words.and_then>
                    <h2>{words.and_then}</h2>
                    <NextStep about=Some(about) answer title done close autofocus=false />
                </section>
            }
        })
    }
}

/// The line for the next step, in the place of the question.
#[component]
fn NextStep(
    about: Option<About>,
    answer: Outcome,
    /// The title of the call.
    title: String,
    done: Callback<()>,
    close: Callback<()>,
    autofocus: bool,
) -> impl IntoView {
    let words = &use_text().tasks;
    // Calling again is suggested when the call was not answered; otherwise the line is empty.
    let offered = match answer {
        Outcome::NoAnswer | Outcome::Busy | Outcome::SwitchedOff => (words.again_line)(&title),
        Outcome::Reached | Outcome::WrongNumber => String::new(),
    };
    view! {
        <p class="dialog-text">{words.and_then_text}</p>
        <NewTask about line=RwSignal::new(offered) on_added=done id="next-step" autofocus />
        <div class="dialog-actions">
            <Button on_click=close>{words.no_more}</Button>
        </div>
    }
}
