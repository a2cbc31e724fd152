//! Sessions in the browser: what their cookie is called, how long it is kept, and that reading goes on while nothing
//! can be written.

use super::world::{Browser, PASSWORD, World, on_both_engines};
use crate::program::router::router;
use crate::server::clock;
use crate::server::edge::Edge;
use crate::server::request::App;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use chrono::TimeDelta;
use serde_json::json;
use std::sync::Arc;
use std::time::{Duration, Instant};

const DAY: i64 = 24 * 60 * 60;

/// Makes all sessions older: begun that many days ago, and last used two hours ago.
async fn age(world: &World, days: i64) {
    let now = clock::now();
    let mut system = world.db.write_system().await.expect("a transaction");
    system
        .query("UPDATE sessions SET created_at = $1, seen_at = $2")
        .bind(now - TimeDelta::days(days))
        .bind(now - TimeDelta::hours(2))
        .execute()
        .await
        .expect("older");
    system.commit().await.expect("commit");
}

/// For how many seconds the answer to a page tells the browser to keep the session's cookie; `None` if the cookie is
/// not renewed.
async fn kept_for(browser: &mut Browser, path: &str) -> Option<i64> {
    let answer = browser.get(path).await;
    assert!(answer.status.is_success(), "{path}: {}", answer.status);
    let cookies: Vec<_> = answer.headers.get_all(SET_COOKIE).iter().collect();
    assert!(cookies.len() <= 1, "{cookies:?}");
    let cookie = cookies.first()?.to_str().expect("text").to_owned();
    assert!(cookie.starts_with("kartotek-3000=") && cookie.contains("HttpOnly"), "{cookie}");
    let age = cookie.split("; ").find_map(|part| part.strip_prefix("Max-Age="));
    age.and_then(|age| age.parse().ok())
}

/// Waits until the use of the session is noted, for which its request does not wait. Then the cookie is not renewed for
/// a while.
async fn settled(browser: &mut Browser) {
    let begun = Instant::now();
    while kept_for(browser, "/settings").await.is_some() {
        assert!(begun.elapsed() < Duration::from_secs(10), "the use is not noted");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_browser_keeps_a_session_in_use_for_as_long_as_it_lasts() {
    on_both_engines(async |world| {
        let mut browser = world.browser_of("seller").await;
        assert_eq!(kept_for(&mut browser, "/settings").await, None, "used a moment ago");
        for (days, lasts) in [(29, 30), (100, 30), (170, 10), (179, 1)] {
            age(world, days).await;
            let kept = kept_for(&mut browser, "/settings").await.expect("the cookie is renewed");
            assert!((lasts * DAY - 60..=lasts * DAY).contains(&kept), "after {days} days for {kept} s");
            settled(&mut browser).await;
        }
        age(world, 100).await;
        let (status, _) = browser.call("/api/auth/sessions", &json!({})).await;
        assert_eq!(status, StatusCode::OK);
        assert!(browser.cookie.is_some());
        age(world, 100).await;
        browser.call("/api/auth/sign_out", &json!({})).await;
        assert_eq!(browser.cookie, None, "who signs out gets no session back");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_stream_does_not_keep_the_session_from_being_noted() {
    on_both_engines(async |world| {
        let mut browser = world.browser_of("seller").await;
        let _ear = browser.listen().await;
        age(world, 10).await;
        // When anybody's rights change, the stream asks whether its session is still valid. That is not a use of it.
        let mut phone = world.browser_of("mate").await;
        phone.call("/api/auth/sign_out_everywhere", &json!({})).await;
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        assert!(kept_for(&mut browser, "/settings").await.is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_read_on_while_nothing_can_be_written() {
    on_both_engines(async |world| {
        let mut browser = world.browser_of("seller").await;
        age(world, 10).await;
        let mut system = world.db.write_system().await.expect("a transaction");
        system.query("UPDATE sessions SET agent = 'held'").execute().await.expect("held");
        let begun = Instant::now();
        assert_eq!(browser.get("/settings").await.status, StatusCode::OK);
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        drop(system);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_on_one_host_do_not_sign_each_other_out() {
    on_both_engines(async |world| {
        let mut here = world.browser_of("seller").await;
        let mut there = world.browser();
        there.host = "localhost:3001";
        assert_eq!(there.sign_in("mate@deneme.example", PASSWORD).await.0, StatusCode::OK);
        let names = [&here, &there]
            .map(|one| one.cookie.as_deref().and_then(|pair| pair.split('=').next()).map(str::to_owned));
        assert_eq!(names, [Some("kartotek-3000".to_owned()), Some("kartotek-3001".into())]);
        // One browser sends all cookies of a host to each port.
        let both = [&here, &there].map(|one| one.cookie.clone().expect("signed in")).join("; ");
        (here.cookie, there.cookie) = (Some(both.clone()), Some(both));
        for (browser, email) in [(&mut here, "seller@deneme.example"), (&mut there, "mate@deneme.example")] {
            let page = browser.get("/settings").await;
            assert!(page.status == StatusCode::OK && page.text.contains(email), "{email}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_people_type_names_the_cookie() {
    on_both_engines(async |world| {
        let told = |base: &str, secure: bool| {
            let edge = Edge { base: Some(base.parse().expect("an address")), ..Edge::default() };
            Browser::at(router(App {
                db: world.db.clone(),
                throttle: Arc::default(),
                edge: Arc::new(edge),
                secure,
                show: crate::program::router::show,
            }))
        };
        for (base, secure, name) in [
            ("crm.example.com", true, "__Host-kartotek="),
            ("crm.example.com:443", true, "__Host-kartotek="),
            ("crm.example.com:8443", true, "__Host-kartotek-8443="),
            ("localhost:4000", false, "kartotek-4000="),
        ] {
            let mut browser = told(base, secure);
            let form = [("email", "seller@deneme.example"), ("password", PASSWORD)];
            let answer = browser.submit("/sign-in", &form).await;
            let cookies: Vec<_> =
                answer.headers.get_all(SET_COOKIE).iter().filter_map(|one| one.to_str().ok()).collect();
            assert!(cookies.len() == 2 && cookies[0].starts_with(name), "{base}: {cookies:?}");
            assert!(cookies.iter().all(|cookie| cookie.contains("; Secure") == secure), "{cookies:?}");
        }
    })
    .await;
}
