//! The few browser APIs that views use. The twin `browser_none.rs` replaces it on the server, so that views need no
//! `cfg`. All functions are safe to call when the element or API is missing: they do nothing then.

use crate::ui::address::own_path;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{AddEventListenerOptions, HtmlElement, HtmlInputElement};

/// Goes before the text in a text area. The HTML parser drops a line break at the start of a text area, so the server
/// must write one more; the browser sets the text without the parser.
pub const SWALLOWED: &str = "";

/// A rectangle in pixels of the viewport.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl Rect {
    #[must_use]
    pub fn right(&self) -> f64 {
        self.left + self.width
    }
    #[must_use]
    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }
}

/// Reads from local storage; `None` also where storage is forbidden.
#[must_use]
pub fn stored(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Writes to local storage, or forgets the key.
pub fn store(key: &str, value: Option<&str>) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A full or forbidden storage costs a convenience, but the action goes on.
        let _ = match value {
            Some(value) => storage.set_item(key, value),
            None => storage.remove_item(key),
        };
    }
}

#[must_use]
pub fn by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The value of the control with this id.
#[must_use]
pub fn value_at(id: &str) -> Option<String> {
    js_sys::Reflect::get(by_id(id)?.as_ref(), &"value".into()).ok()?.as_string()
}

/// Runs it as soon as no menu is open, so that nothing moves while somebody chooses.
pub fn when_no_menu_is_open(run: Box<dyn FnOnce()>) {
    if document().query_selector("[popover]:popover-open").ok().flatten().is_some() {
        set_timeout(move || when_no_menu_is_open(run), std::time::Duration::from_millis(150));
    } else {
        run();
    }
}

/// Moves the focus; false when there is no such element.
pub fn focus(id: &str) -> bool {
    by_id(id).is_some_and(|element| element.focus().is_ok())
}

/// Puts the caret behind the text of the field that has the focus. Fields that have no caret stay as they are.
pub fn caret_to_end() {
    let Some(field) = document().active_element().and_then(|one| one.dyn_into::<HtmlInputElement>().ok())
    else {
        return;
    };
    let end = u32::try_from(field.value().encode_utf16().count()).unwrap_or(u32::MAX);
    let _ = field.set_selection_range(end, end);
}

/// Focuses the first field marked invalid inside the element with this id.
pub fn focus_first_invalid(id: &str) {
    let first = by_id(id).and_then(|root| root.query_selector("[aria-invalid=true]").ok()?);
    if let Some(field) = first.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = field.focus();
    }
}

/// Scrolls to the element if it is not visible.
pub fn bring_into_view(element: &web_sys::Element) {
    let (_, height) = viewport();
    let rect = rect(element);
    if rect.top < 0.0 || rect.top + rect.height > height {
        element.scroll_into_view();
    }
}

#[must_use]
pub fn rect(element: &web_sys::Element) -> Rect {
    let rect = element.get_bounding_client_rect();
    Rect { left: rect.left(), top: rect.top(), width: rect.width(), height: rect.height() }
}

/// Width and height of the viewport.
#[must_use]
pub fn viewport() -> (f64, f64) {
    let size =
        |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|v| v.as_f64()).unwrap_or_default();
    (size(window().inner_width()), size(window().inner_height()))
}

/// Sets a style by script. The content security policy allows that, but not a `style` attribute in HTML.
pub fn set_style(element: &HtmlElement, property: &str, value: &str) {
    let _ = element.style().set_property(property, value);
}

/// Sets an attribute of `<html>`.
pub fn set_root(attribute: &str, value: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(attribute, value);
    }
}

/// Calls `run` whenever anything on the page scrolls or the window is resized, until the reactive owner is dropped.
pub fn on_scroll(run: impl Fn() + 'static) {
    let run = Closure::<dyn Fn()>::new(run);
    let options = AddEventListenerOptions::new();
    options.set_passive(true);
    // Scroll events do not bubble, but they can be captured.
    options.set_capture(true);
    let listener = run.as_ref().unchecked_ref::<js_sys::Function>().clone();
    for event in ["scroll", "resize"] {
        let _ = window()
            .add_event_listener_with_callback_and_add_event_listener_options(event, &listener, &options);
    }
    let kept = StoredValue::new_local(run);
    on_cleanup(move || {
        kept.with_value(|run| {
            for event in ["scroll", "resize"] {
                let _ = window().remove_event_listener_with_callback_and_bool(
                    event,
                    run.as_ref().unchecked_ref(),
                    true,
                );
            }
        });
    });
}

/// The origin of this site: scheme, host and port.
#[must_use]
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Copies the selection; false where the browser does not allow it. Uses the old API, because the new one works over
/// https only.
#[must_use]
pub fn copy_selected() -> bool {
    let document: wasm_bindgen::JsValue = document().into();
    let run = js_sys::Reflect::get(&document, &"execCommand".into()).ok();
    let run = run.and_then(|run| run.dyn_into::<js_sys::Function>().ok());
    run.and_then(|run| run.call1(&document, &"copy".into()).ok()).is_some_and(|done| done.is_truthy())
}

