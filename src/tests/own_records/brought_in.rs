//! Importing records of the firm's own kinds from files: with their fields, customers, stages, owners and links, and
//! with the tasks and activities on them. Importing the same files again creates nothing twice; a row that can't be
//! imported is reported with the reason.

use super::{firm_with_installations, kind};
use crate::fields::own::input::OwnFieldForm;
use crate::i18n::Locale;
use crate::import::{Report, Thing, bring_in};
use crate::tests::world::{World, fresh_sqlite, on_both_engines};
use serde_json::{Value, json};
use std::path::Path;

const MAP: &str = r#"
source = "eski"
[format]
separator = ";"
dates = ["%d.%m.%Y"]
[customers]
file = "musteriler.csv"
id = "{Kod}"
name = "{Ad}"
owner = "{Sorumlu}"
[deals]
file = "satislar.csv"
id = "{No}"
title = "{Konu}"
owner = "{Sorumlu}"
stage = "{Aşama}"
[[records]]
kind = "montajlar"
file = "montajlar.csv"
id = "{No}"
name = "{Ad}"
owner = "{Sorumlu}"
customer = "{Müşteri}"
stage = "{Durum}"
[records.own]
"Adres" = "{Adres}"
"Panel sayısı" = "{Panel}"
"İlgili satış" = "{Satış}"
"Ekip başı" = "{Usta}"
[[records]]
kind = "Araç"
file = "araclar.csv"
id = "{No}"
name = "{Plaka}"
[records.own]
"Nerede" = "{Montaj}"
[tasks]
file = "gorevler.csv"
id = "{No}"
title = "{Görev}"
owner = "{Sorumlu}"
due = "{Gün}"
record = "{Montaj}"
[activities]
file = "gorusmeler.csv"
id = "{No}"
day = "{Gün}"
kind = "{Tür}"
person = "{Kim}"
record = "{Montaj}"
content = "{Not}"
"#;

const FILES: [(&str, &str); 6] = [
    ("musteriler.csv", "Kod;Ad;Sorumlu\n1;Güneş Enerji;seller\n"),
    ("satislar.csv", "No;Konu;Sorumlu;Aşama\n7;Güneş santrali;seller;Yeni\n"),
    (
        "montajlar.csv",
        "No;Ad;Sorumlu;Müşteri;Durum;Adres;Panel;Satış;Usta\n\
         1;Çatı 1;seller;1;Kurulum;Bornova;24;7;mate\n\
         2;Çatı 2;seller;;;;;;\n\
         3;Çatı 3;seller;9;;;;;\n\
         4;Çatı 4;seller;;Bitti;;;;\n\
         5;Çatı 5;seller;;;;çok;;\n\
         6;Çatı 6;seller;;;;;8;\n\
         7;Çatı 7;kimse;;;;;;\n\
         8;;seller;;;;;;\n",
    ),
    ("araclar.csv", "No;Plaka;Montaj\n1;35 ABC 1;1\n2;35 ABC 2;99\n"),
    (
        "gorevler.csv",
        "No;Görev;Sorumlu;Gün;Montaj\n1;Ölçü al;seller;01.12.2026;1\n2;Ara;seller;01.12.2026;77\n",
    ),
    ("gorusmeler.csv", "No;Gün;Tür;Kim;Montaj;Not\n1;01.11.2026;Ziyaret;seller;1;Çatıya bakıldı\n"),
];

async fn bring(world: &World, folder: &Path, dry_run: bool) -> Report {
    bring_in(&world.db, &folder.join("map.toml"), folder, dry_run).await.expect("it is read")
}

