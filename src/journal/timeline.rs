//! An event as a line of a timeline, on a card or in the firm's log, with a button for undo; and values as a person
//! reads them. It reads nothing from the server.

use super::log::name_of;
use super::model::{FieldChange, HistoryLine, What};
use super::undo_toast::use_undo_toast;
use crate::auth::model::{Permission, Visit};
use crate::fields::{Shape, names};
use crate::i18n::{Currency, Locale, Money, Text, date, use_locale, use_text};
use crate::journal::model::Card;
use crate::live::Kind;
use leptos::prelude::*;
use serde_json::Value;

/// A line of a card's history: what was done, by whom and when, the old and the new value of each field, and undo.
#[component]
pub fn ChangeLine(line: HistoryLine) -> impl IntoView {
    drawn(line, None)
}

/// The same line in the firm's log, where it also names the kind of the record.
#[component]
pub fn LogLine(line: HistoryLine) -> impl IntoView {
    let kind = line.kind_name.clone().unwrap_or_else(|| name_of(use_text(), line.kind).to_owned());
    drawn(line, Some(kind))
}

fn drawn(line: HistoryLine, kind: Option<String>) -> impl IntoView {
    let text = use_text();
    let locale = use_locale();
    let undo_toast = use_undo_toast();
    // Undoing that a record was added would delete it. Deleting is an action of its own, on the record's card.
    let added = matches!(line.what, What::Created | What::Imported);
    let may_undo =
        line.undoable && !added && use_context::<Visit>().is_some_and(|visit| visit.may(Permission::Sell));
    let activity = line.kind == Kind::Activity;
    let dot = match line.what {
        _ if activity => "field",
        What::Won | What::Done => "reached",
        What::Lost | What::Deleted => "failed",
        What::Created | What::Imported if line.kind == Kind::Deal => "thing",
        _ => "field",
    };
    let headline = headline(text, line.kind, line.what);
    let href = href_of(&line);
    let changes = changes_of(&line, text, locale);
    let actor = if line.actor.is_empty() { text.shell.app.to_owned() } else { line.actor };
    let subject = line.subject.filter(|subject| !subject.is_empty()).map(|subject| match href {
        Some(href) => view! { <a href=href>{subject}</a> }.into_any(),
        None => subject.into_any(),
    });
    let kind = kind.map(|kind| view! { <span class="log-kind">{kind}</span> });
    let about = (subject.is_some() || kind.is_some())
        .then(|| view! { <p class="event-text event-short">{kind} {subject}</p> });
    let changes: Vec<_> = changes.into_iter().map(|change| view! { <li>{change}</li> }).collect();
    let id = line.id;
    view! {
        <li class="event" data-dot=dot>
            <p class="event-title">{headline}</p>
            <div class="event-meta">
                {(text.history.by)(&date::time(line.at), &actor)}
                {may_undo
                    .then(|| {
                        view! {
                            " · "
                            <button
                                type="button"
                                class="text-link"
                                aria-label=(text.history.undo_this)(headline)
                                on:click=move |_| undo_toast.take_back(id, || ())
                            >
                                {text.history.undo}
                            </button>
                        }
                    })}
            </div>
            {about}
            {(!changes.is_empty()).then(|| view! { <ul class="event-changes">{changes}</ul> })}
        </li>
    }
}

/// Each changed field with its old and its new value, as text. None for a new record: its values are on its card.
#[must_use]
pub fn changes_of(line: &HistoryLine, text: &Text, locale: Locale) -> Vec<String> {
    if matches!(line.what, What::Created | What::Imported) {
        return Vec::new();
    }
    let say = |change: &FieldChange| {
        let (before, after) = shown(change, locale, line.currency, text.history.nothing);
        let label = change.label.as_deref().or_else(|| names::field(locale, &change.field))?;
        Some((text.history.changed_field)(label, &before, &after))
    };
    line.changes.iter().filter_map(say).collect()
}

/// The sentence for what was done.
#[must_use]
pub fn headline(text: &Text, kind: Kind, what: What) -> &'static str {
    let words = &text.history;
    match (kind, what) {
        (Kind::Activity, _) => (words.activity)(what),
        (Kind::Task, _) => (words.task)(what),
        (Kind::Person | Kind::Group, What::Moved) => words.moved_under,
        (Kind::Pipeline, What::Moved) => words.reordered,
        _ => (words.what)(what),
    }
}

/// The path of the record that the line is about; for an activity, that of its card, unless the line is on that card.
/// `None` for a record in the trash.
fn href_of(line: &HistoryLine) -> Option<String> {
    let id = line.subject_id;
    match line.kind {
        Kind::Activity => line.card.map(Card::path),
        _ if line.gone => None,
        Kind::Customer | Kind::Deal | Kind::OwnRecord => Card::of_record(line.kind, id).map(Card::path),
        Kind::Task => Some(format!("/tasks/{id}/edit")),
        Kind::Person => Some(format!("/settings/people/{id}")),
        Kind::Group => Some("/settings/people".to_owned()),
        Kind::Product => Some("/settings/products".to_owned()),
        Kind::Field => Some("/settings/fields".to_owned()),
        Kind::OwnKind => Some("/settings/kinds".to_owned()),
        Kind::Firm | Kind::Pipeline | Kind::SettingsDraft | Kind::Everything => None,
    }
}

/// Both values as text.
fn shown(
    change: &FieldChange,
    locale: Locale,
    currency: Option<Currency>,
    nothing: &str,
) -> (String, String) {
    let say = |value: &Value| said(value, &change.field, locale, currency, nothing);
    (say(&change.before), say(&change.after))
}

/// Fields with a day as value, besides those that have a description.
const DAYS: [&str; 3] = ["opened_on", "closed_on", "due_on"];

/// The value of a field as text; `nothing` is the text for no value.
#[must_use]
pub fn said(value: &Value, field: &str, locale: Locale, currency: Option<Currency>, nothing: &str) -> String {
    let described =
        names::described(field).filter(|field| !matches!(&field.shape, Shape::Line(_) | Shape::Text(_)));
    if let Some(field) = described.filter(|_| !value.is_null()) {
        return field.said(value, locale);
    }
    match value {
        Value::Null => nothing.to_owned(),
        Value::Bool(yes) => {
            let common = &locale.text().common;
            (if *yes { common.yes } else { common.no }).to_owned()
        }
        Value::Number(number) if matches!(field, "amount" | "price") => number
            .as_i64()
            .map_or_else(String::new, |minor| Money::new(minor, currency.unwrap_or_default()).exact(locale)),
        Value::Number(minute) if field == "due_at" => {
            minute.as_i64().map(crate::tasks::view::clock).unwrap_or_default()
        }
        Value::String(text) if text.is_empty() => nothing.to_owned(),
        Value::String(text) => {
            let code = names::value(locale, field, text).map(str::to_owned);
            // Text that somebody typed is shown as typed, even if it looks like a date.
            let day =
                || text.parse().ok().filter(|_| DAYS.contains(&field)).map(|day| date::day(day, locale));
            let moment = || text.parse().ok().filter(|_| field == "at").map(|at| date::moment(at, locale));
            code.or_else(day).or_else(moment).unwrap_or_else(|| text.clone())
        }
        Value::Array(all) => {
            let names: Vec<String> = all
                .iter()
                .filter_map(|one| one.as_str().or_else(|| one.get("name")?.as_str()).map(str::to_owned))
                .collect();
            if names.is_empty() { nothing.to_owned() } else { names.join(", ") }
        }
        other => other.to_string(),
    }
}
