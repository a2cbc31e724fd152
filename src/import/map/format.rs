//! How a file is written, as the map says it: what parts cells, in which letters, which signs stand in numbers and
//! days, and what its words are read as. Pure; `table` and `value` do the reading.

use serde::Deserialize;
use std::collections::BTreeMap;

/// How values are written. What a file's own `format` leaves out is as in the map's.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Format {
    pub separator: Option<char>,
    pub encoding: Option<Encoding>,
    /// Whether quoted cells over several lines are meant to hold as many separators as a row.
    pub multiline: Option<bool>,
    /// In the letters of strftime, or `excel` for day numbers; the first that fits.
    pub dates: Option<Vec<String>>,
    pub decimal: Option<char>,
    pub thousands: Option<char>,
    pub currency: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Encoding {
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    #[serde(rename = "utf-16")]
    Utf16,
    /// What Excel writes on a Turkish Windows.
    #[serde(rename = "windows-1254")]
    Windows1254,
}

impl Format {
    /// This format where it says something, else the general one.
    #[must_use]
    pub fn over(&self, general: &Self) -> Self {
        Self {
            separator: self.separator.or(general.separator),
            encoding: self.encoding.or(general.encoding),
            multiline: self.multiline.or(general.multiline),
            dates: self.dates.clone().or_else(|| general.dates.clone()),
            decimal: self.decimal.or(general.decimal),
            thousands: self.thousands.or(general.thousands),
            currency: self.currency.clone().or_else(|| general.currency.clone()),
        }
    }
}

/// What every file has.
#[derive(Clone, Debug, Default)]
pub struct Source {
    pub file: String,
    pub format: Format,
    pub translate: Translate,
}

/// By column: what stands there → what it is read as.
pub type Translate = BTreeMap<String, BTreeMap<String, String>>;
