//! The plain forms of activities, for use without wasm: each returns to its card, where a refusal is shown with
//! everything that was typed. The rules are those of the server functions.

use super::commands;
use super::input::ActivityForm;
use crate::auth::model::Permission;
use crate::error::Error;
use crate::id::ActivityId;
use crate::journal::model::Card;
use crate::server::forms::{Typed, answer, by, form_of};
use crate::server::request::{App, Caller};
use crate::ui::address::own_path;
use axum::Router;
use axum::extract::{Extension, Form, Path, State};
use axum::http::Uri;
use axum::response::Response;
use axum::routing::post;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/customers/{id}/log", post(log_on_customer))
        .route("/deals/{id}/log", post(log_on_deal))
        .route("/activities/{id}/edit", post(change))
        .route("/activities/{id}/delete", post(delete))
}

async fn log_on_customer(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    log(app, caller, format!("/customers/{id}"), typed).await
}

async fn log_on_deal(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    log(app, caller, format!("/deals/{id}"), typed).await
}

async fn log(app: App, caller: Caller, path: String, typed: Typed) -> Response {
    let card = Card::at(&path);
    let done = async {
        let card = card.ok_or(Error::NotFound)?;
        let form: ActivityForm = form_of(&typed)?;
        by(&app, &caller, Permission::Sell, async |tx| commands::log(tx, card, &form).await).await?;
        Ok(card.path())
    }
    .await;
    let uri = uri_of(&card.map_or_else(|| "/".to_owned(), Card::path));
    answer(app, caller, uri, typed, done).await
}

fn uri_of(path: &str) -> Uri {
    path.parse().unwrap_or_else(|_| Uri::from_static("/"))
}

/// The card from which the form was sent.
fn back(typed: &Typed) -> String {
    let back = typed.iter().find(|(name, _)| name == "back").map_or("/", |(_, back)| own_path(back));
    Card::at(back).map_or_else(|| "/".to_owned(), Card::path)
}

async fn change(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let path = back(&typed);
    let done = async {
        let id: ActivityId = id.parse().map_err(|_| Error::NotFound)?;
        let form: ActivityForm = form_of(&typed)?;
        by(&app, &caller, Permission::Sell, async |tx| commands::change(tx, id, &form).await).await?;
        Ok(path.clone())
    }
    .await;
    let uri = match id.parse::<ActivityId>() {
        Ok(id) => uri_of(&format!("{path}?edit={id}")),
        Err(_) => uri_of(&path),
    };
    answer(app, caller, uri, typed, done).await
}

async fn delete(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let path = back(&typed);
    let done = async {
        let id: ActivityId = id.parse().map_err(|_| Error::NotFound)?;
        by(&app, &caller, Permission::Sell, async |tx| crate::records::delete(tx, id).await).await?;
        Ok(path.clone())
    }
    .await;
    answer(app, caller, uri_of(&path), Typed::new(), done).await
}
