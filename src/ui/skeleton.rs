//! The outline of content that is loading, where nothing older can be shown meanwhile. Hidden from assistive
//! technology: the region says that it is busy.

use leptos::prelude::*;

/// Rows of a table or list that is loading.
#[component]
pub fn SkeletonRows(#[prop(default = 8)] count: usize) -> impl IntoView {
    view! {
        <div class="skeleton-rows" aria-hidden="true">
            {(0..count).map(|_| view! {
                <div class="skeleton-row"><span></span><span></span><span></span></div>
            }).collect_view()}
        </div>
    }
}

/// Cards of a column that is loading.
#[component]
pub fn SkeletonCards(#[prop(default = 3)] count: usize) -> impl IntoView {
    view! {
        <div class="skeleton-cards" aria-hidden="true">
            {(0..count).map(|_| view! { <div class="skeleton-card"><span></span><span></span></div> }).collect_view()}
        </div>
    }
}
