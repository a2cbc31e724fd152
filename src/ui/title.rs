//! The title of the window, the only one of the house: leptos_meta 0.8 writes it into the page's head without escaping
//! it, so a name with `</title>` in it could go on as HTML. The bare component is refused elsewhere by a test.

use super::escape::escaped;
use crate::i18n::use_text;
use leptos::prelude::*;
use leptos_meta::Title;

/// What the page is about; the name of the app is put behind it.
#[component]
pub fn PageTitle(#[prop(into)] text: String) -> impl IntoView {
    let title = (use_text().shell.title)(&text);
    // The browser takes it as text; only the server writes it as HTML.
    let title = if is_server() { escaped(&title) } else { title };
    view! { <Title text=title /> }
}
