//! The page `/history`: who did what in the firm, filtered by person, kind and day, one page at a time, with undo. The
//! filters are a plain form; the address alone decides what is shown.

use super::api;
use super::timeline::LogLine;
use super::view::{LogPage, LogQuery};
use crate::activities::model::Mark;
use crate::error::Result;
use crate::i18n::{Locale, Text, date, days, use_locale, use_text};
use crate::live::reading::use_reading;
use crate::live::{Kind, listen::use_changes};
use crate::ui::address::value_in;
use crate::ui::{
    Button, ButtonLink, Choice, Empty, Failed, Field, FieldKind, Icon, PageTitle, Select, use_today,
};
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The page of the log that was read last.
type Now = RwSignal<Option<Result<LogPage>>>;

/// The kinds one can filter by, with their codes in the address.
const KINDS: [(&str, Kind); 7] = [
    ("customer", Kind::Customer),
    ("deal", Kind::Deal),
    ("activity", Kind::Activity),
    ("task", Kind::Task),
    ("record", Kind::OwnRecord),
    ("people", Kind::Person),
    ("settings", Kind::Firm),
];

/// Parses the query of the address; invalid values are ignored.
fn query_of(params: &str, today: NaiveDate, locale: Locale) -> LogQuery {
    let kind = |code: String| KINDS.iter().find(|(known, _)| *known == code).map(|(_, kind)| *kind);
    LogQuery {
        person: value_in(params, "person").and_then(|id| id.parse().ok()),
        kind: value_in(params, "kind").and_then(kind),
        day: value_in(params, "day").and_then(|day| days::read(&day, today, locale).ok()),
        after: value_in(params, "after").and_then(|mark| mark.parse().ok()),
    }
}

/// The code of the query's kind; empty without one.
fn code_of(query: &LogQuery) -> &'static str {
    KINDS.iter().find(|(_, kind)| Some(*kind) == query.kind).map_or("", |(code, _)| code)
}

/// The address of a page of the log: the query's filters, and the event after which the page begins.
fn address_of(query: &LogQuery, after: Option<Mark>) -> String {
    let parts = [
        query.person.map(|id| format!("person={id}")),
        query.kind.map(|_| format!("kind={}", code_of(query))),
        query.day.map(|day| format!("day={day}")),
        after.map(|after| format!("after={after}")),
    ];
    let params = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
    if params.is_empty() { "/history".to_owned() } else { format!("/history?{params}") }
}

/// The name of a kind of record. All kinds of the settings have one name.
#[must_use]
pub fn name_of(text: &Text, kind: Kind) -> &'static str {
    match kind {
        Kind::Customer => text.customers.one,
        Kind::Deal => text.deals.one,
        Kind::Activity => text.activities.one,
        Kind::Task => text.tasks.one,
        Kind::Person | Kind::Group => text.settings().people,
        Kind::OwnRecord => text.common.own_record,
        Kind::Firm
        | Kind::Pipeline
        | Kind::Product
        | Kind::Field
        | Kind::OwnKind
        | Kind::SettingsDraft
        | Kind::Everything => text.settings().title,
    }
}

/// The page of the firm's log.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let text = use_text();
    let params = use_location().search;
    let (today, locale) = (use_today(), use_locale());
    let query = Memo::new(move |_| params.with(|params| query_of(params, today.get(), locale)));
    let others = [Kind::Person, Kind::Firm, Kind::Pipeline];
    let changed = use_changes(Kind::RECORDS.into_iter().chain(others));
    let reading = use_reading(move || query.get(), changed, api::log);
    let now = reading.now;
    let is_read = Memo::new(move |_| now.with(|now| matches!(now, Some(Ok(_)))));
    let drawn = move || {
        let read = is_read.get();
        let failed = now.with_untracked(|now| now.as_ref().and_then(|now| now.as_ref().err().cloned()));
        match failed.filter(|_| !read) {
            None => view! { <Log now query params /> }.into_any(),
            Some(error) => {
                let retry = Callback::new(move |()| reading.read_again());
                view! { <Failed error retry /> }.into_any()
            }
        }
    };
    view! {
        <PageTitle text=text.history.log />
        {reading.once(move || drawn.into_any())}
    }
}

/// The filters stay while the lines under them are drawn again.
#[component]
fn Log(now: Now, query: Memo<LogQuery>, params: Memo<String>) -> impl IntoView {
    let text = use_text();
    let words = &text.history;
    view! {
        <div class="screen">
            <header class="page-head log-head">
                <h1>{words.log}</h1>
                <div class="page-action"><ButtonLink href="/trash" icon=Icon::Trash>{words.trash}</ButtonLink></div>
            </header>
            <div class="page-body log">
                <Filters now query params />
                {move || now.get().and_then(Result::ok).map(|page| view! {
                    <Lines page query=query.get_untracked() />
                })}
            </div>
        </div>
    }
}

