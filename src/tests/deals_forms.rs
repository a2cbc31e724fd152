//! The plain forms of deals, as a browser without wasm sends them.

use super::world::on_both_engines;
use axum::http::StatusCode;
use serde_json::json;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn a_deal_lives_through_plain_forms() {
    on_both_engines(async |world| {
        let mut browser = world.browser_of("seller").await;
        let stages = world.stages().await;
        let (id, stage) = (Uuid::now_v7().to_string(), stages[0].id.to_string());
        let mut fields = vec![
            ("id", id.as_str()),
            ("title", ""),
            ("currency", "TRY"),
            ("stage", &stage),
            ("note", "uzun bir not"),
        ];
        let before = world.rows().await;
        assert_eq!(browser.submit("/deals/new", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(world.rows().await, before, "a refused form changes nothing");
        fields[1].1 = "Tezgâh";
        let card = format!("/deals/{id}");
        for _ in 0..2 {
            let answer = browser.submit("/deals/new", &fields).await;
            assert_eq!(
                (answer.status, &answer.headers["location"]),
                (StatusCode::SEE_OTHER, &card.as_str().try_into().expect("a header"))
            );
        }
        let (status, draft) =
            browser.call("/api/deals/draft", &json!({"id": id, "customer": null, "stage": null})).await;
        assert_eq!((status, &draft["form"]["note"]), (StatusCode::OK, &json!("uzun bir not")));
        fields.extend([("version", "1"), ("amount", "12,5")]);
        assert_eq!(browser.submit(&format!("{card}/edit"), &fields).await.status, StatusCode::SEE_OTHER);
        assert_eq!(
            browser.submit(&format!("{card}/edit"), &fields).await.status,
            StatusCode::SEE_OTHER,
            "once more"
        );
        let mut other = fields.clone();
        other.push(("amount", "99"));
        other.retain(|field| *field != ("amount", "12,5"));
        assert_eq!(browser.submit(&format!("{card}/edit"), &other).await.status, StatusCode::CONFLICT);
        let reason = [("reason", "Fiyat"), ("sentence", "Rakip ucuzdu")];
        assert_eq!(browser.submit(&format!("{card}/lose"), &reason).await.status, StatusCode::SEE_OTHER);
        let (_, shown) = browser.call("/api/deals/get", &json!({"id": id})).await;
        assert_eq!(shown["deal"]["facts"]["lost_reason"], json!("Fiyat: Rakip ucuzdu"));
        assert_eq!(shown["deal"]["facts"]["amount"], json!(1_250));
        assert_eq!(browser.submit(&format!("{card}/win"), &[]).await.status, StatusCode::SEE_OTHER);
        let to = stages[1].id.to_string();
        assert_eq!(
            browser.submit(&format!("{card}/move"), &[("to", &to)]).await.status,
            StatusCode::SEE_OTHER
        );
        let (_, sum) = browser.call("/api/deals/sum", &json!({"query": {"status": "open"}})).await;
        assert_eq!(sum, json!({"count": 1, "totals": {"TRY": 1_250}}));

        let mut stranger = world.browser_of("other").await;
        let mut viewer = world.browser_of("viewer").await;
        let before = world.rows().await;
        for path in ["edit", "win", "lose", "delete"] {
            let path = format!("{card}/{path}");
            assert_eq!(stranger.submit(&path, &fields).await.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(viewer.submit(&path, &fields).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(world.rows().await, before);
        let answer = browser.submit(&format!("{card}/delete"), &[]).await;
        assert_eq!(
            (answer.status, &answer.headers["location"]),
            (StatusCode::SEE_OTHER, &"/deals".try_into().expect("a header"))
        );
        assert_eq!(browser.call("/api/deals/get", &json!({"id": id})).await.0, StatusCode::NOT_FOUND);
    })
    .await;
}
