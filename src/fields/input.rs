//! Fields as they are typed: by key, all of it text, beside what a form holds by hand. One way from there to values and
//! from values to facts. Pure; the rules of a whole record are in its own `input`.

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

/// On which day and in which language something is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TypedAt {
    pub today: NaiveDate,
    pub locale: Locale,
}

/// The described fields of a form. What is no field of the record is left aside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TypedFields(BTreeMap<String, Value>);

impl TypedFields {
    /// The fields as they stand in the facts, in the writing of that language.
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

    /// What was typed in the field, of several choices their numbers with commas between; nothing where it is no text.
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

    /// Whether the field was there at all.
    #[must_use]
    pub fn holds(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    pub fn set(&mut self, key: &str, text: impl Into<String>) {
        self.0.insert(key.to_owned(), Value::String(text.into()));
    }

    /// Adds the values of these fields; each problem is told at its field. One of the firm's own that the form did not
    /// hold is left as it is.
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

    fn read_one(&self, field: &Field, when: TypedAt, wrong: &mut Problems, values: &mut Fields) {
        let value = field.read(&self.text(&field.key), when, wrong);
        if field.required && field.is_empty(&value) && wrong.0.iter().all(|one| one.field != field.key) {
            wrong.add(&field.key, Problem::Required);
        }
        values.insert(field.key.to_string(), value);
    }
}

impl TypedFields {
    /// The facts with what was typed in these fields.
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
    /// The value of what was typed.
    ///
    /// # Errors
    /// What is wrong with it.
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

/// The longest line of what is no text: an address of the web may have a thousand letters.
const LONGEST: u32 = 1_000;

/// The numbers of these choices, each once, in their order; none where one is no choice.
pub(super) fn numbers(typed: &str, choices: &[FieldChoice]) -> Option<Vec<u32>> {
    let wanted: Option<Vec<u32>> = typed.split(',').map(|nr| nr.trim().parse().ok()).collect();
    let wanted = wanted?;
    let known = wanted.iter().all(|nr| choices.iter().any(|choice| choice.nr == *nr));
    let in_order = choices.iter().map(|choice| choice.nr).filter(|nr| wanted.contains(nr));
    known.then(|| in_order.collect())
}

/// The facts with these values.
///
/// # Errors
/// Where a value can't be one of these facts: a description that does not fit them.
pub fn put<F: Serialize + DeserializeOwned>(facts: &F, values: &Fields) -> Result<F, Vec<FieldProblem>> {
    let mut all = fields_of(facts);
    all.extend(values.clone());
    // Through text: reading values is a second reader, and the browser would load every kind's code for it.
    serde_json::from_str(&Value::Object(all).to_string()).map_err(|_| {
        let field = values.keys().next().cloned().unwrap_or_default();
        vec![FieldProblem { field, problem: Problem::Unknown }]
    })
}

#[cfg(test)]
mod tests;
