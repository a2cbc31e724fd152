//! The browser's own calendar beside a field for a day: a chosen day is written into the field before it, in the page's
//! language. It knows nothing about the field; without wasm it is missing, and the field takes what is typed.

use super::use_today;
use super::{Icon, IconView, browser};
use crate::i18n::days::later::read_day;
use crate::i18n::{date, use_locale, use_text};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlInputElement;

/// Must come directly after the field.
#[component]
pub fn DayPick() -> impl IntoView {
    let (label, locale, today) = (use_text().ui.pick_date, use_locale(), use_today());
    let field = |picker: &HtmlInputElement| {
        let around = picker.parent_element()?.previous_element_sibling()?;
        around.dyn_into::<HtmlInputElement>().ok()
    };
    view! {
        <span class="day-pick awake-only">
            <IconView icon=Icon::Calendar />
            <input
                type="date"
                tabindex="-1"
                aria-label=label
                title=label
                on:focus:target=move |event| {
                    let picker = event.target();
                    let typed = field(&picker).map(|field| field.value()).unwrap_or_default();
                    // The calendar opens at the typed day.
                    let reading = read_day(typed, today.get_untracked(), locale);
                    spawn_local(async move {
                        if let Ok(Ok(day)) = reading.await {
                            picker.set_value(&day.to_string());
                        }
                    });
                }
                on:change:target=move |event| {
                    let picker = event.target();
                    if let (Some(field), Some(day)) = (field(&picker), date::parse(&picker.value())) {
                        browser::type_into(&field, &date::day(day, locale));
                    }
                }
            />
        </span>
    }
}
