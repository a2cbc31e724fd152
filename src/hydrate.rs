//! Where the browser begins: it takes over the page the server drew.

use crate::app::{App, visit_in_the_document};
use leptos::prelude::*;
use leptos::wasm_bindgen::{self, prelude::wasm_bindgen};

/// Makes the page interactive.
#[wasm_bindgen]
pub fn hydrate() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        mark("data-broken");
    }));
    leptos::mount::hydrate_body(|| {
        provide_context(visit_in_the_document());
        view! { <App /> }
    });
    mark("data-hydrated");
}

/// Marks the document: for the watchdog's banner, and for tests that wait for the page.
fn mark(name: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(name, "1");
    }
}
