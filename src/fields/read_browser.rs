//! The browser's version of `read`: it keeps texts as they are and only checks choices. The server parses them and
//! finds the problems, because the parsers of days, numbers and addresses would make the browser's code much larger.

use super::input::{TypedAt, numbers};
use super::model::Shape;
use crate::error::Problem;
use serde_json::Value;

/// The same as on the server, but most values stay texts.
///
/// # Errors
/// `Unknown` for a choice that is not in the list.
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
