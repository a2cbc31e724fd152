//! All addresses of the program in one place: pages, server functions, plain forms, the live stream, assets, health.

use crate::app::{Named, shell};
use crate::auth::model::MenuKind;
use crate::error::Error;
use crate::own_kinds::model::KindName;
use crate::server::request::{App, Caller};
use crate::server::{assets, bodies, edge, executor, not_awake};
use axum::Router;
use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use leptos::prelude::provide_context;
use std::pin::Pin;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

const LARGEST_ERROR: usize = 64 * 1024;

/// The whole program as one service.
pub fn router(app: App) -> Router {
    executor::spawn_in_turn();
    Router::new()
        .route("/healthz", get(async || "ok"))
        .route("/readyz", get(ready))
        .route("/live", get(crate::live::stream))
        .route("/not-awake", post(not_awake::told))
        .route("/pkg/{*path}", get(assets::pkg))
        .route("/favicon.svg", get(assets::plain))
        .route("/manifest.webmanifest", get(assets::plain))
        .route("/api/{*function}", post(server_function))
        .merge(crate::auth::forms::routes())
        .merge(crate::customers::forms::routes())
        .merge(crate::customers::export::routes())
        .merge(crate::deals::forms::routes())
        .merge(crate::deals::export::routes())
        .merge(crate::activities::forms::routes())
        .merge(crate::activities::export::routes())
        .merge(crate::tasks::forms::routes())
        .merge(crate::tasks::export::routes())
        .merge(crate::own_records::forms::routes())
        .merge(crate::own_records::export::routes())
        .merge(crate::handover::forms::routes())
        .merge(crate::journal::forms::routes())
        .merge(crate::settings::forms::routes())
        .fallback(any_page)
        // A path with a plain form has only a POST route; other methods fall back to the page.
        .method_not_allowed_fallback(any_page)
        .with_state(app.clone())
        .layer(from_fn(edge::without_nul))
        .layer(from_fn_with_state(app.clone(), bodies::whole_body))
        .layer(from_fn_with_state(app.clone(), edge::who))
        .layer(from_fn(edge::own_pages_only))
        .layer(CsrfLayer::new())
        .layer(from_fn(edge::one_host))
        .layer(from_fn(edge::see_it_through))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(app, edge::headers))
}

/// For monitoring: the body has the reason in one word.
async fn ready(State(app): State<App>) -> Response {
    match app.db.can_write().await {
        Ok(()) => "ok".into_response(),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, error.to_string()).into_response(),
    }
}

async fn server_function(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    let context = move || {
        provide_context(app.clone());
        provide_context(caller.clone());
    };
    let response = leptos_axum::handle_server_fns_with_context(context, request).await.into_response();
    said_as_it_is(response).await
}

/// Leptos 0.8 answers input that it can't parse with 500; this sets the status of the error in the body.
async fn said_as_it_is(response: Response) -> Response {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let body = axum::body::to_bytes(body, LARGEST_ERROR).await.unwrap_or_default();
    if let Ok(error) = serde_json::from_slice::<Error>(&body) {
        head.status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    }
    Response::from_parts(head, Body::from(body))
}

async fn any_page(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    if matches!(*request.method(), axum::http::Method::GET | axum::http::Method::HEAD) {
        page(app, caller, request).await
    } else {
        StatusCode::METHOD_NOT_ALLOWED.into_response()
    }
}

/// Renders a page again for the reply to a plain form.
#[must_use]
pub fn show(
    app: App,
    caller: Caller,
    request: Request<Body>,
) -> Pin<Box<dyn Future<Output = Response> + Send>> {
    Box::pin(page(app, caller, request))
}

/// Renders a page completely: every page waits for its data, so that it is readable without scripts and can set its
/// status.
async fn page(app: App, mut caller: Caller, request: Request<Body>) -> Response {
    (caller.visit.waiting, caller.visit.kinds) = around(&app, &caller).await;
    let visit = caller.visit.clone();
    let names = assets::names();
    let named = Named::of(request.headers(), &names);
    let context = move || {
        provide_context(app.clone());
        provide_context(caller.clone());
        provide_context(caller.visit.clone());
        provide_context(named.clone());
    };
    let render = leptos_axum::render_app_async_with_context(context, move || shell(&names, visit.clone()));
    render(request).await
}

/// The data in the frame of every page: how many tasks wait, and the firm's own kinds of record. If it can't be read,
/// the page is shown without it.
async fn around(app: &App, caller: &Caller) -> (u32, Vec<MenuKind>) {
    let Some(actor) = caller.actor.clone() else { return (0, Vec::new()) };
    let Ok(mut tx) = app.db.read(actor).await else { return (0, Vec::new()) };
    let waiting = crate::tasks::store::list::waiting(&mut tx).await.unwrap_or_default();
    let kinds = crate::own_kinds::store::named(&mut tx).await.unwrap_or_default();
    (waiting, kinds.iter().map(KindName::in_menu).collect())
}