/// Begins to drag an element with the mouse; some browsers require data for that.
pub fn carry(event: &web_sys::DragEvent, what: &str) {
    if let Some(data) = event.data_transfer() {
        data.set_effect_allowed("move");
        let _ = data.set_data("text/plain", what);
    }
}

/// The typed fields of a form, in order.
#[must_use]
pub fn typed_in(form: &web_sys::HtmlFormElement) -> Vec<(String, String)> {
    let Ok(data) = web_sys::FormData::new_with_form(form) else { return Vec::new() };
    let pairs = js_sys::try_iter(&data).ok().flatten().into_iter().flatten().flatten();
    pairs
        .filter_map(|pair| {
            let pair = js_sys::Array::from(&pair);
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        })
        .collect()
}

/// Whether shortcuts use Command here instead of Control.
#[must_use]
pub fn on_a_mac() -> bool {
    let of = |object: &wasm_bindgen::JsValue, name: &str| js_sys::Reflect::get(object, &name.into()).ok();
    let platform = of(&window(), "navigator").and_then(|navigator| of(&navigator, "platform")?.as_string());
    platform.is_some_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"))
}

/// Leaves for another page of this site, loading it from the server: after sign-in and sign-out, when everything known
/// changes.
pub fn leave_for(path: &str) {
    mark_leaving(true);
    let _ = window().location().set_href(own_path(path));
}

fn root() -> Option<web_sys::Element> {
    document().document_element()
}

fn mark_leaving(leaving: bool) {
    if let Some(root) = root() {
        let _ = if leaving {
            root.set_attribute("data-leaving", "")
        } else {
            root.remove_attribute("data-leaving")
        };
    }
}

/// Whether the page is already being left for another one.
#[must_use]
pub fn is_leaving() -> bool {
    root().is_some_and(|root| root.has_attribute("data-leaving"))
}

/// Leaves for another page of this site, without a way back to this one.
pub fn turn_to(path: &str) {
    mark_leaving(true);
    let _ = window().location().replace(own_path(path));
}

/// The address of this page: path and query.
#[must_use]
pub fn address() -> String {
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

/// Hides the whole page, or shows it again.
pub fn cover(covered: bool) {
    if let Some(root) = root() {
        let _ = if covered { root.set_attribute("hidden", "") } else { root.remove_attribute("hidden") };
    }
}

#[must_use]
pub fn is_covered() -> bool {
    root().is_some_and(|root| root.has_attribute("hidden"))
}

/// Runs it whenever the browser shows the page again from its back/forward cache, for as long as the page lives.
pub fn on_return(run: impl Fn() + 'static) {
    let back = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        let kept = js_sys::Reflect::get(&event, &"persisted".into()).is_ok_and(|kept| kept.is_truthy());
        if kept {
            mark_leaving(false);
            run();
        }
    });
    let _ = window().add_event_listener_with_callback("pageshow", back.as_ref().unchecked_ref());
    back.forget();
}

/// The name of the program that this page has loaded.
#[must_use]
pub fn program() -> String {
    root().and_then(|root| root.get_attribute("data-program")).unwrap_or_default()
}

/// Loads the page again.
pub fn reload() {
    let _ = window().location().reload();
}

/// Sets a cookie readable by the server, for a year, on the whole site.
pub fn set_cookie(name: &str, value: &str) {
    let secure = if window().location().protocol().is_ok_and(|p| p == "https:") { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax{secure}");
    let _ = js_sys::Reflect::set(&document(), &"cookie".into(), &cookie.into());
}

/// The browser's clock in milliseconds, for measuring time that passes.
#[must_use]
pub fn clock() -> f64 {
    js_sys::Date::now()
}

/// Puts text into a field as if it had been typed.
pub fn type_into(field: &HtmlInputElement, text: &str) {
    field.set_value(text);
    if let Ok(event) = web_sys::Event::new("input") {
        event.init_event_with_bubbles("input", true);
        let _ = field.dispatch_event(&event);
    }
}

/// While letters are composed with an input method or a dead key, key presses belong to the composition: Enter only
/// confirms it, in every field. Safari sends that Enter after the composition has ended; there it is recognised by the
/// key code 229. Call once.
pub fn let_letters_finish() {
    let heard = Closure::<dyn Fn(web_sys::KeyboardEvent)>::new(|event: web_sys::KeyboardEvent| {
        if event.is_composing() {
            event.stop_immediate_propagation();
        } else if event.key_code() == COMPOSED && event.key() == "Enter" {
            event.stop_immediate_propagation();
            event.prevent_default();
        }
    });
    // In the capture phase, before any field or page.
    let listener = heard.as_ref().unchecked_ref();
    let _ = window().add_event_listener_with_callback_and_bool("keydown", listener, true);
    heard.forget();
}

/// The key code of every key press that goes to an input method.
const COMPOSED: u32 = 229;

/// A new id that begins with the time, so that rows added one after another are neighbours in an index.
#[must_use]
pub fn fresh_id() -> String {
    let chance = uuid::Uuid::new_v4().into_bytes();
    let mut bytes = [0; 10];
    bytes.copy_from_slice(&chance[6..]);
    // Present times in milliseconds are far below the largest integer that a float holds exactly.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a time of our century")]
    let millis = js_sys::Date::now() as u64;
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid().to_string()
}
