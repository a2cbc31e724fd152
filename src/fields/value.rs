//! The value of a field as a form shows it and as people read it, and the day, the amount or the choices that it is.
//! Pure; reading what was typed is in `input`.

use super::model::{Field, FieldChoice, Shape};
use super::number;
use crate::i18n::{Currency, Locale, Money, date};
use chrono::{NaiveDate, NaiveDateTime};
use serde_json::Value;

/// What a ticked box sends.
pub const TICKED: &str = "true";

impl Field {
    /// As the form begins with it. Of several choices their numbers, with commas between.
    #[must_use]
    pub fn typed(&self, value: &Value, locale: Locale) -> String {
        match (&self.shape, value) {
            (Shape::Day, value) => day(value).map(|day| date::day(day, locale)).unwrap_or_default(),
            (Shape::YesNo(..), Value::Bool(true)) => TICKED.to_owned(),
            (Shape::Number, Value::Number(one)) => {
                one.as_i64().map(|one| number::typed(one, locale)).unwrap_or_default()
            }
            (Shape::Money(usual), value) => money(value)
                .map(|money| {
                    let amount = money.typed(locale);
                    if money.currency == *usual { amount } else { format!("{amount} {}", money.currency) }
                })
                .unwrap_or_default(),
            (Shape::Choice(_) | Shape::Choices(_), value) => {
                chosen(value).iter().map(u32::to_string).collect::<Vec<_>>().join(",")
            }
            (Shape::Linked(to, names), value) => {
                let named = |id: &&str| names.contains_key(*id) || value.get("name").is_some();
                to.id(value).filter(named).unwrap_or_default().to_owned()
            }
            (_, Value::String(text)) => text.clone(),
            _ => String::new(),
        }
    }

    /// As people read it; empty where there is nothing.
    #[must_use]
    pub fn said(&self, value: &Value, locale: Locale) -> String {
        let said = self.said_of_shape(value, locale);
        match value {
            // What was typed and is not read yet.
            Value::String(text) if said.is_empty() => text.clone(),
            _ => said,
        }
    }

    fn said_of_shape(&self, value: &Value, locale: Locale) -> String {
        match &self.shape {
            Shape::YesNo(yes, no) => {
                let word = if *value == Value::Bool(true) { yes } else { no };
                word(locale.text()).to_owned()
            }
            Shape::Number => value.as_i64().map(|one| number::said(one, locale)).unwrap_or_default(),
            Shape::Money(_) => money(value).map(|money| money.exact(locale)).unwrap_or_default(),
            Shape::Moment => moment(value).map(|at| date::moment(at, locale)).unwrap_or_default(),
            Shape::Choice(choices) | Shape::Choices(choices) => named(choices, value).join(", "),
            // What is out of sight is not named.
            Shape::Linked(to, names) => {
                let known = to.id(value).and_then(|id| names.get(id)).map(String::as_str);
                let told = value.get("name").and_then(Value::as_str);
                known.or(told).unwrap_or_default().to_owned()
            }
            _ => self.typed(value, locale),
        }
    }

    /// Whether that is no value, so that there is nothing to show. A yes or no of the firm's own that says no shows
    /// nothing either.
    #[must_use]
    pub fn is_empty(&self, value: &Value) -> bool {
        match value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(all) => all.is_empty(),
            Value::Bool(yes) => self.own && !yes,
            _ => false,
        }
    }
}

/// The day that a value is.
#[must_use]
pub fn day(value: &Value) -> Option<NaiveDate> {
    value.as_str().and_then(date::parse)
}

/// The moment that a value is, on the firm's clock.
#[must_use]
pub fn moment(value: &Value) -> Option<NaiveDateTime> {
    value.as_str().and_then(date::parse_moment)
}

/// The amount that a value is.
#[must_use]
pub fn money(value: &Value) -> Option<Money> {
    let minor = value.get("minor")?.as_i64()?;
    Currency::parse(value.get("currency")?.as_str()?).map(|currency| Money::new(minor, currency))
}

/// The numbers of the choices that a value is.
#[must_use]
pub fn chosen(value: &Value) -> Vec<u32> {
    let nr = |one: &Value| one.as_u64().and_then(|nr| u32::try_from(nr).ok());
    match value {
        Value::Array(all) => all.iter().filter_map(nr).collect(),
        one => nr(one).into_iter().collect(),
    }
}

/// What the chosen ones are called; one that nobody knows any more keeps its number.
#[must_use]
pub fn named(choices: &[FieldChoice], value: &Value) -> Vec<String> {
    let name = |nr: u32| {
        let known = choices.iter().find(|choice| choice.nr == nr);
        known.map_or_else(|| nr.to_string(), |choice| choice.name.clone())
    };
    chosen(value).into_iter().map(name).collect()
}