async fn fill(world: &World, folder: &Path) {
    firm_with_installations(world).await;
    world.add_kind(&kind("Araç", "Araçlar", &[])).await.expect("a kind");
    let field = |of: &str, name: &str, shape: &str, target: &str| OwnFieldForm {
        of: of.into(),
        name: name.into(),
        shape: shape.into(),
        target: target.into(),
        ..OwnFieldForm::default()
    };
    for new in [
        field("kind_1", "İlgili satış", "record", "deal"),
        field("kind_1", "Ekip başı", "person", ""),
        field("kind_2", "Nerede", "record", "kind_1"),
    ] {
        world.add_field(&new).await.expect("a field");
    }
    std::fs::write(folder.join("map.toml"), MAP).expect("a map");
    for (name, text) in FILES {
        std::fs::write(folder.join(name), text).expect("a file");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn records_come_in_with_all_that_hangs_on_them() {
    on_both_engines(async |world| {
        let folder = fresh_sqlite().0;
        fill(world, &folder).await;
        let tried = bring(world, &folder, true).await;
        assert_eq!(tried.tally(Thing::Record).new, 3);
        let mut seller = world.browser_of("seller").await;
        let all = json!({"query": {"kind": 1, "limit": 50}});
        let (_, none) = seller.call("/api/records/list", &all).await;
        assert_eq!(none["rows"], json!([]), "a dry run keeps nothing");

        let report = bring(world, &folder, false).await;
        let told = report.told(Locale::Tr);
        assert_eq!(report.tally(Thing::Record).new, 3, "{told}");
        assert_eq!(report.rows("montajlar.csv"), [8, 2, 0, 6, 0], "{told}");
        assert_eq!(report.rows("araclar.csv"), [2, 1, 0, 1, 0], "{told}");
        assert_eq!((report.tally(Thing::Task).new, report.tally(Thing::Activity).new), (1, 1), "{told}");
        for why in [
            "bilinmeyen müşteri",
            "bilinmeyen aşama",
            "Panel sayısı: Bu bir sayı değil",
            "bilinmeyen satış",
            "bilinmeyen kayıt",
        ] {
            assert!(told.contains(why), "{}: {why} in {told}", world.engine);
        }
        let (_, list) = seller.call("/api/records/list", &all).await;
        let rows = list["rows"].as_array().expect("rows").clone();
        let names: Vec<&Value> = rows.iter().map(|row| &row["name"]).collect();
        assert_eq!(names, ["Çatı 1", "Çatı 2"]);
        assert_eq!((&rows[0]["stage"], &rows[1]["stage"]), (&json!(2), &json!(1)));
        let id = rows[0]["id"].as_str().expect("an id").to_owned();
        let page = seller.get(&format!("/records/{id}")).await.text;
        for there in [
            "Güneş Enerji",
            "Bornova",
            "24",
            "Güneş santrali",
            "mate",
            "Kurulum",
            "Çatıya bakıldı",
            "Ölçü al",
            "Araçlar · Nerede",
            "35 ABC 1",
        ] {
            assert!(page.contains(there), "{}: {there}", world.engine);
        }
        // The same files again: nothing is created twice, and a value that was changed here is not overwritten.
        let (_, draft) =
            seller.call("/api/records/draft", &json!({"kind": null, "id": id, "customer": null})).await;
        let mut form = draft["form"].clone();
        form["own_1"] = json!("Konak");
        let (_, event) = seller.call("/api/records/change", &json!({"id": id, "form": form})).await;
        assert!(event.is_string(), "{event}");
        let again = bring(world, &folder, false).await;
        let tally = again.tally(Thing::Record);
        assert_eq!((tally.new, tally.as_before, tally.differ), (0, 3, 1), "{}", again.told(Locale::Tr));
        assert!(again.told(Locale::Tr).contains("Adres"), "{}", again.told(Locale::Tr));
        assert!(seller.get(&format!("/records/{id}")).await.text.contains("Konak"));

        // A map with a mistake is refused, and the message names the mistake.
        for (wrong, told) in [
            (MAP.replace("kind = \"Araç\"", "kind = \"Gemi\""), "Gemi"),
            (MAP.replace("\"Nerede\"", "\"Nereye\""), "Nereye"),
            (MAP.replace("name = \"{Plaka}\"", "name = \"Araç\""), "records.name"),
            (MAP.replace("name = \"{Plaka}\"", "nme = \"{Plaka}\""), "nme"),
        ] {
            std::fs::write(folder.join("map.toml"), wrong).expect("a map");
            let refused = bring_in(&world.db, &folder.join("map.toml"), &folder, false).await;
            let refused = format!("{:#}", refused.expect_err("refused"));
            assert!(refused.contains(told), "{told} in {refused}");
        }
    })
    .await;
}
