//! Files are imported as a map says, on both engines: the rules of a map, broken rows, a second run, a dry run, and a
//! real data set where its folder is beside the project.

mod cases;

use super::world::{fresh_postgres, fresh_sqlite, test_postgres};
use crate::auth::Actor;
use crate::auth::model::Role;
use crate::auth::store::at_the_command_line;
use crate::i18n::Locale;
use crate::import::{Report, Tally, Thing, bring_in};
use crate::people::store::{NewFirm, NewPerson, add_person, found, rebuild_reach, tree};
use crate::server::db::Db;
use crate::stats::{Stats, count};
use std::path::{Path, PathBuf};
use uuid::Uuid;

const MAP: &str = r#"
source = "shop"
[format]
dates = ["%d.%m.%Y"]
decimal = ","
thousands = "."
separator = ";"
currency = "EUR"
[people]
file = "people.csv"
name = "{name}"
email = "{mail}"
groups = ["{office}", "{boss}'s team"]
manager = "{boss}"
[products]
file = "products.csv"
name = "{product}"
price = "{price}"
[customers]
file = "customers.csv"
id = "{nr}"
name = "{name}"
city = "{city}"
phones = "{phone}"
note = ["Founded: {year}"]
contacts = [{ name = "{contact}", job = "buyer" }]
[pipeline]
name = "Shop"
stages = [{ name = "New" }, { name = "Won", status = "won" }, { name = "Lost", status = "lost" }]
[deals]
file = "deals.csv"
id = "{nr}"
title = ["{what} · {who}", "{what}"]
owner = "{seller}"
stage = "{stage}"
customer = "{who}"
product = "{what}"
amount = "{worth}"
opened = "{from}"
closed = "{until}"
[deals.translate.what]
"LampX" = "Lamp X"
"#;

const PEOPLE: &str =
    "name;mail;boss;office\nAda;ada@shop.example;Bora;Ege\nCem;;Bora;Ege\nDuru;;Elif;Ankara\n";
const PRODUCTS: &str = "product;price\nLamp X;1.200,50\nDesk;300\n";
const CUSTOMERS: &str =
    "nr;name;city;phone;year;contact\n1;Alfa;İzmir;0232 123 45 67;1999;Işıl\n2;Beta;Bursa;;;\n";
const DEALS: &str = "nr;what;who;seller;stage;worth;from;until\n\
    a;Lamp X;1;Ada;Won;1.100,00;01.02.2026;03.02.2026\n\
    b;LampX;2;Cem;New;;04.02.2026;\n\
    c;Desk;;Duru;Lost;300,25;04.02.2026;05.02.2026\n";

/// A firm with an owner and a folder of files.
struct Ground {
    db: Db,
    folder: PathBuf,
}

