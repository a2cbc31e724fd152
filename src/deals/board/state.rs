//! The state of a board that somebody looks at: the board as last read from the server, the moves not answered yet, and
//! the two combined, which is shown. It reads and sends; it draws nothing and handles no pointer. Answers are matched
//! by numbers of its own and not through an `Action` (in leptos 0.8 an older answer can overwrite a newer one).

use super::api;
use super::model::{Board, BoardCard, BoardQuery, Move, Moved, Place};
use super::overlay::Overlay;
use crate::deals::model::Status;
use crate::error::Error;
use crate::i18n::{Text, use_text};
use crate::id::{CmdId, DealId, EventId, StageId};
use crate::journal::undo_toast::{UndoToast, use_undo_toast};
use crate::ui::{Announcer, Toaster, browser, use_announcer, use_toaster};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::HashMap;
use std::time::Duration;
use uuid::Uuid;

#[derive(Clone, Copy)]
pub struct BoardState {
    truth: RwSignal<Board>,
    /// In the order of the commands; the first one is being sent.
    pending: RwSignal<Vec<Move>>,
    /// The board as last read, with the pending moves carried out.
    pub shown: Memo<Board>,
    index: Memo<HashMap<DealId, (usize, usize)>>,
    pub query: Signal<BoardQuery>,
    /// Why the last move of a card was refused.
    pub refusals: RwSignal<HashMap<DealId, String>>,
    /// The card that has just arrived at its new place, to be highlighted.
    pub flash: RwSignal<Option<DealId>>,
    /// Why reading the board again failed; the last known board stays.
    pub failed: RwSignal<Option<Error>>,
    /// A move into a lost stage, while its reason is being asked for.
    pub asking: RwSignal<Option<Move>>,
    pub overlay: Overlay,
    sending: StoredValue<bool>,
    /// Grows with every answered move: readings that began before it may be outdated.
    epoch: StoredValue<u64>,
    readings: StoredValue<u64>,
    loading: RwSignal<Vec<StageId>>,
    hearing: Signal<bool>,
    toaster: Toaster,
    announcer: Announcer,
    undo_toast: UndoToast,
    text: &'static Text,
}

impl BoardState {
    /// Made with the component, from the first reading of the board.
    #[must_use]
    pub fn new(first: Board, query: Signal<BoardQuery>, changes: Signal<u32>, hearing: Signal<bool>) -> Self {
        let truth = RwSignal::new(first);
        let pending = RwSignal::new(Vec::<Move>::new());
        let shown = Memo::new(move |_| truth.with(|truth| pending.with(|pending| truth.with(pending))));
        let index = Memo::new(move |_| {
            shown.with(|board| {
                let places = board.columns.iter().enumerate().flat_map(|(column, one)| {
                    one.cards.iter().enumerate().map(move |(at, card)| (card.id, (column, at)))
                });
                places.collect::<HashMap<_, _>>()
            })
        });
        let state = Self {
            truth,
            pending,
            shown,
            index,
            query,
            refusals: RwSignal::new(HashMap::new()),
            flash: RwSignal::new(None),
            failed: RwSignal::new(None),
            asking: RwSignal::new(None),
            overlay: Overlay::new(),
            sending: StoredValue::new(false),
            epoch: StoredValue::new(0),
            readings: StoredValue::new(0),
            loading: RwSignal::new(Vec::new()),
            hearing,
            toaster: use_toaster(),
            announcer: use_announcer(),
            undo_toast: use_undo_toast(),
            text: use_text(),
        };
        Effect::new(move |before: Option<u32>| {
            let now = changes.get();
            if before.is_some_and(|before| before != now) {
                state.read(true);
            }
            now
        });
        Effect::new(move |before: Option<BoardQuery>| {
            let now = query.get();
            if before.is_some_and(|before| before != now) {
                state.read(false);
            }
            now
        });
        state
    }

