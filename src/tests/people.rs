//! People in the firm: invitation links, roles, deactivation, and groups in the tree. A right that is taken away is
//! gone at once. Own accounts, handing over and the rebuilding of `reach` are in the submodules.

use super::own_records::kind;
use super::world::{Browser, Ear, Heard, PASSWORD, World, is_not_found, on_both_engines};
use crate::auth::model::{Role, Sees};
use crate::deals::store::list as deals;
use crate::deals::view::DealQuery;
use crate::error::{Error, Problem};
use crate::id::{DealId, PersonId, UnitId};
use crate::journal::model::What;
use crate::live::Kind;
use crate::people::input::Seating;
use crate::people::rules::{Act, Org};
use crate::people::store::{card, changes, groups, hand_over, org};
use crate::records::give_any;
use axum::http::StatusCode;
use serde_json::json;
use std::time::{Duration, Instant};
use uuid::Uuid;

mod account;
mod handed;
mod reach;

const LONG: Duration = Duration::from_secs(20);

impl World {
    async fn person(&self, name: &str) -> PersonId {
        self.actor(name).await.id
    }

    async fn team_of(&self, name: &str) -> UnitId {
        let person = self.person(name).await;
        self.org().await.parents[&UnitId::from(person)].expect("everybody has a team")
    }

    async fn org(&self) -> Org {
        let mut system = self.db.read_system().await.expect("the database answers");
        org::load(&mut system).await.expect("the organisation can be read")
    }

    async fn seating(&self, role: Role, sees: Sees, beside: &str) -> Seating {
        Seating { role, sees, under: self.team_of(beside).await }
    }
}

/// How long it takes until the stream is closed.
async fn closes(ear: &mut Ear) -> Duration {
    let begun = Instant::now();
    while ear.next(LONG).await != Heard::End {
        assert!(begun.elapsed() < LONG, "the stream stays open");
    }
    begun.elapsed()
}

