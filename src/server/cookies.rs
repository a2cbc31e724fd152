//! The cookies of the program: the session, the known device (a browser used for an earlier sign-in), the theme. Their
//! names hold the port, because a browser shares cookies between all ports of a host. What a token gives access to is
//! decided in `auth::store`.

use super::request::App;
use crate::ui::Theme;
use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use cookie::time::Duration;

/// A device stays known for longer than a session lasts; browsers keep no cookie for longer than 400 days.
const KNOWN_FOR: Duration = Duration::days(400);
const THEME_FOR: Duration = Duration::days(365);

/// How the cookies of this browser are named and protected.
#[derive(Clone, Copy, Debug)]
pub struct Cookies {
    /// Whether the cookies are sent over https only.
    secure: bool,
    port: Option<u16>,
}

impl Cookies {
    /// Decides by the base URL the program was started with, else by the host that this request names.
    #[must_use]
    pub fn of(app: &App, headers: &HeaderMap) -> Self {
        let host = headers.get(HOST).and_then(|host| Authority::try_from(host.as_bytes()).ok());
        let port = app.edge.base.as_ref().or(host.as_ref()).and_then(Authority::port_u16);
        // Plain http is allowed only for a browser on this same machine.
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

    /// The token of the known device, as the browser sent it.
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

    /// The cookie of a session that lasts this many seconds.
    #[must_use]
    pub fn session(self, token: &str, seconds: i64) -> Option<HeaderValue> {
        self.written(self.session_name(), token, Duration::seconds(seconds.max(0)), true)
    }

    /// The cookie that removes the session.
    #[must_use]
    pub fn no_session(self) -> Option<HeaderValue> {
        self.session("", 0)
    }

    /// Whether this header sets or removes the session cookie.
    #[must_use]
    pub fn is_session(self, header: &HeaderValue) -> bool {
        header
            .as_bytes()
            .strip_prefix(self.session_name().as_bytes())
            .is_some_and(|rest| rest.starts_with(b"="))
    }

    /// The cookie that makes this browser a known device.
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
