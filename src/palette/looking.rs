//! What the palette looks for on the server while somebody types. It draws nothing.

use super::api::search_all;
use super::model::Hit;
use super::options::search_of;
use crate::error::Error;
use crate::i18n::use_locale;
use chrono::NaiveDate;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// Letters typed within this time are searched for together.
const PAUSE: Duration = Duration::from_millis(110);

/// What is looked for on the server.
#[derive(Clone, Copy)]
pub struct Looking {
    /// Whether the answer to what was typed last is awaited.
    pub busy: RwSignal<bool>,
    pub found: RwSignal<Vec<Hit>>,
    pub trouble: RwSignal<Option<Error>>,
}

/// Asks the server a moment after the last letter. What was found before stays until the newest answer is there; an
/// older one is not heard any more.
pub fn look_up(typed: RwSignal<String>, today: Signal<NaiveDate>) -> Looking {
    let search =
        Looking { busy: RwSignal::new(false), found: RwSignal::default(), trouble: RwSignal::new(None) };
    let newest = StoredValue::new(0_u32);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let hold = move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    on_cleanup(hold);
    let locale = use_locale();
    let wanted = Memo::new(move |_| typed.with(|typed| search_of(typed, today.get(), locale)));
    Effect::new(move |_| {
        let wanted = wanted.get();
        hold();
        newest.update_value(|number| *number = number.wrapping_add(1));
        let number = newest.get_value();
        search.trouble.set(None);
        if wanted.is_empty() {
            search.busy.set(false);
            search.found.set(Vec::new());
            return;
        }
        search.busy.set(true);
        let ask = move || {
            let wanted = wanted.clone();
            spawn_local(async move {
                let answer = search_all(wanted).await;
                if newest.try_get_value() != Some(number) {
                    return;
                }
                // Without an answer the commands still work.
                match answer {
                    Ok(found) => search.found.set(found),
                    Err(error) => {
                        search.found.set(Vec::new());
                        search.trouble.set(Some(error));
                    }
                }
                search.busy.set(false);
            });
        };
        timer.set_value(set_timeout_with_handle(ask, PAUSE).ok());
    });
    search
}
