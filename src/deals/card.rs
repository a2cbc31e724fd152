//! The page of one deal: a head with state, money and actions, the path of stages, the facts, the history, the
//! customer. The actions are in `actions`; the panels at both sides are in `sides`.

use super::actions::{ActionRow, Acts, Reasons, StagePath, use_acts};
use super::api;
use super::list::StateMark;
use super::model::Status;
use super::sides::{CustomerSide, DealFactsPanel, Others};
use super::view::DealCard;
use crate::activities::ask::AskOutcome;
use crate::activities::state::{StreamState, use_stream};
use crate::activities::stream::Stream;
use crate::auth::model::{Permission, Visit};
use crate::customers::address::call_link;
use crate::error::Error;
use crate::fields::linked::LinkedPanels;
use crate::i18n::{Money, date, use_locale, use_text};
use crate::id::DealId;
use crate::journal::model::Card as CardOf;
use crate::live::Kind;
use crate::live::listen::use_changes;
use crate::live::reading::{Leaving, use_reading};
use crate::tasks::call::AfterCall;
use crate::tasks::panel::{NextStepMark, TasksPanel, use_card_tasks};
use crate::tasks::state::TasksState;
use crate::tasks::view::{About, NextStep};
use crate::ui::{
    Avatar, Banner, Button, ButtonLink, Empty, Icon, IconView, PageTitle, TabItem, Tabs, Tone, use_today,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn DealPage() -> impl IntoView {
    Leaving::provide();
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<DealId>().ok())));
    let changed = use_changes(Kind::CARDS.into_iter().chain([Kind::Task, Kind::Person, Kind::Pipeline]));
    let reading = use_reading(
        move || id.get(),
        changed,
        |id: Option<DealId>| async move {
            match id {
                Some(id) => api::get(id).await,
                None => Err(Error::NotFound),
            }
        },
    );
    let card = reading.known_while(move |card| Some(card.deal.id) == id.get_untracked());
    let acts = use_acts(reading.again);
    let stream = use_stream(Memo::new(move |_| id.get().map(CardOf::Deal)));
    let tasks = use_card_tasks(move || id.get().map(About::Deal));
    let trouble = reading.trouble();
    let again = reading.again;
    let missing = move || trouble.get().map(|error| view! { <Missing error again /> });
    view! {
        {reading.once(move || view! {
            <Show when=move || card.with(Option::is_some) fallback=missing>
                <Whole card stream acts tasks trouble again />
            </Show>
        }.into_any())}
        <AskOutcome state=stream />
    }
}

/// What is shown when the card can't be.
#[component]
pub fn Missing(error: Error, again: RwSignal<u32>) -> impl IntoView {
    let text = use_text();
    crate::ui::say_status(&error);
    let gone = matches!(error, Error::NotFound);
    let title = if gone { text.errors.not_found_title } else { text.errors.load_failed };
    view! {
        <PageTitle text=title />
        <header class="page-head"><h1>{title}</h1></header>
        <div class="page-body">
            <Empty icon=Icon::Search title=(text.errors.error)(&error)>
                {if gone {
                    view! { <ButtonLink href="/deals">{text.deals.back_to_list}</ButtonLink> }.into_any()
                } else {
                    view! {
                        <Button on_click=move |()| again.update(|count| *count += 1)>{text.common.retry}</Button>
                    }.into_any()
                }}
            </Empty>
        </div>
    }
}

