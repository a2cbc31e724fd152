//! The plain forms of customers, for when there is no wasm: each answers on its page's own address. The rules are those
//! of the server functions.

use super::commands;
use super::model::CustomerForm;
use crate::auth::model::Permission;
use crate::error::Error;
use crate::id::CustomerId;
use crate::server::forms::{Typed, answer, by, form_of};
use crate::server::request::{App, Caller};
use axum::Router;
use axum::extract::{Extension, Form, Path, State};
use axum::http::Uri;
use axum::response::Response;
use axum::routing::post;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/customers/new", post(create))
        .route("/customers/{id}/edit", post(change))
        .route("/customers/{id}/delete", post(delete))
}

async fn create(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    uri: Uri,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let form: CustomerForm = form_of(&typed)?;
        let id = by(&app, &caller, Permission::Sell, async |tx| commands::create(tx, &form).await).await?;
        Ok(format!("/customers/{id}"))
    }
    .await;
    answer(app, caller, uri, typed, done).await
}

async fn change(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    uri: Uri,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let id: CustomerId = id.parse().map_err(|_| Error::NotFound)?;
        let form: CustomerForm = form_of(&typed)?;
        by(&app, &caller, Permission::Sell, async |tx| commands::change(tx, id, &form).await).await?;
        Ok(format!("/customers/{id}"))
    }
    .await;
    answer(app, caller, uri, typed, done).await
}

async fn delete(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Response {
    // A refusal is shown on the customer's card: deleting has no page of its own.
    let card =
        id.parse::<CustomerId>().map(|id| format!("/customers/{id}")).unwrap_or_else(|_| "/customers".into());
    let uri = card.parse().unwrap_or_else(|_| Uri::from_static("/customers"));
    let done = async {
        let id: CustomerId = id.parse().map_err(|_| Error::NotFound)?;
        by(&app, &caller, Permission::Sell, async |tx| crate::records::delete(tx, id).await).await?;
        Ok("/customers".to_owned())
    }
    .await;
    answer(app, caller, uri, Typed::new(), done).await
}