async fn still_in(browser: &Browser) -> bool {
    browser.clone().get("/settings").await.status == StatusCode::OK
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_deactivated_is_out_at_the_next_request_and_hears_nothing_more() {
    on_both_engines(async |world| {
        let mut seller = world.browser_of("seller").await;
        let mut ear = seller.listen().await;
        let seller_id = world.person("seller").await;
        let mut manager = world.browser_of("manager").await;
        let off = json!({"id": seller_id, "active": false});
        assert_eq!(manager.call("/api/people/set_active", &off).await.0, StatusCode::OK);
        let closed = closes(&mut ear).await;
        assert!(closed < Duration::from_secs(1), "{}: closed after {closed:?}", world.engine);
        assert_eq!(
            seller.call("/api/customers/list", &json!({"query": {}})).await.0,
            StatusCode::UNAUTHORIZED
        );
        let again = json!({"id": seller_id, "active": true});
        assert_eq!(seller.call("/api/people/set_active", &again).await.0, StatusCode::UNAUTHORIZED);
        let (status, _) = world.browser().sign_in("seller@deneme.example", PASSWORD).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "the same answer as for a wrong password");
        assert_eq!(manager.call("/api/people/set_active", &again).await.0, StatusCode::OK);
        assert!(!still_in(&seller).await, "the old session does not come back with the account");
        world.browser_of("seller").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_counts_from_the_next_request_and_a_higher_one_needs_a_new_session() {
    on_both_engines(async |world| {
        let seller = world.browser_of("seller").await;
        let id = world.person("seller").await;
        let seat = async |role: Role| {
            world
                .by("owner", async |tx| {
                    changes::change(tx, id, None, |now| crate::people::model::PersonFacts {
                        role,
                        ..now.clone()
                    })
                    .await
                })
                .await
                .expect("changed");
        };
        let make = json!({"form": {"id": uuid::Uuid::now_v7(), "kind": "organisation", "name": "Yeni"}});
        seat(Role::Viewer).await;
        assert_eq!(seller.clone().call("/api/customers/create", &make).await.0, StatusCode::FORBIDDEN);
        assert!(still_in(&seller).await, "fewer rights need no new session");
        seat(Role::Manager).await;
        assert!(!still_in(&seller).await, "an old session does not get more rights");
        let seller = world.browser_of("seller").await;
        assert_eq!(seller.clone().call("/api/people/choices", &json!({})).await.0, StatusCode::OK);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_works_once_within_its_time_and_only_the_newest() {
    on_both_engines(async |world| {
        let seating = world.seating(Role::Salesperson, Sees::Own, "seller").await;
        let invited = world
            .by("manager", async |tx| changes::invite(tx, "Işıl", "isil@deneme.example", seating).await)
            .await
            .expect("invited");
        let (status, _) = world.browser().sign_in("isil@deneme.example", "").await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "somebody who is only invited can't sign in");
        let page = world.browser().get(&invited.link).await;
        assert!(page.status == StatusCode::OK && page.text.contains("Işıl"), "{}", page.status);
        let second = world
            .by("manager", async |tx| changes::link(tx, invited.person).await)
            .await
            .expect("another link");
        assert_eq!(world.browser().get(&invited.link).await.status, StatusCode::NOT_FOUND, "replaced");

        let mut joined = world.browser();
        let short = joined.submit(&second.link, &[("password", "kısa")]).await;
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!short.text.contains("value=\"kısa\""), "the password is not sent back");
        let done = joined.submit(&second.link, &[("password", "yeterince uzun")]).await;
        assert_eq!((done.status, done.headers["location"].to_str().ok()), (StatusCode::SEE_OTHER, Some("/")));
        assert!(still_in(&joined).await, "whoever joins is signed in");
        let token = second.link.trim_start_matches("/join/");
        let again = json!({"form": {"token": token, "password": "başka bir parola"}});
        assert_eq!(world.browser().call("/api/auth/join", &again).await.0, StatusCode::NOT_FOUND, "used");

        let reset = world
            .by("owner", async |tx| changes::link(tx, invited.person).await)
            .await
            .expect("a link to a new password");
        let mut system = world.db.write_system().await.expect("a transaction");
        system
            .query("UPDATE links SET expires_at = $1")
            .bind(crate::server::clock::now() - chrono::TimeDelta::seconds(1))
            .execute()
            .await
            .expect("time passes");
        system.commit().await.expect("commit");
        let token = reset.link.trim_start_matches("/join/");
        let late = json!({"form": {"token": token, "password": "başka bir parola"}});
        assert_eq!(world.browser().call("/api/auth/join", &late).await.0, StatusCode::NOT_FOUND, "expired");
        assert!(still_in(&joined).await);
        let manager = world.by("manager", async |tx| changes::link(tx, invited.person).await).await;
        assert_eq!(manager, Err(Error::Forbidden), "only the owner makes a link for a new password");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tree_move_changes_what_is_seen_at_once_everywhere() {
    on_both_engines(async |world| {
        let deal = world.deal("other", "Ankara ihalesi", 0, Some(500)).await;
        world.customer("other", "Ankara Lojistik").await;
        let mut manager = world.browser_of("manager").await;
        let sees = async |manager: &mut Browser| {
            let list = manager.call("/api/customers/list", &json!({"query": {}})).await.1.to_string();
            let search =
                manager.call("/api/deals/list", &json!({"query": {"search": "ihale"}})).await.1.to_string();
            let count = manager.call("/api/customers/count", &json!({"query": {}})).await.1.to_string();
            let sum = manager.call("/api/deals/sum", &json!({"query": {}})).await.1.to_string();
            let card = manager.call("/api/deals/get", &json!({"id": deal})).await.0;
            let board = manager
                .call("/api/board/get", &json!({"query": {"search": "", "depth": []}}))
                .await
                .1
                .to_string();
            (
                list.contains("Ankara"),
                search.contains("Ankara"),
                count != "0" && !count.contains(":0"),
                sum.contains("500"),
                card == StatusCode::OK,
                board.contains("Ankara"),
            )
        };
        let nothing = (false, false, false, false, false, false);
        assert_eq!(sees(&mut manager).await, nothing, "{}", world.engine);
        let mut ear = manager.listen().await;
        let other = UnitId::from(world.person("other").await);
        let (here, there) = (world.team_of("manager").await, world.team_of("other").await);
        world.by("owner", async |tx| groups::put(tx, other, here).await).await.expect("moved");
        assert_eq!(sees(&mut manager).await, (true, true, true, true, true, true), "{}", world.engine);
        assert!(hears_everything(&mut ear).await, "who sees more reads everything anew");
        world.by("owner", async |tx| groups::put(tx, other, there).await).await.expect("moved back");
        assert_eq!(sees(&mut manager).await, nothing, "{}", world.engine);
        assert!(hears_everything(&mut ear).await, "who sees less reads everything anew");
        let undone = world.seen_by("manager", async |tx| crate::records::read(tx, deal).await).await;
        assert!(is_not_found(undone));
    })
    .await;
}

/// Whether an open page is told to read everything anew.
pub async fn hears_everything(ear: &mut Ear) -> bool {
    loop {
        match ear.next(LONG).await {
            Heard::Notice(notice) if notice["kind"] == "everything" => return true,
            Heard::Notice(_) => {}
            Heard::Silence | Heard::End => return false,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_are_made_renamed_moved_deleted_and_brought_back() {
    on_both_engines(async |world| {
        let team = world.team_of("manager").await;
        let group =
            world.by("manager", async |tx| groups::add(tx, "Saha", team).await).await.expect("a group");
        let seller = UnitId::from(world.person("seller").await);
        world.by("manager", async |tx| groups::put(tx, seller, group).await).await.expect("moved");
        let full = world.by("manager", async |tx| groups::delete(tx, group).await).await;
        assert_eq!(full, Err(Error::invalid("unit", Problem::NotEmpty)));
        world.by("manager", async |tx| groups::put(tx, seller, team).await).await.expect("moved back");
        let event = world
            .by("manager", async |tx| groups::rename(tx, group, "Dış satış").await)
            .await
            .expect("renamed")
            .expect("an event");
        let mut browser = world.browser_of("manager").await;
        let undo = |event| json!({"event": event});
        assert_eq!(browser.call("/api/journal/undo", &undo(event)).await.0, StatusCode::OK);
        let gone = world
            .by("manager", async |tx| groups::delete(tx, group).await)
            .await
            .expect("deleted")
            .expect("an event");
        assert!(!world.org().await.parents.contains_key(&group));
        assert_eq!(browser.call("/api/journal/undo", &undo(gone)).await.0, StatusCode::OK);
        let tree = browser.call("/api/people/tree", &json!({})).await.1.to_string();
        assert!(tree.contains("Saha") && !tree.contains("Dış satış"), "{tree}");
        world.deal("seller", "Ortak", 0, None).await;
        let records = world.deal("seller", "Birimin", 0, None).await;
        give(world, records, group).await;
        let held = world.by("manager", async |tx| groups::delete(tx, group).await).await;
        assert_eq!(held, Err(Error::invalid("unit", Problem::NotEmpty)), "a deal hangs on it");
        let other = world.by("other", async |tx| groups::rename(tx, group, "Benim").await).await;
        assert!(is_not_found(other));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lies_in_the_trash_of_a_group_goes_with_it_to_the_group_above() {
    on_both_engines(async |world| {
        let team = world.team_of("manager").await;
        let group =
            world.by("manager", async |tx| groups::add(tx, "Saha", team).await).await.expect("a group");
        world.add_kind(&kind("Montaj", "Montajlar", &[])).await.expect("a kind");
        let mut owner = world.browser_of("owner").await;
        // One of each kind that somebody can own.
        let own_record = Uuid::now_v7();
        let form = json!({"kind": 1, "form": {"id": own_record, "name": "Çatı"}});
        let (status, told) = owner.call("/api/records/create", &form).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        let task = Uuid::now_v7();
        let (status, told) =
            owner.call("/api/tasks/add", &json!({"form": {"id": task, "line": "ölçü al"}})).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        let records = [
            (Kind::Customer, world.customer("owner", "Güneş Enerji").await.0, "customers/delete"),
            (Kind::Deal, world.deal("owner", "Çatı", 0, None).await.0, "deals/delete"),
            (Kind::Task, task, "tasks/act"),
            (Kind::OwnRecord, own_record, "records/delete"),
        ];
        let from = UnitId::from(world.person("owner").await);
        let mut deleted = Vec::new();
        for (kind, id, path) in records {
            world
                .by("owner", async |tx| give_any(tx, (kind, id), from, group, What::HandedOver).await)
                .await
                .expect("given");
            let (status, event) =
                owner.call(&format!("/api/{path}"), &json!({"id": id, "act": "delete"})).await;
            assert_eq!(status, StatusCode::OK, "{path}: {event}");
            deleted.push(event);
        }
        world.by("manager", async |tx| groups::delete(tx, group).await).await.expect("deleted");
        // Whoever sees the group above can restore the records.
        let mut manager = world.browser_of("manager").await;
        for event in deleted {
            let (status, told) = manager.call("/api/journal/undo", &json!({"event": event})).await;
            assert_eq!(status, StatusCode::OK, "{told}");
        }
    })
    .await;
}

/// Hangs a deal on a group.
async fn give(world: &World, deal: DealId, to: UnitId) {
    world
        .by("owner", async |tx| {
            let (now, version) = crate::records::read(tx, deal).await?;
            let new = crate::deals::model::DealFacts { owner_id: to, ..now.clone() };
            crate::records::save(tx, deal, (&now, version), &new, What::HandedOver).await
        })
        .await
        .expect("given");
}
