//! Chips: a filter that is set, a filter that can be set, a choice in a row.

use leptos::prelude::*;

use super::{Icon, IconView};

/// A filter as a link: `href` is the same list with the filter set, changed or (with `remove_label`) removed.
#[component]
pub fn ChipLink(
    #[prop(into)] href: Signal<String>,
    #[prop(into)] text: Signal<String>,
    #[prop(into, optional)] icon: Option<Icon>,
    #[prop(into, optional)] current: Signal<bool>,
    /// Shows a cross; the label says what a tap does ("remove the filter").
    #[prop(into, optional)]
    remove_label: Option<String>,
) -> impl IntoView {
    view! {
        <a class="chip" href=move || href.get() aria-current=move || current.get().then_some("true")>
            {icon.map(|icon| view! { <IconView icon /> })}
            <span>{move || text.get()}</span>
            {remove_label
                .map(|label| {
                    view! {
                        <IconView icon=Icon::Close class="chip-cross" />
                        <span class="visually-hidden">{label}</span>
                    }
                })}
        </a>
    }
}

/// A chip that is on or off.
#[component]
pub fn Chip(
    #[prop(into)] text: Signal<String>,
    #[prop(into, optional)] icon: Option<Icon>,
    #[prop(into, optional)] pressed: Signal<bool>,
    /// With a dashed outline: something to add.
    #[prop(optional)]
    dashed: bool,
    #[prop(into, optional)] on_click: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=if dashed { "chip dashed" } else { "chip" }
            aria-pressed=move || if pressed.get() { "true" } else { "false" }
            on:click=move |_| {
                if let Some(run) = on_click {
                    run.run(());
                }
            }
        >
            {icon.map(|icon| view! { <IconView icon /> })}
            <span>{move || text.get()}</span>
        </button>
    }
}
