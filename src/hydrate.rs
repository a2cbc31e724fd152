//! Where the browser begins: it takes over the page the server drew.

use crate::app::{App, load_ahead, visit_in_the_document};
use crate::ui::typed;
use leptos::prelude::*;
use leptos::wasm_bindgen::{self, prelude::wasm_bindgen};

/// The other pages' parts are brought when this one has had its own data.
const AT_REST: std::time::Duration = std::time::Duration::from_millis(1500);

/// Makes the page interactive.
#[wasm_bindgen(wasm_bindgen_futures = leptos::__reexports::wasm_bindgen_futures)]
pub async fn hydrate() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        mark("data-broken");
    }));
    let Some(body) = document().body() else { return };
    let visit = visit_in_the_document();
    let me = visit.me.as_ref().map(|me| me.id.to_string());
    let signed_in = me.is_some();
    // The page's own part of the program may still be on its way.
    let standing = leptos::mount::hydrate_from_async(body, || {
        provide_context(visit);
        view! { <App /> }
    });
    standing.await.forget();
    mark("data-hydrated");
    if let Some(me) = me {
        typed::put_back(&me);
    }
    set_timeout(move || leptos::task::spawn_local(load_ahead(signed_in)), AT_REST);
}

/// Marks the document: for the watchdog's banner, and for tests that wait for the page.
fn mark(name: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(name, "1");
    }
}
