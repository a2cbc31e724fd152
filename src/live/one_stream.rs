//! The stream of changes, one for all tabs of a browser (`one_stream.js`). Its twin is `one_stream_none.rs`.

use leptos::prelude::*;
use leptos::wasm_bindgen::{self, JsCast, closure::Closure, prelude::wasm_bindgen};

const ADDRESS: &str = "/live";

#[wasm_bindgen(module = "/src/live/one_stream.js")]
extern "C" {
    #[wasm_bindgen(js_name = follow)]
    fn follow_in_one_tab(
        address: &str,
        name: &str,
        heard: &js_sys::Function,
        open: &js_sys::Function,
        missed: &js_sys::Function,
        program: &js_sys::Function,
    ) -> js_sys::Function;
}

/// Follows the stream until the reactive owner is dropped, together with the other tabs that use the same `name`.
/// `heard` gets each message, `open` whether the stream is connected, `program` the name of the server's present
/// program for the browser; `missed` is called when messages may have been lost.
pub fn follow(
    name: &str,
    heard: impl Fn(String) + 'static,
    open: impl Fn(bool) + 'static,
    missed: impl Fn() + 'static,
    program: impl Fn(String) + 'static,
) {
    let heard = Closure::<dyn Fn(String)>::new(heard);
    let open = Closure::<dyn Fn(bool)>::new(open);
    let missed = Closure::<dyn Fn()>::new(missed);
    let program = Closure::<dyn Fn(String)>::new(program);
    let end = follow_in_one_tab(
        ADDRESS,
        name,
        heard.as_ref().unchecked_ref(),
        open.as_ref().unchecked_ref(),
        missed.as_ref().unchecked_ref(),
        program.as_ref().unchecked_ref(),
    );
    let kept = StoredValue::new_local((end, heard, open, missed, program));
    on_cleanup(move || {
        kept.with_value(|(end, ..)| {
            let _ = end.call0(&leptos::wasm_bindgen::JsValue::NULL);
        });
    });
}
