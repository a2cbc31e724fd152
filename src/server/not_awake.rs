//! Receives reports from browsers in which hydration failed: the page could not be taken over as the server drew it,
//! because something foreign had changed it or because of a bug of ours. Reports are counted and logged for whoever
//! runs the program; here nothing is repaired.

use super::request::Caller;
use axum::Extension;
use axum::http::header::USER_AGENT;
use axum::http::{HeaderMap, StatusCode};
use std::sync::atomic::{AtomicU64, Ordering};

/// How many letters of a report are kept.
const LONGEST: usize = 600;

static TIMES: AtomicU64 = AtomicU64::new(0);

/// `POST /not-awake`: the page's path in the first line, below it the reason. Reports from strangers are ignored.
pub async fn told(Extension(caller): Extension<Caller>, headers: HeaderMap, report: String) -> StatusCode {
    if caller.actor.is_none() {
        return StatusCode::UNAUTHORIZED;
    }
    let (page, why) = report.split_once('\n').unwrap_or((&report, ""));
    let browser = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let times = TIMES.fetch_add(1, Ordering::Relaxed) + 1;
    let (page, why, browser) = (short(page), short(why), short(browser));
    tracing::warn!(times, page, why, browser, "a page could not be taken over and is drawn by the browser");
    StatusCode::NO_CONTENT
}

/// The report in one line of the log, whatever was sent.
fn short(told: &str) -> String {
    told.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(LONGEST).collect()
}
