//! A stage of the board: its name, count and total, and its cards, which scroll separately. While a card is dragged
//! over another stage, both stages show their present total and the one they would have.

use super::card::DealCard;
use super::model::Column;
use super::pointer::{BoardPointer, Over};
use super::state::BoardState;
use crate::deals::model::Stage;
use crate::i18n::{Totals, use_locale, use_text};
use crate::id::{DealId, StageId};
use crate::ui::{ButtonKind, ButtonLink, Each, Icon};
use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;

/// The next cards are loaded when this many pixels are left below the visible ones.
const BEFORE_THE_END: i32 = 900;

/// The id of a stage's element; the strip of stages on a phone links to it.
#[must_use]
pub fn column_id(stage: StageId) -> String {
    format!("stage-{stage}")
}

#[component]
pub fn StageColumn(stage: Stage, state: BoardState, pointer: BoardPointer, may: bool) -> impl IntoView {
    let (text, locale) = (use_text(), use_locale());
    let id = stage.id;
    let of = move |look: fn(&Column) -> i64| {
        state.shown.with(|board| board.column(id).map(look)).unwrap_or_default()
    };
    let count = Memo::new(move |_| usize::try_from(of(|column| column.count)).unwrap_or_default());
    let more = Memo::new(move |_| of(|column| i64::from(column.more)) != 0);
    let totals = Memo::new(move |_| {
        state.shown.with(|board| board.column(id).map(|column| column.totals.clone())).unwrap_or_default()
    });
    let weighted = Memo::new(move |_| {
        state.shown.with(|board| board.column(id).map(Column::weighted)).unwrap_or_default()
    });
    let deals = Memo::new(move |_| {
        state.shown.with(|board| {
            board
                .column(id)
                .map(|column| column.cards.iter().map(|card| card.id).collect::<Vec<DealId>>())
                .unwrap_or_default()
        })
    });
    let over = Memo::new(move |_| matches!(pointer.over.get(), Some(Over::Slot(slot)) if slot.stage == id));
    let ahead = Memo::new(move |_| totals_ahead(state, pointer, id, &totals.get()));
    let stage_name = stage.name.clone();
    let name = {
        let stage = stage.name.clone();
        move || (text.board().column)(&stage, count.get(), &totals.with(|totals| totals.text(locale)))
    };
    let scrolled = move |event: ev::Event| {
        let list = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if list.is_some_and(|list| {
            list.scroll_height() - list.scroll_top() - list.client_height() < BEFORE_THE_END
        }) {
            state.more(id);
        }
    };
    view! {
        <section
            class="column"
            id=column_id(id)
            data-stage=id.to_string()
            data-color=stage.color.to_string()
            data-over=move || over.get().then_some("")
            aria-label=name
        >
            <header class="column-head">
                <h2 class="column-name">
                    {stage.name.clone()} " " <span class="column-count">{move || count.get()}</span>
                </h2>
                <div class="column-tools">
                    {may
                        .then(|| {
                            view! {
                                <ButtonLink
                                    href=format!("/deals/new?stage={id}")
                                    kind=ButtonKind::Plain
                                    icon=Icon::Plus
                                    label=(text.board().add_here)(&stage.name)
                                />
                            }
                        })}
                </div>
                <p class="column-sums">
                    {move || match ahead.get() {
                        Some(ahead) => {
                            view! {
                                <s class="column-was">{totals.with(|totals| totals.text(locale))}</s>
                                <span class="column-total">{ahead.text(locale)}</span>
                            }
                                .into_any()
                        }
                        None => {
                            view! {
                                <span class="column-total">{totals.with(|totals| totals.text(locale))}</span>
                                <span class="column-weighted">
                                    {(text.board().weighted)(&weighted.with(|weighted| weighted.text(locale)))}
                                </span>
                            }
                                .into_any()
                        }
                    }}
                </p>
            </header>
            <div class="column-cards" on:scroll=scrolled>
                <ul class="column-list" aria-label=(text.board().cards_of)(&stage_name)>
                    <Each rows=move || deals.get() key=|deal| *deal let:deal>
                        <DealCard id=deal stage=id state pointer may />
                    </Each>
                </ul>
                <Show when=move || count.get() == 0>
                    <p class="column-empty">{text.board().column_empty}</p>
                </Show>
                <Show when=move || more.get()>
                    <button
                        type="button"
                        class="button column-more"
                        aria-busy=move || state.is_loading(id).then_some("true")
                        on:click=move |_| state.more(id)
                    >
                        {text.common.load_more}
                    </button>
                </Show>
            </div>
        </section>
    }
}

/// The totals as they would be if the dragged card were dropped now; `None` where nothing would change.
fn totals_ahead(state: BoardState, pointer: BoardPointer, stage: StageId, totals: &Totals) -> Option<Totals> {
    let deal = pointer.holding.get()?;
    let to = match pointer.over.get()? {
        Over::Slot(slot) => slot.stage,
        Over::End(stage) => stage,
    };
    let (from, money) = state
        .shown
        .with(|board| board.find(deal).map(|(column, at)| (column.stage.id, column.cards[at].money())))?;
    let money = money.filter(|money| money.minor != 0 && from != to && (stage == from || stage == to))?;
    let mut ahead = totals.clone();
    if stage == from {
        ahead.subtract(money)
    } else {
        ahead.add(money)
    }
    Some(ahead)
}
