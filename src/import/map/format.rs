//! The format of a file, as the map gives it: separator, encoding, how numbers and days are written, and which texts
//! are replaced. Pure; `table` and `value` do the parsing.

use serde::Deserialize;
use std::collections::BTreeMap;

/// How values are written. What the `format` of a file leaves out is taken from the map's general one.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Format {
    pub separator: Option<char>,
    pub encoding: Option<Encoding>,
    /// True if quoted cells of several lines may have as many separators as a row; then the report does not ask.
    pub multiline: Option<bool>,
    /// Date formats in strftime's letters, or `excel` for day numbers; the first that fits is used.
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
    /// The encoding in which Excel saves on a Turkish Windows.
    #[serde(rename = "windows-1254")]
    Windows1254,
}

impl Format {
    /// This format, completed by the general one.
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

/// What every section has: its file and how to read it.
#[derive(Clone, Debug, Default)]
pub struct Source {
    pub file: String,
    pub format: Format,
    pub translate: Translate,
}

/// Replacements by column: the text in the file and the text to read instead.
pub type Translate = BTreeMap<String, BTreeMap<String, String>>;
