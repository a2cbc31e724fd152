//! Pieces of a card page: a panel with its head, and a list of facts.

use leptos::prelude::*;

/// A part of a page with a title. `actions` are at the right of its head.
#[component]
pub fn Panel(
    #[prop(into)] title: String,
    /// Id of the heading, to jump to.
    #[prop(into, optional)]
    id: Option<String>,
    #[prop(into, optional)] count: Signal<Option<usize>>,
    #[prop(into, optional)] actions: Option<ViewFnOnce>,
    children: Children,
) -> impl IntoView {
    let name = title.clone();
    view! {
        <section class="panel" aria-label=name>
            <div class="panel-head">
                <h2 class="panel-title" id=id>
                    {title}
                    {move || count.get().map(|n| view! { <span class="panel-count">{n}</span> })}
                </h2>
                {actions.map(|actions| actions.run())}
            </div>
            {children()}
        </section>
    }
}

/// The facts of a card: [`Fact`]s as children.
#[component]
pub fn Facts(children: Children) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }
}

/// One fact. Leave out facts without a value, or offer to add them.
#[component]
pub fn Fact(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! {
        <div class="fact">
            <dt>{label}</dt>
            <dd>{children()}</dd>
        </div>
    }
}
