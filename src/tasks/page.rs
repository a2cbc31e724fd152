//! The page at /tasks: the line that adds one, then the tasks: late, today, tomorrow, this week, later. The address
//! says whose tasks are shown.

use super::address::{address_of, query_of};
use super::line::NewTask;
use super::list::{Drawn, TaskList};
use super::model::Part;
use super::state::{TasksState, use_tasks};
use super::view::{PAGE, TaskQuery, Whose};
use crate::auth::model::{Permission, Visit};
use crate::export::button::ExportLink;
use crate::i18n::use_text;
use crate::people::model::OwnerChoice;
use crate::ui::{ButtonLink, ChipLink, Empty, Icon, Menu, MenuItem, PageTitle, use_today};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

#[component]
pub fn TasksPage() -> impl IntoView {
    let text = use_text();
    let words = &text.tasks;
    let visit = use_context::<Visit>().unwrap_or_default();
    let may = visit.may(Permission::Sell);
    let params = use_location().search;
    let query: Memo<TaskQuery> = Memo::new(move |_| params.with(|params| query_of(params)));
    let state = use_tasks(query.into());
    let today = use_today();
    let sum = move || {
        let today = today.get();
        let (late, today) = state.rows.with(|rows| {
            let of =
                |part| rows.iter().filter(|row| !row.done && Part::of(row.due_on, today) == part).count();
            (of(Part::Late), of(Part::Today))
        });
        let late = (late > 0).then(|| (words.late)(late));
        let today = (today > 0).then(|| format!("{today} {}", text.common.today));
        [late, today].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let more = Signal::derive(move || {
        let now = query.get();
        address_of(&TaskQuery { limit: now.limit + PAGE, ..now })
    });
    let away = Signal::derive(move || {
        let all = TaskQuery { limit: PAGE, ..query.get() };
        address_of(&all).replacen("/tasks", "/tasks/export.csv", 1)
    });
    let drawn = Memo::new(move |_| if state.query().done { Drawn::Plain } else { Drawn::Parted });
    view! {
        <PageTitle text=words.title />
        <div class="screen">
            <header class="page-head">
                <h1>{words.title}</h1>
                <Filters query state />
                <p class="page-sum" role="status">{sum}</p>
                <ExportLink href=away />
            </header>
            <div class="page-body tasks-page">
                {may.then(|| view! {
                    <NewTask about=None line=state.line on_added=Callback::new(move |()| state.changed()) />
                })}
                <TaskList state drawn=drawn.into()><Nothing query /></TaskList>
                {state.reading.once_quietly(move || view! {
                    <Show when=move || state.more()>
                        <p class="list-end"><ButtonLink href=more>{text.common.load_more}</ButtonLink></p>
                    </Show>
                }.into_any())}
            </div>
        </div>
    }
}

/// Filters: whose tasks, and open or done. Other people can be chosen by those who see any.
#[component]
fn Filters(query: Memo<TaskQuery>, state: TasksState) -> impl IntoView {
    let text = use_text();
    let words = &text.tasks;
    let me = use_context::<Visit>().and_then(|visit| visit.me).map(|me| me.id.into());
    let chip = move |label: &'static str, change: fn(&mut TaskQuery), current: fn(&TaskQuery) -> bool| {
        let href = Signal::derive(move || {
            let mut to = TaskQuery { limit: PAGE, ..query.get() };
            change(&mut to);
            address_of(&to)
        });
        let current = Signal::derive(move || query.with(current));
        view! { <ChipLink href text=label current /> }
    };
    let whose = move |people: Vec<OwnerChoice>| {
        let others: Vec<OwnerChoice> = people.into_iter().filter(|one| Some(one.id) != me).collect();
        (!others.is_empty()).then(|| {
            let named = others.clone();
            let shown = move || match query.with(|query| query.whose) {
                Whose::Of(unit) => named.iter().find(|one| one.id == unit).map(|one| one.name.clone()),
                Whose::Mine | Whose::All => None,
            };
            let items = others
                .into_iter()
                .map(|one| {
                    let to = TaskQuery {
                        whose: Whose::Of(one.id),
                        done: query.with_untracked(|query| query.done),
                        limit: PAGE,
                        ..TaskQuery::default()
                    };
                    view! { <MenuItem label=one.name href=address_of(&to) icon=Icon::User /> }
                })
                .collect_view();
            view! {
                {chip(words.everyone, |to| to.whose = Whose::All, |query| query.whose == Whose::All)}
                <Menu id="whose-tasks" label=words.of_person icon=Icon::Users>{items}</Menu>
                {move || shown().map(|name| view! { <span class="chip" aria-current="true">{name}</span> })}
            }
        })
    };
    let people = Memo::new(move |_| state.people());
    view! {
        <div class="chips">
            {chip(text.common.mine, |to| to.whose = Whose::Mine, |query| query.whose == Whose::Mine)}
            {state.reading.once_quietly(move || (move || whose(people.get())).into_any())}
            {chip(words.done_ones, |to| to.done = !to.done, |query| query.done)}
        </div>
    }
}

#[component]
fn Nothing(query: Memo<TaskQuery>) -> impl IntoView {
    let words = &use_text().tasks;
    move || {
        if query.with(|query| query.done) {
            view! { <Empty icon=Icon::Tasks title=words.nothing_done /> }.into_any()
        } else {
            view! { <Empty icon=Icon::Tasks title=words.empty_title text=words.empty_text /> }.into_any()
        }
    }
}