    /// The card as shown; the last known one while its row is being removed.
    #[must_use]
    pub fn card(self, id: DealId) -> Memo<Option<BoardCard>> {
        let find = move || {
            let (column, at) = self.index.with(|index| index.get(&id).copied())?;
            self.shown.with(|board| board.columns.get(column)?.cards.get(at).cloned())
        };
        Memo::new(move |before: Option<&Option<BoardCard>>| find().or_else(|| before.cloned().flatten()))
    }

    #[must_use]
    pub fn is_pending(self, id: DealId) -> bool {
        self.pending.with(|pending| pending.iter().any(|change| change.deal == id))
    }

    /// Moves a card: shown at once, sent when its turn comes. For a lost stage the reason is asked first.
    pub fn put(self, deal: DealId, place: Place) {
        let shown = self.shown.get_untracked();
        let Some(card) = shown.card(deal) else { return };
        if shown.stands(deal, &place) {
            return;
        }
        let change = Move {
            cmd: CmdId(Uuid::new_v4()),
            deal,
            to: place.stage,
            after: place.after,
            before: place.before,
            seen_version: card.version,
            lost_reason: String::new(),
        };
        let lost = shown.stage(place.stage).is_some_and(|stage| stage.status == Status::Lost);
        if lost { self.asking.set(Some(change)) } else { self.carry(change) }
    }

    /// The same for a move whose reason is known.
    pub fn carry(self, change: Move) {
        let deal = change.deal;
        self.refusals.update(|refusals| {
            refusals.remove(&deal);
        });
        let title = self
            .shown
            .with_untracked(|board| board.card(deal).map(|card| card.title.clone()))
            .unwrap_or_default();
        self.pending.update(|pending| pending.push(change));
        if let Some((stage, place)) = self
            .shown
            .with_untracked(|board| board.find(deal).map(|(column, at)| (column.stage.name.clone(), at + 1)))
        {
            self.announcer.announce((self.text.board().moved)(&title, &stage, place));
        }
        self.arrived(deal);
        self.send();
    }

    /// Highlights a card that has arrived, and lets the focus follow it.
    fn arrived(self, deal: DealId) {
        self.flash.set(Some(deal));
        request_animation_frame(move || {
            browser::focus(&link_id(deal));
        });
        set_timeout(
            move || {
                if self.flash.try_get_untracked() == Some(Some(deal)) {
                    self.flash.set(None);
                }
            },
            Duration::from_millis(900),
        );
    }

    /// Sends the oldest pending move; the next one is sent after its answer, so that they arrive in order.
    fn send(self) {
        let Some(change) = self.pending.try_with_untracked(|pending| pending.first().cloned()).flatten()
        else {
            return;
        };
        if self.sending.get_value() {
            return;
        }
        self.sending.set_value(true);
        spawn_local(async move {
            let answer = api::carry(change.clone()).await;
            if self.sending.try_set_value(false).is_some() {
                // The board was left, but the move was carried out.
                return;
            }
            match answer {
                Ok(moved) => self.done(&change, moved),
                Err(error) => self.refused(&change, &error),
            }
            self.send();
        });
    }

    fn done(self, change: &Move, moved: Moved) {
        let title = moved.card.title.clone();
        self.epoch.update_value(|epoch| *epoch += 1);
        self.truth.update(|truth| {
            *truth = truth.moved(change);
            truth.renew(moved.card);
        });
        self.forget(change);
        if !self.hearing.get_untracked() || moved.stage.id != change.to {
            self.read(true);
        }
        let said = match moved.stage.status {
            Status::Open => (self.text.board().moved_toast)(&title, &moved.stage.name),
            Status::Won => (self.text.deals.won_toast)(&title),
            Status::Lost => (self.text.deals.lost_toast)(&title),
        };
        match moved.event {
            Some(event) => {
                let undo = move || self.undo(event, title.clone());
                self.toaster.show_with(said, self.text.common.undo, undo);
            }
            None => self.toaster.show(said),
        }
    }

