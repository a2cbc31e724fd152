//! The firm's people for the browser: the tree in reach, whom a record can be given to, and one's own language.

use super::model::{OwnerChoice, TreeNode};
use crate::error::Result;
use crate::i18n::Locale;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// The part of the organisation tree the person may see.
#[server(prefix = "/api", endpoint = "people/tree", input = Json)]
pub async fn tree() -> Result<Vec<TreeNode>> {
    crate::server::read(async |tx| super::store::tree(tx).await).await
}

/// Everyone and every group a record can be given to.
#[server(prefix = "/api", endpoint = "people/owners", input = Json)]
pub async fn owners() -> Result<Vec<OwnerChoice>> {
    crate::server::read(async |tx| super::store::owner_choices(tx).await).await
}

/// The language in which the person wants the pages.
#[server(prefix = "/api", endpoint = "people/speak", input = Json)]
pub async fn speak(language: Locale) -> Result<()> {
    crate::server::request::public(async |app, caller| {
        let actor = caller.actor.as_ref().ok_or(crate::error::Error::Unauthenticated)?;
        super::store::speak(&app.db, actor.id, language).await
    })
    .await
}
