//! A customer's page: the name and how to reach them at the top, facts and contacts, the history, the deals. It lays
//! out the page and reads the data; the parts themselves are in `card_parts`.

use super::api;
use super::card_parts::{Contacts, Deals, FactsOf, Head};
use super::model::CustomerCard;
use crate::activities::ask::AskOutcome;
use crate::activities::state::{StreamState, use_stream};
use crate::activities::stream::Stream;
use crate::error::Error;
use crate::fields::linked::LinkedPanels;
use crate::i18n::use_text;
use crate::id::CustomerId;
use crate::journal::model::Card as CardOf;
use crate::live::Kind;
use crate::live::listen::use_changes;
use crate::live::reading::{Leaving, use_reading};
use crate::own_records::on_card::RecordsPanels;
use crate::tasks::call::AfterCall;
use crate::tasks::panel::{TasksPanel, use_card_tasks};
use crate::tasks::state::TasksState;
use crate::tasks::view::About;
use crate::ui::{Failed, PageTitle, Panel, TabItem, Tabs};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn CustomerPage() -> impl IntoView {
    Leaving::provide();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id").and_then(|id| id.parse().ok())));
    let changed = use_changes(Kind::CARDS.into_iter().chain([Kind::Task, Kind::Field]));
    let reading = use_reading(
        move || id.get(),
        changed,
        |id: Option<CustomerId>| async move {
            match id {
                Some(id) => api::get(id).await,
                None => Err(Error::NotFound),
            }
        },
    );
    let card = reading.known_while(move |card| Some(card.customer.id) == id.get_untracked());
    let trouble = reading.trouble();
    let stream = use_stream(Memo::new(move |_| id.get().map(CardOf::Customer)));
    let tasks = use_card_tasks(move || id.get().map(About::Customer));
    let failed = move || {
        let retry = Callback::new(move |()| reading.read_again());
        trouble.get().map(|error| view! { <Failed error retry /> })
    };
    view! {
        {reading.once(move || view! {
            <Show when=move || card.with(Option::is_some) fallback=failed>
                <Card card stream tasks />
            </Show>
        }.into_any())}
        <AskOutcome state=stream />
    }
}

/// Each part is redrawn separately, so that text being typed in another part is kept.
#[component]
fn Card(card: Memo<Option<CustomerCard>>, stream: StreamState, tasks: TasksState) -> impl IntoView {
    let text = use_text();
    let words = &text.customers;
    let tab = RwSignal::new("history");
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    let id = Memo::new(move |_| card.with(|card| card.as_ref().map(|card| card.customer.id)));
    let head = move || {
        card.get().map(|CustomerCard { customer, open, won, .. }| {
            view! {
                <PageTitle text=customer.facts.name.clone() />
                <Head customer open won />
            }
        })
    };
    let tabs = Signal::derive(move || {
        // Where the firm has kinds of its own, more than deals is there.
        let (linked, count) = card.with(|card| {
            let Some(card) = card else { return (words.deals, 0) };
            let records = card.records.iter().map(|one| one.in_all as usize).sum::<usize>();
            let linked = if card.records.is_empty() { words.deals } else { text.own_records().linked };
            (linked, card.deals_in_all as usize + records)
        });
        vec![
            TabItem { id: "history", label: text.common.history.to_owned(), count: None },
            TabItem { id: "tasks", label: text.tasks.title.to_owned(), count: None },
            TabItem { id: "linked", label: linked.to_owned(), count: Some(count) },
            TabItem { id: "facts", label: text.common.facts.to_owned(), count: None },
        ]
    });
    let facts = Memo::new(move |_| {
        card.with(|card| card.as_ref().map(|card| (card.customer.facts.clone(), card.said.clone())))
    });
    let facts = move || {
        facts.get().map(|(facts, said)| {
            let contacts = facts.contacts.clone();
            view! {
                <Panel title=text.common.facts>
                    <FactsOf facts said />
                </Panel>
                {(!contacts.is_empty())
                    .then(|| {
                        view! {
                            <Panel title=words.contacts>
                                <Contacts contacts />
                            </Panel>
                        }
                    })}
            }
        })
    };
    let deals = move || {
        card.get().map(|card| {
            let (id, name) = (card.customer.id, card.customer.facts.name);
            view! {
                <Deals id deals=card.deals in_all=card.deals_in_all name />
                <RecordsPanels customer=id records=card.records />
                <LinkedPanels groups=card.linked />
            }
        })
    };
    view! {
        <div class="screen fixed card-page" data-tab=move || awake.get().then(|| tab.get())>
            {head}
            <Show when=move || awake.get()>
                <div class="card-tabs phone-only"><Tabs label=words.one tabs current=tab /></div>
            </Show>
            <div class="card-body">
                <div class="card-left" id="panel-facts">{facts}</div>
                <div class="card-middle" id="panel-history">
                    {move || id.get().map(|id| view! {
                        <AfterCall called=stream.called state=tasks about=About::Customer(id) />
                        <Stream state=stream card=CardOf::Customer(id) />
                    })}
                </div>
                <div class="card-right">
                    <div class="card-tasks" id="panel-tasks">
                        {move || id.get().map(|id| view! { <TasksPanel state=tasks about=About::Customer(id) /> })}
                    </div>
                    <div class="card-linked" id="panel-linked">{deals}</div>
                </div>
            </div>
        </div>
    }
}
