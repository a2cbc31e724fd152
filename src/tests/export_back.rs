//! Exported files are imported again with the map `examples/import/kartotek.toml`: every field comes back exactly as it
//! was, and a second import brings nothing new.

use super::world::{World, on_both_engines};
use crate::activities::model::{ActivityFacts, ActivityKind, Direction, Outcome};
use crate::customers::model::{Contact, CustomerFacts, CustomerKind};
use crate::deals::model::DealFacts;
use crate::id::{ActivityId, ContactId, CustomerId, DealId, TaskId};
use crate::import::{Report, Tally, Thing, bring_in};
use crate::journal::model::What;
use crate::tasks::model::{TaskFacts, TaskKind};
use std::collections::BTreeMap;
use uuid::Uuid;

const MAP: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/import/kartotek.toml"));

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|text| (*text).to_owned()).collect()
}

fn contact(name: &str, job: &str, phone: &str, email: &str) -> Contact {
    let [name, job, phone, email] = [name, job, phone, email].map(str::to_owned);
    Contact { id: ContactId(Uuid::now_v7()), name, job, phone, email }
}

async fn made(world: &World, facts: &CustomerFacts) -> CustomerId {
    let id = CustomerId(Uuid::now_v7());
    world
        .by("owner", async |tx| crate::customers::commands::add(tx, id, facts, What::Created).await)
        .await
        .expect("a customer");
    id
}

async fn fill(world: &World) {
    let whole = CustomerFacts {
        phones: texts(&["0532 111 22 33", "0212 555 00 00 dahili 12", "+49 (0) 40 6432131-550", "444 0 123"]),
        emails: texts(&["a@b.example", "c@d.example", "e@f.example"]),
        city: "İzmir".into(),
        address: "12, Kordon;\n\nKat: 3".into(),
        tax_number: "0012345672".into(),
        tax_office: "'Ege; VD'".into(),
        sector: "-5% ; \"deniz\"".into(),
        source: "=1+1".into(),
        interest: "+iki".into(),
        note: "bir\n\nüç  boşluk\n=A1; yok".into(),
        contacts: vec![
            contact("Işıl | Er", "Satın alma \\ depo", "0532 111 22 99", "isil@b.example"),
            contact("Ali", "", "", ""),
        ],
        ..world.customer_facts("seller", "Üç \"Telefon\"; AŞ").await
    };
    let customer = made(world, &whole).await;
    let person = CustomerFacts {
        kind: CustomerKind::Person,
        phones: texts(&["+44 (0)20 7946 0000"]),
        contacts: vec![contact("Veli", "", "112", "")],
        ..world.customer_facts("other", "@Ayşe Işık").await
    };
    made(world, &person).await;
    world.pipeline("İkinci süreç").await;
    for (nr, stage) in world.stages().await.into_iter().enumerate() {
        let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 11, day);
        let closed = stage.status != crate::deals::model::Status::Open;
        let id = DealId(Uuid::now_v7());
        world
            .by("owner", async |tx| {
                let facts = DealFacts {
                    owner_id: whole.owner_id,
                    customer_id: Some(customer).filter(|_| nr % 2 == 0),
                    stage_id: stage.id,
                    position: crate::deals::store::end_of(tx, stage.id).await?,
                    title: format!("=Satış {nr}; \"x\""),
                    amount: (nr != 1).then_some(i64::try_from(nr).unwrap_or_default() * 123_450),
                    currency: if nr == 2 { crate::i18n::Currency::Kwd } else { crate::i18n::Currency::Try },
                    product_id: None,
                    source: "'fuar".into(),
                    contract: nr % 3 == 0,
                    opened_on: day(2).expect("a day"),
                    expected_on: day(30).filter(|_| nr % 2 == 1),
                    closed_on: day(20).filter(|_| closed),
                    lost_reason: if closed { "Fiyat: ucuz\ndeğildi".into() } else { String::new() },
                    note: "  bir\n\tiki".trim().into(),
                    deleted: false,
                    own: crate::fields::OwnValues::default(),
                };
                crate::records::create(tx, id, &facts, What::Created).await
            })
            .await
            .expect("a deal");
        if nr == 0 {
            fill_work(world, customer, id).await;
        }
    }
}

/// Open and done tasks on the deal, on the customer and on nothing; a call, a visit and a note.
async fn fill_work(world: &World, customer: CustomerId, deal: DealId) {
    let (seller, other) = (world.actor("seller").await, world.actor("other").await);
    let today = crate::server::clock::today(seller.zone);
    let tasks = [
        (Some(deal), None, TaskKind::Call, Some(845), false),
        (None, Some(customer), TaskKind::Quote, None, true),
        (None, None, TaskKind::Other, Some(0), false),
    ];
    for (nr, (deal_id, customer_id, kind, due_at, done)) in tasks.into_iter().enumerate() {
        let facts = TaskFacts {
            owner_id: if nr == 0 { seller.unit() } else { other.unit() },
            title: format!("=Görev {nr}"),
            kind,
            due_on: today,
            due_at,
            customer_id,
            deal_id,
            record_id: None,
            note: "bir\n\niki; üç".into(),
            done,
            deleted: false,
        };
        let id = TaskId(Uuid::now_v7());
        world
            .by("owner", async |tx| crate::records::create(tx, id, &facts, What::Created).await)
            .await
            .expect("a task");
    }
    let activities = [
        (ActivityKind::Call, Some(deal), Some(Direction::In), Some(Outcome::Busy), ""),
        (ActivityKind::Visit, None, Some(Direction::Out), None, "-fiyat\n\nsordu"),
        (ActivityKind::Note, None, None, None, "@not  iki"),
    ];
    for (kind, deal_id, direction, outcome, content) in activities {
        let facts = ActivityFacts {
            kind,
            at: crate::server::clock::now() - chrono::TimeDelta::days(3),
            customer_id: Some(customer).filter(|_| deal_id.is_none()),
            deal_id,
            record_id: None,
            person_id: seller.id,
            contact: "Işıl; Er".into(),
            direction: direction.filter(|_| kind.has_direction()),
            outcome,
            result: "=olumlu".into(),
            content: content.into(),
            deleted: false,
        };
        let id = ActivityId(Uuid::now_v7());
        world
            .by("owner", async |tx| crate::records::create(tx, id, &facts, What::Created).await)
            .await
            .expect("an activity");
    }
}

