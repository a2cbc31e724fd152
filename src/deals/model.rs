//! What a deal is: one sale to one customer, on its way through the stages of a pipeline. Pure.

use crate::fields::{Field, OwnValues, Shape};
use crate::i18n::Currency;
use crate::id::{CustomerId, DealId, PipelineId, ProductId, StageId, UnitId};
use crate::journal::model::What;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Whether deals in a stage are open, won or lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    #[default]
    Open,
    Won,
    Lost,
}

/// A stage of a pipeline. `color` is 1 to 5, `probability` a percentage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct Stage {
    pub id: StageId,
    pub pipeline_id: PipelineId,
    pub name: String,
    pub status: Status,
    pub color: i64,
    pub probability: i64,
}

/// Everything about a deal that somebody can change; events compare and restore exactly this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct DealFacts {
    pub owner_id: UnitId,
    /// A deal may have no customer yet.
    pub customer_id: Option<CustomerId>,
    pub stage_id: StageId,
    /// The position within the stage: a fractional index in hex. The order is the same for everyone.
    #[cfg_attr(feature = "ssr", sqlx(skip))]
    pub position: String,
    pub title: String,
    /// In minor units of the currency; `None` while it is not known yet.
    pub amount: Option<i64>,
    pub currency: Currency,
    pub product_id: Option<ProductId>,
    pub source: String,
    pub contract: bool,
    pub opened_on: NaiveDate,
    pub expected_on: Option<NaiveDate>,
    /// The day it was won or lost.
    pub closed_on: Option<NaiveDate>,
    pub lost_reason: String,
    pub note: String,
    pub deleted: bool,
    /// The values in the firm's own fields.
    #[serde(flatten)]
    #[cfg_attr(feature = "ssr", sqlx(json))]
    pub own: OwnValues,
}

/// The sections of the form that hold described fields.
pub const WHAT: &str = "what";
pub const COURSE: &str = "course";

/// The described fields, which are all handled alike; all other fields have rules and controls of their own.
pub static FIELDS: &[Field] = &[
    Field::line(WHAT, "source", |text| text.deals.source),
    Field::with(COURSE, ("expected_on", "expected"), Shape::Day, |text| text.deals.expected_on, None),
    Field::new(COURSE, "contract", CONTRACT, |text| text.deals.contract),
    Field::new(COURSE, "note", Shape::Text(NOTE), |text| text.deals.note),
];

const CONTRACT: Shape = Shape::YesNo(|text| text.deals.contract_yes, |text| text.deals.contract_no);
pub const NOTE: u32 = 10_000;

impl DealFacts {
    /// A deal of which only the stage and the owner are known.
    #[must_use]
    pub fn new(owner_id: UnitId, stage_id: StageId, currency: Currency, opened_on: NaiveDate) -> Self {
        Self {
            owner_id,
            customer_id: None,
            stage_id,
            position: String::new(),
            title: String::new(),
            amount: None,
            currency,
            product_id: None,
            source: String::new(),
            contract: false,
            opened_on,
            expected_on: None,
            closed_on: None,
            lost_reason: String::new(),
            note: String::new(),
            deleted: false,
            own: OwnValues::default(),
        }
    }
}

/// A deal as its card shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deal {
    pub id: DealId,
    pub version: i64,
    pub owner: String,
    /// The customer's name, where the person asking may see the customer.
    pub customer: Option<String>,
    pub product: Option<String>,
    pub stage: Stage,
    pub facts: DealFacts,
}

/// A pipeline: one of the firm's sales processes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct Pipeline {
    pub id: PipelineId,
    pub name: String,
}

/// The deal after moving to that position of that stage. Moving into a won or lost stage closes it today; moving from
/// there to an open stage opens it again.
#[must_use]
pub fn moved(facts: &DealFacts, stage: &Stage, position: String, today: NaiveDate) -> DealFacts {
    let closed_on = match stage.status {
        Status::Open => None,
        Status::Won | Status::Lost if facts.stage_id == stage.id => facts.closed_on.or(Some(today)),
        Status::Won | Status::Lost => Some(today),
    };
    let lost_reason = if stage.status == Status::Lost { facts.lost_reason.clone() } else { String::new() };
    DealFacts { stage_id: stage.id, position, closed_on, lost_reason, ..facts.clone() }
}

/// The name of a move into that stage in the history.
#[must_use]
pub fn what_of_move(facts: &DealFacts, stage: &Stage) -> What {
    match stage.status {
        _ if facts.stage_id == stage.id => What::Moved,
        Status::Won => What::Won,
        Status::Lost => What::Lost,
        Status::Open if facts.closed_on.is_some() => What::Reopened,
        Status::Open => What::Moved,
    }
}
