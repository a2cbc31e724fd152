//! The values of a record in the firm's own fields. In the facts each is stored under the key of its field, beside the
//! built-in ones, so events, undo and conflicts handle both alike. Pure; parsing values is in `fields::input`.

use crate::fields::input::TypedFields;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The values by key; a field without a value has no entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct OwnValues(BTreeMap<String, Value>);

/// The key of the field with this number.
#[must_use]
pub fn key(nr: i64) -> String {
    format!("own_{nr}")
}

/// Whether this is the key of an own field.
#[must_use]
pub fn is_key(key: &str) -> bool {
    key.strip_prefix("own_").is_some_and(|nr| !nr.is_empty() && nr.bytes().all(|byte| byte.is_ascii_digit()))
}

impl OwnValues {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These values, and those of `now` in fields that the form did not contain: it was drawn before these fields were
    /// added.
    #[must_use]
    pub fn over(mut self, now: &Self, form: &TypedFields) -> Self {
        let left = now.0.iter().filter(|(key, _)| !form.holds(key));
        self.0.extend(left.map(|(key, value)| (key.clone(), value.clone())));
        self
    }

    /// Each value with its key.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Sets a value, or removes it.
    pub fn put(&mut self, key: &str, value: Option<Value>) {
        match value {
            Some(value) => self.0.insert(key.to_owned(), value),
            None => self.0.remove(key),
        };
    }

    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }
}

/// Whether this counts as no value: an empty text, a "no", an empty list, `null`.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.is_empty(),
        _ => false,
    }
}

impl<'de> Deserialize<'de> for OwnValues {
    /// Ignores all keys that are not of own fields.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Beside;
        impl<'de> Visitor<'de> for Beside {
            type Value = OwnValues;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("fields by their keys")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<OwnValues, M::Error> {
                let mut values = BTreeMap::new();
                while let Some(name) = map.next_key::<String>()? {
                    if is_key(&name) {
                        let value: Value = map.next_value()?;
                        if !is_nothing(&value) {
                            values.insert(name, value);
                        }
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(OwnValues(values))
            }
        }
        deserializer.deserialize_map(Beside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_values_of_own_fields_are_kept() {
        let text = concat!(
            r#"{"name": "x", "own_1": "a", "own_2": null, "own_3": "", "#,
            r#""own_4": false, "own_x": 1, "own_5": [1]}"#
        );
        let values: OwnValues = serde_json::from_str(text).expect("any object");
        assert_eq!(serde_json::to_string(&values).expect("plain values"), r#"{"own_1":"a","own_5":[1]}"#);
    }
}
