//! Forms as data: the typed fields of a form, by name, as the struct that the server function takes. It knows no form
//! in particular.
//!
//! A field whose name ends in `[]` may come several times and becomes a list; `contacts[0].name` is not supported: rows
//! of a table use parallel lists.

use serde_json::{Map, Value};

/// The typed fields as one JSON object: what a `…Form` struct is read from, in the browser and for plain forms alike.
#[must_use]
pub fn fields_of(typed: &[(String, String)]) -> Map<String, Value> {
    let mut fields = Map::new();
    for (name, text) in typed {
        let value = Value::String(text.clone());
        match name.strip_suffix("[]") {
            Some(list) => match fields.entry(list.to_owned()).or_insert_with(|| Value::Array(Vec::new())) {
                Value::Array(values) => values.push(value),
                other => *other = Value::Array(vec![value]),
            },
            None => {
                fields.insert(name.clone(), value);
            }
        }
    }
    fields
}

/// The typed fields as their form; `None` when they can't be one of ours.
#[must_use]
pub fn form_of<F: serde::de::DeserializeOwned>(typed: &[(String, String)]) -> Option<F> {
    // Through text: reading values is a second reader, and the browser would load every form's code for it.
    serde_json::from_str(&Value::Object(fields_of(typed)).to_string()).ok()
}
