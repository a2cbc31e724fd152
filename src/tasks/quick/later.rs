//! Loads the parser of task lines in the browser (a wasm part, together with the parser of days) when the first letter
//! is typed or when the page is idle. On the server it is linked in.

use super::{Quick, understand};
use crate::i18n::Locale;
use crate::ui::Missing;
use chrono::NaiveDate;
use leptos::wasm_split::wasm_split;

/// As [`understand`].
///
/// # Errors
/// `Missing` if it could not be loaded.
#[wasm_split(days, wasm_split_path = leptos::wasm_split, fallible, preload(load_days))]
pub fn read_line(line: String, as_text: String, today: NaiveDate, locale: Locale) -> Result<Quick, Missing> {
    Ok(understand(&line, &as_text, today, locale))
}
