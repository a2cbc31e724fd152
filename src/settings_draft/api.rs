//! Drafts of the settings for the browser of their owner. Each function is one line of the commands.

use super::view::{DraftHead, DraftPage};
use crate::error::Result;
use crate::id::EventId;
use crate::wire::Json;
use leptos::prelude::*;

/// Whether there is a draft, and how much is in it.
#[server(prefix = "/api", endpoint = "draft/head", protocol = Json)]
pub async fn head() -> Result<DraftHead> {
    use super::commands;
    crate::server::read(async |tx| commands::head(tx).await).await
}

/// Its changes, what they touch, and what others have changed meanwhile.
#[server(prefix = "/api", endpoint = "draft/shown", protocol = Json)]
pub async fn shown() -> Result<DraftPage> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::try_out(Permission::Administer, async |tx| commands::shown(tx).await).await
}

/// From here on the settings are changed in a draft.
#[server(prefix = "/api", endpoint = "draft/begin", protocol = Json)]
pub async fn begin() -> Result<()> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Administer, async |tx| commands::begin(tx).await).await
}

/// Throws the draft away.
#[server(prefix = "/api", endpoint = "draft/discard", protocol = Json)]
pub async fn discard() -> Result<()> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Administer, async |tx| commands::discard(tx).await).await
}

/// Takes one change out of it.
#[server(prefix = "/api", endpoint = "draft/take_out", protocol = Json)]
pub async fn take_out(number: i64) -> Result<()> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Administer, async |tx| commands::take_out(tx, number).await).await
}

/// Makes all its changes; `seen` says how many changes of others were shown.
#[server(prefix = "/api", endpoint = "draft/publish", protocol = Json)]
pub async fn publish(seen: usize) -> Result<Option<EventId>> {
    use super::commands;
    use crate::auth::model::Permission;
    crate::server::write(Permission::Administer, async |tx| commands::publish(tx, seen).await).await
}
