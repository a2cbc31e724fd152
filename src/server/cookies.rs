//! The cookies of the program: a session, a browser known from an earlier sign-in, the theme. Their names hold the
//! port, because a browser keeps one set of cookies for all ports of a host. What a token opens is `auth::store`'s to
//! say.

use super::request::App;
use crate::ui::Theme;
use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use cookie::time::Duration;

/// Longer than a session lasts; browsers keep no cookie for longer.
const KNOWN_FOR: Duration = Duration::days(400);
const THEME_FOR: Duration = Duration::days(365);

/// How this browser's cookies are called and protected.
#[derive(Clone, Copy, Debug)]
pub struct Cookies {
    /// Whether people come over https, or must.
    secure: bool,
    port: Option<u16>,
}

impl Cookies {
    /// By the address people type, as far as the program was told it; else by the one this request names.
    #[must_use]
    pub fn of(app: &App, headers: &HeaderMap) -> Self {
        let host = headers.get(HOST).and_then(|host| Authority::try_from(host.as_bytes()).ok());
        let port = app.edge.base.as_ref().or(host.as_ref()).and_then(Authority::port_u16);
        // Only a browser on this very machine may do without https.
        let here = host.is_some_and(|host| matches!(host.host(), "localhost" | "127.0.0.1" | "[::1]"));
        Self { secure: app.secure || !here, port: port.filter(|port| ![80, 443].contains(port)) }
    }

    fn name(self, what: &str) -> String {
        let prefix = if self.secure { "__Host-" } else { "" };
        self.port.map_or_else(|| format!("{prefix}{what}"), |port| format!("{prefix}{what}-{port}"))
    }

    fn session_name(self) -> String {
        self.name("kartotek")
    }

    fn device_name(self) -> String {
        self.name("kartotek-device")
    }

    /// The token of the session, as the browser sent it.
    #[must_use]
    pub fn session_in(self, jar: &CookieJar) -> Option<String> {
        jar.get(&self.session_name()).map(|cookie| cookie.value().to_owned())
    }

    /// The token by which the browser is known.
    #[must_use]
    pub fn device_in(self, jar: &CookieJar) -> Option<String> {
        jar.get(&self.device_name()).map(|cookie| cookie.value().to_owned())
    }

    fn written(self, name: String, value: &str, lasts: Duration, http_only: bool) -> Option<HeaderValue> {
        let cookie = Cookie::build((name, value.to_owned()))
            .http_only(http_only)
            .secure(self.secure)
            .same_site(SameSite::Lax)
            .path("/")
            .max_age(lasts)
            .build();
        HeaderValue::from_str(&cookie.to_string()).ok()
    }

    /// The cookie of a session that lasts so many seconds.
    #[must_use]
    pub fn session(self, token: &str, seconds: i64) -> Option<HeaderValue> {
        self.written(self.session_name(), token, Duration::seconds(seconds.max(0)), true)
    }

    /// Takes the session away.
    #[must_use]
    pub fn no_session(self) -> Option<HeaderValue> {
        self.session("", 0)
    }

    /// Whether this header gives or takes a session.
    #[must_use]
    pub fn is_session(self, header: &HeaderValue) -> bool {
        header
            .as_bytes()
            .strip_prefix(self.session_name().as_bytes())
            .is_some_and(|rest| rest.starts_with(b"="))
    }

    /// The cookie by which this browser is known from now on.
    #[must_use]
    pub fn device(self, token: &str) -> Option<HeaderValue> {
        self.written(self.device_name(), token, KNOWN_FOR, true)
    }

    /// The cookie of the theme, as the browser itself sets it.
    #[must_use]
    pub fn theme(self, theme: Theme) -> Option<HeaderValue> {
        self.written(crate::ui::THEME_COOKIE.to_owned(), theme.code(), THEME_FOR, false)
    }
}
