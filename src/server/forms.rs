//! Plain forms: what a page's `<form method="post">` sends when wasm is not loaded. A refused form is shown again at
//! the same address with everything that was typed; an accepted one redirects. The rules are those of the server
//! functions.

use super::db::Tx;
use super::edge;
use super::request::{App, Caller, write_as};
use crate::auth::model::{FormReply, Permission};
use crate::error::Error;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, Uri};
use axum::response::Response;
use serde::de::DeserializeOwned;

/// The fields of a form as they were typed, in order.
pub type Typed = Vec<(String, String)>;

/// Reads a form into its struct; unknown fields are ignored and missing ones are empty.
///
/// # Errors
/// `BadRequest` when the fields do not fit the struct.
pub fn form_of<F: DeserializeOwned>(typed: &Typed) -> Result<F, Error> {
    crate::ui::form::form_of(typed).ok_or(Error::BadRequest)
}

/// Does the job in a transaction as the person who sent the form, who must have the right.
///
/// # Errors
/// `Unauthenticated` for a stranger; else as [`write_as`].
pub async fn by<T>(
    app: &App,
    caller: &Caller,
    right: Permission,
    job: impl AsyncFnOnce(&mut Tx) -> Result<T, Error>,
) -> Result<T, Error> {
    let actor = caller.actor.clone().ok_or(Error::Unauthenticated)?;
    write_as(&app.db, actor, right, job).await
}

/// Redirects to the path of a job that was done; else shows the page again with the problems.
pub async fn answer(
    app: App,
    caller: Caller,
    uri: Uri,
    typed: Typed,
    done: Result<String, Error>,
) -> Response {
    let error = match done {
        Ok(path) => return edge::see_other(&path),
        Err(error) => error,
    };
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let hidden = ["password", "current", "current_password"];
    let typed = typed.into_iter().filter(|(name, _)| !hidden.contains(&name.as_str())).collect();
    let mut caller = caller;
    caller.visit.reply = Some(FormReply { path: uri.path().to_owned(), typed, error });
    let mut response = shown(app, caller, uri).await;
    *response.status_mut() = status;
    response
}

/// Shows the page with something that the form has made and that is shown only this once (a one-time link).
pub async fn tell(app: App, mut caller: Caller, uri: Uri, told: String) -> Response {
    caller.visit.told = Some(told);
    shown(app, caller, uri).await
}

async fn shown(app: App, caller: Caller, uri: Uri) -> Response {
    let mut request = Request::new(Body::empty());
    *request.method_mut() = Method::GET;
    *request.uri_mut() = uri;
    (app.show)(app, caller, request).await
}
