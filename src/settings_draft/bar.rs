//! The line over the pages of the settings that can be changed in a draft: it begins one, says how much is in it, and
//! leads to where it is looked through. A page that knows drafts calls `use_draft` first.

use super::api;
use super::view::DraftHead;
use crate::error::Result;
use crate::i18n::use_text;
use crate::journal::undo_toast::use_undo_toast;
use crate::live::Kind;
use crate::live::listen::use_changes;
use crate::live::reading::{Reading, use_reading};
use crate::ui::{Banner, Button, ButtonKind, ButtonLink, Icon, Tone};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The person's draft, as it was read last.
#[derive(Clone, Copy)]
pub struct DraftState {
    reading: Reading<DraftHead>,
    head: Signal<Option<DraftHead>>,
}

impl DraftState {
    /// Whether what is changed now goes into a draft.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.head.get_untracked().is_some_and(|head| head.open)
    }

    /// Something was put into it.
    pub fn changed(self) {
        self.reading.changed();
    }
}

/// Reads whether there is a draft, for the page and everything on it.
pub fn use_draft() -> DraftState {
    let reading = use_reading(|| (), use_changes([Kind::SettingsDraft]), |()| api::head());
    let head = reading.known_while(|_| true);
    let state = DraftState { reading, head: head.into() };
    provide_context(state);
    state
}

/// Nothing on a page that knows no drafts.
#[component]
pub fn DraftBar() -> impl IntoView {
    let state = use_context::<DraftState>()?;
    let text = use_text();
    let words = text.draft();
    let undo_toast = use_undo_toast();
    let run = move |work: std::pin::Pin<Box<dyn Future<Output = Result<()>>>>| {
        spawn_local(async move {
            if let Err(error) = work.await {
                undo_toast.tell(&(text.errors.error)(&error));
            }
            state.changed();
        });
    };
    let drawn = move || {
        let head = state.head.get().unwrap_or_default();
        if !head.open {
            return view! {
                <div class="draft-offer">
                    <Button icon=Icon::Pencil on_click=move |()| run(Box::pin(api::begin()))>{words.begin}</Button>
                    <span class="muted small">{words.about}</span>
                </div>
            }
            .into_any();
        }
        view! {
            <Banner tone=Tone::Accent text=(words.open)(head.changes)>
                <ButtonLink href="/settings/draft" kind=ButtonKind::Filled>{words.review}</ButtonLink>
                {(head.changes == 0).then(|| view! {
                    <Button on_click=move |()| run(Box::pin(api::discard()))>{words.close}</Button>
                })}
            </Banner>
        }
        .into_any()
    };
    Some(state.reading.once_quietly(move || drawn.into_any()))
}
