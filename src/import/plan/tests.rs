//! Tests of plans made from small files.

use super::{Defaults, Plan};
use crate::auth::model::Role;
use crate::i18n::{Currency, Locale};
use crate::import::map::Map;
use crate::import::report::Report;
use chrono::NaiveDate;

const MAP: &str = r#"
source = "shop"
[format]
dates = ["%d.%m.%Y"]
decimal = ","
thousands = "."
currency = "TRY"
[people]
file = "people.csv"
name = "{name}"
groups = ["{office}", "{boss}'s team"]
manager = "{boss}"
[customers]
file = "customers.csv"
name = "{name}"
city = "{city}"
note = ["Founded: {year}", "Part of: {parent}"]
[deals]
file = "deals.csv"
id = "{nr}"
title = ["{what} · {customer}", "{what} · {nr}"]
owner = "{who}"
stage = "{stage}"
customer = "{customer}"
amount = "{worth}"
opened = "{from}"
opened_else = "2020-01-31"
closed = "{until}"
"#;

fn plan(name: &str, files: [(&str, &str); 3]) -> (Plan, String) {
    let folder = std::env::temp_dir().join(format!("kartotek-plan-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    for (file, text) in files {
        std::fs::write(folder.join(file), text).expect("a file");
    }
    let mut report = Report::default();
    let defaults = Defaults {
        currency: Currency::default(),
        today: NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day"),
        customers: crate::customers::model::FIELDS.to_vec(),
        deals: crate::deals::model::FIELDS.to_vec(),
        kinds: Vec::new(),
    };
    let plan = Plan::read(&Map::parse(MAP).expect("a map"), &folder, &defaults, &mut report).expect("a plan");
    std::fs::remove_dir_all(&folder).expect("the folder is gone");
    (plan, report.told(Locale::En))
}

#[test]
fn rows_become_ours() {
    let (plan, told) = plan(
        "ours",
        [
            ("people.csv", "name,boss,office\nAda,Bora,Ege\nCem,Bora,Ege\nBora,,Merkez\nDuru,Elif,Ege\n"),
            ("customers.csv", "name,city,year,parent\nAlfa,İzmir,1999,\nBeta,Bursa,,Alfa\n"),
            (
                "deals.csv",
                "nr,what,customer,who,stage,worth,from,until\n1,Masa,Alfa,Ada,Won,\"1.234,5\",01.02.2026,03.02.2026\n\
                 2,Raf,,Ada,New,,,\n",
            ),
        ],
    );
    let people: Vec<(&str, Role, String)> = plan
        .people
        .rows
        .iter()
        .map(|one| (one.row.name.as_str(), one.row.role, one.row.groups.join("/")))
        .collect();
    assert_eq!(
        people,
        [
            ("Bora", Role::Manager, "Ege/Bora's team".to_owned()),
            ("Ada", Role::Salesperson, "Ege/Bora's team".to_owned()),
            ("Cem", Role::Salesperson, "Ege/Bora's team".to_owned()),
            ("Elif", Role::Manager, "Ege/Elif's team".to_owned()),
            ("Duru", Role::Salesperson, "Ege/Elif's team".to_owned()),
        ]
    );
    let notes: Vec<String> = plan.customers.rows.iter().map(|one| one.row.described.text("note")).collect();
    assert_eq!(notes, ["Founded: 1999", "Part of: Alfa"]);
    let deals: Vec<_> = plan
        .deals
        .rows
        .iter()
        .map(|one| (one.row.title.as_str(), one.row.amount, one.row.opened.to_string()))
        .collect();
    assert_eq!(
        deals,
        [("Masa · Alfa", Some(123_450), "2026-02-01".to_owned()), ("Raf · 2", None, "2020-01-31".to_owned())]
    );
    for piece in [
        "1 deal has no customer",
        "1 deal has no opening date, 31 Jan 2020 is taken",
        "named by no deal: Cem, Duru",
    ] {
        assert!(told.contains(piece), "{piece}: {told}");
    }
}

#[test]
fn broken_rows_are_told_and_the_rest_comes() {
    let (plan, told) = plan(
        "broken",
        [
            ("people.csv", "name,boss,office\nAda,Bora,Ege\n,Bora,Ege\nAda,Bora,Ege\n"),
            ("customers.csv", "name,city,year,parent\nAlfa,İzmir,1999,\nALFA,,,\nBeta,Bursa,,,x\n"),
            (
                "deals.csv",
                "nr,what,customer,who,stage,worth,from,until\n1,Masa,Alfa,Ada,Won,12.x,01.02.2026,\n\
                 2,Raf,,Ada,New,,2026-13-01,\n\
                 3,,,Ada,New,,,\n4,Raf,,,New,,,\n5,Raf,,Ada,New,1,01.02.2026,01.01.2026\n",
            ),
        ],
    );
    assert_eq!((plan.people.rows.len(), plan.customers.rows.len(), plan.deals.rows.len()), (2, 2, 1));
    for piece in [
        "people.csv, name: is empty (in 1 row)\n    line 3\n",
        "people.csv, name: stands on line 2 already; if they are two, name a column that tells them apart as id (in 1 \
         row)\n    line 4 “Ada”: Ada\n",
        "customers.csv: these two look alike: “Alfa” and “ALFA”",
        "customers.csv: 5 cells are filled, the heading has 4 (in 1 row)\n    line 4\n",
        "deals.csv, worth: is no amount (in 1 row)\n    line 2 “Masa · Alfa”: 12.x\n",
        "deals.csv, from: is no date (in 1 row)\n    line 3 “Raf · 2”: 2026-13-01\n",
        "deals.csv, who: is empty (in 1 row)\n    line 5 “Raf · 4”\n",
        "deals.csv: 1 deal is closed before the day of opening",
    ] {
        assert!(told.contains(piece), "{piece}: {told}");
    }
}
