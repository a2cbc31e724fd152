//! What the settings page asks about backups.

use super::model::Keeping;
use crate::error::Result;
use crate::wire::Json;
use leptos::prelude::*;

/// The state of the daily backup. For the firm's owner.
#[server(prefix = "/api", endpoint = "backup/list", protocol = Json)]
pub async fn backups() -> Result<Keeping> {
    crate::server::read(async |tx| {
        tx.actor().must(crate::auth::model::Permission::Administer)?;
        super::view::backups(tx).await
    })
    .await
}
