//! The HTTP middleware that every request passes, outermost first: a request id; a task of its own, which is not
//! cancelled when the browser disconnects and whose panic ends only this request; the host check; finding out who is
//! asking; the headers of every reply. It knows no feature.

use super::address::Proxies;
use super::bodies::{Bodies, LARGEST_BODY};
use super::cookies::Cookies;
use super::executor::alone;
use super::failure::REQUEST_ID;
use super::request::{App, Caller};
use super::timing::counted;
use crate::auth::model::Visit;
use crate::auth::store;
use crate::error::Error;
use crate::i18n::Locale;
use crate::ui::Theme;
use crate::ui::address::encoded;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN,
    RETRY_AFTER, SET_COOKIE, USER_AGENT,
};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Version};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tracing::Instrument as _;

/// After this time the browser is told that the request failed; the work itself goes on to its end.
const PATIENCE: Duration = Duration::from_secs(60);
const LONGEST_AGENT: usize = 300;
const LARGEST_PAGE: usize = 64 * 1024 * 1024;

/// What the middleware needs to know, shared by all requests.
#[derive(Default)]
pub struct Edge {
    /// The host and port of the base URL, if the program was started with one.
    pub base: Option<Authority>,
    pub proxies: Proxies,
    pub bodies: Bodies,
}

/// The peer's address, put beside each request by the accept loop.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Gives the request an id and runs it to its end in a task of its own. A page is rendered whole before it is sent, so
/// that its memory is freed even when the browser disconnects (leptos 0.8 cleans up only at the end of the stream).
pub async fn see_it_through(request: Request, next: Next) -> Response {
    let id = uuid::Uuid::new_v4().simple().to_string();
    let span =
        tracing::info_span!("request", %id, method = %request.method(), path = told(request.uri().path()));
    let begun = std::time::Instant::now();
    let logged_id = id.clone();
    let work = async move {
        let (response, spent) =
            counted(alone(async move { whole_page(next.run(request).await).await })).await;
        let (micros, database) = (begun.elapsed().as_micros(), spent.as_micros());
        tracing::info!(status = response.status().as_u16(), micros, database, "answered");
        response
    };
    let task = tokio::spawn(REQUEST_ID.scope(id.clone(), work).instrument(span));
    let mut response = match tokio::time::timeout(PATIENCE, task).await {
        Ok(Ok(response)) => response,
        Ok(Err(panicked)) => {
            tracing::error!(request = %logged_id, cause = %panicked, "a request panicked");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "5")]).into_response(),
    };
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), id);
    }
    response
}

/// The path as it may stand in the log: the token of a one-time link is left out, because it opens an account.
fn told(path: &str) -> &str {
    if path.starts_with("/join/") { "/join/…" } else { path }
}

