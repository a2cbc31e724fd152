//! A change that somebody has prepared and not yet made: what an event would say of it. The room that makes it compares
//! it with what is there by then, as undo does the other way round. Where drafts are kept and published is not said
//! here.

use super::model::{Fields, What, taken_back};
use crate::error::{Error, Result};
use crate::live::Kind;
use crate::server::failure::our_fault;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

/// Where something stands among others: it can be made room for, whatever it was.
const POSITION: &str = "position";

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Planned {
    pub kind: Kind,
    #[sqlx(rename = "subject_id")]
    pub subject: Uuid,
    pub what: What,
    #[sqlx(json)]
    pub before: Fields,
    #[sqlx(json)]
    pub after: Fields,
    /// The number of a kind of record that is made.
    #[sqlx(rename = "given")]
    pub number: Option<i64>,
    /// The pipeline of a stage that is made.
    #[sqlx(rename = "parent_id")]
    pub parent: Option<Uuid>,
}

impl Planned {
    /// Whether the change is about that field.
    #[must_use]
    pub fn is_about(&self, field: &str) -> bool {
        self.after.contains_key(field)
    }

    /// The facts of what is made.
    ///
    /// # Errors
    /// `Internal` where they are not whole.
    pub fn made<F: DeserializeOwned>(&self) -> Result<F> {
        serde_json::from_value(Value::Object(self.after.clone())).map_err(|cause| our_fault(&cause))
    }

    /// The facts with the change, if nobody has changed the same fields since it was prepared.
    ///
    /// # Errors
    /// `Conflict` with these fields as they are now.
    pub fn facts<F: DeserializeOwned>(&self, now: &Fields, version: i64) -> Result<F> {
        let mut was = self.before.clone();
        if let (Some(was), Some(now)) = (was.get_mut(POSITION), now.get(POSITION)) {
            *was = now.clone();
        }
        let new = taken_back(now, &self.after, &was)
            .map_err(|theirs| Error::Conflict { version, theirs: Value::Object(theirs) })?;
        serde_json::from_value(Value::Object(new)).map_err(|cause| our_fault(&cause))
    }
}
