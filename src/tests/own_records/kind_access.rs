//! Kinds that are hidden from some people: everybody calls every function and opens every page that could show a record
//! of such a kind, and people from whom it is hidden find nothing of it. What they can't change is in `refused`; people
//! who may see a kind but not change it, and how the owner sets that, are in `said`.

mod refused;
mod said;

use super::{change, kind, made};
use crate::fields::own::input::OwnFieldForm;
use crate::id::{CustomerId, DealId, EventId, OwnKindId, OwnRecordId};
use crate::tests::permissions::rows::ROWS;
use crate::tests::world::{Browser, World, on_both_engines};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Words that are used only for the hidden kind: in its records and what hangs on them, in its name, in its field.
const CANARIES: [&str; 3] = ["Kanarya", "Zümrüt", "Yakut"];

/// People who call, and whether they see a kind that is for managers and the owner. All have the records in reach.
const PEOPLE: [(&str, bool); 4] = [("owner", true), ("manager", true), ("seller", false), ("viewer", false)];

/// A firm with a record of kind number 1 that is shown in every place where a record can be shown.
struct Firm {
    kind: OwnKindId,
    customer: CustomerId,
    deal: DealId,
    /// The record of kind 1.
    record: OwnRecordId,
    /// A record of kind 2, which everybody sees; it has a link to the record of kind 1.
    beside: OwnRecordId,
    /// The activity and the task on the record.
    activity: Uuid,
    task: Uuid,
    /// The events of the record, of another record of kind 1 that was deleted, and of a deleted activity.
    events: [Vec<EventId>; 3],
}

fn leading(of: &str, name: &str, target: &str) -> OwnFieldForm {
    OwnFieldForm {
        of: of.into(),
        name: name.into(),
        shape: "record".into(),
        target: target.into(),
        listed: "true".into(),
        ..OwnFieldForm::default()
    }
}

/// Changes one field of a record with its form.
async fn put(
    browser: &mut Browser,
    room: &str,
    id: Uuid,
    (key, value): (&str, Value),
) -> (StatusCode, Value) {
    let asked = json!({"id": id, "kind": null, "customer": null, "stage": null, "name": null});
    let (status, told) = browser.call(&format!("/api/{room}/draft"), &asked).await;
    assert_eq!(status, StatusCode::OK, "{room}: {told}");
    let mut form = told["form"].clone();
    form[key] = value;
    browser.call(&format!("/api/{room}/change"), &json!({"id": id, "form": form})).await
}

impl Firm {
    async fn begin(world: &World) -> Self {
        let mut secret = kind("Zümrüt sözleşme", "Zümrüt sözleşmeler", &["Taslak", "İmzada"]);
        secret.icon = "file_text".into();
        let kind_id = world.add_kind(&secret).await.expect("a kind");
        world.add_kind(&kind("Montaj", "Montajlar", &["Keşif", "Kurulum"])).await.expect("a kind");
        for new in [
            leading("kind_1", "Yakut müşteri", "customer"),
            leading("kind_2", "Bağlı", "kind_1"),
            leading("customer", "Bağlı", "kind_1"),
            leading("deal", "Bağlı", "kind_1"),
        ] {
            world.add_field(&new).await.expect("a field");
        }
        let customer = world.customer("seller", "Güneş Enerji").await;
        let deal = world.deal("seller", "Güneş santrali", 0, Some(100)).await;
        let mut seller = world.browser_of("seller").await;
        let on = ("customer", Value::from(customer.to_string()));
        let set = [("name", "Kanarya 1".into()), on.clone(), ("own_1", customer.to_string().into())];
        let record = made(&mut seller, &set).await;
        let gone = made(&mut seller, &[("name", "Kanarya 2".into()), on]).await;
        let form = json!({"kind": 2, "form": {"id": Uuid::now_v7(), "name": "Çatı"}});
        let (status, told) = seller.call("/api/records/create", &form).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        let beside = OwnRecordId(told.as_str().and_then(|id| id.parse().ok()).expect("an id"));
        for (room, id, key) in
            [("customers", customer.0, "own_3"), ("deals", deal.0, "own_4"), ("records", beside.0, "own_2")]
        {
            let (status, told) = put(&mut seller, room, id, (key, record.to_string().into())).await;
            assert_eq!(status, StatusCode::OK, "{told}");
        }
        let mut logged = Vec::new();
        for content in ["Kanarya konuşuldu", "Kanarya yazıldı"] {
            let form = json!({"id": Uuid::now_v7(), "kind": "call", "content": content});
            let call = json!({"card": {"record": record}, "form": form});
            let (status, told) = seller.call("/api/activities/log", &call).await;
            assert_eq!(status, StatusCode::OK, "{told}");
            logged.push(told["id"].as_str().and_then(|id| id.parse().ok()).expect("an id"));
        }
        let task = Uuid::now_v7();
        let form = json!({"id": task, "line": "yarın 10:00 ölçü al", "record": record});
        let (status, told) = seller.call("/api/tasks/add", &json!({"form": form})).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        for (path, id) in [("records", gone.0), ("activities", logged[1])] {
            let (status, told) = seller.call(&format!("/api/{path}/delete"), &json!({"id": id})).await;
            assert_eq!(status, StatusCode::OK, "{told}");
        }
        let (status, told) = change(&mut seller, record, &[("name", "Kanarya 3".into())]).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        let mut events = [const { Vec::new() }; 3];
        let mut system = world.db.read_system().await.expect("the database answers");
        for (events, id) in events.iter_mut().zip([record.0, gone.0, logged[1]]) {
            let query = system.query("SELECT id FROM events WHERE subject_id = $1 ORDER BY at, id").bind(id);
            let found: Vec<(EventId,)> = query.all().await.expect("events");
            events.extend(found.into_iter().map(|(event,)| event));
        }
        Self { kind: kind_id, customer, deal, record, beside, activity: logged[0], task, events }
    }

