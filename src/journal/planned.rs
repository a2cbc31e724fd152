//! A change that was prepared in a draft and not made yet: the data that its event would have. Whoever makes it
//! compares it with the present state first, as undo does. Keeping and publishing drafts is not here but in
//! `settings_draft`.

use super::model::{Fields, What, taken_back};
use crate::error::{Error, Result};
use crate::live::Kind;
use crate::server::failure::our_fault;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

/// The field with a record's position among its siblings. A change of it is never a conflict, because the siblings are
/// renumbered when it is made.
const POSITION: &str = "position";

/// A row of a draft.
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
    /// The number of the kind that is made, if a kind is made.
    #[sqlx(rename = "given")]
    pub number: Option<i64>,
    /// The id of the pipeline, if a stage is made.
    #[sqlx(rename = "parent_id")]
    pub parent: Option<Uuid>,
}

impl Planned {
    /// Whether the change writes this field.
    #[must_use]
    pub fn is_about(&self, field: &str) -> bool {
        self.after.contains_key(field)
    }

    /// The facts of the record that is made.
    ///
    /// # Errors
    /// `Internal` if they are incomplete.
    pub fn made<F: DeserializeOwned>(&self) -> Result<F> {
        serde_json::from_value(Value::Object(self.after.clone())).map_err(|cause| our_fault(&cause))
    }

    /// The facts `now` with the change applied, if nobody has changed the same fields since it was prepared.
    ///
    /// # Errors
    /// `Conflict` with the present values of the fields that were changed.
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
