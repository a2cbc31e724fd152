//! The firm's own kinds themselves: they are created, also from a template, put in order, changed without losing a
//! record and archived, and this is undone. Also fields that link a record to another one.

use super::{change, create, firm_with_installations, kind, made, names};
use crate::error::{Error, Problem};
use crate::fields::FieldsOf;
use crate::fields::own::input::OwnFieldForm;
use crate::fields::own::store::of_kind;
use crate::fields::own::templates;
use crate::id::OwnKindId;
use crate::journal::commands::{undo, undo_made};
use crate::journal::model::Card;
use crate::journal::store::{self, purge::purge};
use crate::live::Kind;
use crate::own_kinds::model::KindTemplate;
use crate::own_kinds::{commands, store as kinds};
use crate::server::clock;
use crate::tests::deals::problem;
use crate::tests::world::{Browser, on_both_engines};
use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_is_changed_without_losing_a_record() {
    on_both_engines(async |world| {
        let (id, _) = firm_with_installations(world).await;
        for (one, many, field) in [
            ("Müşteri", "Kartlar", "one_tr"),
            ("Satış", "İşler", "one_tr"),
            ("MONTAJ", "Montaj işleri", "one_tr"),
            ("Kurma", "montajlar", "many_tr"),
        ] {
            let refused = problem(world.add_kind(&kind(one, many, &[])).await);
            assert_eq!(refused, (field.into(), Problem::Taken), "{one}");
        }
        world.add_kind(&kind("Araç", "Araçlar", &[])).await.expect("another");
        let ids: Vec<OwnKindId> = world
            .seen_by("owner", async |tx| kinds::all(tx).await)
            .await
            .expect("kinds")
            .iter()
            .map(|one| one.id)
            .collect();
        let last = *ids.last().expect("some");
        let event =
            world.by("owner", async |tx| commands::put_after(tx, last, None).await).await.expect("first");
        assert_eq!(world.kinds_in_order().await.first().map(String::as_str), Some("Araç"));
        world.by("owner", async |tx| undo(tx, event.expect("an event")).await).await.expect("taken back");
        assert_eq!(world.kinds_in_order().await.last().map(String::as_str), Some("Araç"));

        // Records stay in a stage that is removed. When adding a stage is undone, the records that were put into it
        // since stay in it, too.
        let mut seller = world.browser_of("seller").await;
        let roof = made(&mut seller, &[("name", "Çatı 1".into()), ("stage", "2".into())]).await;
        let event = world
            .change_kind(id, |form| {
                form.stage_nr.remove(1);
                form.stage_name.remove(1);
                form.stage_nr.push(String::new());
                form.stage_name.push("Bakım".into());
            })
            .await
            .expect("changed");
        assert!(seller.get(&format!("/records/{roof}")).await.text.contains("Kurulum"));
        let (status, _) = seller.call("/api/records/stage", &json!({"id": roof, "stage": 4})).await;
        assert_eq!(status, StatusCode::OK);
        let (status, _) = seller.call("/api/records/stage", &json!({"id": roof, "stage": 2})).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "no record can be moved into a removed stage");
        world.by("owner", async |tx| undo(tx, event.expect("an event")).await).await.expect("taken back");
        assert!(seller.get(&format!("/records/{roof}")).await.text.contains("Bakım"));
        let stages = world.kind(id).await.facts.stages;
        assert_eq!(
            stages.iter().filter(|stage| stage.archived).map(|stage| stage.nr).collect::<Vec<_>>(),
            [4]
        );

        // An archived kind gets no new records and is in no menu; its records stay, and the kind can be restored.
        world.by("owner", async |tx| commands::archive(tx, id, true).await).await.expect("archived");
        let (status, _) =
            seller.call("/api/records/draft", &json!({"kind": 1, "id": null, "customer": null})).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(!seller.get("/").await.text.contains("Montajlar"));
        assert!(seller.get("/kinds/1").await.text.contains("artık kullanılmıyor"));
        assert_eq!(names(&mut seller, json!({"kind": 1, "limit": 50})).await, ["Çatı 1"]);
        world.by("owner", async |tx| commands::archive(tx, id, false).await).await.expect("brought back");
        world.by("owner", async |tx| undo_made(tx, Kind::OwnKind, last.0).await).await.expect("taken back");
        assert!(!world.kind(last).await.facts.active);
        let refused = world.by("seller", async |tx| commands::add(tx, &kind("X", "Y", &[])).await).await;
        assert_eq!(refused.map(drop), Err(Error::Forbidden));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_leads_to_another_record_and_back() {
    on_both_engines(async |world| {
        firm_with_installations(world).await;
        let field = |name: &str, shape: &str| OwnFieldForm {
            of: "kind_1".into(),
            name: name.into(),
            shape: shape.into(),
            target: "deal".into(),
            listed: "true".into(),
            ..OwnFieldForm::default()
        };
        world.add_field(&field("İlgili satış", "record")).await.expect("added");
        world.add_field(&field("Ekip başı", "person")).await.expect("added");
        let deal = world.deal("seller", "Güneş santrali", 0, Some(100)).await;
        let hidden = world.deal("other", "Gizli satış", 0, Some(100)).await;
        let mate = world.actor("mate").await.unit();
        let mut seller = world.browser_of("seller").await;

        // Only records in reach can be chosen, and in a field for deals only deals.
        let offered = async |seller: &mut Browser, of: Value, search: &str| {
            seller.call("/api/fields/choices", &json!({"of": of, "search": search})).await.1.to_string()
        };
        let deals = offered(&mut seller, json!("deal"), "").await;
        assert!(deals.contains("Güneş santrali") && !deals.contains("Gizli"), "{deals}");
        assert!(offered(&mut seller, Value::Null, "mate").await.contains(&mate.to_string()));
        let customer = world.customer("seller", "Ege Ltd").await;
        for wrong in [hidden.to_string(), customer.to_string(), Uuid::now_v7().to_string(), "x".into()] {
            let (status, told) = create(&mut seller, &[("name", "X".into()), ("own_3", wrong.into())]).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
            assert_eq!(told["Invalid"][0]["field"], "own_3");
        }
        let set = [
            ("name", "Çatı 1".into()),
            ("own_3", deal.to_string().into()),
            ("own_4", mate.to_string().into()),
        ];
        let roof = made(&mut seller, &set).await;
        let page = seller.get(&format!("/records/{roof}")).await.text;
        assert!(page.contains("Güneş santrali") && page.contains("Ekip başı"), "{}", world.engine);
        assert!(page.contains(&format!("href=\"/deals/{deal}\"")), "{}", world.engine);
        assert!(seller.get("/kinds/1").await.text.contains("Güneş santrali"));
        let page = seller.get(&format!("/deals/{deal}")).await.text;
        assert!(page.contains("Montajlar · İlgili satış") && page.contains("Çatı 1"), "{}", world.engine);

        // The owner links the record to a deal that the seller may not see: nothing shows that deal to the seller, and
        // a form that the seller saves keeps the link.
        let mut owner = world.browser_of("owner").await;
        let (status, told) = change(&mut owner, roof, &[("own_3", hidden.to_string().into())]).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        assert!(!seller.get(&format!("/deals/{deal}")).await.text.contains("Çatı 1"));
        for (path, input) in [
            ("/api/records/get", json!({"id": roof})),
            ("/api/records/draft", json!({"kind": null, "id": roof, "customer": null})),
            ("/api/records/list", json!({"query": {"kind": 1, "limit": 50}})),
            ("/api/activities/stream", json!({"card": {"record": roof}, "query": {"limit": 50}})),
        ] {
            let told = seller.call(path, &input).await.1.to_string();
            assert!(!told.contains("Gizli") && !told.contains(&hidden.to_string()), "{path}: {told}");
        }
        let (status, told) = change(&mut seller, roof, &[("name", "Çatı 2".into())]).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        let facts =
            world.seen_by("owner", async |tx| crate::records::read(tx, roof).await).await.expect("there").0;
        assert_eq!(facts.own.get("own_3"), Some(&json!({"record": hidden})));
        // The history names the deal that was linked before, and the change is undone.
        let told =
            world.seen_by("owner", async |tx| store::lines_of(tx, Card::Record(roof), None, 50).await).await;
        let line = told.expect("lines").into_iter().map(|(_, line)| line);
        let line = line.into_iter().find(|line| line.changes.iter().any(|one| one.field == "own_3"));
        let line = line.expect("it is told");
        assert_eq!(line.changes[0].before, json!("Güneş santrali"));
        world.by("owner", async |tx| undo(tx, line.id).await).await.expect("taken back");
        assert!(seller.get(&format!("/deals/{deal}")).await.text.contains("Çatı 2"));
        // A deleted deal is not named any more, and the card still opens when it is deleted for good.
        world.by("seller", async |tx| crate::records::delete(tx, deal).await).await.expect("deleted");
        assert!(!seller.get(&format!("/records/{roof}")).await.text.contains("Güneş santrali</"));
        purge(&world.db, clock::now() + TimeDelta::days(31)).await.expect("purged");
        assert_eq!(seller.get(&format!("/records/{roof}")).await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_makes_a_kind_with_its_fields() {
    on_both_engines(async |world| {
        let make = async |which| {
            let made = world.by("owner", async |tx| templates::make(tx, which).await).await.expect("made");
            world.kind(made).await
        };
        for which in KindTemplate::ALL {
            let kind = make(which).await;
            let fields = world.seen_by("owner", async |tx| of_kind(tx, FieldsOf::Own(kind.nr)).await).await;
            assert_eq!(fields.expect("fields").fields.len(), 6, "{which:?}");
        }
        let again = make(KindTemplate::Vehicle).await.facts;
        assert_eq!((&*again.one_tr, &*again.many_en), ("Araç 2", "Vehicles 2"));
    })
    .await;
}
