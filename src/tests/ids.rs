//! Ids that browsers choose: whatever is made under such an id is tried with the id of every kind of thing there is, of
//! one's own and of others, living, deleted and gone for good. The same id sent twice is in `commands`.

mod commands;
mod mixed;
mod unseen;

use super::permissions::rows::{ROWS, Row, Target};
use super::world::{Browser, World, on_both_engines};
use crate::customers::model::Contact;
use crate::id::{ActivityId, ContactId, CustomerId, DealId, OwnRecordId, TaskId};
use crate::journal::model::{Card, What};
use crate::journal::store::purge::purge;
use crate::server::clock;
use crate::tasks::model::Act;
use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The functions that make something under an id that the browser chose, and where their input has it.
const MADE: [(&str, &str); 6] = [
    ("/api/activities/log", "/form/id"),
    ("/api/customers/create", "/form/id"),
    ("/api/deals/create", "/form/id"),
    ("/api/records/create", "/form/id"),
    ("/api/tasks/add", "/form/id"),
    ("/api/tasks/save", "/form/id"),
];
/// The commands that have an id of their own, and where their input has it.
const COMMANDS: [(&str, &str); 2] =
    [("/api/board/move", "/change/cmd"), ("/api/customers/change", "/form/cmd")];
/// These make something under an id that the server chose; the last two make nothing, in spite of their names.
const SERVERS_OWN: [&str; 9] = [
    "/api/people/invite",
    "/api/people/add_group",
    "/api/pipelines/add",
    "/api/pipelines/add_stage",
    "/api/products/add",
    "/api/fields/add",
    "/api/kinds/add",
    "/api/journal/undo_made",
    "/api/journal/log",
];

/// Where the ordinary call of a function has an id that is new each time.
fn fresh_ids(row: &Row) -> Vec<String> {
    fn differing(one: &Value, other: &Value, at: String, found: &mut Vec<String>) {
        match (one, other) {
            (Value::Object(fields), Value::Object(_)) => {
                for (name, value) in fields {
                    differing(value, &other[name], format!("{at}/{name}"), found);
                }
            }
            _ if one != other => found.push(at),
            _ => {}
        }
    }
    let mut found = Vec::new();
    differing(&(row.input)(Target::NOBODY), &(row.input)(Target::NOBODY), String::new(), &mut found);
    found
}

#[test]
fn whatever_is_made_under_an_id_of_the_browsers_is_known_here() {
    let found: BTreeSet<(&str, String)> =
        ROWS.iter().flat_map(|row| fresh_ids(row).into_iter().map(|at| (row.path, at))).collect();
    let known: BTreeSet<(&str, String)> =
        MADE.into_iter().chain(COMMANDS).map(|(path, at)| (path, at.to_owned())).collect();
    assert_eq!(found, known);
    for row in ROWS {
        let verb = row.path.rsplit('/').next().unwrap_or_default();
        let makes = ["add", "create", "invite", "log", "made", "make", "new", "save"];
        let makes = makes.iter().any(|word| verb.split('_').any(|part| part == *word));
        let listed = MADE.iter().any(|(path, _)| *path == row.path) || SERVERS_OWN.contains(&row.path);
        assert!(!makes || listed, "{}: under whose id does it make something?", row.path);
    }
}

