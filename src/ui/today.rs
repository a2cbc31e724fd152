//! The firm's date and the number of tasks waiting today, for all components that show them. `live::day` updates both.

use crate::auth::model::Visit;
use chrono::NaiveDate;
use leptos::prelude::*;

/// What an open page knows about the present day.
#[derive(Clone, Copy)]
pub struct Present {
    pub today: RwSignal<NaiveDate>,
    pub waiting: RwSignal<u32>,
}

/// Today's date where the firm is.
#[must_use]
pub fn use_today() -> Signal<NaiveDate> {
    use_context::<Present>().map_or_else(
        || Signal::stored(use_context::<Visit>().unwrap_or_default().today),
        |present| present.today.into(),
    )
}

/// How many of one's own tasks are late or due today.
#[must_use]
pub fn use_waiting() -> Signal<u32> {
    use_context::<Present>().map_or_else(|| Signal::stored(0), |present| present.waiting.into())
}
