//! Lists narrowed by conditions on the firm's own fields: each shape of field with each comparison that it allows, in
//! the three lists that have such fields, by every way to read a list. Also: what is out of sight is not found, a file
//! has the rows of its list, and the server reads what was typed.

use super::own_fields::{answers, form};
use super::world::{Browser, World, on_both_engines};
use crate::customers::model::CustomerQuery;
use crate::customers::store::count;
use crate::customers::store::list as customers;
use crate::customers::store::way;
use crate::deals::store::list as deals;
use crate::deals::view::DealQuery;
use crate::fields::FieldsOf;
use crate::fields::own::store::convert::fill;
use crate::filters::address::filter_of;
use crate::filters::model::{Filter, How};
use crate::id::KindNr;
use crate::own_kinds::input::OwnKindForm;
use crate::own_records::store::list as records;
use crate::own_records::view::OwnQuery;
use crate::server::way::Way;
use axum::http::StatusCode;
use serde_json::{Value, json};

/// The lists, each with the fields it can be narrowed by.
const LISTS: [(&str, &str, FieldsOf); 3] = [
    ("customers", "name", FieldsOf::Customer),
    ("deals", "title", FieldsOf::Deal),
    ("records", "name", FieldsOf::Own(KindNr(1))),
];

/// How many records each list gets; the nth has `value(shape, n)` in its fields.
const MANY: usize = 12;

/// The shapes of the fields, in the order in which the fields are added: `own_1` to `own_11` belong to customers, and
/// so on.
const SHAPES: [&str; 11] =
    ["line", "text", "number", "money", "day", "moment", "choice", "choices", "yes_no", "link", "email"];

/// What is typed into the field of the nth record: nothing in every fourth.
fn value(shape: &str, nr: usize) -> Value {
    if nr % 4 == 3 {
        return json!(if shape == "choices" { json!([]) } else { json!("") });
    }
    match shape {
        "line" | "text" => json!(format!("Işık {nr}")),
        "number" => json!(format!("{},5", nr * 10)),
        "money" => json!(if nr.is_multiple_of(2) {
            format!("{} TRY", nr * 100)
        } else {
            format!("{} EUR", nr * 100)
        }),
        "day" => json!(format!("{:02}.01.2026", nr + 1)),
        "moment" => json!(format!("2026-01-{:02}T10:30", nr + 1)),
        "choice" => json!((nr % 3 + 1).to_string()),
        "choices" => json!([(nr % 3 + 1).to_string(), "4"]),
        "yes_no" => json!("true"),
        "link" => json!(format!("https://ornek{nr}.example/a")),
        _ => json!(format!("kisi{nr}@ornek.example")),
    }
}

/// Conditions on a field of that shape, as an address has them, and which of the twelve records they find.
fn conditions(shape: &str) -> Vec<(String, Vec<usize>)> {
    let fits =
        |fits: &dyn Fn(usize) -> bool| (0..MANY).filter(|nr| nr % 4 != 3 && fits(*nr)).collect::<Vec<_>>();
    let find = |how: &str, test: &dyn Fn(usize) -> bool| (how.to_owned(), fits(test));
    let mut all =
        vec![find("filled", &|_| true), ("empty".to_owned(), (0..MANY).filter(|nr| nr % 4 == 3).collect())];
    all.extend(match shape {
        "line" | "text" => vec![
            find("has.ISIK", &|_| true),
            find("has.ık 1", &|nr| nr == 1 || nr == 10),
            find("is.isik 1", &|nr| nr == 1),
            find("is.Işık", &|_| false),
        ],
        "number" => vec![
            find("from.405000", &|nr| nr >= 4),
            find("until.405000", &|nr| nr <= 4),
            find("is.405000", &|nr| nr == 4),
        ],
        "money" => vec![
            find("from.40000 TRY", &|nr| nr >= 4 && nr.is_multiple_of(2)),
            find("until.50000 EUR", &|nr| nr <= 5 && !nr.is_multiple_of(2)),
            find("is.40000 TRY", &|nr| nr == 4),
            find("is.40000 EUR", &|_| false),
        ],
        "day" => vec![
            find("from.2026-01-06", &|nr| nr >= 5),
            find("until.2026-01-06", &|nr| nr <= 5),
            find("is.2026-01-06", &|nr| nr == 5),
        ],
        "moment" => {
            vec![find("from.2026-01-06T10:31", &|nr| nr >= 6), find("until.2026-01-06T10:30", &|nr| nr <= 5)]
        }
        "choice" => vec![
            find("is.2", &|nr| nr % 3 == 1),
            ("is_not.2".to_owned(), (0..MANY).filter(|nr| nr % 4 == 3 || nr % 3 != 1).collect()),
        ],
        "choices" => vec![
            find("is.2", &|nr| nr % 3 == 1),
            find("is.4", &|_| true),
            ("is_not.4".to_owned(), (0..MANY).filter(|nr| nr % 4 == 3).collect()),
        ],
        "link" => vec![find("has.ornek1", &|nr| nr == 1 || nr == 10)],
        "email" => vec![find("is.kisi4@ornek.example", &|nr| nr == 4)],
        _ => Vec::new(),
    });
    all
}

