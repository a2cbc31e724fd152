//! The data of the firm's own fields, and the description that each is turned into, so that the rest of the program
//! treats it like a built-in field. Pure; the values of records are in `values`.

pub use super::of::FieldsOf;
pub use super::shape::OwnShape;
use super::values::key;
use crate::fields::model::{Field, FieldChoice, LINE, Label, LinkTo, Names, Shape, TEXT};
use crate::i18n::Currency;
use crate::id::OwnFieldId;
use crate::own_kinds::model::KindName;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// All facts of an own field that can be changed. Events store the fields of this struct that differ, and undo writes
/// them back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct OwnFieldFacts {
    /// The kind of record that has the field.
    #[cfg_attr(feature = "ssr", sqlx(try_from = "String"))]
    pub of: FieldsOf,
    pub name: String,
    pub hint: String,
    /// The heading above it in forms; can be empty.
    pub part: String,
    pub shape: OwnShape,
    #[cfg_attr(feature = "ssr", sqlx(json))]
    pub choices: Vec<FieldChoice>,
    pub required: bool,
    /// For a field of type `Record`: the kind of record that it links to.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", sqlx(try_from = "String"))]
    pub target: FieldsOf,
    /// Whether it is a column in the list of the records.
    #[serde(default)]
    pub listed: bool,
    /// Whether the search finds records by its values.
    pub searched: bool,
    /// Its place among the fields of its kind: a fractional index in hex.
    pub position: String,
    /// Whether it is in forms and on cards. If not, it is archived and its values are kept.
    pub active: bool,
    /// Its former types, the latest last.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", sqlx(json))]
    pub formers: Vec<Former>,
}

/// A type with its choices, that a field has or had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    pub shape: OwnShape,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<FieldChoice>,
    #[serde(default)]
    pub target: FieldsOf,
}

impl OwnFieldFacts {
    /// Whether records are found by their values in the field: by those in an archived one nobody could see why.
    #[must_use]
    pub fn is_searched(&self) -> bool {
        self.searched && self.active
    }

    /// The present type, to be kept when the field gets another one.
    #[must_use]
    pub fn former(&self) -> Former {
        Former { shape: self.shape, choices: self.choices.clone(), target: self.target }
    }
}

impl Former {
    /// The shape of the values of this type. `currency` is the firm's; `names` are those of the targets of links.
    fn shape(&self, currency: Currency, names: &Names) -> Shape {
        let choices = || self.choices.clone();
        match self.shape {
            OwnShape::Line => Shape::Line(LINE),
            OwnShape::Text => Shape::Text(TEXT),
            OwnShape::Number => Shape::Number,
            OwnShape::Money => Shape::Money(currency),
            OwnShape::Day => Shape::Day,
            OwnShape::Moment => Shape::Moment,
            OwnShape::Choice => Shape::Choice(choices()),
            OwnShape::Choices => Shape::Choices(choices()),
            OwnShape::YesNo => Shape::YesNo(|text| text.common.yes, |text| text.common.no),
            OwnShape::Link => Shape::Link,
            OwnShape::Phone => Shape::Phone,
            OwnShape::Email => Shape::Email,
            OwnShape::Person => Shape::Linked(LinkTo::Person, names.clone()),
            OwnShape::Record => Shape::Linked(LinkTo::Records(self.target), names.clone()),
        }
    }
}

/// The most fields of one kind of record, archived ones included.
pub const MOST: usize = 200;
/// How many own fields a list has as columns: the first of those with `listed`.
pub const COLUMNS: usize = 4;

/// An own field as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct OwnField {
    pub id: OwnFieldId,
    /// The number in its key; never given to another field.
    pub nr: i64,
    pub version: i64,
    #[cfg_attr(feature = "ssr", sqlx(flatten))]
    pub facts: OwnFieldFacts,
}

impl OwnField {
    /// Its key in facts, events and forms.
    #[must_use]
    pub fn key(&self) -> String {
        key(self.nr)
    }

    /// Its description as a field. `currency` is the firm's, for amounts; `names` are those of the targets of the links
    /// in the records at hand.
    #[must_use]
    pub fn field(&self, currency: Currency, names: &Names) -> Field {
        let facts = &self.facts;
        let shape = facts.former().shape(currency, names);
        Field {
            key: Cow::Owned(self.key()),
            label: Label::Own(facts.name.clone()),
            hint: Some(Label::Own(facts.hint.clone())).filter(|_| !facts.hint.is_empty()),
            shape,
            part: Cow::Owned(facts.part.clone()),
            map_key: Cow::Owned(facts.name.clone()),
            required: facts.required,
            own: true,
            formers: facts.formers.iter().map(|former| former.shape(currency, names)).collect(),
        }
    }
}

/// The fields of one kind of record, as the settings show them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnFieldsPage {
    pub of: FieldsOf,
    /// The firm's own kinds of record: they have fields, too.
    pub kinds: Vec<KindName>,
    /// In their order, archived ones last.
    pub fields: Vec<OwnField>,
}

/// The own fields that a page needs, and the firm's currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnFields {
    pub fields: Vec<OwnField>,
    pub currency: Currency,
    /// The names of the targets of the links in the records at hand, as far as they are in reach.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub names: Names,
}

impl OwnFields {
    /// The fields in forms and on cards, in their order.
    #[must_use]
    pub fn active(&self) -> Vec<Field> {
        let active = self.fields.iter().filter(|one| one.facts.active);
        active.map(|one| one.field(self.currency, &self.names)).collect()
    }

    /// The field with this key, also an archived one.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<Field> {
        self.fields.iter().find(|one| one.key() == key).map(|one| one.field(self.currency, &self.names))
    }

    /// The built-in fields and the active own ones.
    #[must_use]
    pub fn with(&self, built_in: &[Field]) -> Vec<Field> {
        built_in.iter().cloned().chain(self.active()).collect()
    }
}
