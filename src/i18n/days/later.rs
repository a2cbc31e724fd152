//! Loads the parser of days in the browser when the first day is typed: it is as large as a whole page, and most pages
//! need none. On the server it is linked in.

use super::{read, read_moment};
use crate::error::Problem;
use crate::i18n::Locale;
use crate::ui::Missing;
use chrono::{NaiveDate, NaiveDateTime};
use leptos::wasm_split::wasm_split;

/// As [`read`].
///
/// `Missing` if it could not be loaded.
#[wasm_split(days, wasm_split_path = leptos::wasm_split, fallible)]
pub fn read_day(
    typed: String,
    today: NaiveDate,
    locale: Locale,
) -> Result<Result<NaiveDate, Problem>, Missing> {
    Ok(read(&typed, today, locale))
}

/// As [`read_moment`].
///
/// `Missing` if it could not be loaded.
#[wasm_split(days, wasm_split_path = leptos::wasm_split, fallible)]
pub fn read_time_of_day(
    typed: String,
    today: NaiveDate,
    locale: Locale,
) -> Result<Result<NaiveDateTime, Problem>, Missing> {
    Ok(read_moment(&typed, today, locale))
}
