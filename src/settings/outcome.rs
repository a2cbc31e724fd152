//! What a page of the settings says of what was done: that it was, with the way back, or why not. The page then reads
//! again.

use crate::error::{Error, Result};
use crate::i18n::{Text, use_text};
use crate::id::EventId;
use crate::journal::undo_toast::{UndoToast, use_undo_toast};
use crate::live::Kind;
use crate::live::reading::Reading;
use crate::settings_draft::bar::DraftState;
use leptos::prelude::*;
use uuid::Uuid;

pub struct Outcome<T: Send + Sync + 'static> {
    reading: Reading<T>,
    /// The page's dialog.
    pub open: RwSignal<bool>,
    undo_toast: UndoToast,
    text: &'static Text,
    /// On a page that can be changed in a draft.
    draft: Option<DraftState>,
}

impl<T: Send + Sync + 'static> Clone for Outcome<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Outcome<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Outcome<T> {
    pub fn of(reading: Reading<T>) -> Self {
        let (open, draft) = (RwSignal::new(false), use_context());
        Self { reading, open, undo_toast: use_undo_toast(), text: use_text(), draft }
    }

    /// Says what was done, or why not.
    pub fn said(self, said: &str, done: Result<Option<EventId>>) {
        match done {
            Ok(event) => {
                self.open.try_set(false);
                if !self.put_in_draft() {
                    self.undo_toast.say(said, event, move || self.reading.changed());
                }
            }
            Err(error) => self.undo_toast.tell(&why(self.text, &error)),
        }
        self.reading.changed();
    }

    /// Says that a new one is there.
    pub fn made(self, said: &str, (kind, made): (Kind, Uuid)) {
        self.open.try_set(false);
        if !self.put_in_draft() {
            self.undo_toast.say_made(said, (kind, made), move || self.reading.changed());
        }
        self.reading.changed();
    }

    /// Reads again, where the page itself says why something was refused.
    pub fn changed(self) {
        self.reading.changed();
    }

    /// Says that it is in the draft, where there is one: it is taken back there, not by a toast.
    fn put_in_draft(self) -> bool {
        let Some(draft) = self.draft.filter(|draft| draft.is_open()) else { return false };
        self.undo_toast.tell(self.text.draft().put_in);
        draft.changed();
        true
    }
}

/// Why something was refused, in one sentence: of several problems the first.
#[must_use]
pub fn why(text: &Text, error: &Error) -> String {
    match error {
        Error::Invalid(problems) => {
            problems.first().map(|one| (text.errors.problem)(&one.problem)).unwrap_or_default()
        }
        error => (text.errors.error)(error),
    }
}
