//! A list of tasks: under headings by day or without, live; with wasm it handles the rows' ticks and menus itself.
//! Which tasks are shown is decided by the state; a row is in `row`.

use super::call::CallOutcome;
use super::model::{Act, Part, Snooze};
use super::row::TaskLine;
use super::state::TasksState;
use super::view::{About, TaskRow, Whose};
use crate::error::Error;
use crate::i18n::days::later::read_day;
use crate::i18n::{Locale, use_locale, use_text};
use crate::live::reading::use_row;
use crate::ui::{Banner, Button, Each, Missing, ShowAll, Tone, browser, use_today};
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, HtmlFormElement, SubmitEvent};
use leptos_router::hooks::use_location;
use std::sync::Arc;

/// How a list is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// With headings by day.
    Parted,
    /// The same, but only the first late tasks until the person asks for all, so that today's tasks stay in view.
    Folded,
    Plain,
}

/// Waits for the first reading, then stays live. `children` are shown for an empty list.
#[component]
pub fn TaskList(state: TasksState, drawn: Signal<Drawn>, children: ChildrenFn) -> impl IntoView {
    state.reading.once_quietly(move || {
        let children = Arc::clone(&children);
        view! { <Rows state drawn>{children()}</Rows> }.into_any()
    })
}

#[component]
fn Rows(state: TasksState, drawn: Signal<Drawn>, children: ChildrenFn) -> impl IntoView {
    let (text, locale, today) = (use_text(), use_locale(), use_today());
    let place = use_location();
    let back = format!("{}{}", place.pathname.get_untracked(), query(&place.search.get_untracked()));
    let back = StoredValue::new(back);
    let children = StoredValue::new(children);
    let trouble = move || {
        state.trouble.get().map(|error| {
            view! {
                <Banner tone=Tone::Warn text=(text.errors.error)(&error)>
                    <Button on_click=move |()| state.read()>{text.common.retry}</Button>
                </Banner>
            }
        })
    };
    let empty = Memo::new(move |_| {
        state.trouble.with(Option::is_none)
            && state.rows.with(|rows| rows.iter().all(|row| state.is_gone(row.id, row.version)))
    });
    let lists = move || {
        match drawn.get() {
        Drawn::Plain => {
            let rows = state.rows.into();
            view! { <Lines rows state back=back.get_value() /> }.into_any()
        }
        drawn => Part::ALL
            .into_iter()
            .map(|part| {
                let rows = of_part(state, part);
                let count = move || {
                    rows.with(|rows| rows.iter().filter(|row| !state.is_gone(row.id, row.version)).count())
                };
                let name = (text.tasks.part)(part);
                let fold = drawn == Drawn::Folded && part == Part::Late;
                view! {
                    <section class="task-part" class:fold=fold data-part=part.code() aria-label=name
                        hidden=move || count() == 0>
                        <h2 class="task-part-head">{name} " " <span class="task-part-count">{count}</span></h2>
                        <Lines rows=rows.into() state back=back.get_value() />
                        {fold.then(|| view! { <ShowAll /> })}
                    </section>
                }
            })
            .collect_view()
            .into_any(),
    }
    };
    let submit = move |event| by_button(state, &event, today.get_untracked(), locale);
    view! {
        {trouble}
        <div class="task-lists" on:submit=submit>{lists}</div>
        <Show when=move || empty.get()>{children.with_value(|children| children())}</Show>
        <CallOutcome state />
    }
}

#[component]
fn Lines(rows: Signal<Vec<TaskRow>>, state: TasksState, back: String) -> impl IntoView {
    let query = untrack(|| state.query());
    let of_deal = matches!(query.about, Some(About::Deal(_) | About::Record(_)));
    let own = query.whose == Whose::Mine;
    // A row that changes keeps its element, so that an open menu stays open.
    let line = move |row: TaskRow| {
        let (id, back) = (row.id, back.clone());
        let row = use_row(move || state.rows.with(|rows| rows.iter().find(|row| row.id == id).cloned()));
        move || row.get().map(|row| view! { <TaskLine row state back=back.clone() own of_deal /> })
    };
    view! {
        <ul class="tasks" hidden=move || rows.with(Vec::is_empty)>
            <Each rows=move || rows.get() key=|row| row.id children=line />
        </ul>
    }
}

fn query(search: &str) -> String {
    let search = search.trim_start_matches('?');
    if search.is_empty() { String::new() } else { format!("?{search}") }
}

fn of_part(state: TasksState, part: Part) -> Memo<Vec<TaskRow>> {
    let today = use_today();
    Memo::new(move |_| {
        state.rows.with(|rows| {
            rows.iter().filter(|row| Part::of(row.due_on, today.get()) == part).cloned().collect()
        })
    })
}

/// Handles a button of a row on this page instead of sending its form.
fn by_button(state: TasksState, event: &SubmitEvent, today: NaiveDate, locale: Locale) {
    let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else {
        return;
    };
    let element: &Element = form.as_ref();
    let id = element.closest("[data-task]").ok().flatten().and_then(|row| row.get_attribute("data-task"));
    let Some(row) = id.and_then(|id| state.find(id.parse().ok()?)) else { return };
    event.prevent_default();
    let typed = browser::typed_in(&form);
    let typed = |name: &str| typed.iter().find(|(one, _)| one == name).map(|(_, value)| value.clone());
    let act = typed("act").or_else(|| event.submitter()?.get_attribute("value")).unwrap_or_default();
    let day = typed("day");
    if let Some(panel) = element.closest("[popover]").ok().flatten() {
        let _ = panel.dyn_into::<HtmlElement>().map(|panel| panel.hide_popover());
    }
    let act = match (act.as_str(), day) {
        ("finish" | "reopen", _) => return state.tick(&row),
        ("delete", _) => Act::Delete,
        ("later", _) => Act::PutOff(Snooze::LaterToday),
        ("tomorrow", _) => Act::PutOff(Snooze::Tomorrow),
        ("monday", _) => Act::PutOff(Snooze::NextMonday),
        ("day", Some(day)) => {
            return spawn_local(async move {
                match read_day(day, today, locale).await {
                    Ok(Ok(day)) => state.carry_out(&row, Act::PutOff(Snooze::Day(day))),
                    Ok(Err(problem)) => state.refused.set(Some((row.id, Error::invalid("day", problem)))),
                    Err(Missing) => state.refused.set(Some((row.id, Error::Offline))),
                }
            });
        }
        _ => return,
    };
    state.carry_out(&row, act);
}
