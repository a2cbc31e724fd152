//! The timeline on a card: what happened, newest first, under the day it happened. It shows history lines and lets one be taken back; it
//! fetches nothing.

use super::api::undo;
use super::model::{FieldChange, HistoryLine, What};
use crate::auth::model::{Permission, Visit};
use crate::i18n::{Currency, Money, date, fields, use_locale, use_text};
use crate::live::Kind;
use crate::ui::{use_announcer, use_toaster};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

/// One line after another, with a heading for each day.
#[component]
pub fn Timeline(lines: Vec<HistoryLine>) -> impl IntoView {
    let text = use_text();
    let locale = use_locale();
    let visit = use_context::<Visit>().unwrap_or_default();
    if lines.is_empty() {
        return view! { <p class="muted">{text.history.empty}</p> }.into_any();
    }
    let may_undo = visit.may(Permission::Sell);
    let mut days: Vec<(chrono::NaiveDate, Vec<HistoryLine>)> = Vec::new();
    for line in lines {
        let day = line.at.date();
        match days.last_mut() {
            Some((last, of_day)) if *last == day => of_day.push(line),
            _ => days.push((day, vec![line])),
        }
    }
    let days = days
        .into_iter()
        .map(|(day, lines)| {
            view! {
                <li class="timeline-day">{date::long_day(day, visit.today, locale)}</li>
                {lines.into_iter().map(|line| view! { <Line line may_undo /> }).collect_view()}
            }
        })
        .collect_view();
    view! { <ol class="timeline" aria-label=text.history.title>{days}</ol> }.into_any()
}

#[component]
fn Line(line: HistoryLine, may_undo: bool) -> impl IntoView {
    let text = use_text();
    let locale = use_locale();
    let toaster = use_toaster();
    let announcer = use_announcer();
    let dot = match line.what {
        What::Won => "reached",
        What::Lost | What::Deleted => "failed",
        What::Created | What::Imported if line.kind == Kind::Deal => "thing",
        _ => "field",
    };
    let headline = (text.history.what)(line.what);
    let subject = line.subject.map(|title| {
        view! { <p class="event-text"><a href=format!("/deals/{}", line.subject_id)>{title}</a></p> }
    });
    let currency = line.currency;
    // What a new record is made of stands on its card already.
    let told = if matches!(line.what, What::Created | What::Imported) { Vec::new() } else { line.changes };
    let changes = told
        .into_iter()
        .filter_map(|change| {
            let field = fields::field(locale, &change.field)?;
            let (before, after) = shown(&change, locale, currency, text.history.nothing);
            Some(view! { <li>{(text.history.changed_field)(field, &before, &after)}</li> })
        })
        .collect::<Vec<_>>();
    let id = line.id;
    let take_back = move |_| {
        spawn_local(async move {
            let said = match undo(id).await {
                Ok(()) => text.common.undone.to_owned(),
                Err(crate::error::Error::Conflict { .. }) => text.errors.undo_failed.to_owned(),
                Err(error) => (text.errors.error)(&error),
            };
            announcer.announce(said.clone());
            toaster.show(said);
        });
    };
    view! {
        <li class="event" data-dot=dot>
            <p class="event-title">{headline}</p>
            <p class="event-meta">
                {(text.history.by)(&date::time(line.at), &line.actor)}
                {may_undo
                    .then(|| {
                        view! {
                            " · "
                            <button type="button" class="text-link" aria-label=(text.history.undo_this)(headline) on:click=take_back>
                                {text.history.undo}
                            </button>
                        }
                    })}
            </p>
            {subject}
            {(!changes.is_empty()).then(|| view! { <ul class="event-changes">{changes}</ul> })}
        </li>
    }
}

/// Both values as a person reads them.
fn shown(
    change: &FieldChange,
    locale: crate::i18n::Locale,
    currency: Option<Currency>,
    nothing: &str,
) -> (String, String) {
    let say = |value: &Value| match value {
        Value::Null => nothing.to_owned(),
        Value::Bool(yes) => {
            let common = &locale.text().common;
            (if *yes { common.yes } else { common.no }).to_owned()
        }
        Value::Number(number) if change.field == "amount" => number
            .as_i64()
            .map_or_else(String::new, |minor| Money::new(minor, currency.unwrap_or_default()).exact(locale)),
        Value::String(text) if text.is_empty() => nothing.to_owned(),
        Value::String(text) => match text.parse::<chrono::NaiveDate>() {
            Ok(day) => date::day(day, locale),
            Err(_) => text.clone(),
        },
        Value::Array(all) => {
            let names: Vec<String> = all
                .iter()
                .filter_map(|one| one.as_str().or_else(|| one.get("name")?.as_str()).map(str::to_owned))
                .collect();
            if names.is_empty() { nothing.to_owned() } else { names.join(", ") }
        }
        other => other.to_string(),
    };
    (say(&change.before), say(&change.after))
}
