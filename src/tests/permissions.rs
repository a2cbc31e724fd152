//! Who may call what: every server function × every kind of person × records of the seller, of a mate, of another team,
//! and records that do not exist. A refused call changes nothing, and for a record that the caller may not see the
//! answer is the same as for one that does not exist. A function or route without a row fails the test.

mod routes;
pub(super) mod rows;

use super::world::{Browser, World, on_both_engines};
use crate::id::CustomerId;
use crate::journal::model::Card;
use axum::http::{Method, StatusCode};
use rows::{Asks, ROWS, Row, Target};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The people who call, and whether they see the records of the seller, of the mate, and of the other team.
const CALLERS: [(&str, bool, bool, bool); 6] = [
    ("owner", true, true, true),
    ("manager", true, true, false),
    ("seller", true, false, false),
    ("mate", false, true, false),
    ("viewer", true, true, false),
    ("other", false, false, true),
];

pub(super) const OWNERS: [&str; 3] = ["seller", "mate", "other"];

/// A new record of that person for a call of this row; without a person, ids that do not exist.
pub(super) async fn target(world: &World, owner: Option<&str>, row: &Row) -> Target {
    let stage = world.stages().await[1].id.0;
    let absent = Uuid::now_v7;
    let nobody = Target {
        customer: absent(),
        deal: absent(),
        activity: absent(),
        task: absent(),
        record: absent(),
        event: absent(),
        task_event: absent(),
        stage,
        person: absent(),
        group: absent(),
        ..Target::NOBODY
    };
    let Some(owner) = owner else { return nobody };
    if row.path.starts_with("/api/people/") {
        let (person, group) = world.newcomer_beside(owner, "Kanarya").await;
        return Target { person, group, ..nobody };
    }
    if row.path.starts_with("/api/pipelines/") {
        let (pipeline, stages) = world.pipeline("Hat").await;
        let order = std::array::from_fn(|at| stages[at].id.0);
        return Target { group: pipeline.0, stage: order[0], order, ..nobody };
    }
    if row.path.starts_with("/api/fields/") {
        let form = super::own_fields::form("customer", &format!("Kanarya {}", absent()), "line");
        return Target { group: world.add_field(&form).await.expect("a field").0, ..nobody };
    }
    if row.path.starts_with("/api/kinds/") {
        return Target { group: world.some_kind().await, ..nobody };
    }
    if row.path.starts_with("/api/products/") {
        return Target { group: world.product(&format!("Kanarya {}", absent()), true).await.0, ..nobody };
    }
    // Only what the call is about is made: five records for each of two thousand calls take minutes.
    let asked = (row.input)(nobody).to_string();
    made(world, owner, nobody, |id| asked.contains(&id.to_string())).await
}

/// A new record of each kind that belongs to that person; the activity is on the customer's card.
pub(super) async fn one_of_each(world: &World, owner: &str) -> Target {
    made(world, owner, Target::NOBODY, |_| true).await
}

async fn made(world: &World, owner: &str, nobody: Target, is_about: impl Fn(Uuid) -> bool) -> Target {
    let mut at = nobody;
    if is_about(nobody.customer) || is_about(nobody.activity) {
        at.customer = world.customer(owner, "Kanarya Ltd").await.0;
    }
    if is_about(nobody.deal) || is_about(nobody.event) {
        at.deal = world.deal(owner, "Kanarya satışı", 0, Some(100)).await.0;
    }
    if is_about(nobody.activity) {
        let card = Card::Customer(CustomerId(at.customer));
        at.activity = world.call(owner, card, "Kanarya ile konuşuldu").await.0;
    }
    if is_about(nobody.task) || is_about(nobody.task_event) {
        at.task = world.task(owner, "Kanarya görevi", 0).await.0;
    }
    if is_about(nobody.record) {
        at.record = world.own_record(owner, "Kanarya montajı").await.0;
    }
    let mut system = world.db.read_system().await.expect("the database answers");
    for (event, made) in [(&mut at.event, at.deal), (&mut at.task_event, at.task)] {
        let found: Option<(Uuid,)> = system
            .query("SELECT id FROM events WHERE subject_id = $1")
            .bind(made)
            .optional()
            .await
            .expect("the database answers");
        *event = found.map_or(*event, |(id,)| id);
    }
    at.person = world.actor(if owner == "seller" { "mate" } else { "seller" }).await.id.0;
    at
}

async fn calling(browser: &Browser, row: &Row, at: Target) -> (StatusCode, Value) {
    browser.clone().call(row.path, &(row.input)(at)).await
}

