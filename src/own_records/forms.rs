//! The plain forms of own records, for pages without wasm. Each is posted to the address of a page and answered by a
//! redirect, or by the page with the problems. They call the same commands as the server functions.

use super::address::{card_of, list_of};
use super::commands;
use super::input::OwnRecordForm;
use crate::auth::model::Permission;
use crate::error::{Error, Result};
use crate::id::{KindNr, OwnRecordId};
use crate::server::forms::{Typed, answer, by, form_of};
use crate::server::request::{App, Caller};
use axum::Router;
use axum::extract::{Extension, Form, Path, State};
use axum::http::Uri;
use axum::response::Response;
use axum::routing::post;
use serde::Deserialize;

/// The routes of the forms.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/kinds/{nr}/new", post(create))
        .route("/records/{id}/edit", post(change))
        .route("/records/{id}/delete", post(delete))
        .route("/records/{id}/stage", post(put))
}

fn id_of(text: &str) -> Result<OwnRecordId> {
    text.parse().map_err(|_| Error::NotFound)
}

/// The address of a record's card: refusals of forms without a page of their own are shown there.
fn card(text: &str) -> Uri {
    let path = text.parse::<OwnRecordId>().map(card_of).unwrap_or_else(|_| "/".into());
    path.parse().unwrap_or_else(|_| Uri::from_static("/"))
}

async fn create(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(nr): Path<String>,
    uri: Uri,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let kind: KindNr = nr.parse().map_err(|_| Error::NotFound)?;
        let form: OwnRecordForm = form_of(&typed)?;
        by(&app, &caller, Permission::Sell, async |tx| commands::create(tx, kind, &form).await)
            .await
            .map(card_of)
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
        let form: OwnRecordForm = form_of(&typed)?;
        by(&app, &caller, Permission::Sell, async |tx| commands::change(tx, id, &form).await).await?;
        Ok(card_of(id))
    }
    .await;
    answer(app, caller, uri, typed, done).await
}

async fn delete(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Response {
    let uri = card(&id);
    let done = async {
        let id = id_of(&id)?;
        let kind = by(&app, &caller, Permission::Sell, async |tx| {
            let (facts, _) = crate::records::read(tx, id).await?;
            crate::records::delete(tx, id).await?;
            Ok(facts.kind)
        });
        kind.await.map(list_of)
    }
    .await;
    answer(app, caller, uri, Typed::new(), done).await
}

/// The form that moves a record: the number of a stage.
#[derive(Deserialize)]
struct StageForm {
    stage: i64,
}

async fn put(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let uri = card(&id);
    let done = async {
        let id = id_of(&id)?;
        let form: StageForm = form_of(&typed)?;
        by(&app, &caller, Permission::Sell, async |tx| commands::put(tx, id, form.stage).await).await?;
        Ok(card_of(id))
    }
    .await;
    answer(app, caller, uri, Typed::new(), done).await
}
