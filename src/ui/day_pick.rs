//! The browser's own calendar beside a field for a day, or for a day and a time. What is chosen is written into the
//! field before it, in the page's language. It knows nothing about the field; without wasm it is missing, and the field
//! takes what is typed.

use super::use_today;
use super::{Icon, IconView, browser};
use crate::i18n::days::later::{read_day, read_time_of_day};
use crate::i18n::{date, use_locale, use_text};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlInputElement;

/// Must come directly after the field.
#[component]
pub fn DayPick(with_time: bool) -> impl IntoView {
    let (label, locale, today) = (use_text().ui.pick_date, use_locale(), use_today());
    let field = |picker: &HtmlInputElement| {
        let around = picker.parent_element()?.previous_element_sibling()?;
        around.dyn_into::<HtmlInputElement>().ok()
    };
    view! {
        <span class="day-pick awake-only">
            <IconView icon=Icon::Calendar />
            <input
                type=if with_time { "datetime-local" } else { "date" }
                tabindex="-1"
                aria-label=label
                title=label
                on:focus:target=move |event| {
                    let picker = event.target();
                    let typed = field(&picker).map(|field| field.value()).unwrap_or_default();
                    let today = today.get_untracked();
                    // The calendar opens at the typed day.
                    spawn_local(async move {
                        let typed = if with_time {
                            read_time_of_day(typed, today, locale).await.map(|at| at.map(date::moment_field))
                        } else {
                            read_day(typed, today, locale).await.map(|day| day.map(|day| day.to_string()))
                        };
                        if let Ok(Ok(value)) = typed {
                            picker.set_value(&value);
                        }
                    });
                }
                on:change:target=move |event| {
                    let picker = event.target();
                    let value = picker.value();
                    let chosen = if with_time {
                        date::parse_moment(&value).map(|at| date::moment(at, locale))
                    } else {
                        date::parse(&value).map(|day| date::day(day, locale))
                    };
                    if let (Some(field), Some(chosen)) = (field(&picker), chosen) {
                        browser::type_into(&field, &chosen);
                    }
                }
            />
        </span>
    }
}
