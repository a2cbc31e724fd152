//! Customers in the database, on both engines: order, search, who sees what, conflicts, undo.

mod house;
mod plain;
mod readers;
mod search;

use crate::auth::Actor;
use crate::customers::commands::Edit;
use crate::customers::model::{CustomerFacts, CustomerForm, CustomerQuery, FIELDS};
use crate::customers::{commands, store};
use crate::error::{Error, Problem};
use crate::i18n::Locale;
use crate::id::{CustomerId, UnitId};
use crate::journal::model::What;
use house::both;
use uuid::Uuid;

fn named(name: &str) -> CustomerForm {
    CustomerForm { id: Uuid::now_v7().to_string(), name: name.into(), ..CustomerForm::default() }
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[tokio::test]
async fn names_stand_in_turkish_order_page_by_page() {
    let turkish = [
        "3M",
        "Cem",
        "Cem",
        "Çelik",
        "ılgaz",
        "Işık",
        "«İnan»",
        "irem",
        "Osman",
        "Özgür",
        "Sevgi",
        "Şahin",
        "Utku",
        "Ümit",
        "Zeki",
    ];
    both(async |house| {
        let mut mixed = turkish;
        mixed.sort_by_key(|name| name.len());
        for name in mixed {
            house.add(&house.owner, named(name)).await;
        }
        let mut query = CustomerQuery { limit: 4, ..CustomerQuery::default() };
        let mut seen = Vec::new();
        loop {
            let page = house.list(&house.owner, query.clone()).await;
            assert!(page.rows.len() <= 4);
            seen.extend(page.rows.into_iter().map(|row| row.name));
            query.after = page.next;
            if query.after.is_none() {
                break;
            }
        }
        assert_eq!(seen, turkish);
        let from = |letter: &str| CustomerQuery {
            letter: Some(letter.into()),
            limit: 1,
            ..CustomerQuery::default()
        };
        for (letter, first) in
            [("A", "Cem"), ("Ç", "Çelik"), ("I", "ılgaz"), ("İ", "«İnan»"), ("Ş", "Şahin"), ("Ü", "Ümit")]
        {
            assert_eq!(house.list(&house.owner, from(letter)).await.rows[0].name, first, "{letter}");
        }
        let lost = CustomerQuery { after: Some("nowhere".into()), ..CustomerQuery::default() };
        let answer = house.reading(&house.owner, async |tx| store::list(tx, &lost).await).await;
        assert_eq!(answer, Err(Error::BadRequest));
    })
    .await;
}

#[tokio::test]
async fn each_sees_what_is_in_reach_and_changes_nothing_else() {
    both(async |house| {
        let mine = house.add(&house.seller, named("Benim")).await;
        let theirs = house.add(&house.colleague, named("Ötekinin")).await;
        let away = house.add(&house.stranger, named("Başka bölge")).await;
        let seen = async |who: &Actor| house.names(who, "").await;
        assert_eq!(seen(&house.seller).await, ["Benim"]);
        assert_eq!(seen(&house.manager).await, ["Benim", "Ötekinin"]);
        assert_eq!(seen(&house.owner).await, ["Başka bölge", "Benim", "Ötekinin"]);
        assert_eq!(seen(&house.viewer).await, ["Benim", "Ötekinin"]);
        let nobody = CustomerId(Uuid::now_v7());
        for id in [theirs, away, nobody] {
            let get = house.reading(&house.seller, async |tx| store::card(tx, id).await).await;
            assert_eq!(get.err(), Some(Error::NotFound));
            let form = CustomerForm { version: "1".into(), ..named("Benim oldu") };
            let change = house.writing(&house.seller, async |tx| commands::change(tx, id, &form).await).await;
            assert_eq!(change.err(), Some(Error::NotFound));
            let delete = house.writing(&house.seller, async |tx| crate::records::delete(tx, id).await).await;
            assert_eq!(delete.err(), Some(Error::NotFound));
        }
        assert_eq!(house.count(&house.seller, "").await, 1);
        assert_eq!(house.count(&house.seller, "bölge").await, 0);
        let card =
            house.reading(&house.manager, async |tx| store::card(tx, mine).await).await.expect("in the team");
        assert_eq!(
            (card.customer.owner.as_str(), house.told(&house.manager, mine).await.len()),
            ("seller", 1)
        );
        let denied =
            house.writing(&house.viewer, async |tx| commands::create(tx, &named("Benim")).await).await;
        assert_eq!(denied, Err(Error::Forbidden));
    })
    .await;
}

#[tokio::test]
async fn only_who_may_hands_over_and_only_to_somebody_in_reach() {
    both(async |house| {
        let id = house.add(&house.seller, named("Güneş")).await;
        let given =
            |unit: UnitId| CustomerForm { version: "1".into(), owner: unit.to_string(), ..named("Güneş") };
        let to = house.colleague.unit();
        let change = async |who: &Actor, unit| {
            house.writing(who, async |tx| commands::change(tx, id, &given(unit)).await).await
        };
        assert_eq!(change(&house.seller, to).await, Err(Error::Forbidden));
        assert_eq!(
            change(&house.manager, house.stranger.unit()).await,
            Err(Error::invalid("owner", Problem::Unknown))
        );
        change(&house.manager, to).await.expect("the manager may");
        assert!(house.names(&house.seller, "").await.is_empty(), "the customer is out of sight now");
        house.reading(&house.colleague, async |tx| store::card(tx, id).await).await.expect("now theirs");
        assert_eq!(house.told(&house.colleague, id).await[0].what, What::HandedOver);
        // A form without an owner, as somebody who may not hand over gets it, changes no owner.
        let form = CustomerForm { version: "2".into(), ..named("Güneş") }.with("city", "İzmir");
        house
            .writing(&house.manager, async |tx| commands::change(tx, id, &form).await)
            .await
            .expect("in reach");
        assert_eq!(house.facts(&house.owner, id).await.owner_id, to);
    })
    .await;
}

#[tokio::test]
async fn two_changes_from_one_state_are_a_conflict() {
    both(async |house| {
        let id = house.add(&house.seller, named("Güneş")).await;
        let read = CustomerForm::of(id, 1, &house.facts(&house.seller, id).await, FIELDS, Locale::Tr);
        let change = async |form: &CustomerForm| {
            house.writing(&house.manager, async |tx| commands::change(tx, id, form).await).await
        };
        let theirs = CustomerForm { cmd: Uuid::now_v7().to_string(), ..read.clone() }.with("city", "Aydın");
        assert!(change(&theirs).await.expect("the first wins").is_some());
        assert_eq!(change(&theirs).await, Ok(None), "the same form again is no conflict");
        let mine = CustomerForm { name: "Güneş AŞ".into(), ..read }.with("city", "İzmir");
        let Err(Error::Conflict { version, theirs }) = change(&mine).await else { panic!("no conflict") };
        assert_eq!(
            (version, theirs["city"].as_str(), theirs["owner"].as_str()),
            (2, Some("Aydın"), Some("seller"))
        );
        let settled = CustomerForm { version: version.to_string(), take: strings(&["city"]), ..mine };
        change(&settled).await.expect("settled");
        let facts = house.facts(&house.seller, id).await;
        assert_eq!((facts.name.as_str(), facts.city.as_str()), ("Güneş AŞ", "Aydın"));
        let same = CustomerForm::of(id, 3, &facts, FIELDS, Locale::Tr);
        assert_eq!(change(&same).await, Ok(None), "nothing differs, nothing is written");
    })
    .await;
}

#[tokio::test]
async fn creating_changing_and_deleting_are_taken_back() {
    both(async |house| {
        let form = CustomerForm {
            phones: strings(&["0532 118 42 07"]),
            contact_name: strings(&["Selin", "Tarık"]),
            contact_email: strings(&["", ""]),
            ..named("Güneş")
        };
        let id = house.add(&house.seller, form).await;
        let first = house.facts(&house.seller, id).await;
        let changed = CustomerForm {
            contact_id: strings(&[&first.contacts[1].id.to_string(), ""]),
            contact_name: strings(&["Tarık Akın", "Yeni"]),
            ..CustomerForm::of(
                id,
                1,
                &CustomerFacts { city: "İzmir".into(), ..first.clone() },
                FIELDS,
                Locale::Tr,
            )
        };
        let event = house.writing(&house.seller, async |tx| commands::change(tx, id, &changed).await).await;
        let event = event.expect("changed").expect("something differs");
        let after = house.facts(&house.seller, id).await;
        assert_eq!(
            after.contacts.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
            ["Tarık Akın", "Yeni"]
        );
        assert_eq!(after.contacts[0].id, first.contacts[1].id, "a contact that stays keeps its id");
        house.undo(&house.seller, event).await.expect("nobody changed it since");
        assert_eq!(house.facts(&house.seller, id).await, first);

        let event = house
            .writing(&house.seller, async |tx| crate::records::delete(tx, id).await)
            .await
            .expect("deleted");
        assert!(
            house.names(&house.seller, "").await.is_empty()
                && house.names(&house.seller, "güneş").await.is_empty()
        );
        assert_eq!(house.undo(&house.stranger, event).await, Err(Error::NotFound));
        house.undo(&house.seller, event).await.expect("not gone for good");
        assert_eq!(house.facts(&house.seller, id).await, first);

        let told = house.told(&house.seller, id).await;
        let created = told.last().expect("its first event").id;
        house.undo(&house.seller, created).await.expect("as it was created");
        assert!(house.names(&house.seller, "").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_somebody_changed_since_is_not_taken_back() {
    both(async |house| {
        let id = house.add(&house.seller, named("Güneş")).await;
        let change = async |version: i64, city: &str, note: &str| {
            let form = CustomerForm { version: version.to_string(), ..named("Güneş") }
                .with("city", city)
                .with("note", note);
            let done = house.writing(&house.seller, async |tx| commands::change(tx, id, &form).await).await;
            done.expect("changed").expect("something differs")
        };
        let to_izmir = change(1, "İzmir", "").await;
        let noted = change(2, "İzmir", "aradı").await;
        let to_aydin = change(3, "Aydın", "aradı").await;
        assert!(matches!(house.undo(&house.seller, to_izmir).await, Err(Error::Conflict { .. })));
        house.undo(&house.seller, noted).await.expect("the note is as that change left it");
        house.undo(&house.seller, to_aydin).await.expect("so is the city");
        house.undo(&house.seller, to_izmir).await.expect("and now it is İzmir again");
        let facts = house.facts(&house.seller, id).await;
        assert_eq!((facts.city.as_str(), facts.note.as_str()), ("", ""));
    })
    .await;
}

#[tokio::test]
async fn a_form_sent_twice_makes_one_customer() {
    both(async |house| {
        let form = named("Güneş");
        let twice =
            [house.add(&house.seller, form.clone()).await, house.add(&house.seller, form.clone()).await];
        assert_eq!(twice[0], twice[1]);
        assert_eq!(house.names(&house.owner, "").await, ["Güneş"]);
        assert_eq!(house.told(&house.seller, twice[0]).await.len(), 1);
        let stolen = house.writing(&house.colleague, async |tx| commands::create(tx, &form).await).await;
        assert_eq!(stolen, Err(Error::NotFound), "somebody else's id");
    })
    .await;
}

#[tokio::test]
async fn no_contact_is_reached_through_another_customer() {
    both(async |house| {
        let contact = |id: &str, name: &str| CustomerForm {
            contact_id: strings(&[id]),
            contact_name: strings(&[name]),
            ..named("Başka")
        };
        let victim = house.add(&house.stranger, contact("", "Selin")).await;
        let selin = house.facts(&house.stranger, victim).await.contacts[0].clone();
        let stolen = selin.id.to_string();
        let id = house.add(&house.seller, contact(&stolen, "Kaçırılan")).await;
        let form = CustomerForm { version: "1".into(), ..contact(&stolen, "Yine kaçırılan") };
        house
            .writing(&house.seller, async |tx| commands::change(tx, id, &form).await)
            .await
            .expect("one's own customer");
        let own = house.facts(&house.seller, id).await.contacts;
        assert!(own.len() == 1 && own[0].id != selin.id);
        // Called without the form, `add` refuses the id of a foreign contact, and `edit` makes a new contact of it.
        let facts = CustomerFacts { contacts: vec![selin.clone()], ..house.facts(&house.seller, id).await };
        let new = CustomerId(Uuid::now_v7());
        let raw = house
            .writing(&house.seller, async |tx| commands::add(tx, new, &facts, What::Created).await)
            .await;
        assert_eq!(raw, Err(Error::NotFound));
        let change = Edit { facts, version: 2, cmd: None, take: &[] };
        house
            .writing(&house.seller, async |tx| commands::edit(tx, id, change).await)
            .await
            .expect("as a new contact");
        assert_eq!(house.facts(&house.stranger, victim).await.contacts, [selin]);
    })
    .await;
}
