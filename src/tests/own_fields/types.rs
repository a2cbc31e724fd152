//! A field gets another type, which is possible only if every value can be converted; a preview shows those that can't.
//! Values are shown in the new type at once and converted in the background later. After an undo they are shown in the
//! old type again.

use super::{answers, card, change, draft, form};
use crate::error::Problem;
use crate::fields::own::commands;
use crate::fields::own::input::OwnFieldForm;
use crate::fields::own::model::{FieldsOf, OwnShape};
use crate::fields::own::store::convert::fill;
use crate::fields::own::view::Follows;
use crate::filters::address::filter_of;
use crate::id::OwnFieldId;
use crate::journal::commands::undo;
use crate::tests::deals::problem;
use crate::tests::world::{World, on_both_engines};
use axum::http::StatusCode;
use serde_json::{Value, json};

impl World {
    async fn preview(&self, id: OwnFieldId, change: impl FnOnce(&mut OwnFieldForm)) -> Follows {
        let mut form = OwnFieldForm::of(&self.field(id).await);
        change(&mut form);
        self.by("owner", async |tx| commands::preview(tx, id, &form).await).await.expect("a preview")
    }

    async fn fit(&self, condition: &str) -> usize {
        let query = crate::customers::model::CustomerQuery {
            filter: filter_of(&format!("where={condition}")),
            limit: 50,
            ..Default::default()
        };
        let page = self.seen_by("seller", async |tx| crate::customers::store::list(tx, &query).await).await;
        page.expect("a list").rows.len()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_type_changes_where_every_value_can_follow() {
    on_both_engines(async |world| {
        let note = form("customer", "Makine sayısı", "line");
        let note = OwnFieldForm { listed: "true".into(), searched: "true".into(), ..note };
        let field = world.add_field(&note).await.expect("added");
        let mut seller = world.browser_of("seller").await;
        let mut made = Vec::new();
        for (name, typed) in [("Bir", "12,5"), ("İki", "1.250"), ("Üç", "çok"), ("Dört", "")] {
            let id = world.customer("seller", name).await;
            let (status, told) = change(&mut seller, "customers", id.0, &[("own_1", typed.into())]).await;
            assert_eq!(status, StatusCode::OK, "{told}");
            made.push(id);
        }
        let as_number = |form: &mut OwnFieldForm| form.shape = "number".into();
        let follows = world.preview(field, as_number).await;
        assert_eq!((follows.values, follows.wrong), (3, 1));
        assert_eq!((&*follows.examples[0].name, &*follows.examples[0].said), ("Üç", "çok"));
        assert_eq!(follows.examples[0].path, format!("/customers/{}", made[2]));
        let refused = world.change_field(field, as_number).await;
        assert_eq!(problem(refused), ("shape".into(), Problem::HasValues));
        assert_eq!(world.field(field).await.facts.shape, OwnShape::Line);
        change(&mut seller, "customers", made[2].0, &[("own_1", "7".into())]).await;
        assert_eq!(world.preview(field, as_number).await.wrong, 0);
        let event = {
            let mut form = OwnFieldForm::of(&world.field(field).await);
            as_number(&mut form);
            world.by("owner", async |tx| commands::change(tx, field, &form).await).await.expect("all follow")
        };
        world.by("owner", async |tx| undo(tx, event.expect("an event")).await).await.expect("taken back");
        assert!(world.field(field).await.facts.searched);
        world.change_field(field, as_number).await.expect("all follow");

        // Card, list, form and file show the values in the new type at once, although none is converted yet.
        let rightly = async |seller: &mut crate::tests::world::Browser| {
            let page = seller.get(&format!("/customers/{}", made[0])).await.text;
            assert!(page.contains("12,5"), "{}", world.engine);
            assert!(seller.get("/customers").await.text.contains("1.250"), "{}", world.engine);
            let form = draft(seller, "customers", Some(made[1].0)).await;
            assert_eq!(form["own_1"], "1.250", "{}", world.engine);
            let file = world.browser_of("owner").await.get("/customers/export.csv").await.text;
            assert!(file.contains("12,5") && file.contains("1.250"), "{file}");
        };
        rightly(&mut seller).await;
        fill(&world.db).await.expect("written anew");
        assert_eq!(card(&mut seller, made[0]).await["own_1"], json!(125_000));
        assert_eq!(card(&mut seller, made[1]).await["own_1"], json!(12_500_000));
        assert_eq!(card(&mut seller, made[3]).await.get("own_1"), None);
        rightly(&mut seller).await;
        assert_eq!(world.fit("own_1.from.80000").await, 2);
        let (status, told) = change(&mut seller, "customers", made[2].0, &[("own_1", "8,25".into())]).await;
        assert_eq!(status, StatusCode::OK, "{told}");

        // Changed back to a text, the field shows the same values.
        let back = |form: &mut OwnFieldForm| form.shape = "line".into();
        let event = {
            let mut form = OwnFieldForm::of(&world.field(field).await);
            back(&mut form);
            world.by("owner", async |tx| commands::change(tx, field, &form).await).await.expect("a text")
        };
        fill(&world.db).await.expect("written anew");
        assert_eq!(card(&mut seller, made[2]).await["own_1"], json!("8,25"));
        assert_eq!(world.fit("own_1.has.8").await, 1);
        world.by("owner", async |tx| undo(tx, event.expect("an event")).await).await.expect("taken back");
        assert_eq!(world.field(field).await.facts.shape, OwnShape::Number);
        assert!(seller.get(&format!("/customers/{}", made[2])).await.text.contains("8,25"));
        fill(&world.db).await.expect("written anew");
        assert_eq!(card(&mut seller, made[2]).await["own_1"], json!(82_500));
        // The history still shows values from before the first change.
        let history = json!({"card": {"customer": made[0]}, "query": {"limit": 50}});
        let (_, told) = seller.call("/api/activities/stream", &history).await;
        assert!(told.to_string().contains("12,5"), "{told}");
    })
    .await;
}

/// The old type, the new type, a value, and how it is shown afterwards; `None` if it can't be converted.
const CHANGES: [(&str, &str, &str, Option<&str>); 26] = [
    ("line", "text", "Işık", Some("Işık")),
    ("text", "line", "Işık", Some("Işık")),
    ("text", "line", "iki\nsatır", None),
    ("line", "number", "1.250,5", Some("1.250,5")),
    ("line", "money", "1.250,50", Some("1.250,50")),
    ("line", "money", "üç", None),
    ("line", "day", "31.12.2026", Some("31.12.2026")),
    ("line", "day", "bir gün", None),
    ("line", "moment", "31.12.2026 14:05", Some("31.12.2026 14:05")),
    ("line", "choice", "ege", Some("Ege")),
    ("line", "choice", "Trakya", None),
    ("line", "choices", "Ege, Akdeniz", Some("Ege, Akdeniz")),
    ("line", "choice", "Ege, Akdeniz", None),
    ("line", "link", "firma.example", Some("https://firma.example")),
    ("line", "link", "firma", None),
    ("line", "email", "Ali@Firma.Example", Some("Ali@Firma.Example")),
    ("line", "phone", "0532 118 42 07", Some("0532 118 42 07")),
    ("line", "phone", "yok", None),
    ("number", "line", "1250,5", Some("1.250,5")),
    ("number", "money", "12,5", Some("12,50")),
    ("money", "line", "12,50", Some("12,50")),
    ("day", "text", "31.12.2026", Some("31.12.2026")),
    ("choice", "line", "1", Some("Ege")),
    ("choice", "choices", "1", Some("Ege")),
    ("link", "line", "https://firma.example", Some("https://firma.example")),
    ("yes_no", "number", "true", None),
];

#[tokio::test(flavor = "multi_thread")]
async fn each_type_follows_as_far_as_it_can() {
    on_both_engines(async |world| {
        let mut seller = world.browser_of("seller").await;
        for (nr, (from, to, typed, said)) in CHANGES.into_iter().enumerate() {
            let told = format!("{}: {from} to {to} of {typed:?}", world.engine);
            let new = answers("customer", &format!("Alan {nr}"), from, &["Ege", "Akdeniz"]);
            let new = if from.starts_with("choice") { new } else { form("customer", &new.name, from) };
            let field = world.add_field(&new).await.expect("added");
            let key = world.field(field).await.key();
            let id = world.customer("seller", &format!("No {nr}")).await;
            let typed: Value = if from == "choices" { json!([typed]) } else { typed.into() };
            let (status, answer) = change(&mut seller, "customers", id.0, &[(&key, typed)]).await;
            assert_eq!(status, StatusCode::OK, "{told}: {answer}");
            let other = |form: &mut OwnFieldForm| {
                form.shape = to.into();
                if to.starts_with("choice") && form.choice_name.is_empty() {
                    form.choice_name = vec!["Ege".into(), "Akdeniz".into()];
                    form.choice_nr = vec![String::new(), String::new()];
                }
            };
            let changed = world.change_field(field, other).await;
            let page = async |seller: &mut crate::tests::world::Browser| {
                seller.get(&format!("/customers/{id}")).await.text
            };
            let Some(said) = said else {
                assert_eq!(problem(changed), ("shape".into(), Problem::HasValues), "{told}");
                continue;
            };
            changed.expect(&told);
            fill(&world.db).await.expect("written anew");
            assert!(page(&mut seller).await.contains(said), "{told}: {}", card(&mut seller, id).await);
            // The form accepts the converted value as it is.
            let (status, answer) = change(&mut seller, "customers", id.0, &[("city", "İzmir".into())]).await;
            assert_eq!(status, StatusCode::OK, "{told}: {answer}");
            let own = world.own_field(FieldsOf::Customer, nr).await;
            let facts = card(&mut seller, id).await;
            assert!(crate::fields::value::is_of(&own.shape, &facts[&key]), "{told}: {facts}");
        }
    })
    .await;
}
