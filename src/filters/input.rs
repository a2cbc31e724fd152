//! The form for a condition, and parsing it. Pure; which values are valid is decided by the field.

use super::model::{Condition, How};
use super::value::{asked, coded};
use crate::error::{FieldProblem, Problem};
use crate::fields::{Field, TypedAt};
use crate::i18n::fold::search_key;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConditionForm {
    /// The key of the field.
    pub field: String,
    /// A [`How`].
    pub how: String,
    /// As people write it.
    pub value: String,
}

impl ConditionForm {
    /// The parsed condition on that field.
    ///
    /// # Errors
    /// The problems, at `how` or `value`.
    pub fn parse(&self, field: &Field, when: TypedAt) -> Result<Condition, Vec<FieldProblem>> {
        let wrong = |at: &str, problem| vec![FieldProblem { field: at.to_owned(), problem }];
        let how = How::parse(&self.how).filter(|how| How::of(&field.shape).contains(how));
        let how = how.ok_or_else(|| wrong("how", Problem::Unknown))?;
        if !how.takes_value() {
            return Ok(Condition { field: field.key.to_string(), how, value: String::new() });
        }
        let value = coded(&asked(field).value(&self.value, when)?);
        // A text of signs alone has an empty search key, which would match everything.
        let nothing = value.is_empty() || (how == How::Has && search_key(&value).is_empty());
        if nothing {
            return Err(wrong("value", Problem::Required));
        }
        Ok(Condition { field: field.key.to_string(), how, value })
    }
}
