//! A draft of the settings: it collects changes that nobody else sees. Its owner reviews them together with what they
//! affect, and publishes them as one change, which is undone as one. Before publishing, an owner is shown what other
//! owners have published meanwhile.

use super::deals::problem;
use super::own_fields::form as field;
use super::own_records::kind;
use super::people::hears_everything;
use super::world::{Browser, World, on_both_engines};
use crate::error::Problem;
use crate::people::store::rebuild_reach;
use axum::http::StatusCode;
use serde_json::{Value, json};

/// Calls a server function and returns its answer, which must be 200.
async fn told(browser: &mut Browser, function: &str, what: Value) -> Value {
    let (status, told) = browser.call(&format!("/api/{function}"), &what).await;
    assert_eq!(status, StatusCode::OK, "{function}: {told}");
    told
}

async fn names(browser: &mut Browser, of: &str) -> Vec<String> {
    let page = told(browser, "fields/list", json!({"of": of})).await;
    let fields = page["fields"].as_array().expect("fields").iter();
    fields.map(|one| one["facts"]["name"].as_str().unwrap_or_default().to_owned()).collect()
}

async fn kinds(browser: &mut Browser) -> Vec<String> {
    let all = told(browser, "kinds/list", json!({})).await;
    let all = all.as_array().expect("kinds").iter();
    all.map(|one| one["facts"]["one_tr"].as_str().unwrap_or_default().to_owned()).collect()
}

