//! The plain forms of tasks, for use without wasm: the line on the list and on cards, the form's page, and the buttons
//! of a row, which return to the page that they are on. The rules are those of the server functions.

use super::commands;
use super::input::{LineForm, TaskForm};
use super::model::{Act, Snooze};
use crate::auth::model::Permission;
use crate::error::{Error, Result};
use crate::i18n::days;
use crate::id::TaskId;
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::forms::{Typed, answer, by, form_of};
use crate::server::request::{App, Caller};
use crate::ui::address::own_path;
use axum::Router;
use axum::extract::{Extension, Form, Path, State};
use axum::http::Uri;
use axum::response::Response;
use axum::routing::post;
use serde::Deserialize;

/// A button of a row.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ActForm {
    /// `finish`, `reopen`, `delete`, `later`, `tomorrow`, `monday` or `day`.
    act: String,
    /// The day, where `act` is `day`.
    day: String,
    back: String,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/tasks", post(add))
        .route("/tasks/new", post(save))
        .route("/tasks/{id}/edit", post(save))
        .route("/tasks/{id}/act", post(act))
}

fn id_of(text: &str) -> Result<TaskId> {
    text.parse().map_err(|_| Error::NotFound)
}

/// The page that a form came from; the list of tasks where it names no page of this site.
fn back(named: &str) -> (String, Uri) {
    let path = match own_path(named) {
        "/" if named != "/" => "/tasks",
        path => path,
    };
    (path.to_owned(), path.parse().unwrap_or_else(|_| Uri::from_static("/tasks")))
}

async fn add(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Form(typed): Form<Typed>,
) -> Response {
    let form: Result<LineForm> = form_of(&typed);
    let (path, uri) = back(form.as_ref().map_or("", |form| &form.back));
    let done = async {
        let form = form?;
        let locale = caller.visit.locale;
        by(&app, &caller, Permission::Sell, async |tx| commands::add_line(tx, &form, locale).await).await?;
        Ok(path)
    }
    .await;
    answer(app, caller, uri, typed, done).await
}

/// A new task, or a change of the one in the address. A new task has a version if it is on record already and something
/// else was typed since.
async fn save(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    uri: Uri,
    Form(typed): Form<Typed>,
) -> Response {
    let named = uri.path().strip_prefix("/tasks/").and_then(|path| path.strip_suffix("/edit"));
    let done = async {
        let mut form: TaskForm = form_of(&typed)?;
        if let Some(id) = named {
            form.id = id_of(id)?.to_string();
        }
        by(&app, &caller, Permission::Sell, async |tx| commands::save(tx, &form).await).await?;
        Ok(back(&form.back).0)
    }
    .await;
    answer(app, caller, uri.clone(), typed, done).await
}

async fn act(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let form: Result<ActForm> = form_of(&typed);
    let (path, uri) = back(form.as_ref().map_or("", |form| &form.back));
    let done = async {
        let (id, form) = (id_of(&id)?, form?);
        by(&app, &caller, Permission::Sell, async |tx| carry_out(tx, id, &form).await).await?;
        Ok(path)
    }
    .await;
    answer(app, caller, uri, typed, done).await
}

async fn carry_out(tx: &mut Tx, id: TaskId, form: &ActForm) -> Result<()> {
    let act = match form.act.as_str() {
        "finish" => Act::Finish,
        "reopen" => Act::Reopen,
        "delete" => Act::Delete,
        "later" => Act::PutOff(Snooze::LaterToday),
        "tomorrow" => Act::PutOff(Snooze::Tomorrow),
        "monday" => Act::PutOff(Snooze::NextMonday),
        "day" => {
            let today = clock::today(tx.actor().zone);
            let day = days::read(&form.day, today, tx.actor().locale)
                .map_err(|problem| Error::invalid("day", problem))?;
            Act::PutOff(Snooze::Day(day))
        }
        _ => return Err(Error::BadRequest),
    };
    commands::act(tx, id, act).await.map(|_| ())
}
