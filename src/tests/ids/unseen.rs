//! Records that hang on a customer or a deal which the person asking can't see: no form and no refusal names it, and
//! saving keeps the link. Neither a typed text that is an id nor the place where a moved card lands reveals what is out
//! of reach.

use crate::id::{CustomerId, DealId};
use crate::journal::model::Card;
use crate::tests::world::{World, on_both_engines};
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

impl World {
    /// A deal of the seller's for a customer of another team, and a task of the seller's for that customer.
    async fn of_unseen_customer(&self) -> (CustomerId, DealId, Uuid) {
        let customer = self.customer("other", "Gizli Ltd").await;
        let deal = self.deal("seller", "Satış", 0, Some(100)).await;
        let mut owner = self.browser_of("owner").await;
        let (_, draft) = owner.call("/api/deals/draft", &json!({"id": deal})).await;
        let mut form = draft["form"].clone();
        form["customer"] = json!(customer);
        let (status, told) = owner.call("/api/deals/change", &json!({"id": deal, "form": form})).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        let task = self.task("seller", "Görev", 0).await;
        let (_, draft) = owner.call("/api/tasks/draft", &json!({"id": task})).await;
        let mut form = draft["form"].clone();
        form["customer"] = json!(customer);
        let (status, told) = owner.call("/api/tasks/save", &json!({"form": form})).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        (customer, deal, task.0)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_out_of_reach_is_named_by_no_form_and_stays_where_it_was() {
    on_both_engines(async |world| {
        let (customer, deal, task) = world.of_unseen_customer().await;
        let hidden = |told: &str, from: &str| {
            assert!(!told.contains(&customer.to_string()) && !told.contains("Gizli"), "{from}: {told}");
        };
        let mut seller = world.browser_of("seller").await;
        for path in [format!("/deals/{deal}/edit"), format!("/tasks/{task}/edit"), format!("/deals/{deal}")] {
            let page = seller.get(&path).await;
            assert_eq!(page.status, StatusCode::OK);
            hidden(&page.text, &path);
        }
        let (_, draft) = seller.call("/api/deals/draft", &json!({"id": deal})).await;
        hidden(&draft.to_string(), "deals/draft");
        let mut form = draft["form"].clone();
        form["title"] = json!("Başka");
        let (status, told) = seller.call("/api/deals/change", &json!({"id": deal, "form": form})).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        // A form of an older version is refused, and the refusal does not name the customer either.
        form["title"] = json!("Eski");
        let (status, told) = seller.call("/api/deals/change", &json!({"id": deal, "form": form})).await;
        assert_eq!(status, StatusCode::CONFLICT);
        hidden(&told.to_string(), "deals/change");
        assert_eq!(world.facts(deal).await.customer_id, Some(customer), "it is still the customer's");

        let (_, draft) = seller.call("/api/tasks/draft", &json!({"id": task})).await;
        hidden(&draft.to_string(), "tasks/draft");
        let mut form = draft["form"].clone();
        form["title"] = json!("Başka");
        let (status, told) = seller.call("/api/tasks/save", &json!({"form": form})).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        form["title"] = json!("Eski");
        let (status, told) = seller.call("/api/tasks/save", &json!({"form": form})).await;
        assert_eq!(status, StatusCode::CONFLICT);
        hidden(&told.to_string(), "tasks/save");
        let of_it = "SELECT COUNT(*) FROM tasks WHERE customer_id IS NOT NULL AND title = 'Başka'";
        assert_eq!(world.number(of_it).await, 1);

        // An activity about the deal carries the customer.
        let call = world.call("seller", Card::Deal(deal), "konuşuldu").await;
        for version in ["1", "1"] {
            let form = json!({"version": version, "kind": "note", "content": "başka"});
            let (_, told) = seller.call("/api/activities/change", &json!({"id": call, "form": form})).await;
            hidden(&told.to_string(), "activities/change");
        }
        // The seller can choose another customer, and can take away one that is in sight.
        let own = world.customer("seller", "Benim").await;
        let (_, draft) = seller.call("/api/deals/draft", &json!({"id": deal})).await;
        let mut form = draft["form"].clone();
        form["customer"] = json!(own);
        let (status, told) = seller.call("/api/deals/change", &json!({"id": deal, "form": form})).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        assert_eq!(world.facts(deal).await.customer_id, Some(own));
        let (_, draft) = seller.call("/api/deals/draft", &json!({"id": deal})).await;
        let mut form = draft["form"].clone();
        assert_eq!(form["customer"], json!(own));
        form["customer"] = json!("");
        let (status, told) = seller.call("/api/deals/change", &json!({"id": deal, "form": form})).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        assert_eq!(world.facts(deal).await.customer_id, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_somebody_typed_stays_text() {
    on_both_engines(async |world| {
        let customer = world.customer("seller", "Benim").await;
        let mut seller = world.browser_of("seller").await;
        let stage = world.stages().await[0].clone();
        let named = [
            world.actor("other").await.id.0,
            world.customer("other", "Gizli Ltd").await.0,
            world.deal("other", "Gizli satış", 0, None).await.0,
            stage.id.0,
        ];
        for (version, id) in (1..).zip(named) {
            let form = json!({"id": customer, "version": version.to_string(), "name": "Benim", "city": id,
                "source": id});
            let (status, told) =
                seller.call("/api/customers/change", &json!({"id": customer, "form": form})).await;
            assert_eq!(status, StatusCode::OK, "{told}");
        }
        let stream = json!({"card": {"customer": customer}, "query": {"limit": 100}});
        let (_, told) = seller.call("/api/activities/stream", &stream).await;
        let text = told.to_string();
        for name in ["\"other\"", "Gizli", &stage.name] {
            assert!(!text.contains(name), "{name}: {text}");
        }
        for id in named {
            assert!(text.contains(&id.to_string()), "what was typed is shown as it was typed: {text}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_card_lands_does_not_tell_where_a_deal_of_others_is() {
    on_both_engines(async |world| {
        let stages = world.stages().await;
        let (here, elsewhere) =
            (world.deal("other", "Burada", 1, None).await, world.deal("other", "Başka yerde", 2, None).await);
        world.deal("seller", "Sonra", 1, None).await;
        let mine = world.deal("seller", "Benim", 0, None).await;
        let mut seller = world.browser_of("seller").await;
        let mut moved = async |neighbour: &str, id: Uuid| {
            let mut change =
                json!({"cmd": Uuid::now_v7(), "deal": mine, "to": stages[1].id, "seen_version": 1});
            change[neighbour] = json!(id);
            let (status, mut told) = seller.call("/api/board/move", &json!({"change": change})).await;
            assert_eq!(status, StatusCode::OK, "{told}");
            let card = told["card"].as_object_mut().expect("a card");
            card.remove("version");
            let back = json!({"cmd": Uuid::now_v7(), "deal": mine, "to": stages[0].id, "seen_version": 1});
            seller.call("/api/board/move", &json!({"change": back})).await;
            Value::Object(card.clone())
        };
        for neighbour in ["after", "before"] {
            let absent = moved(neighbour, Uuid::now_v7()).await;
            for deal in [here, elsewhere] {
                assert_eq!(moved(neighbour, deal.0).await, absent, "{neighbour}");
            }
        }
    })
    .await;
}
