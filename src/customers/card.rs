//! A customer's page: who it is and how to reach them at the top, facts and contacts, what happened, its deals. It changes nothing but by
//! asking; what a part looks like is in `card_parts`.

use super::api;
use super::card_parts::{Contacts, Deals, FactsOf, Head, Leaving};
use super::model::CustomerCard;
use crate::activities::ask::AskOutcome;
use crate::activities::desk::{Desk, use_desk};
use crate::activities::model::Card as CardOf;
use crate::activities::stream::Stream;
use crate::app::say_status;
use crate::error::Error;
use crate::i18n::use_text;
use crate::id::CustomerId;
use crate::live::Kind;
use crate::live::listen::{use_changes, use_readings};
use crate::tasks::desk::Tasks;
use crate::tasks::panel::{TasksPanel, use_card_tasks};
use crate::tasks::shown::About;
use crate::ui::{Button, ButtonLink, Empty, Icon, Panel, SkeletonRows, TabItem, Tabs};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

#[component]
pub fn CustomerPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id").and_then(|id| id.parse().ok())));
    let leaving = RwSignal::new(false);
    provide_context(Leaving(leaving));
    let heard = use_changes(&[Kind::Customer, Kind::Deal, Kind::Task]);
    // A card that is being deleted is not read once more.
    let changed = Memo::new(move |before: Option<&u32>| match before {
        Some(before) if leaving.get() => *before,
        _ => heard.get(),
    });
    let again = RwSignal::new(0_u32);
    let get = |id: Option<CustomerId>| async move {
        match id {
            Some(id) => api::get(id).await,
            None => Err(Error::NotFound),
        }
    };
    let first = Resource::new(move || id.get(), get);
    let now = use_readings(move || (id.get(), changed.get(), again.get()), move || get(id.get_untracked()));
    // Outside of what is drawn anew when the card changes.
    let desk = use_desk(Memo::new(move |_| id.get().map(CardOf::Customer)));
    let tasks = use_card_tasks(move || id.get().map(About::Customer));
    let tab = RwSignal::new("history");
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    let draw = move |card: crate::error::Result<CustomerCard>| match card {
        Ok(card) => view! { <Card card desk tasks tab awake /> }.into_any(),
        Err(error) => {
            let retry = Callback::new(move |()| again.update(|count| *count += 1));
            view! { <Failed error retry /> }.into_any()
        }
    };
    view! {
        <Transition fallback=|| {
            view! { <SkeletonRows /> }
        }>
            {move || match now.get() {
                Some(card) => draw(card),
                None => Suspend::new(async move { draw(first.await) }).into_any(),
            }}
        </Transition>
        <AskOutcome desk />
    }
}

#[component]
fn Card(
    card: CustomerCard,
    desk: Desk,
    tasks: Tasks,
    tab: RwSignal<&'static str>,
    awake: RwSignal<bool>,
) -> impl IntoView {
    let text = use_text();
    let words = &text.customers;
    let CustomerCard { customer, deals, open, won } = card;
    let tabs = vec![
        TabItem { id: "history", label: text.common.history.to_owned(), count: None },
        TabItem { id: "linked", label: words.deals.to_owned(), count: Some(deals.len()) },
        TabItem { id: "facts", label: text.common.facts.to_owned(), count: None },
    ];
    let contacts = customer.facts.contacts.clone();
    let facts = customer.facts.clone();
    let id = customer.id;
    view! {
        <Title text=(text.shell.title)(&customer.facts.name) />
        <div class="screen fixed card-page" data-tab=move || awake.get().then(|| tab.get())>
            <Head customer open won />
            <Show when=move || awake.get()>
                <div class="card-tabs phone-only">
                    <Tabs label=words.one tabs=tabs.clone() current=tab />
                </div>
            </Show>
            <div class="card-body">
                <div class="card-left" id="panel-facts">
                    <Panel title=text.common.facts>
                        <FactsOf facts />
                    </Panel>
                    {(!contacts.is_empty())
                        .then(|| {
                            view! {
                                <Panel title=words.contacts>
                                    <Contacts contacts />
                                </Panel>
                            }
                        })}
                </div>
                <div class="card-middle" id="panel-history">
                    {view! { <Stream desk card=CardOf::Customer(id) /> }.into_any()}
                </div>
                <div class="card-right" id="panel-linked">
                    <TasksPanel tasks about=About::Customer(id) />
                    <Deals id deals />
                </div>
            </div>
        </div>
    }
}

/// What stands there when there is no card to show: nothing to be seen, or no answer.
#[component]
pub(super) fn Failed(error: Error, #[prop(into, optional)] retry: Option<Callback<()>>) -> impl IntoView {
    let text = use_text();
    say_status(&error);
    let (title, known) = match &error {
        Error::NotFound => (text.errors.not_found_title, true),
        Error::Forbidden => (text.errors.save_failed, true),
        _ => (text.errors.load_failed, false),
    };
    let again = retry.filter(|_| !known).map(|retry| {
        view! {
            <Button icon=Icon::Refresh on_click=retry>
                {text.common.retry}
            </Button>
        }
    });
    view! {
        <Title text=(text.shell.title)(title) />
        <div class="screen">
            <header class="page-head">
                <h1>{title}</h1>
            </header>
            <div class="page-body">
                <Empty icon=Icon::Search title=(text.errors.error)(&error)>
                    {again}
                    <ButtonLink href="/customers">{text.customers.title}</ButtonLink>
                </Empty>
            </div>
        </div>
    }
}
