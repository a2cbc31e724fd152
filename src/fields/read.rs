//! Parses the text of a field by its shape. This is the only parser, for forms, files and calls; the browser has a
//! smaller version of this module (`read_browser`).

use super::input::{TypedAt, numbers};
use super::model::Shape;
use super::number;
use crate::checks::is_email;
use crate::customers::phone::{self, is_phone};
use crate::email;
use crate::error::Problem;
use crate::i18n::money::Wrong;
use crate::i18n::{Money, date, days};
use serde_json::{Value, json};
use uuid::Uuid;

/// The value of a text whose length was checked. An empty text is `null`, except in fields of text.
///
/// # Errors
/// The problem of the text.
pub fn read(shape: &Shape, text: String, when: TypedAt) -> Result<Value, Problem> {
    Ok(match shape {
        Shape::YesNo(..) => Value::Bool(!text.is_empty()),
        Shape::Line(_) | Shape::Text(_) => Value::String(text),
        _ if text.is_empty() => Value::Null,
        Shape::Day => days::read(&text, when.today, when.locale)?.to_string().into(),
        Shape::Moment => date::moment_field(days::read_moment(&text, when.today, when.locale)?).into(),
        Shape::Number => number::parse(&text).ok_or(Problem::BadNumber)?.into(),
        Shape::Money(usual) => {
            let money = match Money::parse(&text, *usual) {
                Err(Wrong::Currency(other)) => Money::parse(&text, other),
                read => read,
            };
            let money = money.map_err(|_| Problem::BadAmount)?;
            json!({"minor": money.minor, "currency": money.currency.code()})
        }
        Shape::Choice(choices) => match numbers(&text, choices).as_deref() {
            Some([nr]) => (*nr).into(),
            _ => return Err(Problem::Unknown),
        },
        Shape::Choices(choices) => numbers(&text, choices).ok_or(Problem::Unknown)?.into(),
        Shape::Link => link(&text).ok_or(Problem::BadLink)?.into(),
        Shape::Phone => {
            let phone = phone::written(&text);
            if is_phone(&phone) { phone.into() } else { return Err(Problem::BadPhone) }
        }
        Shape::Linked(to, _) => {
            let id: Uuid = text.parse().map_err(|_| Problem::Unknown)?;
            json!({to.key(): id})
        }
        Shape::Email => {
            let email = email::written(&text);
            if is_email(&email) { email.into() } else { return Err(Problem::BadEmail) }
        }
    })
}

/// Parses a web address; `www.firma.com` gets the `https://` that a browser would put before it.
fn link(text: &str) -> Option<String> {
    let scheme = ["https://", "http://"]
        .iter()
        .any(|scheme| text.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme)));
    let whole = if scheme { text.to_owned() } else { format!("https://{text}") };
    let host = whole.split_once("://")?.1.split(['/', '?', '#']).next()?;
    let odd = |c: char| c.is_whitespace() || "<>\"'`\\@".contains(c);
    let sound = host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains("..");
    // With something like `javascript:` before the dot it is no host.
    let port = host.split_once(':').is_none_or(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    (sound && port && !host.contains(odd) && !whole.contains(char::is_whitespace)).then_some(whole)
}
