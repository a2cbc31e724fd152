//! A salesperson gives away what is theirs, with what hangs on it; nobody gives away what is another's; one undo brings
//! all of it back.

use super::deals::problem;
use super::world::{World, on_both_engines};
use crate::error::{Error, Problem, Result};
use crate::handover::model::{Given, HandOverForm};
use crate::handover::store;
use crate::id::UnitId;
use crate::journal::commands::undo;
use crate::journal::model::Card;
use crate::live::Kind;
use axum::http::StatusCode;

impl World {
    async fn give_away(&self, who: &str, card: Card, to: UnitId, along: bool) -> Result<Given> {
        let form = HandOverForm { to: to.to_string(), along: if along { "on" } else { "" }.into() };
        self.by(who, async |tx| store::give(tx, card, &form).await).await
    }

    /// How many customers, deals and open tasks somebody has.
    async fn has(&self, who: &str) -> (usize, usize, usize) {
        let unit = self.actor(who).await.id.into();
        let all = self.seen_by("owner", async |tx| crate::records::store::hanging_on(tx, unit).await);
        let all = all.await.expect("a list");
        let of = |kind| all.iter().filter(|(one, _)| *one == kind).count();
        (of(Kind::Customer), of(Kind::Deal), of(Kind::Task))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_salesperson_gives_away_what_is_theirs_with_what_hangs_on_it() {
    on_both_engines(async |world| {
        let customer = world.customer("seller", "Güneş Enerji").await;
        let card = Card::Customer(customer);
        let form = crate::deals::input::DealForm {
            title: "Çatı".into(),
            customer: customer.to_string(),
            ..world.draft_of("seller", None).await.expect("a form")
        };
        world.by("seller", async |tx| crate::deals::commands::create(tx, &form).await).await.expect("a deal");
        let line = crate::tasks::input::LineForm {
            line: "yarın ara".into(),
            customer: customer.to_string(),
            today: "2026-11-27".into(),
            ..Default::default()
        };
        let add = async |tx: &mut crate::server::db::Tx| {
            crate::tasks::commands::add_line(tx, &line, crate::i18n::Locale::Tr).await
        };
        world.by("seller", add).await.expect("a task");
        let before = (world.has("seller").await, world.has("mate").await);

        let mate: UnitId = world.actor("mate").await.id.into();
        let offer = world.seen_by("seller", async |tx| store::offer(tx, card).await).await.expect("an offer");
        assert_eq!((offer.name.as_str(), offer.deals, offer.tasks), ("Güneş Enerji", 1, 1));
        assert!(offer.heirs.iter().any(|heir| heir.id == mate));
        // The customer can't be given to oneself, to a viewer or to an unknown person; and a colleague can't give it
        // away.
        for nobody in [
            world.actor("seller").await.id,
            world.actor("viewer").await.id,
            crate::id::PersonId(uuid::Uuid::now_v7()),
        ] {
            assert_eq!(
                problem(world.give_away("seller", card, nobody.into(), true).await),
                ("to".into(), Problem::Unknown)
            );
        }
        assert_eq!(world.give_away("mate", card, mate, true).await, Err(Error::NotFound));
        assert_eq!(
            world.give_away("viewer", card, mate, true).await.map_err(|error| error.status()),
            Err(403)
        );

        let given = world.give_away("seller", card, mate, true).await.expect("given");
        assert_eq!((given.along, given.seen), (2, false), "{}", world.engine);
        let ((c, d, t), (mc, md, mt)) = before;
        assert_eq!(world.has("seller").await, (c - 1, d - 1, t - 1));
        assert_eq!(world.has("mate").await, (mc + 1, md + 1, mt + 1));
        // The customer is out of the seller's sight now; the manager, who sees both, brings everything back with one
        // undo.
        assert_eq!(world.give_away("seller", card, mate, true).await, Err(Error::NotFound));
        assert!(world.by("seller", async |tx| undo(tx, given.event).await).await.is_err());
        world.by("manager", async |tx| undo(tx, given.event).await).await.expect("back");
        assert_eq!((world.has("seller").await, world.has("mate").await), before, "{}", world.engine);

        // Given away alone, the customer leaves its deal and its task with the seller.
        let given = world.give_away("manager", card, mate, false).await.expect("given");
        assert_eq!((given.along, given.seen), (0, true));
        assert_eq!(world.has("seller").await, (c - 1, d, t));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plain_form_gives_a_deal_away() {
    on_both_engines(async |world| {
        let deal = world.deal("seller", "Çatı", 0, Some(100)).await;
        let mate = world.actor("mate").await.id;
        let mut seller = world.browser_of("seller").await;
        let page = seller.get(&format!("/deals/{deal}/hand-over")).await;
        assert!(page.status == StatusCode::OK && page.text.contains("Devret"), "{}", page.text);
        let answer = seller.submit(&format!("/deals/{deal}/hand-over"), &[("to", &mate.to_string())]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        assert_eq!(answer.headers["location"], "/deals");
        assert_eq!(seller.get(&format!("/deals/{deal}")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}
