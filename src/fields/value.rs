//! The values of fields: as text for a form and for reading, and as day, amount or choices. Pure. Parsing of typed text
//! is in `input`.

use super::model::{Field, FieldChoice, Shape};
use super::number;
use crate::i18n::fold::search_key;
use crate::i18n::{Currency, Locale, Money, date};
use chrono::{NaiveDate, NaiveDateTime};
use serde_json::Value;

/// The value that a ticked checkbox sends.
pub const TICKED: &str = "true";

/// Whether the value has the form that this shape writes.
#[must_use]
pub fn is_of(shape: &Shape, value: &Value) -> bool {
    match shape {
        Shape::Line(_) | Shape::Text(_) | Shape::Link | Shape::Phone | Shape::Email => value.is_string(),
        Shape::Day => day(value).is_some(),
        Shape::Moment => moment(value).is_some(),
        Shape::Number | Shape::Choice(_) => value.is_i64(),
        Shape::Choices(_) => value.is_array() || value.is_i64(),
        Shape::Money(_) => money(value).is_some(),
        Shape::YesNo(..) => value.is_boolean(),
        Shape::Linked(to, _) => to.id(value).is_some(),
    }
}

/// The numbers of the choices with these names, separated by commas; `None` if one is no name of a choice.
#[must_use]
pub fn by_name(choices: &[FieldChoice], text: &str) -> Option<String> {
    let called = |name: &str| {
        let key = search_key(name);
        let same = |choice: &&FieldChoice| {
            choice.name == name.trim() || (!key.is_empty() && search_key(&choice.name) == key)
        };
        choices.iter().find(same).map(|choice| choice.nr.to_string())
    };
    // The name of a choice can contain a comma, so the whole text is tried first.
    called(text).or_else(|| {
        let parts = text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
        let all: Option<Vec<String>> = parts.map(called).collect();
        all.filter(|all| !all.is_empty()).map(|all| all.join(","))
    })
}

impl Field {
    /// Whether the value was written with the present shape, not with a former one. Days and texts have the same form,
    /// so for a text that was a day before, a value with the form of a day counts as the older.
    #[must_use]
    pub fn is_current(&self, value: &Value) -> bool {
        let day = |shape: &Shape| matches!(shape, Shape::Day | Shape::Moment) && is_of(shape, value);
        let text = matches!(self.shape, Shape::Line(_) | Shape::Text(_));
        is_of(&self.shape, value) && !(text && self.formers.last().is_some_and(day))
    }

    /// The text of a value that was written with a former shape: the latest one that it fits.
    fn formerly(&self, value: &Value, locale: Locale) -> Option<String> {
        if self.formers.is_empty() || self.is_empty(value) || self.is_current(value) {
            return None;
        }
        let shape = self.formers.iter().rev().find(|shape| is_of(shape, value))?;
        Some(Self { shape: shape.clone(), formers: Vec::new(), ..self.clone() }.said(value, locale))
    }

    /// The value as text for a form; for several choices their numbers, separated by commas.
    #[must_use]
    pub fn typed(&self, value: &Value, locale: Locale) -> String {
        if let Some(text) = self.formerly(value, locale) {
            return match &self.shape {
                Shape::Choice(choices) | Shape::Choices(choices) => {
                    by_name(choices, &text).unwrap_or_default()
                }
                _ => text,
            };
        }
        match (&self.shape, value) {
            (Shape::Day, value) => day(value).map(|day| date::day(day, locale)).unwrap_or_default(),
            (Shape::Moment, value) => moment(value).map(|at| date::moment(at, locale)).unwrap_or_default(),
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

    /// The value as text for reading; empty without a value.
    #[must_use]
    pub fn said(&self, value: &Value, locale: Locale) -> String {
        if let Some(text) = self.formerly(value, locale) {
            return text;
        }
        let said = self.said_of_shape(value, locale);
        match value {
            // A text as typed, which the server has not parsed yet.
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
            Shape::Choice(choices) | Shape::Choices(choices) => named(choices, value).join(", "),
            // A target that is out of reach has no name here.
            Shape::Linked(to, names) => {
                let known = to.id(value).and_then(|id| names.get(id)).map(String::as_str);
                let told = value.get("name").and_then(Value::as_str);
                known.or(told).unwrap_or_default().to_owned()
            }
            _ => self.typed(value, locale),
        }
    }

    /// Whether the value counts as none, so that nothing is shown. A "no" in one of the firm's own fields counts as
    /// none.
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

/// The day in a value.
#[must_use]
pub fn day(value: &Value) -> Option<NaiveDate> {
    value.as_str().and_then(date::parse)
}

/// The moment in a value, in the firm's time zone.
#[must_use]
pub fn moment(value: &Value) -> Option<NaiveDateTime> {
    value.as_str().and_then(date::parse_moment)
}

/// The amount in a value.
#[must_use]
pub fn money(value: &Value) -> Option<Money> {
    let minor = value.get("minor")?.as_i64()?;
    Currency::parse(value.get("currency")?.as_str()?).map(|currency| Money::new(minor, currency))
}

/// The numbers of the choices in a value.
#[must_use]
pub fn chosen(value: &Value) -> Vec<u32> {
    let nr = |one: &Value| one.as_u64().and_then(|nr| u32::try_from(nr).ok());
    match value {
        Value::Array(all) => all.iter().filter_map(nr).collect(),
        one => nr(one).into_iter().collect(),
    }
}

/// The names of the choices in a value; an unknown number is shown as it is.
#[must_use]
pub fn named(choices: &[FieldChoice], value: &Value) -> Vec<String> {
    let name = |nr: u32| {
        let known = choices.iter().find(|choice| choice.nr == nr);
        known.map_or_else(|| nr.to_string(), |choice| choice.name.clone())
    };
    chosen(value).into_iter().map(name).collect()
}
