//! The move as a plain form, for when there is no wasm: `POST /deals/{id}/move` with `to` and perhaps `place` and
//! `back`. Merged into the deals' plain forms; the rules are those of the server function.

use super::model::Move;
use super::store::{self, places};
use crate::auth::model::Permission;
use crate::error::Error;
use crate::id::{CmdId, DealId, StageId};
use crate::server::forms::{Typed, answer, by, form_of};
use crate::server::request::{App, Caller};
use crate::ui::address::own_path;
use axum::extract::{Extension, Form, Path, State};
use axum::response::Response;
use axum::{Router, routing::post};
use serde::Deserialize;
use uuid::Uuid;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct MoveForm {
    /// The stage to move to; empty for the deal's own stage.
    to: String,
    /// `bottom`; anything else means the top.
    place: String,
    lost_reason: String,
    /// The page to return to.
    back: String,
}

pub fn routes() -> Router<App> {
    Router::new().route("/deals/{id}/move", post(carry))
}

async fn carry(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let form: Result<MoveForm, Error> = form_of(&typed);
    let back = form.as_ref().map_or("/deals", |form| own_path(&form.back)).to_owned();
    let back = if back == "/" { "/deals".to_owned() } else { back };
    let done = run(&app, &caller, &id, form).await.map(|()| back.clone());
    let page = back.parse().unwrap_or_else(|_| axum::http::Uri::from_static("/deals"));
    answer(app, caller, page, typed, done).await
}

async fn run(app: &App, caller: &Caller, id: &str, form: Result<MoveForm, Error>) -> Result<(), Error> {
    let form = form?;
    let deal: DealId = id.parse().map_err(|_| Error::NotFound)?;
    let named: Option<StageId> = match form.to.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| Error::NotFound)?),
    };
    by(app, caller, Permission::Sell, async |tx| {
        let to = match named {
            Some(stage) => stage,
            None => crate::records::read(tx, deal).await?.0.stage_id,
        };
        let before = if form.place == "bottom" { None } else { places::first_seen(tx, to, deal).await? };
        let change = Move {
            cmd: CmdId(Uuid::new_v4()),
            deal,
            to,
            after: None,
            before,
            seen_version: 0,
            lost_reason: form.lost_reason.clone(),
        };
        store::move_to(tx, &change).await.map(|_| ())
    })
    .await
}
