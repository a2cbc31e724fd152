//! Signing in, set-up, joining by link, and changes of one's own account: the work behind both the server functions and
//! the plain forms of their pages.

use super::address::kept;
use super::model::{JoinForm, PasswordForm, Permission, Role, SetUpForm, SignInForm};
use super::password;
use super::store::{self, Entry, at_the_command_line};
use super::throttle::Guess;
use crate::error::{Error, Problem, Result};
use crate::id::EventId;
use crate::people::input::ProfileForm;
use crate::people::store::{NewPerson, add_person, firm, found, rebuild_reach};
use crate::server::forms::{Typed, answer, form_of};
use crate::server::request::{App, Caller, write_as};
use axum::extract::{Extension, Form, Path, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderValue, Uri};
use axum::response::Response;
use axum::routing::post;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// Signs in, with a limit on tries. The browser's previous session ends only if this succeeds.
///
/// # Errors
/// `TooMany`, or `Invalid` with `WrongSignIn`.
pub async fn sign_in(app: &App, caller: &Caller, form: &SignInForm) -> Result<Entry> {
    let device = caller.device();
    let account = store::account(&app.db, &form.email, &device).await?;
    let stranger = if account.known_device() { None } else { caller.address };
    let email = folded(&form.email);
    app.throttle.count(account.guess(&email, &device), stranger)?;
    let _place = if account.known_device() { None } else { Some(password::place_of_a_stranger()?) };
    let entry = store::sign_in(&app.db, account, &form.password, &device).await?;
    end_former(app, caller).await?;
    Ok(entry)
}

/// The typed address as tries are counted for it when nobody has that address.
fn folded(email: &str) -> String {
    kept(email).chars().take(320).collect()
}

/// Ends the session that a new one has replaced.
async fn end_former(app: &App, caller: &Caller) -> Result<()> {
    match &caller.token {
        Some(former) => store::sign_out(&app.db, former).await,
        None => Ok(()),
    }
}

/// Founds the firm with its owner, with sample data if that was wanted.
///
/// # Errors
/// `Invalid` for the fields, or with `Taken` when there is a firm already.
pub async fn set_up(app: &App, caller: &Caller, form: &SetUpForm) -> Result<Entry> {
    app.throttle.count(Guess::Nobody(&folded(&form.email)), caller.address)?;
    let new = form.parse()?;
    let mut system = app.db.write_system().await?;
    found(&mut system, &new.firm).await?;
    let owner = NewPerson {
        name: new.name,
        email: Some(new.email.clone()),
        role: Role::Owner,
        sees: None,
        password: Some(new.password),
        under: None,
    };
    let owner = add_person(&mut system, owner).await?;
    rebuild_reach(&mut system).await?;
    crate::deals::pipeline::ensure_default(&mut system, new.firm.language).await?;
    system.commit().await?;
    if new.with_sample {
        let actor = at_the_command_line(&app.db, Some(&new.email)).await?;
        crate::sample::firm(&app.db, actor).await?;
    }
    store::begin_session(&app.db, owner, &caller.device()).await
}

/// Changes the password of the person asking; guessing the current one is limited like signing in.
///
/// # Errors
/// `TooMany`; `Invalid` at the fields.
pub async fn change_password(app: &App, caller: &Caller, form: &PasswordForm) -> Result<Entry> {
    let actor = caller.actor.clone().ok_or(Error::Unauthenticated)?;
    let proof =
        store::account::prove(&app.db, &app.throttle, actor.clone(), "current", &form.current).await?;
    store::account::change_password(&app.db, actor, proof, &form.password, &caller.device()).await
}

/// Changes the name, address and language of the person asking. Changing the address needs the current password,
/// because the address is used for signing in.
///
/// # Errors
/// `TooMany`; `Invalid` with every problem.
pub async fn change_profile(app: &App, caller: &Caller, form: &ProfileForm) -> Result<Option<EventId>> {
    const FIELD: &str = "current_password";
    let actor = caller.actor.clone().ok_or(Error::Unauthenticated)?;
    let proof = if firm::needs_proof(&mut app.db.read(actor.clone()).await?, form).await? {
        let typed = &form.current_password;
        Some(store::account::prove(&app.db, &app.throttle, actor.clone(), FIELD, typed).await?)
    } else {
        None
    };
    write_as(&app.db, actor, Permission::OwnAccount, async |tx| {
        match &proof {
            Some(proof) => proof.holds(tx, FIELD).await?,
            // The address may have been changed meanwhile, so that the form changes it after all.
            None if firm::needs_proof(tx, form).await? => {
                return Err(Error::invalid(FIELD, Problem::Required));
            }
            None => {}
        }
        firm::change_profile(tx, form).await
    })
    .await
}

/// Uses a one-time link.
///
/// # Errors
/// `TooMany`; `NotFound` for a link that is none; `Invalid` for the password.
pub async fn join(app: &App, caller: &Caller, form: &JoinForm) -> Result<Entry> {
    app.throttle.count(Guess::Link(&form.token), caller.address)?;
    let entry = store::links::join(&app.db, &form.token, &form.password, &caller.device()).await?;
    end_former(app, caller).await?;
    Ok(entry)
}

/// Sets the cookies after signing in, from within a server function; `None` removes the session's cookie.
pub fn set_cookies(caller: &Caller, entry: Option<&Entry>) {
    if let Some(response) = use_context::<ResponseOptions>() {
        for cookie in cookies(caller, entry) {
            response.append_header(SET_COOKIE, cookie);
        }
    }
}

fn cookies(caller: &Caller, entry: Option<&Entry>) -> Vec<HeaderValue> {
    let of = caller.cookies;
    match entry {
        Some(entry) => [of.session(&entry.session, Entry::SECONDS), of.device(&entry.device)],
        None => [of.no_session(), None],
    }
    .into_iter()
    .flatten()
    .collect()
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
    entry: Result<Option<Entry>>,
    next: String,
) -> Response {
    let cookies = entry.as_ref().map(|entry| cookies(&caller, entry.as_ref())).unwrap_or_default();
    let mut response = answer(app, caller, uri, typed, entry.map(|_| next)).await;
    for cookie in cookies {
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
    let next = crate::ui::address::wanted_path(uri.query().unwrap_or_default());
    let entry = match form_of::<SignInForm>(&typed) {
        Ok(form) => sign_in(&app, &caller, &form).await,
        Err(error) => Err(error),
    };
    led_on(app, caller, uri, typed, entry.map(Some), next).await
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
    led_on(app, caller, uri, Typed::new(), ended.map(|()| None), "/sign-in".into()).await
}

async fn set_up_plainly(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    uri: Uri,
    Form(typed): Form<Typed>,
) -> Response {
    let entry = match form_of::<SetUpForm>(&typed) {
        Ok(form) => set_up(&app, &caller, &form).await,
        Err(error) => Err(error),
    };
    led_on(app, caller, uri, typed, entry.map(Some), "/".into()).await
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
    led_on(app, caller, uri, typed, joined.map(Some), "/".into()).await
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
    led_on(app, caller, Uri::from_static("/settings"), typed, changed.map(Some), "/settings".into()).await
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
