//! What deals show and to whom: customers out of reach, sums by currency, filters and search, conflicts.

use super::world::on_both_engines;
use crate::deals::input::DealForm;
use crate::deals::model::{DealFacts, Status};
use crate::deals::view::DealQuery;
use crate::deals::{commands, store};
use crate::error::Error;
use crate::i18n::{Currency, Money, Totals};
use crate::id::CustomerId;
use serde_json::json;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_out_of_reach_is_not_named_but_stays() {
    on_both_engines(async |world| {
        let hidden: CustomerId = world.customer("other", "Saklı Holding").await;
        let id = world.open("seller", "Forklift", "10", "TRY").await;
        let form = DealForm {
            customer: hidden.to_string(),
            ..world.draft_of("owner", Some(id)).await.expect("a form")
        };
        world
            .by("owner", async |tx| commands::change(tx, id, &form).await)
            .await
            .expect("the owner names it");
        let card = world.card_of("seller", id).await.expect("a card");
        assert_eq!((card.customer, card.deal.customer, card.deal.facts.customer_id), (None, None, None));
        assert!(!format!("{:?}", world.told("seller", id.0).await).contains("Saklı"));
        let all = world
            .seen_by("seller", async |tx| store::list::list(tx, &DealQuery::default()).await)
            .await
            .expect("a list");
        assert_eq!((all.rows[0].customer.as_ref(), all.rows[0].customer_id), (None, None));
        assert!(
            world.search("seller", "saklı").await.is_empty()
                && world.search("seller", "fork saklı").await.is_empty()
        );
        assert_eq!(world.search("owner", "SAKLI forklift").await, ["Forklift"]);
        assert_eq!(world.search("seller", "forkl").await, ["Forklift"]);
        let form = DealForm {
            title: "Forklift 2".into(),
            ..world.draft_of("seller", Some(id)).await.expect("a form")
        };
        world
            .by("seller", async |tx| commands::change(tx, id, &form).await)
            .await
            .expect("the rest may be changed");
        assert_eq!(world.facts(id).await.customer_id, Some(hidden));
        // Somebody who may see the customer finds its other deals on the card.
        let second = world.open("owner", "İkinci", "", "TRY").await;
        let form = DealForm {
            customer: hidden.to_string(),
            ..world.draft_of("owner", Some(second)).await.expect("a form")
        };
        world.by("owner", async |tx| commands::change(tx, second, &form).await).await.expect("changed");
        let others: Vec<_> = world
            .card_of("owner", id)
            .await
            .expect("a card")
            .others
            .into_iter()
            .map(|row| row.title)
            .collect();
        assert_eq!(others, ["İkinci"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sums_are_exact_and_by_currency() {
    on_both_engines(async |world| {
        for nr in 0..60 {
            let (amount, currency) = match nr % 3 {
                0 => ("0,10", "TRY"),
                1 => ("1.000,01", "USD"),
                _ => ("", "EUR"),
            };
            world.open("seller", &format!("Satış {nr}"), amount, currency).await;
        }
        world.open("mate", "Başkasının", "1.000.000", "TRY").await;
        let sum = async |who: &str, query: DealQuery| {
            world.seen_by(who, async |tx| store::list::sum(tx, &query).await).await.expect("a sum")
        };
        let mine = sum("seller", DealQuery::default()).await;
        let expected: Totals =
            [Money::new(200, Currency::Try), Money::new(2_000_020, Currency::Usd)].into_iter().collect();
        assert_eq!((mine.count, mine.totals), (60, expected));
        assert_eq!(sum("manager", DealQuery::default()).await.count, 61);

        let first = world
            .seen_by("seller", async |tx| store::list::list(tx, &DealQuery::default()).await)
            .await
            .expect("a list");
        assert_eq!((first.rows.len(), first.more, first.rows[0].title.as_str()), (50, true, "Satış 59"));
        let next = DealQuery { after: first.rows.last().map(|row| row.id), ..DealQuery::default() };
        let rest = world.titles("seller", &next).await;
        assert_eq!((rest.len(), rest[0].as_str(), rest[9].as_str()), (10, "Satış 9", "Satış 0"));
        assert_eq!(sum("seller", next).await.count, 60, "the sum is of all pages");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_filtered_and_searched_as_a_turkish_reader_expects() {
    on_both_engines(async |world| {
        let customer = world.customer("seller", "Çağlayan İnşaat A.Ş.").await;
        let form = DealForm {
            title: "IŞIKLI tabela".into(),
            customer: customer.to_string(),
            ..world.draft_of("seller", None).await.expect("a form")
        };
        let sign = world.by("seller", async |tx| commands::create(tx, &form).await).await.expect("opened");
        let ice = world.open("mate", "Buz makinesi", "7", "TRY").await;
        for typed in ["ışıklı", "isikli", "Işıklı TABELA", "caglayan", "inşaat aş", "tabela çağ", "IŞ"]
        {
            assert_eq!(world.search("manager", typed).await, ["IŞIKLI tabela"], "{typed}");
        }
        assert!(world.search("manager", "tabela buz").await.is_empty());
        world.by("mate", async |tx| commands::lose(tx, ice, "").await).await.expect("lost");
        let all = DealQuery::default();
        let stages = world.stages().await;
        for (query, titles) in [
            (all.clone(), vec!["Buz makinesi", "IŞIKLI tabela"]),
            (DealQuery { status: Some(Status::Open), ..all.clone() }, vec!["IŞIKLI tabela"]),
            (DealQuery { status: Some(Status::Lost), ..all.clone() }, vec!["Buz makinesi"]),
            (DealQuery { stage: Some(stages[0].id), ..all.clone() }, vec!["IŞIKLI tabela"]),
            (
                DealQuery { owner: Some(world.actor("mate").await.unit()), ..all.clone() },
                vec!["Buz makinesi"],
            ),
            (DealQuery { pipeline: Some(crate::id::PipelineId(Uuid::nil())), ..all.clone() }, vec![]),
            (
                DealQuery { pipeline: Some(stages[0].pipeline_id), search: "bu".into(), ..all },
                vec!["Buz makinesi"],
            ),
        ] {
            assert_eq!(world.titles("manager", &query).await, titles, "{query:?}");
        }
        // A deal is found by its customer's new name, and no longer by the old one.
        let facts = world.customer_facts("seller", "Deniz Yapı").await;
        let change = crate::customers::commands::Edit { facts, version: 1, cmd: None, take: &[] };
        world
            .by("seller", async |tx| crate::customers::commands::edit(tx, customer, change).await)
            .await
            .expect("renamed");
        assert_eq!(world.search("seller", "deniz").await, ["IŞIKLI tabela"]);
        assert!(world.search("seller", "caglayan").await.is_empty());
        assert!(world.facts(sign).await.customer_id.is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_from_an_older_state_is_told_what_is_there_now() {
    on_both_engines(async |world| {
        let id = world.open("seller", "Eski ad", "", "TRY").await;
        let mine = world.draft_of("seller", Some(id)).await.expect("a form");
        let theirs = DealForm { title: "Yeni ad".into(), amount: "12".into(), ..mine.clone() };
        world.by("manager", async |tx| commands::change(tx, id, &theirs).await).await.expect("changed");
        let mine = DealForm { title: "Benim adım".into(), ..mine };
        let Err(Error::Conflict { version, theirs }) =
            world.by("seller", async |tx| commands::change(tx, id, &mine).await).await
        else {
            panic!("this should be a conflict")
        };
        assert_eq!((version, &theirs["title"], &theirs["owner"]), (2, &json!("Yeni ad"), &json!("seller")));
        let on_record: DealFacts = serde_json::from_value(theirs).expect("the facts as they are");
        let typed = mine
            .parse(crate::fields::TypedAt::default(), crate::deals::model::FIELDS)
            .expect("nothing is wrong")
            .on(&on_record)
            .expect("it fits");
        assert_eq!((typed.title.as_str(), typed.amount, on_record.amount), ("Benim adım", None, Some(1_200)));
        let settled = DealForm { version: "2".into(), ..mine };
        world.by("seller", async |tx| commands::change(tx, id, &settled).await).await.expect("mine is kept");
        assert_eq!(world.facts(id).await.title, "Benim adım");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sums_do_not_fail_however_much_it_is() {
    on_both_engines(async |world| {
        let customer = world.customer("seller", "Çok Ltd").await;
        let deal = world.deal("seller", "Çok büyük", 0, Some(i64::MAX - 7)).await;
        world.deal("seller", "Kalan", 0, Some(999_999)).await;
        let mut owner = world.browser_of("owner").await;
        let card = format!("/customers/{}", customer.0);
        let pages = ["/", "/deals", "/deals?view=list", "/customers", &card];
        let input = serde_json::json!({"query": {"search": "", "depth": []}});
        for many in [1, 2, 3] {
            for page in pages {
                let answer = owner.get(page).await;
                assert_eq!(answer.status, 200, "{} {page} with {many}", world.engine);
                if many > 1 && page == "/deals" {
                    assert!(answer.text.contains("sayılamayacak kadar çok"), "{} says it", world.engine);
                }
            }
            let (status, told) = owner.call("/api/board/get", &input).await;
            assert_eq!(status, 200, "{told}");
            let (status, told) = owner.call("/api/deals/sum", &serde_json::json!({"query": {}})).await;
            assert_eq!(status, 200, "{told}");
            let actor = world.actor("owner").await;
            crate::stats::count(&world.db, actor).await.expect("stats");
            world
                .by("owner", async |tx| {
                    let (facts, _) = crate::records::read(tx, deal).await?;
                    let facts = crate::deals::model::DealFacts { customer_id: Some(customer), ..facts };
                    let id = crate::id::DealId(uuid::Uuid::now_v7());
                    crate::records::create(tx, id, &facts, crate::journal::model::What::Created).await
                })
                .await
                .expect("one more");
        }
    })
    .await;
}
