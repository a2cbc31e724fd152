//! The tools above the board: the views, search and filters, the sum of what is shown, and the button to add a deal.
//! All are links and a form that change the address, so that they work without wasm; with wasm the search reacts while
//! typing.

use super::address::address_of;
use super::model::BoardQuery;
use super::state::BoardState;
use crate::auth::model::Visit;
use crate::deals::model::Pipeline;
use crate::i18n::{use_locale, use_text};
use crate::id::UnitId;
use crate::ui::{ButtonKind, ButtonLink, ChipLink, Icon, IconView, ViewItem, ViewSwitch};
use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use std::time::Duration;

/// The search starts when typing has paused for this long.
const PAUSE: Duration = Duration::from_millis(180);

#[component]
pub fn BoardHead(state: BoardState, may: bool) -> impl IntoView {
    let (text, locale) = (use_text(), use_locale());
    let views = Signal::derive(move || {
        let search = state.query.with(address_of);
        vec![
            ViewItem {
                href: search.clone(),
                label: text.deals.view_board.into(),
                icon: Some(Icon::Board),
                current: true,
            },
            ViewItem {
                href: search.replacen("view=board", "view=list", 1),
                label: text.deals.view_list.into(),
                icon: Some(Icon::List),
                current: false,
            },
        ]
    });
    let sum = Memo::new(move |_| state.shown.with(super::model::Board::sum));
    let me = use_context::<Visit>().and_then(|visit| visit.me).map(|me| UnitId::from(me.id));
    let mine = Signal::derive(move || state.query.with(|query| query.owner.is_some() && query.owner == me));
    let to_mine = Signal::derive(move || {
        let owner = if mine.get() { None } else { me };
        state.query.with(|query| address_of(&BoardQuery { owner, ..query.clone() }))
    });
    view! {
        <header class="page-head">
            <h1>{text.deals.title}</h1>
            <ViewSwitch label=text.deals.views views />
            <Search state />
            <div class="chips">
                <ChipLink href=to_mine text=Signal::stored(text.common.mine.to_owned()) icon=Icon::User current=mine />
                <Pipelines state />
            </div>
            <p class="page-sum">
                {move || (text.deals.open_count)(usize::try_from(sum.with(|sum| sum.0)).unwrap_or_default())} " · "
                <strong>{move || sum.with(|sum| sum.1.text(locale))}</strong>
            </p>
            {may
                .then(|| {
                    view! {
                        <ButtonLink href="/deals/new" kind=ButtonKind::Filled icon=Icon::Plus>
                            {text.deals.new}
                        </ButtonLink>
                    }
                })}
        </header>
    }
}

#[component]
fn Search(state: BoardState) -> impl IntoView {
    let text = use_text();
    let field = NodeRef::<html::Input>::new();
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let navigate = StoredValue::new(use_navigate());
    let show = move || {
        let Some(field) = field.try_get_untracked().flatten() else { return };
        let query = BoardQuery { search: field.value(), ..state.query.get_untracked() };
        if query != state.query.get_untracked() {
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            navigate.with_value(|navigate| navigate(&address_of(&query), options));
        }
    };
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    on_cleanup(stop);
    let typed = move |_| {
        stop();
        timer.set_value(set_timeout_with_handle(show, PAUSE).ok());
    };
    // Going back in the browser's history changes the search without typing in the field.
    Effect::new(move |first: Option<()>| {
        let now = state.query.with(|query| query.search.clone());
        if let (Some(()), Some(field)) = (first, field.get_untracked())
            && field.value().trim() != now
        {
            field.set_value(&now);
        }
    });
    let hidden = state.query.with_untracked(|query| {
        let ids = [("owner", query.owner.map(|id| id.0)), ("pipeline", query.pipeline.map(|id| id.0))];
        ids.into_iter().filter_map(|(name, id)| Some((name, id?.to_string()))).collect::<Vec<_>>()
    });
    view! {
        <form
            class="search"
            role="search"
            method="get"
            action="/deals"
            on:submit=move |event| {
                event.prevent_default();
                stop();
                show();
            }
        >
            <input type="hidden" name="view" value="board" />
            {hidden.into_iter().map(|(name, id)| view! { <input type="hidden" name=name value=id /> }).collect_view()}
            <IconView icon=Icon::Search />
            <input
                class="search-input"
                type="search"
                name="q"
                node_ref=field
                value=state.query.with_untracked(|query| query.search.clone())
                placeholder=text.deals.search
                aria-label=text.deals.search_label
                autocomplete="off"
                on:input=typed
            />
        </form>
    }
}

/// Chips to choose a pipeline, where the firm has several.
#[component]
fn Pipelines(state: BoardState) -> impl IntoView {
    let all = Memo::new(move |_| state.shown.with(|board| board.pipelines.clone()));
    let current = Memo::new(move |_| state.shown.with(|board| board.pipeline));
    let chip = move |Pipeline { id, name }: Pipeline| {
        let href = Signal::derive(move || {
            state.query.with(|query| address_of(&BoardQuery { pipeline: Some(id), ..query.clone() }))
        });
        let current = Signal::derive(move || current.get() == id);
        view! { <ChipLink href text=Signal::stored(name) icon=Icon::Branch current /> }
    };
    move || all.get().into_iter().filter(|_| all.with(Vec::len) > 1).map(chip).collect_view()
}
