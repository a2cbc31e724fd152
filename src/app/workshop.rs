//! The page at `/ui` of a dev build: every control in all its states.

use crate::ui::gallery::Gallery;
use leptos::prelude::*;

#[component]
pub fn Workshop() -> impl IntoView {
    view! { <Gallery /> }
}
