//! The conditions of a list as chips above it, each with a link that removes it, and the button that adds one. All but
//! the button are links, so a filter sent by a colleague works without wasm. The dialog is in `form`, which the browser
//! loads when it is opened.

use super::form::opened;
use super::model::{Filter, MOST};
use crate::fields::FieldsOf;
use crate::i18n::use_text;
use crate::ui::{ChipLink, Dialog, Icon, IconView, SkeletonRows};
use leptos::prelude::*;

/// The list that is filtered, and how its address is built.
#[derive(Clone, Copy)]
pub struct Filtered {
    pub of: Signal<FieldsOf>,
    pub filter: Signal<Filter>,
    /// The address of the list with that filter, from its first row on.
    pub address: Callback<Filter, String>,
}

#[component]
pub fn FilterBar(
    filtered: Filtered,
    /// The conditions in words, as read with the list.
    #[prop(into)]
    said: Signal<Vec<String>>,
) -> impl IntoView {
    let text = use_text();
    let words = text.filters();
    let Filtered { filter, address, .. } = filtered;
    let open = RwSignal::new(false);
    let chips = move || {
        let filter = filter.get();
        let said = said.get();
        let chip = |nth: usize| {
            // Until the list was read, only the value in the address is known.
            let label = said.get(nth).cloned().unwrap_or_else(|| filter.0[nth].value.clone());
            let href = address.run(filter.without(nth));
            let remove = (words.remove)(&label);
            view! {
                <ChipLink href=Signal::stored(href) text=Signal::stored(label) current=Signal::stored(true)
                    remove_label=remove />
            }
        };
        let clear = (filter.0.len() > 1).then(|| {
            let href = address.run(Filter::default());
            view! { <a class="text-link small" href=href>{words.clear}</a> }
        });
        let all = (0..filter.0.len()).map(chip).collect_view();
        view! {
            {all}
            {clear}
        }
    };
    let full = move || filter.with(|filter| filter.0.len() >= MOST);
    let content = move || {
        open.get().then(|| {
            Suspend::new(async move {
                let failed = || view! { <p>{text.shell.not_loaded}</p> }.into_any();
                opened(filtered, open).await.unwrap_or_else(|_| failed())
            })
        })
    };
    view! {
        <div class="chips filters" role="group" aria-label=words.shown>
            <button
                type="button"
                class="chip dashed awake-only"
                disabled=full
                title=move || full().then_some(words.too_many)
                on:click=move |_| open.set(true)
            >
                <IconView icon=Icon::Filter />
                <span>{words.add}</span>
            </button>
            {chips}
        </div>
        <Dialog open title=words.title close_label=text.common.cancel>
            // A boundary of its own: the one around the bar would remove the dialog from the page while waiting.
            <Suspense fallback=|| view! { <SkeletonRows /> }>{content}</Suspense>
        </Dialog>
    }
}
