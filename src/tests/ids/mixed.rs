//! Ids that two things share, as older versions allowed it. A record and something of the settings keep histories of
//! their own; of two records with one id the update names both, and changes nothing.

use crate::journal::model::Card;
use crate::journal::view::LogPage;
use crate::server::db::Db;
use crate::tests::world::{World, on_both_engines};
use axum::http::StatusCode;
use serde_json::json;
use uuid::Uuid;

impl World {
    /// Gives a deal another id, as if it had been made under it.
    async fn made_under(&self, from: Uuid, to: Uuid) {
        let mut system = self.db.write_system().await.expect("a transaction");
        for sql in [
            "UPDATE deals SET id = $2 WHERE id = $1",
            "UPDATE records SET id = $2 WHERE id = $1",
            "UPDATE events SET subject_id = $2 WHERE subject_id = $1",
        ] {
            system.query(sql).bind(from).bind(to).execute().await.expect("another id");
        }
        system.commit().await.expect("commit");
    }

    async fn log_as(&self, who: &str) -> LogPage {
        let (_, told) = self.browser_of(who).await.call("/api/journal/log", &json!({"query": {}})).await;
        serde_json::from_value(told).expect("a log")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deal_tells_nothing_of_a_person_or_firm_of_the_same_id() {
    on_both_engines(async |world| {
        let customer = world.customer("other", "Gizli Ltd").await;
        world.call("other", Card::Customer(customer), "gizli söz").await;
        let firm =
            world.seen_by("owner", async |tx| Ok(crate::people::store::root(tx.unscoped()).await?)).await;
        let firm = firm.expect("a firm").expect("a root").0;
        let stage = world.stages().await[0].id.0;
        let person = world.actor("other").await.id.0;
        let mut other = world.browser_of("other").await;
        let (status, _) = other.call("/api/people/speak", &json!({"language": "en"})).await;
        assert_eq!(status, StatusCode::OK);
        let mut seller = world.browser_of("seller").await;
        for id in [firm, stage, person] {
            let deal = world.open("seller", "Benim", "", "TRY").await;
            world.made_under(deal.0, id).await;
            let stream = json!({"card": {"deal": id}, "query": {"limit": 100}});
            let (status, told) = seller.call("/api/activities/stream", &stream).await;
            assert_eq!(status, StatusCode::OK);
            let lines = told["lines"].as_array().expect("lines");
            assert_eq!(lines.len(), 1, "only that it was opened: {told}");
            assert!(!told.to_string().contains("izli"), "{told}");
            // Whoever leads the seller sees the deal in the log, under its own name.
            let log = world.log_as("manager").await;
            let line = log.lines.iter().find(|line| line.subject_id == id).expect("it is told");
            assert_eq!(line.subject.as_deref(), Some("Benim"));
            let (status, told) = seller.call("/api/journal/undo_last", &json!({"but": []})).await;
            assert_eq!((status, &told["name"]), (StatusCode::OK, &json!("Benim")), "{told}");
        }
        // The customer's own history is as it was.
        let stream = json!({"card": {"customer": customer}, "query": {"limit": 100}});
        let (_, told) = other.call("/api/activities/stream", &stream).await;
        assert_eq!(told["lines"].as_array().map(Vec::len), Some(2), "{told}");
        assert!(!told.to_string().contains("Benim"), "{told}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_names_two_records_of_one_id_and_changes_nothing() {
    on_both_engines(async |world| {
        world.is_broken_on_purpose();
        let customer = world.customer("seller", "Gizli Ltd").await;
        let task = world.task("seller", "Benim", 0).await;
        let mut system = world.db.write_system().await.expect("a transaction");
        system
            .query("UPDATE tasks SET id = $2 WHERE id = $1")
            .bind(task)
            .bind(customer)
            .execute()
            .await
            .expect("one id");
        for sql in [
            "DROP VIEW records_search",
            "DROP TABLE own_values",
            "DROP TABLE records",
            "DELETE FROM _sqlx_migrations WHERE version = 25",
        ] {
            system.query(sql).execute().await.expect("an older firm");
        }
        system.commit().await.expect("committed");
        for _ in 0..2 {
            let refused = Db::open_with(&world.address, None).await.err().expect("refused");
            let refused = format!("{refused:#}");
            for part in ["Gizli Ltd", "Benim", &customer.to_string()] {
                assert!(refused.contains(part), "{}: {part} in {refused}", world.engine);
            }
            let mut system = world.db.read_system().await.expect("the database answers");
            let (steps,): (i64,) = system
                .query("SELECT COUNT(*) FROM _sqlx_migrations WHERE version = 25")
                .one()
                .await
                .expect("counted");
            assert_eq!(steps, 0);
        }
    })
    .await;
}
