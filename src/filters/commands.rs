//! The commands for conditions of a list: which fields there are, and making a condition. Nothing is stored: a filter
//! is in the address.

use super::input::ConditionForm;
use super::model::Condition;
use crate::error::{Error, Problem, Result};
use crate::fields::FieldsOf;
use crate::fields::own::model::OwnFields;
use crate::fields::own::store::of_kind;
use crate::server::db::Tx;

/// The fields by which such a list can be filtered.
///
/// # Errors
/// `Internal` only.
pub async fn fields(tx: &mut Tx, of: FieldsOf) -> Result<OwnFields> {
    let mut own = of_kind(tx, of).await?;
    own.fields.retain(|field| field.facts.active);
    Ok(own)
}

/// The condition that the form describes.
///
/// # Errors
/// `Invalid` with the problems, each at its field.
pub async fn condition(tx: &mut Tx, of: FieldsOf, form: &ConditionForm) -> Result<Condition> {
    let field = of_kind(tx, of).await?.find(&form.field);
    let field = field.ok_or_else(|| Error::invalid("field", Problem::Unknown))?;
    form.parse(&field, tx.actor().typed_at()).map_err(Error::Invalid)
}
