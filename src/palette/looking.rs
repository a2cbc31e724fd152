//! The palette's search on the server while typing. It draws nothing.

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

/// The search starts when typing has paused for this long.
const PAUSE: Duration = Duration::from_millis(110);

/// The state of the search.
#[derive(Clone, Copy)]
pub struct Looking {
    /// Whether the answer for the present text is still awaited.
    pub busy: RwSignal<bool>,
    pub found: RwSignal<Vec<Hit>>,
    pub trouble: RwSignal<Option<Error>>,
}

/// Asks the server a moment after the last letter. Earlier results stay until the newest answer is there; outdated
/// answers are ignored.
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
