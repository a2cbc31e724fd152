//! Fields as they are typed: by key, all of it text, beside what a form holds by hand. One way from there to values and
//! from values to facts. Pure; the rules of a whole record are in its own `input`.

use super::model::{Field, FieldChoice, Shape};
use super::number;
use crate::checks::{Problems, is_email};
use crate::customers::phone::{self, is_phone};
use crate::email;
use crate::error::{FieldProblem, Problem};
use crate::i18n::money::Wrong;
use crate::i18n::{Locale, Money, date, days};
use crate::journal::model::{Fields, fields_of};
use chrono::{NaiveDate, NaiveDateTime};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
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
        match self.shape.read(text, when) {
            Ok(value) => value,
            Err(problem) => wrong.at(&self.key, problem).unwrap_or_default(),
        }
    }
}

impl Shape {
    /// The value of a text that is not too long; `null` of an empty one, where it is no text.
    fn read(&self, text: String, when: TypedAt) -> Result<Value, Problem> {
        Ok(match self {
            Self::YesNo(..) => Value::Bool(!text.is_empty()),
            Self::Line(_) | Self::Text(_) => Value::String(text),
            _ if text.is_empty() => Value::Null,
            Self::Day => days::read(&text, when.today, when.locale)?.to_string().into(),
            Self::Moment => {
                let at = date::parse_moment(&text)
                    .or_else(|| written_moment(&text, when))
                    .ok_or(Problem::BadDate)?;
                date::moment_field(at).into()
            }
            Self::Number => number::parse(&text).ok_or(Problem::BadNumber)?.into(),
            Self::Money(usual) => {
                let money = match Money::parse(&text, *usual) {
                    Err(Wrong::Currency(other)) => Money::parse(&text, other),
                    read => read,
                };
                let money = money.map_err(|_| Problem::BadAmount)?;
                json!({"minor": money.minor, "currency": money.currency.code()})
            }
            Self::Choice(choices) => match numbers(&text, choices).as_deref() {
                Some([nr]) => (*nr).into(),
                _ => return Err(Problem::Unknown),
            },
            Self::Choices(choices) => numbers(&text, choices).ok_or(Problem::Unknown)?.into(),
            Self::Link => link(&text).ok_or(Problem::BadLink)?.into(),
            Self::Phone => {
                let phone = phone::written(&text);
                if is_phone(&phone) { phone.into() } else { return Err(Problem::BadPhone) }
            }
            Self::Email => {
                let email = email::written(&text);
                if is_email(&email) { email.into() } else { return Err(Problem::BadEmail) }
            }
        })
    }
}

/// The longest line of what is no text: an address of the web may have a thousand letters.
const LONGEST: u32 = 1_000;

/// A moment as people write it, and as files have it: `31.12.2026 14:05`.
fn written_moment(text: &str, when: TypedAt) -> Option<NaiveDateTime> {
    let (day, time) = text.rsplit_once(' ')?;
    let day = days::read(day, when.today, when.locale).ok()?;
    date::parse_moment(&format!("{day}T{time}"))
}

/// The numbers of these choices, each once, in their order; none where one is no choice.
fn numbers(typed: &str, choices: &[FieldChoice]) -> Option<Vec<u32>> {
    let wanted: Option<Vec<u32>> = typed.split(',').map(|nr| nr.trim().parse().ok()).collect();
    let wanted = wanted?;
    let known = wanted.iter().all(|nr| choices.iter().any(|choice| choice.nr == *nr));
    let in_order = choices.iter().map(|choice| choice.nr).filter(|nr| wanted.contains(nr));
    known.then(|| in_order.collect())
}

/// An address of the web; `www.firma.com` gets what a browser would put before it.
fn link(text: &str) -> Option<String> {
    let scheme = ["https://", "http://"]
        .iter()
        .any(|scheme| text.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme)));
    let whole = if scheme { text.to_owned() } else { format!("https://{text}") };
    let host = whole.split_once("://")?.1.split(['/', '?', '#']).next()?;
    let odd = |c: char| c.is_whitespace() || "<>\"'`\\@".contains(c);
    let sound = host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains("..");
    // Something like `javascript:` before the dot is no host.
    let port = host.split_once(':').is_none_or(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    (sound && port && !host.contains(odd) && !whole.contains(char::is_whitespace)).then_some(whole)
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
