//! An activity as an entry of the stream: saved, waiting for the server, or being edited in place.

use super::address::StreamAddress;
use super::composer::{Kinds, MoreFields, sends};
use super::input::{ActivityForm, CONTENT};
use super::model::{ActivityKind, ActivityLine, Direction, Outcome};
use super::state::{StreamState, Waiting};
use crate::auth::model::Visit;
use crate::error::Error;
use crate::i18n::{Text, date, use_text};
use crate::journal::conflict_table::{ConflictRow, ConflictTable};
use crate::journal::model::Card;
use crate::ui::{Banner, Button, ButtonKind, Choice, Icon, IconView, Problems, Select, TextArea, Tone};
use leptos::ev::{KeyboardEvent, MouseEvent, SubmitEvent};
use leptos::prelude::*;

#[must_use]
pub fn icon_of(kind: ActivityKind) -> Icon {
    match kind {
        ActivityKind::Call => Icon::Phone,
        ActivityKind::Meeting => Icon::Users,
        ActivityKind::Visit => Icon::Place,
        ActivityKind::Email => Icon::Mail,
        ActivityKind::Letter => Icon::FileText,
        ActivityKind::Message => Icon::Message,
        ActivityKind::Note => Icon::Note,
    }
}

/// Its title: for a call how it ended, otherwise its kind.
fn title(
    text: &Text,
    kind: ActivityKind,
    outcome: Option<Outcome>,
    direction: Option<Direction>,
    result: &str,
) -> String {
    let words = &text.activities;
    let name = outcome.map_or_else(|| (words.kind_name)(kind), words.outcome_name);
    let named = if direction == Some(Direction::In) { (words.incoming)(name) } else { name.to_owned() };
    if result.is_empty() { named } else { format!("{named} · {result}") }
}

/// The title of an activity that is being typed.
#[must_use]
pub fn title_of_form(text: &Text, form: &ActivityForm) -> String {
    form.parse_but_time()
        .map(|typed| title(text, typed.kind, typed.outcome, typed.direction, &typed.result))
        .unwrap_or_default()
}

/// The dot's colour: green and filled for reaching somebody, red and hollow for a failed attempt, petrol for text.
fn dot(kind: ActivityKind, outcome: Option<Outcome>) -> &'static str {
    match (kind, outcome) {
        (_, Some(Outcome::Reached)) | (ActivityKind::Meeting | ActivityKind::Visit, _) => "reached",
        (_, Some(_)) => "failed",
        _ => "thing",
    }
}

#[component]
pub fn ActivityItem(state: StreamState, card: Card, line: ActivityLine) -> impl IntoView {
    let kept = StoredValue::new(line.clone());
    let id = line.id;
    let open = Memo::new(move |_| state.editing.get() == Some(id));
    move || {
        if open.get() {
            view! { <Edited state card line=kept.get_value() /> }.into_any()
        } else {
            view! { <Told state card line=kept.get_value() /> }.into_any()
        }
    }
}

#[component]
fn Told(state: StreamState, card: Card, line: ActivityLine) -> impl IntoView {
    let text = use_text();
    let words = &text.activities;
    let name = title(text, line.kind, line.outcome, line.direction, &line.result);
    let mut meta = vec![date::time(line.at), line.person.clone()];
    if !line.contact.is_empty() {
        meta.push((words.with)(&line.contact));
    }
    let deal = line.deal.clone().map(|(id, title)| {
        view! { <p class="event-text"><a href=format!("/deals/{id}")>{title}</a></p> }
    });
    let record = line.record.clone().map(|(id, name)| {
        view! { <p class="event-text"><a href=Card::Record(id).path()>{name}</a></p> }
    });
    let id = line.id;
    let kept = StoredValue::new(line.clone());
    let edit = move |event: MouseEvent| {
        event.prevent_default();
        kept.with_value(|line| state.edit(line));
    };
    let delete = move |event: SubmitEvent| {
        event.prevent_default();
        state.delete(id);
    };
    let address = state.address.get_untracked();
    let actions = state.may_write.then(|| {
        view! {
            " · "
            <a class="text-link"
                href=StreamAddress { edit: Some(id), ..address }.href(card) aria-label=(words.edit_this)(&name)
                on:click=edit>
                {words.edit}
            </a>
            " · "
            <form method="post" action=format!("/activities/{id}/delete") on:submit=delete>
                <input type="hidden" name="back" value=card.path() />
                <button type="submit" class="text-link" aria-label=(words.delete_this)(&name)>{words.delete}</button>
            </form>
        }
    });
    view! {
        <li class="event activity" data-dot=dot(line.kind, line.outcome)>
            <p class="event-title">
                <IconView icon=icon_of(line.kind) />
                {line.outcome.map(|_| view! {
                    <span class="visually-hidden">{(words.kind_name)(line.kind)} ": "</span>
                })}
                {name.clone()}
            </p>
            <div class="event-meta">{meta.join(" · ")} {actions}</div>
            {deal} {record}
            {(!line.content.is_empty()).then(|| view! { <p class="event-text">{line.content}</p> })}
        </li>
    }
}

