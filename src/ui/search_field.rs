//! The search above a list: it searches while typing, and is a form that works without wasm. The search is stored in
//! the address; this component only reports what was typed.

use super::{Icon, IconView};
use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;

/// The search starts when typing has paused for this long.
const TYPING: Duration = Duration::from_millis(120);

#[component]
pub fn SearchField(
    id: &'static str,
    /// The page that the form leads to.
    #[prop(into)]
    action: Signal<String>,
    /// The present search.
    #[prop(into)]
    value: Signal<String>,
    #[prop(into)] label: Signal<String>,
    #[prop(into, optional)] placeholder: Option<String>,
    /// The other values of the address, kept when the form is sent without wasm.
    #[prop(into, optional)]
    kept: Signal<Vec<(&'static str, String)>>,
    /// Called with a new search.
    go: Callback<String>,
) -> impl IntoView {
    let node = NodeRef::<html::Input>::new();
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let hold = move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    let now = move || node.get_untracked().map(|input| input.value()).unwrap_or_default();
    let typed = move || {
        hold();
        let typed = now();
        timer.set_value(set_timeout_with_handle(move || go.run(typed), TYPING).ok());
    };
    on_cleanup(hold);
    Effect::new(move |before: Option<()>| {
        let search = value.get();
        let Some(input) = node.get() else { return };
        if input.value() == search {
        } else if before.is_none() {
            // It was typed before hydration.
            typed();
        } else if document().active_element().is_none_or(|element| element.id() != id) {
            // The address was changed in another way: by a letter, or by going back.
            input.set_value(&search);
        }
    });
    let hint = move || placeholder.clone().unwrap_or_else(|| label.get());
    view! {
        <form
            class="search"
            role="search"
            method="get"
            action=move || action.get()
            on:submit=move |event| {
                event.prevent_default();
                hold();
                go.run(now());
            }
        >
            <IconView icon=Icon::Search />
            <input
                node_ref=node
                class="search-input"
                type="search"
                id=id
                name="q"
                value=value.get_untracked()
                placeholder=hint
                aria-label=move || label.get()
                autocomplete="off"
                on:input=move |_| typed()
            />
            {move || {
                let kept = kept.get().into_iter();
                kept.map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()
            }}
        </form>
    }
}
