//! The board as a page: read once with the page, then kept up to date. The data is in `state`, dragging in `pointer`.

use super::address::query_of;
use super::api;
use super::column::StageColumn;
use super::lost::LostReason;
use super::model::{Board, BoardQuery, Place};
use super::overlay::Lifted;
use super::phone::{StageStrip, column_in_sight};
use super::pointer::{BoardPointer, Over};
use super::state::BoardState;
use super::tools::BoardHead;
use crate::auth::model::{Permission, Visit};
use crate::deals::model::Status;
use crate::i18n::use_text;
use crate::id::StageId;
use crate::live::Kind;
use crate::live::listen::{use_changes, use_hearing};
use crate::ui::{Banner, ButtonLink, Each, Empty, Icon, IconView, PageTitle, Tone, say_status};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, SubmitEvent};
use leptos_router::hooks::use_location;

/// The board with its head: what `/deals` shows.
#[component]
pub fn BoardView() -> impl IntoView {
    let text = use_text();
    let params = use_location().search;
    let query: Signal<BoardQuery> = Memo::new(move |_| params.with(|params| query_of(params))).into();
    let first = Resource::new(
        || (),
        move |()| {
            let query = query.get_untracked();
            async move { api::get(query).await }
        },
    );
    view! {
        <PageTitle text=text.deals.title />
        <Suspense fallback=move || {
            view! {
                <div class="screen fixed board-page">
                    <header class="page-head"><h1>{text.deals.title}</h1></header>
                    <p class="board-loading" role="status">{text.common.loading}</p>
                </div>
            }
        }>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(board) => view! { <LiveBoard board query /> }.into_any(),
                    Err(error) => {
                        say_status(&error);
                        view! {
                            <div class="screen">
                                <header class="page-head"><h1>{text.deals.title}</h1></header>
                                <Banner tone=Tone::Bad text=(text.errors.error)(&error) />
                            </div>
                        }
                            .into_any()
                    }
                }
            })}
        </Suspense>
    }
}

#[component]
fn LiveBoard(board: Board, query: Signal<BoardQuery>) -> impl IntoView {
    let text = use_text();
    let visit = use_context::<Visit>().unwrap_or_default();
    let may = visit.may(Permission::Sell);
    let refused = visit.reply.map(|reply| (text.errors.error)(&reply.error));
    let state =
        BoardState::new(board, query, use_changes([Kind::Deal, Kind::Task, Kind::Pipeline]), use_hearing());
    let pointer = BoardPointer::new(state, may);
    pointer.listen();
    let seen = RwSignal::new(0);
    let stages = Memo::new(move |_| {
        state.shown.with(|board| board.columns.iter().map(|column| column.stage.clone()).collect::<Vec<_>>())
    });
    // Every card's menu names all stages, so cards are drawn again when the stages change.
    let columns = Memo::new(move |_| {
        let ends = state.shown.with(|board| board.ends.clone());
        let all = stages.get();
        let process: Vec<_> = all.iter().chain(&ends).map(|stage| (stage.id, stage.name.clone())).collect();
        all.into_iter().map(|stage| (stage, process.clone())).collect::<Vec<_>>()
    });
    let blank = Memo::new(move |_| {
        state.shown.with(|board| board.sum().0 == 0)
            && state.query.with(|query| query.search.is_empty() && query.owner.is_none())
    });
    let scrolled = move |_| {
        if let Some(board) = pointer.board.get_untracked() {
            let width =
                board.scroll_width() / i32::try_from(stages.with_untracked(Vec::len).max(1)).unwrap_or(1);
            let at = column_in_sight(board.scroll_left(), width, stages.with_untracked(Vec::len));
            if seen.get_untracked() != at {
                seen.set(at);
            }
        }
    };
    view! {
        <div class="screen fixed board-page">
            <BoardHead state may />
            // The refusal of a move that was sent as a plain form, without wasm.
            {refused.map(|why| view! { <Banner tone=Tone::Bad text=(text.board().refused_here)(&why) /> })}
            {move || state.failed.get().map(|error| view! {
                <Banner tone=Tone::Warn text=(text.errors.error)(&error) />
            })}
            <StageStrip state board=pointer.board seen />
            <Show when=move || blank.get()>
                <Empty icon=Icon::Board title=text.board().empty_title text=text.board().empty_text>
                    {may.then(|| view! { <ButtonLink href="/deals/new">{text.deals.new}</ButtonLink> })}
                </Empty>
            </Show>
            <div
                class="board"
                node_ref=pointer.board
                data-dragging=move || pointer.holding.get().map(|_| "")
                data-fixed=(!may).then_some("")
                on:pointerdown=move |event| pointer.down(&event)
                on:click:capture=move |event| pointer.click(&event)
                on:dragstart=move |event| event.prevent_default()
                on:submit=move |event| by_menu(state, &event)
                on:scroll=scrolled
            >
                <Each rows=move || columns.get() key=|(stage, process)| (stage.id, stage.color, process.clone())
                    let:column>
                    <StageColumn stage=column.0 state pointer may />
                </Each>
            </div>
            <ClosingBar state pointer />
            <Lifted overlay=state.overlay />
            <LostReason state />
        </div>
    }
}

/// Appears while a card is dragged: dropping it here wins or loses the deal.
#[component]
fn ClosingBar(state: BoardState, pointer: BoardPointer) -> impl IntoView {
    let ends = Memo::new(move |_| state.shown.with(|board| board.ends.clone()));
    view! {
        <div class="closing-bar"
            node_ref=pointer.bar aria-hidden="true" data-open=move || pointer.holding.get().map(|_| "")>
            {move || ends
                .get()
                .into_iter()
                .map(|stage| {
                    let won = stage.status == Status::Won;
                    view! {
                        <div
                            class="closing-zone"
                            data-stage=stage.id.to_string()
                            data-kind=if won { "won" } else { "lost" }
                            data-over=move || (pointer.over.get() == Some(Over::End(stage.id))).then_some("")
                        >
                            <IconView icon=if won { Icon::Trophy } else { Icon::Close } />
                            {stage.name}
                        </div>
                    }
                })
                .collect_view()}
        </div>
    }
}

/// Handles the form of a card's menu on this page instead of sending it.
fn by_menu(state: BoardState, event: &SubmitEvent) {
    let form = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let card = form.as_ref().and_then(|form| form.closest("[data-deal]").ok().flatten());
    let deal = card.and_then(|card| card.get_attribute("data-deal")?.parse().ok());
    let (Some(form), Some(deal), Some(button)) = (form, deal, event.submitter()) else { return };
    event.prevent_default();
    if let Some(panel) =
        form.closest(".menu-panel").ok().flatten().and_then(|panel| panel.dyn_into::<HtmlElement>().ok())
    {
        let _ = panel.hide_popover();
    }
    let value = button.get_attribute("value").unwrap_or_default();
    let place = state.shown.with_untracked(|board| {
        let own = board.find(deal).map(|(column, _)| column.stage.id)?;
        let to: StageId =
            if button.get_attribute("name").as_deref() == Some("to") { value.parse().ok()? } else { own };
        Some(if value == "bottom" || board.column(to).is_none() {
            Place { stage: to, after: None, before: None }
        } else {
            board.place(deal, to, 0)
        })
    });
    if let Some(place) = place {
        state.put(deal, place);
    }
}
