//! The only place for the window's title: leptos_meta 0.8 writes it into the page's head without escaping it, so a name
//! with `</title>` in it could continue as HTML. A test refuses the bare component elsewhere.

use super::escape::escaped;
use crate::i18n::use_text;
use leptos::prelude::*;
use leptos_meta::Title;

/// The title of the page; the name of the app is added to it.
#[component]
pub fn PageTitle(#[prop(into)] text: String) -> impl IntoView {
    let title = (use_text().shell.title)(&text);
    // The browser sets it as text; only the server writes it as HTML.
    let title = if is_server() { escaped(&title) } else { title };
    view! { <Title text=title /> }
}
