//! The plain forms that hand a record over, for use without wasm: each answers at its page's own address.

use super::model::HandOverForm;
use super::store;
use crate::auth::model::Permission;
use crate::error::Error;
use crate::journal::model::Card;
use crate::server::forms::{Typed, answer, by, form_of};
use crate::server::request::{App, Caller};
use axum::Router;
use axum::extract::{Extension, Form, State};
use axum::http::Uri;
use axum::response::Response;
use axum::routing::post;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/customers/{id}/hand-over", post(give))
        .route("/deals/{id}/hand-over", post(give))
        .route("/records/{id}/hand-over", post(give))
}

async fn give(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    uri: Uri,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let card = uri.path().strip_suffix("/hand-over").and_then(Card::at).ok_or(Error::NotFound)?;
        let form: HandOverForm = form_of(&typed)?;
        let given =
            by(&app, &caller, Permission::Sell, async |tx| store::give(tx, card, &form).await).await?;
        Ok(match card {
            card if given.seen => card.path(),
            Card::Customer(_) => "/customers".to_owned(),
            Card::Deal(_) => "/deals".to_owned(),
            Card::Record(_) => "/".to_owned(),
        })
    }
    .await;
    answer(app, caller, uri, typed, done).await
}
