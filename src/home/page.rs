//! The page at `/`: today's date, the tasks that are late or due today, the deals to be closed, the deals without a
//! next step.

use super::api;
use super::model::TodayDeals;
use crate::auth::model::{Permission, Visit};
use crate::deals::view::DealRow;
use crate::i18n::{date, use_locale, use_text};
use crate::live::reading::use_reading;
use crate::live::{Kind, listen::use_changes};
use crate::palette::link::PaletteLink;
use crate::tasks::line::NewTask;
use crate::tasks::list::{Drawn, TaskList};
use crate::tasks::state::{TasksState, use_tasks};
use crate::tasks::view::{TaskQuery, Whose};
use crate::ui::{
    Amount, Banner, ButtonLink, Empty, Icon, IconView, PageTitle, Panel, ShowAll, StageMark, Tone, use_today,
};
use leptos::prelude::*;

#[component]
pub fn HomePage() -> impl IntoView {
    let text = use_text();
    let locale = use_locale();
    let visit = use_context::<Visit>().unwrap_or_default();
    let today = use_today();
    let head = move || {
        let today = today.get();
        date::long_day(today, today.pred_opt().unwrap_or(today), locale)
    };
    let query = TaskQuery { whose: Whose::Mine, due: true, ..TaskQuery::default() };
    let state = use_tasks(Signal::stored(query));
    let may = visit.may(Permission::Sell);
    view! {
        <PageTitle text=text.home.title />
        <header class="page-head">
            <h1>{text.home.title}</h1>
            <p class="page-sum">{head}</p>
        </header>
        <div class="page-body home">
            <PaletteLink class="phone-search" />
            {may.then(|| view! {
                <NewTask about=None line=state.line on_added=Callback::new(move |()| state.changed()) />
            })}
            <TaskList state drawn=Signal::stored(Drawn::Folded)>""</TaskList>
            <Deals state />
        </div>
    }
}

/// The deals that need attention; if there are none and no tasks, a message says so.
#[component]
fn Deals(state: TasksState) -> impl IntoView {
    let text = use_text();
    let changed = use_changes([Kind::Deal, Kind::Customer, Kind::Task]);
    let deals = use_reading(|| (), changed, |()| api::deals());
    let free =
        Memo::new(move |_| state.rows.with(|rows| rows.iter().all(|row| state.is_gone(row.id, row.version))));
    let draw = move |deals: crate::error::Result<TodayDeals>| match deals {
        Ok(deals) => {
            let none = deals.due.is_empty() && deals.stuck.is_empty();
            view! {
                {(!deals.due.is_empty()).then(|| view! {
                    <Panel title=text.home.due count=Signal::stored(Some(deals.due.len()))>
                        <div class="fold">
                            <ul class="due" aria-label=text.home.due>
                                {deals.due.into_iter().map(|row| view! { <Due row /> }).collect_view()}
                            </ul>
                            <ShowAll />
                        </div>
                    </Panel>
                })}
                {(!deals.stuck.is_empty()).then(|| view! {
                    <Stuck rows=deals.stuck count=deals.stuck_count />
                })}
                <Show when=move || none && free.get()>
                    <Empty icon=Icon::Sun title=text.home.nothing text=text.home.nothing_text>
                        <ButtonLink href="/deals">{text.home.to_deals}</ButtonLink>
                        <ButtonLink href="/customers">{text.home.to_customers}</ButtonLink>
                    </Empty>
                </Show>
            }
            .into_any()
        }
        Err(error) => view! { <Banner tone=Tone::Bad text=(text.errors.error)(&error) /> }.into_any(),
    };
    // Waits for the tasks above: without them it is not known whether there is anything to do today.
    state.reading.once_quietly(move || deals.draw(draw))
}

/// A deal to be closed: title, customer, amount, since when.
#[component]
fn Due(row: DealRow) -> impl IntoView {
    let locale = use_locale();
    let (today, day) = (use_today(), row.expected_on);
    let late = move || day.is_some_and(|day| day < today.get());
    let when = move || day.map(|day| date::relative(day, today.get(), locale));
    view! {
        <li class="due-line">
            <What row />
            <span class="due-when" class:late=late>{when}</span>
        </li>
    }
}

#[component]
fn What(row: DealRow) -> impl IntoView {
    let text = use_text();
    let money = row.money();
    view! {
        <div class="due-what">
            <a href=format!("/deals/{}", row.id)>{row.title}</a>
            <span class="muted small">{row.customer.unwrap_or_else(|| text.deals.no_customer.to_owned())}</span>
        </div>
        <StageMark color=u8::try_from(row.color).unwrap_or(1) name=row.stage />
        <span class="due-amount">{money.map(|money| view! { <Amount money /> })}</span>
    }
}

/// Deals without a next step: some of them, and how many there are.
#[component]
fn Stuck(rows: Vec<DealRow>, count: i64) -> impl IntoView {
    let text = use_text();
    let count = usize::try_from(count).unwrap_or_default();
    let more = count.saturating_sub(rows.len());
    let lines = rows
        .into_iter()
        .map(|row| {
            let add = format!("/tasks/new?deal={}", row.id);
            let label = (text.home.add_step)(&row.title);
            view! {
                <li class="due-line">
                    <What row />
                    <a class="button due-add" href=add aria-label=label>
                        <IconView icon=Icon::Plus />
                        <span class="button-text">{text.tasks.next_step}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <Panel title=text.home.stuck count=Signal::stored(Some(count))>
            <ul class="due" aria-label=text.home.stuck>{lines}</ul>
            {(more > 0).then(|| view! {
                <p class="muted small due-more"><a href="/deals?view=list">{(text.home.more)(more)}</a></p>
            })}
        </Panel>
    }
}
