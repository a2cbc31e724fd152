//! The reader of a task's line for the browser, brought with the reader of days when the first letter is typed, or when
//! the page is at rest. On the server it is there at once.

use super::{Quick, understand};
use crate::i18n::Locale;
use crate::ui::Missing;
use chrono::NaiveDate;
use leptos::wasm_split::wasm_split;

/// As [`understand`].
///
/// # Errors
/// `Missing` where it does not come.
#[wasm_split(days, wasm_split_path = leptos::wasm_split, fallible, preload(load_days))]
pub fn read_line(line: String, as_text: String, today: NaiveDate, locale: Locale) -> Result<Quick, Missing> {
    Ok(understand(&line, &as_text, today, locale))
}