async fn stages(browser: &mut Browser) -> Vec<String> {
    let all = told(browser, "pipelines/all", json!({})).await;
    let all =
        all.as_array().expect("pipelines").iter().flat_map(|one| one["stages"].as_array().expect("stages"));
    all.map(|one| one["stage"]["name"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Whether the form of a new customer asks for that field.
async fn asks_for(browser: &mut Browser, name: &str) -> bool {
    let draft = told(browser, "customers/draft", json!({"id": null})).await;
    let fields = draft["own"]["fields"].as_array().cloned().unwrap_or_default();
    fields.iter().any(|one| one["facts"]["name"] == name && one["facts"]["active"] == true)
}

async fn publish(browser: &mut Browser, seen: usize) -> (StatusCode, Value) {
    browser.call("/api/draft/publish", &json!({"seen": seen})).await
}

impl World {
    /// Somebody of the firm becomes its owner, too.
    async fn make_owner(&self, name: &str) {
        let id = self.actor(name).await.id;
        let mut system = self.db.write_system().await.expect("the database answers");
        let query = system.query("UPDATE people SET role = 'owner', sees = 'all' WHERE id = $1");
        query.bind(id).execute().await.expect("an owner");
        rebuild_reach(&mut system).await.expect("reach");
        system.commit().await.expect("kept");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_prepared_is_seen_by_nobody_published_at_once_and_taken_back_at_once() {
    on_both_engines(async |world| {
        let mut owner = world.browser_of("owner").await;
        let mut seller = world.browser_of("seller").await;
        world.customer("seller", "Güneş Enerji").await;
        let before = (kinds(&mut owner).await, names(&mut owner, "customer").await, stages(&mut owner).await);
        told(&mut owner, "draft/begin", json!({})).await;
        // A kind with stages, a field of that kind, a required field of customers, a pipeline, and one of its stages
        // renamed.
        let form = kind("Montaj", "Montajlar", &["Keşif", "Teslim"]);
        let made = told(&mut owner, "kinds/add", json!({"form": form})).await;
        told(&mut owner, "fields/add", json!({"form": field("kind_1", "Adres", "line")})).await;
        let mut required = serde_json::to_value(field("customer", "Bölge", "line")).expect("a form");
        required["required"] = json!("true");
        told(&mut owner, "fields/add", json!({"form": required})).await;
        told(&mut owner, "pipelines/add", json!({"name": "Bayi"})).await;
        let pipelines = told(&mut owner, "pipelines/all", json!({})).await;
        let stage = &pipelines[1]["stages"][0];
        let mut form = json!({"name": "İlk temas", "status": "open", "color": "1", "probability": "5"});
        form["version"] = json!(stage["version"].to_string());
        told(&mut owner, "pipelines/change_stage", json!({"id": stage["stage"]["id"], "form": form})).await;
        // The draft's owner sees the settings as they will be.
        assert_eq!(kinds(&mut owner).await, ["Montaj"]);
        assert_eq!(names(&mut owner, "kind_1").await, ["Adres"]);
        assert!(stages(&mut owner).await.contains(&"İlk temas".to_owned()));
        // Nobody else sees anything of it.
        assert_eq!(told(&mut seller, "records/kinds", json!({})).await, json!([]));
        assert!(!asks_for(&mut seller, "Bölge").await);
        assert_eq!(told(&mut seller, "pipelines/names", json!({})).await.as_array().map(Vec::len), Some(1));
        // The review shows five changes and what they affect.
        let page = told(&mut owner, "draft/shown", json!({})).await;
        let changes = page["changes"].as_array().expect("changes").clone();
        let subjects: Vec<_> =
            changes.iter().map(|one| one["line"]["subject"].as_str().unwrap_or_default()).collect();
        assert_eq!(subjects, ["Montaj", "Adres", "Bölge", "Bayi", "İlk temas"], "{page}");
        assert_eq!(changes[2]["effects"], json!([{"records": 1}, {"missing": 1}]), "{page}");
        assert!(changes.iter().all(|one| one["wrong"].is_null()), "{page}");
        assert_eq!(page["others"], json!([]));
        assert_eq!(told(&mut owner, "draft/head", json!({})).await, json!({"open": true, "changes": 5}));
        // After publishing, everybody sees the changes.
        let (status, event) = publish(&mut owner, 0).await;
        assert_eq!(status, StatusCode::OK, "{event}");
        assert_eq!(told(&mut owner, "draft/head", json!({})).await, json!({"open": false, "changes": 0}));
        let shown = told(&mut seller, "records/kinds", json!({})).await;
        assert_eq!(shown[0]["href"], "/kinds/1", "{shown}");
        assert!(asks_for(&mut seller, "Bölge").await);
        let after = (kinds(&mut owner).await, names(&mut owner, "kind_1").await, stages(&mut owner).await);
        assert_eq!(
            (after.0.as_slice(), after.1.as_slice()),
            (&["Montaj".to_owned()][..], &["Adres".to_owned()][..])
        );
        let all = told(&mut owner, "kinds/list", json!({})).await;
        assert_eq!(all[0]["id"], made, "a published kind has the id that it had in the draft");
        // Ctrl+Z undoes all of it, and undoing that brings all of it back.
        let back = told(&mut owner, "journal/undo_last", json!({"but": []})).await;
        assert_eq!(back["kind"], "settings_draft", "{back}");
        assert_eq!(told(&mut seller, "records/kinds", json!({})).await, json!([]));
        assert_eq!(stages(&mut owner).await, before.2);
        assert!(!asks_for(&mut seller, "Bölge").await);
        told(&mut owner, "journal/undo", json!({"event": back["again"]})).await;
        assert_eq!(stages(&mut owner).await, after.2);
        assert_eq!(told(&mut seller, "records/kinds", json!({})).await[0]["href"], "/kinds/1");
        // The log says once that a draft was published.
        let query = json!({"query": {"person": null, "kind": "firm", "day": null, "after": null}});
        let log = told(&mut owner, "journal/log", query).await;
        let published =
            log["lines"].as_array().expect("lines").iter().filter(|line| line["what"] == "published");
        assert_eq!(published.count(), 1, "{log}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_is_hidden_when_the_draft_is_published_and_shown_again_by_its_undo() {
    on_both_engines(async |world| {
        world.add_kind(&kind("Montaj", "Montajlar", &[])).await.expect("a kind");
        let mut owner = world.browser_of("owner").await;
        let mut seller = world.browser_of("seller").await;
        let mut ear = seller.listen().await;
        let sees = async |seller: &mut Browser| told(seller, "records/kinds", json!({})).await != json!([]);
        told(&mut owner, "draft/begin", json!({})).await;
        let all = told(&mut owner, "kinds/list", json!({})).await;
        let mut form = serde_json::to_value(kind("Montaj", "Montajlar", &[])).expect("a form");
        form["version"] = json!(all[0]["version"].to_string());
        form["seen_by"] = json!("owner");
        told(&mut owner, "kinds/change", json!({"id": all[0]["id"], "form": form})).await;
        let page = told(&mut owner, "draft/shown", json!({})).await;
        assert!(page["changes"][0]["wrong"].is_null(), "{page}");
        assert!(sees(&mut seller).await);
        assert_eq!(publish(&mut owner, 0).await.0, StatusCode::OK);
        assert!(!sees(&mut seller).await);
        assert!(hears_everything(&mut ear).await, "whoever sees less reads everything anew");
        told(&mut owner, "journal/undo_last", json!({"but": []})).await;
        assert!(sees(&mut seller).await);
        assert!(hears_everything(&mut ear).await, "whoever sees more reads everything anew");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_drafts_the_second_is_shown_what_changed() {
    on_both_engines(async |world| {
        world.make_owner("mate").await;
        let mut first = world.browser_of("owner").await;
        let mut second = world.browser_of("mate").await;
        let id = told(&mut first, "fields/add", json!({"form": field("deal", "Bölge", "line")})).await;
        for browser in [&mut first, &mut second] {
            told(browser, "draft/begin", json!({})).await;
            told(browser, "draft/begin", json!({})).await;
        }
        let named = |name: &str| json!({"version": "1", "of": "deal", "name": name, "shape": "line"});
        let rename = |name: &str| json!({"id": id, "form": named(name)});
        told(&mut first, "fields/change", rename("Şehir")).await;
        told(&mut first, "fields/add", json!({"form": field("deal", "Kat", "number")})).await;
        told(&mut second, "fields/change", rename("İl")).await;
        told(&mut second, "fields/add", json!({"form": field("deal", "Oda", "number")})).await;
        told(&mut second, "kinds/begin", json!({"template": "vehicle"})).await;
        // Each sees their own draft.
        assert_eq!(names(&mut first, "deal").await, ["Şehir", "Kat"]);
        assert_eq!(names(&mut second, "deal").await, ["İl", "Oda"]);
        assert_eq!(publish(&mut first, 0).await.0, StatusCode::OK);
        // The second owner has not seen the first one's changes yet.
        let (status, refused) = publish(&mut second, 0).await;
        assert_eq!(status, StatusCode::CONFLICT, "{refused}");
        let page = told(&mut second, "draft/shown", json!({})).await;
        let others = page["others"].as_array().expect("lines").iter();
        let others: Vec<_> = others.map(|line| line["subject"].clone()).collect();
        assert_eq!(others, [json!("Şehir"), json!("Kat")], "{page}");
        let changes = page["changes"].as_array().expect("changes").clone();
        assert!(changes[0]["wrong"].is_object() && changes[1]["wrong"].is_null(), "{page}");
        // The draft can't be published until the change that no longer fits is taken out.
        assert_eq!(publish(&mut second, 2).await.0, StatusCode::CONFLICT);
        told(&mut second, "draft/take_out", json!({"number": changes[0]["number"]})).await;
        assert_eq!(publish(&mut second, 2).await.0, StatusCode::OK);
        assert_eq!(names(&mut first, "deal").await, ["Şehir", "Kat", "Oda"]);
        let page = told(&mut first, "fields/list", json!({"of": "kind_1"})).await;
        assert!(page["fields"].as_array().is_some_and(|fields| fields.len() > 2), "{page}");
        // The fields can still be put in order, so no two of them got the same position.
        let fields = told(&mut first, "fields/list", json!({"of": "deal"})).await;
        let ids: Vec<_> =
            fields["fields"].as_array().expect("fields").iter().map(|one| one["id"].clone()).collect();
        told(&mut first, "fields/put", json!({"id": ids[0], "after": ids[1]})).await;
        assert_eq!(names(&mut first, "deal").await, ["Kat", "Şehir", "Oda"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_holds_nothing_that_changes_records_and_can_be_thrown_away() {
    on_both_engines(async |world| {
        let mut owner = world.browser_of("owner").await;
        world.deal("seller", "Çatı", 0, None).await;
        told(&mut owner, "draft/begin", json!({})).await;
        let stages_before = stages(&mut owner).await;
        let all = told(&mut owner, "pipelines/all", json!({})).await;
        let holds = |one: &&Value| one["deals"].as_i64().is_some_and(|deals| deals > 0);
        let found = all[0]["stages"].as_array().expect("stages");
        let full = found.iter().find(holds).expect("a stage with the deal")["stage"]["id"].clone();
        let other = found.iter().find(|one| !holds(one)).expect("another")["stage"]["id"].clone();
        let (status, refused) =
            owner.call("/api/pipelines/delete_stage", &json!({"id": full, "to": other})).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
        assert!(refused.to_string().contains("NotInDraft"), "{refused}");
        // A wrong change is refused at once, and the draft stays as it was.
        let (status, refused) =
            owner.call("/api/kinds/add", &json!({"form": kind("Müşteri", "Müşteriler", &[])})).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
        assert_eq!(told(&mut owner, "draft/head", json!({})).await["changes"], 0);
        assert_eq!(publish(&mut owner, 0).await, (StatusCode::OK, Value::Null));
        told(&mut owner, "kinds/begin", json!({"template": "agreement"})).await;
        assert_eq!(kinds(&mut owner).await.len(), 1);
        told(&mut owner, "draft/discard", json!({})).await;
        assert_eq!((kinds(&mut owner).await.len(), stages(&mut owner).await), (0, stages_before));
        // Without a draft the stage is deleted at once.
        told(&mut owner, "pipelines/delete_stage", json!({"id": full, "to": other})).await;
        let twice = world.add_field(&field("customer", "Bölge", "line")).await;
        twice.expect("added");
        assert_eq!(
            problem(world.add_field(&field("customer", "BÖLGE", "line")).await),
            ("name".into(), Problem::Taken)
        );
    })
    .await;
}
