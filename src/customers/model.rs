//! What a customer is: a person or an organisation we sell to, the facts on its card, its contacts. Pure.

use crate::deals::model::Status;
use crate::fields::model::{LINE, Word};
use crate::fields::own::model::OwnFields;
use crate::fields::own::view::{LinkedGroup, ListHead};
use crate::fields::said::SaidField;
use crate::fields::{Field, OwnValues, Shape};
use crate::filters::model::Filter;
use crate::i18n::{Currency, Money, Totals};
use crate::id::{ContactId, CustomerId, DealId, UnitId};
use crate::own_records::view::OnCustomer;
use crate::people::model::OwnerChoice;
use serde::{Deserialize, Serialize};

pub use super::input::CustomerForm;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum CustomerKind {
    Person,
    #[default]
    Organisation,
}

impl CustomerKind {
    /// The code in forms and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
        }
    }
}

/// A contact: a person in an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct Contact {
    pub id: ContactId,
    pub name: String,
    pub job: String,
    pub phone: String,
    pub email: String,
}

/// Everything about a customer that somebody can change; events compare and restore exactly this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct CustomerFacts {
    pub owner_id: UnitId,
    pub kind: CustomerKind,
    pub name: String,
    #[cfg_attr(feature = "ssr", sqlx(json))]
    pub phones: Vec<String>,
    #[cfg_attr(feature = "ssr", sqlx(json))]
    pub emails: Vec<String>,
    pub city: String,
    pub address: String,
    pub tax_number: String,
    pub tax_office: String,
    pub sector: String,
    pub source: String,
    pub interest: String,
    pub note: String,
    #[cfg_attr(feature = "ssr", sqlx(skip))]
    pub contacts: Vec<Contact>,
    pub deleted: bool,
    /// The values in the firm's own fields.
    #[serde(flatten)]
    #[cfg_attr(feature = "ssr", sqlx(json))]
    pub own: OwnValues,
}

/// The sections of the form that hold described fields.
pub const REACH: &str = "reach";
pub const BUSINESS: &str = "business";

/// The described fields, which are all handled alike; all other fields have rules and controls of their own.
pub static FIELDS: &[Field] = &[
    Field::line(REACH, "city", |text| text.customers.city),
    Field::new(REACH, "address", Shape::Text(ADDRESS), |text| text.customers.address),
    Field::line(BUSINESS, "tax_office", |text| text.customers.tax_office),
    Field::line(BUSINESS, "sector", |text| text.customers.sector),
    Field::with(BUSINESS, ("source", "source"), Shape::Line(LINE), |text| text.customers.source, SOURCE_HINT),
    Field::with(
        BUSINESS,
        ("interest", "interest"),
        Shape::Line(LINE),
        |text| text.customers.interest,
        INTEREST_HINT,
    ),
    Field::new(BUSINESS, "note", Shape::Text(NOTE), |text| text.customers.note),
];

/// The fields that a card shows on one line together with another field.
pub const BESIDE: [&str; 3] = ["address", "city", "tax_office"];

const SOURCE_HINT: Option<Word> = Some(|text| text.customers.source_hint);
const INTEREST_HINT: Option<Word> = Some(|text| text.customers.interest_hint);
const ADDRESS: u32 = 1_000;
pub const NOTE: u32 = 10_000;

impl CustomerFacts {
    /// Facts of which only the owner, kind and name are known.
    #[must_use]
    pub fn new(owner_id: UnitId, kind: CustomerKind, name: String) -> Self {
        Self {
            owner_id,
            kind,
            name,
            phones: Vec::new(),
            emails: Vec::new(),
            city: String::new(),
            address: String::new(),
            tax_number: String::new(),
            tax_office: String::new(),
            sector: String::new(),
            source: String::new(),
            interest: String::new(),
            note: String::new(),
            contacts: Vec::new(),
            deleted: false,
            own: OwnValues::default(),
        }
    }
}

/// A customer as its card shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    pub id: CustomerId,
    pub version: i64,
    pub owner: String,
    pub facts: CustomerFacts,
}

/// One of the customer's deals, as far as the person asking may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct CustomerDeal {
    pub id: DealId,
    pub title: String,
    pub stage: String,
    pub color: i64,
    pub status: Status,
    pub amount: Option<i64>,
    pub currency: Currency,
}

impl CustomerDeal {
    #[must_use]
    pub fn money(&self) -> Option<Money> {
        self.amount.map(|minor| Money::new(minor, self.currency))
    }
}

/// The whole card: the customer and its deals. The history is loaded separately.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerCard {
    pub customer: Customer,
    /// The first of the deals.
    pub deals: Vec<CustomerDeal>,
    pub deals_in_all: u32,
    /// The sums of the deals by status.
    pub open: Totals,
    pub won: Totals,
    /// The records of the firm's own kinds that belong on it.
    pub records: Vec<OnCustomer>,
    /// The records that link to it by one of the firm's own fields.
    pub linked: Vec<LinkedGroup>,
    /// The described fields that have a value, except those shown beside another one ([`BESIDE`]).
    pub said: Vec<SaidField>,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CustomerRow {
    pub id: CustomerId,
    pub kind: CustomerKind,
    pub name: String,
    pub city: String,
    /// The phone by which the customer was found, else the first one, else empty.
    pub phone: String,
    /// The range of bytes in the phone that holds the digits searched for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marked: Option<(usize, usize)>,
    pub owner: String,
    /// How many of its deals in reach are open.
    pub open_deals: i64,
    /// The values of the columns of the firm's own fields, ready to show.
    pub cells: Vec<String>,
}

/// The query of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerQuery {
    /// The typed search.
    pub search: String,
    /// The cursor: where the page before ended, as given by [`Page::next`].
    pub after: Option<String>,
    /// Begin at the first name with this letter.
    pub letter: Option<String>,
    /// Only customers that meet all of these conditions.
    pub filter: Filter,
    /// How many rows; the server returns at most [`LARGEST_PAGE`].
    pub limit: u32,
}

pub use crate::live::list_state::{LARGEST_PAGE, PAGE};

/// A part of the list, in Turkish order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    pub head: ListHead,
    pub rows: Vec<CustomerRow>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
}

/// How many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub number: u32,
    /// Whether there are more: not everything that a search finds is counted.
    pub more: bool,
}

/// A customer, as offered for a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct CustomerChoice {
    pub id: CustomerId,
    pub name: String,
    pub city: String,
}

/// What the page of the form begins with: the filled form, and the choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub form: CustomerForm,
    /// Empty for somebody without the right to hand over.
    pub owners: Vec<OwnerChoice>,
    pub own: OwnFields,
}