/// Makes a field of each shape for each list, and twelve records in each.
async fn filled(world: &World, seller: &mut Browser) {
    let kind = OwnKindForm {
        one_tr: "Montaj".into(),
        many_tr: "Montajlar".into(),
        icon: "wrench".into(),
        ..OwnKindForm::default()
    };
    world.by("owner", async |tx| crate::own_kinds::commands::add(tx, &kind).await).await.expect("a kind");
    for (room, name, of) in LISTS {
        for shape in SHAPES {
            let new =
                answers(&of.to_string(), &format!("Alan {shape}"), shape, &["Bir", "İki", "Üç", "Dört"]);
            let new = if shape.starts_with("choice") { new } else { form(&of.to_string(), &new.name, shape) };
            world.add_field(&new).await.expect("a field");
        }
        for nr in 0..MANY {
            let asked = json!({"id": null, "kind": 1, "customer": null, "stage": null, "name": null});
            let (status, told) = seller.call(&format!("/api/{room}/draft"), &asked).await;
            assert_eq!(status, StatusCode::OK, "{told}");
            let mut new = told["form"].clone();
            new[name] = json!(format!("No {nr:02}"));
            for (at, shape) in SHAPES.iter().enumerate() {
                new[key(room, at)] = value(shape, nr);
            }
            let (status, told) =
                seller.call(&format!("/api/{room}/create"), &json!({"kind": 1, "form": new})).await;
            assert_eq!(status, StatusCode::OK, "{room}: {told}");
        }
    }
}

fn key(room: &str, at: usize) -> String {
    let before = LISTS.iter().position(|(name, ..)| *name == room).expect("a list") * SHAPES.len();
    format!("own_{}", before + at + 1)
}

fn numbers(names: impl Iterator<Item = String>) -> Vec<usize> {
    let mut all: Vec<usize> = names.map(|name| name[3..].parse().expect("a number")).collect();
    all.sort_unstable();
    all
}

/// What the list finds by each way to read it.
async fn found(world: &World, who: &str, room: &str, filter: &Filter) -> Vec<(String, Vec<usize>)> {
    searched(world, who, room, ("", filter)).await
}

