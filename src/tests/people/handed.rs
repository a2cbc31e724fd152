//! All records of somebody who leaves are handed over to somebody else, and that is undone as a whole.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn the_records_of_a_leaver_are_handed_over_and_come_back_as_a_whole() {
    on_both_engines(async |world| {
        let (seller, mate) = (world.person("seller").await, UnitId::from(world.person("mate").await));
        world.customer("seller", "Güneş Enerji").await;
        let deal = world.deal("seller", "Panel", 0, Some(100)).await;
        let kept = world.deal("seller", "Verilen", 1, None).await;
        world.task("seller", "Aranacak", 1).await;
        let count = async |who: &str| {
            let sum = world.seen_by(who, async |tx| deals::sum(tx, &DealQuery::default()).await).await;
            sum.expect("a sum").count
        };
        let done = world
            .by("manager", async |tx| hand_over::hand_over(tx, seller, mate).await)
            .await
            .expect("handed over");
        assert_eq!((done.records, count("seller").await, count("mate").await), (4, 0, 2));
        assert_eq!(world.tasks("mate", crate::tasks::view::TaskQuery::default()).await.len(), 1);
        let line = world
            .seen_by("mate", async |tx| {
                crate::journal::store::lines_of(tx, crate::journal::model::Card::Deal(deal), None, 1).await
            })
            .await
            .expect("a history");
        assert_eq!(line[0].1.what, crate::journal::model::What::HandedOver);
        // One deal is given to somebody else before the undo: it stays with them.
        give(world, kept, world.actor("manager").await.unit()).await;
        let undo = json!({"event": done.event});
        let mut manager = world.browser_of("manager").await;
        assert_eq!(manager.call("/api/journal/undo", &undo).await.0, StatusCode::OK);
        assert_eq!((count("seller").await, count("mate").await), (1, 0));

        let far = UnitId::from(world.person("other").await);
        let refused = world.by("manager", async |tx| hand_over::hand_over(tx, seller, far).await).await;
        assert_eq!(refused, Err(Error::invalid("owner", Problem::Unknown)));
        let other = world.person("other").await;
        assert!(is_not_found(
            world.by("manager", async |tx| hand_over::hand_over(tx, other, mate).await).await
        ));
        let seen = world.seen_by("manager", async |tx| card::card(tx, seller).await).await.expect("a card");
        assert_eq!((seen.customers, seen.deals, seen.led, seen.may_link), (1, 1, true, false));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn others_write_while_very_much_is_handed_over_and_taken_back() {
    on_both_engines(async |world| {
        let (seller, mate) = (world.person("seller").await, UnitId::from(world.person("mate").await));
        let facts = world.customer_facts("seller", "Çok").await;
        let many = async |tx: &mut crate::server::db::Tx| {
            for _ in 0..350 {
                let id = crate::id::CustomerId(uuid::Uuid::now_v7());
                crate::customers::commands::add(tx, id, &facts, crate::journal::model::What::Created).await?;
            }
            Ok(())
        };
        world.by("owner", many).await.expect("many customers");
        let browser = world.browser_of("other").await;
        let event = std::cell::Cell::new(None);
        for back in [false, true] {
            let done = std::cell::Cell::new(false);
            let long = async {
                if back {
                    let event = event.get().expect("handed over");
                    let undo = async |tx: &mut crate::server::db::Tx| {
                        crate::journal::commands::undo(tx, event).await
                    };
                    world.by("manager", undo).await.expect("taken back");
                } else {
                    let hand =
                        async |tx: &mut crate::server::db::Tx| hand_over::hand_over(tx, seller, mate).await;
                    let handed = world.by("manager", hand).await.expect("handed over");
                    assert_eq!(handed.records, 350);
                    event.set(Some(handed.event));
                }
                done.set(true);
            };
            let beside = async {
                let mut between = 0;
                while !done.get() {
                    let form =
                        json!({"form": {"id": uuid::Uuid::now_v7(), "kind": "person", "name": "Arada"}});
                    let (status, told) = browser.clone().call("/api/customers/create", &form).await;
                    assert_eq!(status, StatusCode::OK, "{told}");
                    between += usize::from(!done.get());
                }
                between
            };
            let ((), between) = tokio::join!(long, beside);
            assert!(between >= 2, "{}: {between} writes came between", world.engine);
            let hers = async |who: &str| {
                let unit = world.actor(who).await.unit();
                let found = world.seen_by(who, async |tx| crate::records::store::hanging_on(tx, unit).await);
                found.await.expect("a list").len()
            };
            assert_eq!((hers("seller").await, hers("mate").await), if back { (350, 0) } else { (0, 350) });
        }
    })
    .await;
}
