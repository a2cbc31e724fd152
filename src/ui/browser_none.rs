//! The twin of `browser.rs` on the server: the same names, doing nothing. Views call these only from effects and event
//! handlers, which never run here.

use leptos::web_sys::{self, HtmlElement};

/// Goes before the text in a text area. The HTML parser drops a line break at the start of a text area, so the server
/// must write one more; the browser sets the text without the parser.
pub const SWALLOWED: &str = "\n";

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

#[must_use]
pub fn stored(_key: &str) -> Option<String> {
    None
}
pub fn store(_key: &str, _value: Option<&str>) {}
#[must_use]
pub fn by_id(_id: &str) -> Option<HtmlElement> {
    None
}
pub fn focus(_id: &str) -> bool {
    false
}
pub fn caret_to_end() {}
pub fn focus_first_invalid(_id: &str) {}
pub fn bring_into_view(_element: &web_sys::Element) {}
#[must_use]
pub fn rect(_element: &web_sys::Element) -> Rect {
    Rect::default()
}
#[must_use]
pub fn viewport() -> (f64, f64) {
    (0.0, 0.0)
}
pub fn set_style(_element: &HtmlElement, _property: &str, _value: &str) {}
pub fn set_root(_attribute: &str, _value: &str) {}
pub fn on_scroll(_run: impl Fn() + 'static) {}
#[must_use]
pub fn typed_in(_form: &web_sys::HtmlFormElement) -> Vec<(String, String)> {
    Vec::new()
}
pub fn leave_for(_path: &str) {}

pub fn turn_to(_path: &str) {}

#[must_use]
pub fn is_leaving() -> bool {
    false
}

#[must_use]
pub fn address() -> String {
    String::new()
}

pub fn cover(_covered: bool) {}

#[must_use]
pub fn is_covered() -> bool {
    false
}

pub fn on_return(_run: impl Fn() + 'static) {}
#[must_use]
pub fn program() -> String {
    String::new()
}
pub fn reload() {}
pub fn set_cookie(_name: &str, _value: &str) {}
#[must_use]
pub fn clock() -> f64 {
    0.0
}
pub fn type_into(_field: &web_sys::HtmlInputElement, _text: &str) {}
#[must_use]
pub fn fresh_id() -> String {
    String::new()
}
#[must_use]
pub fn origin() -> String {
    String::new()
}
#[must_use]
pub fn copy_selected() -> bool {
    false
}
pub fn carry(_event: &leptos::ev::DragEvent, _what: &str) {}
#[must_use]
pub fn value_at(_id: &str) -> Option<String> {
    None
}
pub fn when_no_menu_is_open(_run: Box<dyn FnOnce()>) {}
#[must_use]
pub fn on_a_mac() -> bool {
    false
}
