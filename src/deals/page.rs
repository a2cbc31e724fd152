//! The page at /deals: the head that board and list share, and one of the two below it. The address alone says what is
//! shown. Not the list itself, nor the board.

use super::address::{DealsAddress, DealsView};
use super::api;
use super::board::BoardView;
use super::list::{DealsList, read};
use super::model::{Pipeline, Status};
use super::pipelines;
use super::view::DealSum;
use crate::auth::model::{Permission, Visit};
use crate::export::button::ExportLink;
use crate::fields::FieldsOf;
use crate::filters::bar::{FilterBar, Filtered};
use crate::i18n::{use_locale, use_text};
use crate::live::reading::{Reading, use_reading};
use crate::live::{Kind, listen::use_changes};
use crate::ui::{ButtonKind, ButtonLink, ChipLink, Icon, PageTitle, SearchField, ViewItem, ViewSwitch};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

/// Deals as a board, or as a list: two views of the same address.
#[component]
pub fn DealsPage() -> impl IntoView {
    let params = use_location().search;
    let listing =
        Memo::new(move |_| params.with(|params| DealsAddress::parse(params).shown == DealsView::List));
    move || {
        if listing.get() { view! { <ListScreen /> }.into_any() } else { view! { <BoardView /> }.into_any() }
    }
}

#[component]
fn ListScreen() -> impl IntoView {
    let text = use_text();
    let params = use_location().search;
    let address = Memo::new(move |_| params.with(|params| DealsAddress::parse(params)));
    let changed = use_changes([Kind::Deal, Kind::Customer, Kind::Task, Kind::Pipeline]);
    let sum = use_reading(move || address.with(DealsAddress::counted), changed, api::sum);
    let first = Resource::new(
        || (),
        move |()| {
            let query = address.with_untracked(|address| address.query.clone());
            async move { Some(read(query.clone(), 0).await.map(|read| (query, read))) }
        },
    );
    let filtered = Filtered {
        of: Signal::stored(FieldsOf::Deal),
        filter: Signal::derive(move || address.with(|address| address.query.filter.clone())),
        address: Callback::new(move |filter| {
            address.with(|address| address.with(|query| query.filter = filter).href())
        }),
    };
    // The filter's conditions in words, once the list was read again.
    let said = RwSignal::new(None::<Vec<String>>);
    let filters = ViewFnOnce::from(move || {
        view! {
            <Suspense>
                {move || Suspend::new(async move {
                    let first = match first.await {
                        Some(Ok((_, read))) => read.head.conditions,
                        _ => Vec::new(),
                    };
                    let said = Signal::derive(move || said.get().unwrap_or_else(|| first.clone()));
                    view! { <FilterBar filtered said /> }
                })}
            </Suspense>
        }
    });
    view! {
        <PageTitle text=text.deals.title />
        <div class="screen fixed">
            <DealsHead address sum filters />
            <DealsList address first said />
        </div>
    }
}

