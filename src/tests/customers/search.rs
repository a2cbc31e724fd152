//! Finding customers: letters, numbers, contacts, several words, and the choices of the deal's form.

use super::house::both;
use super::{named, strings};
use crate::customers::model::{CustomerForm, CustomerQuery};
use crate::customers::store::count::count_by;
use crate::customers::store::list::{Sizes, list_by};
use crate::customers::store::way::{Way, counted};
use crate::customers::{commands, store};

#[tokio::test]
async fn everything_on_the_card_is_found_however_it_is_typed() {
    both(async |house| {
        let form = CustomerForm {
            phones: strings(&["+90 (232) 464 55 20", "444 0 123"]),
            emails: strings(&["info@gunes.example"]),
            tax_number: "1234567890".into(),
            contact_name: strings(&["Selin Işık"]),
            contact_phone: strings(&["0533 902 11 46"]),
            contact_email: strings(&["selin@gunes.example"]),
            ..named("Güneş Enerji A.Ş.")
        }
        .with("city", "İstanbul");
        house.add(&house.owner, form).await;
        house.add(&house.owner, named("Karadeniz Turizm")).await;
        let hits = [
            "İSTANBUL",
            "istanbul",
            "ıstanbul",
            "ISTANBUL",
            "gunes",
            "GÜNEŞ",
            "enerji aş",
            "as gunes",
            "selin",
            "ışık güneş",
            "0232 464",
            "+90 232 464 55 20",
            "2324645520",
            "533902",
            "0533 902 11 46",
            "4440123",
            "444 0 123",
            "info@gunes",
            "1234567890",
            "gü",
            "G",
            "güneş istanbul selin 4645520",
        ];
        for typed in hits {
            assert_eq!(house.names(&house.owner, typed).await, ["Güneş Enerji A.Ş."], "{typed}");
            assert_eq!(house.count(&house.owner, typed).await, 1, "{typed}");
        }
        for typed in
            ["xyz", "güneş karadeniz", "en", "99999", "%", "_____", " - ", "'; DROP TABLE customers; --"]
        {
            let found = house.names(&house.owner, typed).await;
            assert!(found.is_empty(), "{typed}: {found:?}");
        }
        assert_eq!(house.names(&house.owner, " \u{200b} ").await.len(), 2, "nothing was typed");
    })
    .await;
}

#[tokio::test]
async fn every_way_to_the_list_finds_the_same() {
    both(async |house| {
        for nr in 0..30 {
            let who = [&house.seller, &house.colleague, &house.stranger][nr % 3];
            let form =
                CustomerForm { ..named(&format!("{} Işık {nr}", ["Öz", "Çelik", "Şen"][nr % 3])) }
                    .with("city", if nr % 2 == 0 { "İzmir" } else { "Iğdır" });
            house.add(who, form).await;
        }
        for typed in ["", "ö", "ışık", "izmir", "igdir çelik", "1 ışık", "şen 2", "yok"] {
            for who in [&house.owner, &house.manager, &house.seller] {
                for letter in [None, Some("Ö".to_owned())] {
                    let query =
                        CustomerQuery { search: typed.into(), letter, limit: 20, ..CustomerQuery::default() };
                    let by = async |way| {
                        let list = async |tx: &mut _| list_by(tx, &query, way, None).await;
                        house.reading(who, list).await.expect("a list")
                    };
                    let owners = by(Way::Owners).await;
                    assert_eq!(owners, by(Way::Walk).await, "{typed}");
                    assert_eq!(owners, by(Way::Index).await, "{typed}");
                    for (few, many, near) in
                        [(0, 0, 1), (0, 2, 12), (0, 2, 1_000), (9, 2, 12), (1_000, 1_000, 1)]
                    {
                        let sizes = Sizes { many, near };
                        let within = async |tx: &mut _| {
                            let way = Way::of(counted(tx, few).await?, few);
                            list_by(tx, &query, way, Some(sizes)).await
                        };
                        let found = house.reading(who, within).await.expect("a list");
                        assert_eq!(owners, found, "{typed}: {few} are few, {many} many, {near} near");
                    }
                    for way in [Way::Owners, Way::Walk, Way::Index] {
                        let tally = house.reading(who, async |tx| count_by(tx, &query, way).await).await;
                        let tally = tally.expect("a count");
                        assert!(
                            !tally.more
                                && (query.letter.is_some()
                                    || owners.next.is_some()
                                    || owners.rows.len() == tally.number as usize)
                        );
                    }
                }
            }
        }
    })
    .await;
}

