//! Nobody changes a record of a kind that is hidden from them. Links to such a record stay as they are, and when all
//! records of a person are handed over, it is left out.

use super::{Firm, put, tells};
use crate::tests::world::on_both_engines;
use axum::http::StatusCode;
use serde_json::json;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_kind_is_changed_by_nobody_and_what_leads_to_it_stays() {
    on_both_engines(async |world| {
        let firm = Firm::begin(world).await;
        let mut seller = world.browser_of("seller").await;
        let (_, before) = seller.call("/api/customers/draft", &json!({"id": firm.customer})).await;
        firm.meant_for(world, "owner", "everyone").await;
        let rows = world.rows().await;
        for (name, refused) in [
            ("manager", StatusCode::NOT_FOUND),
            ("seller", StatusCode::NOT_FOUND),
            ("viewer", StatusCode::FORBIDDEN),
        ] {
            let mut browser = world.browser_of(name).await;
            for (path, input) in firm.writes() {
                let (status, told) = browser.call(path, &input).await;
                let cell = format!("{}: {name} asks {path} {input}", world.engine);
                assert_eq!(status, refused, "{cell}: {told}");
                assert_eq!(world.rows().await, rows, "{cell}");
            }
            for page in ["/kinds/1/new".to_owned(), format!("/records/{}/edit", firm.record)] {
                let fields = [("id", &*Uuid::now_v7().to_string()), ("name", "Yeni"), ("version", "2")];
                let answer = browser.submit(&page, &fields).await;
                assert!(answer.status.is_client_error(), "{}: {name}, {page}", world.engine);
                assert_eq!(tells(&answer.text), None, "{}: {name}, {page}: {}", world.engine, answer.text);
                assert_eq!(world.rows().await, rows);
            }
        }
        // A hidden record can't be chosen for a task or a field; the answer is the same as for one that does not exist.
        let line =
            |record: Uuid| json!({"form": {"id": Uuid::now_v7(), "line": "yarın ara", "record": record}});
        let hidden = seller.call("/api/tasks/add", &line(firm.record.0)).await;
        assert_eq!(hidden, seller.call("/api/tasks/add", &line(Uuid::now_v7())).await);
        assert_eq!(hidden.0, StatusCode::UNPROCESSABLE_ENTITY);
        let other = world.customer("seller", "Rüzgâr Enerji").await;
        let hidden = put(&mut seller, "customers", other.0, ("own_3", firm.record.to_string().into())).await;
        let absent =
            put(&mut seller, "customers", other.0, ("own_3", Uuid::now_v7().to_string().into())).await;
        assert_eq!(hidden, absent);
        assert_eq!(hidden.0, StatusCode::UNPROCESSABLE_ENTITY);
        // A link to it stays when a form that did not show it is saved, and also when the form was opened before the
        // kind was hidden; a task stays on it.
        let (status, told) = put(&mut seller, "customers", firm.customer.0, ("city", "İzmir".into())).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        let mut form = before["form"].clone();
        form["city"] = "Bornova".into();
        form["over"] = "2".into();
        seller.call("/api/customers/change", &json!({"id": firm.customer, "form": form})).await;
        let (_, draft) = seller.call("/api/tasks/draft", &json!({"id": firm.task})).await;
        let mut form = draft["form"].clone();
        form["title"] = "Ölçü alındı".into();
        let (status, told) = seller.call("/api/tasks/save", &json!({"form": form})).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        let (status, told) =
            seller.call("/api/tasks/act", &json!({"id": firm.task, "act": {"called": "busy"}})).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        let mut owner = world.browser_of("owner").await;
        let (_, customer) = owner.call("/api/customers/draft", &json!({"id": firm.customer})).await;
        assert_eq!(customer["form"]["own_3"], json!(firm.record), "{customer}");
        let (_, tasks) =
            owner.call("/api/tasks/list", &json!({"query": {"whose": "all", "done": true}})).await;
        assert_eq!(tasks["rows"][0]["record"][0], json!(firm.record), "{tasks}");
        // Ctrl+Z skips changes of records that are hidden by now.
        for _ in 0..12 {
            let (status, told) = seller.call("/api/journal/undo_last", &json!({"but": []})).await;
            assert_eq!(tells(&told.to_string()), None, "{told}");
            if status != StatusCode::OK || told.is_null() {
                break;
            }
        }
        let (_, kept) = owner.call("/api/records/get", &json!({"id": firm.record})).await;
        assert_eq!(kept["record"]["facts"]["name"], "Kanarya 3");
        // The manager hands over all records of the seller; those that are hidden from the manager stay with the
        // seller.
        let (from, to) = (world.actor("seller").await.id, world.actor("mate").await.unit());
        let mut manager = world.browser_of("manager").await;
        let (status, told) = manager.call("/api/people/hand_over", &json!({"id": from, "to": to})).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        assert_eq!(tells(&told.to_string()), None, "{told}");
        let (_, kept) = owner.call("/api/records/get", &json!({"id": firm.record})).await;
        assert_eq!(kept["record"]["facts"]["owner_id"], json!(from));
        let (_, given) = owner.call("/api/records/get", &json!({"id": firm.beside})).await;
        assert_eq!(given["record"]["facts"]["owner_id"], json!(to));
    })
    .await;
}
