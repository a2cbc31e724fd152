//! Deals from the form to the history: opening, changing, closing and handing them over, who may do it, what is
//! refused, and undo. What lists and sums show is in `deals_shown`, the plain forms are in `deals_forms`.

use super::world::{World, is_not_found, on_both_engines};
use crate::deals::input::DealForm;
use crate::deals::model::DealFacts;
use crate::deals::view::{DealCard, DealQuery};
use crate::deals::{commands, store};
use crate::error::{Error, Problem, Result};
use crate::i18n::Locale;
use crate::id::{CustomerId, DealId, EventId, ProductId};
use crate::journal::model::{Card, HistoryLine, What};
use crate::journal::store::{lines_of, undoable};
use crate::live::Kind;
use uuid::Uuid;

impl World {
    pub(super) async fn draft_of(&self, who: &str, id: Option<DealId>) -> Result<DealForm> {
        Ok(self.seen_by(who, async |tx| commands::draft(tx, Locale::Tr, id, None, None).await).await?.form)
    }

    /// A new deal of that person's, through the form.
    pub(super) async fn open(&self, who: &str, title: &str, amount: &str, currency: &str) -> DealId {
        let form = DealForm {
            title: title.into(),
            amount: amount.into(),
            currency: currency.into(),
            ..self.draft_of(who, None).await.expect("a form")
        };
        self.by(who, async |tx| commands::create(tx, &form).await).await.expect("a deal is opened")
    }

    pub(super) async fn card_of(&self, who: &str, id: DealId) -> Result<DealCard> {
        self.seen_by(who, async |tx| store::card::card(tx, id).await).await
    }

    /// The changes that the card's stream shows, newest first.
    pub(super) async fn told(&self, who: &str, card: Uuid) -> Vec<HistoryLine> {
        let told = self.seen_by(who, async |tx| {
            let of_customer = crate::records::store::is_kept(tx, Kind::Customer, card).await?;
            let card = if of_customer { Card::Customer(CustomerId(card)) } else { Card::Deal(DealId(card)) };
            lines_of(tx, card, None, 100).await
        });
        told.await.expect("a history").into_iter().map(|(_, line)| line).collect()
    }

    pub(super) async fn facts(&self, id: DealId) -> DealFacts {
        self.seen_by("owner", async |tx| crate::records::read(tx, id).await).await.expect("it is there").0
    }

    pub(super) async fn titles(&self, who: &str, query: &DealQuery) -> Vec<String> {
        let part = self.seen_by(who, async |tx| store::list::list(tx, query).await).await.expect("a list");
        part.rows.into_iter().map(|row| row.title).collect()
    }

    pub(super) async fn search(&self, who: &str, search: &str) -> Vec<String> {
        self.titles(who, &DealQuery { search: search.into(), ..DealQuery::default() }).await
    }

    pub(super) async fn undo(&self, who: &str, event: EventId) -> Result<()> {
        self.by(who, async |tx| {
            let change = undoable(tx, event).await?;
            crate::records::take_back::<DealId>(tx, &change).await.map(drop)
        })
        .await
    }

    /// A product, written into its table without an event.
    pub(super) async fn product(&self, name: &str, active: bool) -> ProductId {
        let id = ProductId(Uuid::now_v7());
        let mut system = self.db.write_system().await.expect("a transaction");
        system.query("INSERT INTO products (id, name, series, currency, sort_key, active) VALUES ($1, $2, '', 'TRY', \
             $3, $4)")
            .bind(id)
            .bind(name.to_owned())
            .bind(crate::server::text::sort_key(name))
            .bind(active)
            .execute()
            .await
            .expect("a product");
        system.commit().await.expect("commit");
        id
    }
}

