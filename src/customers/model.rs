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
    /// As forms and the database write it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
        }
    }
}

/// A person in an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct Contact {
    pub id: ContactId,
    pub name: String,
    pub job: String,
    pub phone: String,
    pub email: String,
}

/// Everything about a customer that somebody can change; events compare and put back exactly this.
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
    /// In the firm's own fields.
    #[serde(flatten)]
    #[cfg_attr(feature = "ssr", sqlx(json))]
    pub own: OwnValues,
}

/// The parts of the form that hold described fields.
pub const REACH: &str = "reach";
pub const BUSINESS: &str = "business";

/// The fields that are all alike; the others have rules and controls of their own.
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

/// The fields that a card shows on one line with others.
pub const BESIDE: [&str; 3] = ["address", "city", "tax_office"];

const SOURCE_HINT: Option<Word> = Some(|text| text.customers.source_hint);
const INTEREST_HINT: Option<Word> = Some(|text| text.customers.interest_hint);
const ADDRESS: u32 = 1_000;
pub const NOTE: u32 = 10_000;

impl CustomerFacts {
    /// Somebody of whom nothing is known but whose they are.
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

/// The whole card: the customer and its deals. What happened is a stream of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerCard {
    pub customer: Customer,
    /// The first of them.
    pub deals: Vec<CustomerDeal>,
    pub deals_in_all: u32,
    /// What the deals are worth, by status.
    pub open: Totals,
    pub won: Totals,
    /// What of the firm's own kinds of record stands on it.
    pub records: Vec<OnCustomer>,
    /// What leads to it by a field of the firm's own.
    pub linked: Vec<LinkedGroup>,
    /// The described fields that have a value, but for those [`BESIDE`] others.
    pub said: Vec<SaidField>,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CustomerRow {
    pub id: CustomerId,
    pub kind: CustomerKind,
    pub name: String,
    pub city: String,
    /// The phone by which it was found, else the first, or empty.
    pub phone: String,
    /// From and until which byte of the phone the digits stand that were looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marked: Option<(usize, usize)>,
    pub owner: String,
    /// How many of its deals in reach are open.
    pub open_deals: i64,
    /// What stands in the columns of the firm's own fields, ready to show.
    pub cells: Vec<String>,
}

/// What is wanted of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerQuery {
    /// What was typed.
    pub search: String,
    /// The page before ended there; as [`Page::next`] gave it.
    pub after: Option<String>,
    /// Begin with the names from this letter on.
    pub letter: Option<String>,
    /// Only those of whom all this is true.
    pub filter: Filter,
    /// How many; the server gives at most [`LARGEST_PAGE`].
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
    /// There are more; nobody counts all of what a search finds.
    pub more: bool,
}

/// A customer to choose for a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct CustomerChoice {
    pub id: CustomerId,
    pub name: String,
    pub city: String,
}

/// What the form's page begins with: the fields as they stand, and what can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub form: CustomerForm,
    /// Empty for who may not hand over.
    pub owners: Vec<OwnerChoice>,
    pub own: OwnFields,
}
