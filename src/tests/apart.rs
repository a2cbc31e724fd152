//! Two people change one record at the same time. If they change different fields, both changes are kept, and nobody is
//! asked; if they change the same field, the second person is asked. Values that mean something only together, such as
//! an amount and its currency, count as one field.

use super::world::{Browser, World, on_both_engines};
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

/// The form of one kind of record: where it is sent, what it contains at first, and the field that each of the two
/// people changes.
struct Form {
    path: &'static str,
    id: Uuid,
    begun: Value,
    mine: (&'static str, &'static str),
    theirs: (&'static str, &'static str),
    /// The call that reads the record afterwards: path and input.
    read: (&'static str, Value),
}

fn with(form: &Form, (field, value): (&str, &str)) -> Value {
    let mut typed = form.begun.clone();
    typed[field] = value.into();
    // Each person has opened a form of their own, with its own command id.
    typed["cmd"] = Uuid::now_v7().to_string().into();
    if form.path == "/api/tasks/save" {
        json!({"form": typed})
    } else {
        json!({"id": form.id, "form": typed})
    }
}

async fn forms(world: &World, seller: &mut Browser) -> Vec<Form> {
    let customer = world.customer("seller", "Ortak").await.0;
    let deal = world.deal("seller", "Birlikte", 0, Some(100)).await.0;
    let task = world.task("seller", "Beraber", 0).await.0;
    let call =
        world.call("seller", crate::journal::model::Card::Deal(crate::id::DealId(deal)), "ilk").await.0;
    let mut draft = async |path: &str, input: Value| {
        let (status, told) = seller.call(path, &input).await;
        assert_eq!(status, StatusCode::OK, "{path}: {told}");
        told["form"].clone()
    };
    let of_customer = draft("/api/customers/draft", json!({"id": customer})).await;
    let of_deal = draft("/api/deals/draft", json!({"id": deal})).await;
    let of_task = draft("/api/tasks/draft", json!({"id": task})).await;
    let stream = json!({"card": {"deal": deal}, "query": {"limit": 10}});
    vec![
        Form {
            path: "/api/customers/change",
            id: customer,
            begun: of_customer,
            mine: ("note", "Benim notum"),
            theirs: ("city", "Aydın"),
            read: ("/api/customers/get", json!({"id": customer})),
        },
        Form {
            path: "/api/deals/change",
            id: deal,
            begun: of_deal,
            mine: ("note", "Benim notum"),
            theirs: ("source", "Fuar"),
            read: ("/api/deals/get", json!({"id": deal})),
        },
        Form {
            path: "/api/tasks/save",
            id: task,
            begun: of_task,
            mine: ("note", "Benim notum"),
            theirs: ("title", "Onların başlığı"),
            read: ("/api/tasks/draft", json!({"id": task})),
        },
        Form {
            path: "/api/activities/change",
            id: call,
            begun: json!({"version": "1", "kind": "call", "outcome": "reached", "content": "ilk"}),
            mine: ("content", "Benim notum"),
            theirs: ("contact", "Ayşe Hanım"),
            read: ("/api/activities/stream", stream),
        },
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn different_fields_are_kept_and_the_same_one_is_asked_about() {
    on_both_engines(async |world| {
        let (mut seller, mut manager) = (world.browser_of("seller").await, world.browser_of("manager").await);
        for form in forms(world, &mut seller).await {
            let path = form.path;
            let (status, told) = manager.call(path, &with(&form, form.theirs)).await;
            assert_eq!(status, StatusCode::OK, "{}: {path}: {told}", world.engine);
            let (status, told) = seller.call(path, &with(&form, form.mine)).await;
            assert_eq!(status, StatusCode::OK, "{}: {path}: {told}", world.engine);
            let (_, now) = seller.call(form.read.0, &form.read.1).await;
            for kept in [form.mine.1, form.theirs.1] {
                assert!(now.to_string().contains(kept), "{path}: {kept} is lost: {now}");
            }
            // A form begun at the old version, with another value in the field that the seller has changed.
            let (status, told) = manager.call(path, &with(&form, (form.mine.0, "Onların notu"))).await;
            assert_eq!(status, StatusCode::CONFLICT, "{path}: {told}");
            assert!(told.to_string().contains(form.mine.1), "{path}: the answer has the saved value: {told}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_by_a_colleague_stays_and_a_sum_does_not_get_another_currency() {
    on_both_engines(async |world| {
        let (mut seller, mut manager) = (world.browser_of("seller").await, world.browser_of("manager").await);
        let deal = world.deal("seller", "Taşınan", 0, Some(100)).await;
        let to = world.stages().await[1].id;
        let (_, draft) = seller.call("/api/deals/draft", &json!({"id": deal})).await;
        let change = |field: &str, value: &str| {
            let mut form = draft["form"].clone();
            form[field] = value.into();
            json!({"id": deal, "form": form})
        };
        let (status, _) = manager.call("/api/deals/put", &json!({"id": deal, "stage": to})).await;
        assert_eq!(status, StatusCode::OK);
        let (status, told) = seller.call("/api/deals/change", &change("note", "Yalnız not")).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        let facts = world.facts(deal).await;
        assert_eq!((facts.stage_id, facts.note.as_str()), (to, "Yalnız not"), "{}", world.engine);
        let (status, told) = manager.call("/api/deals/change", &change("currency", "EUR")).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        let (status, told) = seller.call("/api/deals/change", &change("amount", "250")).await;
        assert_eq!(status, StatusCode::CONFLICT, "{told}");
        assert_eq!(world.facts(deal).await.amount, Some(100));
    })
    .await;
}
