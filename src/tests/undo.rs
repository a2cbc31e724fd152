//! Many changes, then Ctrl+Z as often: each press undoes one whole change, the newest first, and at the end everything
//! is as it was.

use super::world::{Browser, World, on_both_engines};
use crate::deals::model::Stage;
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

/// What people see of the firm, without versions and times of writing.
async fn state(world: &World) -> Vec<String> {
    let mut system = world.db.read_system().await.expect("the database answers");
    let mut all = Vec::new();
    let statements = [
        "SELECT id, owner_id, name FROM customers WHERE deleted_at IS NULL ORDER BY id",
        "SELECT id, owner_id, title || '|' || lost_reason FROM deals WHERE deleted_at IS NULL ORDER BY id",
        "SELECT id, stage_id, CASE WHEN closed_on IS NULL THEN 'open' ELSE 'closed' END FROM deals \
             WHERE deleted_at IS NULL ORDER BY id",
        "SELECT id, owner_id, title || CASE WHEN done_at IS NULL THEN '' ELSE ' done' END FROM tasks \
             WHERE deleted_at IS NULL ORDER BY id",
        "SELECT id, person_id, content FROM activities WHERE deleted_at IS NULL ORDER BY id",
        "SELECT id, pipeline_id, name FROM stages WHERE deleted_at IS NULL ORDER BY pipeline_id, place, id",
    ];
    for sql in statements {
        let rows: Vec<(Uuid, Option<Uuid>, String)> = system.query(sql).all().await.expect(sql);
        all.extend(rows.into_iter().map(|(id, of, text)| format!("{id} {of:?} {text}")));
    }
    let places: Vec<(Uuid, Vec<u8>)> = system
        .query("SELECT id, position FROM deals WHERE deleted_at IS NULL ORDER BY id")
        .all()
        .await
        .expect("places");
    all.extend(places.into_iter().map(|(id, place)| format!("{id} {place:?}")));
    all
}

/// Presses Ctrl+Z once; returns whether there was anything to undo.
async fn press(browser: &mut Browser) -> bool {
    let (status, told) = browser.call("/api/journal/undo_last", &json!({"but": []})).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    told != Value::Null
}

struct Things {
    customer: Uuid,
    deals: Vec<Uuid>,
    tasks: Vec<Uuid>,
    stages: Vec<Stage>,
    people: [Uuid; 2],
}

async fn things(world: &World) -> Things {
    let customer = world.customer("seller", "Güneş Enerji").await.0;
    let (mut deals, mut tasks) = (Vec::new(), Vec::new());
    for nr in 0..4 {
        deals.push(world.deal("seller", &format!("Satış {nr}"), nr % 3, Some(100)).await.0);
        tasks.push(world.task("seller", &format!("Görev {nr}"), 0).await.0);
    }
    let mut system = world.db.write_system().await.expect("the database answers");
    for sql in [
        "UPDATE tasks SET customer_id = $1",
        "UPDATE records SET customer_id = $1, parent_id = $1 WHERE kind = 'task'",
    ] {
        system.query(sql).bind(customer).execute().await.expect("about the customer");
    }
    system.commit().await.expect("about the customer");
    let people = [world.actor("seller").await.id.0, world.actor("mate").await.id.0];
    Things { customer, deals, tasks, stages: world.stages().await, people }
}