/// Each part is redrawn separately, so that text being typed in another part is kept.
#[component]
fn Whole(
    card: Memo<Option<DealCard>>,
    stream: StreamState,
    acts: Acts,
    tasks: TasksState,
    trouble: Memo<Option<Error>>,
    again: RwSignal<u32>,
) -> impl IntoView {
    let text = use_text();
    let may_sell = use_context::<Visit>().unwrap_or_default().may(Permission::Sell);
    let tab = RwSignal::new("history");
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    let id = Memo::new(move |_| card.with(|card| card.as_ref().map(|card| card.deal.id)));
    let refused = acts.sending.trouble();
    let failed = move || {
        trouble.get().map(|error| {
            view! {
                <Banner tone=Tone::Warn text=(text.errors.error)(&error)>
                    <Button on_click=move |()| again.update(|count| *count += 1)>{text.common.retry}</Button>
                </Banner>
            }
        })
    };
    let tabs = vec![
        TabItem { id: "history", label: text.common.history.to_owned(), count: None },
        TabItem { id: "tasks", label: text.tasks.title.to_owned(), count: None },
        TabItem { id: "linked", label: text.deals.customer.to_owned(), count: None },
        TabItem { id: "facts", label: text.common.facts.to_owned(), count: None },
    ];
    let head = move || {
        card.get().map(|DealCard { deal, stages, elsewhere, days_in_stage, next, customer, .. }| {
            let phone = customer.and_then(|customer| customer.phones.into_iter().next());
            let call = phone.map(|phone| {
                view! {
                    <div class="card-actions phone-only">
                        <a class="button" href=call_link(&phone)>
                            <IconView icon=Icon::Phone />
                            <span class="button-text">{text.common.call}</span>
                        </a>
                    </div>
                }
            });
            let open = deal.stage.status == Status::Open;
            let actions = may_sell
                .then(|| view! { <ActionRow acts deal=deal.clone() stages=stages.clone() elsewhere /> });
            let reasons = (may_sell && open)
                .then(|| view! { <Reasons acts id=deal.id title=deal.facts.title.clone() /> });
            view! {
                <PageTitle text=deal.facts.title.clone() />
                <header class="card-head">
                    <Who card_title=deal.facts.title.clone() deal=deal.clone() days=days_in_stage next />
                    <Figures deal=deal.clone() />
                    {call}
                    {actions}
                </header>
                {reasons}
                <StagePath acts deal stages days=days_in_stage may_sell />
            }
        })
    };
    let facts = move || card.get().map(|card| view! { <DealFactsPanel deal=card.deal said=card.said /> });
    let sides = move || {
        card.get().map(|card| {
            view! {
                <CustomerSide customer=card.customer name=card.deal.customer />
                <Others others=card.others />
                <LinkedPanels groups=card.linked />
            }
        })
    };
    view! {
        <div class="screen fixed card-page" data-tab=move || awake.get().then(|| tab.get())>
            {failed}
            <Show when=move || refused.with(Option::is_some)>
                <Banner tone=Tone::Bad text=Signal::derive(move || refused.get().unwrap_or_default()) />
            </Show>
            {head}
            <div class="card-tabs phone-only"><Tabs label=text.ui.sections tabs current=tab /></div>
            <div class="card-body">
                <div class="card-left" id="panel-facts">{facts}</div>
                <div class="card-middle" id="panel-history">
                    {move || id.get().map(|id| view! {
                        <AfterCall called=stream.called state=tasks about=About::Deal(id) />
                        <Stream state=stream card=CardOf::Deal(id) />
                    })}
                </div>
                <div class="card-right">
                    <div class="card-tasks" id="panel-tasks">
                        {move || id.get().map(|id| view! { <TasksPanel state=tasks about=About::Deal(id) /> })}
                    </div>
                    <div class="card-linked" id="panel-linked">{sides}</div>
                </div>
            </div>
        </div>
    }
}

/// The breadcrumb, the title, the customer, the state, the owner.
#[component]
fn Who(card_title: String, deal: super::model::Deal, days: i64, next: Option<NextStep>) -> impl IntoView {
    let text = use_text();
    let words = &text.deals;
    let customer = match (deal.facts.customer_id, deal.customer) {
        (Some(id), Some(name)) => view! { <a href=format!("/customers/{id}")>{name}</a> }.into_any(),
        _ => words.no_customer.into_any(),
    };
    let since =
        (deal.stage.status == Status::Open).then(|| view! { <span>{(words.days_in_stage)(days)}</span> });
    let step = (deal.stage.status == Status::Open).then(|| {
        view! {
            <p class="card-step">
                <span class="visually-hidden">{text.tasks.next_step} ": "</span><NextStepMark next />
            </p>
        }
    });
    view! {
        <div class="card-who">
            <nav class="crumbs" aria-label=text.ui.breadcrumb><a href="/deals">{words.title}</a></nav>
            <h1>{card_title}</h1>
            <p class="card-sub dots">
                <span>{customer}</span>
                <span><StateMark status=deal.stage.status color=deal.stage.color stage=deal.stage.name /></span>
                {since}
                <span class="card-owner"><Avatar name=deal.owner.clone() />{deal.owner}</span>
            </p>
            {step}
        </div>
    }
}

/// The amount, and the day on which it is expected to close or was closed.
#[component]
fn Figures(deal: super::model::Deal) -> impl IntoView {
    let words = &use_text().deals;
    let locale = use_locale();
    let today = use_today();
    let facts = deal.facts;
    let open = deal.stage.status == Status::Open;
    let amount = facts
        .amount
        .map_or_else(|| words.no_amount.to_owned(), |minor| Money::new(minor, facts.currency).short(locale));
    let (label, day) =
        if open { (words.expected_on, facts.expected_on) } else { (words.closed_on, facts.closed_on) };
    let late = move || open && day.is_some_and(|day| day < today.get());
    view! {
        <dl class="card-figures">
            <div data-tone=(deal.stage.status == Status::Won).then_some("ok")>
                <dt>{words.amount}</dt>
                <dd>{amount}</dd>
            </div>
            {day.map(|day| view! {
                <div data-tone=move || late().then_some("bad")>
                    <dt>{label}</dt>
                    <dd><time datetime=day.to_string()>{date::day(day, locale)}</time></dd>
                </div>
            })}
        </dl>
    }
}
