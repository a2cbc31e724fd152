//! What a record of one of the firm's own kinds is: a name, whose it is, perhaps a customer and a stage, and what
//! stands in the firm's own fields. Pure.

use crate::fields::OwnValues;
use crate::id::{CustomerId, KindNr, OwnRecordId, UnitId};
use serde::{Deserialize, Serialize};

/// Everything about such a record that somebody can change; events compare and put back exactly this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct OwnRecordFacts {
    /// Of which kind it is, for good.
    pub kind: KindNr,
    pub owner_id: UnitId,
    /// On whose card it stands, where its kind hangs on customers.
    pub customer_id: Option<CustomerId>,
    pub name: String,
    /// The number of its stage, where its kind has some.
    pub stage: Option<i64>,
    /// The place within the stage: a fractional index in hex, kept for everyone.
    pub position: String,
    pub deleted: bool,
    /// In the firm's own fields.
    #[serde(flatten)]
    #[cfg_attr(feature = "ssr", sqlx(json))]
    pub own: OwnValues,
}

impl OwnRecordFacts {
    /// A record of which nothing is known yet but its kind and whose it is.
    #[must_use]
    pub fn new(kind: KindNr, owner_id: UnitId) -> Self {
        Self {
            kind,
            owner_id,
            customer_id: None,
            name: String::new(),
            stage: None,
            position: String::new(),
            deleted: false,
            own: OwnValues::default(),
        }
    }
}

/// A record as its card shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnRecord {
    pub id: OwnRecordId,
    pub version: i64,
    pub owner: String,
    /// The customer's name, where the person asking may see the customer.
    pub customer: Option<String>,
    pub facts: OwnRecordFacts,
}
