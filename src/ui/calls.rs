//! Notices when the page is seen again after a telephone link on it was tapped, so that one can ask how the call went.
//! A phone may have unloaded the page meanwhile, so the tapped number is kept in the session storage. The twin is
//! `calls_none.rs`.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, EventTarget, Storage, VisibilityState};

const KEY: &str = "called";
/// No call is shorter: before that, the page loses and gets back the focus because of the tap itself.
const SHORTEST_MS: f64 = 400.0;
/// After this time nobody would know which call is meant.
const LONGEST_MS: f64 = 4.0 * 3_600_000.0;

fn storage() -> Option<Storage> {
    window().session_storage().ok()?
}

fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

fn tapped(event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = target.and_then(|target| target.closest("a[href^='tel:']").ok().flatten());
    let number = link.and_then(|link| link.get_attribute("href")?.strip_prefix("tel:").map(str::to_owned));
    if let (Some(number), Some(storage)) = (number, storage()) {
        let _ = storage.set_item(KEY, &format!("{}\n{}\n{number}", path(), js_sys::Date::now()));
    }
}

/// The number that was called from this page; returned only once.
fn called() -> Option<String> {
    if document().visibility_state() != VisibilityState::Visible {
        return None;
    }
    let storage = storage()?;
    let kept = storage.get_item(KEY).ok()??;
    let mut parts = kept.splitn(3, '\n');
    let (from, at, number) = (parts.next()?, parts.next()?.parse::<f64>().ok()?, parts.next()?);
    let ago = js_sys::Date::now() - at;
    if ago < SHORTEST_MS || from != path() {
        return None;
    }
    let _ = storage.remove_item(KEY);
    (ago < LONGEST_MS).then(|| number.to_owned())
}

/// Calls `back` with the number whenever the page is seen again after a telephone link on it was tapped, until the
/// reactive owner is dropped.
pub fn after_a_call(back: impl Fn(String) + Clone + 'static) {
    let tap = Closure::<dyn Fn(Event)>::new(|event: Event| tapped(&event));
    let seen = Closure::<dyn Fn()>::new({
        let back = back.clone();
        move || {
            if let Some(number) = called() {
                back(number);
            }
        }
    });
    let places = || -> [(EventTarget, &'static str); 2] {
        [(document().into(), "visibilitychange"), (window().into(), "focus")]
    };
    let _ = document().add_event_listener_with_callback("click", tap.as_ref().unchecked_ref());
    for (place, event) in places() {
        let _ = place.add_event_listener_with_callback(event, seen.as_ref().unchecked_ref());
    }
    if let Some(number) = called() {
        back(number);
    }
    let kept = StoredValue::new_local((tap, seen));
    on_cleanup(move || {
        kept.with_value(|(tap, seen)| {
            let _ = document().remove_event_listener_with_callback("click", tap.as_ref().unchecked_ref());
            for (place, event) in places() {
                let _ = place.remove_event_listener_with_callback(event, seen.as_ref().unchecked_ref());
            }
        });
    });
}