/// An activity that is being sent to the server.
#[component]
pub fn WaitingItem(one: Waiting) -> impl IntoView {
    let text = use_text();
    let words = &text.activities;
    let me = use_context::<Visit>().and_then(|visit| visit.me).map(|me| me.name).unwrap_or_default();
    let typed = one.form.parse_but_time().ok();
    let (kind, outcome) = typed.map(|typed| (typed.kind, typed.outcome)).unwrap_or_default();
    view! {
        <li class="event activity" data-dot=dot(kind, outcome) data-waiting="">
            <p class="event-title"><IconView icon=icon_of(kind) />{title_of_form(text, &one.form)}</p>
            <div class="event-meta">{words.now} " · " {me} " · " {words.waiting}</div>
            {(!one.form.content.is_empty()).then(|| view! { <p class="event-text">{one.form.content}</p> })}
        </li>
    }
}

#[component]
fn Edited(state: StreamState, card: Card, line: ActivityLine) -> impl IntoView {
    let text = use_text();
    let words = &text.activities;
    let id = line.id;
    // Opened by its address, or drawn again: what was typed is kept.
    if state.old.id.with_untracked(|old| *old != id.to_string()) {
        state.old.fill(ActivityForm::of(&line, text.locale));
    }
    let trouble = state.changing.trouble();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        state.save(id);
    };
    let keys = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            state.editing.set(None);
        } else if sends(&event) {
            event.prevent_default();
            state.save(id);
        }
    };
    let outcomes: Vec<Choice> = [Outcome::Reached]
        .into_iter()
        .chain(Outcome::FAILED)
        .map(|outcome| Choice::new(outcome.code(), (words.outcome_name)(outcome)))
        .collect();
    let plain = Memo::new(move |_| {
        state
            .changing
            .error
            .with(|error| error.as_ref().is_some_and(|error| !matches!(error, Error::Conflict { .. })))
    });
    view! {
        <li class="event activity" data-dot=dot(line.kind, line.outcome)>
            <form
                class="composer in-place"
                method="post"
                action=format!("/activities/{id}/edit")
                aria-label=words.edit_title
                on:submit=submit
                on:keydown=keys
            >
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="version" value=move || state.old.version.get() />
                <input type="hidden" name="back" value=card.path() />
                <Kinds fields=state.old id="old" />
                <div class="composer-outcome">
                    <Select name="outcome" id="old-outcome" label=words.outcome choices=outcomes
                        value=state.old.outcome />
                </div>
                <div class="composer-text">
                    <TextArea
                        name="content"
                        id="old-content"
                        label=words.content
                        value=state.old.content
                        problem=state.changing.problem("content")
                        rows=3
                        max_length=CONTENT
                    />
                </div>
                <MoreFields fields=state.old sending=state.changing id="old" />
                <Show when=move || plain.get()>
                    <Banner tone=Tone::Bad text=Signal::derive(move || trouble.get().unwrap_or_default()) />
                </Show>
                <Changed state />
                <div class="composer-foot">
                    <Button kind=ButtonKind::Filled submit=true busy=state.changing.busy>{text.common.save}</Button>
                    <a
                        class="button"
                        href=card.path()
                        on:click=move |event| {
                            event.prevent_default();
                            state.editing.set(None);
                        }
                    >
                        {text.common.cancel}
                    </a>
                </div>
            </form>
        </li>
    }
}

/// The panel for a conflict: what somebody else changed meanwhile, field by field, and whose value is kept.
#[component]
fn Changed(state: StreamState) -> impl IntoView {
    let text = use_text();
    move || {
        let Some(Error::Conflict { version, theirs }) = state.changing.error.get() else { return None };
        let said = |field: &str| {
            let value = theirs.get(field).and_then(serde_json::Value::as_str).unwrap_or_default();
            crate::fields::names::value(crate::i18n::use_locale(), field, value)
                .map_or_else(|| value.to_owned(), str::to_owned)
        };
        let mine = state.old;
        let rows = [
            ("content", mine.content),
            ("result", mine.result),
            ("contact", mine.contact),
            ("kind", mine.kind),
        ];
        let locale = crate::i18n::use_locale();
        let rows = rows
            .into_iter()
            .filter_map(|(field, mine)| {
                let mine = mine.get_untracked();
                let mine =
                    crate::fields::names::value(locale, field, &mine).map_or(mine.clone(), str::to_owned);
                let theirs = said(field);
                (mine != theirs).then(|| {
                    let label = crate::fields::names::field(locale, field).unwrap_or(field);
                    ConflictRow::new(label, mine, theirs)
                })
            })
            .collect();
        let keep = move |()| state.old.version.set(version.to_string());
        let take = move |()| {
            state.changing.error.set(None);
            state.editing.set(None);
            state.read_again();
        };
        Some(view! {
            <Problems tone=Tone::Warn title=text.errors.conflict_title>
                <ConflictTable rows />
                <div class="form-actions">
                    <Button kind=ButtonKind::Filled submit=true name="version" value=version.to_string() on_click=keep>
                        {text.errors.keep_mine}
                    </Button>
                    <Button on_click=take>{text.errors.take_theirs}</Button>
                </div>
            </Problems>
        })
    }
}
