//! What was done is said, with the way back: the toast with "undo" of every feature, and what is said when it can't be
//! undone.

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

#[derive(Clone, Copy)]
pub struct UndoToast {
    text: &'static Text,
    toaster: Toaster,
    announcer: Announcer,
    refused: Option<Refused>,
}

/// Get it while the component is made.
#[must_use]
pub fn use_undo_toast() -> UndoToast {
    UndoToast { text: use_text(), toaster: use_toaster(), announcer: use_announcer(), refused: use_context() }
}

impl UndoToast {
    /// Says what was done and offers to take it back. Where nothing changed (`None`, or the nil event) there is nothing
    /// to take back. `then` runs when it was taken back.
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

    /// The same for something that was just made, which is known by its own id.
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

    /// Says what a key took back, and offers to do it once more. The key takes the newest, as the newest toast offers
    /// to.
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

    /// Takes one change back and says whether it worked.
    pub fn take_back(self, event: EventId, then: impl FnOnce() + 'static) {
        self.take(undo(event), self.text.common.undone, then);
    }

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

    /// Says why something can't be taken back: with both values where somebody has changed it since. Gives the event
    /// that was refused.
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

    /// Tells those who can't see it why something was refused; where it happened the reason is written.
    pub fn refused(self, error: &Error) {
        self.announcer.announce((self.text.errors.error)(error));
    }

    /// Says something that has no way back.
    pub fn tell(self, said: &str) {
        self.announcer.announce(said);
        self.toaster.show(said);
    }
}