/// Title, views, filters, sum, the button to add a deal, and the search.
#[component]
fn DealsHead(
    address: Memo<DealsAddress>,
    sum: Reading<DealSum>,
    /// The filter bar, beside the search.
    filters: ViewFnOnce,
) -> impl IntoView {
    let text = use_text();
    let words = &text.deals;
    let locale = use_locale();
    let visit = use_context::<Visit>().unwrap_or_default();
    let may_sell = visit.may(Permission::Sell);
    let me = visit.me.map(|me| me.id.into());
    let address_with =
        move |change: fn(&DealsAddress) -> DealsAddress| address.with(|address| change(address).href());
    let views = Signal::derive(move || {
        let shown = address.with(|address| address.shown);
        let item = |to: DealsView, label: &str, icon: Icon| ViewItem {
            href: address.with(|address| address.shown_as(to).href()),
            label: label.to_owned(),
            icon: Some(icon),
            current: shown == to,
        };
        vec![
            item(DealsView::Board, words.view_board, Icon::Board),
            item(DealsView::List, words.view_list, Icon::List),
        ]
    });
    let states = [
        (Some(Status::Open), words.open),
        (Some(Status::Won), words.won),
        (Some(Status::Lost), words.lost),
        (None, text.common.all),
    ];
    let states = move || {
        let listing = address.with(|address| address.shown == DealsView::List);
        listing.then(|| {
            states
                .map(|(status, name)| {
                    let href = Signal::derive(move || {
                        address.with(|address| address.with(|query| query.status = status).href())
                    });
                    let current =
                        Signal::derive(move || address.with(|address| address.query.status == status));
                    view! { <ChipLink href text=name current /> }
                })
                .into_iter()
                .collect_view()
        })
    };
    let mine = me.map(|me| {
        let on = Signal::derive(move || address.with(|address| address.query.owner == Some(me)));
        let href = Signal::derive(move || {
            let owner = (!on.get()).then_some(me);
            address.with(|address| address.with(|query| query.owner = owner).href())
        });
        view! { <ChipLink href text=text.common.mine icon=Icon::User current=on /> }
    });
    let several = RwSignal::new(false);
    let narrowed = move || {
        let (stage, pipeline) =
            address.with(|address| (address.query.stage.is_some(), address.query.pipeline.is_some()));
        let stage = stage.then(|| {
            let href =
                Signal::derive(move || address_with(|address| address.with(|query| query.stage = None)));
            view! { <ChipLink href text=words.stage current=true remove_label=text.ui.remove_filter /> }
        });
        // Where chips name the pipelines, they already show which one is filtered by.
        let pipeline = (pipeline && !several.get()).then(|| {
            let href =
                Signal::derive(move || address_with(|address| address.with(|query| query.pipeline = None)));
            view! { <ChipLink href text=words.pipeline current=true remove_label=text.ui.remove_filter /> }
        });
        view! {
            {stage}
            {pipeline}
        }
    };
    let counted = move || {
        let sum = sum.now.get().and_then(Result::ok)?;
        let number = usize::try_from(sum.count).unwrap_or_default();
        let open = address.with_untracked(|address| address.counted().status == Some(Status::Open));
        let said = if open { (words.open_count)(number) } else { (words.count)(number) };
        Some(view! {
            {said}
            {(!sum.totals.is_empty()).then(|| view! { " · " <strong>{sum.totals.text(locale)}</strong> })}
        })
    };
    let away = Signal::derive(move || {
        address.with(|address| address.with(|_| ()).href().replacen("/deals", "/deals/export.csv", 1))
    });
    let navigate = use_navigate();
    let go = Callback::new(move |typed: String| {
        if address.with_untracked(|address| address.query.search != typed) {
            let href = address.with_untracked(|address| address.with(|query| query.search = typed).href());
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            navigate(&href, options);
        }
    });
    let searched = Signal::derive(move || address.with(|address| address.query.search.clone()));
    let kept =
        Signal::derive(move || address.with(|address| address.with(|query| query.search.clear()).pairs()));
    view! {
        <header class="page-head">
            <h1>{words.title}</h1>
            <ViewSwitch label=words.views views />
            <div class="chips">{states} {mine} {narrowed} <PipelineChips address several /></div>
            <p class="page-sum">
                {sum.once_quietly(move || counted.into_any())}
            </p>
            {move || address.with(|address| address.shown == DealsView::List).then(|| view! {
                <ExportLink href=away />
            })}
            {may_sell
                .then(|| view! {
                    <ButtonLink kind=ButtonKind::Filled icon=Icon::Plus href="/deals/new">{words.new}</ButtonLink>
                })}
        </header>
        <div class="page-tools">
            <SearchField
                id="deals-search"
                action="/deals"
                value=searched
                label=words.search_label
                placeholder=words.search
                kept
                go
            />
            {filters.run()}
        </div>
    }
}

/// Chips to choose one pipeline or all, where the firm has several.
#[component]
fn PipelineChips(address: Memo<DealsAddress>, several: RwSignal<bool>) -> impl IntoView {
    let changed = use_changes([Kind::Pipeline]);
    let all = use_reading(|| (), changed, |()| pipelines::api::names());
    let chip = move |Pipeline { id, name }: Pipeline| {
        let current = Signal::derive(move || address.with(|address| address.query.pipeline == Some(id)));
        let href = Signal::derive(move || {
            let pipeline = (!current.get()).then_some(id);
            address.with(|address| address.with(|query| query.pipeline = pipeline).href())
        });
        view! { <ChipLink href text=name icon=Icon::Branch current /> }
    };
    all.once_quietly(move || {
        let chips = move || {
            let all = all.now.get().and_then(Result::ok).unwrap_or_default();
            several.set(all.len() > 1);
            (all.len() > 1).then(|| all.into_iter().map(chip).collect_view())
        };
        chips.into_any()
    })
}
