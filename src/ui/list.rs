//! Parts around a list: headings that sort, the strip of letters, the box that shows the rest. They are links and a
//! check box, so they work without wasm.

use leptos::prelude::*;

use super::{Icon, IconView};
use crate::i18n::use_text;

/// Which way a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Up,
    Down,
}

/// The heading of a column that sorts the table; `href` is the table sorted by it (or in reverse).
#[component]
pub fn SortHeader(
    #[prop(into)] text: String,
    #[prop(into)] href: Signal<String>,
    #[prop(into)] order: Signal<Option<Order>>,
    #[prop(into, optional)] class: String,
) -> impl IntoView {
    let aria = move || match order.get() {
        Some(Order::Up) => Some("ascending"),
        Some(Order::Down) => Some("descending"),
        None => None,
    };
    view! {
        <th scope="col" class=class aria-sort=aria>
            <a class="sort" href=move || href.get()>
                {text}
                {move || {
                    order.get()
                        .map(|order| {
                            let icon = if order == Order::Up { Icon::ArrowUp } else { Icon::ArrowDown };
                            view! { <IconView icon class="icon-14" /> }
                        })
                }}
            </a>
        </th>
    }
}

/// A letter of the strip, and the list that begins with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub letter: String,
    pub href: String,
    pub current: bool,
}

/// The strip of letters at the edge of a long list.
#[component]
pub fn AlphabetStrip(
    #[prop(into)] label: String,
    #[prop(into)] letters: Signal<Vec<Letter>>,
) -> impl IntoView {
    view! {
        <nav class="alphabet" aria-label=label>
            {move || {
                letters
                    .get()
                    .into_iter()
                    .map(|item| view! {
                        <a href=item.href aria-current=item.current.then_some("true")>{item.letter}</a>
                    })
                    .collect_view()
            }}
        </nav>
    }
}

/// Put it after the list in a `.fold`, which shows its first five rows until the box is ticked.
#[component]
pub fn ShowAll() -> impl IntoView {
    view! {
        <label class="fold-all">
            <input type="checkbox" autocomplete="off" />
            {use_text().common.show_all}
        </label>
    }
}
