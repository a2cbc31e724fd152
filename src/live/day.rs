//! The firm's present day, for every page alike, and how many tasks wait on it: as the server wrote them into the
//! document, then as they turn. The browser's own calendar is not asked, since it may be in another zone; of its
//! clock only the time that passes is used.

use super::Kind;
use super::listen::{read_everything, use_changes};
use super::model::Now;
use crate::auth::model::Visit;
use crate::ui::{Present, browser};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// So often it is looked whether the day is over: a timer that slept with its machine is late.
const LOOK: Duration = Duration::from_secs(20);

/// Keeps the day for as long as the app stands. Call once, in the app, for somebody signed in, after `listen`.
pub fn keep_day(visit: &Visit) {
    let present = Present { today: RwSignal::new(visit.today), waiting: RwSignal::new(visit.waiting) };
    provide_context(present);
    let changes = use_changes(&[Kind::Task, Kind::Deal, Kind::Customer, Kind::OwnRecord]);
    let again = read_everything();
    let ends = StoredValue::new(0.0);
    let end_in = move |seconds: u32| {
        let _ = ends.try_set_value(browser::clock() + f64::from(seconds) * 1000.0);
    };
    let ask = move || {
        let again = again.clone();
        spawn_local(async move {
            // Without an answer it is asked again at the next look.
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

/// Asks when the day is over, and looks again in a while.
fn look(ends: StoredValue<f64>, ask: impl Fn() + Clone + 'static) {
    let Some(left) = ends.try_get_value().map(|ends| ends - browser::clock()) else { return };
    if left <= 0.0 {
        ask();
    }
    // Not twice at once, and not long after the turn.
    let wait = if left > 0.0 { LOOK.min(Duration::from_secs_f64(left / 1000.0)) } else { LOOK };
    set_timeout(move || look(ends, ask), wait);
}
