//! Names the files of a page's part in its head, so that the browser asks for them at once. Which parts there are is `pages.rs`'s. Its twin
//! `named_none.rs` stands in where there is no server.

use leptos::WasmSplitManifest;
use leptos::prelude::*;
use leptos_meta::Link;

/// Call it where the page's own context is: what leptos 0.8 does once the page is drawn finds that only by luck, and a server's first pages
/// came without.
pub fn announce(part: &str) {
    let Some(manifest) = use_context::<WasmSplitManifest>() else { return };
    let Some(manifest) = manifest.0.try_read_value() else { return };
    let (folder, needs, loader) = &*manifest;
    // A link of the head is put there when it is drawn; nothing of it stands here.
    for module in needs.get(part).into_iter().flatten() {
        let href = format!("{folder}/{module}.wasm");
        let _ = view! { <Link rel="preload" href as_="fetch" type_="application/wasm" crossorigin="anonymous" /> }.to_html();
    }
    let href = format!("{folder}/{loader}");
    let _ = view! { <Link rel="modulepreload" href crossorigin="anonymous" /> }.to_html();
}
