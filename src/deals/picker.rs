//! A field that finds a customer while typing. It can't add customers.

use crate::customers::api::choices;
use crate::i18n::use_text;
use crate::ui::{Pick, Picker, PickerWords, Wanted};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// `id` is the chosen customer's, empty for none yet; `name` its name.
#[component]
pub fn CustomerPicker(
    id: RwSignal<String>,
    name: RwSignal<String>,
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let words = &use_text().deals;
    let find = Callback::new(move |(typed, told): Wanted| {
        spawn_local(async move {
            let found = choices(typed).await.unwrap_or_default().into_iter();
            told.run(
                found.map(|one| Pick { id: one.id.to_string(), name: one.name, sub: one.city }).collect(),
            );
        });
    });
    let said = PickerWords {
        placeholder: words.find_customer,
        nothing: words.take_no_customer,
        none_found: words.no_such_customer,
        list: words.choose_customer,
    };
    view! { <Picker field="customer" label=words.customer id name problem words=said find /> }
}
