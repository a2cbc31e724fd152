//! The plain form that restores a record from the trash, for pages without wasm. Calls the same command as the server
//! function.

use super::commands;
use crate::auth::model::Permission;
use crate::error::Error;
use crate::id::EventId;
use crate::server::forms::{Typed, answer, by};
use crate::server::request::{App, Caller};
use axum::Router;
use axum::extract::{Extension, Form, State};
use axum::http::Uri;
use axum::response::Response;
use axum::routing::post;

pub fn routes() -> Router<App> {
    Router::new().route("/trash", post(restore))
}

async fn restore(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    uri: Uri,
    Form(typed): Form<Typed>,
) -> Response {
    let event = typed.iter().find(|(name, _)| name == "event").and_then(|(_, id)| id.parse::<EventId>().ok());
    let done = by(&app, &caller, Permission::Sell, async |tx| {
        commands::undo(tx, event.ok_or(Error::NotFound)?).await
    })
    .await;
    answer(app, caller, uri, typed, done.map(|()| "/trash".to_owned())).await
}