    async fn meant_for(&self, world: &World, seen_by: &str, changed_by: &str) -> Option<EventId> {
        let event = world.change_kind(self.kind, |form| {
            form.seen_by = seen_by.into();
            form.changed_by = changed_by.into();
        });
        event.await.expect("changed")
    }

    /// Every function that could show the record: its path, its input, whether the answer shows something of the kind
    /// to people who see it, and whether the answer to the others is that there is nothing.
    fn reads(&self) -> Vec<(&'static str, Value, bool, bool)> {
        let Self { customer, deal, record, beside, task, .. } = self;
        let about = |of: Value| json!({"query": {"whose": "all", "about": of}});
        let stream = |card: Value| json!({"card": card, "query": {"limit": 100}});
        let records = |kind: i64| json!({"query": {"kind": kind, "limit": 50}});
        let draft = |kind: Value, id: Value| json!({"kind": kind, "id": id, "customer": null});
        vec![
            ("/api/records/kinds", json!({}), true, false),
            ("/api/records/list", records(1), true, true),
            ("/api/records/list", records(2), true, false),
            ("/api/records/list", json!({"query": {"kind": 1, "limit": 5, "search": "kanarya"}}), true, true),
            ("/api/records/count", records(1), false, true),
            ("/api/records/board", json!({"query": {"kind": 1}}), true, true),
            ("/api/records/board", json!({"query": {"kind": 2}}), true, false),
            ("/api/records/get", json!({"id": record}), true, true),
            ("/api/records/get", json!({"id": beside}), true, false),
            ("/api/records/draft", draft(Value::Null, json!(record)), true, true),
            ("/api/records/draft", draft(json!(1), Value::Null), true, true),
            ("/api/records/draft", draft(Value::Null, json!(beside)), true, false),
            ("/api/customers/get", json!({"id": customer}), true, false),
            ("/api/customers/list", json!({"query": {}}), true, false),
            ("/api/customers/draft", json!({"id": customer}), true, false),
            ("/api/deals/get", json!({"id": deal}), true, false),
            ("/api/deals/list", json!({"query": {}}), true, false),
            ("/api/deals/draft", json!({"id": deal}), true, false),
            ("/api/board/get", json!({"query": {"search": "", "depth": []}}), false, false),
            ("/api/home/deals", json!({}), false, false),
            ("/api/filters/fields", json!({"of": "kind_1"}), true, true),
            (
                "/api/filters/read",
                json!({"of": "kind_1", "form": {"field": "own_1", "how": "empty"}}),
                false,
                true,
            ),
            ("/api/fields/choices", json!({"of": "kind_1", "search": ""}), true, false),
            ("/api/fields/choices", json!({"of": "kind_1", "search": "kanarya"}), true, false),
            ("/api/fields/choices", json!({"of": "kind_1", "search": "ka"}), true, false),
            ("/api/activities/stream", stream(json!({"record": record})), true, true),
            ("/api/activities/stream", stream(json!({"record": beside})), true, false),
            ("/api/activities/stream", stream(json!({"customer": customer})), true, false),
            ("/api/activities/stream", stream(json!({"deal": deal})), true, false),
            ("/api/journal/log", json!({"query": {}}), true, false),
            ("/api/journal/log", json!({"query": {"kind": "own_record"}}), true, false),
            ("/api/journal/log", json!({"query": {"kind": "activity"}}), true, false),
            ("/api/journal/log", json!({"query": {"kind": "own_kind"}}), true, false),
            ("/api/journal/trash", json!({"after": null}), true, false),
            ("/api/tasks/list", json!({"query": {"whose": "all"}}), true, false),
            ("/api/tasks/list", about(json!({"customer": customer})), true, false),
            ("/api/tasks/list", about(json!({"record": record})), true, false),
            ("/api/tasks/draft", json!({"id": task}), true, false),
            ("/api/tasks/draft", json!({"about": {"record": record}}), true, true),
            ("/api/tasks/now", json!({}), false, false),
            ("/api/search/all", json!({"search": "kanarya"}), true, false),
            ("/api/search/all", json!({"search": "ka"}), true, false),
            ("/api/search/all", json!({"search": "zümrüt"}), true, false),
            ("/api/handover/offer", json!({"card": {"record": record}}), true, true),
            ("/api/handover/offer", json!({"card": {"customer": customer}}), false, false),
        ]
    }

