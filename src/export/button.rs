//! The link that downloads the list as a file. Shown only to people with the right to export; the server asks again.

use crate::auth::model::{Permission, Visit};
use crate::i18n::use_text;
use crate::ui::{Icon, IconView};
use leptos::prelude::*;

/// `href` is the address of the file, with the list's own query.
#[component]
pub fn ExportLink(#[prop(into)] href: Signal<String>) -> impl IntoView {
    let words = &use_text().export;
    let may = use_context::<Visit>().is_some_and(|visit| visit.may(Permission::Export));
    // Without `download` the router would treat the address as a page.
    may.then(|| {
        view! {
            <a class="button export" download href=move || href.get() title=words.about>
                <IconView icon=Icon::Download />
                <span class="button-text">{words.export}</span>
            </a>
        }
    })
}
