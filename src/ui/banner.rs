//! Messages where something went wrong: one line across a page, or a box above a form.

use leptos::prelude::*;

use super::{Icon, IconView, Tone, browser};

/// One line across the page: offline, a newer version, could not load. `children` hold its action.
#[component]
pub fn Banner(
    #[prop(optional)] tone: Tone,
    #[prop(into)] text: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let icon = match tone {
        Tone::Ok => Icon::Done,
        Tone::Warn | Tone::Bad => Icon::Warning,
        Tone::Plain | Tone::Accent => Icon::Info,
    };
    view! {
        <div class="banner" data-tone=tone.code() role="status">
            <IconView icon />
            <p class="banner-text">{move || text.get()}</p>
            {children.map(|children| view! { <div class="banner-action">{children()}</div> })}
        </div>
    }
}

/// The box above a refused form: a title, what is wrong, and what can be done as `children`. It scrolls into view,
/// because the button that was pressed may be far below.
#[component]
pub fn Problems(
    #[prop(into)] title: Signal<String>,
    #[prop(into, optional)] lines: Signal<Vec<String>>,
    #[prop(optional)] tone: Option<Tone>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(node) = node.get() {
            browser::bring_into_view(&node);
        }
    });
    view! {
        <div node_ref=node class="problems" data-tone=tone.unwrap_or(Tone::Bad).code() role="alert">
            <IconView icon=Icon::Alert />
            <div class="problems-body">
                <p class="problems-title">{move || title.get()}</p>
                <ul class="problems-list" hidden=move || lines.with(Vec::is_empty)>
                    {move || lines.get().into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
                </ul>
                {children.map(|children| view! { <div class="problems-action">{children()}</div> })}
            </div>
        </div>
    }
}