#[test]
fn every_server_function_has_a_row() {
    let written: BTreeSet<&str> = ROWS.iter().map(|row| row.path).collect();
    let registered: BTreeSet<&str> =
        leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    assert_eq!(written, registered);
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        assert_eq!(method, Method::POST, "{path}: a server function is called by POST only");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_gets_nowhere() {
    on_both_engines(async |world| {
        let at = target(world, Some("seller"), &ROWS[ROWS.len() - 1]).await;
        let before = world.rows().await;
        for row in ROWS.iter().filter(|row| row.asks != Asks::Nothing) {
            let (status, told) = calling(&world.browser(), row, at).await;
            assert_eq!((status, told), (StatusCode::UNAUTHORIZED, json!("Unauthenticated")), "{}", row.path);
        }
        let mut liar = world.browser();
        liar.cookie = Some(format!("kartotek-3000={}", "0".repeat(64)));
        for row in ROWS.iter().filter(|row| row.asks != Asks::Nothing) {
            assert_eq!(calling(&liar, row, at).await.0, StatusCode::UNAUTHORIZED, "{}", row.path);
        }
        assert_eq!(world.rows().await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_reaches_what_they_may_and_nothing_else() {
    on_both_engines(async |world| {
        world.add_field(&super::own_fields::form("customer", "Bölge", "line")).await.expect("a field");
        // Records of each owner, which lists must show only to people who may see them.
        for owner in OWNERS {
            let customer = world.customer(owner, "Kanarya Ltd").await;
            world.deal(owner, "Kanarya satışı", 0, Some(100)).await;
            world.call(owner, Card::Customer(customer), "Kanarya ile konuşuldu").await;
            world.task(owner, "Kanarya görevi", 0).await;
            world.own_record(owner, "Kanarya montajı").await;
        }
        for (name, own, mates, others) in CALLERS {
            let browser = world.browser_of(name).await;
            let sells = name != "viewer";
            let leads = matches!(name, "owner" | "manager");
            for row in ROWS {
                if row.asks == Asks::Nothing || row.path.starts_with("/api/auth/") {
                    continue;
                }
                let (_, absent) = calling(&browser, row, target(world, None, row).await).await;
                for (owner, sees) in OWNERS.into_iter().zip([own, mates, others]) {
                    let at = target(world, Some(owner), row).await;
                    let expected = match row.asks {
                        Asks::Nothing | Asks::SignIn => StatusCode::OK,
                        Asks::Sight if sees => StatusCode::OK,
                        Asks::Selling | Asks::SellingInSight if !sells => StatusCode::FORBIDDEN,
                        Asks::Administering if name != "owner" => StatusCode::FORBIDDEN,
                        Asks::Selling | Asks::Administering => StatusCode::OK,
                        Asks::SellingInSight if sees => StatusCode::OK,
                        Asks::Sight | Asks::SellingInSight => StatusCode::NOT_FOUND,
                        Asks::Leading | Asks::Following if leads => StatusCode::OK,
                        Asks::LeadingInSight | Asks::LeadingInPlace if leads && sees => StatusCode::OK,
                        Asks::LeadingInSight if leads => StatusCode::NOT_FOUND,
                        Asks::LeadingInPlace if leads => StatusCode::UNPROCESSABLE_ENTITY,
                        Asks::Leading | Asks::Following | Asks::LeadingInSight | Asks::LeadingInPlace => {
                            StatusCode::FORBIDDEN
                        }
                    };
                    // Rows are counted only for a call that is to be refused: counting takes as long as the call.
                    let refused = expected != StatusCode::OK;
                    let before = if refused { world.rows().await } else { Vec::new() };
                    let (status, told) = calling(&browser, row, at).await;
                    let cell = format!("{}: {name} calls {} on a record of {owner}", world.engine, row.path);
                    assert_eq!(status, expected, "{cell}: {told}");
                    if refused {
                        assert_eq!(world.rows().await, before, "{cell}: a refused call changes nothing");
                        assert!(
                            !told.to_string().contains("Kanarya"),
                            "{cell}: a refused call shows nothing"
                        );
                    }
                    if matches!(expected, StatusCode::NOT_FOUND | StatusCode::UNPROCESSABLE_ENTITY) {
                        assert_eq!(told, absent, "{cell}: the same as for an absent record");
                    }
                    if status == StatusCode::OK && matches!(row.asks, Asks::SignIn | Asks::Following) {
                        shows_only_reach(world, (name, row.path), &told).await;
                    }
                }
            }
        }
    })
    .await;
}

/// Checks that the answer contains no id of a record out of the person's reach.
async fn shows_only_reach(world: &World, (name, path): (&str, &str), told: &Value) {
    let told = told.to_string();
    let mut system = world.db.read_system().await.expect("the database answers");
    let viewer = world.actor(name).await.id;
    let hidden: Vec<(Uuid,)> = system
        .query(
            "SELECT id FROM customers WHERE owner_id NOT IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
             UNION ALL SELECT id FROM deals WHERE owner_id NOT IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
             UNION ALL SELECT id FROM tasks WHERE owner_id NOT IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
             UNION ALL SELECT id FROM own_records \
                 WHERE owner_id NOT IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        )
        .bind(viewer)
        .all()
        .await
        .expect("it can be asked");
    for (id,) in hidden {
        assert!(!told.contains(&id.to_string()), "{path} shows {id} to {name}, out of reach: {told}");
    }
}
