//! What was typed in the forms of a page that has to go because its session ended: kept in this tab, and put back when the same person opens
//! the same page in it again. Not for what somebody leaves by themselves. Its twin is `typed_none.rs`.

use leptos::prelude::{document, set_timeout, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlTextAreaElement, Storage};

const FIELDS: &str = "#content form [name]";
const BETWEEN: char = '\u{1f}';
const END: char = '\u{1e}';
/// For how long, and how often, a page is asked whether its form is there.
const TRIES: u32 = 50;
const BETWEEN_TRIES: std::time::Duration = std::time::Duration::from_millis(100);

fn place(person: &str) -> Option<(Storage, String)> {
    let path = window().location().pathname().ok()?;
    Some((window().session_storage().ok()??, format!("typed:{person}:{path}")))
}

fn fields() -> Vec<Element> {
    let Ok(all) = document().query_selector_all(FIELDS) else { return Vec::new() };
    (0..all.length()).filter_map(|at| all.item(at)?.dyn_into().ok()).collect()
}

/// What somebody typed into it; `None` for passwords, choices and what nobody touched.
fn typed(field: &Element) -> Option<String> {
    if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        return Some(area.value()).filter(|text| area.default_value().is_ok_and(|began| began != *text));
    }
    let input = field.dyn_ref::<HtmlInputElement>()?;
    let text =
        !matches!(input.type_().as_str(), "password" | "hidden" | "checkbox" | "radio" | "submit" | "file");
    Some(input.value()).filter(|value| text && *value != input.default_value())
}

/// Keeps it for that person.
pub fn keep(person: &str) {
    let mut kept = String::new();
    for (at, field) in fields().iter().enumerate() {
        if let (Some(text), Some(name)) = (typed(field), field.get_attribute("name")) {
            kept.push_str(&at.to_string());
            for part in [name.as_str(), text.as_str()] {
                kept.push(BETWEEN);
                kept.push_str(part);
            }
            kept.push(END);
        }
    }
    if let (false, Some((storage, key))) = (kept.is_empty(), place(person)) {
        let _ = storage.set_item(&key, &kept);
    }
}

/// Puts it back, once, as soon as the page has its form: one that the browser draws itself comes a little later.
pub fn put_back(person: String) {
    put_back_within(person, TRIES);
}

fn put_back_within(person: String, tries: u32) {
    let Some((storage, key)) = place(&person) else { return };
    let Ok(Some(kept)) = storage.get_item(&key) else { return };
    let fields = fields();
    if fields.is_empty() && tries > 0 {
        set_timeout(move || put_back_within(person, tries - 1), BETWEEN_TRIES);
        return;
    }
    let _ = storage.remove_item(&key);
    for one in kept.split(END) {
        let mut parts = one.splitn(3, BETWEEN);
        let (Some(at), Some(name), Some(text)) = (parts.next(), parts.next(), parts.next()) else { continue };
        let Some(field) = at.parse().ok().and_then(|at: usize| fields.get(at)) else { continue };
        if field.get_attribute("name").as_deref() != Some(name) {
            continue;
        }
        if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
            area.set_value(text);
        } else if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
            input.set_value(text);
        }
        // The page hears of it as if it were typed.
        if let Ok(event) = Event::new("input") {
            event.init_event_with_bubbles("input", true);
            let _ = field.dispatch_event(&event);
        }
    }
}
