//! Records whose owner has left the firm: they stay with that owner until somebody chooses another, also in forms
//! without scripts.

use super::world::{World, on_both_engines};
use crate::id::UnitId;
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

/// What the owner's field of the page sends when nobody touches it: the selected choice, or else the first one, as in
/// browsers.
fn owner_sent(page: &str) -> String {
    let select = page.split("name=\"owner\"").nth(1).expect("an owner's field");
    let select = select.split("</select>").next().expect("its end");
    let options: Vec<&str> = select.split("<option").skip(1).collect();
    let chosen = options.iter().find(|option| option.contains(" selected")).or(options.first());
    let value = chosen.expect("choices").split("value=\"").nth(1).unwrap_or_default();
    value.split('"').next().unwrap_or_default().to_owned()
}

async fn owner_of(world: &World, table: &str, id: Uuid) -> Uuid {
    let sql = match table {
        "customers" => "SELECT owner_id FROM customers WHERE id = $1",
        "deals" => "SELECT owner_id FROM deals WHERE id = $1",
        _ => "SELECT owner_id FROM tasks WHERE id = $1",
    };
    let mut system = world.db.read_system().await.expect("the database answers");
    let (owner,): (Uuid,) = system.query(sql).bind(id).one().await.expect("it is there");
    owner
}

/// A record of each kind, with the fields that its form sends, except the owner and the version.
async fn records(world: &World) -> [(&'static str, Uuid, Vec<(&'static str, String)>); 3] {
    let customer = world.customer("seller", "Güneş Enerji").await.0;
    let deal = world.deal("seller", "Panel", 0, Some(100)).await.0;
    let task = world.task("seller", "Aranacak", 1).await.0;
    let stage = world.stages().await[0].id.to_string();
    let field = |name, value: &str| (name, value.to_owned());
    [
        (
            "customers",
            customer,
            vec![
                field("id", &customer.to_string()),
                field("kind", "organisation"),
                field("name", "Güneş Enerji"),
                field("city", "İzmir"),
            ],
        ),
        (
            "deals",
            deal,
            vec![
                field("id", &deal.to_string()),
                field("title", "Paneller"),
                field("currency", "TRY"),
                field("stage", &stage),
            ],
        ),
        (
            "tasks",
            task,
            vec![
                field("id", &task.to_string()),
                field("title", "Yazılacak"),
                field("kind", "call"),
                field("due_on", "2030-01-02"),
            ],
        ),
    ]
}

fn sent<'a>(
    fields: &'a [(&'static str, String)],
    owner: &'a str,
    version: &'a str,
) -> Vec<(&'a str, &'a str)> {
    let own = fields.iter().map(|(name, value)| (*name, value.as_str()));
    own.chain([("owner", owner), ("version", version)]).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn editing_a_leavers_record_leaves_it_theirs() {
    on_both_engines(async |world| {
        let records = records(world).await;
        let (seller, mate) = (world.actor("seller").await.id, world.actor("mate").await.id);
        let mut owner = world.browser_of("owner").await;
        let mut manager = world.browser_of("manager").await;
        let close = json!({"id": seller, "active": false});
        assert_eq!(owner.call("/api/people/set_active", &close).await.0, StatusCode::OK);

        for (kind, id, fields) in &records {
            let edit = format!("/{kind}/{id}/edit");
            let page = manager.get(&edit).await;
            assert!(page.text.contains("seller (ayrıldı)"), "{kind}: the page says that they left");
            assert_eq!(owner_sent(&page.text), seller.to_string(), "{kind}: nobody touched it");
            let answer = manager.submit(&edit, &sent(fields, &owner_sent(&page.text), "1")).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{kind}: {}", answer.text);
            assert_eq!(owner_of(world, kind, *id).await, seller.0, "{kind}: it stays theirs");

            // A form that names no owner does not change the owner either.
            let answer = manager.submit(&edit, &sent(fields, "", "2")).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{kind}");
            assert_eq!(owner_of(world, kind, *id).await, seller.0, "{kind}: an empty field says nothing");

            // Meanwhile somebody gives the record to the mate and renames it. Whoever sends an older form, with the
            // owner as it was, does not take the record back. Nor does the page that is drawn again because the names
            // differ: it sends no owner at all.
            let named = |name: &str| -> Vec<(&'static str, String)> {
                let called = |field: &str| matches!(field, "name" | "title");
                let of = fields.iter().map(|(field, value)| {
                    (*field, if called(field) { name.to_owned() } else { value.clone() })
                });
                of.collect()
            };
            let theirs = named("Başka bir ad");
            let answer = owner.submit(&edit, &sent(&theirs, &mate.to_string(), "2")).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{kind}: handed over on purpose");
            let late = manager.submit(&edit, &sent(fields, &seller.to_string(), "2")).await;
            assert_eq!(late.status, StatusCode::SEE_OTHER, "{kind}");
            assert_eq!(owner_of(world, kind, *id).await, mate.0, "{kind}: nobody took it back");
            let mine = named("Benim adım");
            let again = manager.submit(&edit, &sent(&mine, &seller.to_string(), "2")).await;
            assert_eq!(again.status, StatusCode::CONFLICT, "{kind}");
            let kept = owner_sent(&again.text);
            assert!(kept.is_empty(), "{kind}: {kept} was chosen by nobody");
            let answer = manager.submit(&edit, &sent(&theirs, &kept, "3")).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{kind}");
            assert_eq!(owner_of(world, kind, *id).await, mate.0, "{kind}");

            // Nothing is given to somebody who has left.
            let answer = manager.submit(&edit, &sent(&theirs, &seller.to_string(), "3")).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind}: {}", answer.text);
            assert_eq!(owner_of(world, kind, *id).await, mate.0, "{kind}");
        }
        // But undo gives back to them what was handed over by mistake.
        for _ in 0..2 {
            assert_eq!(owner.call("/api/journal/undo_last", &json!({"but": []})).await.0, StatusCode::OK);
        }
        assert_eq!(owner_of(world, "tasks", records[2].1).await, seller.0);
        assert_eq!(owner_of(world, "deals", records[1].1).await, seller.0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_with_tasks_alone_can_be_handed_over_on_their_page() {
    on_both_engines(async |world| {
        let (seller, mate) = (world.actor("seller").await.id, UnitId::from(world.actor("mate").await.id));
        let path = format!("/settings/people/{seller}");
        let mut owner = world.browser_of("owner").await;
        assert!(!owner.get(&path).await.text.contains("hand-over"), "there is nothing to hand over");
        world.task("seller", "Aranacak", 1).await;
        assert!(owner.get(&path).await.text.contains("hand-over"));
        let answer = owner.submit(&format!("{path}/hand-over"), &[("to", &mate.to_string())]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert!(!owner.get(&path).await.text.contains("hand-over"));
        let (status, told) = owner.call("/api/tasks/list", &json!({"query": {"whose": "all"}})).await;
        assert_eq!((status, told.to_string().contains(&mate.to_string())), (StatusCode::OK, true), "{told}");
        assert_ne!(told, Value::Null);
    })
    .await;
}
