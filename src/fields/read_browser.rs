//! What was typed in a field as the browser takes it: text, unless it can only be chosen. The server reads it and finds
//! the problems; its readers of days, numbers and addresses would weigh as much as a form.

use super::input::{TypedAt, numbers};
use super::model::Shape;
use crate::error::Problem;
use serde_json::Value;

pub fn read(shape: &Shape, text: String, _when: TypedAt) -> Result<Value, Problem> {
    Ok(match shape {
        Shape::YesNo(..) => Value::Bool(!text.is_empty()),
        Shape::Line(_) | Shape::Text(_) => Value::String(text),
        _ if text.is_empty() => Value::Null,
        Shape::Choice(choices) => match numbers(&text, choices).as_deref() {
            Some([nr]) => (*nr).into(),
            _ => return Err(Problem::Unknown),
        },
        Shape::Choices(choices) => numbers(&text, choices).ok_or(Problem::Unknown)?.into(),
        _ => Value::String(text),
    })
}
