//! What was typed and not saved yet, kept in this browser through reload. It is forgotten when it is saved and when somebody signs out.
//! Its twin `drafts_none.rs` stands in where there is no browser.

use super::browser::{store, stored};
use leptos::prelude::window;

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
