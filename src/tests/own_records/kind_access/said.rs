//! For people who may see a kind but not change it, every change is refused and no page offers one. The owner sets who
//! may see and who may change a kind, and open pages are notified. Filters find nothing by a link to a hidden record.

use super::Firm;
use crate::error::Error;
use crate::journal::commands::undo;
use crate::own_kinds::commands;
use crate::own_kinds::input::OwnKindForm;
use crate::tests::own_records::change;
use crate::tests::people::hears_everything;
use crate::tests::world::{Browser, on_both_engines};
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn who_may_see_only_is_refused_and_offered_nothing() {
    on_both_engines(async |world| {
        let firm = Firm::begin(world).await;
        firm.meant_for(world, "everyone", "owner").await;
        let on_record = ["/api/activities/", "/api/tasks/"];
        for name in ["manager", "seller", "viewer"] {
            let mut browser = world.browser_of(name).await;
            let rows = world.rows().await;
            for (path, input, ..) in firm.reads().into_iter().filter(|row| row.0 == "/api/records/get") {
                let (status, told) = browser.call(path, &input).await;
                assert_eq!(status, StatusCode::OK, "{told}");
                let mine = told["kind"]["nr"] == json!(2) && name != "viewer";
                assert_eq!(told["may_change"], json!(mine), "{name}: {told}");
            }
            let draft = |id: Value| json!({"kind": 1, "id": id, "customer": null});
            let drafts = [Value::Null, json!(firm.record)].map(|id| ("/api/records/draft", draft(id)));
            let offer = ("/api/handover/offer", json!({"card": {"record": firm.record}}));
            // Activities and tasks on a record are not part of it: whoever sees the record may write them.
            let passed: Vec<Value> = firm.events[2].iter().map(|event| json!({"event": event})).collect();
            let of_it = |(path, input): &(&'static str, Value)| {
                !on_record.iter().any(|room| path.starts_with(room)) && !passed.contains(input)
            };
            let writes = firm.writes().into_iter().filter(of_it);
            for (path, input) in drafts.into_iter().chain([offer]).chain(writes) {
                let cell = format!("{}: {name} asks {path} {input}", world.engine);
                let (status, told) = browser.call(path, &input).await;
                assert_eq!(status, StatusCode::FORBIDDEN, "{cell}: {told}");
            }
            assert_eq!(world.rows().await, rows, "{}: {name}", world.engine);
            let address = format!("/records/{}", firm.record);
            for (page, button) in [
                ("/kinds/1".to_owned(), "/kinds/1/new".to_owned()),
                ("/kinds/1/board".to_owned(), "/kinds/1/new".to_owned()),
                ("/kinds/1/board".to_owned(), format!("action=\"{address}/stage\"")),
                ("/kinds/1/board".to_owned(), "draggable=\"true\"".to_owned()),
                (format!("/customers/{}", firm.customer), "/kinds/1/new".to_owned()),
                (address.clone(), format!("{address}/edit")),
                (address.clone(), format!("{address}/delete")),
                (address.clone(), format!("{address}/stage")),
                (address.clone(), format!("{address}/hand-over")),
            ] {
                let text = browser.get(&page).await.text;
                assert!(text.contains("Kanarya"), "{}: {name}, {page}", world.engine);
                assert!(!text.contains(&button), "{}: {name} is offered {button} on {page}", world.engine);
            }
            let (_, trash) = browser.call("/api/journal/trash", &json!({"after": null})).await;
            let gone =
                trash["gone"].as_array().expect("a list").iter().find(|one| one["kind"] == "own_record");
            assert_eq!(gone.expect("it is there")["may_return"], json!(false), "{trash}");
            let stream = json!({"card": {"record": firm.record}, "query": {"limit": 100, "show": "changes"}});
            let (_, told) = browser.call("/api/activities/stream", &stream).await;
            assert!(!told.to_string().contains("\"kind\":\"own_record\",\"undoable\":true"), "{told}");
        }
        // Whoever sees the record may still log an activity on it.
        let mut seller = world.browser_of("seller").await;
        let form = json!({"id": Uuid::now_v7(), "kind": "call", "content": "Aradım"});
        let call = json!({"card": {"record": firm.record}, "form": form});
        let (status, told) = seller.call("/api/activities/log", &call).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        // The owner may change the record.
        let mut owner = world.browser_of("owner").await;
        let (status, told) = change(&mut owner, firm.record, &[("name", "Kanarya 4".into())]).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        let text = owner.get(&format!("/records/{}", firm.record)).await.text;
        assert!(text.contains(&format!("/records/{}/edit", firm.record)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_says_for_whom_a_kind_is_and_open_pages_hear_of_it() {
    on_both_engines(async |world| {
        let firm = Firm::begin(world).await;
        let mut seller = world.browser_of("seller").await;
        let mut ear = seller.listen().await;
        let event = firm.meant_for(world, "managers", "owner").await.expect("an event");
        assert!(hears_everything(&mut ear).await, "{}: open pages hear of a hidden kind", world.engine);
        let sees = async |browser: &mut Browser| browser.get("/kinds/1").await.status == StatusCode::OK;
        assert!(!sees(&mut seller).await);
        // The settings and the history show who may see and change it.
        let mut owner = world.browser_of("owner").await;
        let page = owner.get("/settings/kinds").await.text;
        assert!(page.contains("Kim görür: Yöneticiler ve firma sahibi"), "{page}");
        assert!(page.contains("Kim değiştirir: Yalnız firma sahibi"), "{page}");
        let page = owner.get("/history").await.text;
        for said in ["Kim görür", "Herkes", "Yöneticiler ve firma sahibi", "Yalnız firma sahibi"] {
            assert!(page.contains(said), "{}: {said}", world.engine);
        }
        // Another owner sends an older version, with another value for who may see the kind: that is a conflict.
        let mut form = OwnKindForm::of(&world.kind(firm.kind).await);
        form.version = "1".into();
        (form.seen_by, form.changed_by) = ("owner".into(), "everyone".into());
        let refused = world.by("owner", async |tx| commands::change(tx, firm.kind, &form).await).await;
        assert!(matches!(refused, Err(Error::Conflict { .. })), "{refused:?}");
        // After the undo everyone sees the kind again.
        world.by("owner", async |tx| undo(tx, event).await).await.expect("taken back");
        assert!(hears_everything(&mut ear).await, "{}: open pages hear that it is back", world.engine);
        assert!(sees(&mut seller).await);
        // Open pages are also notified if only the right to change is another; a manager can't change the kind.
        firm.meant_for(world, "everyone", "managers").await;
        assert!(hears_everything(&mut ear).await, "{}: open pages hear of this, too", world.engine);
        let refused = world.by("manager", async |tx| commands::change(tx, firm.kind, &form).await).await;
        assert_eq!(refused.map(drop), Err(Error::Forbidden));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_condition_finds_nothing_by_what_is_hidden() {
    on_both_engines(async |world| {
        let firm = Firm::begin(world).await;
        world.customer("seller", "Rüzgâr Enerji").await;
        let found = async |who: &'static str, condition: String| {
            let text =
                world.browser_of(who).await.get(&format!("/customers?where=own_3.{condition}")).await.text;
            ["Güneş Enerji", "Rüzgâr Enerji"].map(|name| text.contains(name))
        };
        let is = format!("is.{}", firm.record);
        for (condition, fits) in [("filled", [true, false]), ("empty", [false, true]), (&is, [true, false])] {
            assert_eq!(found("seller", condition.into()).await, fits, "{}: {condition}", world.engine);
        }
        firm.meant_for(world, "managers", "everyone").await;
        for (condition, fits) in [("filled", [false, false]), ("empty", [true, true]), (&is, [false, false])]
        {
            assert_eq!(found("seller", condition.into()).await, fits, "{}: {condition}", world.engine);
        }
        assert_eq!(found("manager", "filled".into()).await, [true, false]);
    })
    .await;
}
