//! A deal on the board: its face (which the dragged card shows, too), a message where a move was refused, and the menu
//! that moves it without dragging. Clicks and the menu's form are handled by the board as a whole, so that a card has
//! no event handlers of its own.

use super::model::BoardCard;
use super::pointer::{BoardPointer, Over};
use super::state::{BoardState, card_id, link_id};
use crate::i18n::{date, use_locale, use_text};
use crate::id::{DealId, StageId};
use crate::tasks::row::icon_of;
use crate::tasks::view::NextStep;
use crate::ui::{Avatar, Icon, IconView, RowMenu, use_today};
use chrono::NaiveDate;
use leptos::prelude::*;

/// The text on the card.
#[component]
pub fn CardFace(
    #[prop(into)] card: Signal<BoardCard>,
    #[prop(into, optional)] href: Option<String>,
) -> impl IntoView {
    let (text, locale) = (use_text(), use_locale());
    let today = use_today();
    let title = move || card.with(|card| card.title.clone());
    let title = match href {
        Some(href) => {
            let id = link_id(card.with_untracked(|card| card.id));
            view! { <a class="deal-title" id=id href=href draggable="false">{title}</a> }.into_any()
        }
        None => view! { <span class="deal-title">{title}</span> }.into_any(),
    };
    let nobody = move || card.with(|card| card.customer_id.is_none());
    let customer = move || {
        card.with(|card| match (&card.customer, card.customer_id) {
            (Some(name), _) => name.clone(),
            (None, Some(_)) => "…".to_owned(),
            (None, None) => text.deals.no_customer.to_owned(),
        })
    };
    let money =
        move || card.with(|card| card.money().map_or_else(|| "—".to_owned(), |money| money.short(locale)));
    let next = Memo::new(move |_| card.with(|card| card.next.clone()));
    let urgency = move || {
        let today = today.get();
        next.with(|next| next.as_ref().map_or("none", |next| next.urgency(today)))
    };
    let days = move || card.with(|card| card.days_in_stage);
    view! {
        {title}
        <p class=move || if nobody() { "deal-customer missing" } else { "deal-customer" }>{customer}</p>
        <div class="deal-worth">
            <span class="deal-money">{money}</span>
        </div>
        <div class="deal-foot">
            <span class="deal-step" data-when=urgency>
                {move || step(next.get(), today.get())}
            </span>
            <span class="deal-days" title=move || (text.board().in_stage)(days())>
                {move || date::days_short(days(), locale)}
            </span>
            {move || card.with(|card| view! { <Avatar name=card.owner.clone() named=true /> })}
        </div>
    }
}

/// The next step in a few words; a dashed circle where there is none.
fn step(next: Option<NextStep>, today: NaiveDate) -> impl IntoView {
    let (text, locale) = (use_text(), use_locale());
    let (icon, said, title) = match next {
        Some(next) => (icon_of(next.kind), next.said(today, locale), next.title),
        None => (Icon::Open, text.board().no_next_step.to_owned(), text.tasks.no_next_step.to_owned()),
    };
    view! {
        <IconView icon />
        <span class="clip" title=title>{said}</span>
    }
}

/// A card in its column.
#[component]
pub fn DealCard(
    id: DealId,
    stage: StageId,
    state: BoardState,
    pointer: BoardPointer,
    may: bool,
) -> impl IntoView {
    let text = use_text();
    let found = state.card(id);
    let first = found.get_untracked();
    let Some(first) = first else { return ().into_any() };
    let card = Memo::new(move |_| found.get().unwrap_or_else(|| first.clone()));
    let is_ghost =
        move || state.overlay.card.with(|lifted| lifted.as_ref().is_some_and(|lifted| lifted.id == id));
    let line = move || match pointer.over.get() {
        Some(Over::Slot(slot)) => slot.line.filter(|(card, _)| *card == id).map(|(_, side)| side.code()),
        Some(Over::End(_)) | None => None,
    };
    let refusal = Memo::new(move |_| state.refusals.with(|refusals| refusals.get(&id).cloned()));
    view! {
        <li
            class="deal-card"
            id=card_id(id)
            data-deal=id.to_string()
            data-ghost=move || is_ghost().then_some("")
            data-line=line
            data-flash=move || (state.flash.get() == Some(id)).then_some("")
            data-busy=move || state.is_pending(id).then_some("")
            data-refused=move || refusal.with(Option::is_some).then_some("")
        >
            <CardFace card href=format!("/deals/{id}") />
            {move || {
                refusal
                    .get()
                    .map(|why| {
                        view! {
                            <p class="deal-refusal">
                                <IconView icon=Icon::Warning />
                                <span>{(text.board().refused_here)(&why)}</span>
                            </p>
                        }
                    })
            }}
            {may.then(|| view! { <MoveMenu id stage state card /> })}
        </li>
    }
    .into_any()
}

/// The places to which the deal can move: the other stages, won and lost, the top and bottom of its own stage. A plain
/// form; with wasm the board handles it.
#[component]
fn MoveMenu(id: DealId, stage: StageId, state: BoardState, card: Memo<BoardCard>) -> impl IntoView {
    let text = use_text();
    let name = Signal::derive(move || (text.board().move_of)(&card.with(|card| card.title.clone())));
    let places = move || {
        let choices = state.shown.with_untracked(|board| {
            let columns = board.columns.iter().map(|column| (&column.stage, false));
            let all = columns.chain(board.ends.iter().map(|stage| (stage, true)));
            let others = all.filter(|(one, _)| one.id != stage);
            others.map(|(one, end)| (one.id.to_string(), one.name.clone(), end)).collect::<Vec<_>>()
        });
        let line = choices.iter().position(|(_, _, end)| *end);
        let place = move |(at, (id, name, _)): (usize, (String, String, bool))| {
            view! {
                {(line == Some(at)).then(|| view! { <hr class="menu-line" /> })}
                <button type="submit" class="menu-item" name="to" value=id>{name}</button>
            }
        };
        choices.into_iter().enumerate().map(place).collect_view()
    };
    view! {
        <div class="deal-menu">
            <RowMenu
                id=format!("move-{id}")
                label=name
                title=text.board().move_menu
                page=format!("/deals/{id}")
            >
                <form method="post" action=format!("/deals/{id}/move")>
                    <p class="menu-title">{text.board().move_menu}</p>
                    {places()}
                    <hr class="menu-line" />
                    <button type="submit" class="menu-item" name="place" value="top">{text.board().to_top}</button>
                    <button type="submit" class="menu-item" name="place" value="bottom">
                        {text.board().to_bottom}
                    </button>
                </form>
            </RowMenu>
        </div>
    }
}
