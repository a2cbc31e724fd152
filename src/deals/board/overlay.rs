//! The dragged card: a copy that follows the pointer and, when dropped or refused, glides to the place of the real
//! card. The real element never moves while dragging, so that the board's DOM stays the same under the pointer.

use super::card::CardFace;
use super::model::BoardCard;
use super::state::card_id;
use crate::id::DealId;
use crate::ui::browser::{self, Rect};
use leptos::html;
use leptos::prelude::*;
use std::time::Duration;

/// The duration of `.lifted[data-glide]` in board.css.
const GLIDE: Duration = Duration::from_millis(210);

#[derive(Clone, Copy)]
pub struct Overlay {
    /// The card that is shown; on the board itself it is pale meanwhile.
    pub card: RwSignal<Option<BoardCard>>,
    gliding: RwSignal<bool>,
    node: NodeRef<html::Div>,
    /// Grows with every use, so that the timer of an earlier glide does not end a later one.
    turn: StoredValue<u64>,
}

impl Overlay {
    #[must_use]
    pub fn new() -> Self {
        Self {
            card: RwSignal::new(None),
            gliding: RwSignal::new(false),
            node: NodeRef::new(),
            turn: StoredValue::new(0),
        }
    }

    fn next_turn(self) -> u64 {
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        turn
    }

    /// Shows the card above the board, at that place.
    pub fn show(self, card: BoardCard, at: Rect) {
        self.next_turn();
        self.gliding.set(false);
        self.card.set(Some(card));
        self.place(at.left, at.top);
        if let Some(node) = self.node.get_untracked() {
            browser::set_style(&node, "width", &format!("{}px", at.width));
        }
    }

    pub fn place(self, left: f64, top: f64) {
        if let Some(node) = self.node.try_get_untracked().flatten() {
            browser::set_style(&node, "transform", &format!("translate({left}px, {top}px)"));
        }
    }

    pub fn hide(self) {
        self.next_turn();
        self.card.set(None);
        self.gliding.set(false);
    }

    /// Glides to the card's present place, then disappears.
    pub fn glide_home(self) {
        let Some(deal) = self.card.with_untracked(|card| card.as_ref().map(|card| card.id)) else { return };
        let turn = self.next_turn();
        self.gliding.set(true);
        // Wait two frames: the card must be at its place, and the start of the transition must have been painted.
        request_animation_frame(move || request_animation_frame(move || self.arrive(deal, turn)));
    }

    fn arrive(self, deal: DealId, turn: u64) {
        if self.turn.try_get_value() != Some(turn) {
            return;
        }
        match browser::by_id(&card_id(deal)) {
            Some(card) => {
                let home = browser::rect(&card);
                self.place(home.left, home.top);
            }
            None => return self.hide(),
        }
        set_timeout(
            move || {
                if self.turn.try_get_value() == Some(turn) {
                    self.hide();
                }
            },
            GLIDE,
        );
    }

    /// The same for a card that is not being dragged: it was shown at `from` and belongs elsewhere.
    pub fn glide_from(self, card: BoardCard, from: Rect) {
        if self.card.with_untracked(Option::is_some) {
            // Another card is being dragged right now, which is more important.
            return;
        }
        self.show(card, from);
        self.glide_home();
    }
}

impl Default for Overlay {
    fn default() -> Self {
        Self::new()
    }
}

/// Draws the overlay; use once, beside the board.
#[component]
pub fn Lifted(overlay: Overlay) -> impl IntoView {
    view! {
        <div
            class="lifted"
            node_ref=overlay.node
            aria-hidden="true"
            hidden=move || overlay.card.with(Option::is_none)
            data-glide=move || overlay.gliding.get().then_some("")
        >
            {move || {
                overlay
                    .card
                    .get()
                    .map(|card| view! { <div class="deal-card"><CardFace card=Signal::stored(card) /></div> })
            }}
        </div>
    }
}
