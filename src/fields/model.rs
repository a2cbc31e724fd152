//! The description of a field: its key in facts, events, forms and files, how it is called, what may be typed. Pure; of
//! no kind of record in particular. A built-in field and one of the firm's own are described alike.

use super::own::of::FieldsOf;
use crate::i18n::{Currency, Text};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One of the program's own words.
pub type Word = fn(&'static Text) -> &'static str;

/// The longest line, where a field says nothing else.
pub const LINE: u32 = 200;
/// The longest text of several lines, where a field says nothing else.
pub const TEXT: u32 = 10_000;

/// How something is called: in the program's words, or in the firm's.
#[derive(Clone, Debug)]
pub enum Label {
    Word(Word),
    Own(String),
}

impl Label {
    #[must_use]
    pub fn said(&self, text: &'static Text) -> Cow<'_, str> {
        match self {
            Self::Word(word) => Cow::Borrowed(word(text)),
            Self::Own(name) => Cow::Borrowed(name),
        }
    }
}

/// One of the answers that can be chosen. Its number stays when it is called otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChoice {
    pub nr: u32,
    pub name: String,
    /// It can't be chosen any more; where it was, it stays.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
}

/// What may stand in a field, and as what it stands in the facts.
#[derive(Clone, Debug)]
pub enum Shape {
    /// One line of at most so many letters.
    Line(u32),
    /// Several lines of at most so many letters together.
    Text(u32),
    /// A number in ten-thousandths.
    Number,
    /// `{"minor": 1250, "currency": "TRY"}`; the currency where none was typed.
    Money(Currency),
    /// `2026-12-31`.
    Day,
    /// `2026-12-31T14:05`, on the firm's clock.
    Moment,
    /// The number of one of these.
    Choice(Vec<FieldChoice>),
    /// A list of their numbers.
    Choices(Vec<FieldChoice>),
    /// `true` or `false`; what they are called.
    YesNo(Word, Word),
    /// An address that begins with `http`.
    Link,
    Phone,
    Email,
    /// `{"record": id}` or `{"person": id}`; with the names of those that are known here.
    Linked(LinkTo, Names),
}

/// What a field can lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkTo {
    /// Somebody of the firm.
    Person,
    Records(FieldsOf),
}

/// Names by id, of what the person asking may see.
pub type Names = BTreeMap<String, String>;

impl LinkTo {
    /// Under which name the id stands in a value.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Records(_) => "record",
        }
    }

    /// The address of the card to which a value leads; a person has none.
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

    /// The id that a value holds.
    #[must_use]
    pub fn id(self, value: &Value) -> Option<&str> {
        value.get(self.key())?.as_str()
    }
}

/// A field. Where it holds nothing its value is an empty text, `false` or `null`.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in facts, events and forms.
    pub key: Cow<'static, str>,
    pub label: Label,
    pub hint: Option<Label>,
    pub shape: Shape,
    /// The part of the form in which it stands; of the firm's own fields the heading over it.
    pub part: Cow<'static, str>,
    /// Its key in the map of an import.
    pub map_key: Cow<'static, str>,
    pub required: bool,
    /// One of the firm's own.
    pub own: bool,
    /// What it was before, the latest last: a value that is older than its shape is read by one of these.
    pub formers: Vec<Shape>,
}

impl Field {
    /// A built-in one.
    #[must_use]
    pub const fn new(part: &'static str, key: &'static str, shape: Shape, label: Word) -> Self {
        Self::with(part, (key, key), shape, label, None)
    }

    /// With its key in the map of an import, where that is another, and a hint.
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

    #[must_use]
    pub const fn line(part: &'static str, key: &'static str, label: Word) -> Self {
        Self::new(part, key, Shape::Line(LINE), label)
    }

    /// How it is called in that language.
    #[must_use]
    pub fn called(&self, text: &'static Text) -> String {
        self.label.said(text).into_owned()
    }
}

/// The built-in ones of a part of the form.
pub fn in_part<'a>(fields: &'a [Field], part: &'a str) -> impl Iterator<Item = &'a Field> {
    fields.iter().filter(move |field| !field.own && field.part == part)
}

/// The firm's own ones.
pub fn own_of(fields: &[Field]) -> impl Iterator<Item = &Field> {
    fields.iter().filter(|field| field.own)
}
