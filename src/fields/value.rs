//! The value of a field as a form shows it, as people read it and as a date or a yes that other code asks for. Pure.

use super::model::{Field, Shape};
use crate::i18n::{Locale, date};
use chrono::NaiveDate;
use serde_json::Value;

/// What a ticked box sends.
pub const TICKED: &str = "true";

impl Field {
    /// As the form begins with it.
    #[must_use]
    pub fn typed(&self, value: &Value, locale: Locale) -> String {
        match (self.shape, value) {
            (Shape::Day, value) => day(value).map(|day| date::day(day, locale)).unwrap_or_default(),
            (Shape::YesNo(..), Value::Bool(true)) => TICKED.to_owned(),
            (_, Value::String(text)) => text.clone(),
            _ => String::new(),
        }
    }

    /// As people read it; empty where there is nothing.
    #[must_use]
    pub fn said(&self, value: &Value, locale: Locale) -> String {
        match self.shape {
            Shape::YesNo(yes, no) => {
                let word = if *value == Value::Bool(true) { yes } else { no };
                word(locale.text()).to_owned()
            }
            _ => self.typed(value, locale),
        }
    }
}

/// The day that a value is.
#[must_use]
pub fn day(value: &Value) -> Option<NaiveDate> {
    value.as_str().and_then(date::parse)
}
