//! The owner can change at any time whether a field is searched: existing records are then found by their values in it,
//! or no longer found.

use super::{change, form};
use crate::fields::own::commands::archive;
use crate::fields::own::input::OwnFieldForm;
use crate::fields::own::store::convert::fill;
use crate::journal::commands::undo;
use crate::tests::world::{Browser, World, on_both_engines};
use axum::http::StatusCode;
use serde_json::json;

/// Whether the word finds something in the list of customers, in the list of deals, and among the palette's customers.
async fn found(world: &World, seller: &mut Browser, word: &str) -> [bool; 3] {
    fill(&world.db).await.expect("rewritten");
    let mut found = [false; 3];
    let asked = json!({"query": {"search": word}});
    let rows = async |seller: &mut Browser, path: &str| {
        let (status, told) = seller.call(path, &asked).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        told["rows"].as_array().is_some_and(|rows| !rows.is_empty())
    };
    found[0] = rows(seller, "/api/customers/list").await;
    found[1] = rows(seller, "/api/deals/list").await;
    let (_, told) = seller.call("/api/search/all", &json!({"search": word})).await;
    found[2] = told.to_string().contains(r#""kind":"Customer""#);
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_is_searched_from_when_its_owner_says_so() {
    on_both_engines(async |world| {
        let field = world.add_field(&form("customer", "Servis notu", "line")).await.expect("added");
        let of_deal = world.add_field(&form("deal", "Şartname", "line")).await.expect("added");
        let customer = world.customer("seller", "Güneş Enerji").await;
        let deal = world.deal("seller", "Kule", 0, None).await;
        let mut seller = world.browser_of("seller").await;
        let compressor = || json!("Kompresör 77-B");
        let (status, told) = change(&mut seller, "customers", customer.0, &[("own_1", compressor())]).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        let set = [("own_2", compressor()), ("customer", json!(customer))];
        let (status, told) = change(&mut seller, "deals", deal.0, &set).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        assert_eq!(found(world, &mut seller, "kompresör").await, [false; 3], "{}", world.engine);

        let search = |form: &mut OwnFieldForm| form.searched = "true".into();
        world.change_field(field, search).await.expect("searched");
        assert_eq!(found(world, &mut seller, "kompresör").await, [true, false, true], "{}", world.engine);
        world.change_field(of_deal, search).await.expect("searched");
        assert_eq!(found(world, &mut seller, "kompresör").await, [true; 3], "{}", world.engine);
        // Other words are still found: the deal by its customer's name, the customer by its own.
        assert_eq!(found(world, &mut seller, "güneş").await, [true; 3], "{}", world.engine);

        // Values of an archived field are not found; after the field is restored they are.
        let event = world.by("owner", async |tx| archive(tx, field, true).await).await.expect("archived");
        assert_eq!(found(world, &mut seller, "kompresör").await, [false, true, false], "{}", world.engine);
        world.by("owner", async |tx| undo(tx, event.expect("an event")).await).await.expect("restored");
        assert_eq!(found(world, &mut seller, "kompresör").await, [true; 3], "{}", world.engine);

        // A value that was changed is found by its new text.
        let (status, told) =
            change(&mut seller, "customers", customer.0, &[("own_1", "Jeneratör".into())]).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        let leave = |form: &mut OwnFieldForm| form.searched = String::new();
        assert_eq!(found(world, &mut seller, "jeneratör").await, [true, false, true], "{}", world.engine);
        world.change_field(field, leave).await.expect("not searched");
        assert_eq!(found(world, &mut seller, "jeneratör").await, [false; 3], "{}", world.engine);
        assert_eq!(found(world, &mut seller, "güneş").await, [true; 3], "{}", world.engine);
    })
    .await;
}
