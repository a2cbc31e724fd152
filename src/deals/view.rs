//! What the pages of deals show and ask for. Plain data, the same on both sides; the rules are in `model`, the forms in
//! `input`.

use super::input::DealForm;
use super::model::{Deal, Stage, Status};
use crate::fields::own::model::OwnFields;
use crate::fields::own::view::{LinkedGroup, ListHead};
use crate::fields::said::SaidField;
use crate::filters::model::Filter;
use crate::i18n::{Currency, Money, Totals};
use crate::id::{CustomerId, DealId, PipelineId, ProductId, StageId, UnitId};
use crate::people::model::OwnerChoice;
use crate::tasks::view::NextStep;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The query of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DealQuery {
    pub search: String,
    pub status: Option<Status>,
    pub pipeline: Option<PipelineId>,
    pub stage: Option<StageId>,
    pub owner: Option<UnitId>,
    /// Only deals that meet all of these conditions.
    pub filter: Filter,
    /// The last deal of the page before; the list is sorted newest first.
    pub after: Option<DealId>,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct DealRow {
    pub id: DealId,
    pub title: String,
    /// `None` where the person asking may not see the customer; the same for the next field.
    pub customer_id: Option<CustomerId>,
    pub customer: Option<String>,
    pub stage: String,
    pub color: i64,
    pub status: Status,
    pub amount: Option<i64>,
    pub currency: Currency,
    pub owner: String,
    pub expected_on: Option<NaiveDate>,
    pub closed_on: Option<NaiveDate>,
    /// The earliest open task, if the list was asked for it.
    #[cfg_attr(feature = "ssr", sqlx(skip))]
    pub next: Option<NextStep>,
    /// The values of the columns of the firm's own fields, ready to show.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", sqlx(skip))]
    pub cells: Vec<String>,
}

impl DealRow {
    #[must_use]
    pub fn money(&self) -> Option<Money> {
        self.amount.map(|minor| Money::new(minor, self.currency))
    }
}

/// A part of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealPart {
    pub head: ListHead,
    pub rows: Vec<DealRow>,
    pub more: bool,
}

/// How many deals a query finds, and what they are worth.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealSum {
    pub count: i64,
    pub totals: Totals,
}

/// A whole card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DealCard {
    pub deal: Deal,
    /// The stages of its pipeline, in order.
    pub stages: Vec<Stage>,
    /// The stages in which it could go on in other pipelines: the first one of each, with the pipeline's name.
    pub elsewhere: Vec<(String, Stage)>,
    pub days_in_stage: i64,
    /// The earliest open task.
    pub next: Option<NextStep>,
    pub customer: Option<CustomerBrief>,
    /// Other deals of the same customer, newest first.
    pub others: Vec<DealRow>,
    /// The records that link to it by one of the firm's own fields.
    pub linked: Vec<LinkedGroup>,
    /// The described fields that have a value, except the note.
    pub said: Vec<SaidField>,
}

/// The customer of a deal, as far as the deal's card shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerBrief {
    pub id: CustomerId,
    pub name: String,
    pub city: String,
    pub phones: Vec<String>,
    pub emails: Vec<String>,
}

/// A pipeline with its stages, to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PipelineChoice {
    pub id: PipelineId,
    pub name: String,
    pub stages: Vec<Stage>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct ProductChoice {
    pub id: ProductId,
    pub name: String,
}

/// The form to begin with: its values, and the choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealDraft {
    pub form: DealForm,
    /// The name of the customer that the form names.
    pub customer: Option<String>,
    pub pipelines: Vec<PipelineChoice>,
    pub products: Vec<ProductChoice>,
    pub owners: Vec<OwnerChoice>,
    pub own: OwnFields,
}
