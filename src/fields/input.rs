//! The described fields of a form as typed, and how they become facts: texts by key are parsed to values, and the
//! values are put into the facts. Pure. The rules of a whole record are in its own `input`.

use super::model::{Field, FieldChoice, Shape};
use super::read::read;
use crate::checks::Problems;
use crate::error::{FieldProblem, Problem};
use crate::i18n::Locale;
use crate::journal::model::{Fields, fields_of};
use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The day and the language in which something is typed: "tomorrow" and "3/4" depend on them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TypedAt {
    pub today: NaiveDate,
    pub locale: Locale,
}

/// The texts of a form's described fields by key. Keys that are no field of the record are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TypedFields(BTreeMap<String, Value>);

impl TypedFields {
    /// The texts of these fields for the values in the facts, in this language.
    #[must_use]
    pub fn of(fields: &[Field], facts: &impl Serialize, locale: Locale) -> Self {
        let facts = fields_of(facts);
        let nothing = Value::Null;
        let typed = fields.iter().map(|field| {
            let value = facts.get(&*field.key).unwrap_or(&nothing);
            (field.key.to_string(), Value::String(field.typed(value, locale)))
        });
        Self(typed.collect())
    }

    /// The text of a field; for several choices their numbers, separated by commas. Empty if the value is no text.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        match self.0.get(key) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Array(all)) => {
                let texts = all.iter().filter_map(Value::as_str).filter(|text| !text.is_empty());
                texts.collect::<Vec<_>>().join(",")
            }
            _ => String::new(),
        }
    }

    /// Whether the form contained the field.
    #[must_use]
    pub fn holds(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Sets the text of a field.
    pub fn set(&mut self, key: &str, text: impl Into<String>) {
        self.0.insert(key.to_owned(), Value::String(text.into()));
    }

    /// Parses these fields into `values`; each problem is added at its field. One of the firm's own fields that the
    /// form did not contain is not added, so it stays as it is.
    pub fn read<'a>(
        &self,
        fields: impl IntoIterator<Item = &'a Field>,
        when: TypedAt,
        wrong: &mut Problems,
        values: &mut Fields,
    ) {
        for field in fields {
            let several = matches!(field.shape, Shape::Choices(_));
            match self.0.get(&*field.key) {
                None if field.own => {}
                None | Some(Value::String(_)) => self.read_one(field, when, wrong, values),
                Some(Value::Array(all)) if several && all.iter().all(Value::is_string) => {
                    self.read_one(field, when, wrong, values);
                }
                Some(_) => wrong.add(&field.key, Problem::Unknown),
            }
        }
    }

    /// Parses one field. A required one without a value is a problem.
    fn read_one(&self, field: &Field, when: TypedAt, wrong: &mut Problems, values: &mut Fields) {
        let value = field.read(&self.text(&field.key), when, wrong);
        if field.required && field.is_empty(&value) && wrong.0.iter().all(|one| one.field != field.key) {
            wrong.add(&field.key, Problem::Required);
        }
        values.insert(field.key.to_string(), value);
    }
}

impl TypedFields {
    /// The facts with the parsed values of these fields.
    ///
    /// # Errors
    /// Each problem at its field.
    pub fn on<F: Serialize + DeserializeOwned>(
        &self,
        facts: &F,
        fields: &[Field],
        when: TypedAt,
    ) -> Result<F, Vec<FieldProblem>> {
        let (mut wrong, mut values) = (Problems::default(), Fields::new());
        self.read(fields, when, &mut wrong, &mut values);
        if wrong.0.is_empty() { put(facts, &values) } else { Err(wrong.0) }
    }
}

impl<K: Into<String>, V: Into<String>, const N: usize> From<[(K, V); N]> for TypedFields {
    fn from(typed: [(K, V); N]) -> Self {
        Self(typed.map(|(key, text)| (key.into(), Value::String(text.into()))).into_iter().collect())
    }
}

impl Field {
    /// Parses a text for this field.
    ///
    /// # Errors
    /// The problems of the text.
    pub fn value(&self, typed: &str, when: TypedAt) -> Result<Value, Vec<FieldProblem>> {
        let mut wrong = Problems::default();
        let value = self.read(typed, when, &mut wrong);
        if wrong.0.is_empty() { Ok(value) } else { Err(wrong.0) }
    }

    fn read(&self, typed: &str, when: TypedAt, wrong: &mut Problems) -> Value {
        let text = match self.shape {
            Shape::Text(most) => wrong.lines(&self.key, typed, most),
            Shape::Line(most) => wrong.line(&self.key, typed, most),
            _ => wrong.line(&self.key, typed, LONGEST),
        };
        match read(&self.shape, text, when) {
            Ok(value) => value,
            Err(problem) => wrong.at(&self.key, problem).unwrap_or_default(),
        }
    }
}

/// The longest text of a field that is not text itself, such as a number or a link. A web address can be this long.
const LONGEST: u32 = 1_000;

/// Parses numbers of choices, separated by commas; each once, in the order of the choices. `None` if one is not among
/// the choices.
pub(super) fn numbers(typed: &str, choices: &[FieldChoice]) -> Option<Vec<u32>> {
    let wanted: Option<Vec<u32>> = typed.split(',').map(|nr| nr.trim().parse().ok()).collect();
    let wanted = wanted?;
    let known = wanted.iter().all(|nr| choices.iter().any(|choice| choice.nr == *nr));
    let in_order = choices.iter().map(|choice| choice.nr).filter(|nr| wanted.contains(nr));
    known.then(|| in_order.collect())
}

/// The facts with these values put in.
///
/// # Errors
/// If a value does not fit the type of its fact: a wrong description.
pub fn put<F: Serialize + DeserializeOwned>(facts: &F, values: &Fields) -> Result<F, Vec<FieldProblem>> {
    let mut all = fields_of(facts);
    all.extend(values.clone());
    // Through JSON text, because parsing from values is further code that the browser would load for every kind of
    // record.
    serde_json::from_str(&Value::Object(all).to_string()).map_err(|_| {
        let field = values.keys().next().cloned().unwrap_or_default();
        vec![FieldProblem { field, problem: Problem::Unknown }]
    })
}

#[cfg(test)]
mod tests;
