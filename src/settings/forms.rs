//! The plain forms of the settings, for pages without wasm. Each is posted to the address of a page and answered by a
//! redirect, or by the page with the problems. They call the same commands as the server functions.

use crate::auth::model::Permission;
use crate::error::{Error, Result};
use crate::id::{PersonId, UnitId};
use crate::people::commands;
use crate::people::input::{FirmForm, PersonForm, ProfileForm};
use crate::people::store::{card, changes, firm, hand_over};
use crate::server::forms::{Typed, answer, by, form_of, tell};
use crate::server::request::{App, Caller};
use crate::ui::Theme;
use axum::Router;
use axum::extract::{Extension, Form, Path, State};
use axum::http::Uri;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use axum::routing::post;

/// The routes of the forms.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/settings", post(profile))
        .route("/settings/firm", post(firm_page))
        .route("/settings/people/invite", post(invite))
        .route("/settings/people/{id}", post(change))
        .route("/settings/people/{id}/link", post(link))
        .route("/settings/people/{id}/active", post(set_active))
        .route("/settings/people/{id}/hand-over", post(give))
}

/// The value of a field; empty if it is missing.
fn value<'t>(typed: &'t Typed, field: &str) -> &'t str {
    typed.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value)
}

async fn profile(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    uri: Uri,
    Form(typed): Form<Typed>,
) -> Response {
    let theme = caller.cookies.theme(Theme::parse(value(&typed, "theme")));
    let done = async {
        let form: ProfileForm = form_of(&typed)?;
        crate::auth::forms::change_profile(&app, &caller, &form).await?;
        Ok("/settings".to_owned())
    }
    .await;
    let mut response = answer(app, caller, uri, typed, done).await;
    if let Some(cookie) = theme {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

async fn firm_page(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    uri: Uri,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let form: FirmForm = form_of(&typed)?;
        by(&app, &caller, Permission::Administer, async |tx| firm::change(tx, &form).await).await?;
        Ok("/settings/firm".to_owned())
    }
    .await;
    answer(app, caller, uri, typed, done).await
}

async fn invite(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    uri: Uri,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let form: PersonForm = form_of(&typed)?;
        by(&app, &caller, Permission::LeadPeople, async |tx| commands::invite(tx, &form).await).await
    }
    .await;
    match done {
        Ok(invited) => tell(app, caller, uri, invited.link).await,
        Err(error) => answer(app, caller, uri, typed, Err(error)).await,
    }
}

/// The person in an address, and the address of their page, where refusals are shown.
fn page_of(id: &str) -> (Result<PersonId>, Uri) {
    let person = id.parse::<PersonId>().map_err(|_| Error::NotFound);
    let page = person.as_ref().ok().and_then(|id| format!("/settings/people/{id}").parse().ok());
    (person, page.unwrap_or_else(|| Uri::from_static("/settings/people")))
}

async fn change(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    uri: Uri,
    Form(typed): Form<Typed>,
) -> Response {
    let (person, page) = page_of(&id);
    let done = async {
        let (id, form) = (person?, form_of::<PersonForm>(&typed)?);
        by(&app, &caller, Permission::LeadPeople, async |tx| commands::change(tx, id, &form).await).await?;
        Ok(page.path().to_owned())
    }
    .await;
    answer(app, caller, uri, typed, done).await
}

async fn link(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Response {
    let (person, page) = page_of(&id);
    let done = async {
        let id = person?;
        by(&app, &caller, Permission::LeadPeople, async |tx| changes::link(tx, id).await).await
    }
    .await;
    match done {
        Ok(invited) => tell(app, caller, page, invited.link).await,
        Err(error) => answer(app, caller, page, Typed::new(), Err(error)).await,
    }
}

async fn set_active(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let (person, page) = page_of(&id);
    let active = value(&typed, "active") == "yes";
    let done = async {
        let id = person?;
        let job = async |tx: &mut crate::server::db::Tx| card::set_active(tx, id, active).await;
        by(&app, &caller, Permission::LeadPeople, job).await?;
        Ok(page.path().to_owned())
    }
    .await;
    answer(app, caller, page, Typed::new(), done).await
}

async fn give(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let (person, page) = page_of(&id);
    let done = async {
        let id = person?;
        let to: UnitId = value(&typed, "to").parse().map_err(|_| Error::NotFound)?;
        let job = async |tx: &mut crate::server::db::Tx| hand_over::hand_over(tx, id, to).await;
        by(&app, &caller, Permission::LeadPeople, job).await?;
        Ok(page.path().to_owned())
    }
    .await;
    answer(app, caller, page, Typed::new(), done).await
}