    /// Puts the card back where the server has it, and shows why.
    fn refused(self, change: &Move, error: &Error) {
        let deal = change.deal;
        let why = (self.text.errors.error)(error);
        let from = browser::by_id(&card_id(deal)).map(|element| browser::rect(&element));
        self.forget(change);
        if let Some(card) = self.shown.with_untracked(|board| board.card(deal).cloned()) {
            self.announcer.announce((self.text.board().refused)(&card.title, &why));
            if let Some(from) = from {
                self.overlay.glide_from(card, from);
            }
        }
        self.refusals.update(|refusals| {
            refusals.insert(deal, why);
        });
        if *error == Error::NotFound {
            // The card will disappear from the board, but not before the reason could be read.
            set_timeout(move || self.read(true), Duration::from_secs(5));
        }
    }

    fn forget(self, change: &Move) {
        self.pending.update(|pending| pending.retain(|one| one.cmd != change.cmd));
    }

    fn undo(self, event: EventId, title: String) {
        spawn_local(async move {
            let answer = crate::journal::api::undo(event).await;
            match answer {
                Ok(()) => self.announcer.announce((self.text.board().taken_back)(&title)),
                Err(error) => {
                    self.undo_toast.explain(&error);
                }
            }
            let _ = self.epoch.try_update_value(|epoch| *epoch += 1);
            self.read(true);
        });
    }

    /// Reads the board again, with as many cards as are loaded (or from the top, for another query).
    pub fn read(self, deep: bool) {
        let Some(number) = self.readings.try_update_value(|number| {
            *number += 1;
            *number
        }) else {
            return;
        };
        let Some(mut query) = self.query.try_get_untracked() else { return };
        if deep {
            query.depth = self.truth.with_untracked(|truth| {
                let deep = truth
                    .columns
                    .iter()
                    .map(|column| (column.stage.id, i64::try_from(column.cards.len()).unwrap_or(0)));
                deep.filter(|(_, cards)| *cards > super::model::FIRST).collect()
            });
        }
        let epoch = self.epoch.get_value();
        spawn_local(async move {
            let answer = api::get(query).await;
            // Another reading has begun, or the board is gone.
            if self.readings.try_get_value() != Some(number) {
                return;
            }
            if self.epoch.get_value() != epoch {
                return self.read(deep);
            }
            match answer {
                Ok(board) => {
                    self.truth.set(board);
                    self.failed.set(None);
                }
                Err(error) => self.failed.set(Some(error)),
            }
        });
    }

    /// Loads the next cards of a column.
    pub fn more(self, stage: StageId) {
        if self.loading.with_untracked(|loading| loading.contains(&stage)) {
            return;
        }
        let last = self.truth.with_untracked(|truth| {
            let column = truth.column(stage).filter(|column| column.more)?;
            column.cards.last().map(|card| (card.position.clone(), card.id))
        });
        let Some((position, id)) = last else { return };
        self.loading.update(|loading| loading.push(stage));
        let (query, readings) = (self.query.get_untracked(), self.readings.get_value());
        spawn_local(async move {
            let answer = api::column(query, stage, position, id).await;
            if self.loading.try_update(|loading| loading.retain(|one| *one != stage)).is_none() {
                return;
            }
            match answer {
                // Ignored if the board was read again meanwhile: its last card may be another one.
                Ok(next) if self.readings.get_value() == readings => {
                    self.truth.update(|truth| truth.append(stage, next))
                }
                Ok(_) => {}
                Err(error) => self.failed.set(Some(error)),
            }
        });
    }

    #[must_use]
    pub fn is_loading(self, stage: StageId) -> bool {
        self.loading.with(|loading| loading.contains(&stage))
    }

    /// Announces a text to screen readers.
    pub fn say(self, text: String) {
        self.announcer.announce(text);
    }

    #[must_use]
    pub fn words(self) -> &'static Text {
        self.text
    }
}

/// The id of a card's element.
#[must_use]
pub fn card_id(deal: DealId) -> String {
    format!("deal-{deal}")
}

/// The id of the link in a card, which takes the focus.
#[must_use]
pub fn link_id(deal: DealId) -> String {
    format!("deal-link-{deal}")
}