/// The form of the filters.
#[component]
fn Filters(now: Now, query: Memo<LogQuery>, params: Memo<String>) -> impl IntoView {
    let text = use_text();
    let words = &text.history;
    let all = move || Choice::new("", text.common.all);
    let people = Signal::derive(move || {
        let page = now.get().and_then(Result::ok);
        let people = page.map(|page| page.people).unwrap_or_default();
        let choices = people.into_iter().map(|(id, name)| Choice::new(id.to_string(), name));
        std::iter::once(all()).chain(choices).collect::<Vec<_>>()
    });
    let kinds: Vec<Choice> = std::iter::once(all())
        .chain(KINDS.iter().map(|(code, kind)| Choice::new(*code, name_of(text, *kind))))
        .collect();
    let (locale, today) = (use_locale(), use_today());
    let typed_day = move || params.with(|params| value_in(params, "day")).unwrap_or_default();
    let problem = Signal::derive(move || {
        let read = Some(typed_day()).filter(|day| !day.trim().is_empty());
        let problem = days::read(&read?, today.get(), locale).err()?;
        Some((text.errors.problem)(&problem))
    });
    let asked = move || {
        query.with(|query| {
            let person = query.person.map(|id| id.to_string()).unwrap_or_default();
            let day = query.day.map_or_else(typed_day, |day| date::day(day, locale));
            [person, code_of(query).to_owned(), day]
        })
    };
    let [person, kind, day] = untrack(asked).map(RwSignal::new);
    // After a link to another page of the log was followed, the fields show that page's filters.
    Effect::new(move |before: Option<[String; 3]>| {
        let now = asked();
        if before.is_some_and(|before| before != now) {
            for (field, value) in [person, kind, day].into_iter().zip(&now) {
                field.set(value.clone());
            }
        }
        now
    });
    view! {
        <form class="log-filter" method="get" action="/history" role="search" aria-label=text.common.filters>
            <Select name="person" label=words.person choices=people value=person />
            <Select name="kind" label=words.kind choices=kinds value=kind />
            <Field name="day" label=words.day kind=FieldKind::Date value=day problem />
            <div class="log-apply">
                <Button submit=true icon=Icon::Filter>{text.common.apply}</Button>
                <ButtonLink href="/history">{text.common.clear}</ButtonLink>
            </div>
        </form>
    }
}

/// The lines of one page of the log, with a heading for each day, and links to older and newest ones.
#[component]
fn Lines(page: LogPage, query: LogQuery) -> impl IntoView {
    let text = use_text();
    let words = &text.history;
    let locale = use_locale();
    let today = use_today();
    let mut day = None;
    let empty = page.lines.is_empty();
    let lines = page
        .lines
        .into_iter()
        .map(|line| {
            let of = line.at.date();
            let heading = (day.replace(of) != Some(of)).then(
                || view! { <li class="timeline-day">{move || date::long_day(of, today.get(), locale)}</li> },
            );
            view! {
                {heading}
                <LogLine line />
            }
        })
        .collect_view();
    let older = page.next.map(|after| {
        view! { <ButtonLink href=address_of(&query, Some(after))>{words.older}</ButtonLink> }
    });
    let newest = query.after.map(|_| {
        view! { <ButtonLink href=address_of(&query, None)>{text.activities.newest}</ButtonLink> }
    });
    view! {
        {if empty {
            view! { <Empty icon=Icon::History title=words.log_empty>""</Empty> }.into_any()
        } else {
            view! { <ol class="timeline" aria-label=words.log>{lines}</ol> }.into_any()
        }}
        <div class="timeline-foot">{newest} {older}</div>
    }
}

#[cfg(test)]
mod tests {
    use super::{KINDS, address_of, query_of};
    use crate::i18n::Locale;
    use crate::live::Kind;

    #[test]
    fn every_kind_of_record_can_be_asked_for() {
        for kind in Kind::RECORDS {
            assert!(KINDS.iter().any(|(_, known)| *known == kind), "{kind:?}");
        }
    }

    #[test]
    fn the_address_says_what_is_wanted() {
        let address = "/history?kind=people&day=2026-11-22&after=7.0192d3a0-0000-7000-8000-000000000000";
        let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 27).expect("a day");
        let query_of = |params: &str| query_of(params, today, Locale::Tr);
        let query = query_of(address.trim_start_matches("/history"));
        assert_eq!(query_of("?day=22.11.2026").day, query.day);
        assert_eq!(query.kind, Some(Kind::Person));
        assert_eq!(address_of(&query, query.after), address);
        assert_eq!(address_of(&query_of("?kind=nonsense&person=x"), None), "/history");
    }
}
