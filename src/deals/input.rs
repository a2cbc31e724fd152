//! The deal's form as typed, and parsing it. Pure: the browser and the server find the same problems.

use super::model::{COURSE, DealFacts, WHAT};
use crate::checks::Problems;
use crate::error::{FieldProblem, Problem};
use crate::fields::input::put;
use crate::fields::model::{in_part, own_of};
use crate::fields::{Field, TypedAt, TypedFields};
use crate::i18n::{Currency, Locale, Money};
use crate::id::{CustomerId, DealId, ProductId, StageId, UnitId};
use crate::journal::model::Fields;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The form's fields; `parse` turns them into facts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DealForm {
    /// Made by the server with the empty form, so that a form sent twice makes one deal.
    pub id: String,
    /// The version the form was read at; empty for a new deal.
    pub version: String,
    /// After a conflict: the version on record that is to be overwritten with one's own values.
    pub over: String,
    pub title: String,
    /// The customer's id; empty for none yet.
    pub customer: String,
    pub amount: String,
    pub currency: String,
    pub product: String,
    pub stage: String,
    pub owner: String,
    /// The fields that are described.
    #[serde(flatten)]
    pub typed: TypedFields,
}

pub const TITLE: u32 = 200;

/// The parsed form: everything about a deal except its position, its opening and closing days, and the reason of a
/// loss.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DealInput {
    pub title: String,
    pub customer_id: Option<CustomerId>,
    pub amount: Option<i64>,
    pub currency: Currency,
    pub product_id: Option<ProductId>,
    pub stage_id: StageId,
    /// `None` for somebody without the right to hand over: their form does not name the owner.
    pub owner_id: Option<UnitId>,
    /// The values of the described fields.
    pub values: Fields,
}

impl DealInput {
    /// The facts with the form's values put in. The stage is only set here; what a move changes besides is in
    /// `model::moved`.
    ///
    /// # Errors
    /// As [`put`].
    pub fn on(&self, facts: &DealFacts) -> Result<DealFacts, Vec<FieldProblem>> {
        let by_hand = DealFacts {
            owner_id: self.owner_id.unwrap_or(facts.owner_id),
            customer_id: self.customer_id,
            stage_id: self.stage_id,
            title: self.title.clone(),
            amount: self.amount,
            currency: self.currency,
            product_id: self.product_id,
            ..facts.clone()
        };
        put(&by_hand, &self.values)
    }
}

impl DealForm {
    /// The form filled with a deal, written in that language.
    #[must_use]
    pub fn of(id: DealId, version: i64, facts: &DealFacts, fields: &[Field], locale: Locale) -> Self {
        Self {
            id: id.to_string(),
            version: version.to_string(),
            over: String::new(),
            title: facts.title.clone(),
            customer: text_of(facts.customer_id),
            amount: facts
                .amount
                .map(|minor| Money::new(minor, facts.currency).typed(locale))
                .unwrap_or_default(),
            currency: facts.currency.code().to_owned(),
            product: text_of(facts.product_id),
            stage: facts.stage_id.to_string(),
            owner: facts.owner_id.to_string(),
            typed: TypedFields::of(fields, facts, locale),
        }
    }

    /// The same form with another text in a described field.
    #[must_use]
    pub fn with(mut self, field: &str, text: &str) -> Self {
        self.typed.set(field, text);
        self
    }

    /// The parsed form, or every problem at its field.
    ///
    /// # Errors
    /// The problems, in the order of the form.
    pub fn parse(&self, when: TypedAt, fields: &[Field]) -> Result<DealInput, Vec<FieldProblem>> {
        let mut wrong = Problems::default();
        let title = wrong.line("title", &self.title, TITLE);
        if title.is_empty() {
            wrong.add("title", Problem::Required);
        }
        let customer_id = optional(&mut wrong, "customer", &self.customer);
        let currency = Currency::parse(&self.currency).or_else(|| wrong.at("currency", Problem::BadCurrency));
        let amount = currency.and_then(|currency| wrong.amount("amount", &self.amount, currency));
        let product_id = optional(&mut wrong, "product", &self.product);
        let mut values = Fields::new();
        self.typed.read(in_part(fields, WHAT), when, &mut wrong, &mut values);
        let stage_id = match self.stage.trim() {
            "" => wrong.at("stage", Problem::Required),
            _ => optional(&mut wrong, "stage", &self.stage),
        };
        let owner_id = optional(&mut wrong, "owner", &self.owner);
        self.typed.read(in_part(fields, COURSE).chain(own_of(fields)), when, &mut wrong, &mut values);
        match (stage_id, currency) {
            (Some(stage_id), Some(currency)) if wrong.0.is_empty() => {
                Ok(DealInput { title, customer_id, amount, currency, product_id, stage_id, owner_id, values })
            }
            _ => Err(wrong.0),
        }
    }
}

fn text_of(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Parses an id; `None` where nothing was chosen.
fn optional<T: FromStr>(wrong: &mut Problems, field: &str, typed: &str) -> Option<T> {
    match typed.trim() {
        "" => None,
        typed => typed.parse().ok().or_else(|| wrong.at(field, Problem::Unknown)),
    }
}

#[cfg(test)]
mod tests;
