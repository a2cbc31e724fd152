//! What was done is said, with the way back: the toast with "undo" of every feature, and what is said when it can't be undone.

use super::api::undo;
use crate::error::Error;
use crate::i18n::{Text, use_text};
use crate::id::EventId;
use crate::ui::{Announcer, Toaster, use_announcer, use_toaster};
use leptos::task::spawn_local;

#[derive(Clone, Copy)]
pub struct WayBack {
    text: &'static Text,
    toaster: Toaster,
    announcer: Announcer,
}

/// Get it while the component is made.
#[must_use]
pub fn use_way_back() -> WayBack {
    WayBack { text: use_text(), toaster: use_toaster(), announcer: use_announcer() }
}

impl WayBack {
    /// Says what was done and offers to take it back. Where nothing changed (`None`, or the nil event) there is nothing to take back.
    /// `then` runs when it was taken back.
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

    /// Takes one change back and says whether it worked.
    pub fn take_back(self, event: EventId, then: impl FnOnce() + 'static) {
        spawn_local(async move {
            let said = match undo(event).await {
                Ok(()) => {
                    then();
                    self.text.common.undone.to_owned()
                }
                Err(Error::Conflict { .. }) => self.text.errors.undo_failed.to_owned(),
                Err(error) => (self.text.errors.error)(&error),
            };
            self.announcer.announce(said.clone());
            self.toaster.show(said);
        });
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
