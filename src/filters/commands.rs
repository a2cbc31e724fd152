//! The commands for conditions of a list: which fields there are, and making a condition. Nothing is stored: a filter
//! is in the address.

use super::input::ConditionForm;
use super::model::Condition;
use crate::error::{Error, Problem, Result};
use crate::fields::FieldsOf;
use crate::fields::own::model::OwnFields;
use crate::fields::own::store::of_kind;
use crate::own_kinds::store::numbered;
use crate::server::db::Tx;

/// Refuses a kind of record that the person asking may not see: nothing is told of its fields.
async fn is_seen(tx: &mut Tx, of: FieldsOf) -> Result<()> {
    match of {
        FieldsOf::Own(nr) => numbered(tx, nr).await.map(drop),
        FieldsOf::Customer | FieldsOf::Deal => Ok(()),
    }
}

/// The fields by which such a list can be filtered.
///
/// # Errors
/// `NotFound` for a kind of record that is none or hidden.
pub async fn fields(tx: &mut Tx, of: FieldsOf) -> Result<OwnFields> {
    is_seen(tx, of).await?;
    let mut own = of_kind(tx, of).await?;
    own.fields.retain(|field| field.facts.active);
    Ok(own)
}

/// The condition that the form describes.
///
/// # Errors
/// `Invalid` with the problems, each at its field; `NotFound` for a kind of record that is none or hidden.
pub async fn condition(tx: &mut Tx, of: FieldsOf, form: &ConditionForm) -> Result<Condition> {
    is_seen(tx, of).await?;
    let field = of_kind(tx, of).await?.find(&form.field);
    let field = field.ok_or_else(|| Error::invalid("field", Problem::Unknown))?;
    form.parse(&field, tx.actor().typed_at()).map_err(Error::Invalid)
}
