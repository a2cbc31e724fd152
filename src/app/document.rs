//! The HTML document around the app: head, content security policy, and the script that starts hydration. Server only.

use super::App;
use crate::auth::model::Visit;
use crate::server::assets::Names;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_SECURITY_POLICY;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;

/// The script that starts hydration; the address of the program is put before it.
const WAKE: &str = include_str!("wake.js");

/// The whole HTML document. It asks translators not to translate, because they would keep old texts where the page
/// changes them, and phones not to turn numbers into links, which would break hydration.
pub fn shell(names: &Names, visit: Visit) -> impl IntoView + use<> {
    let name = |asset: &str| names.get(asset).cloned().unwrap_or_default();
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    set_policy(&nonce);
    let (js, wasm, css) = (name("js"), name("wasm"), name("css"));
    let icon = name("favicon.svg");
    // A `<` in the data could end the script element.
    let known = serde_json::to_string(&visit).unwrap_or_default().replace('<', "\\u003c");
    let wake = format!("import start,{{hydrate}} from {js:?};\nconst program={wasm:?};\n{WAKE}");
    view! {
        <!DOCTYPE html>
        <html lang=visit.locale.code() translate="no" data-theme=visit.theme.code() data-program=js.clone()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <meta name="google" content="notranslate" />
                <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
                <link rel="stylesheet" href=css />
                <link rel="icon" href=icon type="image/svg+xml" />
                <link rel="manifest" href="/manifest.webmanifest" />
                {(!js.is_empty())
                    .then(|| {
                        view! {
                            <link rel="modulepreload" href=js.clone() nonce=nonce.clone() />
                            <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm"
                                crossorigin="anonymous" />
                            <script type="module" nonce=nonce.clone() inner_html=wake></script>
                        }
                    })}
                <MetaTags />
            </head>
            <body>
                <App />
                <script type="application/json" id="visit" inner_html=known></script>
            </body>
        </html>
    }
}

/// Allows only resources of this site, and only scripts with this page's nonce.
fn set_policy(nonce: &str) {
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'"
    );
    if let (Some(response), Ok(policy)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&policy)) {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}