impl Drop for Ground {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Ground {
    async fn new(address: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("kartotek-import-{}", Uuid::new_v4().simple()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let ground = Self { db: Db::open(address).await.expect("the database opens"), folder };
        for (name, text) in [
            ("map.toml", MAP),
            ("people.csv", PEOPLE),
            ("products.csv", PRODUCTS),
            ("customers.csv", CUSTOMERS),
            ("deals.csv", DEALS),
        ] {
            ground.file(name, text);
        }
        ground
    }

    fn file(&self, name: &str, text: &str) {
        std::fs::write(self.folder.join(name), text).expect("a file");
    }

    async fn found(&self) {
        let mut system = self.db.write_system().await.expect("a transaction");
        found(&mut system, &NewFirm::default()).await.expect("the firm");
        let owner = NewPerson {
            name: "Owner".into(),
            email: Some("owner@shop.example".into()),
            role: Role::Owner,
            sees: None,
            password: None,
            under: None,
        };
        add_person(&mut system, owner).await.expect("the owner");
        rebuild_reach(&mut system).await.expect("reach");
        system.commit().await.expect("it is kept");
    }

    async fn actor(&self) -> Actor {
        at_the_command_line(&self.db, None).await.expect("the owner")
    }

    async fn run(&self, dry_run: bool) -> Report {
        bring_in(&self.db, &self.folder.join("map.toml"), &self.folder, dry_run).await.expect("it comes in")
    }

    async fn stats(&self) -> Stats {
        count(&self.db, self.actor().await).await.expect("it can be counted")
    }
}

/// Runs the story on each engine, in a founded firm.
async fn on_both_engines(story: impl AsyncFn(&Ground)) {
    let (home, address) = fresh_sqlite();
    let ground = Ground::new(&address).await;
    ground.found().await;
    story(&ground).await;
    drop(ground);
    let _ = std::fs::remove_dir_all(home);
    if let Some(address) = test_postgres() {
        let ground = Ground::new(&fresh_postgres(&address).await).await;
        ground.found().await;
        story(&ground).await;
    }
}

fn new(count: usize) -> Tally {
    Tally { new: count, ..Tally::default() }
}

fn as_before(count: usize) -> Tally {
    Tally { as_before: count, ..Tally::default() }
}

fn tallies(report: &Report) -> [Tally; 6] {
    [Thing::Group, Thing::Person, Thing::Product, Thing::Stage, Thing::Customer, Thing::Deal]
        .map(|thing| report.tally(thing))
}

#[tokio::test(flavor = "multi_thread")]
async fn files_come_in_as_the_map_says_and_a_second_time_nothing_does() {
    on_both_engines(async |ground| {
        let report = ground.run(false).await;
        let told = report.told(Locale::En);
        assert!(!report.failed(), "{told}");
        assert_eq!(tallies(&report), [new(4), new(5), new(2), new(3), new(2), new(3)]);
        assert!(told.contains("deals.csv: what: “LampX” read as “Lamp X”: in 1 row"), "{told}");
        let stats = ground.stats().await;
        assert_eq!((stats.customers, stats.people, stats.deals, stats.deals_without_customer), (2, 6, 3, 1));
        let stages: Vec<_> = stats
            .stages
            .iter()
            .map(|stage| (stage.stage.as_str(), stage.count, stage.sum.get("EUR").map(String::as_str)))
            .collect();
        assert_eq!(
            stages,
            [("New", 1, Some("0.00")), ("Won", 1, Some("1100.00")), ("Lost", 1, Some("300.25"))]
        );
        let mut tx = ground.db.read(ground.actor().await).await.expect("a transaction");
        let drawn: Vec<String> = tree(&mut tx)
            .await
            .expect("the tree")
            .iter()
            .map(|node| format!("{}{}", ".".repeat(node.depth.into()), node.name))
            .collect();
        drop(tx);
        assert_eq!(
            drawn,
            [
                "Kartotek",
                ".Owner",
                ".Ankara",
                "..Elif's team",
                "...Duru",
                "...Elif",
                ".Ege",
                "..Bora's team",
                "...Ada",
                "...Bora",
                "...Cem"
            ]
        );
        let report = ground.run(false).await;
        assert_eq!(
            tallies(&report),
            [as_before(4), as_before(5), as_before(2), as_before(3), as_before(2), as_before(3)],
            "{report}"
        );
        assert_eq!(ground.stats().await, stats);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_says_the_same_and_changes_nothing() {
    on_both_engines(async |ground| {
        let before = ground.stats().await;
        let dry = ground.run(true).await;
        assert_eq!(ground.stats().await, before);
        let wet = ground.run(false).await;
        assert_eq!(tallies(&dry), tallies(&wet));
        assert!(
            dry.to_string().contains("hiçbir şey değiştirilmedi")
                && !wet.to_string().contains("hiçbir şey değiştirilmedi")
        );
        assert_eq!(tallies(&ground.run(true).await), tallies(&ground.run(false).await));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_row_is_told_and_the_rest_comes_in() {
    on_both_engines(async |ground| {
        let broken = "d;Desk;1;Ada;Wno;;01.02.2026;\ne;Desk;1;Ada;New;;2026-02-30;\nf;Desk;1;Ada;New;3x;01.02.2026;\n\
            g;Desk;1;Nobody;New;;01.02.2026;\nh;Lamp-X;1;Ada;New;;01.02.2026;\ni;Desk;9;Ada;New;;01.02.2026;\n\
            j;Desk;1;Ada;New;;01.02.2026;;more\nk;Desk;1;Ada;Won;5;01.02.2026;\na;Desk;1;Ada;New;;01.02.2026;\n\
            l;Desk;1;ada@shop.example;New;7;01.02.2026;\n";
        ground.file("deals.csv", &format!("{DEALS}{broken}"));
        ground.file("customers.csv", &format!("{CUSTOMERS}3;;;;;\n4;Gama;;sorma;;\n"));
        let report = ground.run(false).await;
        let told = report.told(Locale::En);
        assert!(report.failed());
        assert_eq!((report.tally(Thing::Customer), report.tally(Thing::Deal)), (new(3), new(4)), "{told}");
        for reason in [
            "customers.csv, name: is empty (in 1 row)\n    line 4\n",
            "customers.csv, phone: This is no telephone number. Example: +90 532 118 42 07 (in 1 row)\n    line 5 \
             “Gama”: sorma\n",
            "deals.csv, stage: unknown stage (in 1 row)\n    line 5 “Desk · 1”: Wno\n",
            "deals.csv, from: is no date (in 1 row)\n    line 6 “Desk · 1”: 2026-02-30\n",
            "deals.csv, worth: is no amount (in 1 row)\n    line 7 “Desk · 1”: 3x\n",
            "deals.csv, seller: unknown owner (in 1 row)\n    line 8 “Desk · 1”: Nobody\n",
            "deals.csv, what: unknown product; if “Lamp X” is meant",
            "deals.csv, who: unknown customer (in 1 row)\n    line 10 “Desk · 9”: 9\n",
            "deals.csv: 9 cells are filled, the heading has 8 (in 1 row)\n    line 11\n",
            "deals.csv, until: won or lost, but without a closing date (in 1 row)\n    line 12 “Desk · 1”\n",
            "deals.csv, nr: stands on line 2 already",
            "deals.csv: 13 rows: 4 new, 0 as before, 9 refused\n",
            "customers.csv: 4 rows: 3 new, 0 as before, 1 refused\n",
        ] {
            assert!(told.contains(reason), "{reason}\n{told}");
        }
        let turkish = report.told(Locale::Tr);
        for reason in [
            "deals.csv, stage: bilinmeyen aşama (1 satırda)\n    satır 5 “Desk · 1”: Wno\n",
            "deals.csv: 13 satır: 4 yeni, 0 önceki gibi, 9 alınmayan\n",
        ] {
            assert!(turkish.contains(reason), "{reason}\n{turkish}");
        }
        assert_eq!(report.to_string(), turkish, "the firm's language is Turkish");
        ground.file("customers.csv", CUSTOMERS);
        ground.file("deals.csv", &format!("{DEALS}d;Desk;1;Ada;Won;;01.02.2026;02.02.2026\n"));
        let mended = ground.run(false).await;
        assert_eq!(mended.tally(Thing::Deal), Tally { new: 1, as_before: 3, differ: 0 }, "{mended}");
        assert!(!mended.failed());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_since_is_told_and_left_alone() {
    on_both_engines(async |ground| {
        ground.run(false).await;
        ground.file("customers.csv", &CUSTOMERS.replace("İzmir", "Manisa"));
        ground.file(
            "deals.csv",
            &DEALS
                .replace(";Cem;New;;04.02.2026;", ";Cem;Won;10;04.02.2026;05.02.2026")
                .replace("a;Lamp X;1;Ada", "a;Lamp X;1;Duru"),
        );
        let before = ground.stats().await;
        let report = ground.run(false).await;
        let told = report.told(Locale::En);
        assert_eq!(report.tally(Thing::Customer), Tally { as_before: 2, differ: 1, new: 0 });
        assert_eq!(report.tally(Thing::Deal), Tally { as_before: 3, differ: 2, new: 0 });
        assert!(told.contains("customer “Alfa”: City: here “İzmir”, file “Manisa”"), "{told}");
        assert!(
            told.contains("Stage: here “New”, file “Won”")
                && told.contains("deal “Lamp X · 1”: Owner: another here"),
            "{told}"
        );
        assert_eq!(ground.stats().await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_firm_or_with_a_wrong_map_it_says_what_to_do() {
    let (home, address) = fresh_sqlite();
    let ground = Ground::new(&address).await;
    let told = async || {
        let error = bring_in(&ground.db, &ground.folder.join("map.toml"), &ground.folder, false)
            .await
            .expect_err("it can't");
        format!("{error:#}")
    };
    assert!(told().await.contains("user add --role owner"));
    ground.found().await;
    ground.file("products.csv", "name;price\nDesk;300\n");
    assert!(
        told().await.contains("products.csv: there is no column \"product\"; the columns are name, price"),
        "{}",
        told().await
    );
    std::fs::remove_file(ground.folder.join("deals.csv")).expect("it was there");
    ground.file("products.csv", PRODUCTS);
    assert!(told().await.contains("deals.csv could not be read"));
    ground.file("map.toml", "source = \"x\"\nsauce = 1");
    assert!(told().await.contains("unknown field `sauce`"), "{}", told().await);
    drop(ground);
    let _ = std::fs::remove_dir_all(home);
}

/// Compares with the known figures of a real data set, if its folder is beside the project.
#[tokio::test(flavor = "multi_thread")]
async fn the_real_data_comes_in_whole() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/maven-crm"));
    let map = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/import/maven-crm.toml"));
    if !folder.is_dir() {
        eprintln!("{} is not there: this tested nothing", folder.display());
        return;
    }
    on_both_engines(async |ground| {
        let begun = std::time::Instant::now();
        let report = bring_in(&ground.db, map, folder, false).await.expect("it comes in");
        let told = report.told(Locale::En);
        eprintln!("{told}{:.1} s", begun.elapsed().as_secs_f64());
        assert!(!report.failed(), "{told}");
        assert_eq!(tallies(&report), [new(9), new(41), new(7), new(4), new(85), new(8800)]);
        assert!(told.contains("“GTXPro” read as “GTX Pro”: in 1,480 rows"), "{told}");
        let stats = ground.stats().await;
        assert_eq!(
            (stats.customers, stats.people, stats.deals, stats.deals_without_customer),
            (85, 42, 8800, 1425)
        );
        let stages: Vec<_> = stats.stages.iter().map(|stage| (stage.stage.as_str(), stage.count)).collect();
        assert_eq!(stages, [("Prospecting", 500), ("Engaging", 1589), ("Won", 4238), ("Lost", 2473)]);
        assert_eq!(stats.stages[2].sum["USD"], "10005534.00");
        let report = bring_in(&ground.db, map, folder, false).await.expect("it comes in");
        assert_eq!(
            tallies(&report),
            [as_before(9), as_before(41), as_before(7), as_before(4), as_before(85), as_before(8800)],
            "{report}"
        );
        assert_eq!(ground.stats().await, stats);
    })
    .await;
}
