//! The data of an own record: name, owner, perhaps a customer and a stage, and the values of the firm's own fields.
//! Pure.

use crate::fields::OwnValues;
use crate::id::{CustomerId, KindNr, OwnRecordId, UnitId};
use serde::{Deserialize, Serialize};

/// All facts of an own record that can be changed. Events store the fields of this struct that differ, and undo writes
/// them back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct OwnRecordFacts {
    /// The number of its kind, which never changes.
    pub kind: KindNr,
    pub owner_id: UnitId,
    /// The customer it belongs to, if its kind has customers.
    pub customer_id: Option<CustomerId>,
    pub name: String,
    /// The number of its stage, if its kind has stages.
    pub stage: Option<i64>,
    /// The position within the stage: a fractional index in hex, the same for everybody.
    pub position: String,
    pub deleted: bool,
    /// The values of the firm's own fields.
    #[serde(flatten)]
    #[cfg_attr(feature = "ssr", sqlx(json))]
    pub own: OwnValues,
}

impl OwnRecordFacts {
    /// The facts of a new record, without name, customer and stage.
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
    /// The name of the owner.
    pub owner: String,
    /// The customer's name, if the customer is in reach of the person asking.
    pub customer: Option<String>,
    pub facts: OwnRecordFacts,
}
