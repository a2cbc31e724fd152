//! The middle column of a card: the form for a new activity, and below it one stream of activities and history, newest
//! first, filtered and paged by links.

use super::address::StreamAddress;
use super::composer::{COMPOSER, Composer, PARTIES};
use super::line::{ActivityItem, WaitingItem};
use super::model::{Show as Shown, StreamLine};
use super::state::{StreamState, Waiting};
use crate::i18n::{date, use_locale, use_text};
use crate::journal::model::Card;
use crate::journal::timeline::ChangeLine;
use crate::ui::{Banner, Button, ButtonLink, Each, Panel, Tone, ViewItem, ViewSwitch, use_today};
use chrono::NaiveDate;
use leptos::prelude::*;

#[component]
pub fn Stream(state: StreamState, card: Card) -> impl IntoView {
    let text = use_text();
    let words = &text.activities;
    let views = Signal::derive(move || {
        let now = state.address.with(|address| address.show);
        [(Shown::All, text.common.all), (Shown::Activities, words.many), (Shown::Changes, words.changes)]
            .map(|(show, label)| ViewItem {
                href: StreamAddress { show, ..StreamAddress::default() }.href(card),
                label: label.to_owned(),
                icon: None,
                current: show == now,
            })
            .to_vec()
    });
    let filter = ViewFnOnce::from(move || view! { <ViewSwitch label=text.common.filter views /> });
    let failed = state.reading.trouble();
    let failed = move || {
        failed.get().map(|error| {
            view! {
                <Banner tone=Tone::Warn text=(text.errors.error)(&error)>
                    <Button on_click=move |()| state.read_again()>{text.common.retry}</Button>
                </Banner>
            }
        })
    };
    view! {
        {state.may_write.then(|| view! { <Composer state card /> }.into_any())}
        <Panel title=text.common.history actions=filter>
            {state.reading.once(move || view! {
                {failed}
                <Show when=move || state.page.with(Option::is_some)>
                    <Lines state card />
                    <Older state card />
                </Show>
            }.into_any())}
        </Panel>
    }
}

/// The heading of a day, or an entry below it.
#[derive(Clone, PartialEq)]
enum Item {
    Day(NaiveDate),
    Waiting(Waiting),
    Line(StreamLine),
}

impl Item {
    /// The key changes only for another entry or another version, so that unchanged entries keep their elements.
    fn key(&self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Waiting(one) => format!("{} waits", one.id),
            Self::Line(StreamLine::Activity(line)) => format!("{} {}", line.id, line.version),
            Self::Line(line) => line.id().to_string(),
        }
    }
}

#[component]
fn Lines(state: StreamState, card: Card) -> impl IntoView {
    let text = use_text();
    let locale = use_locale();
    let today = use_today();
    let items = Memo::new(move |_| {
        let lines = state.lines.get();
        let waiting =
            state.waiting.get().into_iter().filter(|one| lines.iter().all(|line| line.id() != one.id.0));
        let mut items: Vec<Item> = waiting.map(Item::Waiting).collect();
        let mut day = None;
        if !items.is_empty() {
            let today = today.get();
            items.insert(0, Item::Day(today));
            day = Some(today);
        }
        for line in &lines {
            let of = line.at().date();
            if day.replace(of) != Some(of) {
                items.push(Item::Day(of));
            }
            items.push(Item::Line(line.clone()));
        }
        items
    });
    let nothing = move || {
        let words = &text.activities;
        let whole = state.address.with(|address| *address == StreamAddress::default());
        items.with(Vec::is_empty).then(|| {
            view! { <p class="muted">{if whole { words.empty } else { words.nothing_here }}</p> }
        })
    };
    let item = move |item: Item| match item {
        Item::Day(day) => {
            view! { <li class="timeline-day">{move || date::long_day(day, today.get(), locale)}</li> }
                .into_any()
        }
        Item::Waiting(one) => view! { <WaitingItem one /> }.into_any(),
        Item::Line(StreamLine::Activity(line)) => view! { <ActivityItem state card line /> }.into_any(),
        Item::Line(StreamLine::Change(line)) => view! { <ChangeLine line /> }.into_any(),
    };
    let names = move || {
        let mut names: Vec<String> =
            state.parties.with(|parties| parties.iter().map(|one| one.name.clone()).collect());
        names.dedup();
        names.into_iter().map(|name| view! { <option value=name></option> }).collect_view()
    };
    // Without wasm this id makes sure that sending the form twice logs one activity.
    let id = move || match state.new.id.get() {
        id if id.is_empty() => state.page.with(|page| page.as_ref().map(|page| page.fresh.to_string())),
        id => Some(id),
    };
    view! {
        {state.may_write.then(|| view! { <input type="hidden" name="id" form=COMPOSER value=id /> })}
        <datalist id=PARTIES>{names}</datalist>
        {nothing}
        <ol class="timeline" aria-label=text.activities.stream>
            <Each rows=move || items.get() key=Item::key children=item />
        </ol>
    }
}

/// Links to older entries and back. With wasm the older ones are added below; otherwise the link leads to a page with
/// them.
#[component]
fn Older(state: StreamState, card: Card) -> impl IntoView {
    let text = use_text();
    let next = Memo::new(move |_| state.page.with(|page| page.as_ref().and_then(|page| page.next)));
    let more = move |event: leptos::ev::MouseEvent| {
        if state.show_older() {
            event.prevent_default();
        }
    };
    move || {
        let address = state.address.get();
        let newest = address.after.is_some().then(|| {
            view! {
                <ButtonLink href=StreamAddress { show: address.show, ..StreamAddress::default() }.href(card)>
                    {text.activities.newest}
                </ButtonLink>
            }
        });
        let older = next.get().map(|after| {
            let href = StreamAddress { after: Some(after), edit: None, ..address }.href(card);
            view! {
                <a class="button" href=href on:click=more><span class="button-text">{text.history.older}</span></a>
            }
        });
        view! { <div class="timeline-foot">{newest} {older}</div> }
    }
}