/// What there is in the firm, by name.
struct Things {
    /// Ids that nobody may use for something new.
    taken: Vec<(String, Uuid)>,
    /// The seller's own, by kind.
    own: [(&'static str, Uuid); 5],
}

async fn five(world: &World, owner: &str) -> [(&'static str, Uuid); 5] {
    let customer = world.customer(owner, "Gizli Ltd").await;
    let activity = world.call(owner, Card::Customer(customer), "gizli söz").await;
    let deal = world.deal(owner, "Gizli satış", 0, Some(100)).await;
    let task = world.task(owner, "Gizli görev", 0).await;
    let record = world.own_record(owner, "Gizli montaj").await;
    [
        ("customers", customer.0),
        ("deals", deal.0),
        ("activities", activity.0),
        ("tasks", task.0),
        ("records", record.0),
    ]
}

async fn deleted(world: &World, of: [(&'static str, Uuid); 5]) {
    let [(_, customer), (_, deal), (_, activity), (_, task), (_, record)] = of;
    world
        .by("owner", async |tx| {
            crate::records::delete(tx, ActivityId(activity)).await?;
            crate::tasks::commands::act(tx, TaskId(task), Act::Delete).await?;
            crate::records::delete(tx, OwnRecordId(record)).await?;
            crate::records::delete(tx, DealId(deal)).await?;
            crate::records::delete(tx, CustomerId(customer)).await
        })
        .await
        .expect("deleted");
}

/// Makes one record of each kind as the seller, by the server functions.
async fn own(world: &World, seller: &mut Browser) -> [(&'static str, Uuid); 5] {
    let stage = world.stages().await[0].id;
    let ids = [(); 5].map(|()| Uuid::now_v7());
    let [customer, deal, activity, task, record] = ids;
    for (path, input) in [
        ("/api/customers/create", json!({"form": {"id": customer, "name": "Benim"}})),
        (
            "/api/deals/create",
            json!({"form": {"id": deal, "title": "Benim", "currency": "TRY", "stage": stage}}),
        ),
        (
            "/api/activities/log",
            json!({"card": {"customer": customer}, "form": {"id": activity, "kind": "visit", "content": "Uğradım"}}),
        ),
        ("/api/tasks/add", json!({"form": {"id": task, "line": "yarın ara"}})),
        ("/api/records/create", json!({"kind": 1, "form": {"id": record, "name": "Benim"}})),
    ] {
        let (status, told) = seller.call(path, &input).await;
        assert_eq!(status, StatusCode::OK, "{path}: {told}");
    }
    [("customers", customer), ("deals", deal), ("activities", activity), ("tasks", task), ("records", record)]
}

async fn things(world: &World, seller: &mut Browser) -> Things {
    let gone = five(world, "other").await;
    deleted(world, gone).await;
    let count = purge(&world.db, clock::now() + TimeDelta::days(31)).await;
    assert!(count.is_ok_and(|count| count > 0));
    let (foreign, trash, mates) =
        (five(world, "other").await, five(world, "other").await, five(world, "mate").await);
    deleted(world, trash).await;
    let of_seller = own(world, seller).await;
    deleted(world, of_seller).await;
    let mut facts = world.customer_facts("other", "Kişili").await;
    let contact = Contact {
        id: ContactId(Uuid::now_v7()),
        name: "Kişi".into(),
        job: String::new(),
        phone: String::new(),
        email: String::new(),
    };
    facts.contacts = vec![contact.clone()];
    let made = CustomerId(Uuid::now_v7());
    world
        .by("owner", async |tx| crate::customers::commands::add(tx, made, &facts, What::Created).await)
        .await
        .expect("made");
    let (person, group) = world.newcomer_beside("other", "Yeni").await;
    let (pipeline, stages) = world.pipeline("Servis").await;
    let product = Uuid::now_v7();
    let mut system = world.db.write_system().await.expect("a transaction");
    system.query(
        "INSERT INTO products (id, name, series, price, currency, sort_key, active) VALUES ($1, 'Ürün', '', NULL, \
         'TRY', $2, $3)",
    )
    .bind(product)
    .bind(vec![1_u8])
    .bind(true)
    .execute()
    .await
    .expect("a product");
    system.commit().await.expect("commit");
    let mut system = world.db.read_system().await.expect("the database answers");
    let mut one = async |sql: &'static str| system.query(sql).one::<(Uuid,)>().await.expect("there is one").0;
    let mut taken: Vec<(String, Uuid)> = [
        ("contact", contact.id.0),
        ("person", world.actor("other").await.id.0),
        ("oneself", world.actor("seller").await.id.0),
        ("somebody invited", person),
        ("group", group),
        ("pipeline", pipeline.0),
        ("stage", stages[0].id.0),
        ("product", product),
        ("firm", one("SELECT id FROM firm").await),
        ("root", one("SELECT id FROM units WHERE parent_id IS NULL").await),
        ("event", one("SELECT id FROM events ORDER BY id LIMIT 1").await),
    ]
    .map(|(name, id)| (name.to_owned(), id))
    .to_vec();
    for (state, all) in [
        ("gone", gone),
        ("foreign", foreign),
        ("deleted", trash),
        ("mate's", mates),
        ("own deleted", of_seller),
    ] {
        taken.extend(all.map(|(kind, id)| (format!("{state} {kind}"), id)));
    }
    Things { taken, own: own(world, seller).await }
}

/// The ordinary call of that function about the seller's own records, under that id.
fn call_with(path: &str, pointer: &str, id: Uuid, about: Target) -> Value {
    let row = ROWS.iter().find(|row| row.path == path).expect("a row");
    let mut input = (row.input)(about);
    *input.pointer_mut(pointer).expect("it holds an id") = json!(id);
    input
}

/// What the owners of the tried ids and the firm's owner see on each card, in the trash and in the log.
async fn seen(world: &World, things: &Things) -> Vec<Value> {
    let mut all = Vec::new();
    for who in ["other", "mate", "owner"] {
        let mut browser = world.browser_of(who).await;
        for (name, id) in &things.taken {
            for card in [json!({"customer": id}), json!({"deal": id}), json!({"record": id})] {
                let (_, mut told) = browser
                    .call("/api/activities/stream", &json!({"card": card, "query": {"limit": 100}}))
                    .await;
                if let Some(page) = told.as_object_mut() {
                    page.remove("fresh");
                }
                all.push(json!([name, told]));
            }
        }
        for (path, input) in [("/api/journal/trash", json!({})), ("/api/journal/log", json!({"query": {}}))] {
            all.push(browser.call(path, &input).await.1);
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_is_known_anywhere_is_taken_and_nothing_says_by_what() {
    on_both_engines(async |world| {
        let mut seller = world.browser_of("seller").await;
        let things = things(world, &mut seller).await;
        let [(_, customer), (_, deal), ..] = things.own;
        let stage = world.stages().await[0].id.0;
        let about = Target { customer, deal, stage, ..Target::NOBODY };
        let (rows, before) = (world.rows().await, seen(world, &things).await);
        for (path, pointer) in MADE {
            let kind = path.split('/').nth(2).expect("a feature");
            let of_others = things.own.iter().filter(|(of, _)| *of != kind);
            let taken = things.taken.iter().map(|(name, id)| (name.as_str(), *id));
            for (name, id) in taken.chain(of_others.map(|(of, id)| (*of, *id))) {
                let told = seller.call(path, &call_with(path, pointer, id, about)).await;
                assert_eq!(told, (StatusCode::NOT_FOUND, json!("NotFound")), "{path} with the id of {name}");
            }
            // With the id of one's own record, but other contents, the answer is a conflict.
            let (_, mine) = things.own.into_iter().find(|(of, _)| *of == kind).expect("one's own");
            let (status, told) = seller.call(path, &call_with(path, pointer, mine, about)).await;
            assert_eq!(status, StatusCode::CONFLICT, "{path}: {told}");
        }
        assert_eq!(world.rows().await, rows, "a refused request changes nothing");
        assert_eq!(seen(world, &things).await, before);
        // What Ctrl+Z takes back is one's own change.
        let (status, told) = seller.call("/api/journal/undo_last", &json!({"but": []})).await;
        assert_eq!(status, StatusCode::OK);
        assert!(!told.to_string().contains("Gizli"), "{told}");
        for (path, pointer) in MADE {
            let id = Uuid::now_v7();
            let (status, told) = seller.call(path, &call_with(path, pointer, id, about)).await;
            assert_eq!(status, StatusCode::OK, "{path} with an unused id: {told}");
        }
    })
    .await;
}
