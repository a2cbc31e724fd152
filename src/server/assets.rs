//! The files that the browser loads: wasm, script, styles, font and icons. In a release they are embedded in the
//! program, in a dev build they are read from `target/site`. Names carry a hash, so browsers may cache them for ever.
//! Pages are not served here.

use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, VARY,
};
use axum::http::{HeaderMap, Response, StatusCode, Uri};
use axum::response::IntoResponse;
use rust_embed::RustEmbed;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/target/site"]
#[allow_missing = true]
struct Site;

/// The hashed address of each asset by its plain name: `js`, `wasm`, `css`, and every file of `public/`.
pub type Names = Arc<HashMap<String, String>>;

fn read_names() -> Names {
    let file = Site::get("assets.json");
    Arc::new(file.and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default())
}

/// The asset names of this build; a dev build reads them on each call, because the site may have been rebuilt since.
#[must_use]
pub fn names() -> Names {
    static BUILT_IN: LazyLock<Names> = LazyLock::new(read_names);
    if cfg!(debug_assertions) { read_names() } else { BUILT_IN.clone() }
}

/// Where the parts of the browser's program (split wasm) are, for the `<head>` of a page.
#[derive(Default)]
pub struct Parts {
    loader: String,
    needs: HashMap<String, Needs>,
}

#[derive(Deserialize)]
struct Needs {
    first: String,
    packs: Vec<String>,
}

impl Parts {
    /// The script that loads the parts.
    #[must_use]
    pub fn loader(&self) -> &str {
        &self.loader
    }

    /// The files that the pages of that part need: one file that holds all of it, or the shared packs, for a browser
    /// that has loaded that part before.
    pub fn files(&self, part: &str, loaded: bool) -> impl Iterator<Item = String> {
        let needs = self.needs.get(part);
        let files =
            needs.map(|needs| if loaded { &needs.packs[..] } else { std::slice::from_ref(&needs.first) });
        files.into_iter().flatten().map(|file| format!("/pkg/{file}.wasm"))
    }
}

/// The parts of this build, read as [`names`] are.
#[must_use]
pub fn parts() -> Arc<Parts> {
    static BUILT_IN: LazyLock<Arc<Parts>> = LazyLock::new(read_parts);
    if cfg!(debug_assertions) { read_parts() } else { BUILT_IN.clone() }
}

fn read_parts() -> Arc<Parts> {
    let needs = Site::get("needs.json").and_then(|file| serde_json::from_slice(&file.data).ok());
    let loader = names().get("parts").cloned();
    Arc::new(Parts { loader: loader.unwrap_or_default(), needs: needs.unwrap_or_default() })
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// `GET /pkg/…`: the file, in the smallest form the browser takes.
pub async fn pkg(Path(path): Path<String>, headers: HeaderMap) -> Response<Body> {
    send(&format!("pkg/{path}"), &headers, "public, max-age=31536000, immutable")
}

/// A file of `public/` under its plain name, for callers that use a fixed address (the icon, the manifest).
pub async fn plain(uri: Uri, headers: HeaderMap) -> Response<Body> {
    let names = names();
    let path = names.get(uri.path().trim_start_matches('/')).map_or("", |path| path.trim_start_matches('/'));
    send(path, &headers, "public, max-age=3600")
}

fn send(path: &str, headers: &HeaderMap, keep: &'static str) -> Response<Body> {
    let takes = |coding: &str| {
        let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
        accepted.split(',').any(|part| part.split(';').next().is_some_and(|name| name.trim() == coding))
    };
    let forms = [("br", ".br"), ("gzip", ".gz")];
    let packed = forms
        .into_iter()
        .filter(|(coding, _)| takes(coding))
        .find_map(|(coding, ending)| Some((Some(coding), Site::get(&format!("{path}{ending}"))?)));
    let Some((coding, file)) = packed.or_else(|| Some((None, Site::get(path)?))) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = Response::builder()
        .header(CONTENT_TYPE, content_type(path))
        .header(CACHE_CONTROL, keep)
        .header(VARY, "accept-encoding")
        .header(CONTENT_LENGTH, file.data.len());
    if let Some(coding) = coding {
        response = response.header(CONTENT_ENCODING, coding);
    }
    let body = match file.data {
        std::borrow::Cow::Borrowed(built_in) => Body::from(built_in),
        std::borrow::Cow::Owned(read) => Body::from(read),
    };
    response.body(body).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}
