//! The plain forms of deals, for when there is no wasm: each answers on its page's own address. The rules are those of
//! the server functions.

use super::commands;
use super::input::DealForm;
use crate::auth::model::Permission;
use crate::error::{Error, Result};
use crate::id::DealId;
use crate::server::forms::{Typed, answer, by, form_of};
use crate::server::request::{App, Caller};
use axum::Router;
use axum::extract::{Extension, Form, Path, State};
use axum::http::Uri;
use axum::response::Response;
use axum::routing::post;
use serde::Deserialize;

/// The reason of a loss: one of the usual ones, a sentence, or both.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct LossForm {
    reason: String,
    sentence: String,
}

impl LossForm {
    fn whole(&self) -> String {
        let parts: Vec<&str> =
            [self.reason.trim(), self.sentence.trim()].into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(": ")
    }
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/deals/new", post(create))
        .route("/deals/{id}/edit", post(change))
        .route("/deals/{id}/delete", post(delete))
        .route("/deals/{id}/win", post(win))
        .route("/deals/{id}/lose", post(lose))
        .merge(super::board::forms::routes())
}

fn id_of(text: &str) -> Result<DealId> {
    text.parse().map_err(|_| Error::NotFound)
}

/// The path that a button on the card leads to. A refusal is shown there too: buttons have no page of their own.
fn card(id: &str) -> (String, Uri) {
    let path = id_of(id).map_or_else(|_| "/deals".to_owned(), |id| format!("/deals/{id}"));
    let uri = path.parse().unwrap_or_else(|_| Uri::from_static("/deals"));
    (path, uri)
}

async fn create(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    uri: Uri,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let form: DealForm = form_of(&typed)?;
        let id = by(&app, &caller, Permission::Sell, async |tx| commands::create(tx, &form).await).await?;
        Ok(format!("/deals/{id}"))
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
        let id = id_of(&id)?;
        let form: DealForm = form_of(&typed)?;
        by(&app, &caller, Permission::Sell, async |tx| commands::change(tx, id, &form).await).await?;
        Ok(format!("/deals/{id}"))
    }
    .await;
    answer(app, caller, uri, typed, done).await
}

async fn delete(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Response {
    let (_, uri) = card(&id);
    let done = async {
        let id = id_of(&id)?;
        by(&app, &caller, Permission::Sell, async |tx| crate::records::delete(tx, id).await).await?;
        Ok("/deals".to_owned())
    }
    .await;
    answer(app, caller, uri, Typed::new(), done).await
}

async fn win(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Response {
    let (path, uri) = card(&id);
    let done = async {
        let id = id_of(&id)?;
        by(&app, &caller, Permission::Sell, async |tx| commands::win(tx, id).await).await?;
        Ok(path)
    }
    .await;
    answer(app, caller, uri, Typed::new(), done).await
}

async fn lose(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let (path, uri) = card(&id);
    let done = async {
        let id = id_of(&id)?;
        let form: LossForm = form_of(&typed)?;
        by(&app, &caller, Permission::Sell, async |tx| commands::lose(tx, id, &form.whole()).await).await?;
        Ok(path)
    }
    .await;
    answer(app, caller, uri, typed, done).await
}
