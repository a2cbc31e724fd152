//! The firm's own fields: the owner adds one, and it is at once in the form, on the card, in the history, in search and
//! in the exported file. Fields are changed, put in order, archived and restored without losing a value, and changes
//! are undone.

mod searched;
mod types;

use super::deals::problem;
use super::world::{Browser, World, on_both_engines};
use crate::error::{Error, Problem, Result};
use crate::fields::Field;
use crate::fields::model::Names;
use crate::fields::own::commands;
use crate::fields::own::input::OwnFieldForm;
use crate::fields::own::model::{FieldsOf, OwnField};
use crate::i18n::Currency;
use crate::id::{CustomerId, OwnFieldId};
use crate::journal::commands::{undo, undo_made};
use crate::live::Kind;
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

pub(super) fn form(of: &str, name: &str, shape: &str) -> OwnFieldForm {
    OwnFieldForm { of: of.into(), name: name.into(), shape: shape.into(), ..OwnFieldForm::default() }
}

pub(super) fn answers(of: &str, name: &str, shape: &str, all: &[&str]) -> OwnFieldForm {
    OwnFieldForm { choice_name: all.iter().map(|one| (*one).to_owned()).collect(), ..form(of, name, shape) }
}

impl World {
    pub(super) async fn add_field(&self, form: &OwnFieldForm) -> Result<OwnFieldId> {
        self.by("owner", async |tx| commands::add(tx, form).await).await
    }

    async fn fields(&self, of: FieldsOf) -> Vec<OwnField> {
        self.seen_by("owner", async |tx| commands::list(tx, of).await).await.expect("fields").fields
    }

    /// The nth field of that kind of record, as it is described to forms and lists.
    pub(super) async fn own_field(&self, of: FieldsOf, at: usize) -> Field {
        self.fields(of).await[at].field(Currency::Try, &Names::new())
    }

    async fn field(&self, id: OwnFieldId) -> OwnField {
        let mut all = self.fields(FieldsOf::Customer).await;
        all.extend(self.fields(FieldsOf::Deal).await);
        all.into_iter().find(|one| one.id == id).expect("it is there")
    }

    async fn change_field(&self, id: OwnFieldId, change: impl FnOnce(&mut OwnFieldForm)) -> Result<()> {
        let mut form = OwnFieldForm::of(&self.field(id).await);
        change(&mut form);
        self.by("owner", async |tx| commands::change(tx, id, &form).await).await.map(drop)
    }
}

async fn draft(seller: &mut Browser, kind: &str, id: Option<Uuid>) -> Value {
    let (status, told) = seller.call(&format!("/api/{kind}/draft"), &json!({"id": id})).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    told["form"].clone()
}

async fn change(seller: &mut Browser, kind: &str, id: Uuid, set: &[(&str, Value)]) -> (StatusCode, Value) {
    let mut form = draft(seller, kind, Some(id)).await;
    for (name, value) in set {
        form[*name] = value.clone();
    }
    seller.call(&format!("/api/{kind}/change"), &json!({"id": id, "form": form})).await
}

