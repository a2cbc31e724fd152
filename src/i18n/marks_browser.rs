//! Letters and their marks taken apart by the browser, which has the tables of Unicode: they weigh 50 KB on their way there. What it knows
//! of newer letters than the server does not matter: only what the server folds is kept.

use js_sys::{JsString, RegExp};

pub fn apart(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    JsString::from(text).normalize("NFKD").into()
}

pub fn without_marks(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    JsString::from(text).replace_by_pattern(&RegExp::new(r"\p{M}", "gu"), "").into()
}