const FILES: [(&str, &str); 4] = [
    ("musteriler.csv", "/customers/export.csv"),
    ("satislar.csv", "/deals/export.csv?status=all"),
    ("gorevler.csv", "/tasks/export.csv?of=all&done=any"),
    ("etkilesimler.csv", "/activities/export.csv"),
];

async fn files(world: &World) -> [String; 4] {
    let mut owner = world.browser_of("owner").await;
    let mut files = [const { String::new() }; 4];
    for (file, (_, path)) in files.iter_mut().zip(FILES) {
        *file = owner.get(path).await.text;
    }
    files
}
async fn brought_in(world: &World, files: &[String; 4]) -> Report {
    let folder = super::world::fresh_sqlite().0;
    std::fs::write(folder.join("map.toml"), MAP).expect("a map");
    for ((name, _), text) in FILES.iter().zip(files) {
        std::fs::write(folder.join(name), text).expect("a file");
    }
    let report = bring_in(&world.db, &folder.join("map.toml"), &folder, false).await.expect("it comes in");
    let _ = std::fs::remove_dir_all(folder);
    report
}

/// How often each row is in the file, without the columns that hold ids.
fn rows(file: &str, ids: &[usize]) -> BTreeMap<Vec<String>, usize> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').from_reader(file.trim_start_matches('\u{feff}').as_bytes());
    let mut rows = BTreeMap::new();
    for row in reader.records() {
        let row = row.expect("a row");
        let cells =
            row.iter().enumerate().filter(|(at, _)| !ids.contains(at)).map(|(_, cell)| cell.to_owned());
        *rows.entry(cells.collect()).or_default() += 1;
    }
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_imported_exactly_as_it_was_and_once() {
    on_both_engines(async |world| {
        fill(world).await;
        let before = files(world).await;
        let report = brought_in(world, &before).await;
        assert!(!report.failed(), "{}: {report}", world.engine);
        let counts = [(Thing::Customer, 2), (Thing::Deal, 12), (Thing::Task, 3), (Thing::Activity, 3)];
        assert_eq!(
            counts.map(|(thing, _)| report.tally(thing).new),
            counts.map(|(_, count)| count),
            "{report}"
        );
        let after = files(world).await;
        for (nr, ids) in [&[15_usize][..], &[16, 17], &[9, 10, 11], &[11, 12, 13]].into_iter().enumerate() {
            let (was, is) = (rows(&before[nr], ids), rows(&after[nr], ids));
            let twice: BTreeMap<_, _> = was.into_iter().map(|(row, times)| (row, times * 2)).collect();
            assert_eq!(is, twice, "{}", world.engine);
        }
        let again = brought_in(world, &before).await;
        for (thing, count) in counts {
            assert_eq!(again.tally(thing), Tally { as_before: count, ..Tally::default() }, "{again}");
        }
        assert_eq!(files(world).await, after, "{}", world.engine);
    })
    .await;
}

/// A file as an older version exported it: without contacts, with another word for the kind, and with several numbers
/// or addresses in one cell, separated by a slash.
const BEFORE: &str = "\u{feff}Ad;Tür;Telefon;Diğer telefonlar;E-posta;Diğer e-postalar;Şehir;Adres;Vergi no;Vergi \
     dairesi;Sektör;Kaynak;İlgi;Not;Sorumlu;Kartotek no\r\n\
    Üç Telefon;Kuruluş;0532 111 22 33;0532 111 22 34 / 0532 111 22 35;a@b.example;c@d.example / \
    e@f.example;;;;;;;;\"bir\n\nüç  boşluk\";owner;c099e45a-bc43-42f6-ac42-a852efb2dac5\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn an_older_file_comes_back_too() {
    on_both_engines(async |world| {
        let folder = super::world::fresh_sqlite().0;
        let (map, _) = MAP.split_once("[deals]").expect("a section");
        std::fs::write(folder.join("map.toml"), map.replace("contacts = \"{Kişiler}\"\n", ""))
            .expect("a map");
        std::fs::write(folder.join("musteriler.csv"), BEFORE).expect("a file");
        let report =
            bring_in(&world.db, &folder.join("map.toml"), &folder, false).await.expect("it comes in");
        let _ = std::fs::remove_dir_all(folder);
        assert!(!report.failed(), "{report}");
        let file = world.browser_of("owner").await.get("/customers/export.csv").await.text;
        let cells = rows(&file, &[15]).into_keys().next().expect("a customer");
        assert_eq!(cells[3], "0532 111 22 34 / 0532 111 22 35");
        assert_eq!(
            (cells[5].as_str(), cells[13].as_str()),
            ("c@d.example / e@f.example", "bir\n\nüç  boşluk")
        );
        assert_eq!(cells[14], "owner");
    })
    .await;
}
