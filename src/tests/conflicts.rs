//! Two people who change one record from the same version: what only one of them changed stays; what both changed is a
//! conflict that shows both values, and can be settled without wasm, too.

use super::world::{World, on_both_engines};
use crate::deals::commands as deals;
use crate::deals::input::DealForm;
use crate::deals::pipelines::model::{StageForm, code};
use crate::deals::pipelines::store::{self as pipelines, stages};
use crate::error::{Error, Result};
use crate::people::commands as people;
use crate::people::input::{FirmForm, PersonForm};
use crate::people::store::{card, firm};
use crate::tasks::commands as tasks;
use crate::tasks::input::TaskForm;
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::fmt::Debug;

/// The version and the fields of a conflict.
fn told<T: Debug>(answer: Result<T>) -> (i64, Value) {
    match answer {
        Err(Error::Conflict { version, theirs }) => (version, theirs),
        other => panic!("this should be a conflict, not {other:?}"),
    }
}

impl World {
    async fn person_form(&self, name: &str) -> PersonForm {
        let id = self.actor(name).await.id;
        let card = self.seen_by("owner", async |tx| card::card(tx, id).await).await.expect("a card");
        PersonForm {
            version: card.version.to_string(),
            over: String::new(),
            name: card.facts.name,
            email: card.facts.email.unwrap_or_default(),
            role: card.facts.role.code().into(),
            sees: card.facts.sees.code().into(),
            under: card.facts.under_id.to_string(),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_firm_takes_two_changes_of_different_fields() {
    on_both_engines(async |world| {
        let was = world.seen_by("owner", async |tx| firm::draft(tx).await).await.expect("a form");
        let one = FirmForm { name: "Yeni AŞ".into(), ..was.clone() };
        let other = FirmForm { currency: "EUR".into(), ..was.clone() };
        for form in [one, other] {
            world.by("owner", async |tx| firm::change(tx, &form).await).await.expect("no clash");
        }
        let late = FirmForm { name: "Eski AŞ".into(), time_zone: "Europe/Berlin".into(), ..was.clone() };
        let (version, theirs) = told(world.by("owner", async |tx| firm::change(tx, &late).await).await);
        assert_eq!((&theirs["name"], &theirs["both"]), (&json!("Yeni AŞ"), &json!(["name"])));
        let kept = FirmForm { over: version.to_string(), ..late };
        world.by("owner", async |tx| firm::change(tx, &kept).await).await.expect("mine is kept");
        let now = world.seen_by("owner", async |tx| firm::draft(tx).await).await.expect("a form");
        assert_eq!((&*now.name, &*now.currency, &*now.time_zone), ("Eski AŞ", "EUR", "Europe/Berlin"));
        // `over` names a version that is no longer the newest: nothing is saved.
        let (_, theirs) = told(
            world
                .by("owner", async |tx| {
                    firm::change(tx, &FirmForm { name: "Üç AŞ".into(), ..kept.clone() }).await
                })
                .await,
        );
        assert_eq!(theirs["name"], json!("Eski AŞ"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_takes_two_changes_of_different_fields() {
    on_both_engines(async |world| {
        let id = world.actor("seller").await.id;
        let was = world.person_form("seller").await;
        let one = PersonForm { name: "Başka Ad".into(), ..was.clone() };
        let other = PersonForm { email: "baska@firma.example".into(), ..was.clone() };
        for form in [one, other] {
            world.by("owner", async |tx| people::change(tx, id, &form).await).await.expect("no clash");
        }
        let late = PersonForm { name: "Üçüncü Ad".into(), ..was };
        let (version, theirs) = told(world.by("owner", async |tx| people::change(tx, id, &late).await).await);
        assert_eq!((&theirs["name"], &theirs["both"]), (&json!("Başka Ad"), &json!(["name"])));
        let kept = PersonForm { over: version.to_string(), ..late };
        world.by("owner", async |tx| people::change(tx, id, &kept).await).await.expect("mine is kept");
        let now = world.seen_by("owner", async |tx| card::card(tx, id).await).await.expect("a card");
        assert_eq!(
            (&*now.facts.name, now.facts.email.as_deref()),
            ("Üçüncü Ad", Some("baska@firma.example"))
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stage_takes_two_changes_of_different_fields() {
    on_both_engines(async |world| {
        let all = world.by("owner", async |tx| pipelines::all(tx).await).await.expect("pipelines");
        let line = all[0].stages[1].clone();
        let id = line.stage.id;
        let was = StageForm::of(&line.stage, line.version);
        assert_eq!(was.status, code(line.stage.status));
        let one = StageForm { name: "Keşif".into(), ..was.clone() };
        let other = StageForm { color: "5".into(), ..was.clone() };
        for form in [one, other] {
            world.by("owner", async |tx| stages::change(tx, id, &form).await).await.expect("no clash");
        }
        let late = StageForm { color: "4".into(), ..was };
        let (_, theirs) = told(world.by("owner", async |tx| stages::change(tx, id, &late).await).await);
        assert_eq!((&theirs["color"], &theirs["both"]), (&json!(5), &json!(["color"])));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keeping_mine_of_a_deal_keeps_what_only_they_changed() {
    on_both_engines(async |world| {
        let id = world.deal("seller", "Eski ad", 0, Some(100)).await;
        let draft = world
            .by("seller", async |tx| deals::draft(tx, crate::i18n::Locale::Tr, Some(id), None, None).await)
            .await
            .expect("a form");
        let theirs =
            DealForm { title: "Onların adı".into(), ..draft.form.clone() }.with("note", "Onların notu");
        world.by("manager", async |tx| deals::change(tx, id, &theirs).await).await.expect("changed");
        let mine = DealForm { title: "Benim adım".into(), ..draft.form }.with("source", "Fuar");
        let (version, theirs) = told(world.by("seller", async |tx| deals::change(tx, id, &mine).await).await);
        assert_eq!(theirs["both"], json!(["title"]));
        let kept = DealForm { over: version.to_string(), ..mine };
        world.by("seller", async |tx| deals::change(tx, id, &kept).await).await.expect("mine is kept");
        let (now, _) =
            world.seen_by("seller", async |tx| crate::records::read(tx, id).await).await.expect("facts");
        assert_eq!((&*now.title, &*now.source, &*now.note), ("Benim adım", "Fuar", "Onların notu"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_on_a_task_is_settled_by_its_plain_form() {
    on_both_engines(async |world| {
        let mut browser = world.browser_of("seller").await;
        let draft = world.by("seller", async |tx| tasks::draft(tx, None, None).await).await.expect("a form");
        let begun = TaskForm { title: "Ara".into(), ..draft.form };
        world.by("seller", async |tx| tasks::save(tx, &begun).await).await.expect("added");
        let theirs = TaskForm { title: "Onların işi".into(), version: "1".into(), ..begun.clone() };
        world.by("manager", async |tx| tasks::save(tx, &theirs).await).await.expect("changed");
        let edit = format!("/tasks/{}/edit", begun.id);
        let mut fields = vec![
            ("version", "1"),
            ("over", ""),
            ("title", "Benim işim"),
            ("kind", "call"),
            ("due_on", &*begun.due_on),
        ];
        let refused = browser.submit(&edit, &fields).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.text.contains("Onların işi") && refused.text.contains("Benim işim"));
        // The button that keeps one's own values has the same name as a hidden field above it; of two, the later one
        // counts.
        let (field, button) =
            (refused.text.find("type=\"hidden\" name=\"over\""), refused.text.find("<button"));
        let keep = refused.text.find("name=\"over\" value=\"2\"").expect("the button names the version");
        assert!(field.is_some_and(|field| field < keep) && button.is_some());
        fields.push(("over", "2"));
        assert_eq!(browser.submit(&edit, &fields).await.status, StatusCode::SEE_OTHER);
        assert!(browser.get("/tasks").await.text.contains("Benim işim"));
    })
    .await;
}
