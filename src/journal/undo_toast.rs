//! The toast that every feature shows after a change: what was done, with a button for undo; and the message if undo is
//! refused. Everything is also announced to screen readers.

use super::api::{undo, undo_made};
use super::refusal::Refused;
use super::view::{Taken, UndoConflict};
use crate::error::{Error, Result};
use crate::i18n::{Text, use_text};
use crate::id::EventId;
use crate::live::Kind;
use crate::ui::{Announcer, Toaster, use_announcer, use_toaster};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

/// Shows the toasts.
#[derive(Clone, Copy)]
pub struct UndoToast {
    text: &'static Text,
    toaster: Toaster,
    announcer: Announcer,
    refused: Option<Refused>,
}

/// Call it while the component is created.
#[must_use]
pub fn use_undo_toast() -> UndoToast {
    UndoToast { text: use_text(), toaster: use_toaster(), announcer: use_announcer(), refused: use_context() }
}

impl UndoToast {
    /// Shows what was done and offers undo. Without an event (`None`, or the nil id) nothing changed, so there is no
    /// button. `then` runs after a successful undo.
    pub fn say(self, said: &str, event: Option<EventId>, then: impl Fn() + Send + Sync + Clone + 'static) {
        self.announcer.announce(said);
        match event.filter(|event| !event.0.is_nil()) {
            None => self.toaster.show(said),
            Some(event) => {
                self.toaster
                    .show_with(said, self.text.common.undo, move || self.take_back(event, then.clone()));
            }
        }
    }

    /// The same for a record that was just made and is identified by its own id.
    pub fn say_made(
        self,
        said: &str,
        (kind, made): (Kind, Uuid),
        then: impl Fn() + Send + Sync + Clone + 'static,
    ) {
        self.announcer.announce(said);
        self.toaster.show_with(said, self.text.common.undo, move || {
            self.take(undo_made(kind, made), self.text.common.undone, then.clone());
        });
    }

    /// Shows what Ctrl+Z undid and offers to redo it. The newest toast with an undo button is removed, since it offers
    /// the change that was just undone.
    pub fn say_taken(self, said: &str, taken: &Taken) {
        self.toaster.drop_newest_offer();
        self.announcer.announce(said);
        match taken.again {
            None => self.toaster.show(said),
            Some(again) => self.toaster.show_with(said, self.text.history.redo, move || {
                self.take(undo(again), self.text.history.redone, || ());
            }),
        }
    }

    /// Undoes one change and shows whether it worked.
    pub fn take_back(self, event: EventId, then: impl FnOnce() + 'static) {
        self.take(undo(event), self.text.common.undone, then);
    }

    /// Waits for the undo, then shows `said` or why it was refused.
    fn take(
        self,
        work: impl Future<Output = Result<()>> + 'static,
        said: &'static str,
        then: impl FnOnce() + 'static,
    ) {
        spawn_local(async move {
            match work.await {
                Ok(()) => {
                    then();
                    self.tell(said);
                }
                Err(error) => {
                    self.explain(&error);
                }
            }
        });
    }

    /// Shows why a change can't be undone: a rule, or the dialog with both values of each field. Returns the event
    /// whose undo was refused.
    pub fn explain(self, error: &Error) -> Option<EventId> {
        let Error::Conflict { theirs, .. } = error else {
            self.tell(&(self.text.errors.error)(error));
            return None;
        };
        let conflict: Option<UndoConflict> = serde_json::from_str(&theirs.to_string()).ok();
        let event = conflict.as_ref().map(|conflict| conflict.event);
        match (self.refused, conflict) {
            (_, Some(UndoConflict { why: Some(why), .. })) => {
                let said = (self.text.history.refused_by_rule)(&(self.text.errors.problem)(&why));
                self.tell(&said);
            }
            (Some(Refused(refused)), Some(conflict)) if !conflict.fields.is_empty() => {
                self.announcer.announce(self.text.errors.undo_failed);
                refused.set(Some(conflict));
            }
            _ => self.tell(self.text.errors.undo_failed),
        }
        event
    }

    /// Announces to screen readers why something was refused; sighted people read the reason at the form.
    pub fn refused(self, error: &Error) {
        self.announcer.announce((self.text.errors.error)(error));
    }

    /// Shows a message without undo.
    pub fn tell(self, said: &str) {
        self.announcer.announce(said);
        self.toaster.show(said);
    }
}
