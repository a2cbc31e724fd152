//! A task in a list: the tick that finishes it; what, when and about whom; a link to call; the menu that postpones it.
//! All are plain forms, which the list handles itself once wasm is loaded.

use super::model::{Part, TaskKind};
use super::state::{TasksState, tick_id};
use super::view::{TaskDeal, TaskRow, when};
use crate::auth::model::{Permission, Visit};
use crate::customers::address::call_link;
use crate::deals::model::Status;
use crate::error::Error;
use crate::i18n::{use_locale, use_text};
use crate::journal::model::Card;
use crate::ui::{Avatar, Badge, DayPick, Icon, IconView, MenuItem, RowMenu, Tone, use_today};
use leptos::prelude::*;

/// The icon of a kind.
#[must_use]
pub const fn icon_of(kind: TaskKind) -> Icon {
    match kind {
        TaskKind::Call => Icon::Phone,
        TaskKind::Meeting => Icon::Users,
        TaskKind::Visit => Icon::Place,
        TaskKind::Email => Icon::Mail,
        TaskKind::Quote => Icon::FileText,
        TaskKind::Other => Icon::Tasks,
    }
}

/// `back` is the page that the row is on; `own` says that the list has only one's own tasks, `of_deal` that it has only
/// those of one deal.
#[component]
pub fn TaskLine(
    row: TaskRow,
    state: TasksState,
    #[prop(into)] back: String,
    own: bool,
    of_deal: bool,
) -> impl IntoView {
    let (text, locale) = (use_text(), use_locale());
    let visit = use_context::<Visit>().unwrap_or_default();
    let may = visit.may(Permission::Sell);
    let words = &text.tasks;
    let TaskRow {
        id, version, title, kind, due_on, due_at, done, owner, customer, phone, deal, record, ..
    } = row;
    let today = use_today();
    let part = move || Part::of(due_on, today.get()).code();
    let act = format!("/tasks/{id}/act");
    let label = if done { (words.reopen)(&title) } else { (words.finish)(&title) };
    let tick = if may {
        view! {
            <form method="post" action=act.clone() class="task-tick-form">
                <input type="hidden" name="back" value=back.clone() />
                <button
                    type="submit"
                    class="task-tick"
                    id=tick_id(id)
                    name="act"
                    value=if done { "reopen" } else { "finish" }
                    aria-label=label.clone()
                    title=label
                >
                    <IconView icon=Icon::Check />
                </button>
            </form>
        }
        .into_any()
    } else {
        view! { <span class="task-tick" data-fixed=""></span> }.into_any()
    };
    let name = if may {
        view! { <a class="task-title" href=format!("/tasks/{id}/edit")>{title.clone()}</a> }.into_any()
    } else {
        view! { <span class="task-title">{title.clone()}</span> }.into_any()
    };
    let about = customer.map(|(id, name)| view! { <a href=format!("/customers/{id}")>{name}</a> });
    let deal = deal.filter(|_| !of_deal).map(|deal| view! { <About deal /> });
    let record = record.filter(|_| !of_deal).map(|(id, name)| {
        view! { <a href=Card::Record(id).path()>{name}</a> }
    });
    let call = phone.filter(|_| kind == TaskKind::Call && !done).map(|phone| {
        let label = (text.customers.call_them)(&title);
        view! {
            <a class="task-call" href=call_link(&phone) aria-label=label title=phone><IconView icon=Icon::Phone /></a>
        }
    });
    let refusal = move || {
        let error = state.refused.with(|refused| refused.clone().filter(|(one, _)| *one == id))?.1;
        let why = match &error {
            Error::Invalid(problems) if problems.len() == 1 => (text.errors.problem)(&problems[0].problem),
            error => (text.errors.error)(error),
        };
        Some(view! { <p class="task-refusal" role="alert">{why}</p> })
    };
    view! {
        <li
            class="task"
            data-task=id.to_string()
            data-part=move || (!done).then(part)
            data-done=done.then_some("")
            data-gone=move || state.is_gone(id, version).then_some("")
        >
            <div class="task-inner">
                {tick}
                <span class="task-kind" title=(words.kind_name)(kind)><IconView icon=icon_of(kind) /></span>
                <div class="task-what">
                    {name}
                    <p class="task-sub dots">
                        <span class="task-when">{move || when(due_on, due_at, today.get(), locale)}</span>
                        {about}
                        {deal}
                        {record}
                    </p>
                    {refusal}
                </div>
                {(!own).then(|| view! { <Avatar name=owner named=true /> })}
                {call}
                {(may && !done).then(|| view! { <PutOff id title act back /> })}
            </div>
        </li>
    }
}

/// The deal that the task is about: its amount while it is open, later how it ended.
#[component]
fn About(deal: TaskDeal) -> impl IntoView {
    let text = use_text();
    let locale = use_locale();
    let money = deal.money().map(|money| view! { <span>{money.short(locale)}</span> });
    let status = match deal.status {
        Status::Open => money.map(IntoAny::into_any),
        Status::Won => Some(
            view! { <span><Badge tone=Tone::Ok icon=Icon::Trophy text=text.deals.won /></span> }.into_any(),
        ),
        Status::Lost => Some(
            view! { <span><Badge tone=Tone::Bad icon=Icon::Close text=text.deals.lost /></span> }.into_any(),
        ),
    };
    view! {
        <a href=format!("/deals/{}", deal.id)>{deal.title}</a>
        {status}
    }
}

/// The menu: later today, tomorrow, next Monday, another day, or delete.
#[component]
fn PutOff(id: crate::id::TaskId, title: String, act: String, back: String) -> impl IntoView {
    let words = &use_text().tasks;
    let item = |value: &'static str, label: &'static str, icon: Icon| {
        view! { <MenuItem label icon name="act" value /> }
    };
    let label = (words.snooze)(&title);
    view! {
        <RowMenu id=format!("put-off-{id}") label page=format!("/tasks/{id}/edit") icon=Icon::Clock>
            <form method="post" action=act.clone()>
                <input type="hidden" name="back" value=back.clone() />
                {item("later", words.later_today, Icon::Clock)}
                {item("tomorrow", words.tomorrow, Icon::ArrowRight)}
                {item("monday", words.next_monday, Icon::Calendar)}
            </form>
            <form method="post" action=act.clone() class="task-day">
                <input type="hidden" name="back" value=back.clone() />
                <input type="hidden" name="act" value="day" />
                <input
                    class="control"
                    type="text"
                    name="day"
                    required=true
                    autocomplete="off"
                    placeholder=words.day_example
                    aria-label=words.pick_day
                />
                <DayPick with_time=false />
                <button type="submit" class="button" data-closes="">{words.put_off}</button>
            </form>
            <hr class="menu-line" />
            <form method="post" action=act.clone()>
                <input type="hidden" name="back" value=back.clone() />
                <MenuItem label=words.delete icon=Icon::Trash danger=true name="act" value="delete" />
            </form>
        </RowMenu>
    }
}
