//! Days and moments as people of the page's language write them. Times are the firm's own: the server has applied the
//! zone.

use chrono::{NaiveDate, NaiveDateTime, Timelike as _};
use leptos::prelude::*;

use crate::i18n::{date, use_locale};

/// A day: `31.12.2026`, `31 Dec 2026`.
#[component]
pub fn Day(day: NaiveDate) -> impl IntoView {
    let locale = use_locale();
    view! { <time datetime=day.to_string()>{date::day(day, locale)}</time> }
}

/// A day and a time: `31.12.2026 14:05`. With `today`, near days are words: "bugün 14:05".
#[component]
pub fn Moment(at: NaiveDateTime, #[prop(optional)] today: Option<NaiveDate>) -> impl IntoView {
    let locale = use_locale();
    let text = match today {
        Some(today) => date::moment_from(at, today, locale),
        None => date::moment(at, locale),
    };
    view! { <time datetime=format!("{}T{:02}:{:02}", at.date(), at.hour(), at.minute())>{text}</time> }
}
