//! The value of a condition as written in an address, independent of language: a day as `2026-12-31`, a number in
//! ten-thousandths, an amount as `125000 TRY`, a choice by its number, a record by its id. Pure.

use super::model::{Condition, How};
use crate::fields::model::{Field, Label, Shape};
use crate::fields::value::{day, moment};
use crate::i18n::{Currency, Locale};
use serde_json::{Value, json};
use std::borrow::Cow;

/// The value as written in an address.
#[must_use]
pub fn coded(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Object(parts) => {
            let id = parts.get("record").or_else(|| parts.get("person")).and_then(Value::as_str);
            let money = || {
                let minor = parts.get("minor")?.as_i64()?;
                Some(format!("{minor} {}", parts.get("currency")?.as_str()?))
            };
            id.map(str::to_owned).or_else(money).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// Parses a value for a field of that shape; `None` if it is no valid value of it.
#[must_use]
pub fn value_of(shape: &Shape, code: &str) -> Option<Value> {
    let text = Value::String(code.to_owned());
    Some(match shape {
        Shape::Line(_) | Shape::Text(_) | Shape::Link | Shape::Phone | Shape::Email => text,
        Shape::Day => day(&text).map(|_| text)?,
        Shape::Moment => moment(&text).map(|_| text)?,
        Shape::Number => code.parse::<i64>().ok()?.into(),
        Shape::Money(_) => {
            let (minor, currency) = code.split_once(' ')?;
            let (minor, currency) = (minor.parse::<i64>().ok()?, Currency::parse(currency)?);
            json!({"minor": minor, "currency": currency.code()})
        }
        Shape::Choice(_) | Shape::Choices(_) => code.parse::<u32>().ok()?.into(),
        Shape::YesNo(..) => return None,
        Shape::Linked(to, _) => json!({to.key(): code}),
    })
}

/// The form field for the value: a single choice for fields of several choices, one line for any text.
#[must_use]
pub fn asked(field: &Field) -> Field {
    let shape = match &field.shape {
        Shape::Choices(choices) => Shape::Choice(choices.clone()),
        Shape::Text(_) | Shape::Link | Shape::Phone | Shape::Email => Shape::Line(200),
        other => other.clone(),
    };
    Field {
        key: Cow::Borrowed("value"),
        label: Label::Word(|text| text.filters().value),
        hint: None,
        shape,
        required: true,
        ..field.clone()
    }
}

/// The condition in words, for its chip above the list.
#[must_use]
pub fn said(field: &Field, condition: &Condition, locale: Locale) -> String {
    let text = locale.text();
    let (words, name) = (text.filters(), field.called(text));
    let value = value_of(&field.shape, &condition.value).map(|value| field.said(&value, locale));
    let value = value.filter(|said| !said.is_empty()).unwrap_or_else(|| words.unseen.to_owned());
    match (&field.shape, condition.how) {
        (Shape::YesNo(yes, _), How::Filled) => (words.is)(&name, yes(text)),
        (Shape::YesNo(_, no), How::Empty) => (words.is)(&name, no(text)),
        (_, How::Is) => (words.is)(&name, &value),
        (_, How::IsNot) => (words.is_not)(&name, &value),
        (_, How::Has) => (words.has)(&name, &value),
        (_, How::From) => (words.from)(&name, &value),
        (_, How::Until) => (words.until)(&name, &value),
        (_, How::Filled) => (words.filled)(&name),
        (_, How::Empty) => (words.empty)(&name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::model::{FieldChoice, LinkTo, Names};

    #[test]
    fn a_value_survives_its_address() {
        let choices = vec![FieldChoice { nr: 2, name: "Çatı".into(), archived: false }];
        for (shape, value) in [
            (Shape::Line(200), json!("a.b · ş")),
            (Shape::Day, json!("2026-12-31")),
            (Shape::Moment, json!("2026-12-31T14:05")),
            (Shape::Number, json!(-125_000)),
            (Shape::Money(Currency::Try), json!({"minor": 125_000, "currency": "EUR"})),
            (Shape::Choice(choices.clone()), json!(2)),
            (Shape::Linked(LinkTo::Person, Names::new()), json!({"person": "x"})),
        ] {
            assert_eq!(value_of(&shape, &coded(&value)), Some(value));
        }
        for (shape, odd) in
            [(Shape::Day, "31.12.2026"), (Shape::Number, "1,5"), (Shape::Money(Currency::Try), "5")]
        {
            assert_eq!(value_of(&shape, odd), None, "{odd}");
        }
    }
}
