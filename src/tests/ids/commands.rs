//! The same id sent twice. With the same contents it is one command, and the second time nothing changes, whatever has
//! happened since. With other contents it is refused, and the answer has what is on record. This holds for everything
//! that is made, and for every command.

use crate::tests::world::{Browser, World, on_both_engines};
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

type With = Box<dyn Fn(Uuid, &str) -> Value + Send + Sync>;

/// A call with an id that the browser chose.
struct Sent {
    path: &'static str,
    /// The call with that id and that text.
    with: With,
    /// Where the record holds the text.
    field: &'static str,
}

async fn all(world: &World, seller: &mut Browser) -> Vec<Sent> {
    let stage = world.stages().await[0].id;
    let customer = Uuid::now_v7();
    let (status, told) =
        seller.call("/api/customers/create", &json!({"form": {"id": customer, "name": "Kart"}})).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    vec![
        Sent {
            path: "/api/customers/create",
            with: Box::new(|id, text| {
                json!({"form": {"id": id, "name": "Benim", "note": text, "contact_name": ["Ayşe"], "contact_job": [""],
                    "contact_phone": [""], "contact_email": [""]}})
            }),
            field: "note",
        },
        Sent {
            path: "/api/deals/create",
            with: Box::new(
                move |id, text| json!({"form": {"id": id, "title": text, "currency": "TRY", "stage": stage}}),
            ),
            field: "title",
        },
        Sent {
            path: "/api/activities/log",
            with: Box::new(move |id, text| {
                json!({"card": {"customer": customer},
                    "form": {"id": id, "kind": "note", "content": text}})
            }),
            field: "content",
        },
        Sent {
            path: "/api/tasks/save",
            with: Box::new(
                |id, text| json!({"form": {"id": id, "title": text, "kind": "call", "due_on": "2030-12-01"}}),
            ),
            field: "title",
        },
        Sent {
            path: "/api/tasks/add",
            with: Box::new(|id, text| json!({"form": {"id": id, "line": text}})),
            field: "title",
        },
        Sent {
            path: "/api/customers/change",
            with: Box::new(move |id, text| {
                json!({"id": customer, "form": {"id": customer, "cmd": id, "version": "1", "name": "Kart", "note": text,
                    "contact_name": ["Ayşe"], "contact_job": [""], "contact_phone": [""], "contact_email": [""]}})
            }),
            field: "note",
        },
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_is_done_once_and_something_else_is_refused_with_both() {
    on_both_engines(async |world| {
        let mut seller = world.browser_of("seller").await;
        for Sent { path, with, field } in all(world, &mut seller).await {
            let id = Uuid::now_v7();
            let (status, told) = seller.call(path, &with(id, "Birinci")).await;
            assert_eq!(status, StatusCode::OK, "{path}: {told}");
            let rows = world.rows().await;
            let (status, told) = seller.call(path, &with(id, "Birinci")).await;
            assert_eq!(status, StatusCode::OK, "{path}: {told}");
            let (status, told) = seller.call(path, &with(id, "İkinci")).await;
            assert_eq!(status, StatusCode::CONFLICT, "{path}: {told}");
            assert_eq!(told["Conflict"]["theirs"][field], "Birinci", "{path}: {told}");
            assert_eq!(world.rows().await, rows, "{path}: nothing was changed");
            // Somebody else who sends the same id learns nothing by it.
            let mut other = world.browser_of("other").await;
            let (status, _) = other.call(path, &with(id, "Birinci")).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_back_is_not_said_to_be_saved() {
    on_both_engines(async |world| {
        let mut seller = world.browser_of("seller").await;
        for Sent { path, with, .. } in all(world, &mut seller).await {
            let id = Uuid::now_v7();
            let (status, told) = seller.call(path, &with(id, "Birinci")).await;
            assert_eq!(status, StatusCode::OK, "{path}: {told}");
            let (status, told) = seller.call("/api/journal/undo_last", &json!({"but": []})).await;
            assert!(status == StatusCode::OK && !told.is_null(), "{path}: {told}");
            let rows = world.rows().await;
            let (status, told) = seller.call(path, &with(id, "Birinci")).await;
            let expected =
                if path.ends_with("/change") { StatusCode::CONFLICT } else { StatusCode::NOT_FOUND };
            assert_eq!(status, expected, "{}: {path}: {told}", world.engine);
            assert_eq!(world.rows().await, rows, "{path}: nothing was changed");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_late_is_no_second_command() {
    on_both_engines(async |world| {
        let mut seller = world.browser_of("seller").await;
        for nr in 0..all(world, &mut seller).await.len() {
            let Sent { path, with, .. } = all(world, &mut seller).await.swap_remove(nr);
            let id = Uuid::now_v7();
            let (status, told) = seller.call(path, &with(id, "Birinci")).await;
            assert_eq!(status, StatusCode::OK, "{path}: {told}");
            // A colleague changes it meanwhile.
            let mut system = world.db.write_system().await.expect("a transaction");
            for sql in [
                "UPDATE customers SET note = 'Üçüncü', version = version + 1",
                "UPDATE deals SET title = 'Üçüncü', version = version + 1",
                "UPDATE tasks SET title = 'Üçüncü', version = version + 1",
                "UPDATE activities SET content = 'Üçüncü', version = version + 1",
                "UPDATE records SET name = 'Üçüncü' WHERE kind <> 'customer'",
            ] {
                system.query(sql).execute().await.expect("changed");
            }
            system.commit().await.expect("commit");
            let rows = world.rows().await;
            let (status, told) = seller.call(path, &with(id, "Birinci")).await;
            assert_eq!(status, StatusCode::OK, "{path}: {told}");
            assert_eq!(world.rows().await, rows, "{path}: what the colleague wrote stays");
            let (status, told) = seller.call(path, &with(id, "İkinci")).await;
            assert_eq!(status, StatusCode::CONFLICT, "{path}: {told}");
            assert!(told.to_string().contains("Üçüncü"), "{path}: {told}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_refusal_ones_own_can_be_saved_over_what_is_on_record() {
    on_both_engines(async |world| {
        let mut seller = world.browser_of("seller").await;
        for Sent { path, with, field } in all(world, &mut seller).await {
            // These two have no version: after the refusal their page sends the text as something new.
            if ["/api/activities/log", "/api/tasks/add"].contains(&path) {
                continue;
            }
            let id = Uuid::now_v7();
            seller.call(path, &with(id, "Birinci")).await;
            let (_, told) = seller.call(path, &with(id, "İkinci")).await;
            let mut again = with(id, "İkinci");
            again["form"]["version"] = json!(told["Conflict"]["version"].to_string());
            let (status, told) = seller.call(path, &again).await;
            assert_eq!(status, StatusCode::OK, "{path}: {told}");
            let (status, told) = seller.call(path, &with(id, "Dördüncü")).await;
            assert_eq!(status, StatusCode::CONFLICT, "{path}: {told}");
            assert_eq!(told["Conflict"]["theirs"][field], "İkinci", "{path}: {told}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_is_known_by_what_was_moved_where() {
    on_both_engines(async |world| {
        let stages = world.stages().await;
        let (deal, beside) =
            (world.deal("seller", "Benim", 0, None).await, world.deal("seller", "Yanındaki", 1, None).await);
        let mut seller = world.browser_of("seller").await;
        let cmd = Uuid::now_v7();
        let to = |stage: usize| json!({"cmd": cmd, "deal": deal, "to": stages[stage].id, "seen_version": 1});
        let mut sent =
            async |change: &Value| seller.call("/api/board/move", &json!({"change": change})).await;
        assert_eq!(sent(&to(1)).await.0, StatusCode::OK);
        let rows = world.rows().await;
        let (status, told) = sent(&to(1)).await;
        assert_eq!((status, &told["event"]), (StatusCode::OK, &Value::Null), "{told}");
        let mut above = to(1);
        above["before"] = json!(beside);
        for other in [&to(2), &above] {
            let (status, told) = sent(other).await;
            assert_eq!(status, StatusCode::CONFLICT, "{told}");
            assert_eq!(told["Conflict"]["theirs"]["stage_id"], json!(stages[1].id));
        }
        assert_eq!(world.rows().await, rows);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_id_of_another_command_is_refused() {
    on_both_engines(async |world| {
        let stages = world.stages().await;
        let mut seller = world.browser_of("seller").await;
        let (deal, second) =
            (world.deal("seller", "Benim", 0, None).await, world.deal("seller", "İkinci", 0, None).await);
        let customer = world.customer("seller", "Benim").await;
        let (mates, theirs) =
            (world.deal("mate", "Onun", 0, None).await, world.customer("mate", "Onun").await);
        let moved = |cmd: Uuid, deal: crate::id::DealId| {
            json!({"change": {"cmd": cmd, "deal": deal, "to": stages[1].id, "seen_version": 1}})
        };
        let changed = |cmd: Uuid, customer: crate::id::CustomerId| {
            json!({"id": customer, "form": {"cmd": cmd, "version": "1", "name": "Başka"}})
        };
        let (of_move, of_change) = (Uuid::now_v7(), Uuid::now_v7());
        assert_eq!(seller.call("/api/board/move", &moved(of_move, deal)).await.0, StatusCode::OK);
        assert_eq!(seller.call("/api/customers/change", &changed(of_change, customer)).await.0, StatusCode::OK);
        let rows = world.rows().await;
        let mut mate = world.browser_of("mate").await;
        for cmd in [of_move, of_change] {
            for (browser, deal, customer) in [(&mut seller, second, None), (&mut mate, mates, Some(theirs))] {
                let told = browser.call("/api/board/move", &moved(cmd, deal)).await;
                assert_eq!(told, (StatusCode::BAD_REQUEST, json!("BadRequest")));
                if let Some(customer) = customer {
                    let told = browser.call("/api/customers/change", &changed(cmd, customer)).await;
                    assert_eq!(told, (StatusCode::BAD_REQUEST, json!("BadRequest")));
                }
            }
        }
        let told = seller.call("/api/customers/change", &changed(of_move, customer)).await;
        assert_eq!(told, (StatusCode::BAD_REQUEST, json!("BadRequest")));
        assert_eq!(world.rows().await, rows);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plain_forms_show_both_and_go_on() {
    on_both_engines(async |world| {
        let mut seller = world.browser_of("seller").await;
        let stage = world.stages().await[0].id.to_string();
        // The last value is the name of the field that allows saving over what is on record.
        for (page, field, more, over) in [
            ("/customers/new", "note", vec![("name", "Benim")], "version"),
            ("/deals/new", "title", vec![("currency", "TRY"), ("stage", stage.as_str())], "over"),
            ("/tasks/new", "title", vec![("kind", "call"), ("due_on", "2030-12-01")], "over"),
        ] {
            let id = Uuid::now_v7().to_string();
            let with = |text: &'static str, version: &'static str| {
                let own = [("id", id.as_str()), (field, text), (over, version)];
                own.into_iter().chain(more.clone()).collect::<Vec<_>>()
            };
            for _ in 0..2 {
                let done = seller.submit(page, &with("Birinci", "")).await;
                assert_eq!(done.status, StatusCode::SEE_OTHER, "{page}");
            }
            let refused = seller.submit(page, &with("İkinci", "")).await;
            assert_eq!(refused.status, StatusCode::CONFLICT, "{page}");
            assert!(refused.text.contains("Birinci") && refused.text.contains("İkinci"), "{page}");
            let shown = format!("name=\"{over}\" value=\"1\"");
            assert!(refused.text.contains(&shown), "{page}: {}", refused.text);
            let done = seller.submit(page, &with("İkinci", "1")).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{page}");
        }
    })
    .await;
}