/// The call for one change. It may be refused because of earlier changes; then nothing is done.
fn act(things: &Things, nr: usize, kind: usize) -> (&'static str, Value) {
    let deal = things.deals[nr % things.deals.len()];
    let task = things.tasks[nr % things.tasks.len()];
    let stage = things.stages[nr % 3].id;
    match kind % 14 {
        0 => ("/api/tasks/act", json!({"id": task, "act": {"called": "reached"}})),
        1 => ("/api/tasks/act", json!({"id": task, "act": "finish"})),
        2 => ("/api/tasks/act", json!({"id": task, "act": "reopen"})),
        3 => ("/api/tasks/act", json!({"id": task, "act": "delete"})),
        4 => ("/api/deals/put", json!({"id": deal, "stage": stage})),
        5 => ("/api/deals/win", json!({"id": deal})),
        6 => ("/api/deals/lose", json!({"id": deal, "reason": format!("neden {nr}")})),
        7 => ("/api/deals/delete", json!({"id": deal})),
        8 => (
            "/api/pipelines/delete_stage",
            json!({"id": things.stages[nr % 2].id, "to": things.stages[2].id}),
        ),
        9 => ("/api/people/hand_over", json!({"id": things.people[nr % 2], "to": things.people[1 - nr % 2]})),
        10 => (
            "/api/activities/log",
            json!({"card": {"customer": things.customer},
                "form": {"id": Uuid::now_v7(), "kind": "note", "content": "Not"}}),
        ),
        11 => ("/api/tasks/add", json!({"form": {"line": format!("Yolla {nr}"), "id": Uuid::now_v7()}})),
        12 => (
            "/api/board/move",
            json!({"change": {"cmd": Uuid::now_v7(), "deal": deal, "to": stage, "seen_version": 0}}),
        ),
        _ => ("/api/customers/delete", json!({"id": things.customer})),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn as_many_presses_as_things_done_lead_back_to_the_beginning() {
    on_both_engines(async |world| {
        let things = things(world).await;
        let begun = state(world).await;
        let sequences: [&[(usize, usize)]; 4] = [
            &[(0, 0)],
            &[(0, 0), (0, 8), (0, 9), (1, 0), (2, 1)],
            &[(1, 12), (1, 8), (0, 8), (2, 6), (0, 9), (1, 9)],
            &[(0, 10), (0, 0), (1, 11), (3, 7), (0, 13), (1, 4), (2, 5)],
        ];
        let mut chance: u64 = 0x5eed;
        let mut next = || {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(chance >> 40).unwrap_or_default()
        };
        let made: Vec<Vec<(usize, usize)>> =
            (0..6).map(|_| (0..12).map(|_| (next(), next())).collect()).collect();
        for sequence in sequences.into_iter().chain(made.iter().map(Vec::as_slice)) {
            let mut owner = world.browser_of("owner").await;
            let mut states = vec![begun.clone()];
            let mut told = Vec::new();
            let wholes = "SELECT COUNT(*) FROM events WHERE part_of IS NULL";
            let mut done = world.number(wholes).await;
            for (nr, kind) in sequence {
                let (path, input) = act(&things, *nr, *kind);
                let (status, _) = owner.call(path, &input).await;
                assert!(status == StatusCode::OK || status.is_client_error(), "{path}: {status}");
                let now = world.number(wholes).await;
                if now > done {
                    assert_eq!(now, done + 1, "{path}: one change is one event");
                    states.push(state(world).await);
                    told.push(path);
                }
                done = now;
            }
            while let Some(after) = states.pop() {
                assert_eq!(state(world).await, after, "{}: {} of {told:?}", world.engine, states.len());
                if !states.is_empty() {
                    assert!(press(&mut owner).await, "{}: {} of {told:?}", world.engine, states.len());
                }
            }
            assert!(!press(&mut owner).await, "{}: nothing is left to take back of {told:?}", world.engine);
            assert_eq!(state(world).await, begun, "{}: {told:?}", world.engine);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finished_call_comes_and_goes_with_its_activity() {
    on_both_engines(async |world| {
        let things = things(world).await;
        let mut seller = world.browser_of("seller").await;
        let begun = state(world).await;
        let (path, input) = act(&things, 0, 0);
        assert_eq!(seller.call(path, &input).await.0, StatusCode::OK);
        let done = state(world).await;
        for _ in 0..2 {
            let (status, told) = seller.call("/api/journal/undo_last", &json!({"but": []})).await;
            assert_eq!((status, &told["what"]), (StatusCode::OK, &json!("done")));
            assert_eq!(state(world).await, begun, "the task is open again, and the call is gone");
            let again = json!({"event": told["again"]});
            assert_eq!(seller.call("/api/journal/undo", &again).await.0, StatusCode::OK);
            assert_eq!(state(world).await, done, "the undo is undone: finished, and the call is there");
        }
        assert!(press(&mut seller).await);
        assert!(!press(&mut seller).await, "the second press has nothing to undo");
        assert_eq!(state(world).await, begun);
    })
    .await;
}
