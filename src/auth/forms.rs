//! What sign-in and set-up do, for the server functions and for the plain forms of their pages alike.

use super::model::{JoinForm, PasswordForm, Role, SetUpForm, SignInForm};
use super::store::{self, Token, at_the_command_line};
use crate::error::{Error, Result};
use crate::people::store::{NewPerson, add_person, found, rebuild_reach};
use crate::server::edge::session_cookie;
use crate::server::forms::{Typed, answer, form_of};
use crate::server::request::{App, Caller};
use axum::extract::{Extension, Form, Path, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderValue, Uri};
use axum::response::Response;
use axum::routing::post;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// Throttled sign-in.
///
/// # Errors
/// `TooMany`, or `Invalid` with `WrongSignIn`.
pub async fn sign_in(app: &App, caller: &Caller, form: &SignInForm) -> Result<Token> {
    app.throttle.count(&form.email, caller.address)?;
    if let Some(old) = &caller.token {
        store::sign_out(&app.db, old).await?;
    }
    store::sign_in(&app.db, &form.email, &form.password, &caller.device()).await
}

/// Founds the firm with its owner, filled with a sample if that was wished.
///
/// # Errors
/// `Invalid` for the fields, or with `Taken` when there is a firm already.
pub async fn set_up(app: &App, caller: &Caller, form: &SetUpForm) -> Result<Token> {
    app.throttle.count(&form.email, caller.address)?;
    let new = form.parse()?;
    let mut door = app.db.door().await?;
    found(&mut door, &new.firm).await?;
    let owner = NewPerson {
        name: new.name,
        email: Some(new.email.clone()),
        role: Role::Owner,
        sees: None,
        password: Some(new.password),
        under: None,
    };
    let owner = add_person(&mut door, owner).await?;
    rebuild_reach(&mut door).await?;
    crate::deals::pipeline::ensure_default(&mut door, new.firm.language).await?;
    door.commit().await?;
    if new.with_sample {
        let actor = at_the_command_line(&app.db, Some(&new.email)).await?;
        crate::sample::firm(&app.db, actor).await?;
    }
    store::begin_session(&app.db, owner, &caller.device()).await
}

/// Changes the password of whoever asks; guessing the current one is throttled like signing in.
///
/// # Errors
/// `TooMany`; `Invalid` at the fields.
pub async fn change_password(app: &App, caller: &Caller, form: &PasswordForm) -> Result<Token> {
    let actor = caller.actor.clone().ok_or(Error::Unauthenticated)?;
    let email = caller.visit.me.as_ref().map(|me| me.email.clone()).unwrap_or_default();
    app.throttle.count(&email, caller.address)?;
    store::account::change_password(&app.db, actor, form, &caller.device()).await
}

/// Uses a one-time link.
///
/// # Errors
/// `TooMany`; `NotFound` for a link that is none; `Invalid` for the password.
pub async fn join(app: &App, caller: &Caller, form: &JoinForm) -> Result<Token> {
    app.throttle.count(&form.token, caller.address)?;
    store::links::join(&app.db, &form.token, &form.password, &caller.device()).await
}

/// Gives the browser its session from within a server function; an empty token takes it away.
pub fn set_cookie(caller: &Caller, token: &str) {
    if let (Some(response), Some(cookie)) = (use_context::<ResponseOptions>(), cookie_header(caller, token)) {
        response.append_header(SET_COOKIE, cookie);
    }
}

fn cookie_header(caller: &Caller, token: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(&session_cookie(caller.secure, token).to_string()).ok()
}

/// The plain forms of the pages here.
pub fn routes() -> axum::Router<App> {
    axum::Router::new()
        .route("/sign-in", post(sign_in_plainly))
        .route("/sign-out", post(sign_out_plainly))
        .route("/setup", post(set_up_plainly))
        .route("/join/{token}", post(join_plainly))
        .route("/settings/password", post(change_password_plainly))
        .route("/settings/sessions", post(end_sessions_plainly))
}

async fn led_on(
    app: App,
    caller: Caller,
    uri: Uri,
    typed: Typed,
    token: Result<Token>,
    next: String,
) -> Response {
    let cookie = token.as_ref().ok().and_then(|token| cookie_header(&caller, token));
    let mut response = answer(app, caller, uri, typed, token.map(|_| next)).await;
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

async fn sign_in_plainly(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    uri: Uri,
    Form(typed): Form<Typed>,
) -> Response {
    let next = super::paths::wanted_path(uri.query().unwrap_or_default());
    let token = match form_of::<SignInForm>(&typed) {
        Ok(form) => sign_in(&app, &caller, &form).await,
        Err(error) => Err(error),
    };
    led_on(app, caller, uri, typed, token, next).await
}

async fn sign_out_plainly(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    uri: Uri,
) -> Response {
    let ended = match &caller.token {
        Some(token) => store::sign_out(&app.db, token).await,
        None => Ok(()),
    };
    led_on(app, caller, uri, Typed::new(), ended.map(|()| String::new()), "/sign-in".into()).await
}

async fn set_up_plainly(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    uri: Uri,
    Form(typed): Form<Typed>,
) -> Response {
    let token = match form_of::<SetUpForm>(&typed) {
        Ok(form) => set_up(&app, &caller, &form).await,
        Err(error) => Err(error),
    };
    led_on(app, caller, uri, typed, token, "/".into()).await
}

async fn join_plainly(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(token): Path<String>,
    uri: Uri,
    Form(typed): Form<Typed>,
) -> Response {
    let joined = match form_of::<JoinForm>(&typed) {
        Ok(form) => join(&app, &caller, &JoinForm { token, ..form }).await,
        Err(error) => Err(error),
    };
    led_on(app, caller, uri, typed, joined, "/".into()).await
}

async fn change_password_plainly(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Form(typed): Form<Typed>,
) -> Response {
    let changed = match form_of::<PasswordForm>(&typed) {
        Ok(form) => change_password(&app, &caller, &form).await,
        Err(error) => Err(error),
    };
    led_on(app, caller, Uri::from_static("/settings"), typed, changed, "/settings".into()).await
}

async fn end_sessions_plainly(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Form(typed): Form<Typed>,
) -> Response {
    let named = typed.iter().find(|(name, _)| name == "session").map(|(_, id)| id.as_str());
    let done = match (caller.actor.clone(), &caller.token) {
        (Some(actor), Some(token)) => store::account::end(&app.db, actor, token, named).await,
        _ => Err(Error::Unauthenticated),
    };
    answer(app, caller, Uri::from_static("/settings"), Typed::new(), done.map(|()| "/settings".to_owned()))
        .await
}
