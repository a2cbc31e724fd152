//! The entry point in the browser: hydrates the page that the server drew, or draws it from scratch where something
//! foreign has changed it (`app/wake.js` decides which).

use crate::app::{App, load_ahead, visit_in_the_document};
use crate::ui::{browser, drafts};
use leptos::prelude::*;
use leptos::wasm_bindgen::{self, prelude::wasm_bindgen};
use std::sync::atomic::{AtomicBool, Ordering};

/// How long to wait, after this page has its data, before the parts of other pages are loaded.
const AT_REST: std::time::Duration = std::time::Duration::from_millis(1500);

#[wasm_bindgen(module = "/src/app/return.js")]
extern "C" {
    fn remember_places();
}

#[wasm_bindgen(module = "/src/ui/amounts.js")]
extern "C" {
    fn group_amounts();
}

#[wasm_bindgen(module = "/src/app/focus.js")]
extern "C" {
    fn keep_focus();
}

#[wasm_bindgen(module = "/src/app/print.js")]
extern "C" {
    fn print_whole(cut: &str);
}

static AWAKE: AtomicBool = AtomicBool::new(false);

/// Makes the page interactive. With `draw` the page is drawn from scratch, ignoring what is there.
#[wasm_bindgen(wasm_bindgen_futures = leptos::__reexports::wasm_bindgen_futures)]
pub async fn hydrate(draw: bool) {
    let Some(body) = document().body() else { return };
    browser::let_letters_finish();
    let visit = visit_in_the_document();
    let signed_in = visit.me.is_some();
    let words = &visit.locale.text().ui;
    // Before hydration, so that text typed until then is kept as a draft, too.
    if let Some(me) = &visit.me {
        drafts::begin(&me.id.to_string(), words.typed_back, words.throw_away);
    }
    std::panic::set_hook(Box::new(move |panic| {
        if AWAKE.load(Ordering::Relaxed) {
            console_error_panic_hook::hook(panic);
            mark("data-broken", "1");
            return;
        }
        // `wake.js` reports it to the server, or else to the console.
        mark("data-asleep", &panic.to_string());
    }));
    let app = || {
        provide_context(visit);
        view! { <App /> }
    };
    if draw {
        body.replace_children_with_node_0();
        leptos::mount::mount_to_renderer(&body, app).forget();
    } else {
        // Asynchronously, because the page's own wasm part may still be loading.
        leptos::mount::hydrate_from_async(body, app).await.forget();
    }
    remember_places();
    group_amounts();
    keep_focus();
    print_whole(words.print_cut);
    AWAKE.store(true, Ordering::Relaxed);
    mark("data-hydrated", "1");
    if signed_in {
        drafts::offer();
    }
    set_timeout(move || leptos::task::spawn_local(load_ahead(signed_in)), AT_REST);
}

/// Sets an attribute of the document, for the banner of the watchdog and for tests that wait for hydration.
fn mark(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(name, value);
    }
}
