//! Two calls that change the same records at the same moment, for all pairs of calls. The second one is refused or
//! builds on what the first has written; no call gets a 5xx, nothing is lost, and the rules of `backup::check` hold
//! afterwards.

use super::permissions::rows::{Asks, ROWS, Target};
use super::permissions::{one_of_each, target};
use super::world::{Browser, World, on_both_engines, on_postgres, on_sqlite};
use crate::backup::check::check;
use crate::server::database_url::DatabaseUrl;
use axum::http::StatusCode;
use futures::future::join_all;
use serde_json::{Value, json};
use std::ops::Range;
use uuid::Uuid;

/// A call by the owner: its path, and its input for a target.
type Call = (&'static str, fn(Target) -> Value);

/// Calls that the table of functions does not contain: the deal's stage is deleted and its deals move to another one,
/// the deal is moved into that stage, the deal is changed with its stage and customer, and it gets a new task.
const MORE: [Call; 4] = [
    ("/api/pipelines/delete_stage", |at| json!({"id": at.order[0], "to": at.order[1]})),
    ("/api/deals/put", |at| json!({"id": at.deal, "stage": at.order[0]})),
    ("/api/deals/change", |at| {
        json!({"id": at.deal, "form": {"id": at.deal, "version": "1", "title": "Başka", "currency": "TRY",
            "stage": at.order[0], "customer": at.customer}})
    }),
    ("/api/tasks/save", |at| {
        json!({"form": {"id": Uuid::now_v7(), "title": "Ara", "kind": "call", "due_on": "2026-12-01",
            "about": format!("deal:{}", at.deal)}})
    }),
];

fn calls() -> Vec<Call> {
    let writes = |asks: Asks| !matches!(asks, Asks::Nothing | Asks::SignIn | Asks::Sight | Asks::Following);
    let rows = ROWS.iter().filter(|row| writes(row.asks)).map(|row| (row.path, row.input));
    MORE.into_iter().chain(rows).collect()
}

/// Creates records that belong together: a customer with an activity, a deal of that customer in the first stage of a
/// new pipeline, and a task. Returns what calls about records, about people and about pipelines are to act on.
async fn knot(world: &World, owner: &Browser) -> [Target; 3] {
    let row =
        |path: &str| ROWS.iter().find(|row| row.path.starts_with(path)).expect("there is such a function");
    let process = target(world, Some("seller"), row("/api/pipelines/raise")).await;
    let people = target(world, Some("seller"), row("/api/people/put")).await;
    let records = one_of_each(world, "seller").await;
    let records = Target { stage: process.order[0], order: process.order, ..records };
    let form = json!({"id": records.deal, "version": "1", "title": "Kanarya", "currency": "TRY",
        "stage": process.order[0],
        "customer": records.customer});
    let input = json!({"id": records.deal, "form": form});
    let (status, told) = owner.clone().call("/api/deals/change", &input).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    [records, people, Target { deal: records.deal, ..process }]
}

fn aimed((path, input): Call, [records, people, process]: [Target; 3]) -> Value {
    let at = match path {
        path if path.starts_with("/api/people/") => people,
        path if path.starts_with("/api/pipelines/") => process,
        _ => records,
    };
    input(at)
}

/// Tries six pairs of a hundred: this test takes the longest, and each new function that changes something adds pairs.
#[tokio::test(flavor = "multi_thread")]
async fn some_two_at_once_leave_a_whole_firm() {
    on_both_engines(async |world| some_pairs(world, 6, 0..calls().len()).await).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes half an hour; `cargo xtask prove pairs` runs it"]
async fn long_any_two_at_once_leave_a_whole_firm_on_sqlite() {
    for some in portions() {
        on_sqlite(async |world| some_pairs(world, 100, some.clone()).await).await;
    }
    println!("figure: SQLite: {} calls, each beside each: no 5xx, every firm is whole", calls().len());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes half an hour; `cargo xtask prove pairs` runs it"]
async fn long_any_two_at_once_leave_a_whole_firm_on_postgres() {
    for some in portions() {
        on_postgres(async |world| some_pairs(world, 100, some.clone()).await).await;
    }
    println!("figure: PostgreSQL: {} calls, each beside each: no 5xx, every firm is whole", calls().len());
}

/// The first calls of the pairs that are tried in one firm. There are only a few, because a firm becomes slow when
/// thousands of pairs have been tried in it.
fn portions() -> impl Iterator<Item = Range<usize>> {
    let all = calls().len();
    (0..all).step_by(4).map(move |first| first..(first + 4).min(all))
}

/// Tries that many of a hundred pairs whose first call is one of these. The order within a pair does not matter,
/// because each of its calls is made twice and all of them at once.
async fn some_pairs(world: &World, share: usize, firsts: Range<usize>) {
    let owners: [Browser; 2] = [world.browser_of("owner").await, world.browser_elsewhere("owner").await];
    let calls = calls();
    for nr in firsts {
        for other in (nr..calls.len()).filter(|other| (nr * 37 + other * 11) % 100 < share) {
            let (first, second) = (calls[nr], calls[other]);
            let at = knot(world, &owners[0]).await;
            // Each call is made twice, through two server processes.
            let four = [(first, 0), (second, 1), (first, 1), (second, 0)].map(|(call, by)| {
                let (mut browser, input) = (owners[by].clone(), aimed(call, at));
                async move { browser.call(call.0, &input).await }
            });
            for (status, told) in join_all(four).await {
                let names = format!("{} beside {}", first.0, second.0);
                assert!(!status.is_server_error(), "{}: {names}: {told}", world.engine);
            }
        }
    }
    whole(world).await;
}

async fn whole(world: &World) {
    let report =
        check(&DatabaseUrl::of(&world.address).expect("an address")).await.expect("it can be checked");
    assert!(report.ok, "{}: {report}", world.engine);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_into_a_stage_that_is_being_deleted_loses_no_deal() {
    on_both_engines(async |world| {
        let owners = [world.browser_of("owner").await, world.browser_elsewhere("owner").await];
        for _ in 0..12 {
            let (_, stages) = world.pipeline("Hat").await;
            let mut deals = Vec::new();
            for at in 0..6 {
                let deal = world.deal("seller", "Yarış", 0, Some(100)).await;
                let input = json!({"id": deal, "stage": stages[1].id});
                let (status, told) = owners[at % 2].clone().call("/api/deals/put", &input).await;
                assert_eq!(status, StatusCode::OK, "{told}");
                deals.push(deal);
            }
            let moves = deals.iter().enumerate().map(|(at, deal)| {
                let change = json!({"change": {"cmd": Uuid::now_v7(), "deal": deal, "to": stages[0].id,
                    "seen_version": 2}});
                let mut browser = owners[at % 2].clone();
                async move { browser.call("/api/board/move", &change).await }
            });
            let mut deleting = owners[0].clone();
            let gone = json!({"id": stages[0].id, "to": stages[2].id});
            let (deleted, moved) =
                tokio::join!(deleting.call("/api/pipelines/delete_stage", &gone), join_all(moves));
            assert_eq!(deleted.0, StatusCode::OK, "{}", deleted.1);
            assert!(moved.iter().all(|(status, _)| !status.is_server_error()), "{moved:?}");
            for deal in deals {
                let (status, told) = owners[1].clone().call("/api/deals/get", &json!({"id": deal})).await;
                assert_eq!(status, StatusCode::OK, "{}: a deal is lost: {told}", world.engine);
            }
        }
        whole(world).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_set_ups_at_once_one_makes_the_firm() {
    let firms = async |address: &str| {
        let servers = [World::empty(address).await, World::empty(address).await];
        let form = |at: usize| {
            json!({"form": {"firm": format!("Firma {at}"), "name": "Sahip", "email": format!("{at}@x.example"),
                "password": "uzun bir parola", "language": "tr", "currency": "TRY", "time_zone": "Europe/Istanbul"}})
        };
        let at_once = (0..4).map(|at| {
            let mut browser = servers[at % 2].clone();
            let form = form(at);
            async move { browser.call("/api/auth/set_up", &form).await.0 }
        });
        let answers = join_all(at_once).await;
        assert_eq!(answers.iter().filter(|status| **status == StatusCode::OK).count(), 1, "{answers:?}");
        assert!(answers.iter().all(|status| !status.is_server_error()), "{answers:?}");
        let report = check(&DatabaseUrl::of(address).expect("an address")).await.expect("it can be checked");
        assert!(report.ok, "{report}");
    };
    let (folder, address) = super::world::fresh_sqlite();
    firms(&address).await;
    let _ = std::fs::remove_dir_all(folder);
    if let Some(server) = super::world::test_postgres() {
        firms(&super::world::fresh_postgres(&server).await).await;
    }
}
