//! In a release there is no workshop: the address is not found.

use super::NotFound;
use leptos::prelude::*;

#[component]
pub fn Workshop() -> impl IntoView {
    view! { <NotFound /> }
}
