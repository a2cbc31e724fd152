//! The trash, what `purge` deletes for good after thirty days, and the log of the firm for managers and owners. Trash
//! and log show only what is in reach.

use super::world::{World, is_not_found, on_both_engines};
use crate::backup::check::check;
use crate::deals::input::DealForm;
use crate::error::{Error, Result};
use crate::id::{CustomerId, DealId, EventId, TaskId};
use crate::journal::commands;
use crate::journal::model::{Card, What};
use crate::journal::store::{self, purge::purge};
use crate::journal::view::{Gone, LogPage, LogQuery};
use crate::live::Kind;
use crate::server::clock;
use crate::server::database_url::DatabaseUrl;
use crate::server::faults::Fault;
use crate::tasks::model::Act;
use axum::http::StatusCode;
use chrono::TimeDelta;

impl World {
    async fn gone(&self, who: &str, id: CustomerId) -> EventId {
        self.by(who, async |tx| crate::records::delete(tx, id).await).await.expect("deleted")
    }

    async fn deal_gone(&self, who: &str, id: DealId) -> EventId {
        self.by(who, async |tx| crate::records::delete(tx, id).await).await.expect("deleted")
    }

    async fn task_gone(&self, who: &str, id: TaskId) -> EventId {
        self.by(who, async |tx| crate::tasks::commands::act(tx, id, Act::Delete).await)
            .await
            .expect("deleted")
    }

    async fn trash(&self, who: &str) -> Vec<Gone> {
        self.seen_by(who, async |tx| store::trash(tx, None).await).await.expect("a trash").gone
    }

    async fn in_trash(&self, who: &str) -> Vec<String> {
        self.trash(who).await.into_iter().map(|one| one.name).collect()
    }

    async fn log_of(&self, who: &str, query: LogQuery) -> Result<LogPage> {
        self.seen_by(who, async |tx| store::log(tx, &query).await).await
    }

