//! What a page of the settings does after an action: it shows a toast with undo, or why the action was refused, and
//! reads its data again.

use crate::error::{Error, Result};
use crate::i18n::{Text, use_text};
use crate::id::EventId;
use crate::journal::undo_toast::{UndoToast, use_undo_toast};
use crate::live::Kind;
use crate::live::reading::Reading;
use crate::settings_draft::bar::DraftState;
use leptos::prelude::*;
use uuid::Uuid;

/// Shows the results of the actions of a page.
pub struct Outcome<T: Send + Sync + 'static> {
    reading: Reading<T>,
    /// Whether the page's dialog is open; it is closed after a successful action.
    pub open: RwSignal<bool>,
    undo_toast: UndoToast,
    text: &'static Text,
    /// The draft, on a page whose changes can go into one.
    draft: Option<DraftState>,
}

impl<T: Send + Sync + 'static> Clone for Outcome<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Outcome<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Outcome<T> {
    /// Call it while the component is created.
    pub fn of(reading: Reading<T>) -> Self {
        let (open, draft) = (RwSignal::new(false), use_context());
        Self { reading, open, undo_toast: use_undo_toast(), text: use_text(), draft }
    }

    /// Shows that an action was done, or why it was refused.
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

    /// Shows that something was added; undo finds it by its own id.
    pub fn made(self, said: &str, (kind, made): (Kind, Uuid)) {
        self.open.try_set(false);
        if !self.put_in_draft() {
            self.undo_toast.say_made(said, (kind, made), move || self.reading.changed());
        }
        self.reading.changed();
    }

    /// Reads again without a message, if the page itself shows why something was refused.
    pub fn changed(self) {
        self.reading.changed();
    }

    /// If a draft is open: shows that the change went into it, and returns true. Such a change is removed in the draft,
    /// not by a toast.
    fn put_in_draft(self) -> bool {
        let Some(draft) = self.draft.filter(|draft| draft.is_open()) else { return false };
        self.undo_toast.tell(self.text.draft().put_in);
        draft.changed();
        true
    }
}

/// Why something was refused, in one sentence: the first of several problems.
#[must_use]
pub fn why(text: &Text, error: &Error) -> String {
    match error {
        Error::Invalid(problems) => {
            problems.first().map(|one| (text.errors.problem)(&one.problem)).unwrap_or_default()
        }
        error => (text.errors.error)(error),
    }
}
