//! Undo for the browser: finds the change and asks the record's own store to put it back.

use crate::error::Result;
use crate::id::EventId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// Takes one change back, unless somebody has changed the same fields since.
#[server(prefix = "/api", endpoint = "journal/undo", input = Json)]
pub async fn undo(event: EventId) -> Result<()> {
    use super::store;
    use crate::auth::model::Permission;
    use crate::error::Error;
    use crate::live::Kind;
    crate::server::write(Permission::Sell, async |tx| {
        let change = store::undoable(tx, event).await?;
        match change.kind {
            Kind::Customer => crate::customers::store::take_back(tx, &change).await,
            Kind::Deal => crate::deals::store::take_back(tx, &change).await,
            Kind::Activity => crate::activities::store::take_back(tx, &change).await,
            Kind::Task => crate::tasks::store::take_back(tx, &change).await,
            Kind::Person => crate::people::store::changes::take_back(tx, &change).await,
            Kind::Group => crate::people::store::groups::take_back(tx, &change).await,
            Kind::Firm => crate::people::store::firm::take_back(tx, &change).await,
            Kind::Pipeline => crate::deals::pipelines::store::take_back(tx, &change).await,
            Kind::Everything => Err(Error::NotFound),
        }
    })
    .await
}
