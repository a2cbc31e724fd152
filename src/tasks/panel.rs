//! The panel of tasks on a card: the open tasks about this customer or deal, and the line that adds one.

use super::line::NewTask;
use super::list::{Drawn, TaskList};
use super::state::{TasksState, use_tasks};
use super::view::{About, NextStep, TaskQuery, Whose};
use crate::auth::model::{Permission, Visit};
use crate::i18n::{use_locale, use_text};
use crate::ui::{IconView, Panel, use_today};
use leptos::prelude::*;

/// The tasks of a card, made once for its page.
#[must_use]
pub fn use_card_tasks(about: impl Fn() -> Option<About> + Send + Sync + 'static) -> TasksState {
    // A page without a card has no tasks: the nil id finds none.
    let nobody = About::Deal(crate::id::DealId(uuid::Uuid::nil()));
    let query = Signal::derive(move || TaskQuery {
        whose: Whose::All,
        about: Some(about().unwrap_or(nobody)),
        ..TaskQuery::default()
    });
    use_tasks(Memo::new(move |_| query.get()).into())
}

#[component]
pub fn TasksPanel(state: TasksState, about: About) -> impl IntoView {
    let words = &use_text().tasks;
    let may = use_context::<Visit>().unwrap_or_default().may(Permission::Sell);
    let count = Signal::derive(move || {
        Some(state.rows.with(|rows| rows.iter().filter(|row| !state.is_gone(row.id, row.version)).count()))
    });
    view! {
        <Panel title=words.title count id="tasks">
            <div class="card-tasks">
                <TaskList state drawn=Signal::stored(Drawn::Plain)>
                    <p class="muted small">{words.none_here}</p>
                </TaskList>
                {may.then(|| view! {
                    <NewTask about=Some(about) line=state.line on_added=Callback::new(move |()| state.changed()) />
                })}
            </div>
        </Panel>
    }
}

/// A deal's next step in one line: when and what, marked when it is late or missing.
#[component]
pub fn NextStepMark(next: Option<NextStep>) -> impl IntoView {
    let words = &use_text().tasks;
    let locale = use_locale();
    let today = use_today();
    match next {
        Some(step) => {
            let icon = super::row::icon_of(step.kind);
            let (of, title) = (step.clone(), step.title.clone());
            view! {
                <span class="step" data-when=move || of.urgency(today.get()) title=title>
                    <IconView icon />
                    <span class="clip">{move || step.said(today.get(), locale)}</span>
                </span>
            }
            .into_any()
        }
        None => view! {
            <span class="step" data-when="none">
                <IconView icon=crate::ui::Icon::Open />
                <span class="clip">{words.no_next_step}</span>
            </span>
        }
        .into_any(),
    }
}