pub(super) fn problem<T: std::fmt::Debug>(result: Result<T>) -> (String, Problem) {
    match result {
        Err(Error::Invalid(mut problems)) => {
            problems.pop().map(|one| (one.field, one.problem)).expect("a problem")
        }
        other => panic!("expected a problem, not {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deal_is_opened_changed_deleted_and_brought_back() {
    on_both_engines(async |world| {
        let customer = world.customer("seller", "Güneş Enerji").await;
        let product = world.product("Torna", true).await;
        let draft = world
            .seen_by("seller", async |tx| commands::draft(tx, Locale::Tr, None, Some(customer), None).await)
            .await
            .expect("a form");
        assert_eq!(draft.customer.as_deref(), Some("Güneş Enerji"));
        assert_eq!((draft.owners.len(), draft.products.len(), draft.pipelines[0].stages.len()), (0, 1, 6));
        let form = DealForm {
            title: "Torna hattı".into(),
            amount: "1.234,50".into(),
            product: product.to_string(),
            ..draft.form
        }
        .with("contract", "on")
        .with("expected_on", "31.12.2026");
        let id = world.by("seller", async |tx| commands::create(tx, &form).await).await.expect("opened");
        let card = world.card_of("seller", id).await.expect("a card");
        assert_eq!((card.deal.owner.as_str(), card.deal.product.as_deref()), ("seller", Some("Torna")));
        assert_eq!(card.customer.map(|customer| customer.name).as_deref(), Some("Güneş Enerji"));
        assert_eq!(
            (card.deal.facts.amount, card.deal.facts.contract, card.days_in_stage),
            (Some(123_450), true, 0)
        );
        let told = world.told("seller", id.0).await;
        assert_eq!((card.stages.len(), told.len(), told[0].what), (6, 1, What::Created));
        let seen = world.draft_of("seller", Some(id)).await.expect("a form");
        assert_eq!(
            (seen.amount.as_str(), seen.typed.text("expected_on")),
            ("1.234,50", "31.12.2026".to_owned())
        );

        let form = DealForm { title: "Torna".into(), customer: String::new(), amount: String::new(), ..seen };
        let event = world
            .by("seller", async |tx| commands::change(tx, id, &form).await)
            .await
            .expect("changed")
            .expect("an event");
        let card = world.card_of("seller", id).await.expect("a card");
        assert_eq!((card.deal.facts.amount, card.customer, card.others.len()), (None, None, 0));
        assert_eq!(world.told("seller", id.0).await[0].what, What::Changed);
        let again = DealForm { version: card.deal.version.to_string(), ..form };
        let nothing = world.by("seller", async |tx| commands::change(tx, id, &again).await).await;
        assert_eq!(nothing, Ok(None), "nothing differs");
        world.undo("seller", event).await.expect("taken back");
        assert_eq!(world.facts(id).await.title, "Torna hattı");

        let gone =
            world.by("seller", async |tx| crate::records::delete(tx, id).await).await.expect("deleted");
        assert!(is_not_found(world.card_of("seller", id).await));
        assert!(world.search("seller", "").await.is_empty());
        world.undo("seller", gone).await.expect("brought back");
        assert_eq!(world.facts(id).await.amount, Some(123_450));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_twice_opens_one_deal_and_a_foreign_id_none() {
    on_both_engines(async |world| {
        let form =
            DealForm { title: "Bir kez".into(), ..world.draft_of("seller", None).await.expect("a form") };
        let first = world.by("seller", async |tx| commands::create(tx, &form).await).await;
        let again = world.by("seller", async |tx| commands::create(tx, &form).await).await;
        assert_eq!((first.is_ok(), &first), (true, &again));
        assert_eq!(world.search("seller", "").await.len(), 1);
        let foreign = DealForm { title: "Başka".into(), owner: String::new(), ..form };
        assert!(is_not_found(world.by("other", async |tx| commands::create(tx, &foreign).await).await));
        assert_eq!(world.search("owner", "").await, ["Bir kez"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn deals_are_won_lost_put_and_taken_back_unless_changed_since() {
    on_both_engines(async |world| {
        let stages = world.stages().await;
        let (won, lost) = (stages[4].id, stages[5].id);
        let id = world.open("seller", "Makine", "100", "TRY").await;
        let event = world.by("seller", async |tx| commands::win(tx, id).await).await.expect("won");
        let card = world.card_of("seller", id).await.expect("a card");
        assert_eq!(
            (
                card.deal.stage.id,
                card.deal.facts.closed_on.is_some(),
                world.told("seller", id.0).await[0].what
            ),
            (won, true, What::Won)
        );
        let again = world.by("seller", async |tx| commands::win(tx, id).await).await;
        assert_eq!(again, Ok(EventId(Uuid::nil())), "it is won already");
        world.undo("seller", event).await.expect("taken back");
        let facts = world.facts(id).await;
        assert_eq!((facts.stage_id, facts.closed_on), (stages[0].id, None));

        let event = world
            .by("seller", async |tx| commands::lose(tx, id, " Fiyat yüksek\n").await)
            .await
            .expect("lost");
        let facts = world.facts(id).await;
        assert_eq!((facts.stage_id, facts.lost_reason.as_str()), (lost, "Fiyat yüksek"));
        world
            .by("seller", async |tx| commands::lose(tx, id, "Bütçe yok").await)
            .await
            .expect("another reason");
        assert!(
            matches!(world.undo("seller", event).await, Err(Error::Conflict { .. })),
            "the reason has changed since"
        );
        world.by("seller", async |tx| commands::put(tx, id, stages[2].id).await).await.expect("open again");
        let card = world.card_of("seller", id).await.expect("a card");
        assert_eq!((card.deal.facts.lost_reason.as_str(), card.deal.facts.closed_on), ("", None));
        assert_eq!(
            (card.deal.stage.id, world.told("seller", id.0).await[0].what),
            (stages[2].id, What::Reopened)
        );

        let other = world.deal("seller", "İlk", 2, None).await;
        let form = DealForm {
            stage: stages[2].id.to_string(),
            title: "Sona".into(),
            ..world.draft_of("seller", None).await.expect("a form")
        };
        let last = world.by("seller", async |tx| commands::create(tx, &form).await).await.expect("opened");
        assert!(
            world.facts(other).await.position < world.facts(last).await.position,
            "a new deal goes to the end"
        );
        let form = DealForm {
            stage: won.to_string(),
            ..world.draft_of("seller", Some(other)).await.expect("a form")
        };
        world
            .by("seller", async |tx| commands::change(tx, other, &form).await)
            .await
            .expect("moved by the form");
        let card = world.card_of("seller", other).await.expect("a card");
        assert_eq!(
            (card.deal.facts.closed_on.is_some(), world.told("seller", other.0).await[0].what),
            (true, What::Won)
        );
        let nowhere = crate::id::StageId(Uuid::nil());
        assert!(is_not_found(world.by("seller", async |tx| commands::put(tx, id, nowhere).await).await));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_changes_nothing_and_learns_nothing() {
    on_both_engines(async |world| {
        let id = world.open("seller", "Gizli satış", "5", "TRY").await;
        let form = world.draft_of("seller", Some(id)).await.expect("a form");
        let stage = world.stages().await[1].id;
        let before = world.rows().await;
        for (who, refused) in
            [("mate", Error::NotFound), ("other", Error::NotFound), ("viewer", Error::Forbidden)]
        {
            assert_eq!(
                world.by(who, async |tx| commands::change(tx, id, &form).await).await.err(),
                Some(refused.clone()),
                "{who}"
            );
            assert_eq!(
                world.by(who, async |tx| crate::records::delete(tx, id).await).await.err(),
                Some(refused.clone()),
                "{who}"
            );
            assert_eq!(
                world.by(who, async |tx| commands::win(tx, id).await).await.err(),
                Some(refused.clone()),
                "{who}"
            );
            assert_eq!(
                world.by(who, async |tx| commands::lose(tx, id, "").await).await.err(),
                Some(refused.clone()),
                "{who}"
            );
            assert_eq!(
                world.by(who, async |tx| commands::put(tx, id, stage).await).await.err(),
                Some(refused.clone()),
                "{who}"
            );
            assert_eq!(world.draft_of(who, Some(id)).await.err(), Some(refused), "{who}");
        }
        assert_eq!(world.draft_of("viewer", None).await.err(), Some(Error::Forbidden));
        assert_eq!(world.rows().await, before);
        for (who, sees) in [("mate", 0), ("other", 0), ("viewer", 1), ("manager", 1), ("owner", 1)] {
            assert_eq!(world.card_of(who, id).await.is_ok(), sees == 1, "{who}");
            assert_eq!(world.search(who, "gizli").await.len(), sees, "{who}");
            let sum = world
                .seen_by(who, async |tx| store::list::sum(tx, &DealQuery::default()).await)
                .await
                .expect("a sum");
            assert_eq!(sum.count, i64::try_from(sees).expect("a number"), "{who}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_may_hands_over_and_only_to_somebody_in_reach() {
    on_both_engines(async |world| {
        let (mate, other) = (world.actor("mate").await.unit(), world.actor("other").await.unit());
        let id = world.open("seller", "Devir", "", "TRY").await;
        let to = async |unit: crate::id::UnitId| DealForm {
            owner: unit.to_string(),
            ..world.draft_of("seller", Some(id)).await.expect("a form")
        };
        let form = to(mate).await;
        assert_eq!(
            world.by("seller", async |tx| commands::change(tx, id, &form).await).await,
            Err(Error::Forbidden)
        );
        let new = DealForm { id: Uuid::now_v7().to_string(), version: String::new(), ..form.clone() };
        assert_eq!(
            world.by("seller", async |tx| commands::create(tx, &new).await).await,
            Err(Error::Forbidden)
        );
        let far = to(other).await;
        let refused = world.by("manager", async |tx| commands::change(tx, id, &far).await).await;
        assert_eq!(problem(refused), ("owner".into(), Problem::Unknown));
        let event =
            world.by("manager", async |tx| commands::change(tx, id, &form).await).await.expect("handed over");
        assert_eq!(world.told("manager", id.0).await[0].what, What::HandedOver);
        assert!(is_not_found(world.card_of("seller", id).await));
        // The person who got the deal may not give it back by undoing.
        assert_eq!(world.undo("mate", event.expect("an event")).await, Err(Error::Forbidden));
        world.undo("manager", event.expect("an event")).await.expect("taken back");
        assert!(world.card_of("seller", id).await.is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_may_point_only_at_what_is_there_and_in_reach() {
    on_both_engines(async |world| {
        let foreign = world.customer("other", "Ankara Lojistik").await;
        let old = world.product("Eski", false).await;
        let blank = world.draft_of("seller", None).await.expect("a form");
        let nil = Uuid::nil().to_string();
        for (field, form) in [
            ("customer", DealForm { customer: foreign.to_string(), ..blank.clone() }),
            ("customer", DealForm { customer: nil.clone(), ..blank.clone() }),
            ("product", DealForm { product: old.to_string(), ..blank.clone() }),
            ("stage", DealForm { stage: nil, ..blank.clone() }),
        ] {
            let form = DealForm { title: "Satış".into(), ..form };
            let refused = world.by("seller", async |tx| commands::create(tx, &form).await).await;
            assert_eq!(problem(refused), (field.into(), Problem::Unknown));
        }
        let draft = world
            .seen_by("seller", async |tx| commands::draft(tx, Locale::Tr, None, Some(foreign), None).await)
            .await;
        assert!(is_not_found(draft));
        assert!(world.search("owner", "").await.is_empty());
    })
    .await;
}
