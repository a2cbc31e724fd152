//! The palette as people use it: a few of everything in reach, found as the lists find it.

use super::world::on_both_engines;
use crate::i18n::Locale;
use crate::palette::model::{FEW, Hit, HitKind};
use crate::palette::store::find;
use crate::tasks::commands;
use crate::tasks::model::Act;

#[tokio::test(flavor = "multi_thread")]
async fn a_few_of_everything_in_reach_are_found() {
    on_both_engines(async |world| {
        let mut facts = world.customer_facts("seller", "Işık Otomotiv").await;
        facts.contacts = vec![crate::customers::model::Contact {
            id: crate::id::ContactId(uuid::Uuid::now_v7()),
            name: "Selin Güneş".into(),
            job: String::new(),
            phone: String::new(),
            email: String::new(),
        }];
        let id = crate::id::CustomerId(uuid::Uuid::now_v7());
        world
            .by("owner", async |tx| {
                crate::customers::commands::add(tx, id, &facts, crate::journal::model::What::Created).await
            })
            .await
            .expect("a customer can be made");
        for nr in 0..8 {
            world.customer("seller", &format!("Işıltı {nr}")).await;
        }
        world.deal("seller", "Işıklı tabela", 0, Some(100)).await;
        let task = world.task("seller", "IŞIĞI söndür", 1).await;
        world.customer("other", "Işık Saklı").await;
        world.deal("other", "Işık saklı satış", 0, None).await;
        world.task("other", "Işık saklı görev", 1).await;

        let asked = async |who: &str, typed: &str| -> Vec<Hit> {
            world.seen_by(who, async |tx| find(tx, typed, Locale::Tr).await).await.expect("an answer")
        };
        let count = |hits: &[Hit], kind| hits.iter().filter(|hit| hit.kind == kind).count();
        let found = asked("seller", "ISI").await;
        let kinds = [HitKind::Customer, HitKind::Deal, HitKind::Task].map(|kind| count(&found, kind));
        assert_eq!(kinds, [FEW, 1, 1], "{found:?}");
        assert!(!format!("{found:?}").contains("aklı"), "what one may not see is not found");
        assert!(format!("{:?}", asked("owner", "saklı").await).contains("Işık saklı görev"));
        let contact = asked("seller", "selin gün").await.into_iter().find(|hit| hit.kind == HitKind::Contact);
        let contact = contact.map(|hit| (hit.id, hit.title, hit.sub));
        assert_eq!(contact, Some((id.0, "Selin Güneş".into(), "Işık Otomotiv".into())));
        assert!(asked("seller", "  ").await.is_empty());
        assert_eq!(count(&asked("seller", "söndür ışığı").await, HitKind::Task), 1, "words in any order");

        world.by("seller", async |tx| commands::act(tx, task, Act::Finish).await).await.expect("done");
        assert!(asked("seller", "söndür").await.is_empty(), "a finished task is not found");
    })
    .await;
}
