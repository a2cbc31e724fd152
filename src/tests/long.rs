//! How long people wait who write while `purge` deletes records with 450,000 activities for good. The times are printed
//! and not compared with a limit. `cargo xtask prove long` runs this test; long work that people can start themselves
//! is measured by `cargo xtask bench --long`.

use super::world::on_both_engines;
use crate::deals::input::DealForm;
use crate::id::DealId;
use crate::journal::store::purge::purge;
use crate::sample::{Options, fill};
use crate::server::clock;
use axum::http::StatusCode;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const OPTIONS: Options =
    Options { customers: 120, deals: 120, open: 120, activities: 450_000, common: 0, seed: 7 };

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes ten minutes; `cargo xtask prove long` runs it"]
async fn long_work_on_450_000_activities_lets_others_write() {
    on_both_engines(async |world| {
        fill(&world.db, world.actor("owner").await, &OPTIONS).await.expect("a sample");
        let mut system = world.db.write_system().await.expect("a transaction");
        let deals: Vec<(DealId,)> =
            system.query("SELECT id FROM deals WHERE customer_id IS NOT NULL").all().await.expect("deals");
        drop(system);
        let customer = world.customer("owner", "Kalan").await;
        let mut followed = Duration::ZERO;
        for (deal,) in deals.iter().take(30) {
            let draft = world.draft_of("owner", Some(*deal)).await.expect("a form");
            let form = DealForm { customer: customer.to_string(), ..draft };
            let begun = Instant::now();
            let done = world.by("owner", async |tx| crate::deals::commands::change(tx, *deal, &form).await);
            done.await.expect("the deal has another customer");
            followed = followed.max(begun.elapsed());
        }
        let mut system = world.db.write_system().await.expect("a transaction");
        for sql in [
            "UPDATE customers SET deleted_at = $1",
            "UPDATE deals SET deleted_at = $1",
            "UPDATE records SET deleted_at = $1 WHERE kind IN ('customer', 'deal')",
        ] {
            let long_ago = clock::now() - chrono::TimeDelta::days(40);
            system.query(sql).bind(long_ago).execute().await.expect("deleted long ago");
        }
        system.commit().await.expect("kept");

        let over = Arc::new(AtomicBool::new(false));
        let mut browser = world.browser_of("mate").await;
        let seen = Arc::clone(&over);
        let working = tokio::spawn(async move {
            let mut waits = Vec::new();
            while !seen.load(Ordering::Relaxed) {
                let form = json!({"id": uuid::Uuid::now_v7(), "title": "Ara", "kind": "call", "due_on": "2030-01-07"});
                let begun = Instant::now();
                let (status, told) = browser.call("/api/tasks/save", &json!({"form": form})).await;
                assert_eq!(status, StatusCode::OK, "{told}");
                waits.push(begun.elapsed());
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            waits.sort_unstable();
            waits
        });
        let begun = Instant::now();
        let ended = purge(&world.db, clock::now()).await.expect("an end");
        let took = begun.elapsed();
        over.store(true, Ordering::Relaxed);
        let waits = working.await.expect("every task was saved");
        assert_eq!(ended, 241);
        assert_eq!(world.number("SELECT COUNT(*) FROM activities").await, 0);
        println!(
            "figure: {}: {ended} records with 450,000 activities ended in {} s, whoever wrote beside it waited {} ms \
             at p95 and {} ms at most; a deal got another customer in {} ms at most",
            world.engine,
            took.as_secs(),
            waits[waits.len() * 95 / 100].as_millis(),
            waits.last().expect("they worked").as_millis(),
            followed.as_millis()
        );
    })
    .await;
}