    /// Every function that could change the record or what hangs on it, with an input that would do so.
    fn writes(&self) -> Vec<(&'static str, Value)> {
        let Self { record, activity, events, .. } = self;
        let call = json!({"id": Uuid::now_v7(), "kind": "call", "content": "Aradım"});
        let mut all = vec![
            ("/api/records/create", json!({"kind": 1, "form": {"id": Uuid::now_v7(), "name": "Yeni"}})),
            ("/api/records/change", json!({"id": record, "form": {"version": "2", "name": "Başka"}})),
            ("/api/records/move", json!({"id": record, "stage": 2, "after": null})),
            ("/api/records/stage", json!({"id": record, "stage": 2})),
            ("/api/records/delete", json!({"id": record})),
            (
                "/api/handover/give",
                json!({"card": {"record": record}, "form": {"to": Uuid::nil(), "along": ""}}),
            ),
            ("/api/journal/undo_made", json!({"kind": "own_record", "made": record})),
            ("/api/activities/log", json!({"card": {"record": record}, "form": call})),
            (
                "/api/activities/change",
                json!({"id": activity, "form": {"version": "1", "kind": "visit", "content": "Başka"}}),
            ),
            ("/api/activities/delete", json!({"id": activity})),
            ("/api/tasks/draft", json!({"about": {"record": record}})),
        ];
        all.extend(events.iter().flatten().map(|event| ("/api/journal/undo", json!({"event": event}))));
        all
    }

    /// The pages that could show the record, and whether each is only about the kind or the record.
    fn pages(&self) -> Vec<(String, bool)> {
        let Self { customer, deal, record, beside, task, .. } = self;
        let of_it = ["/kinds/1", "/kinds/1/board", "/kinds/1/new"].map(str::to_owned).into_iter();
        let of_it = of_it.chain(["", "/edit", "/hand-over"].map(|part| format!("/records/{record}{part}")));
        let others = ["/", "/customers", "/deals", "/tasks", "/tasks?of=all", "/trash", "/history", "/menu"];
        let others = others.map(str::to_owned).into_iter().chain([
            "/kinds/2".to_owned(),
            "/kinds/2/board".to_owned(),
            "/deals?view=list".to_owned(),
            "/customers?where=own_3.filled".to_owned(),
            format!("/customers?where=own_3.is.{record}"),
            format!("/customers/{customer}"),
            format!("/customers/{customer}/edit"),
            format!("/deals/{deal}"),
            format!("/deals/{deal}/edit"),
            format!("/records/{beside}"),
            format!("/records/{beside}/edit"),
            format!("/tasks/{task}/edit"),
        ]);
        of_it.map(|page| (page, true)).chain(others.map(|page| (page, false))).collect()
    }
}

fn tells(text: &str) -> Option<&'static str> {
    CANARIES.into_iter().find(|canary| text.contains(canary))
}

