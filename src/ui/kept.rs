//! A hidden field that is stored with a draft of its form (`drafts.js`): which record it was, and which version was
//! read. Not for values that may differ when the form is shown again.

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
