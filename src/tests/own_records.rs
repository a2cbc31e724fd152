//! A kind of record that the firm makes itself works at once like a built-in one: list, card, form, stages, the
//! customer's card, activities and tasks, search, history, trash, export, undo, handing over. Its records are seen only
//! by people who have their owner in reach.

mod board;
mod brought_in;
mod kind_access;
mod own_kinds;

use super::world::{Browser, World, is_not_found, on_both_engines};
use crate::error::Result;
use crate::fields::own::input::OwnFieldForm;
use crate::id::{CustomerId, EventId, KindNr, OwnKindId, OwnRecordId};
use crate::journal::commands::undo;
use crate::journal::model::{Card, What};
use crate::journal::store::{self, purge::purge};
use crate::own_kinds::input::OwnKindForm;
use crate::own_kinds::model::OwnKind;
use crate::own_kinds::{commands, store as kinds};
use crate::own_records::commands::create as create_record;
use crate::own_records::input::OwnRecordForm;
use crate::server::clock;
use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

pub(super) fn kind(one: &str, many: &str, stages: &[&str]) -> OwnKindForm {
    OwnKindForm {
        one_tr: one.into(),
        many_tr: many.into(),
        on_customer: "true".into(),
        stage_name: stages.iter().map(|name| (*name).to_owned()).collect(),
        ..OwnKindForm::default()
    }
}

impl World {
    pub(super) async fn add_kind(&self, form: &OwnKindForm) -> Result<OwnKindId> {
        self.by("owner", async |tx| commands::add(tx, form).await).await
    }

    /// A new kind, or the last one if the firm already has more than 20: the number of kinds is limited.
    pub(super) async fn some_kind(&self) -> Uuid {
        let name = || Uuid::now_v7().simple().to_string();
        let all = self.seen_by("owner", async |tx| kinds::all(tx).await).await.expect("kinds");
        match all.last().filter(|_| all.len() > 20) {
            Some(last) => last.id.0,
            None => self.add_kind(&kind(&name(), &name(), &[])).await.expect("a kind").0,
        }
    }

    /// A new record of kind number 1; the kind is created if the firm has none.
    pub(super) async fn own_record(&self, owner: &str, name: &str) -> OwnRecordId {
        let none = self.seen_by("owner", async |tx| kinds::all(tx).await).await.expect("kinds").is_empty();
        if none {
            self.add_kind(&kind("Montaj", "Montajlar", &["Keşif", "Kurulum"])).await.expect("a kind");
        }
        let form =
            OwnRecordForm { id: Uuid::now_v7().to_string(), name: name.into(), ..OwnRecordForm::default() };
        let created = self.by(owner, async |tx| create_record(tx, KindNr(1), &form).await).await;
        created.expect("a record")
    }

    async fn kind(&self, id: OwnKindId) -> OwnKind {
        self.seen_by("owner", async |tx| kinds::found(tx, id).await).await.expect("a kind")
    }

    async fn change_kind(
        &self,
        id: OwnKindId,
        change: impl FnOnce(&mut OwnKindForm),
    ) -> Result<Option<EventId>> {
        let mut form = OwnKindForm::of(&self.kind(id).await);
        change(&mut form);
        self.by("owner", async |tx| commands::change(tx, id, &form).await).await
    }

    async fn kinds_in_order(&self) -> Vec<String> {
        let all = self.seen_by("owner", async |tx| kinds::all(tx).await).await.expect("kinds");
        all.into_iter().map(|one| one.facts.one_tr).collect()
    }
}

/// Sends the form of a new record of kind 1, with these fields set.
async fn create(seller: &mut Browser, set: &[(&str, Value)]) -> (StatusCode, Value) {
    let (status, told) =
        seller.call("/api/records/draft", &json!({"kind": 1, "id": null, "customer": null})).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    let mut form = told["form"].clone();
    for (name, value) in set {
        form[*name] = value.clone();
    }
    seller.call("/api/records/create", &json!({"kind": 1, "form": form})).await
}

async fn made(seller: &mut Browser, set: &[(&str, Value)]) -> OwnRecordId {
    let (status, told) = create(seller, set).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    OwnRecordId(told.as_str().and_then(|id| Uuid::parse_str(id).ok()).expect("an id"))
}