async fn card(seller: &mut Browser, id: CustomerId) -> Value {
    let (status, card) = seller.call("/api/customers/get", &json!({"id": id})).await;
    assert_eq!(status, StatusCode::OK, "{card}");
    card["customer"]["facts"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_is_at_once_everywhere() {
    on_both_engines(async |world| {
        let machines = world.add_field(&form("customer", "Makine sayısı", "number")).await.expect("added");
        let region = answers("customer", "Bölge", "choice", &["Ege", "Akdeniz"]);
        world.add_field(&region).await.expect("added");
        let note = OwnFieldForm { searched: "true".into(), ..form("customer", "Servis notu", "line") };
        world.add_field(&note).await.expect("added");
        let end = form("customer", "Kira bitişi", "day");
        world.add_field(&OwnFieldForm { part: "Kiralama".into(), ..end }).await.expect("added");
        let id = world.customer("seller", "Güneş Enerji").await;
        let mut seller = world.browser_of("seller").await;

        // The form has the fields, also without scripts, and a wrong value is reported at its field.
        let page = seller.get(&format!("/customers/{id}/edit")).await.text;
        for there in ["Makine sayısı", "Bölge", "Akdeniz", "Servis notu", "Kiralama", "Kira bitişi", "own_1"]
        {
            assert!(page.contains(there), "{}: {there}", world.engine);
        }
        let (status, told) = change(&mut seller, "customers", id.0, &[("own_1", "çok".into())]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
        assert_eq!(told["Invalid"][0]["field"], "own_1");
        let set = [
            ("own_1", "1.250,5".into()),
            ("own_2", "2".into()),
            ("own_3", "Kompresör 77-B".into()),
            ("own_4", "31.12.2026".into()),
        ];
        let (status, told) = change(&mut seller, "customers", id.0, &set).await;
        assert_eq!(status, StatusCode::OK, "{told}");

        // The values are on the card as people write them, in the history with the field's name, in search and in the
        // file.
        let facts = card(&mut seller, id).await;
        assert_eq!((&facts["own_1"], &facts["own_2"]), (&json!(12_505_000), &json!(2)));
        let page = seller.get(&format!("/customers/{id}")).await.text;
        for there in ["Makine sayısı", "1.250,5", "Akdeniz", "Kompresör 77-B", "31.12.2026"] {
            assert!(page.contains(there), "{}: {there}", world.engine);
        }
        let told = world.told("seller", id.0).await;
        let line = told.iter().find(|line| line.changes.len() == 4).expect("the change is told");
        let said: Vec<_> = line.changes.iter().map(|one| (one.label.as_deref(), &one.after)).collect();
        assert!(said.contains(&(Some("Bölge"), &json!("Akdeniz"))), "{said:?}");
        assert!(said.contains(&(Some("Makine sayısı"), &json!("1.250,5"))), "{said:?}");
        let (_, found) =
            seller.call("/api/customers/list", &json!({"query": {"search": "kompresor 77"}})).await;
        assert_eq!(found["rows"].as_array().map(Vec::len), Some(1), "{}: {found}", world.engine);
        let file = world.browser_of("owner").await.get("/customers/export.csv").await.text;
        let head = file.lines().next().unwrap_or_default();
        assert!(head.contains("Makine sayısı;Bölge;Servis notu;Kira bitişi"), "{head}");
        assert!(file.contains("1.250,5") || file.contains("1250,5"), "{file}");

        // The change is undone like any other.
        let event = line.id;
        world.by("seller", async |tx| undo(tx, event).await).await.expect("taken back");
        let facts = card(&mut seller, id).await;
        assert!(facts.get("own_1").is_none() && facts.get("own_3").is_none(), "{facts}");
        let (_, found) =
            seller.call("/api/customers/list", &json!({"query": {"search": "kompresor 77"}})).await;
        assert_eq!(found["rows"], json!([]), "{}", world.engine);

        // An archived field keeps its values, but is not in forms and cards; when it is restored, they are there again.
        change(&mut seller, "customers", id.0, &[("own_1", "3".into())]).await;
        let archive = async |archived| {
            world.by("owner", async |tx| commands::archive(tx, machines, archived).await).await
        };
        archive(true).await.expect("archived");
        assert!(!seller.get(&format!("/customers/{id}")).await.text.contains("Makine sayısı</dt>"));
        assert!(draft(&mut seller, "customers", Some(id.0)).await.get("own_1").is_none());
        let (status, _) = change(&mut seller, "customers", id.0, &[("city", "İzmir".into())]).await;
        assert_eq!(status, StatusCode::OK);
        archive(false).await.expect("brought back");
        assert_eq!(card(&mut seller, id).await["own_1"], json!(30_000));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_are_changed_in_order_and_taken_back() {
    on_both_engines(async |world| {
        let names = async |world: &World| {
            let all = world.fields(FieldsOf::Deal).await.into_iter();
            all.map(|one| one.facts.name).collect::<Vec<_>>()
        };
        let mut ids = Vec::new();
        for name in ["Bir", "İki", "Üç"] {
            ids.push(world.add_field(&form("deal", name, "line")).await.expect("added"));
        }
        // A name that another field has is refused, also that of a built-in field in the other language.
        for taken in ["İKİ", "Kaynak", "source", "Expected close", "Tutar"] {
            let refused = problem(world.add_field(&form("deal", taken, "line")).await);
            assert_eq!(refused, ("name".into(), Problem::Taken), "{taken}");
        }
        world.add_field(&form("customer", "İki", "line")).await.expect("another kind has its own names");

        let put =
            async |id, after| world.by("owner", async |tx| commands::put_after(tx, id, after).await).await;
        put(ids[2], None).await.expect("first").expect("an event");
        assert_eq!(put(ids[2], None).await, Ok(None), "it is the first already");
        assert_eq!(names(world).await, ["Üç", "Bir", "İki"]);
        let event = put(ids[0], Some(ids[1])).await.expect("last").expect("an event");
        assert_eq!(names(world).await, ["Üç", "İki", "Bir"]);
        world.by("owner", async |tx| undo(tx, event).await).await.expect("taken back");
        assert_eq!(names(world).await, ["Üç", "Bir", "İki"]);
        world.by("owner", async |tx| undo_made(tx, Kind::Field, ids[1].0).await).await.expect("archived");
        assert_eq!(names(world).await, ["Üç", "Bir", "İki"]);
        assert!(!world.field(ids[1]).await.facts.active);

        // A field gets another type only if no value is lost; an answer that is renamed is renamed on all records.
        let color = answers("deal", "Renk", "choice", &["Mavi", "Sarı"]);
        let color = world.add_field(&color).await.expect("added");
        let key = world.field(color).await.key();
        let deal = world.deal("seller", "Boya", 0, None).await;
        let mut seller = world.browser_of("seller").await;
        let (status, told) = change(&mut seller, "deals", deal.0, &[(&key, "1".into())]).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        let refused = world.change_field(color, |form| form.shape = "day".into()).await;
        assert_eq!(problem(refused), ("shape".into(), Problem::HasValues));
        world
            .change_field(color, |form| {
                form.shape = "choices".into();
                form.choice_name = vec!["Lacivert".into(), "Yeşil".into()];
                form.choice_nr = vec!["1".into(), String::new()];
            })
            .await
            .expect("a single answer becomes one of several");
        let page = seller.get(&format!("/deals/{deal}")).await.text;
        assert!(page.contains("Lacivert") && !page.contains("Mavi"), "{}", world.engine);
        let several = json!(["", "3", "1"]);
        let (status, told) = change(&mut seller, "deals", deal.0, &[(&key, several)]).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        assert!(seller.get(&format!("/deals/{deal}")).await.text.contains("Lacivert, Yeşil"));
        // An answer that was removed is still shown on records that have it.
        world
            .change_field(color, |form| {
                form.choice_name = vec!["Yeşil".into()];
                form.choice_nr = vec!["3".into()];
            })
            .await
            .expect("changed");
        assert!(seller.get(&format!("/deals/{deal}")).await.text.contains("Lacivert"));
        assert!(seller.get(&format!("/deals/{deal}/edit")).await.text.contains("Lacivert"));

        // Two owners change the same version of the field: changes of different properties are both kept, for the same
        // property the second owner gets a conflict.
        let begun = OwnFieldForm::of(&world.field(color).await);
        world.change_field(color, |form| form.hint = "Hangi renk?".into()).await.expect("changed");
        let late = OwnFieldForm { hint: "Boya rengi".into(), ..begun.clone() };
        let late = world.by("owner", async |tx| commands::change(tx, color, &late).await).await;
        assert!(matches!(late, Err(Error::Conflict { .. })), "{late:?}");
        let other = OwnFieldForm { name: "Boya rengi".into(), ..begun };
        world.by("owner", async |tx| commands::change(tx, color, &other).await).await.expect("another field");
        let now = world.field(color).await.facts;
        assert_eq!((now.name.as_str(), now.hint.as_str()), ("Boya rengi", "Hangi renk?"));

        // Nobody but the owner may change fields, and the firm's log shows the changes.
        let refused = world.by("manager", async |tx| commands::archive(tx, color, true).await).await;
        assert_eq!(refused, Err(Error::Forbidden));
        let query = crate::journal::view::LogQuery { kind: Some(Kind::Firm), ..Default::default() };
        let log = world
            .seen_by("owner", async |tx| crate::journal::store::log(tx, &query).await)
            .await
            .expect("log");
        assert!(
            log.lines.iter().any(|line| line.subject.as_deref() == Some("Boya rengi")),
            "{:?}",
            log.lines
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_must_be_filled_is_asked_of_who_edits_and_of_nobody_else() {
    on_both_engines(async |world| {
        let old = world.customer("seller", "Eski").await;
        let must = OwnFieldForm { required: "true".into(), ..form("customer", "Bölge", "line") };
        let mut seller = world.browser_of("seller").await;
        let begun = draft(&mut seller, "customers", Some(old.0)).await;
        world.add_field(&must).await.expect("added");

        // A form that was opened before the field existed is saved without a value; one that is opened now needs one.
        let mut late = begun.clone();
        late["city"] = "İzmir".into();
        let (status, told) = seller.call("/api/customers/change", &json!({"id": old, "form": late})).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        let (status, told) = change(&mut seller, "customers", old.0, &[("city", "Aydın".into())]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
        assert_eq!(told["Invalid"], json!([{"field": "own_1", "problem": "Required"}]));
        let (status, _) = change(&mut seller, "customers", old.0, &[("own_1", "Ege".into())]).await;
        assert_eq!(status, StatusCode::OK);

        // A new customer needs a value, even if the form was opened before the field existed.
        let id = Uuid::now_v7();
        let new = json!({"form": {"id": id, "name": "Yeni"}});
        let (status, told) = seller.call("/api/customers/create", &new).await;
        assert_eq!(
            (status, &told["Invalid"][0]["field"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!("own_1"))
        );
        let new = json!({"form": {"id": id, "name": "Yeni", "own_1": "Ege"}});
        let (status, told) = seller.call("/api/customers/create", &new).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        assert_eq!(card(&mut seller, CustomerId(id)).await["own_1"], "Ege");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_fill_in_other_fields_both_have_their_way() {
    on_both_engines(async |world| {
        for name in ["Bir", "İki"] {
            world.add_field(&form("deal", name, "line")).await.expect("added");
        }
        let deal = world.deal("seller", "Ortak", 0, None).await;
        let mut seller = world.browser_of("seller").await;
        let begun = draft(&mut seller, "deals", Some(deal.0)).await;
        let with = |key: &str, value: &str| {
            let mut form = begun.clone();
            form[key] = value.into();
            json!({"id": deal, "form": form})
        };
        for (key, value) in [("own_1", "ilk"), ("own_2", "ikinci")] {
            let (status, told) = seller.call("/api/deals/change", &with(key, value)).await;
            assert_eq!(status, StatusCode::OK, "{told}");
        }
        let (status, told) = seller.call("/api/deals/change", &with("own_1", "başka")).await;
        assert_eq!(status, StatusCode::CONFLICT, "{told}");
        assert_eq!(told["Conflict"]["theirs"]["both"], json!(["own_1"]));
        let (_, card) = seller.call("/api/deals/get", &json!({"id": deal})).await;
        assert_eq!(
            (&card["deal"]["facts"]["own_1"], &card["deal"]["facts"]["own_2"]),
            (&json!("ilk"), &json!("ikinci"))
        );
    })
    .await;
}

/// A map for a file as it is exported, in which the firm's own fields have their names.
const MAP: &str = r#"
source = "eski"
[format]
separator = ";"
[customers]
file = "musteriler.csv"
name = "{Ad}"
owner = "{Sorumlu}"
[customers.own]
"Makine sayısı" = "{Makine sayısı}"
"Bölge" = "{Bölge}"
"Aletler" = "{Aletler}"
"Bakım" = "{Bakım}"
"Kapora" = "{Kapora}"
"Site" = "{Site}"
"#;

#[tokio::test(flavor = "multi_thread")]
async fn own_fields_come_in_with_a_file_as_they_left() {
    on_both_engines(async |world| {
        for field in [
            form("customer", "Makine sayısı", "number"),
            answers("customer", "Bölge", "choice", &["Ege", "Akdeniz, batı"]),
            answers("customer", "Aletler", "choices", &["Matkap", "Testere"]),
            form("customer", "Bakım", "moment"),
            form("customer", "Kapora", "money"),
            form("customer", "Site", "link"),
        ] {
            world.add_field(&field).await.expect("added");
        }
        let folder = super::world::fresh_sqlite().0;
        std::fs::write(folder.join("map.toml"), MAP).expect("a map");
        let rows = "Ad;Sorumlu;Makine sayısı;Bölge;Aletler;Bakım;Kapora;Site\n\
            Güneş;seller;1.250,5;AKDENİZ, BATI;Testere, Matkap;31.12.2026 09:05;1.500,00 USD;gunes.example\n\
            Kuzey;seller;çok;Ege;;;;\n\
            Batı;seller;;Marmara;;;;\n\
            Doğu;seller;;;;;;\n";
        let bring = async |rows: &str| {
            std::fs::write(folder.join("musteriler.csv"), rows).expect("a file");
            crate::import::bring_in(&world.db, &folder.join("map.toml"), &folder, false).await
        };
        let report = bring(rows).await.expect("it comes in");
        let told = report.told(crate::i18n::Locale::Tr);
        assert_eq!(report.tally(crate::import::Thing::Customer).new, 2, "{}: {told}", world.engine);
        assert!(told.contains("Makine sayısı: Bu bir sayı değil") && told.contains("Marmara"), "{told}");
        let mut seller = world.browser_of("seller").await;
        let (_, found) = seller.call("/api/customers/list", &json!({"query": {"search": "Güneş"}})).await;
        let id: CustomerId = serde_json::from_value(found["rows"][0]["id"].clone()).expect("an id");
        let facts = card(&mut seller, id).await;
        let own: Vec<&Value> = (1..7).map(|nr| &facts[format!("own_{nr}")]).collect();
        let money = json!({"minor": 150_000, "currency": "USD"});
        let site = json!("https://gunes.example");
        let expected = [json!(12_505_000), json!(2), json!([1, 2]), json!("2026-12-31T09:05"), money, site];
        assert_eq!(own, expected.iter().collect::<Vec<_>>(), "{}", world.engine);
        // Importing the file again creates nothing, and a value that differs from the record is reported with the
        // field's name.
        let again = bring(&rows.replace("1.250,5", "7")).await.expect("it comes in");
        let told = again.told(crate::i18n::Locale::Tr);
        assert_eq!(again.tally(crate::import::Thing::Customer).new, 0, "{}", world.engine);
        assert!(told.contains("1.250,5") && !told.contains("own_1"), "{told}");
        // A map with an unknown field is refused; the message names that field and the fields that exist.
        let map = MAP.replace("\"Site\" =", "\"Sayfa\" =");
        std::fs::write(folder.join("map.toml"), map).expect("a map");
        let told = format!("{:#}", bring(rows).await.expect_err("no such field"));
        assert!(told.contains("Sayfa") && told.contains("Kapora"), "{told}");
        let _ = std::fs::remove_dir_all(&folder);
    })
    .await;
}
