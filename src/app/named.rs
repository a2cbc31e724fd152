//! Names the files of a page's part in its head, so that the browser asks for them at once. Which parts there are is
//! `pages.rs`'s. Its twin `named_none.rs` stands in where there is no server.

use crate::server::assets::{self, Names, Parts};
use crate::ui::PARTS_COOKIE;
use axum::http::HeaderMap;
use axum_extra::extract::CookieJar;
use leptos::prelude::*;
use leptos_meta::Link;
use std::sync::Arc;

/// The files, and what the browser that asks says it keeps.
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
        // What it has of another program is of no use.
        let kept = if names.get("js").is_some_and(|js| js == program) { kept } else { "" };
        Self { parts: assets::parts(), kept: kept.to_owned() }
    }
}

/// Call it where the page's own context is.
pub fn announce(part: &str) {
    let Some(Named { parts, kept }) = use_context::<Named>() else { return };
    let loaded = kept.split(':').any(|one| one == part);
    // A link of the head is put there when it is drawn; nothing of it stands here.
    for href in parts.files(part, loaded) {
        let _ = view! { <Link rel="preload" href as_="fetch" type_="application/wasm" crossorigin="anonymous" /> }.to_html();
    }
    let href = parts.loader().to_owned();
    let _ = view! { <Link rel="modulepreload" href crossorigin="anonymous" /> }.to_html();
}
