//! The board of an own kind: its columns, the order made by hand, and records without a stage.

use super::{firm_with_installations, kind, made};
use crate::id::{EventId, OwnRecordId};
use crate::journal::commands::undo;
use crate::own_kinds::commands;
use crate::own_kinds::input::OwnKindForm;
use crate::tests::world::{Browser, on_both_engines};
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn a_board_has_a_column_for_each_stage_and_keeps_the_order_made_by_hand() {
    on_both_engines(async |world| {
        firm_with_installations(world).await;
        let mut seller = world.browser_of("seller").await;
        let mut ids = Vec::new();
        for name in ["Bir", "İki", "Üç"] {
            ids.push(made(&mut seller, &[("name", name.into())]).await);
        }
        let other = world.own_record("other", "Gizli").await;
        let columns = async |seller: &mut Browser, search: &str| {
            let query = json!({"query": {"kind": 1, "search": search}});
            let (status, told) = seller.call("/api/records/board", &query).await;
            assert_eq!(status, StatusCode::OK, "{told}");
            let columns = told["columns"].as_array().expect("columns").clone();
            let names = |column: &Value| {
                let cards = column["cards"].as_array().expect("cards").iter();
                cards
                    .map(|card| card["name"].as_str().unwrap_or_default().to_owned())
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            columns
                .iter()
                .map(|column| (column["tally"]["number"].as_i64().unwrap_or(-1), names(column)))
                .collect::<Vec<_>>()
        };
        let shown = |all: [(i64, &str); 3]| all.map(|(count, names)| (count, names.to_owned())).to_vec();
        assert_eq!(columns(&mut seller, "").await, shown([(3, "Bir İki Üç"), (0, ""), (0, "")]));
        assert_eq!(columns(&mut seller, "iki").await, shown([(1, "İki"), (0, ""), (0, "")]));
        let put = async |seller: &mut Browser, id: OwnRecordId, stage: i64, after: Option<OwnRecordId>| {
            seller.call("/api/records/move", &json!({"id": id, "stage": stage, "after": after})).await
        };
        // A card is moved to the first place, behind another card, and into another stage.
        put(&mut seller, ids[2], 1, None).await;
        assert_eq!(columns(&mut seller, "").await, shown([(3, "Üç Bir İki"), (0, ""), (0, "")]));
        let (_, event) = put(&mut seller, ids[2], 1, Some(ids[0])).await;
        assert_eq!(columns(&mut seller, "").await, shown([(3, "Bir Üç İki"), (0, ""), (0, "")]));
        let event: EventId = serde_json::from_value(event).expect("an event");
        world.by("seller", async |tx| undo(tx, event).await).await.expect("taken back");
        assert_eq!(columns(&mut seller, "").await, shown([(3, "Üç Bir İki"), (0, ""), (0, "")]));
        put(&mut seller, ids[0], 2, None).await;
        put(&mut seller, ids[1], 2, Some(ids[0])).await;
        assert_eq!(columns(&mut seller, "").await, shown([(1, "Üç"), (2, "Bir İki"), (0, "")]));
        // If the card in front is not in that stage, the moved card goes to its end. A card out of sight can't be
        // moved, and no card can be moved into a stage that does not exist.
        put(&mut seller, ids[2], 2, Some(OwnRecordId(Uuid::now_v7()))).await;
        assert_eq!(columns(&mut seller, "").await, shown([(0, ""), (3, "Bir İki Üç"), (0, "")]));
        assert_eq!(put(&mut seller, other, 2, None).await.0, StatusCode::NOT_FOUND);
        assert_eq!(put(&mut seller, ids[2], 9, None).await.0, StatusCode::NOT_FOUND);
        let page = seller.get("/kinds/1/board").await.text;
        assert!(page.contains("İki") && !page.contains("Gizli"), "{}", world.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_no_stage_is_counted_and_listed_however_much_it_is() {
    on_both_engines(async |world| {
        let id = world.add_kind(&kind("Montaj", "Montajlar", &[])).await.expect("a kind");
        for nr in 1..=51 {
            world.own_record("seller", &format!("Çatı {nr}")).await;
        }
        let mut form = OwnKindForm::of(&world.kind(id).await);
        form.stage_nr.push(String::new());
        form.stage_name.push("Keşif".into());
        form.stage_closed.push(String::new());
        world.by("owner", async |tx| commands::change(tx, id, &form).await).await.expect("it has a stage");
        let staged = world.own_record("seller", "Depo").await;
        let mut seller = world.browser_of("seller").await;
        let query = json!({"query": {"kind": 1}});
        let (_, board) = seller.call("/api/records/board", &query).await;
        let counts: Vec<_> =
            board["columns"].as_array().expect("columns").iter().map(|one| &one["tally"]["number"]).collect();
        assert_eq!(counts, [51, 1], "{board}");
        let page = seller.get("/kinds/1/board").await.text;
        assert!(page.contains("/kinds/1?stage=0"), "the column links to the list of all its records");
        let query = json!({"query": {"kind": 1, "stage": 0, "limit": 100}});
        let (_, list) = seller.call("/api/records/list", &query).await;
        let rows = list["rows"].as_array().expect("rows");
        assert_eq!(rows.len(), 51);
        assert!(rows.iter().all(|row| row["id"] != json!(staged)));
        let page = seller.get("/kinds/1?stage=0").await.text;
        assert!(page.contains("Aşamasız") && !page.contains("Depo"), "{}", world.engine);
    })
    .await;
}
