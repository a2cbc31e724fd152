//! Conditions for the browser. Each function calls a command.

use super::input::ConditionForm;
use super::model::Condition;
use crate::error::Result;
use crate::fields::FieldsOf;
use crate::fields::own::model::OwnFields;
use crate::wire::Json;
use leptos::prelude::*;

/// The fields by which a list of that kind can be filtered.
#[server(prefix = "/api", endpoint = "filters/fields", protocol = Json)]
pub async fn fields(of: FieldsOf) -> Result<OwnFields> {
    use super::commands;
    crate::server::read(async |tx| commands::fields(tx, of).await).await
}

/// The condition of the form, as it is written in an address.
#[server(prefix = "/api", endpoint = "filters/read", protocol = Json)]
pub async fn read(of: FieldsOf, form: ConditionForm) -> Result<Condition> {
    use super::commands;
    crate::server::read(async |tx| commands::condition(tx, of, &form).await).await
}
