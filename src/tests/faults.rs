//! The database fails in the middle: at every statement of every function that writes (of those in `auth` only signing
//! in), and at its commit, in each way of `Fault`. The caller gets an error, nothing half done is left, and the next
//! write works at once.

use super::permissions::{OWNERS, rows::ROWS, target};
use super::world::{World, on_both_engines};
use crate::server::faults::Fault;
use axum::http::StatusCode;
use serde_json::json;
use sqlx::{Connection as _, Executor as _};
use uuid::Uuid;

/// No transaction here has more statements than this.
const MANY: usize = 400;

/// Writing a customer works at once after the failure.
async fn writing_works(world: &World, browser: &super::world::Browser, after: &str) {
    let form = json!({"form": {"id": Uuid::now_v7(), "kind": "organisation", "name": "Sonraki"}});
    let (status, told) = browser.clone().call("/api/customers/create", &form).await;
    assert_eq!(status, StatusCode::OK, "{}: a write after {after}: {told}", world.engine);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_at_any_statement_leaves_nothing_half_and_nothing_broken() {
    on_both_engines(async |world| {
        let owner = world.browser_of("owner").await;
        let mut struck = 0;
        for (nr, row) in ROWS.iter().enumerate() {
            // These begin or end sessions; of them only signing in is tested, below.
            if row.path.starts_with("/api/auth/") {
                continue;
            }
            let at = target(world, Some(OWNERS[0]), row).await;
            for after in 0..MANY {
                let fault = Fault::ALL[(nr + after) % Fault::ALL.len()];
                let before = world.rows().await;
                world.db.faults.arm(fault, after);
                let (status, told) = owner.clone().call(row.path, &(row.input)(at)).await;
                if world.db.faults.disarm() {
                    break;
                }
                struck += 1;
                let what = format!("{fault:?} at statement {after} of {}", row.path);
                assert!(status.is_server_error(), "{}: {what}: {status} {told}", world.engine);
                if fault == Fault::Full {
                    assert_eq!((status.as_u16(), told), (507, json!("DiscFull")), "{what}");
                }
                assert_eq!(world.rows().await, before, "{}: {what} left something", world.engine);
                writing_works(world, &owner, &what).await;
            }
        }
        assert!(struck > 300, "{struck} failures are too few to show anything");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_survives_a_failure() {
    on_both_engines(async |world| {
        for after in 0..MANY {
            let fault = Fault::ALL[after % Fault::ALL.len()];
            world.db.faults.arm(fault, after);
            let mut browser = world.browser();
            let email = format!("{}@deneme.example", super::world::PEOPLE[after % 6].0);
            let (status, told) = browser.sign_in(&email, super::world::PASSWORD).await;
            if world.db.faults.disarm() {
                assert_eq!(status, StatusCode::OK);
                break;
            }
            assert!(status.is_server_error(), "{fault:?} at {after}: {status} {told}");
            let owner = world.browser_of("owner").await;
            writing_works(world, &owner, "a failed sign-in").await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disc_is_told_and_forgotten_when_there_is_room() {
    on_both_engines(async |world| {
        let mut owner = world.browser_of("owner").await;
        let form = || json!({"form": {"id": Uuid::now_v7(), "kind": "organisation", "name": "Dolu"}});
        assert_eq!(owner.get("/readyz").await.status, StatusCode::OK);
        world.db.faults.arm(Fault::Full, 2);
        let (status, told) = owner.call("/api/customers/create", &form()).await;
        assert_eq!((status.as_u16(), told), (507, json!("DiscFull")));
        // `/readyz` now tries to write, and there is still no room.
        world.db.faults.arm(Fault::Full, 0);
        let ready = owner.get("/readyz").await;
        assert_eq!((ready.status, ready.text.as_str()), (StatusCode::SERVICE_UNAVAILABLE, "disc full"));
        assert_eq!(owner.get("/customers").await.status, StatusCode::OK, "reading goes on");
        let ready = owner.get("/readyz").await;
        assert_eq!((ready.status, ready.text.as_str()), (StatusCode::OK, "ok"));
        writing_works(world, &owner, "the disc had been full").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_up_at_any_statement_leaves_nothing() {
    on_both_engines(async |world| {
        let facts = world.customer_facts("seller", "Yarım").await;
        let before = world.rows().await;
        for patience in 0..40 {
            let (db, actor, facts) = (world.db.clone(), world.actor("seller").await, facts.clone());
            let work = tokio::spawn(async move {
                let mut tx = db.write(actor).await.expect("a transaction");
                let id = crate::id::CustomerId(Uuid::now_v7());
                let what = crate::journal::model::What::Created;
                crate::customers::commands::add(&mut tx, id, &facts, what).await.expect("it can be made");
                std::future::pending::<()>().await;
            });
            tokio::time::sleep(std::time::Duration::from_micros(patience * 150)).await;
            work.abort();
            let _ = work.await;
        }
        assert_eq!(world.rows().await, before);
        world.customer("seller", "Sonra").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgres_that_only_reads_for_now_is_told_as_such() {
    on_both_engines(async |world| {
        if world.engine != "PostgreSQL" {
            return;
        }
        let mut server = sqlx::PgConnection::connect(&world.address).await.expect("a connection");
        let name = world
            .address
            .rsplit('/')
            .find_map(|part| part.split('?').next().filter(|name| name.starts_with("kartotek_")));
        let name = name.expect("the database has a name");
        let reads_only = |only: &str| {
            sqlx::AssertSqlSafe(format!("ALTER DATABASE {name} SET default_transaction_read_only = {only}"))
        };
        let mut elsewhere = world.elsewhere().await;
        server.execute(reads_only("on")).await.expect("it is set");
        // As after a failover: all connections are cut, and new ones can only read.
        let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                      WHERE datname = current_database() AND pid <> pg_backend_pid()";
        server.execute(others).await.expect("they are gone");
        assert_eq!(elsewhere.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
        let (status, told) = elsewhere.sign_in("seller@deneme.example", super::world::PASSWORD).await;
        assert_eq!((status, told), (StatusCode::SERVICE_UNAVAILABLE, json!("Unavailable")));
        assert_eq!(elsewhere.get("/sign-in").await.status, StatusCode::OK, "reading goes on");
        server
            .execute(sqlx::AssertSqlSafe("SET default_transaction_read_only = off".to_owned()))
            .await
            .expect("for this one");
        server.execute(reads_only("off")).await.expect("it is set");
        let mut again = world.elsewhere().await;
        assert_eq!(again.get("/readyz").await.status, StatusCode::OK);
    })
    .await;
}
