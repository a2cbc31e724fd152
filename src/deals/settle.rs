//! Settling a conflict between two people who changed one deal: the deal's fields. How is `journal::settle`. Pure.

use super::model::DealFacts;
use crate::journal::settle;

pub use settle::Difference;

/// The fields a conflict can be about, in the order of the form.
const FIELDS: [&str; 11] = [
    "title",
    "customer_id",
    "amount",
    "currency",
    "product_id",
    "source",
    "contract",
    "expected_on",
    "stage_id",
    "owner_id",
    "note",
];

/// What differs between what I typed and what is on record.
#[must_use]
pub fn differences(mine: &DealFacts, theirs: &DealFacts) -> Vec<Difference> {
    settle::differences(&FIELDS, mine, theirs, None)
}
