//! A field of the firm's own: what it is, and the field that follows from it. Pure.

pub use super::of::FieldsOf;
pub use super::shape::OwnShape;
use super::values::key;
use crate::fields::model::{Field, FieldChoice, LINE, Label, LinkTo, Names, Shape, TEXT};
use crate::i18n::Currency;
use crate::id::OwnFieldId;
use crate::own_kinds::model::KindName;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Everything about such a field that somebody can change; events compare and put back exactly this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct OwnFieldFacts {
    /// Of which kind of record it is.
    #[cfg_attr(feature = "ssr", sqlx(try_from = "String"))]
    pub of: FieldsOf,
    pub name: String,
    pub hint: String,
    /// The heading under which it stands, or nothing.
    pub part: String,
    pub shape: OwnShape,
    #[cfg_attr(feature = "ssr", sqlx(json))]
    pub choices: Vec<FieldChoice>,
    pub required: bool,
    /// Of a field that holds another record: of which kind that is.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", sqlx(try_from = "String"))]
    pub target: FieldsOf,
    /// It stands in the list of the records.
    #[serde(default)]
    pub listed: bool,
    /// Records are found by what stands in it.
    pub searched: bool,
    /// Its place among the fields of its kind: a fractional index in hex.
    pub position: String,
    /// It stands in forms. One that does not keeps its values.
    pub active: bool,
    /// What it was before, the latest last.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", sqlx(json))]
    pub formers: Vec<Former>,
}

/// What type a field was of, and the answers it had then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    pub shape: OwnShape,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<FieldChoice>,
    #[serde(default)]
    pub target: FieldsOf,
}

impl OwnFieldFacts {
    /// What it is now, for when it will be something else.
    #[must_use]
    pub fn former(&self) -> Former {
        Former { shape: self.shape, choices: self.choices.clone(), target: self.target }
    }
}

impl Former {
    /// What may stand in it.
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

/// The most fields of one kind of record, with those that are archived.
pub const MOST: usize = 200;
/// So many of them stand in the list, the first of those that are marked so.
pub const COLUMNS: usize = 4;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct OwnField {
    pub id: OwnFieldId,
    /// What its key is made of; never given twice.
    pub nr: i64,
    pub version: i64,
    #[cfg_attr(feature = "ssr", sqlx(flatten))]
    pub facts: OwnFieldFacts,
}

impl OwnField {
    #[must_use]
    pub fn key(&self) -> String {
        key(self.nr)
    }

    /// The field that it is. `currency` is the firm's, for amounts; `names` are those of what the records at hand lead
    /// to.
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
    /// The firm's own kinds of record, which have fields, too.
    pub kinds: Vec<KindName>,
    /// In their order, those that are archived last.
    pub fields: Vec<OwnField>,
}

/// The firm's own fields that a page needs, and the firm's currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnFields {
    pub fields: Vec<OwnField>,
    pub currency: Currency,
    /// Of what the records at hand lead to, as far as it is in sight.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub names: Names,
}

impl OwnFields {
    /// Those that stand in forms and on cards, in their order.
    #[must_use]
    pub fn active(&self) -> Vec<Field> {
        let active = self.fields.iter().filter(|one| one.facts.active);
        active.map(|one| one.field(self.currency, &self.names)).collect()
    }

    /// The field of that key, even if it is archived.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<Field> {
        self.fields.iter().find(|one| one.key() == key).map(|one| one.field(self.currency, &self.names))
    }

    /// Built-in fields and those that are active.
    #[must_use]
    pub fn with(&self, built_in: &[Field]) -> Vec<Field> {
        built_in.iter().cloned().chain(self.active()).collect()
    }
}
