//! Links that open the palette, besides its key: a link that looks like a search field in the navigation, and one on
//! the first page on phones.

use crate::i18n::use_text;
use crate::ui::{Icon, IconView, browser};
use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// Opens the palette from anywhere.
#[derive(Clone, Copy)]
pub struct Opener(pub RwSignal<bool>);

/// Call once, in the frame.
#[must_use]
pub fn provide_palette() -> Opener {
    let opener = Opener(RwSignal::new(false));
    provide_context(opener);
    opener
}

/// A link to the customers, where one can search without wasm; with wasm it opens the palette instead.
#[component]
pub fn PaletteLink(class: &'static str, #[prop(optional)] with_key: bool) -> impl IntoView {
    let words = &use_text().palette;
    let opener = use_context::<Opener>();
    let show = move |event: MouseEvent| {
        if let Some(Opener(open)) = opener {
            event.prevent_default();
            open.set(true);
        }
    };
    let key = RwSignal::new("Ctrl K");
    Effect::new(move |_| {
        if browser::on_a_mac() {
            key.set("⌘ K");
        }
    });
    view! {
        <a class=class href="/customers" aria-haspopup="dialog" aria-keyshortcuts="Control+K Meta+K" title=words.open
            on:click=show>
            <IconView icon=Icon::Search />
            <span class="palette-link-text">{words.open}</span>
            {with_key.then(|| view! { <kbd aria-hidden="true">{key}</kbd> })}
        </a>
    }
}
