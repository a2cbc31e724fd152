//! Forms as data: reads a form's typed fields, by name, into the struct that the server function takes. It knows no
//! particular form.
//!
//! A field whose name ends in `[]` may come several times and becomes a list. `contacts[0].name` is not supported: rows
//! of a table use parallel lists.

use serde_json::{Map, Value};

/// The typed fields as one JSON object, from which a `…Form` struct is read, in the browser and for plain forms alike.
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

/// Reads the typed fields into a form; `None` when they do not fit.
#[must_use]
pub fn form_of<F: serde::de::DeserializeOwned>(typed: &[(String, String)]) -> Option<F> {
    // Through JSON text: deserializing from `Value` would add a second deserializer for every form to the browser's
    // program.
    serde_json::from_str(&Value::Object(fields_of(typed)).to_string()).ok()
}