async fn change(seller: &mut Browser, id: OwnRecordId, set: &[(&str, Value)]) -> (StatusCode, Value) {
    let (_, told) =
        seller.call("/api/records/draft", &json!({"kind": null, "id": id, "customer": null})).await;
    let mut form = told["form"].clone();
    for (name, value) in set {
        form[*name] = value.clone();
    }
    seller.call("/api/records/change", &json!({"id": id, "form": form})).await
}

async fn names(seller: &mut Browser, query: Value) -> Vec<String> {
    let (status, told) = seller.call("/api/records/list", &json!({"query": query})).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    let rows = told["rows"].as_array().expect("rows").iter();
    rows.map(|row| row["name"].as_str().unwrap_or_default().to_owned()).collect()
}

async fn tasks_on(seller: &mut Browser, customer: CustomerId) -> usize {
    let query = json!({"query": {"whose": "all", "about": {"customer": customer}}});
    let (_, told) = seller.call("/api/tasks/list", &query).await;
    told["rows"].as_array().map_or(0, Vec::len)
}

async fn firm_with_installations(world: &World) -> (OwnKindId, CustomerId) {
    let id =
        world.add_kind(&kind("Montaj", "Montajlar", &["Keşif", "Kurulum", "Teslim"])).await.expect("a kind");
    let field = |name: &str, shape: &str, searched: &str| OwnFieldForm {
        of: "kind_1".into(),
        name: name.into(),
        shape: shape.into(),
        searched: searched.into(),
        listed: "true".into(),
        ..OwnFieldForm::default()
    };
    world.add_field(&field("Adres", "line", "true")).await.expect("added");
    world.add_field(&field("Panel sayısı", "number", "")).await.expect("added");
    (id, world.customer("seller", "Güneş Enerji").await)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_is_at_once_one_like_any_other() {
    on_both_engines(async |world| {
        let (_, customer) = firm_with_installations(world).await;
        let mut seller = world.browser_of("seller").await;
        let page = seller.get("/").await.text;
        assert!(page.contains("/kinds/1") && page.contains("Montajlar"), "the kind is in the menu");
        assert!(seller.get("/kinds/1").await.text.contains("henüz kayıt yok"));
        let page = seller.get(&format!("/kinds/1/new?customer={customer}")).await.text;
        for there in ["Yeni: Montaj", "Adres", "Panel sayısı", "Keşif", "Güneş Enerji"] {
            assert!(page.contains(there), "{}: {there}", world.engine);
        }
        let (status, told) = create(&mut seller, &[("own_2", "çok".into())]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
        let wrong: Vec<_> =
            told["Invalid"].as_array().expect("problems").iter().map(|one| &one["field"]).collect();
        assert_eq!(wrong, ["name", "own_2"]);
        let set = [
            ("name", "Çatı 1".into()),
            ("customer", customer.to_string().into()),
            ("own_1", "Bornova Caddesi 5".into()),
            ("own_2", "24".into()),
        ];
        let roof = made(&mut seller, &set).await;
        for name in ["Şantiye", "İskele", "Zemin"] {
            made(&mut seller, &[("name", name.into())]).await;
        }

        // The list is in Turkish order; records are found by their name and by the searched field; the kind's fields
        // are columns.
        let all = json!({"kind": 1, "limit": 50});
        assert_eq!(names(&mut seller, all.clone()).await, ["Çatı 1", "İskele", "Şantiye", "Zemin"]);
        for typed in ["çatı", "cati bornova", "ÇA", "bornova caddesi"] {
            let query = json!({"kind": 1, "limit": 50, "search": typed});
            assert_eq!(names(&mut seller, query).await, ["Çatı 1"], "{}: {typed}", world.engine);
        }
        let page = seller.get("/kinds/1").await.text;
        for there in ["Bornova Caddesi 5", "Panel sayısı", "24", "Güneş Enerji", "Keşif"] {
            assert!(page.contains(there), "{}: {there}", world.engine);
        }
        let (_, found) = seller.call("/api/search/all", &json!({"search": "çatı"})).await;
        assert!(found.to_string().contains("Çatı 1"), "{found}");
        let (_, found) = seller.call("/api/search/all", &json!({"search": "mont"})).await;
        assert!(found.to_string().contains("Montajlar"), "{found}");
        let second = json!({"kind": 1, "limit": 2});
        let (_, first) = seller.call("/api/records/list", &json!({"query": second})).await;
        let query = json!({"kind": 1, "limit": 2, "after": first["next"]});
        assert_eq!(names(&mut seller, query).await, ["Şantiye", "Zemin"]);

        // The record's card, the customer's card, the history; the record is moved to another stage, and that is
        // undone.
        let page = seller.get(&format!("/records/{roof}")).await.text;
        for there in ["Çatı 1", "Bornova Caddesi 5", "Güneş Enerji", "Keşif", "Kurulum"] {
            assert!(page.contains(there), "{}: {there}", world.engine);
        }
        assert!(seller.get(&format!("/customers/{customer}")).await.text.contains("Çatı 1"));
        let (status, event) = seller.call("/api/records/stage", &json!({"id": roof, "stage": 2})).await;
        assert_eq!(status, StatusCode::OK, "{event}");
        assert_eq!(names(&mut seller, json!({"kind": 1, "limit": 50, "stage": 2})).await, ["Çatı 1"]);
        let told =
            world.seen_by("seller", async |tx| store::lines_of(tx, Card::Record(roof), None, 50).await).await;
        let (_, line) = told.expect("lines").swap_remove(0);
        assert_eq!(line.what, What::Moved);
        let change = line.changes.first().expect("its stage");
        assert_eq!((&change.before, &change.after), (&json!("Keşif"), &json!("Kurulum")));
        assert_eq!(line.kind_name.as_deref(), Some("Montaj"));
        world.by("seller", async |tx| undo(tx, line.id).await).await.expect("taken back");
        assert_eq!(names(&mut seller, json!({"kind": 1, "limit": 50, "stage": 2})).await, [""; 0]);
        // The events of the record are shown on the customer's card.
        let told = world
            .seen_by("seller", async |tx| store::lines_of(tx, Card::Customer(customer), None, 50).await)
            .await;
        assert!(told.expect("lines").iter().any(|(_, line)| line.subject.as_deref() == Some("Çatı 1")));

        // The file has a column for each field.
        let file = world.browser_of("owner").await.get("/kinds/1/export.csv").await.text;
        let head = file.lines().next().unwrap_or_default();
        assert!(head.contains("Montaj;Müşteri;Aşama;Adres;Panel sayısı;Sorumlu"), "{head}");
        assert!(file.contains("Çatı 1;Güneş Enerji;Keşif;Bornova Caddesi 5;24;"), "{file}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn activities_and_tasks_hang_on_a_record() {
    on_both_engines(async |world| {
        let (_, customer) = firm_with_installations(world).await;
        let other = world.customer("seller", "Rüzgâr Enerji").await;
        let mut seller = world.browser_of("seller").await;
        let on = ("customer", Value::from(customer.to_string()));
        let roof = made(&mut seller, &[("name", "Çatı 1".into()), on]).await;
        let form = json!({"id": Uuid::now_v7(), "kind": "call", "content": "Keşif konuşuldu"});
        let call = json!({"card": {"record": roof}, "form": form});
        let (status, told) = seller.call("/api/activities/log", &call).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        let line = json!({"form": {"id": Uuid::now_v7(), "line": "yarın 10:00 ölçü al", "record": roof}});
        let (status, told) = seller.call("/api/tasks/add", &line).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        for place in [format!("/records/{roof}"), format!("/customers/{customer}")] {
            let page = seller.get(&place).await.text;
            assert!(
                page.contains("Keşif konuşuldu") && page.contains("Ölçü al"),
                "{}: {place}",
                world.engine
            );
        }
        assert!(seller.get("/tasks").await.text.contains("Çatı 1"));
        // The activity and the task follow the record to another customer.
        let (status, told) = change(&mut seller, roof, &[("customer", other.to_string().into())]).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        assert_eq!(tasks_on(&mut seller, customer).await, 0);
        assert_eq!(tasks_on(&mut seller, other).await, 1);
        let page = seller.get(&format!("/customers/{other}")).await.text;
        assert!(page.contains("Keşif konuşuldu") && page.contains("Ölçü al"), "{}", world.engine);
        // They disappear when the record is deleted, and return when it is restored.
        let (status, event) = seller.call("/api/records/delete", &json!({"id": roof})).await;
        assert_eq!(status, StatusCode::OK, "{event}");
        let page = seller.get(&format!("/customers/{other}")).await.text;
        assert!(!page.contains("Keşif konuşuldu") && !page.contains("Ölçü al"), "{}", world.engine);
        assert!(!seller.get("/tasks").await.text.contains("Ölçü al"));
        let trash = seller.get("/trash").await.text;
        assert!(trash.contains("Çatı 1") && trash.contains("Montaj"), "{}", world.engine);
        let event: EventId = serde_json::from_value(event).expect("an event");
        world.by("seller", async |tx| undo(tx, event).await).await.expect("brought back");
        assert!(seller.get(&format!("/records/{roof}")).await.text.contains("Keşif konuşuldu"));
        // They are deleted for good with the record.
        let (_, event) = seller.call("/api/records/delete", &json!({"id": roof})).await;
        let _: EventId = serde_json::from_value(event).expect("an event");
        purge(&world.db, clock::now() + TimeDelta::days(31)).await.expect("purged");
        assert_eq!(seller.get(&format!("/records/{roof}")).await.status, StatusCode::NOT_FOUND);
        assert!(!seller.get("/tasks").await.text.contains("Ölçü al"));
        // When a customer is deleted for good, its records stay.
        let on = ("customer", Value::from(other.to_string()));
        let left = made(&mut seller, &[("name", "Çatı 2".into()), on]).await;
        world.by("seller", async |tx| crate::records::delete(tx, other).await).await.expect("deleted");
        purge(&world.db, clock::now() + TimeDelta::days(31)).await.expect("purged");
        assert!(seller.get(&format!("/records/{left}")).await.text.contains("Çatı 2"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_seen_by_whom_it_hangs_on_and_given_on() {
    on_both_engines(async |world| {
        firm_with_installations(world).await;
        let mut seller = world.browser_of("seller").await;
        let roof = made(&mut seller, &[("name", "Çatı 1".into())]).await;
        let mut other = world.browser_of("other").await;
        assert_eq!(names(&mut other, json!({"kind": 1, "limit": 50})).await, [""; 0]);
        assert_eq!(other.get(&format!("/records/{roof}")).await.status, StatusCode::NOT_FOUND);
        let read = async |who: &'static str| {
            world.seen_by(who, async |tx| crate::records::read(tx, roof).await).await
        };
        assert!(is_not_found(read("other").await) && is_not_found(read("mate").await));
        assert!(read("manager").await.is_ok() && read("viewer").await.is_ok());
        let mut viewer = world.browser_of("viewer").await;
        let (status, _) = viewer.call("/api/records/stage", &json!({"id": roof, "stage": 2})).await;
        assert_eq!(status, StatusCode::FORBIDDEN);

        // Two people change the record at once: changes of different fields are both kept, for the same field the
        // second person gets a conflict.
        let mut manager = world.browser_of("manager").await;
        let (_, told) =
            manager.call("/api/records/draft", &json!({"kind": null, "id": roof, "customer": null})).await;
        let begun = told["form"].clone();
        change(&mut seller, roof, &[("own_1", "Bornova".into())]).await;
        let mut form = begun.clone();
        form["own_2"] = "12".into();
        let (status, told) = manager.call("/api/records/change", &json!({"id": roof, "form": form})).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        form["own_1"] = "Karşıyaka".into();
        let (status, told) = manager.call("/api/records/change", &json!({"id": roof, "form": form})).await;
        assert_eq!(status, StatusCode::CONFLICT, "{told}");
        assert_eq!(told["Conflict"]["theirs"]["own_1"], "Bornova");
        let facts = read("seller").await.expect("there").0;
        assert_eq!(facts.own.get("own_2"), Some(&json!(120_000)));

        // The seller hands the record over to the mate, and the manager undoes that.
        let mate = world.actor("mate").await.unit();
        let form = json!({"to": mate, "along": "on"});
        let (status, told) =
            seller.call("/api/handover/give", &json!({"card": {"record": roof}, "form": form})).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        assert!(read("mate").await.is_ok() && is_not_found(read("seller").await));
        let event: EventId = serde_json::from_value(told["event"].clone()).expect("an event");
        world.by("manager", async |tx| undo(tx, event).await).await.expect("taken back");
        assert!(read("seller").await.is_ok());
    })
    .await;
}
