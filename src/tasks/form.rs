//! The page with the form of a task, new or existing. A plain form that posts to its own address; with wasm it is sent
//! without leaving the page. The server finds the problems.

use super::api;
use super::input::TaskForm;
use super::model::{Act, TaskKind};
use super::view::{About, TaskDraft};
use crate::deals::picker::CustomerPicker;
use crate::error::Error;
use crate::i18n::{date, use_locale, use_text};
use crate::id::TaskId;
use crate::journal::undo_toast::use_undo_toast;
use crate::ui::address::value_in;
use crate::ui::caught;
use crate::ui::{
    Banner, Button, ButtonKind, ButtonLink, Choice, Empty, Field, FieldKind, Icon, Kept, PageTitle, Problems,
    Select, SkeletonRows, TextArea, Tone, say_status, use_sending, use_today,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_params_map};

/// The page at /tasks/new and at /tasks/:id/edit.
#[component]
pub fn TaskFormPage() -> impl IntoView {
    // Untracked: on leaving, the address changes before the page is gone.
    let wanted = use_params_map().with_untracked(|params| params.get("id"));
    let id = wanted.as_ref().and_then(|id| id.parse::<TaskId>().ok());
    let query = use_location().search.get_untracked();
    let named = |name: &str| value_in(&query, name);
    let about = named("deal")
        .and_then(|id| id.parse().ok())
        .map(About::Deal)
        .or_else(|| named("record").and_then(|id| id.parse().ok()).map(About::Record))
        .or_else(|| named("customer").and_then(|id| id.parse().ok()).map(About::Customer));
    let draft = Resource::new(
        || (),
        move |()| {
            let none = wanted.is_some() && id.is_none();
            async move { if none { Err(Error::NotFound) } else { api::draft(id, about).await } }
        },
    );
    view! {
        <Suspense fallback=|| view! { <SkeletonRows /> }>
            {move || Suspend::new(async move {
                match draft.await {
                    Ok(draft) => view! { <DraftForm id about draft /> }.into_any(),
                    Err(error) => view! { <Failed error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Failed(error: Error) -> impl IntoView {
    let text = use_text();
    say_status(&error);
    let gone = error == Error::NotFound;
    let title = if gone { text.errors.not_found_title } else { text.errors.load_failed };
    view! {
        <PageTitle text=title />
        <header class="page-head"><h1>{title}</h1></header>
        <div class="page-body">
            <Empty icon=Icon::Search title=(text.errors.error)(&error)>
                <ButtonLink href="/tasks">{text.tasks.title}</ButtonLink>
            </Empty>
        </div>
    }
}

#[component]
fn DraftForm(id: Option<TaskId>, about: Option<About>, draft: TaskDraft) -> impl IntoView {
    let text = use_text();
    let words = &text.tasks;
    let sending = use_sending();
    let undo_toast = use_undo_toast();
    let navigate = use_navigate();
    let back = about.map_or_else(|| "/tasks".to_owned(), |about| about.card().path());
    let begun = draft.form.clone();
    let typed = |field: &str, value: &str| RwSignal::new(sending.typed(field, value));
    let title = typed("title", &begun.title);
    let version = typed("version", &begun.version);
    let customer = typed("customer", &begun.customer);
    let customer_name = RwSignal::new(draft.customer.clone().unwrap_or_default());
    let deal = typed("deal", &begun.deal);
    let to = StoredValue::new(back.clone());
    let whole = draft.form.title.clone();
    let delete = id.map(|id| view! { <Delete id title=whole back=back.clone() /> });
    let submit = move |event: SubmitEvent| {
        let Some(form) = caught::<TaskForm>(&event) else { return };
        let said = (words.saved)(form.title.trim());
        let navigate = navigate.clone();
        let then = move |event| {
            undo_toast.say(&said, Some(event), || ());
            navigate(&to.get_value(), NavigateOptions::default());
        };
        sending.send(api::save(form), then);
    };
    let (heading, action) = match id {
        Some(id) => (words.edit, format!("/tasks/{id}/edit")),
        None => (words.new, "/tasks/new".to_owned()),
    };
    let trouble = sending.trouble();
    let error = sending.error;
    let plain = Memo::new(move |_| {
        error.with(|error| error.as_ref().is_some_and(|error| !matches!(error, Error::Conflict { .. })))
    });
    let kinds: Vec<Choice> =
        TaskKind::ALL.into_iter().map(|kind| Choice::new(kind.code(), (words.kind_name)(kind))).collect();
    let deals: Vec<Choice> = std::iter::once(Choice::new("", words.no_deal))
        .chain(draft.deals.into_iter().map(|one| Choice::new(one.id.to_string(), one.title)))
        .collect();
    let has_record = !begun.record.is_empty();
    let with_deals = deals.len() > 1 && !has_record;
    // The own record that the task hangs on can't be chosen here: the form was opened from that record's card.
    let on_record = has_record.then(|| {
        view! {
            <input type="hidden" name="record" value=begun.record.clone() />
            {draft.record.map(|name| view! { <p class="form-hint wide">{words.one} " · " <strong>{name}</strong></p> })}
        }
    });
    let owners: Vec<Choice> = draft
        .owners
        .into_iter()
        .map(|one| Choice::new(one.id.to_string(), one.label(use_locale())))
        .collect();
    let field = |name: &'static str| sending.problem(name);
    view! {
        <PageTitle text=heading />
        <header class="page-head"><h1>{heading}</h1> {delete}</header>
        <div class="card-edit">
            <form class="form" method="post" action=action novalidate=true on:submit=submit>
                <Show when=move || plain.get()>
                    <Banner tone=Tone::Bad text=Signal::derive(move || trouble.get().unwrap_or_default()) />
                </Show>
                <Kept name="id" value=typed("id", &begun.id) />
                <Kept name="version" value=version />
                <Conflict error />
                <input type="hidden" name="back" value=back.clone() />
                <fieldset class="form-part">
                    <legend>{words.one}</legend>
                    <div class="wide">
                        <Field name="title" label=words.what value=title problem=field("title") required=true
                            autofocus=true autocomplete="off" />
                    </div>
                    <Select name="kind" label=words.kind choices=kinds initial=sending.typed("kind", &begun.kind)
                        problem=field("kind") />
                    <Field name="due_on" label=words.day kind=FieldKind::Date
                        initial=sending.typed("due_on", &begun.due_on) problem=field("due_on") />
                    <Field name="due_at" label=words.time kind=FieldKind::Time
                        initial=sending.typed("due_at", &begun.due_at) problem=field("due_at")
                        hint=words.time_hint />
                    {(!owners.is_empty())
                        .then(|| view! {
                            <Select name="owner" label=words.assignee choices=owners
                                initial=sending.typed("owner", &begun.owner) problem=field("owner") />
                        })}
                    {on_record}
                    {with_deals
                        .then(|| view! {
                            <Select name="deal" label=words.deal choices=deals value=deal problem=field("deal") />
                        })}
                    <Show when=move || deal.with(String::is_empty) && !has_record>
                        <CustomerPicker id=customer name=customer_name problem=sending.problem("customer") />
                    </Show>
                    <div class="wide">
                        <TextArea name="note" label=words.note initial=sending.typed("note", &begun.note) rows=4
                            problem=field("note") />
                    </div>
                </fieldset>
                <div class="form-actions">
                    <Button kind=ButtonKind::Filled submit=true busy=sending.busy>{text.common.save}</Button>
                    <ButtonLink href=back>{text.common.cancel}</ButtonLink>
                </div>
            </form>
        </div>
    }
}

/// Deletes the task (into the trash); `back` is the page from which the form was opened.
#[component]
fn Delete(id: TaskId, title: String, back: String) -> impl IntoView {
    let text = use_text();
    let (sending, undo_toast, navigate) = (use_sending(), use_undo_toast(), use_navigate());
    let (said, to) = ((text.tasks.is_deleted)(&title), back.clone());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (said, to, navigate) = (said.clone(), to.clone(), navigate.clone());
        sending.send(api::carry_out(id, Act::Delete), move |event| {
            undo_toast.say(&said, Some(event), || ());
            navigate(&to, NavigateOptions::default());
        });
    };
    let trouble = sending.trouble();
    view! {
        <form method="post" action=format!("/tasks/{id}/act") on:submit=submit>
            <input type="hidden" name="back" value=back />
            <Button kind=ButtonKind::Danger icon=Icon::Trash submit=true name="act" value="delete" busy=sending.busy>
                {text.tasks.delete}
            </Button>
            <p class="field-problem" hidden=move || trouble.get().is_none()>{move || trouble.get()}</p>
        </form>
    }
}

/// The panel for a conflict: what is on record now, and both ways on. What was typed stays in the form.
#[component]
fn Conflict(error: RwSignal<Option<Error>>) -> impl IntoView {
    let text = use_text();
    let words = &text.tasks;
    let locale = use_locale();
    let today = use_today();
    let here = use_location().pathname.get_untracked();
    let over = RwSignal::new(String::new());
    let theirs = move || {
        error.with(|error| match error {
            Some(Error::Conflict { version, theirs }) => {
                let text = |field: &str| theirs.get(field)?.as_str().map(str::to_owned);
                let day = date::parse(&text("due_on")?)?;
                let at = theirs.get("due_at").and_then(serde_json::Value::as_i64);
                let done = theirs.get("done").and_then(serde_json::Value::as_bool).unwrap_or_default();
                Some((*version, text("title")?, super::view::when(day, at, today.get(), locale), done))
            }
            _ => None,
        })
    };
    let panel = move || {
        theirs().map(|(now, title, when, done)| {
            let here = here.clone();
            let state = if done { words.done_ones } else { words.open_ones };
            view! {
                <Problems tone=Tone::Warn title=text.errors.conflict_title>
                    <p>{text.errors.conflict_theirs} ": " <strong>{title}</strong> " · " {when} " · " {state}</p>
                    <div class="form-actions">
                        <Button submit=true name="over" value=now.to_string()
                            on_click=move |()| over.set(now.to_string())>
                            {text.errors.keep_mine}
                        </Button>
                        <a class="button" href=here rel="external">{text.errors.take_theirs}</a>
                    </div>
                </Problems>
            }
        })
    };
    // Before the button: without wasm, the button's own `over` then comes last and counts.
    view! {
        <input type="hidden" name="over" value=move || over.get() />
        {panel}
    }
}
