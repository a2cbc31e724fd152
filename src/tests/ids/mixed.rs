//! Records that share an id with one of another kind, as older versions let them be made: each has its own history, its
//! own place in the trash and its own end.

use crate::id::{CustomerId, TaskId};
use crate::journal::model::Card;
use crate::journal::store::purge::purge;
use crate::journal::view::{LogPage, TrashPage};
use crate::server::clock;
use crate::tasks::model::Act;
use crate::tests::world::{World, on_both_engines};
use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

impl World {
    /// Gives a record of that table another id, as if it had been made under it.
    async fn made_under(&self, table: &str, from: Uuid, to: Uuid) {
        let mut system = self.db.write_system().await.expect("a transaction");
        let row = match table {
            "deals" => "UPDATE deals SET id = $2 WHERE id = $1",
            _ => "UPDATE tasks SET id = $2 WHERE id = $1",
        };
        for sql in [row, "UPDATE events SET subject_id = $2 WHERE subject_id = $1"] {
            system.query(sql).bind(from).bind(to).execute().await.expect("another id");
        }
        system.commit().await.expect("commit");
    }

    async fn log_as(&self, who: &str) -> LogPage {
        let (_, told) = self.browser_of(who).await.call("/api/journal/log", &json!({"query": {}})).await;
        serde_json::from_value(told).expect("a log")
    }

    async fn trash_as(&self, who: &str) -> TrashPage {
        let (_, told) = self.browser_of(who).await.call("/api/journal/trash", &json!({})).await;
        serde_json::from_value(told).expect("a trash")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deal_tells_nothing_of_a_customer_person_or_firm_of_the_same_id() {
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
        for id in [customer.0, firm, stage, person] {
            let deal = world.open("seller", "Benim", "", "TRY").await;
            world.made_under("deals", deal.0, id).await;
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
async fn the_trash_and_the_end_of_a_task_leave_a_customer_of_the_same_id_alone() {
    on_both_engines(async |world| {
        let [customer, other] = [world.customer("other", "Gizli Ltd").await, world.customer("other", "Öteki").await];
        let delete = async |who: &str, task: TaskId| {
            world
                .by(who, async |tx| crate::tasks::commands::act(tx, task, Act::Delete).await)
                .await
                .expect("deleted")
        };
        let gone = world
            .by("other", async |tx| crate::records::delete(tx, customer).await)
            .await
            .expect("deleted");
        for id in [customer.0, other.0] {
            let task = world.task("seller", "Benim", 0).await;
            world.made_under("tasks", task.0, id).await;
            delete("seller", TaskId(id)).await;
        }
        // The trash knows who deleted what.
        let trash = world.trash_as("other").await.gone;
        assert_eq!(trash.len(), 1);
        assert_eq!((trash[0].name.as_str(), trash[0].by.as_str(), trash[0].event), ("Gizli Ltd", "other", gone));
        let of_owner = world.trash_as("owner").await.gone;
        let event = of_owner.iter().find(|one| one.name == "Gizli Ltd").map(|one| one.event);
        assert_eq!((of_owner.len(), event), (3, Some(gone)));
        world.by("other", async |tx| crate::journal::commands::undo(tx, gone).await).await.expect("restored");
        let told = "SELECT COUNT(*) FROM events WHERE kind = 'customer' AND CAST(after AS TEXT) <> '{}'";
        let whole = world.number(told).await;
        assert_eq!(purge(&world.db, clock::now() + TimeDelta::days(31)).await, Ok(2));
        assert_eq!(world.number(told).await, whole, "what happened to the customers is on record");
        let forgotten = "SELECT COUNT(*) FROM events WHERE kind = 'task' AND what <> 'purged' AND CAST(after AS TEXT) <> '{}'";
        assert_eq!(world.number(forgotten).await, 0);
        for id in [customer, other] {
            world.by("other", async |tx| crate::customers::store::get(tx, CustomerId(id.0)).await).await.expect("there");
        }
    })
    .await;
}
