//! The description of a field: its key in facts, events, forms and files, its label, and the shape of its values. Pure,
//! and for all kinds of record. A built-in field and one of the firm's own have the same description.

use super::own::of::FieldsOf;
use crate::i18n::{Currency, Text};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A word of the program, in the language of the text.
pub type Word = fn(&'static Text) -> &'static str;

/// The longest line in characters, unless a field has its own limit.
pub const LINE: u32 = 200;
/// The longest text of several lines in characters, unless a field has its own limit.
pub const TEXT: u32 = 10_000;

/// A label: a word of the program, or a name that the firm has given.
#[derive(Clone, Debug)]
pub enum Label {
    Word(Word),
    Own(String),
}

impl Label {
    /// The label in this language.
    #[must_use]
    pub fn said(&self, text: &'static Text) -> Cow<'_, str> {
        match self {
            Self::Word(word) => Cow::Borrowed(word(text)),
            Self::Own(name) => Cow::Borrowed(name),
        }
    }
}

/// One of the choices of a field. Its number stays when it is renamed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChoice {
    pub nr: u32,
    pub name: String,
    /// It can't be chosen any more; records that have it keep it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
}

/// The shape of a field's values, with their form in the facts.
#[derive(Clone, Debug)]
pub enum Shape {
    /// One line of at most this many characters.
    Line(u32),
    /// Several lines of at most this many characters in all.
    Text(u32),
    /// A number as an integer in ten-thousandths.
    Number,
    /// `{"minor": 1250, "currency": "TRY"}`. This currency is meant if none was typed.
    Money(Currency),
    /// `2026-12-31`.
    Day,
    /// `2026-12-31T14:05`, in the firm's time zone.
    Moment,
    /// The number of one of these.
    Choice(Vec<FieldChoice>),
    /// A list of the numbers of some of these.
    Choices(Vec<FieldChoice>),
    /// `true` or `false`, with the word for each.
    YesNo(Word, Word),
    /// A web address that begins with `http`.
    Link,
    Phone,
    Email,
    /// `{"record": id}` or `{"person": id}`, with the names of those targets that are known here.
    Linked(LinkTo, Names),
}

/// What a field can link to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkTo {
    /// A person of the firm.
    Person,
    /// A record of this kind.
    Records(FieldsOf),
}

/// Names by id, of what is in reach of the person asking.
pub type Names = BTreeMap<String, String>;

impl LinkTo {
    /// The key of the id in a value.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Records(_) => "record",
        }
    }

    /// The path of the card that a value links to; a person has none.
    #[must_use]
    pub fn card_of(self, value: &Value) -> Option<String> {
        let id = self.id(value)?;
        match self {
            Self::Person => None,
            Self::Records(FieldsOf::Customer) => Some(format!("/customers/{id}")),
            Self::Records(FieldsOf::Deal) => Some(format!("/deals/{id}")),
            Self::Records(FieldsOf::Own(_)) => Some(format!("/records/{id}")),
        }
    }

    /// The id in a value.
    #[must_use]
    pub fn id(self, value: &Value) -> Option<&str> {
        value.get(self.key())?.as_str()
    }
}

/// A field. Without a value it has an empty text, `false` or `null` in the facts.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its key in facts, events and forms.
    pub key: Cow<'static, str>,
    pub label: Label,
    pub hint: Option<Label>,
    pub shape: Shape,
    /// The part of the form that contains it; for the firm's own fields the heading above it.
    pub part: Cow<'static, str>,
    /// Its key in the map of an import, which says what each column of a file is.
    pub map_key: Cow<'static, str>,
    pub required: bool,
    /// Whether it is one of the firm's own fields.
    pub own: bool,
    /// Its former shapes, the latest last: a value that was written before the shape was changed is read by one of
    /// these.
    pub formers: Vec<Shape>,
}

impl Field {
    /// A built-in field.
    #[must_use]
    pub const fn new(part: &'static str, key: &'static str, shape: Shape, label: Word) -> Self {
        Self::with(part, (key, key), shape, label, None)
    }

    /// A built-in field with a hint, and with another key in the map of an import.
    #[must_use]
    pub const fn with(
        part: &'static str,
        (key, map_key): (&'static str, &'static str),
        shape: Shape,
        label: Word,
        hint: Option<Word>,
    ) -> Self {
        Self {
            key: Cow::Borrowed(key),
            label: Label::Word(label),
            hint: match hint {
                Some(hint) => Some(Label::Word(hint)),
                None => None,
            },
            shape,
            part: Cow::Borrowed(part),
            map_key: Cow::Borrowed(map_key),
            required: false,
            own: false,
            formers: Vec::new(),
        }
    }

    /// A built-in field of one line.
    #[must_use]
    pub const fn line(part: &'static str, key: &'static str, label: Word) -> Self {
        Self::new(part, key, Shape::Line(LINE), label)
    }

    /// Its label in this language.
    #[must_use]
    pub fn called(&self, text: &'static Text) -> String {
        self.label.said(text).into_owned()
    }
}

/// The built-in fields of a part of the form.
pub fn in_part<'a>(fields: &'a [Field], part: &'a str) -> impl Iterator<Item = &'a Field> {
    fields.iter().filter(move |field| !field.own && field.part == part)
}

/// The firm's own fields among these.
pub fn own_of(fields: &[Field]) -> impl Iterator<Item = &Field> {
    fields.iter().filter(|field| field.own)
}
