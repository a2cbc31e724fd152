//! Signing in and out, redirects afterwards, requests from other sites, headers and limits of requests, and e-mail
//! addresses that look the same. How sessions are kept by the browser is in `sessions`.

use super::world::{PASSWORD, on_both_engines};
use crate::auth::model::Role;
use crate::error::{Error, Problem};
use crate::people::store::address::must_be_free;
use crate::people::store::{NewPerson, add_person, rebuild_reach};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn somebody_signs_in_works_and_signs_out_everywhere() {
    on_both_engines(async |world| {
        let mut desk = world.browser_of("seller").await;
        let mut phone = world.browser_of("seller").await;
        assert_ne!(desk.cookie, phone.cookie, "each sign-in is a session of its own");
        assert_eq!(desk.get("/settings").await.status, StatusCode::OK);
        let (status, _) = phone.call("/api/auth/sign_out_everywhere", &json!({})).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(desk.get("/settings").await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_in_daily_use_ends_after_half_a_year() {
    on_both_engines(async |world| {
        let mut browser = world.browser_of("seller").await;
        let now = crate::server::clock::now();
        // Makes the session that old, but last used two hours ago: a use is noted if the last one was noted more than
        // an hour ago.
        let age = async |days: i64| {
            let mut system = world.db.write_system().await.expect("the database answers");
            system
                .query("UPDATE sessions SET created_at = $1, seen_at = $2, expires_at = $3")
                .bind(now - chrono::TimeDelta::days(days))
                .bind(now - chrono::TimeDelta::hours(2))
                .bind(now + chrono::TimeDelta::days(1))
                .execute()
                .await
                .expect("older");
            system.commit().await.expect("older");
        };
        let noted = async || {
            let mut system = world.db.read_system().await.expect("the database answers");
            let sql = "SELECT COUNT(*) FROM sessions WHERE seen_at > $1";
            let count = system.query(sql).bind(now - chrono::TimeDelta::hours(1)).one::<(i64,)>().await;
            count.expect("a number").0
        };
        for (days, later) in [(10, StatusCode::OK), (179, StatusCode::OK), (181, StatusCode::SEE_OTHER)] {
            age(days).await;
            assert_eq!(browser.get("/settings").await.status, StatusCode::OK, "noted after {days} days");
            // The answer does not wait for the note.
            while noted().await == 0 {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            assert_eq!(browser.get("/settings").await.status, later, "after {days} days");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_address_and_a_wrong_password_get_the_same_answer() {
    on_both_engines(async |world| {
        let wrong = world.browser().sign_in("seller@deneme.example", "yanlış parola").await;
        let unknown = world.browser().sign_in("nobody@deneme.example", PASSWORD).await;
        assert_eq!(wrong, unknown);
        assert_eq!(wrong.0, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_is_slowed_down() {
    on_both_engines(async |world| {
        let mut browser = world.browser();
        let mut last = StatusCode::OK;
        for _ in 0..11 {
            last = browser.sign_in("mate@deneme.example", "guess").await.0;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_works_without_wasm_and_keeps_what_was_typed() {
    on_both_engines(async |world| {
        let mut browser = world.browser();
        let refused =
            browser.submit("/sign-in", &[("email", "seller@deneme.example"), ("password", "yanlış")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains("seller@deneme.example"), "the address is still there");
        assert!(!refused.text.contains("yanlış\""), "the password is not sent back");
        assert!(refused.text.contains("E-posta ya da parola yanlış."), "{}", refused.text);
        let done = browser
            .submit(
                "/sign-in?next=%2Fsettings",
                &[("email", "seller@deneme.example"), ("password", PASSWORD)],
            )
            .await;
        assert_eq!(
            (done.status, done.headers["location"].to_str().ok()),
            (StatusCode::SEE_OTHER, Some("/settings"))
        );
        assert_eq!(browser.get("/settings").await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_does_not_redirect_to_another_site() {
    on_both_engines(async |world| {
        let mut browser = world.browser();
        let fields = [("email", "seller@deneme.example"), ("password", PASSWORD)];
        let done = browser.submit("/sign-in?next=%2F%2Fevil.example", &fields).await;
        assert_eq!(done.headers["location"], "/");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_site_can_not_act_as_our_user() {
    on_both_engines(async |world| {
        let browser = world.browser_of("seller").await;
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-site", "none"),
            ("x-nothing", "said"),
            ("origin", "https://evil.example"),
        ] {
            let mut request = browser
                .request(Method::POST, "/api/auth/sign_out")
                .header("content-type", "application/json")
                .body(Body::from("{}"))
                .expect("a request");
            request.headers_mut().remove("sec-fetch-site");
            request.headers_mut().insert(name, value.parse().expect("a header"));
            let answer = browser.clone().send(request).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
        }
        assert_eq!(browser.clone().get("/settings").await.status, StatusCode::OK, "still signed in");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reply_carries_its_headers_and_a_page_its_own_policy() {
    on_both_engines(async |world| {
        let page = world.browser().get("/sign-in").await;
        let policy = page.headers["content-security-policy"].to_str().expect("text").to_owned();
        assert!(policy.contains("'nonce-") && !policy.contains("unsafe-inline"), "{policy}");
        assert!(page.text.contains("lang=\"tr\""), "Turkish where the browser asks for it");
        let health = world.browser().get("/healthz").await;
        assert_eq!((health.status, health.text.as_str()), (StatusCode::OK, "ok"));
        for answer in [page, health] {
            assert_eq!(answer.headers["x-content-type-options"], "nosniff");
            assert!(answer.headers.contains_key("x-request-id"));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn large_and_strange_bodies_are_refused() {
    on_both_engines(async |world| {
        let mut browser = world.browser_of("seller").await;
        let large = json!({"form": {"email": "x".repeat(1_100_000), "password": ""}});
        assert_eq!(browser.call("/api/auth/sign_in", &large).await.0, StatusCode::PAYLOAD_TOO_LARGE);
        let multipart = browser
            .request(Method::POST, "/api/auth/sign_in")
            .header("content-type", "multipart/form-data")
            .body(Body::from("x"))
            .expect("a request");
        assert_eq!(browser.send(multipart).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(
            browser.call("/api/auth/sign_in", &json!({"nonsense": 1})).await.0,
            StatusCode::BAD_REQUEST
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_address_in_a_form_redirects_to_another_site() {
    on_both_engines(async |world| {
        for (next, led) in [
            ("/deals%3Fview%3Dlist", "/deals?view=list"),
            ("/%09/evil.example", "/"),
            ("%2F%5Cevil.example", "/"),
            ("/..//evil.example", "/"),
            ("/%252e%252e//evil.example", "/"),
        ] {
            let fields = [("email", "seller@deneme.example"), ("password", PASSWORD)];
            let answer = world.browser().submit(&format!("/sign-in?next={next}"), &fields).await;
            assert_eq!(answer.headers["location"], led, "{next}");
        }
        let mut seller = world.browser_of("seller").await;
        for back in ["/\t/evil.example", "//evil.example", "/.//evil.example", "/\\evil.example"] {
            let answer = seller.submit("/tasks", &[("line", "Numune yolla"), ("back", back)]).await;
            assert_eq!(answer.headers["location"], "/tasks", "{back:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn turkish_capitals_and_invisible_characters_make_no_other_address() {
    on_both_engines(async |world| {
        let mut system = world.db.write_system().await.expect("a transaction");
        let person = |email: &str| NewPerson {
            name: "Can".into(),
            email: Some(email.into()),
            role: Role::Salesperson,
            sees: None,
            password: Some(PASSWORD.into()),
            under: None,
        };
        add_person(&mut system, person("CAN@FİRMA.EXAMPLE")).await.expect("added");
        for taken in
            ["can@firma.example", "CAN@FIRMA.EXAMPLE", "can@fırma.example", "can@firma.example\u{200b}"]
        {
            let refused = add_person(&mut system, person(taken)).await.expect_err("it looks the same");
            assert_eq!(refused, Error::invalid("email", Problem::Taken), "{taken:?}");
        }
        let refused =
            add_person(&mut system, person("c\u{430}n@firma.example")).await.expect_err("no Latin letter");
        assert_eq!(refused, Error::invalid("email", Problem::BadEmail));
        rebuild_reach(&mut system).await.expect("reach");
        system.commit().await.expect("commit");
        for typed in [
            "CAN@FİRMA.EXAMPLE",
            "can@firma.example",
            " Can@Firma.Example\u{feff}",
            "can@fi\u{307}rma.example",
        ] {
            let (status, told) = world.browser().sign_in(typed, PASSWORD).await;
            assert_eq!(status, StatusCode::OK, "{typed:?}: {told}");
        }
        let mut owner = world.browser_of("owner").await;
        let under = world.actor("owner").await.unit();
        let under = world
            .seen_by("owner", async |tx| crate::people::store::tree(tx).await)
            .await
            .expect("a tree")
            .into_iter()
            .find(|node| node.person.is_none())
            .map_or(under, |node| node.id);
        let mut invited = async |email: &str| {
            let form =
                json!({"name": "Ali", "email": email, "role": "viewer", "sees": "own", "under": under});
            owner.call("/api/people/invite", &json!({"form": form})).await
        };
        let (status, told) = invited("ALİ@firma.example").await;
        assert!(status.is_success(), "{told}");
        for taken in ["ali@firma.example", "ALI@firma.example", "al\u{200b}i@firma.example"] {
            let (status, told) = invited(taken).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{taken:?}");
            assert!(told.to_string().contains("Taken"), "{told}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_with_an_unusual_address_can_sign_in_and_nobody_else_gets_one_that_looks_the_same() {
    on_both_engines(async |world| {
        let coded =
            format!("mate@xn--{}.example", idna::punycode::encode_str("fi\u{307}rma").expect("a label"));
        let mut system = world.db.write_system().await.expect("a transaction");
        for (name, kept) in [("seller", "ali\u{307}@firma.example"), ("mate", coded.as_str())] {
            let id = world.actor(name).await.id;
            system
                .query("UPDATE people SET email = $2 WHERE id = $1")
                .bind(id)
                .bind(kept.to_owned())
                .execute()
                .await
                .expect("as it was kept before");
        }
        system.commit().await.expect("commit");
        for typed in ["ALİ@firma.example", "ali@firma.example", "mate@firma.example", "MATE@FİRMA.example"]
        {
            assert_eq!(world.browser().sign_in(typed, PASSWORD).await.0, StatusCode::OK, "{typed}");
        }
        let mut system = world.db.write_system().await.expect("a transaction");
        for taken in ["ali@firma.example", "mate@firma.example"] {
            let refused = must_be_free(&mut system, taken, None).await.expect_err("it looks the same");
            assert_eq!(refused, Error::invalid("email", Problem::Taken));
        }
    })
    .await;
}
