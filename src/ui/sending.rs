//! The state of a form being sent: busy, refused, and the problem of each field. It begins with the reply to a plain
//! form, so that both ways of sending look the same. It knows no particular form.

use super::browser;
use super::form::form_of;
use super::{Banner, Tone};
use crate::auth::model::{FormReply, Visit};
use crate::error::{Error, Result};
use crate::i18n::use_text;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use serde::de::DeserializeOwned;

#[derive(Clone, Copy)]
pub struct Sending {
    pub busy: RwSignal<bool>,
    pub error: RwSignal<Option<Error>>,
    reply: StoredValue<Option<FormReply>>,
}

/// Reads the form of this submit event, and keeps the browser from sending it.
pub fn caught<F: DeserializeOwned>(event: &SubmitEvent) -> Option<F> {
    event.prevent_default();
    form_of(&browser::typed_in(&event_target::<leptos::web_sys::HtmlFormElement>(event)))
}

/// The state of the page's form.
#[must_use]
pub fn use_sending() -> Sending {
    let here = use_location().pathname.get_untracked();
    let reply = use_context::<Visit>().and_then(|visit| visit.reply).filter(|reply| reply.path == here);
    Sending {
        busy: RwSignal::new(false),
        error: RwSignal::new(reply.as_ref().map(|reply| reply.error.clone())),
        reply: StoredValue::new(reply),
    }
}

impl Sending {
    /// The typed value of the field if a plain form was refused, else `otherwise`.
    #[must_use]
    pub fn typed(&self, field: &str, otherwise: &str) -> String {
        self.reply.with_value(|reply| {
            let typed = reply.as_ref().and_then(|reply| reply.typed.iter().find(|(name, _)| name == field));
            typed.map_or_else(|| otherwise.to_owned(), |(_, text)| text.clone())
        })
    }

    /// The problem of the field.
    #[must_use]
    pub fn problem(&self, field: &str) -> Signal<Option<String>> {
        let (error, words, field) = (self.error, &use_text().errors, field.to_owned());
        Signal::derive(move || {
            error.with(|error| match error {
                Some(Error::Invalid(problems)) => {
                    problems.iter().find(|one| one.field == field).map(|one| (words.problem)(&one.problem))
                }
                _ => None,
            })
        })
    }

    /// The message above the form: everything that belongs to no field.
    #[must_use]
    pub fn trouble(&self) -> Signal<Option<String>> {
        let (error, words) = (self.error, &use_text().errors);
        Signal::derive(move || error.with(|error| error.as_ref().map(|error| (words.error)(error))))
    }

    /// Sends once; until the answer, further calls do nothing. On success `then` runs, otherwise the error is shown in
    /// the form.
    pub fn send<T: 'static>(
        self,
        work: impl Future<Output = Result<T>> + 'static,
        then: impl FnOnce(T) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        leptos::task::spawn_local(async move {
            let done = work.await;
            self.busy.try_set(false);
            match done {
                Ok(done) => {
                    super::drafts::settle();
                    self.error.try_set(None);
                    then(done);
                }
                Err(error) => {
                    self.error.try_set(Some(error));
                    super::browser::focus_first_invalid("content");
                }
            }
        });
    }
}

/// The message above a form, for problems that belong to no field.
#[component]
pub fn Trouble(sending: Sending) -> impl IntoView {
    let trouble = sending.trouble();
    let shown = Memo::new(move |_| {
        let elsewhere =
            sending.error.with(|error| matches!(error, Some(error) if !matches!(error, Error::Invalid(_))));
        trouble.get().filter(|_| elsewhere)
    });
    view! {
        <Show when=move || shown.with(Option::is_some)>
            <Banner tone=Tone::Bad text=Signal::derive(move || shown.get().unwrap_or_default()) />
        </Show>
    }
}
