//! Limits on guessing passwords: which tries are counted together, that nobody uses up another person's tries, and what
//! a failed try does not change.

use super::world::{Browser, PASSWORD, World, on_both_engines};
use crate::server::clock;
use crate::server::edge::Peer;
use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::json;
use std::net::SocketAddr;

const SELLER: &str = "seller@deneme.example";

/// Tries a wrong password through a proxy on this machine, which adds these `x-forwarded-for` lines.
async fn guess(world: &World, email: &str, said: &[String]) -> StatusCode {
    let form = json!({"form": {"email": email, "password": "yanlış parola"}});
    let mut request = world
        .browser()
        .request(Method::POST, "/api/auth/sign_in")
        .header("content-type", "application/json")
        .body(Body::from(form.to_string()))
        .expect("a request");
    for line in said {
        request.headers_mut().append("x-forwarded-for", line.parse().expect("a header"));
    }
    request.extensions_mut().insert(Peer(SocketAddr::from(([127, 0, 0, 1], 4711))));
    world.browser().send(request).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_is_counted_by_what_the_proxy_says_last() {
    on_both_engines(async |world| {
        let mut refused = 0;
        for nr in 0..60 {
            let forged = format!("10.0.0.{nr}, 10.1.0.{nr}");
            // The proxy may write the address of the same visitor in each of these ways.
            let ways = ["203.0.113.7", "203.0.113.7:51234", "::ffff:203.0.113.7", "[::ffff:203.0.113.7]:443"];
            let said = [forged, ways[nr % ways.len()].to_owned()];
            let status = guess(world, &format!("kisi{nr}@deneme.example"), &said).await;
            refused += u32::from(status == StatusCode::TOO_MANY_REQUESTS);
        }
        // Checking passwords takes some time, in which a few more tries become free.
        assert!((10..=30).contains(&refused), "{refused} of 60 were refused");
        let another = guess(world, "kisi@deneme.example", &["203.0.113.8".to_owned()]).await;
        assert_eq!(another, StatusCode::UNPROCESSABLE_ENTITY, "another visitor of the same proxy");
    })
    .await;
}

async fn used_up(world: &World, email: &str) {
    let mut stranger = world.browser();
    for _ in 0..10 {
        stranger.sign_in(email, "yanlış parola").await;
    }
    assert_eq!(stranger.sign_in(email, PASSWORD).await.0, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_who_guess_do_not_keep_a_person_out_of_a_browser_they_know() {
    on_both_engines(async |world| {
        let mut desk = world.browser_of("seller").await;
        let mut phone = world.browser_of("seller").await;
        assert_ne!(desk.device, phone.device);
        desk.call("/api/auth/sign_out", &json!({})).await;
        assert!(desk.cookie.is_none() && desk.device.is_some(), "it is known after signing out");
        used_up(world, SELLER).await;
        let known = desk.device.clone();
        assert_eq!(desk.sign_in(SELLER, PASSWORD).await.0, StatusCode::OK);
        assert_eq!(desk.device, known);
        let mut forged = world.browser();
        forged.device = Some(format!("kartotek-device-3000={}", "0".repeat(64)));
        assert_eq!(forged.sign_in(SELLER, PASSWORD).await.0, StatusCode::TOO_MANY_REQUESTS);

        // Tries in a known browser are limited, too, and do not count for another browser.
        let mut last = StatusCode::OK;
        for _ in 0..11 {
            last = desk.sign_in(SELLER, "yanlış parola").await.0;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(phone.sign_in(SELLER, PASSWORD).await.0, StatusCode::OK);

        // For somebody else's account the browser is an unknown one.
        used_up(world, "mate@deneme.example").await;
        let mate = phone.sign_in("mate@deneme.example", PASSWORD).await.0;
        assert_eq!(mate, StatusCode::TOO_MANY_REQUESTS);
    })
    .await;
}

async fn devices(world: &World) -> i64 {
    let mut system = world.db.read_system().await.expect("the database answers");
    let (count,): (i64,) =
        system.query("SELECT COUNT(*) FROM devices").one().await.expect("it can be counted");
    count
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_may_be_several_peoples_and_a_person_has_few() {
    on_both_engines(async |world| {
        let mut shared = world.browser_of("seller").await;
        let known = shared.device.clone();
        assert_eq!(shared.sign_in("mate@deneme.example", PASSWORD).await.0, StatusCode::OK);
        assert_eq!(shared.device, known, "one token for both");
        used_up(world, SELLER).await;
        used_up(world, "mate@deneme.example").await;
        for email in [SELLER, "mate@deneme.example"] {
            assert_eq!(shared.sign_in(email, PASSWORD).await.0, StatusCode::OK, "{email}");
        }
        // As if many browsers had been used some time ago.
        let seller = world.actor("seller").await.id;
        let mut system = world.db.write_system().await.expect("a transaction");
        for nr in 0..30_u8 {
            system
                .query("INSERT INTO devices (token_hash, person_id, seen_at) VALUES ($1, $2, $3)")
                .bind(vec![nr; 32])
                .bind(seller)
                .bind(clock::now() - chrono::TimeDelta::days(i64::from(nr) + 1))
                .execute()
                .await
                .expect("noted");
        }
        system.commit().await.expect("commit");
        assert_eq!(shared.sign_in(SELLER, PASSWORD).await.0, StatusCode::OK);
        assert_eq!(devices(world).await, 20 + 1, "twenty of the seller's, one of the mate's");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn known_browsers_are_forgotten_with_the_password_and_by_signing_out_everywhere() {
    on_both_engines(async |world| {
        let mut desk = world.browser_of("seller").await;
        world.browser_of("seller").await;
        assert_eq!(devices(world).await, 2);
        desk.call("/api/auth/sign_out_everywhere", &json!({})).await;
        assert_eq!(devices(world).await, 1, "the one that asked");
        used_up(world, SELLER).await;
        assert_eq!(desk.sign_in(SELLER, PASSWORD).await.0, StatusCode::OK);
        world.browser_of("owner").await;
        crate::auth::store::links::reset_password(&world.db, SELLER, "yepyeni bir parola")
            .await
            .expect("set");
        assert_eq!(devices(world).await, 1, "the owner's");
        assert_eq!(desk.sign_in(SELLER, "yepyeni bir parola").await.0, StatusCode::TOO_MANY_REQUESTS);
    })
    .await;
}

async fn is_in(browser: &Browser) -> bool {
    browser.clone().get("/settings").await.status == StatusCode::OK
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_sign_in_leaves_the_session_and_a_successful_one_ends_it() {
    on_both_engines(async |world| {
        let mut browser = world.browser_of("seller").await;
        let before = browser.clone();
        browser.sign_in("mate@deneme.example", "yanlış parola").await;
        browser.submit("/sign-in", &[("email", SELLER), ("password", "yanlış")]).await;
        assert!(is_in(&browser).await && browser.cookie == before.cookie);
        assert_eq!(browser.sign_in("mate@deneme.example", PASSWORD).await.0, StatusCode::OK);
        assert!(is_in(&browser).await && !is_in(&before).await, "the one before has ended");
    })
    .await;
}

fn profile(email: &str, password: &str) -> serde_json::Value {
    json!({"form": {"name": "seller", "email": email, "language": "tr", "current_password": password}})
}

#[tokio::test(flavor = "multi_thread")]
async fn another_address_of_ones_own_needs_the_password_and_brings_no_further_tries() {
    on_both_engines(async |world| {
        let mut seller = world.browser_of("seller").await;
        let set = "/api/auth/profile";
        let (status, told) = seller.call(set, &profile("yeni@deneme.example", "")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            told.to_string().contains("current_password") && told.to_string().contains("Required"),
            "{told}"
        );
        let typed = [
            ("name", "Ayşe"),
            ("email", "yeni@deneme.example"),
            ("language", "tr"),
            ("current_password", "bu değil"),
        ];
        let refused = seller.submit("/settings", &typed).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains("Şimdiki parolanız bu değil."), "told at the field");
        assert!(refused.text.contains("yeni@deneme.example") && !refused.text.contains("bu değil\""));
        assert_eq!(
            seller.call(set, &profile(SELLER, "")).await.0,
            StatusCode::OK,
            "the same address needs none"
        );
        let mut emails = [SELLER, "yeni@deneme.example"].into_iter().cycle().skip(1);
        let mut through = 1;
        let mut change = async |seller: &mut Browser| {
            let email = emails.next().unwrap_or_default();
            seller.call(set, &profile(email, PASSWORD)).await.0
        };
        assert_eq!(change(&mut seller).await, StatusCode::OK);
        through += 1;
        let guess = json!({"form": {"current": "yanlış parola", "password": "yepyeni bir parola"}});
        while seller.call("/api/auth/change_password", &guess).await.0 == StatusCode::UNPROCESSABLE_ENTITY {
            through += 1;
            if through == 5 {
                assert_eq!(change(&mut seller).await, StatusCode::OK);
                through += 1;
            }
            assert!(through < 20, "the tries never end");
        }
        assert_eq!(through, 10, "both forms share the ten tries");
        assert_eq!(change(&mut seller).await, StatusCode::TOO_MANY_REQUESTS);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leads_people_changes_their_own_address_in_their_account_only() {
    on_both_engines(async |world| {
        let mut owner = world.browser_of("owner").await;
        let id = world.actor("owner").await.id;
        let card = owner.call("/api/people/person", &json!({"id": id})).await.1;
        let form = |email: &str| {
            let facts = &card["facts"];
            json!({"id": id, "form": {
                "version": card["version"].to_string(), "name": "Sahip", "email": email,
                "role": facts["role"], "sees": facts["sees"], "under": facts["under_id"],
            }})
        };
        let (status, told) = owner.call("/api/people/change", &form("yeni@deneme.example")).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{told}");
        let (status, told) = owner.call("/api/people/change", &form("owner@deneme.example")).await;
        assert_eq!(status, StatusCode::OK, "{told}");
    })
    .await;
}
