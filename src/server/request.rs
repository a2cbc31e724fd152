//! One request: who asks (`Caller`), its id, and the two ways in of every server function, `read` and `write`: actor,
//! transaction, job, commit, told; or rolled back, logged, status set. Work is not cancelled when the browser leaves:
//! `edge` runs each request in a task of its own.

use super::cookies::Cookies;
use super::db::{Db, Tx};
use super::edge::Edge;
pub use super::failure::{id, our_fault};
use crate::auth::model::Visit;
use crate::auth::store::Device;
use crate::auth::throttle::Throttle;
use crate::auth::{Actor, model::Permission};
use crate::error::{Error, Result};
use crate::i18n::Locale;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Request, StatusCode};
use axum::response::Response;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;

/// What the running server has, shared by all requests.
#[derive(Clone)]
pub struct App {
    pub db: Db,
    pub throttle: Arc<Throttle>,
    pub edge: Arc<Edge>,
    /// Whether people come over https, which decides the cookies' names and flags.
    pub secure: bool,
    /// Draws the page of a request: for forms, which show theirs again.
    pub show: Show,
}

/// Draws a page, whole.
pub type Show = fn(App, Caller, Request<Body>) -> Pin<Box<dyn Future<Output = Response> + Send>>;

/// Who sent this request and what their browser is to know.
#[derive(Clone)]
pub struct Caller {
    pub actor: Option<Actor>,
    pub token: Option<String>,
    /// By what their browser is known from an earlier sign-in, whoever's.
    pub device: Option<String>,
    pub address: Option<IpAddr>,
    /// What their browser calls itself, cut short.
    pub agent: String,
    pub cookies: Cookies,
    pub visit: Visit,
}

impl Caller {
    /// From where they come, for a session that begins now.
    #[must_use]
    pub fn device(&self) -> Device {
        Device {
            agent: self.agent.clone(),
            address: self.address.map(|address| address.to_string()).unwrap_or_default(),
            known: self.device.clone(),
        }
    }
}

/// Makes the reply carry the error's status; for server functions and for pages alike.
pub fn set_status(error: &Error) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response
            .set_status(StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
        if let Error::TooMany { seconds } = error {
            response.insert_header(HeaderName::from_static("retry-after"), HeaderValue::from(*seconds));
        }
    }
}

fn context() -> Result<(App, Caller)> {
    let missing = || our_fault(&"a server function ran outside a request");
    Ok((use_context::<App>().ok_or_else(missing)?, use_context::<Caller>().ok_or_else(missing)?))
}

/// The language of whoever sent this request, for what is written into forms.
#[must_use]
pub fn locale() -> Locale {
    use_context::<Caller>().map(|caller| caller.visit.locale).unwrap_or_default()
}

/// The session this request came with; empty for a stranger's.
#[must_use]
pub fn token() -> String {
    use_context::<Caller>().and_then(|caller| caller.token).unwrap_or_default()
}

fn answered<T>(result: Result<T>) -> Result<T> {
    result.inspect_err(set_status)
}

/// Runs a job that only looks, as the person asking.
///
/// # Errors
/// `Unauthenticated` for a stranger; else what the job says.
pub async fn read<T>(job: impl AsyncFnOnce(&mut Tx) -> Result<T>) -> Result<T> {
    answered(
        async {
            let (app, caller) = context()?;
            let mut tx = app.db.read(caller.actor.ok_or(Error::Unauthenticated)?).await?;
            job(&mut tx).await
        }
        .await,
    )
}

/// Runs a job that changes something, as the person asking, who needs the right.
///
/// # Errors
/// `Unauthenticated` for a stranger, `Forbidden` without the right; else what the job says, and then nothing was
/// changed.
pub async fn write<T>(right: Permission, job: impl AsyncFnOnce(&mut Tx) -> Result<T>) -> Result<T> {
    answered(
        async {
            let (app, caller) = context()?;
            let actor = caller.actor.ok_or(Error::Unauthenticated)?;
            write_as(&app.db, actor, right, job).await
        }
        .await,
    )
}

/// Runs a job whose changes are shown and then taken back: nothing of it stays, and nobody is told.
///
/// # Errors
/// As [`write`].
pub async fn try_out<T>(right: Permission, job: impl AsyncFnOnce(&mut Tx) -> Result<T>) -> Result<T> {
    write(right, async |tx| {
        let point = tx.save_point().await?;
        let shown = job(tx).await?;
        tx.go_back(point).await?;
        Ok(shown)
    })
    .await
}

/// [`write`] outside a server function: for plain forms and the command line.
///
/// # Errors
/// As [`write`].
pub async fn write_as<T>(
    db: &Db,
    actor: Actor,
    right: Permission,
    job: impl AsyncFnOnce(&mut Tx) -> Result<T>,
) -> Result<T> {
    actor.must(right)?;
    let mut tx = db.write(actor).await?;
    tx.still_stands().await?;
    let done = job(&mut tx).await?;
    db.commit(tx).await?;
    Ok(done)
}

/// Runs a job of somebody who need not be signed in: sign-in and set-up.
///
/// # Errors
/// What the job says.
pub async fn public<T>(job: impl AsyncFnOnce(&App, &Caller) -> Result<T>) -> Result<T> {
    answered(
        async {
            let (app, caller) = context()?;
            job(&app, &caller).await
        }
        .await,
    )
}
