//! The firm's date and the number of tasks waiting today, shared by all parts of a page. They begin with what the
//! server wrote into the document and change when the firm's day ends. The browser's date is never used, because it may
//! be in another time zone; of its clock only the time that passes counts.

use super::Kind;
use super::listen::{read_everything, use_changes};
use super::model::Now;
use crate::auth::model::Visit;
use crate::ui::{Present, browser};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// How often to check whether the day is over. A single long timer would be late after the computer has slept.
const LOOK: Duration = Duration::from_secs(20);

/// Keeps the date up to date for as long as the app is mounted. Call once, in the app, for somebody signed in, after
/// `listen`.
pub fn keep_day(visit: &Visit) {
    let present = Present { today: RwSignal::new(visit.today), waiting: RwSignal::new(visit.waiting) };
    provide_context(present);
    let changes = use_changes(Kind::CARDS.into_iter().chain([Kind::Task]));
    let again = read_everything();
    let ends = StoredValue::new(0.0);
    let end_in = move |seconds: u32| {
        let _ = ends.try_set_value(browser::clock() + f64::from(seconds) * 1000.0);
    };
    let ask = move || {
        let again = again.clone();
        spawn_local(async move {
            // Without an answer the next look asks again.
            let Ok(Now { today, seconds_left, waiting }) = crate::tasks::api::present_day().await else {
                return;
            };
            end_in(seconds_left);
            present.waiting.try_set(waiting);
            if present.today.try_get_untracked().is_some_and(|before| before != today) {
                present.today.try_set(today);
                again();
            }
        });
    };
    let begins_with = visit.seconds_left;
    let asked = ask.clone();
    Effect::new(move |before: Option<u32>| {
        let now = changes.get();
        match before {
            Some(before) if before != now => asked(),
            Some(_) => {}
            None => {
                end_in(begins_with);
                look(ends, ask.clone());
            }
        }
        now
    });
}

/// Asks the server if the day is over, and schedules the next look.
fn look(ends: StoredValue<f64>, ask: impl Fn() + Clone + 'static) {
    let Some(left) = ends.try_get_value().map(|ends| ends - browser::clock()) else { return };
    if left <= 0.0 {
        ask();
    }
    // Looks again when the day ends. After that moment it waits: the answer to the question is on its way.
    let wait = if left > 0.0 { LOOK.min(Duration::from_secs_f64(left / 1000.0)) } else { LOOK };
    set_timeout(move || look(ends, ask), wait);
}
