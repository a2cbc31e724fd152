//! Drafts: what was typed and not saved yet, kept in this browser across reloads. A draft is deleted when it is saved
//! and when somebody signs out. Forms are kept by a script (`drafts.js`), the form for activities under a name of its
//! own. The twin `drafts_none.rs` is for the server.

use super::browser::{store, stored};
use leptos::prelude::window;
use leptos::wasm_bindgen::{self, prelude::wasm_bindgen};

#[wasm_bindgen(module = "/src/ui/drafts.js")]
extern "C" {
    /// Begins to keep what that person types in forms. `back` and `away` are the words shown when a draft is restored:
    /// that it was, and the button to discard it.
    #[wasm_bindgen(js_name = begin_drafts)]
    pub fn begin(person: &str, back: &str, away: &str);

    /// From now on restores drafts wherever such a form appears.
    #[wasm_bindgen(js_name = offer_drafts)]
    pub fn offer();

    /// Keeps the drafts again, after signing out in another tab has deleted all of them.
    #[wasm_bindgen(js_name = keep_drafts)]
    pub fn keep_forms();

    /// The form that was sent last has been saved: deletes its draft.
    #[wasm_bindgen(js_name = settle_drafts)]
    pub fn settle();
}

const PREFIX: &str = "draft:";

/// The draft under that name.
#[must_use]
pub fn left(name: &str) -> Option<String> {
    stored(&format!("{PREFIX}{name}"))
}

/// Stores the draft, or deletes it.
pub fn keep(name: &str, text: Option<&str>) {
    store(&format!("{PREFIX}{name}"), text);
}

/// Deletes all drafts of everybody in this browser.
pub fn forget_all() {
    let Ok(Some(storage)) = window().local_storage() else { return };
    let names: Vec<String> = (0..storage.length().unwrap_or_default())
        .filter_map(|nr| storage.key(nr).ok()?)
        .filter(|name| name.starts_with(PREFIX))
        .collect();
    names.iter().for_each(|name| store(name, None));
}
