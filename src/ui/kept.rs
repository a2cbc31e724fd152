//! A hidden field that is kept along with what is typed in its form (`drafts.js`): which record it was, and which
//! version of it somebody had read. Not for what may differ when the form is seen again.

use leptos::prelude::*;

#[component]
pub fn Kept(name: &'static str, value: RwSignal<String>) -> impl IntoView {
    view! {
        <input
            type="hidden"
            name=name
            value=move || value.get()
            data-kept=""
            on:input:target=move |event| value.set(event.target().value())
        />
    }
}
