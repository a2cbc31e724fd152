//! Ctrl+Z: undoes the person's last change since they signed in; pressed again, the one before it. The server finds the
//! event, so it works after a reload and for every kind of change. Text fields and open dialogs keep the key for
//! themselves.

use super::api::undo_last;
use super::timeline::headline;
use super::undo_toast::use_undo_toast;
use crate::i18n::use_text;
use crate::id::EventId;
use leptos::ev::{KeyboardEvent, keydown};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::Element;

/// Whether the key is for a text field or an open dialog.
fn elsewhere(event: &KeyboardEvent) -> bool {
    let within = "input, textarea, select, [contenteditable]";
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let typing = target.is_some_and(|target| target.closest(within).ok().flatten().is_some());
    typing || document().query_selector("dialog[open]").ok().flatten().is_some()
}

/// Listens until the reactive owner is dropped. Call once, in the app, for a person who may change something.
pub fn listen_for_undo() {
    let text = use_text();
    let undo_toast = use_undo_toast();
    let busy = StoredValue::new(false);
    // Events whose undo was refused: the next press ignores them.
    let refused = StoredValue::new(Vec::<EventId>::new());
    let run = move |event: KeyboardEvent| {
        let undo = (event.ctrl_key() || event.meta_key()) && !event.shift_key() && !event.alt_key();
        if !undo || !event.key().eq_ignore_ascii_case("z") || event.default_prevented() || elsewhere(&event) {
            return;
        }
        event.prevent_default();
        if event.repeat() || busy.get_value() {
            return;
        }
        busy.set_value(true);
        spawn_local(async move {
            match undo_last(refused.get_value()).await {
                Ok(Some(taken)) => {
                    let what = headline(text, taken.kind, taken.what);
                    undo_toast.say_taken(&(text.history.taken)(what, &taken.name), &taken);
                }
                Ok(None) => undo_toast.tell(text.history.nothing_to_undo),
                Err(error) => {
                    if let Some(conflict) = undo_toast.explain(&error) {
                        refused.update_value(|refused| refused.push(conflict));
                    }
                }
            }
            busy.set_value(false);
        });
    };
    Effect::new(move |_| {
        let listener = window_event_listener(keydown, run);
        on_cleanup(move || listener.remove());
    });
}
