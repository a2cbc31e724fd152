//! A browser without a screen: it keeps its cookies, sends the headers that say where a request comes from, sends
//! forms, calls server functions and listens to the live stream. It runs no wasm: that is what `end2end/` is for.

use axum::Router;
use axum::body::{Body, BodyDataStream, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use serde_json::Value;
use std::time::Duration;
use tokio_stream::StreamExt as _;
use tower::ServiceExt as _;

/// One browser. A clone has its own copy of the cookies.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookie: Option<String>,
    /// The cookie by which the browser is known.
    pub device: Option<String>,
    /// The host and port in its requests; the name of the session's cookie contains the port.
    pub host: &'static str,
    pub language: &'static str,
}

/// An answer: status, headers, text.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Browser {
    /// A browser in which nobody is signed in yet, at that server.
    pub fn at(router: Router) -> Self {
        Self { router, cookie: None, device: None, host: "localhost:3000", language: "tr" }
    }

    fn port(&self) -> String {
        self.host.rsplit_once(':').map_or_else(String::new, |(_, port)| format!("-{port}"))
    }

    pub async fn send(&mut self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("the router always answers");
        let (head, body) = response.into_parts();
        for cookie in head.headers.get_all(SET_COOKIE) {
            let pair =
                cookie.to_str().expect("a cookie is text").split(';').next().unwrap_or_default().to_owned();
            if pair.starts_with(&format!("kartotek{}=", self.port())) {
                self.cookie = (!pair.ends_with('=')).then_some(pair);
            } else if pair.starts_with("kartotek-device") {
                self.device = Some(pair);
            }
        }
        let bytes = to_bytes(body, usize::MAX).await.expect("the body can be read");
        Answer {
            status: head.status,
            headers: head.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, self.host)
            .header("accept-language", self.language)
            .header("sec-fetch-site", "same-origin");
        let cookies: Vec<&str> =
            [&self.cookie, &self.device].into_iter().flatten().map(String::as_str).collect();
        if cookies.is_empty() { request } else { request.header(COOKIE, cookies.join("; ")) }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        let request = self.request(Method::GET, path).body(Body::empty()).expect("a request");
        self.send(request).await
    }

    /// Calls a server function as the page does.
    pub async fn call(&mut self, path: &str, input: &Value) -> (StatusCode, Value) {
        let request = self
            .request(Method::POST, path)
            .header(CONTENT_TYPE, "application/json")
            .header("accept", "application/json")
            .body(Body::from(input.to_string()))
            .expect("a request");
        let answer = self.send(request).await;
        (answer.status, serde_json::from_str(&answer.text).unwrap_or(Value::String(answer.text)))
    }

    /// Sends a plain form, as a page does without wasm.
    pub async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
            .collect::<Vec<_>>()
            .join("&");
        let request = self
            .request(Method::POST, path)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .expect("a request");
        self.send(request).await
    }

    /// Opens the live stream, as every page does.
    pub async fn listen(&self) -> Ear {
        let request = self.request(Method::GET, "/live").body(Body::empty()).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("the router always answers");
        assert_eq!(response.status(), StatusCode::OK);
        let mut ear = Ear { stream: response.into_body().into_data_stream(), text: String::new() };
        // The server sends its first message when it knows what is in reach: from then on no notice is missed.
        if let Ok(Some(Ok(first))) = tokio::time::timeout(Duration::from_secs(20), ear.stream.next()).await {
            ear.text.push_str(&String::from_utf8_lossy(&first));
        }
        ear
    }

    /// Opens an address and returns the body part by part.
    pub async fn open(&self, path: &str) -> BodyDataStream {
        let request = self.request(Method::GET, path).body(Body::empty()).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("the router always answers");
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.into_body().into_data_stream()
    }

    pub async fn sign_in(&mut self, email: &str, password: &str) -> (StatusCode, Value) {
        let form = serde_json::json!({"form": {"email": email, "password": password}});
        self.call("/api/auth/sign_in", &form).await
    }
}

/// An open live stream.
pub struct Ear {
    stream: BodyDataStream,
    text: String,
}

/// What came from an open stream, or what happened instead.
#[derive(Debug, PartialEq)]
pub enum Heard {
    Notice(Value),
    /// Nothing within the time.
    Silence,
    /// The server closed it.
    End,
}

impl Ear {
    /// The next notice, or what happened instead within that time.
    pub async fn next(&mut self, within: Duration) -> Heard {
        let until = tokio::time::Instant::now() + within;
        loop {
            if let Some(at) = self.text.find("\n\n") {
                let message: String = self.text.drain(..at + 2).collect();
                match message.trim().strip_prefix("data:") {
                    Some(data) => {
                        return Heard::Notice(serde_json::from_str(data).expect("a notice is JSON"));
                    }
                    None => continue,
                }
            }
            match tokio::time::timeout_at(until, self.stream.next()).await {
                Err(_) => return Heard::Silence,
                Ok(None | Some(Err(_))) => return Heard::End,
                Ok(Some(Ok(bytes))) => self.text.push_str(&String::from_utf8_lossy(&bytes)),
            }
        }
    }
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}