/// The same, among the results of a search.
async fn searched(
    world: &World,
    who: &str,
    room: &str,
    (search, filter): (&str, &Filter),
) -> Vec<(String, Vec<usize>)> {
    let mut all = Vec::new();
    match room {
        "customers" => {
            let query = CustomerQuery {
                search: search.into(),
                filter: filter.clone(),
                limit: 50,
                ..CustomerQuery::default()
            };
            for way in [way::Way::Owners, way::Way::Walk, way::Way::Conditions] {
                let page =
                    world.seen_by(who, async |tx| customers::list_by(tx, &query, way, None).await).await;
                let names = page.expect("a list").rows.into_iter().map(|row| row.name);
                all.push((format!("{way:?}"), numbers(names)));
            }
            let count = world.seen_by(who, async |tx| count(tx, &query).await).await.expect("a count");
            assert_eq!(count.number as usize, all[0].1.len(), "{filter:?}");
        }
        "deals" => {
            let query = DealQuery { search: search.into(), filter: filter.clone(), ..DealQuery::default() };
            // A search has only one way.
            let by_words = !search.is_empty();
            let ways = [
                deals::Found::Words,
                deals::Found::By(Way::Owners),
                deals::Found::By(Way::Walk),
                deals::Found::Conditions,
            ];
            let ways = ways.into_iter().take(if by_words { 1 } else { 4 });
            for way in ways {
                let list = async |tx: &mut _| {
                    let asked = deals::Asked::of(tx, &query).await?;
                    deals::list_by(tx, &asked, way).await
                };
                let part = world.seen_by(who, list).await.expect("a list");
                all.push((format!("{way:?}"), numbers(part.rows.into_iter().map(|row| row.title))));
            }
            let sum = world.seen_by(who, async |tx| deals::sum(tx, &query).await).await.expect("a sum");
            assert_eq!(usize::try_from(sum.count), Ok(all[0].1.len()), "{filter:?}");
        }
        _ => {
            let query = OwnQuery {
                kind: Some(KindNr(1)),
                search: search.into(),
                filter: filter.clone(),
                limit: 50,
                ..OwnQuery::default()
            };
            for way in [records::Found::Owners, records::Found::Walk, records::Found::Conditions] {
                let list = async |tx: &mut _| {
                    let asked = records::Asked::of(tx, &query).await?;
                    records::list_by(tx, &query, &asked, way).await
                };
                let page = world.seen_by(who, list).await.expect("a list");
                all.push((format!("{way:?}"), numbers(page.rows.into_iter().map(|row| row.name))));
            }
            let count =
                world.seen_by(who, async |tx| records::count(tx, &query).await).await.expect("a count");
            assert_eq!(count.number as usize, all[0].1.len(), "{filter:?}");
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn every_condition_finds_the_same_by_every_way() {
    on_both_engines(async |world| {
        let mut seller = world.browser_of("seller").await;
        filled(world, &mut seller).await;
        for (room, _, of) in LISTS {
            for (at, shape) in SHAPES.iter().enumerate() {
                let field = world.own_field(of, at).await;
                for (condition, right) in conditions(shape) {
                    let filter = filter_of(&format!("where={}.{condition}", key(room, at)));
                    assert_eq!(filter.0.len(), 1, "{condition}");
                    assert!(How::of(&field.shape).contains(&filter.0[0].how), "{shape}: {condition}");
                    for (way, numbers) in found(world, "seller", room, &filter).await {
                        assert_eq!(numbers, right, "{}: {room} {shape} {condition} by {way}", world.engine);
                    }
                }
            }
            // Together with a search, by the beginning of a name and by words.
            let many = filter_of(&format!("where={}.from.405000", key(room, 2)));
            for search in ["no 1", "no"] {
                for (way, numbers) in searched(world, "seller", room, (search, &many)).await {
                    let right: &[usize] = if search == "no" { &[4, 5, 6, 8, 9, 10] } else { &[10] };
                    assert_eq!(numbers, right, "{}: {room} {search} by {way}", world.engine);
                }
            }
            // Two conditions at once, and conditions that name no field or do not fit theirs.
            let [number, choice] = [2, 6].map(|at| key(room, at));
            let both = filter_of(&format!("where={number}.from.405000&where={choice}.is.2"));
            for (way, numbers) in found(world, "seller", room, &both).await {
                assert_eq!(numbers, [4, 10], "{room} by {way}");
            }
            for odd in ["own_99.is.1", "own_99.empty", &format!("{number}.is.x"), &format!("{number}.has.1")]
            {
                for (way, numbers) in found(world, "seller", room, &filter_of(&format!("where={odd}"))).await
                {
                    assert!(numbers.is_empty(), "{room} by {way}: {odd}");
                }
            }
        }
        assert!(found(world, "other", "customers", &filter_of("where=own_1.filled")).await[0].1.is_empty());
        // The values of fields that are older than the table of values are filled in later.
        let mut system = world.db.write_system().await.expect("a transaction");
        system.query("DELETE FROM own_values").execute().await.expect("forgotten");
        system.query("UPDATE own_fields SET indexed = FALSE").execute().await.expect("older");
        system.commit().await.expect("committed");
        assert!(found(world, "seller", "deals", &filter_of("where=own_12.filled")).await[0].1.is_empty());
        fill(&world.db).await.expect("filled");
        fill(&world.db).await.expect("filled before");
        assert_eq!(found(world, "seller", "deals", &filter_of("where=own_12.filled")).await[0].1.len(), 9);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_stands_in_the_address_and_in_the_file() {
    on_both_engines(async |world| {
        let mut seller = world.browser_of("seller").await;
        filled(world, &mut seller).await;
        for (room, path) in
            [("customers", "/customers"), ("deals", "/deals?view=list"), ("records", "/kinds/1")]
        {
            let join = if path.contains('?') { '&' } else { '?' };
            let number = key(room, 2);
            let address = format!("{path}{join}where={number}.from.405000&where={}.is.2", key(room, 6));
            let page = seller.get(&address).await.text;
            for there in ["Alan number ≥ 40,5", "Alan choice: İki", "No 04", "No 10", "Süzgeçleri kaldır"]
            {
                assert!(page.contains(there), "{}: {there} in {address}", world.engine);
            }
            assert!(!page.contains("No 05") && !page.contains("No 01"), "{address}");
            let mut owner = world.browser_of("owner").await;
            let (list, query) = address.split_once('?').expect("a query");
            let file = owner.get(&format!("{list}/export.csv?{query}")).await.text;
            assert!(file.contains("No 04") && file.contains("No 10") && !file.contains("No 05"), "{file}");
            let empty = seller.get(&format!("{path}{join}where={number}.from.999990000")).await.text;
            assert!(!empty.contains("No 04") && empty.contains("Alan number"), "{address}");
            let odd = seller.get(&format!("{path}{join}where=own_99.is.1")).await;
            assert_eq!((odd.status, odd.text.contains("Bilinmeyen bir alan")), (StatusCode::OK, true));
        }
        // What was typed is read as in the record's own form.
        let read = async |seller: &mut Browser, field: &str, how: &str, value: &str| {
            let form = json!({"field": field, "how": how, "value": value});
            seller.call("/api/filters/read", &json!({"of": "customer", "form": form})).await
        };
        for (field, how, typed, code) in [
            ("own_3", "from", "1.250,5", "12505000"),
            ("own_4", "until", "1.250,50", "125050 TRY"),
            ("own_4", "is", "10 EUR", "1000 EUR"),
            ("own_5", "is", "5 ocak 2026", "2026-01-05"),
            ("own_1", "has", " Işık ", "Işık"),
            ("own_11", "has", "@ornek", "@ornek"),
            ("own_7", "is_not", "2", "2"),
            ("own_9", "empty", "", ""),
        ] {
            let (status, told) = read(&mut seller, field, how, typed).await;
            assert_eq!(status, StatusCode::OK, "{told}");
            assert_eq!(told["value"].as_str().unwrap_or_default(), code, "{field}");
        }
        for (field, how, typed, at) in [
            ("own_3", "from", "çok", "value"),
            ("own_3", "has", "1", "how"),
            ("own_3", "from", "", "value"),
            ("own_1", "has", "…", "value"),
            ("own_5", "is", "31.02.2026", "value"),
            ("own_7", "is", "9", "value"),
            ("own_99", "is", "1", "field"),
            ("own_14", "from", "1", "field"),
        ] {
            let (status, told) = read(&mut seller, field, how, typed).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {how} {typed}: {told}");
            assert_eq!(told["Invalid"][0]["field"], at, "{field} {how} {typed}: {told}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_out_of_sight_is_found_by_nobody() {
    on_both_engines(async |world| {
        let link = crate::fields::own::input::OwnFieldForm {
            target: "deal".into(),
            listed: "true".into(),
            ..form("customer", "İlgili satış", "record")
        };
        world.add_field(&link).await.expect("added");
        world.add_field(&form("customer", "Temsilci", "person")).await.expect("added");
        let (mine, hidden) =
            (world.deal("seller", "Güneş", 0, None).await, world.deal("other", "Gizli", 0, None).await);
        let mate = world.actor("mate").await.unit();
        let mut owner = world.browser_of("owner").await;
        for (nr, deal) in [Some(mine), Some(hidden), None].into_iter().enumerate() {
            let id = world.customer("seller", &format!("No {nr}0")).await;
            let (_, told) = owner.call("/api/customers/draft", &json!({"id": id})).await;
            let mut form = told["form"].clone();
            form["own_1"] = json!(deal.map(|deal| deal.to_string()).unwrap_or_default());
            form["own_2"] = json!(if nr == 0 { mate.to_string() } else { String::new() });
            let (status, told) = owner.call("/api/customers/change", &json!({"id": id, "form": form})).await;
            assert_eq!(status, StatusCode::OK, "{told}");
        }
        for (who, condition, right) in [
            ("owner", "own_1.filled".to_owned(), vec![0, 10]),
            ("seller", "own_1.filled".to_owned(), vec![0]),
            ("seller", "own_1.empty".to_owned(), vec![10, 20]),
            ("seller", format!("own_1.is.{mine}"), vec![0]),
            ("seller", format!("own_1.is.{hidden}"), vec![]),
            ("owner", format!("own_1.is.{hidden}"), vec![10]),
            ("seller", format!("own_2.is.{mate}"), vec![0]),
            ("seller", "own_2.empty".to_owned(), vec![10, 20]),
        ] {
            for (way, numbers) in
                found(world, who, "customers", &filter_of(&format!("where={condition}"))).await
            {
                assert_eq!(numbers, right, "{}: {who} {condition} by {way}", world.engine);
            }
        }
        let mut seller = world.browser_of("seller").await;
        let page = seller.get(&format!("/customers?where=own_1.is.{hidden}")).await.text;
        assert!(!page.contains("Gizli") && page.contains("İlgili satış: gizli"), "{}", world.engine);
        let page = seller.get("/customers").await.text;
        assert!(page.contains("Güneş") && !page.contains("Gizli"), "the column shows only what is in sight");
    })
    .await;
}