fn is_html(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

async fn whole_page(response: Response) -> Response {
    if !is_html(response.headers()) {
        return response;
    }
    let (head, body) = response.into_parts();
    match to_bytes(body, LARGEST_PAGE).await {
        Ok(page) => Response::from_parts(head, Body::from(page)),
        Err(cause) => super::request::our_fault(&cause).status().try_into().map_or_else(
            |_| StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            |status: StatusCode| status.into_response(),
        ),
    }
}

/// Refuses a request that names more than one host: a proxy and this program could each believe another one.
pub async fn one_host(request: Request, next: Next) -> Response {
    let mut hosts = request.headers().get_all(HOST).iter();
    let named = match (hosts.next(), hosts.next()) {
        (Some(host), None) => {
            Authority::try_from(host.as_bytes()).is_ok_and(|host| !host.as_str().contains('@'))
        }
        (None, None) => request.version() < Version::HTTP_11,
        _ => false,
    };
    if named { next.run(request).await } else { StatusCode::BAD_REQUEST.into_response() }
}

/// Refuses the NUL character in addresses and plain forms; the JSON reader does the same. PostgreSQL can't store it in
/// a text.
pub async fn without_nul(request: Request, next: Next) -> Response {
    let has_nul = |text: &[u8]| text.contains(&0) || text.windows(3).any(|some| some == b"%00");
    if request.uri().path_and_query().is_some_and(|all| has_nul(all.as_str().as_bytes())) {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let kind = request.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    if !kind.is_some_and(|kind| kind.starts_with(b"application/x-www-form-urlencoded")) {
        return next.run(request).await;
    }
    let (head, body) = request.into_parts();
    match to_bytes(body, LARGEST_BODY).await {
        Ok(body) if !has_nul(&body) => next.run(Request::from_parts(head, Body::from(body))).await,
        _ => StatusCode::BAD_REQUEST.into_response(),
    }
}

/// Protects against cross-site requests: a change must come from a page of this site. `CsrfLayer` compares the origin
/// where a browser sends one; this refuses requests with a cookie that name neither site nor origin, and those whose
/// browser says that they come from no page.
pub async fn own_pages_only(request: Request, next: Next) -> Response {
    let headers = request.headers();
    // An export is a GET, because a browser saves it as a file; but exports are logged, so another site must not be
    // able to start one.
    let takes_away = request.uri().path().ends_with("/export.csv");
    let ours = match headers.get("sec-fetch-site").map(HeaderValue::as_bytes) {
        Some(site) if takes_away => site == b"same-origin" || site == b"none",
        _ if request.method().is_safe() => true,
        Some(site) => site == b"same-origin",
        None => headers.contains_key(ORIGIN) || !headers.contains_key(COOKIE),
    };
    if ours { next.run(request).await } else { StatusCode::FORBIDDEN.into_response() }
}

/// The network address of the visitor, as told by the proxy if the peer is a trusted one.
fn address(app: &App, request: &Request) -> Option<IpAddr> {
    let peer = request.extensions().get::<Peer>()?.0.ip();
    Some(app.edge.proxies.visitor(peer, request.headers()))
}

/// Pages that may be seen without signing in.
pub const OPEN_PAGES: [&str; 3] = ["/sign-in", "/setup", "/join/"];
/// Server functions that may be called without signing in.
pub const OPEN_FUNCTIONS: [&str; 6] = [
    "/api/auth/sign_in",
    "/api/auth/sign_out",
    "/api/auth/set_up",
    "/api/auth/link_for",
    "/api/auth/join",
    "/api/auth/here",
];
/// Addresses that are answered before it is checked who asks.
pub const OPEN_PATHS: [&str; 5] = ["/healthz", "/readyz", "/favicon.svg", "/manifest.webmanifest", "/pkg/"];

/// Finds out who is asking. Without a session, pages lead to sign-in and everything else answers 401; as long as there
/// is no firm, pages lead to set-up.
pub async fn who(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    if OPEN_PATHS.iter().any(|open| path == *open || (open.ends_with('/') && path.starts_with(open))) {
        return match *request.method() {
            Method::GET | Method::HEAD => next.run(request).await,
            _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
        };
    }
    let (caller, renewed) = match find_caller(&app, request.headers(), address(&app, &request)).await {
        Ok(found) => found,
        Err(error) => {
            return StatusCode::from_u16(error.status())
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
                .into_response();
        }
    };
    let page = request.method() == Method::GET && !path.starts_with("/api/") && path != "/live";
    let set_up = caller.visit.firm.is_some();
    if page && !set_up && path != "/setup" {
        return see_other("/setup");
    }
    if page && set_up && path == "/setup" {
        return see_other("/");
    }
    let open_page =
        OPEN_PAGES.iter().any(|open| path == *open || (open.ends_with('/') && path.starts_with(open)));
    if caller.actor.is_none() && !open_page && !OPEN_FUNCTIONS.contains(&path.as_str()) {
        if page {
            let wanted = request.uri().path_and_query().map_or("/", |wanted| wanted.as_str());
            return see_other(&if wanted == "/" {
                "/sign-in".into()
            } else {
                format!("/sign-in?next={}", encoded(wanted))
            });
        }
        // The request's body is not read.
        let unread = StatusCode::UNAUTHORIZED;
        return if path.starts_with("/api/") {
            (unread, axum::Json(Error::Unauthenticated)).into_response()
        } else {
            unread.into_response()
        };
    }
    let (cookies, token) = (caller.cookies, caller.token.clone().unwrap_or_default());
    request.extensions_mut().insert(caller);
    let mut response = next.run(request).await;
    if let Some(seconds) = renewed
        && !response.headers().get_all(SET_COOKIE).iter().any(|header| cookies.is_session(header))
        // Another request may have replaced the session meanwhile.
        && store::find_session(&app.db, &token, None).await.is_ok_and(|known| known.is_some())
        && let Some(kept) = cookies.session(&token, seconds)
    {
        response.headers_mut().append(SET_COOKIE, kept);
    }
    response
}

/// Who is asking; and, where this request has renewed the session, how many seconds the session lasts from now.
async fn find_caller(
    app: &App,
    headers: &HeaderMap,
    address: Option<IpAddr>,
) -> crate::error::Result<(Caller, Option<i64>)> {
    let (cookies, jar) = (Cookies::of(app, headers), CookieJar::from_headers(headers));
    let said = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let speaks = said(ACCEPT_LANGUAGE).and_then(Locale::from_accept_language);
    let theme =
        jar.get(crate::ui::THEME_COOKIE).map(|cookie| Theme::parse(cookie.value())).unwrap_or_default();
    let mut caller = Caller {
        actor: None,
        token: None,
        device: cookies.device_in(&jar),
        address,
        agent: said(USER_AGENT).unwrap_or_default().chars().take(LONGEST_AGENT).collect(),
        cookies,
        visit: Visit::default(),
    };
    let mut renewed = None;
    let token = cookies.session_in(&jar);
    let known = match &token {
        Some(token) => store::find_session(&app.db, token, speaks).await?,
        None => None,
    };
    caller.visit = match (known, token) {
        (Some(known), Some(token)) => {
            renewed = store::note_use(&app.db, &token, &known);
            (caller.actor, caller.token) = (Some(known.actor), Some(token));
            known.visit
        }
        _ => store::stranger(&app.db, speaks).await?,
    };
    caller.visit.theme = theme;
    Ok((caller, renewed))
}

/// A redirect to a path of this site, after a form or to sign in. A path that could lead to another site becomes `/`.
#[must_use]
pub fn see_other(path: &str) -> Response {
    let own = crate::ui::address::own_path(path);
    let place = HeaderValue::from_str(own).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, place)]).into_response()
}

/// The headers of every reply. A page brings a content security policy with its own nonce; all other replies may load
/// nothing.
pub async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed = [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"),
    ];
    for (name, value) in fixed {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if app.secure {
        headers.insert("strict-transport-security", HeaderValue::from_static("max-age=31536000"));
    }
    headers
        .entry(CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
