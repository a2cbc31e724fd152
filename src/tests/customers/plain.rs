//! The plain forms of customers, as a browser without wasm sends them: a refused form comes back with what was typed
//! and its problems, an accepted one redirects.

use crate::tests::world::{World, on_both_engines};
use axum::http::StatusCode;
use axum::http::header::LOCATION;

#[tokio::test]
async fn a_customer_is_written_changed_and_deleted_without_scripts() {
    on_both_engines(async |world: &World| {
        let mut seller = world.browser_of("seller").await;
        let page = seller.get("/customers/new").await;
        assert_eq!(page.status, StatusCode::OK);
        let id = hidden(&page.text, "id");
        let cmd = hidden(&page.text, "cmd");
        let refused =
            seller.submit("/customers/new", &[("id", &id), ("name", ""), ("city", "İzmir <b>")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains("İzmir &lt;b&gt;"), "what was typed is still there");
        assert_eq!(hidden(&refused.text, "id"), id);

        let fields = [
            ("id", id.as_str()),
            ("cmd", &cmd),
            ("name", "Güneş"),
            ("phones[]", ""),
            ("phones[]", "4440123"),
        ];
        for _ in 0..2 {
            let made = seller.submit("/customers/new", &fields).await;
            assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
            assert_eq!(made.headers[LOCATION], format!("/customers/{id}"));
        }
        let card = seller.get(&format!("/customers/{id}")).await;
        assert!(card.text.contains("Güneş") && card.text.contains("tel:4440123"));

        let edit = format!("/customers/{id}/edit");
        let was = seller.get(&edit).await;
        assert_eq!(hidden(&was.text, "version"), "1");
        let change = |version: &'static str, city: &'static str| {
            [("id", "x"), ("version", version), ("name", "Güneş"), ("city", city)]
        };
        assert_eq!(seller.submit(&edit, &change("1", "Aydın")).await.status, StatusCode::SEE_OTHER);
        let conflict = seller.submit(&edit, &change("1", "Muğla")).await;
        assert_eq!(conflict.status, StatusCode::CONFLICT);

        let mut other = world.browser_of("other").await;
        for path in [format!("/customers/{id}"), edit.clone()] {
            assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let delete = format!("/customers/{id}/delete");
        assert_eq!(other.submit(&delete, &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.submit(&edit, &change("2", "Benim")).await.status, StatusCode::NOT_FOUND);
        let mut viewer = world.browser_of("viewer").await;
        assert_eq!(viewer.submit(&delete, &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(viewer.get("/customers/new").await.status, StatusCode::FORBIDDEN);

        let gone = seller.submit(&delete, &[]).await;
        assert_eq!(
            (gone.status, &gone.headers[LOCATION]),
            (StatusCode::SEE_OTHER, &"/customers".parse().expect("a path"))
        );
        assert_eq!(seller.get(&format!("/customers/{id}")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_conflict_comes_back_with_both_values_and_the_new_version() {
    on_both_engines(async |world: &World| {
        let id = world.customer("seller", "Güneş").await;
        let edit = format!("/customers/{id}/edit");
        let mut seller = world.browser_of("seller").await;
        let mut manager = world.browser_of("manager").await;
        let page = seller.get(&edit).await;
        let was = hidden(&page.text, "was").replace("&quot;", "\"").replace("&amp;", "&");
        let theirs = [("version", "1"), ("name", "Güneş Ltd"), ("city", "Aydın")];
        assert_eq!(manager.submit(&edit, &theirs).await.status, StatusCode::SEE_OTHER);
        let id = id.to_string();
        let mine = [("id", id.as_str()), ("version", "1"), ("was", &was), ("name", "Güneş AŞ")];
        let conflict = seller.submit(&edit, &mine).await;
        assert_eq!(conflict.status, StatusCode::CONFLICT);
        assert_eq!(hidden(&conflict.text, "version"), "2");
        assert!(conflict.text.contains("Aydın") && conflict.text.contains("Güneş AŞ"));
        let settled =
            [("id", id.as_str()), ("version", "2"), ("was", &was), ("name", "Güneş AŞ"), ("take[]", "city")];
        assert_eq!(seller.submit(&edit, &settled).await.status, StatusCode::SEE_OTHER);
        let card = seller.get(&format!("/customers/{id}")).await;
        assert!(card.text.contains("Güneş AŞ") && card.text.contains("Aydın"));
    })
    .await;
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let at = page.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no field {name} in {page}"));
    let tag = &page[at..at + page[at..].find('>').expect("a whole tag")];
    let value = tag.split_once("value=\"").map(|(_, rest)| rest.split('"').next().unwrap_or_default());
    value.unwrap_or_default().to_owned()
}