/// Page by page, every customer that matches is listed once: first those whose names begin with what was typed, then
/// the others, each part in its order.
#[tokio::test]
async fn whose_names_begin_so_come_first() {
    both(async |house| {
        for name in ["Ak Şahin", "Şahin Gıda", "Sahin Bilişim", "Zafer Şahinler", "Şahinbey Yapı", "Çelik"]
        {
            house.add(&house.owner, named(name)).await;
        }
        let ways = [(Way::Walk, 2, 3), (Way::Walk, 9, 9), (Way::Owners, 1, 1)];
        for ((way, many, near), limit) in
            ways.into_iter().flat_map(|way| (1..7).map(move |limit| (way, limit)))
        {
            let sizes = Some(Sizes { many, near });
            for (typed, names) in [
                (
                    "şahin",
                    &["Sahin Bilişim", "Şahin Gıda", "Şahinbey Yapı", "Ak Şahin", "Zafer Şahinler"][..],
                ),
                ("ş", &["Sahin Bilişim", "Şahin Gıda", "Şahinbey Yapı"]),
                ("şahin gıda", &["Şahin Gıda"]),
                ("gıda şah", &["Şahin Gıda"]),
            ] {
                let mut found = Vec::new();
                let mut query = CustomerQuery { search: typed.into(), limit, ..CustomerQuery::default() };
                loop {
                    let page = async |tx: &mut _| list_by(tx, &query, way, sizes).await;
                    let page = house.reading(&house.owner, page).await.expect("a page");
                    found.extend(page.rows.into_iter().map(|row| row.name));
                    let Some(next) = page.next else { break };
                    query.after = Some(next);
                }
                assert_eq!(found, names, "{typed}, {limit} at a time");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_change_is_found_by_its_new_name_only() {
    both(async |house| {
        let id = house.add(&house.owner, named("Eski Unvan")).await;
        let form = CustomerForm { version: "1".into(), ..named("Yepyeni") };
        house.writing(&house.owner, async |tx| commands::change(tx, id, &form).await).await.expect("changed");
        assert!(house.names(&house.owner, "unvan").await.is_empty());
        assert!(house.names(&house.owner, "es").await.is_empty());
        assert_eq!(house.names(&house.owner, "yepyeni").await, ["Yepyeni"]);
    })
    .await;
}

#[tokio::test]
async fn choices_begin_with_the_names_that_begin_so() {
    both(async |house| {
        for name in ["Demirhan Gıda", "Yeni Demir", "Demir Çelik", "Zeki Demirci", "Öz Demir"] {
            house.add(&house.owner, named(name)).await;
        }
        for nr in 0..12 {
            house.add(&house.owner, named(&format!("Sıra {nr}"))).await;
        }
        let choices = async |typed: &str| {
            let found = house.reading(&house.owner, async |tx| store::choices(tx, typed).await).await;
            found.expect("readable").into_iter().map(|one| one.name).collect::<Vec<_>>()
        };
        assert_eq!(
            choices("demir").await,
            ["Demir Çelik", "Demirhan Gıda", "Öz Demir", "Yeni Demir", "Zeki Demirci"]
        );
        assert_eq!(choices("sıra").await.len(), 8);
        assert_eq!(choices("").await.len(), 8);
        let none = house.reading(&house.seller, async |tx| store::choices(tx, "demir").await).await;
        assert_eq!(none, Ok(Vec::new()), "out of reach");
    })
    .await;
}

/// Customers with a number that ends with the typed digits come first, and their rows show that number; then those that
/// have the digits elsewhere.
#[tokio::test]
async fn the_last_digits_find_the_number_first() {
    both(async |house| {
        let with = |name: &str, phones: &[&str], email: &str| CustomerForm {
            phones: strings(phones),
            emails: strings(&[email]),
            ..named(name)
        };
        for (name, phones, email) in [
            ("Arı Gıda", &["0532 039 91 11"][..], ""),
            ("Bal Gıda", &["0212 444 55 66"], "bal0399@bal.example"),
            ("Zeytin Gıda", &["0212 111 22 33", "+905321180399"], ""),
        ] {
            house.add(&house.owner, with(name, phones, email)).await;
        }
        let contact = CustomerForm {
            contact_name: strings(&["Selin Işık"]),
            contact_phone: strings(&["05339020399"]),
            contact_email: strings(&[""]),
            ..named("Yel Enerji")
        };
        house.add(&house.owner, contact).await;
        let expected = [
            ("Yel Enerji", "0533 902 03 99", "03 99"),
            ("Zeytin Gıda", "0532 118 03 99", "03 99"),
            ("Arı Gıda", "0532 039 91 11", "039 9"),
            ("Bal Gıda", "0212 444 55 66", ""),
        ];
        for limit in 1..6 {
            for way in [Way::Owners, Way::Walk, Way::Index] {
                let mut found = Vec::new();
                let mut query = CustomerQuery { search: "0399".into(), limit, ..CustomerQuery::default() };
                loop {
                    let page = async |tx: &mut _| list_by(tx, &query, way, None).await;
                    let page = house.reading(&house.owner, page).await.expect("a page");
                    found.extend(page.rows.into_iter().map(|row| {
                        let marked = row
                            .marked
                            .map_or_else(String::new, |(from, until)| row.phone[from..until].to_owned());
                        (row.name, row.phone, marked)
                    }));
                    let Some(next) = page.next else { break };
                    query.after = Some(next);
                }
                let found: Vec<_> =
                    found.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
                assert_eq!(found, expected, "{way:?}, {limit} at a time");
            }
        }
    })
    .await;
}
