//! What was typed and not saved yet, kept in this browser through reload. It is forgotten when it is saved and when
//! somebody signs out. Forms are kept by a script (`drafts.js`), the composer by its own name. Its twin
//! `drafts_none.rs` stands in where there is no browser.

use super::browser::{store, stored};
use leptos::prelude::window;
use leptos::wasm_bindgen::{self, prelude::wasm_bindgen};

#[wasm_bindgen(module = "/src/ui/drafts.js")]
extern "C" {
    /// Begins to keep what that person types in forms. `back` and `away` are said where it stands again: that it does,
    /// and how to throw it away.
    #[wasm_bindgen(js_name = begin_drafts)]
    pub fn begin(person: &str, back: &str, away: &str);

    /// Puts it back, from now on, wherever such a form is seen.
    #[wasm_bindgen(js_name = offer_drafts)]
    pub fn offer();

    /// Keeps it once more, where somebody signed out elsewhere and everything kept was forgotten.
    #[wasm_bindgen(js_name = keep_drafts)]
    pub fn keep_forms();

    /// The form that was sent last is saved.
    #[wasm_bindgen(js_name = settle_drafts)]
    pub fn settle();
}

const PREFIX: &str = "draft:";

/// What was left under that name.
#[must_use]
pub fn left(name: &str) -> Option<String> {
    stored(&format!("{PREFIX}{name}"))
}

/// Keeps it, or forgets it.
pub fn keep(name: &str, text: Option<&str>) {
    store(&format!("{PREFIX}{name}"), text);
}

/// Forgets everything anybody left here.
pub fn forget_all() {
    let Ok(Some(storage)) = window().local_storage() else { return };
    let names: Vec<String> = (0..storage.length().unwrap_or_default())
        .filter_map(|nr| storage.key(nr).ok()?)
        .filter(|name| name.starts_with(PREFIX))
        .collect();
    names.iter().for_each(|name| store(name, None));
}