/// Functions that show no record of the firm's own kinds or are for the firm's owner alone. Those of customers, deals
/// and the board that could show one are in `reads` all the same.
const ELSEWHERE: [&str; 10] = [
    "/api/auth/",
    "/api/people/",
    "/api/pipelines/",
    "/api/products/",
    "/api/kinds/",
    "/api/backup/",
    "/api/customers/",
    "/api/deals/",
    "/api/board/",
    "/api/draft/",
];
/// Functions that are for the firm's owner alone, or that the tests in `refused` call.
const BESIDE: [&str; 11] = [
    "/api/fields/list",
    "/api/fields/add",
    "/api/fields/change",
    "/api/fields/preview",
    "/api/fields/archive",
    "/api/fields/put",
    "/api/fields/begin",
    "/api/tasks/add",
    "/api/tasks/save",
    "/api/tasks/act",
    "/api/journal/undo_last",
];

#[tokio::test(flavor = "multi_thread")]
async fn of_a_hidden_kind_nothing_is_told() {
    on_both_engines(async |world| {
        let firm = Firm::begin(world).await;
        let asked: BTreeSet<&str> =
            firm.reads().iter().map(|row| row.0).chain(firm.writes().iter().map(|row| row.0)).collect();
        for row in ROWS {
            let known = asked.contains(row.path) || BESIDE.contains(&row.path);
            assert!(
                known || ELSEWHERE.iter().any(|room| row.path.starts_with(room)),
                "{}: add the function to `reads`, `writes`, ELSEWHERE or BESIDE",
                row.path
            );
        }
        for (seen_by, managers) in [("managers", true), ("owner", false)] {
            firm.meant_for(world, seen_by, "everyone").await;
            for (name, leads) in PEOPLE {
                let sees = name == "owner" || (leads && managers);
                let mut browser = world.browser_of(name).await;
                let record = firm.record.to_string();
                for (path, input, shows, absent) in firm.reads() {
                    let cell = format!("{}: {name} asks {path} {input}, seen by {seen_by}", world.engine);
                    let (status, told) = browser.call(path, &input).await;
                    let told = told.to_string();
                    if sees {
                        assert_eq!(status, StatusCode::OK, "{cell}: {told}");
                        assert!(!shows || tells(&told).is_some(), "{cell}: it shows nothing: {told}");
                        continue;
                    }
                    assert_eq!(tells(&told), None, "{cell}: {told}");
                    assert!(!told.contains(&record), "{cell}: {told}");
                    if absent {
                        let refused = [StatusCode::NOT_FOUND, StatusCode::FORBIDDEN];
                        assert!(
                            refused.contains(&status) && (name == "viewer" || status == refused[0]),
                            "{cell}: {told}"
                        );
                    } else if name == "manager" {
                        assert_eq!(status, StatusCode::OK, "{cell}: {told}");
                    }
                }
                for (page, about_it) in firm.pages() {
                    let cell = format!("{}: {name} opens {page}, seen by {seen_by}", world.engine);
                    let answer = browser.get(&page).await;
                    if sees {
                        assert_eq!(answer.status, StatusCode::OK, "{cell}");
                    } else {
                        assert_eq!(tells(&answer.text), None, "{cell}: {}", answer.text);
                        assert!(!about_it || !answer.status.is_success(), "{cell}: {}", answer.status);
                        let in_address = about_it || page.contains(&record);
                        assert!(in_address || !answer.text.contains(&record), "{cell}: {}", answer.text);
                    }
                }
                for list in ["kinds/1", "kinds/2", "customers", "deals", "activities", "tasks"] {
                    let all = if list == "tasks" { "?of=all" } else { "" };
                    let answer = browser.get(&format!("/{list}/export.csv{all}")).await;
                    let found = tells(&answer.text).is_some() || answer.text.contains(&record);
                    assert_eq!(found, sees, "{}: {name} takes {list}, seen by {seen_by}", world.engine);
                }
            }
        }
        // The seller still sees their own task, but no link to the hidden record.
        let mut seller = world.browser_of("seller").await;
        let (_, tasks) = seller.call("/api/tasks/list", &json!({"query": {"whose": "mine"}})).await;
        assert_eq!(
            (&tasks["rows"][0]["title"], &tasks["rows"][0]["record"]),
            (&json!("Ölçü al"), &Value::Null)
        );
        // Hidden records are not counted on a person's card either.
        let seller_id = world.actor("seller").await.id;
        let counted = async |who: &'static str| {
            let (_, card) =
                world.browser_of(who).await.call("/api/people/person", &json!({"id": seller_id})).await;
            card["others"].clone()
        };
        assert_eq!(
            (counted("owner").await, counted("manager").await),
            (json!(2), json!(1)),
            "{}",
            world.engine
        );
    })
    .await;
}