    async fn of_customer(&self, deal: DealId, customer: CustomerId) {
        let form = DealForm {
            customer: customer.to_string(),
            ..self.draft_of("owner", Some(deal)).await.expect("a form")
        };
        let done = self.by("owner", async |tx| crate::deals::commands::change(tx, deal, &form).await).await;
        done.expect("given");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_deleted_lies_in_the_trash_of_who_may_see_it_and_comes_back() {
    on_both_engines(async |world| {
        let customer = world.customer("seller", "Güneş Enerji").await;
        let call = world.call("seller", Card::Customer(customer), "konuşuldu").await;
        let deal = world.deal("seller", "Panel", 0, Some(100)).await;
        let task = world.task("seller", "Aranacak", 0).await;
        world.by("seller", async |tx| crate::records::delete(tx, call).await).await.expect("deleted");
        world.task_gone("seller", task).await;
        world.deal_gone("seller", deal).await;
        assert_eq!(world.in_trash("seller").await, ["Panel", "Aranacak", "konuşuldu"]);
        world.gone("seller", customer).await;
        let trash = world.trash("seller").await;
        // A deleted activity is not listed while its customer is in the trash, too.
        let names: Vec<&str> = trash.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Güneş Enerji", "Panel", "Aranacak"]);
        assert!(trash.iter().all(|one| one.days == 29 || one.days == 30));
        assert_eq!((trash[0].kind, trash[0].by.as_str()), (Kind::Customer, "seller"));
        for (who, sees) in [("owner", 3), ("manager", 3), ("viewer", 3), ("mate", 0), ("other", 0)] {
            assert_eq!(world.trash(who).await.len(), sees, "{who}");
        }
        // The plain page and its form: a viewer sees the trash but can't restore, the other team finds nothing.
        let event = trash[0].event.to_string();
        let mut manager = world.browser_of("manager").await;
        let page = manager.get("/trash").await.text;
        assert!(page.contains("Güneş Enerji") && page.contains("name=\"event\""));
        let mut viewer = world.browser_of("viewer").await;
        let page = viewer.get("/trash").await.text;
        assert!(page.contains("Güneş Enerji") && !page.contains("name=\"event\""));
        let sent = [("event", event.as_str())];
        assert_eq!(viewer.submit("/trash", &sent).await.status, StatusCode::FORBIDDEN);
        let mut other = world.browser_of("other").await;
        assert_eq!(other.submit("/trash", &sent).await.status, StatusCode::NOT_FOUND);
        assert_eq!(manager.submit("/trash", &sent).await.status, StatusCode::SEE_OTHER);
        assert_eq!(manager.submit("/trash", &sent).await.status, StatusCode::CONFLICT, "it is back already");
        assert_eq!(world.in_trash("seller").await, ["Panel", "Aranacak", "konuşuldu"]);
        for one in world.trash("seller").await {
            world.by("seller", async |tx| commands::undo(tx, one.event).await).await.expect("restored");
        }
        assert!(world.in_trash("seller").await.is_empty());
        world.seen_by("seller", async |tx| crate::records::read(tx, call).await).await.expect("back");
        assert_eq!(world.facts(deal).await.amount, Some(100));
        assert!(world.by("seller", async |tx| crate::records::read(tx, task).await).await.is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_trash_is_walked_page_by_page_and_ends_for_everybody() {
    on_both_engines(async |world| {
        for nr in 0..65 {
            world.task(if nr < 61 { "seller" } else { "other" }, &format!("Görev {nr}"), 0).await;
        }
        let mut system = world.db.write_system().await.expect("a transaction");
        let now = clock::now();
        for sql in ["UPDATE tasks SET deleted_at = $1", "UPDATE records SET deleted_at = $1"] {
            system.query(sql).bind(now).execute().await.expect("deleted at once");
        }
        // The owner has nothing in reach. Purge works in the owner's name, but must delete everybody's records.
        let owner = world.actor("owner").await.id;
        system
            .query("DELETE FROM reach WHERE viewer_id = $1")
            .bind(owner)
            .execute()
            .await
            .expect("the owner sees nothing");
        system.commit().await.expect("commit");
        let first = world.seen_by("manager", async |tx| store::trash(tx, None).await).await.expect("a page");
        assert_eq!(first.gone.len(), 60);
        let rest =
            world.seen_by("manager", async |tx| store::trash(tx, first.next).await).await.expect("a page");
        assert_eq!((rest.gone.len(), rest.next), (1, None));
        assert!(first.gone.iter().all(|one| one.id != rest.gone[0].id));
        assert_eq!(purge(&world.db, now + TimeDelta::days(31)).await, Ok(65));
        assert_eq!(world.number("SELECT COUNT(*) FROM tasks").await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_thirty_days_it_is_gone_for_good_with_what_hung_on_it_alone() {
    on_both_engines(async |world| {
        let kept = world.customer("seller", "Kalan").await;
        let lost = world.customer("seller", "Silinecek Adı Batsın").await;
        let deal = world.open("seller", "Kalan satış", "", "TRY").await;
        world.of_customer(deal, lost).await;
        let dead = world.open("seller", "Ölü satış", "", "TRY").await;
        world.of_customer(dead, kept).await;
        world.call("seller", Card::Customer(lost), "gizli söz").await;
        world.call("seller", Card::Deal(deal), "satış sözü").await;
        world.call("seller", Card::Deal(dead), "ölü söz").await;
        let hang = async |title: &str, about: serde_json::Value| {
            let browser = world.browser_of("seller").await;
            let mut form = serde_json::json!({"id": uuid::Uuid::now_v7(), "title": title, "kind": "call",
                "due_on": "2030-12-01"});
            form.as_object_mut().expect("a form").extend(about.as_object().expect("about").clone());
            let (status, told) =
                browser.clone().call("/api/tasks/save", &serde_json::json!({"form": form})).await;
            assert_eq!(status, StatusCode::OK, "{told}");
        };
        hang("Ara onu", serde_json::json!({"customer": lost})).await;
        hang("Satış görevi", serde_json::json!({"deal": deal})).await;
        hang("Ölü görev", serde_json::json!({"deal": dead})).await;
        // Two changes that name the customer, to be undone when the customer is deleted for good.
        let told = world.told("seller", deal.0).await;
        let named = told.iter().find(|line| line.changes.iter().any(|change| change.field == "customer"));
        let named = named.expect("it became the customer's").id;
        let away = DealForm {
            customer: String::new(),
            ..world.draft_of("seller", Some(deal)).await.expect("a form")
        };
        let left = world.by("seller", async |tx| crate::deals::commands::change(tx, deal, &away).await).await;
        let left = left.expect("changed").expect("an event");
        world.by("seller", async |tx| commands::undo(tx, left).await).await.expect("taken back");
        let task = world.task("seller", "Silinen görev", 0).await;
        world.task_gone("seller", task).await;
        world.deal_gone("seller", dead).await;
        world.gone("seller", lost).await;

        let now = clock::now();
        assert_eq!(purge(&world.db, now + TimeDelta::days(29)).await, Ok(0), "not before thirty days");
        assert_eq!(world.in_trash("seller").await.len(), 3);
        assert_eq!(purge(&world.db, now + TimeDelta::days(31)).await, Ok(3));
        assert_eq!(purge(&world.db, now + TimeDelta::days(31)).await, Ok(0), "nothing is left to do");
        assert!(world.in_trash("seller").await.is_empty());
        for (count, sql) in [
            (1, "SELECT COUNT(*) FROM customers"),
            (1, "SELECT COUNT(*) FROM deals"),
            (1, "SELECT COUNT(*) FROM activities"),
            (1, "SELECT COUNT(*) FROM tasks"),
            (0, "SELECT COUNT(*) FROM tasks WHERE customer_id IS NOT NULL"),
            (0, "SELECT COUNT(*) FROM activities WHERE customer_id IS NOT NULL"),
            (
                0,
                "SELECT COUNT(*) FROM events WHERE CAST(before AS TEXT) LIKE '%Batsın%' \
                 OR CAST(after AS TEXT) LIKE '%Batsın%'",
            ),
            (
                0,
                "SELECT COUNT(*) FROM events WHERE CAST(after AS TEXT) LIKE '%gizli söz%' \
                 OR CAST(after AS TEXT) LIKE '%Ara onu%'",
            ),
            (0, "SELECT COUNT(*) FROM events WHERE CAST(after AS TEXT) LIKE '%Ölü%'"),
            (3, "SELECT COUNT(*) FROM events WHERE what = 'purged'"),
        ] {
            assert_eq!(world.number(sql).await, count, "{sql}");
        }
        // The deal stays without the customer, its history says so, and it is not found by the customer's name.
        let facts = world.facts(deal).await;
        assert_eq!((facts.title.as_str(), facts.customer_id), ("Kalan satış", None));
        let line = &world.told("seller", deal.0).await[0];
        assert_eq!((line.what, line.actor.as_str(), line.undoable), (What::Purged, "", false));
        assert!(world.search("seller", "batsın").await.is_empty());
        assert_eq!(world.search("seller", "kalan").await, ["Kalan satış"]);
        // Changes that would point to the customer again can't be undone. The customer's own events are still in the
        // log, without the name, and can't be undone either.
        for event in [named, left] {
            let refused = world.by("seller", async |tx| commands::undo(tx, event).await).await;
            assert!(matches!(refused, Err(Error::Conflict { .. })), "{refused:?}");
        }
        let log = world.log_of("owner", LogQuery::default()).await.expect("a log");
        let of_it: Vec<_> = log.lines.iter().filter(|line| line.subject_id == lost.0).collect();
        assert_eq!(
            of_it.iter().map(|line| line.what).collect::<Vec<_>>(),
            [What::Purged, What::Deleted, What::Created]
        );
        assert!(of_it.iter().all(|line| !line.undoable && line.subject.is_none()));
        for line in of_it {
            assert!(is_not_found(world.by("owner", async |tx| commands::undo(tx, line.id).await).await));
        }
        let other = world.log_of("manager", LogQuery::default()).await.expect("a log");
        assert!(other.lines.iter().any(|line| line.subject_id == lost.0), "it was in the manager's reach");
        let place = DatabaseUrl::of(&world.address).expect("a place");
        let report = check(&place).await.expect("it can be checked");
        assert!(report.ok, "{report}");
    })
    .await;
}

/// So many activities that `purge` deletes them in several slices.
const TALK: i64 = 1_203;

#[tokio::test(flavor = "multi_thread")]
async fn a_long_purge_works_in_slices_and_continues_after_a_failure() {
    on_both_engines(async |world| {
        let customer = world.customer("seller", "Çok Konuşulan").await;
        let call = world.call("seller", Card::Customer(customer), "ilk söz").await;
        let deal = world.open("seller", "Kalan satış", "", "TRY").await;
        let at = clock::now() - TimeDelta::days(40);
        let mut system = world.db.write_system().await.expect("a transaction");
        for nr in 0..TALK {
            let of = (nr % 2 == 0).then_some(deal);
            let id = uuid::Uuid::now_v7();
            system.query(
                "INSERT INTO activities (id, kind, at, customer_id, deal_id, person_id, contact, result, content, \
                     version, updated_at) \
                 SELECT $2, kind, $3, customer_id, $4, person_id, contact, result, content, \
                     version, updated_at FROM activities WHERE id = $1",
            )
            .bind(call)
            .bind(id)
            .bind(at + TimeDelta::seconds(nr / 3))
            .bind(of)
            .execute()
            .await
            .expect("one more");
            system.query(
                "INSERT INTO records (id, kind, owner_id, created_at, created_by, customer_id, parent_id, name, \
                 search_key, name_key, sort_key) \
                 SELECT $2, kind, owner_id, created_at, created_by, customer_id, COALESCE($3, parent_id), name, \
                 search_key, name_key, sort_key FROM records WHERE id = $1",
            )
            .bind(call)
            .bind(id)
            .bind(of)
            .execute()
            .await
            .expect("and its record");
        }
        system.commit().await.expect("kept");
        let event = world.gone("seller", customer).await;
        let left = async || {
            let alone = world.number("SELECT COUNT(*) FROM activities WHERE deal_id IS NULL").await;
            (alone, world.number("SELECT COUNT(*) FROM activities WHERE customer_id IS NOT NULL").await)
        };
        assert_eq!(left().await, (602, TALK + 1));

        // In each round purge fails at a later statement, so also between two slices.
        let later = clock::now() + TimeDelta::days(31);
        let mut cut = 0;
        for after in 10.. {
            world.db.faults.arm(Fault::Undone, after);
            let done = purge(&world.db, later).await;
            if world.db.faults.disarm() {
                // 0 if the round before had deleted everything and failed only then.
                assert!(matches!(done, Ok(0 | 1)), "{done:?}");
                break;
            }
            assert!(done.is_err(), "{done:?}");
            let (alone, named) = left().await;
            cut += usize::from(named <= TALK);
            if named <= TALK && world.number("SELECT COUNT(*) FROM customers").await > 0 {
                let refused = world.by("seller", async |tx| commands::undo(tx, event).await).await;
                assert!(is_not_found(refused), "{alone} and {named} are left, and it was restored");
            }
        }
        assert!(cut > 0, "purge never failed between two slices");
        assert_eq!(left().await, (0, 0));
        assert_eq!(world.number("SELECT COUNT(*) FROM activities WHERE deal_id IS NOT NULL").await, 602);
        assert_eq!(world.number("SELECT COUNT(*) FROM customers").await, 0);
        assert_eq!(
            world.number("SELECT COUNT(*) FROM events WHERE what = 'purged' AND kind = 'customer'").await,
            1,
            "there is one event, however often purge began"
        );
        assert_eq!(
            world.number("SELECT COUNT(*) FROM events WHERE CAST(after AS TEXT) LIKE '%ilk söz%'").await,
            0
        );
        let report = check(&DatabaseUrl::of(&world.address).expect("a place")).await.expect("it can be checked");
        assert!(report.ok, "{report}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_for_who_leads_and_shows_what_they_reach() {
    on_both_engines(async |world| {
        let near = world.customer("seller", "Yakın").await;
        let far = world.customer("other", "Uzak").await;
        world.call("seller", Card::Customer(near), "konuşuldu").await;
        for nr in 0..70 {
            world.deal("mate", &format!("Satış {nr}"), 0, None).await;
        }
        for who in ["seller", "viewer", "other"] {
            assert_eq!(world.log_of(who, LogQuery::default()).await.err(), Some(Error::Forbidden), "{who}");
        }
        let page = world.log_of("manager", LogQuery::default()).await.expect("a log");
        assert_eq!(page.lines.len(), 60);
        let names: Vec<&str> = page.people.iter().map(|(_, name)| name.as_str()).collect();
        assert!(names.contains(&"mate") && !names.contains(&"other"), "{names:?}");
        let rest = LogQuery { after: page.next, ..LogQuery::default() };
        let rest = world.log_of("manager", rest).await.expect("the rest");
        assert_eq!((rest.lines.len(), rest.next), (12, None));
        assert!([&page, &rest].iter().all(|page| page.lines.iter().all(|line| line.subject_id != far.0)));
        assert!(rest.lines.iter().any(|line| line.subject.as_deref() == Some("Yakın")));
        let call = rest.lines.iter().find(|line| line.kind == Kind::Activity).expect("the call");
        assert_eq!(call.card, Some(Card::Customer(near)));
        let by = LogQuery { person: Some(world.actor("seller").await.id), ..LogQuery::default() };
        let by = world.log_of("owner", by).await.expect("of one");
        assert_eq!(by.lines.iter().map(|line| line.kind).collect::<Vec<_>>(), [Kind::Activity]);
        let of = |kind| LogQuery { kind: Some(kind), ..LogQuery::default() };
        assert_eq!(world.log_of("owner", of(Kind::Customer)).await.expect("customers").lines.len(), 2);
        let today = clock::today(world.actor("owner").await.zone);
        let on = |day| LogQuery { day: Some(day), kind: Some(Kind::Customer), ..LogQuery::default() };
        assert_eq!(world.log_of("owner", on(today)).await.expect("today").lines.len(), 2);
        let before = world.log_of("owner", on(today - chrono::Days::new(1))).await.expect("yesterday");
        assert!(before.lines.is_empty());
        // Changes of settings are in the log, too: a new pipeline and its six stages.
        world.pipeline("Servis").await;
        assert_eq!(world.log_of("owner", of(Kind::Firm)).await.expect("settings").lines.len(), 7);
        // When a customer is handed to another team, the manager no longer sees its events.
        let given = world.actor("other").await.unit();
        world
            .by("owner", async |tx| {
                let now = crate::customers::store::get(tx, near).await?;
                let facts = crate::customers::model::CustomerFacts { owner_id: given, ..now.facts };
                let change =
                    crate::customers::commands::Edit { facts, version: now.version, cmd: None, take: &[] };
                crate::customers::commands::edit(tx, near, change).await
            })
            .await
            .expect("handed over");
        for kind in [Kind::Customer, Kind::Activity] {
            assert!(world.log_of("manager", of(kind)).await.expect("a log").lines.is_empty());
        }
        let mut manager = world.browser_of("manager").await;
        let page = manager.get("/history?kind=deal").await;
        assert!(
            page.status == StatusCode::OK && page.text.contains("Satış 69") && !page.text.contains("Uzak")
        );
        assert_eq!(world.browser_of("seller").await.get("/history").await.status, StatusCode::FORBIDDEN);
    })
    .await;
}
