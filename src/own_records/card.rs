//! The page of one own record: head with its stage, facts, activities, tasks, the records that link to it. The same for
//! all kinds.

use super::actions::{More, StagePath};
use super::address::list_of;
use super::api;
use super::view::OwnCard;
use crate::activities::ask::AskOutcome;
use crate::activities::state::{StreamState, use_stream};
use crate::activities::stream::Stream;
use crate::error::Error;
use crate::fields::linked::LinkedPanels;
use crate::fields::rows::row as field_row;
use crate::i18n::use_text;
use crate::id::OwnRecordId;
use crate::journal::model::Card as CardOf;
use crate::live::Kind;
use crate::live::listen::use_changes;
use crate::live::reading::{Leaving, use_reading};
use crate::own_kinds::model::stage_shown;
use crate::tasks::call::AfterCall;
use crate::tasks::panel::{TasksPanel, use_card_tasks};
use crate::tasks::state::TasksState;
use crate::tasks::view::About;
use crate::ui::{Avatar, Facts, Failed, PageTitle, Panel, Sending, StageMark, TabItem, Tabs, use_sending};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page `/records/:id`.
#[component]
pub fn OwnRecordPage() -> impl IntoView {
    Leaving::provide();
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get_str("id").and_then(|id| id.parse::<OwnRecordId>().ok()))
    });
    let changed = use_changes([Kind::OwnRecord, Kind::OwnKind, Kind::Customer, Kind::Task]);
    let reading = use_reading(
        move || id.get(),
        changed,
        |id: Option<OwnRecordId>| async move {
            match id {
                Some(id) => api::get(id).await,
                None => Err(Error::NotFound),
            }
        },
    );
    let card = reading.known_while(move |card| Some(card.record.id) == id.get_untracked());
    let trouble = reading.trouble();
    let stream = use_stream(Memo::new(move |_| id.get().map(CardOf::Record)));
    let tasks = use_card_tasks(move || id.get().map(About::Record));
    let sending = use_sending();
    let failed = move || {
        let retry = Callback::new(move |()| reading.read_again());
        trouble.get().map(|error| view! { <Failed error retry /> })
    };
    view! {
        {reading.once(move || view! {
            <Show when=move || card.with(Option::is_some) fallback=failed>
                <Whole card stream tasks sending />
            </Show>
        }.into_any())}
        <AskOutcome state=stream />
    }
}

/// The parts of the page. Each is drawn again on its own, so that text typed in another one is kept.
#[component]
fn Whole(
    card: Memo<Option<OwnCard>>,
    stream: StreamState,
    tasks: TasksState,
    sending: Sending,
) -> impl IntoView {
    let text = use_text();
    let tab = RwSignal::new("history");
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    let id = Memo::new(move |_| card.with(|card| card.as_ref().map(|card| card.record.id)));
    let tabs = vec![
        TabItem { id: "history", label: text.common.history.to_owned(), count: None },
        TabItem { id: "tasks", label: text.tasks.title.to_owned(), count: None },
        TabItem { id: "linked", label: text.own_records().linked.to_owned(), count: None },
        TabItem { id: "facts", label: text.common.facts.to_owned(), count: None },
    ];
    let head = move || card.get().map(|card| view! { <Head card sending /> });
    let facts = move || {
        card.get().map(|card| {
            let none = card.said.is_empty();
            let rows = card.said.into_iter().map(field_row).collect::<Vec<_>>();
            view! {
                <Panel title=text.common.facts>
                    {none.then(|| view! { <p class="muted small">{text.common.no_value}</p> })}
                    <Facts>{rows}</Facts>
                </Panel>
            }
        })
    };
    view! {
        <div class="screen fixed card-page" data-tab=move || awake.get().then(|| tab.get())>
            {head}
            <div class="card-tabs phone-only"><Tabs label=text.ui.sections tabs current=tab /></div>
            <div class="card-body">
                <div class="card-left" id="panel-facts">{facts}</div>
                <div class="card-middle" id="panel-history">
                    {move || id.get().map(|id| view! {
                        <AfterCall called=stream.called state=tasks about=About::Record(id) />
                        <Stream state=stream card=CardOf::Record(id) />
                    })}
                </div>
                <div class="card-right">
                    <div class="card-tasks" id="panel-tasks">
                        {move || id.get().map(|id| view! { <TasksPanel state=tasks about=About::Record(id) /> })}
                    </div>
                    <div class="card-linked" id="panel-linked">
                        {move || card.get().map(|card| view! { <LinkedPanels groups=card.linked /> })}
                    </div>
                </div>
            </div>
        </div>
    }
}

/// The head: a link to the list, name, customer, stage and owner, the actions, the path of stages.
#[component]
fn Head(card: OwnCard, sending: Sending) -> impl IntoView {
    let text = use_text();
    let OwnCard { record, kind, may_change, stages, .. } = card;
    let facts = record.facts.clone();
    let customer = facts
        .customer_id
        .zip(record.customer.clone())
        .map(|(id, name)| view! { <span><a href=format!("/customers/{id}")>{name}</a></span> });
    let stage = facts.stage.and_then(|nr| stage_shown(&stages, nr));
    let stage = stage.map(|(name, color)| view! { <span><StageMark color name /></span> });
    let has_stages = !stages.is_empty();
    let (id, name, now) = (record.id, facts.name.clone(), facts.stage);
    let path =
        has_stages.then(|| view! { <StagePath id name now stages=stages.clone() may=may_change sending /> });
    view! {
        <PageTitle text=facts.name.clone() />
        <header class="card-head">
            <div class="card-who">
                <nav class="crumbs" aria-label=text.ui.breadcrumb><a href=list_of(kind.nr)>{kind.many}</a></nav>
                <h1>{facts.name}</h1>
                <p class="card-sub dots">
                    {customer}
                    {stage}
                    <span class="card-owner"><Avatar name=record.owner.clone() />{record.owner}</span>
                </p>
            </div>
            {may_change.then(|| view! {
                <More id name=record.facts.name kind=kind.nr owner=record.facts.owner_id one=kind.one sending />
            })}
        </header>
        {path}
    }
}
