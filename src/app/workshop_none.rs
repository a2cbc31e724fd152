//! The twin of `workshop.rs` in a release: the address is not found.

use super::NotFound;
use leptos::prelude::*;

#[component]
pub fn Workshop() -> impl IntoView {
    view! { <NotFound /> }
}
