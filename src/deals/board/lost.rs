//! The dialog that asks why a deal was lost, after it was dropped on "lost": one tap on a reason is enough. Closing the
//! dialog cancels the move.

use super::model::Move;
use super::state::BoardState;
use crate::i18n::use_text;
use crate::ui::{Button, ButtonKind, Chip, Dialog};
use leptos::prelude::*;

#[component]
pub fn LostReason(state: BoardState) -> impl IntoView {
    let text = use_text();
    let words = &text.deals;
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if state.asking.with(Option::is_some) {
            open.set(true);
        }
    });
    let title = Signal::derive(move || {
        let deal = state.asking.with(|asking| asking.as_ref().map(|change| change.deal));
        deal.and_then(|deal| state.shown.with(|board| board.card(deal).map(|card| card.title.clone())))
            .map_or_else(|| words.lost_reason.to_owned(), |title| format!("{title}: {}", words.lost_reason))
    });
    let answer = move |reason: &str| {
        if let Some(change) = state.asking.try_update(Option::take).flatten() {
            open.set(false);
            state.carry(Move { lost_reason: reason.to_owned(), ..change });
        }
    };
    let reasons = [
        words.lost_price,
        words.lost_competitor,
        words.lost_no_need,
        words.lost_no_budget,
        words.lost_no_answer,
        words.lost_other,
    ];
    view! {
        <Dialog open title close_label=text.common.close on_close=move |()| state.asking.set(None)>
            <p class="dialog-text">{text.board().lost_hint}</p>
            <div class="reasons" role="group" aria-label=words.lost_reason>
                {reasons
                    .map(|reason| view! {
                        <Chip text=Signal::stored(reason.to_owned()) on_click=move |()| answer(reason) />
                    })
                    .collect_view()}
            </div>
            <div class="dialog-actions">
                <Button on_click=move |()| open.set(false)>{text.common.cancel}</Button>
                <Button kind=ButtonKind::Danger on_click=move |()| answer("")>{text.board().lost_silent}</Button>
            </div>
        </Dialog>
    }
}
