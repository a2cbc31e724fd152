//! Lists the wasm files of a page's part in the page's head, so that the browser requests them at once. Which parts
//! there are is defined in `pages.rs`. The twin `named_none.rs` is for the browser.

use crate::server::assets::{self, Names, Parts};
use crate::ui::PARTS_COOKIE;
use axum::http::HeaderMap;
use axum_extra::extract::CookieJar;
use leptos::prelude::*;
use leptos_meta::Link;
use std::sync::Arc;

/// The parts of the program, and which of them the browser says that it has cached.
#[derive(Clone)]
pub struct Named {
    parts: Arc<Parts>,
    kept: String,
}

impl Named {
    #[must_use]
    pub fn of(headers: &HeaderMap, names: &Names) -> Self {
        let jar = CookieJar::from_headers(headers);
        let said = jar.get(PARTS_COOKIE).and_then(|cookie| cookie.value().split_once(':'));
        let (program, kept) = said.unwrap_or_default();
        // Parts of another version of the program are useless.
        let kept = if names.get("js").is_some_and(|js| js == program) { kept } else { "" };
        Self { parts: assets::parts(), kept: kept.to_owned() }
    }
}

/// Call it where the page's own context is available.
pub fn announce(part: &str) {
    let Some(Named { parts, kept }) = use_context::<Named>() else { return };
    let loaded = kept.split(':').any(|one| one == part);
    // Rendering the link puts it into the head; its own output is empty.
    for href in parts.files(part, loaded) {
        let _ = view! {
            <Link rel="preload" href as_="fetch" type_="application/wasm" crossorigin="anonymous" />
        }
        .to_html();
    }
    let href = parts.loader().to_owned();
    let _ = view! { <Link rel="modulepreload" href crossorigin="anonymous" /> }.to_html();
}
