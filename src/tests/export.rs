//! Lists as files: a file has the same rows as the list, only those who may export get it, it is safe to open, the
//! export is on record, and our own import reads it back.

use super::world::{World, on_both_engines};
use crate::export::csv::looks_like_a_formula;
use crate::journal::model::{Card, What};
use crate::stats::count;
use axum::http::StatusCode;
use serde_json::Value;
use sqlx::types::Json;

/// The file as rows of cells, without its byte order mark.
fn rows(text: &str, separator: u8) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark, by which Excel knows the encoding");
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect());
    rows.collect()
}

async fn name_customers(world: &World) {
    for (name, phone) in [
        ("=HYPERLINK(\"http://evil\")", "+90 (532) 118-42-07"),
        ("Işık; \"Ada\", AŞ", "+905321184208"),
        ("@SUM(A1)", "0532 118 42 09"),
    ] {
        let mut facts = world.customer_facts("seller", name).await;
        facts.phones = vec![phone.into(), "0212 000 00 00".into()];
        facts.note = "birinci satır\nikinci satır".into();
        facts.source = "-5% indirim".into();
        let id = crate::id::CustomerId(uuid::Uuid::now_v7());
        world
            .by("owner", async |tx| crate::customers::commands::add(tx, id, &facts, What::Created).await)
            .await
            .expect("a customer");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_exported_as_it_is_shown_and_only_for_who_may() {
    on_both_engines(async |world| {
        name_customers(world).await;
        world.customer("other", "Ankara Ltd").await;
        world.deal("seller", "=1+1 satışı", 0, Some(-123_456)).await;
        for path in [
            "/customers/export.csv",
            "/deals/export.csv?status=all",
            "/tasks/export.csv",
            "/activities/export.csv",
        ] {
            assert_eq!(world.browser().get(path).await.status, StatusCode::SEE_OTHER, "{path}: a stranger");
            for name in ["seller", "mate", "viewer", "other"] {
                let before = world.rows().await;
                let answer = world.browser_of(name).await.get(path).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}: {name}");
                assert!(!answer.text.contains("Işık") && world.rows().await == before, "{path}: {name}");
            }
        }
        let mut owner = world.browser_of("owner").await;
        let answer = owner.get("/customers/export.csv").await;
        assert_eq!(answer.status, StatusCode::OK);
        let header = |name: &str| answer.headers[name].to_str().expect("text").to_owned();
        assert!(header("content-disposition").starts_with("attachment; filename=\"musteriler-"));
        assert_eq!(
            (header("cache-control").as_str(), header("content-type").as_str()),
            ("no-store", "text/csv; charset=utf-8")
        );
        let table = rows(&answer.text, b';');
        assert_eq!((table.len(), table[0][0].as_str()), (5, "Ad"));
        for cell in table.iter().flatten() {
            let phone =
                cell.starts_with("+90") && cell[1..].chars().all(|c| c.is_ascii_digit() || " ()".contains(c));
            assert!(phone || !looks_like_a_formula(cell), "{}: {cell}", world.engine);
        }
        // A manager gets İzmir only, and a search narrows the file as it narrows the list.
        let mut manager = world.browser_of("manager").await;
        manager.language = "en";
        assert_eq!(rows(&manager.get("/customers/export.csv").await.text, b',').len(), 4);
        assert_eq!(rows(&manager.get("/customers/export.csv?q=I%C5%9EIK").await.text, b',').len(), 2);
        assert_eq!(rows(&manager.get("/customers/export.csv?q=ankara").await.text, b',').len(), 1);
        let deals = rows(&manager.get("/deals/export.csv?view=list").await.text, b',');
        assert_eq!((deals[1][0].as_str(), deals[1][5].as_str()), ("'=1+1 satışı", "-1234.56"));
        let told: Vec<(Json<Value>,)> = world
            .db
            .read_system()
            .await
            .expect("a look")
            .query("SELECT after FROM events WHERE what = 'exported' ORDER BY id")
            .all()
            .await
            .expect("the record");
        let told: Vec<_> =
            told.iter().map(|(after,)| (after["list"].clone(), after["rows"].clone())).collect();
        let of = |list: &str, rows: i64| (Value::from(list), Value::from(rows));
        assert_eq!(
            told,
            [of("customers", 4), of("customers", 3), of("customers", 1), of("customers", 0), of("deals", 1)]
        );
        assert!(owner.get("/customers").await.text.contains("/customers/export.csv"));
        assert!(
            !world.browser_of("seller").await.get("/customers").await.text.contains("/customers/export.csv")
        );
    })
    .await;
}

/// The map that imports our own file.
const MAP: &str = r#"
source = "kartotek"
[format]
separator = ";"
[customers]
file = "musteriler.csv"
id = "{Kartotek no}"
name = "{Ad}"
phones = ["{Telefon}", "{Diğer telefonlar}"]
source = "{Kaynak}"
note = ["{Not}"]
"#;

#[tokio::test(flavor = "multi_thread")]
async fn our_own_file_comes_in_again_as_it_was() {
    on_both_engines(async |world| {
        name_customers(world).await;
        let text = world.browser_of("owner").await.get("/customers/export.csv").await.text;
        let folder = super::world::fresh_sqlite().0;
        std::fs::write(folder.join("musteriler.csv"), text).expect("a file");
        std::fs::write(folder.join("map.toml"), MAP).expect("a map");
        crate::import::bring_in(&world.db, &folder.join("map.toml"), &folder, false)
            .await
            .expect("it comes in");
        let _ = std::fs::remove_dir_all(folder);
        let stats = count(&world.db, world.actor("owner").await).await.expect("a count");
        assert_eq!(stats.customers, 6, "{}", world.engine);
        let facts: Vec<(String, String, i64)> = world
            .db
            .read_system()
            .await
            .expect("a look")
            .query("SELECT name, source, COUNT(*) FROM customers GROUP BY name, source ORDER BY name")
            .all()
            .await
            .expect("customers");
        assert!(facts.iter().all(|(_, source, twice)| source == "-5% indirim" && *twice == 2), "{facts:?}");
        let phones: Vec<(Json<Vec<String>>,)> = world
            .db
            .read_system()
            .await
            .expect("a look")
            .query("SELECT phones FROM customers")
            .all()
            .await
            .expect("phones");
        let digits: Vec<_> = phones
            .iter()
            .map(|(all,)| all.iter().map(|one| crate::customers::phone::key(one)).collect::<Vec<_>>())
            .collect();
        let mut each: Vec<_> = digits.iter().map(|all| all[0].clone()).collect();
        each.sort();
        each.dedup();
        assert_eq!(each, ["5321184207", "5321184208", "5321184209"], "{digits:?}");
        assert!(phones.iter().all(|(all,)| !all[0].starts_with('\'')));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_is_exported_whole() {
    on_both_engines(async |world| {
        let owner = world.actor("owner").await;
        let options = crate::sample::Options {
            customers: 1200,
            deals: 700,
            open: 350,
            activities: 0,
            common: 20,
            seed: 3,
        };
        crate::sample::fill(&world.db, owner, &options).await.expect("a sample");
        let mut owner = world.browser_of("owner").await;
        let customers = rows(&owner.get("/customers/export.csv").await.text, b';');
        let ids: std::collections::BTreeSet<_> = customers.iter().map(|row| row[15].clone()).collect();
        assert_eq!((customers.len(), ids.len()), (1201, 1201));
        assert_eq!(rows(&owner.get("/deals/export.csv?status=all").await.text, b';').len(), 701);
        assert_eq!(rows(&owner.get("/deals/export.csv").await.text, b';').len(), 351);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_and_activities_are_exported_whole_and_only_what_is_seen() {
    on_both_engines(async |world| {
        let mine = world.customer("seller", "İzmir Ltd").await;
        let theirs = world.customer("other", "Ankara Ltd").await;
        let deal = world.deal("other", "Ankara satışı", 0, Some(100)).await;
        world.call("seller", Card::Customer(mine), "=Teklif istedi").await;
        world.call("other", Card::Customer(theirs), "Fiyat sordu").await;
        world.call("other", Card::Deal(deal), "Pazarlık").await;
        // More tasks than one page holds, many of them due on the same day.
        for nr in 0..501 {
            world.task("seller", &format!("Görev {nr}"), nr % 3).await;
        }
        world.task("other", "Ankara görevi", 0).await;
        let of = async |name: &str, path: &str| {
            let answer = world.browser_of(name).await.get(path).await;
            assert_eq!(answer.status, StatusCode::OK, "{}: {name} {path}", world.engine);
            let rows = rows(&answer.text, b';');
            let ids: std::collections::BTreeSet<String> =
                rows.iter().skip(1).map(|row| row[row.len() - 3].clone()).collect();
            assert_eq!(ids.len(), rows.len() - 1, "none twice");
            rows
        };
        let told = |rows: &[Vec<String>]| {
            let mut told: Vec<String> = rows[1..].iter().map(|row| row[10].clone()).collect();
            told.sort();
            told
        };
        let all = of("owner", "/activities/export.csv").await;
        assert_eq!((all[0].len(), all[0][10].as_str()), (16, "İçerik"));
        assert_eq!(told(&all), ["'=Teklif istedi", "Fiyat sordu", "Pazarlık"]);
        assert_eq!(told(&of("manager", "/activities/export.csv").await), ["'=Teklif istedi"]);

        assert_eq!(of("owner", "/tasks/export.csv").await.len(), 1, "the owner's own");
        assert_eq!(of("owner", "/tasks/export.csv?of=all").await.len(), 503);
        assert_eq!(of("manager", "/tasks/export.csv?of=all").await.len(), 502);
        assert_eq!(of("manager", "/tasks/export.csv?of=all&done=1").await.len(), 1);
        let either = of("manager", "/tasks/export.csv?of=all&done=any").await;
        assert_eq!((either.len(), either[0].len(), either[0][2].as_str()), (502, 14, "Gün"));
    })
    .await;
}
