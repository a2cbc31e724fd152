//! The board of deals on both engines: everyone sees the same order, a move may be sent twice or together with others,
//! and whoever may not move a deal changes nothing.

mod room;

use super::world::{World, on_both_engines};
use crate::deals::board::model::{Board, BoardQuery, Move, Moved};
use crate::deals::board::store;
use crate::deals::model::{DealFacts, Status};
use crate::error::{Error, Result};
use crate::i18n::Currency;
use crate::id::{CmdId, DealId, StageId, UnitId};
use crate::journal::model::What;
use chrono::NaiveDate;
use futures::future::join_all;
use uuid::Uuid;

/// The firm, with the stages of its board at hand.
struct House<'w> {
    world: &'w World,
    stages: Vec<StageId>,
    won: StageId,
    lost: StageId,
}

impl<'w> House<'w> {
    async fn new(world: &'w World) -> Self {
        let stages = world.stages().await;
        let of = |status| stages.iter().filter(move |stage| stage.status == status).map(|stage| stage.id);
        let end = |status| of(status).next().expect("an end");
        Self { world, won: end(Status::Won), lost: end(Status::Lost), stages: of(Status::Open).collect() }
    }

    async fn board(&self, name: &str) -> Board {
        self.board_of(name, BoardQuery::default()).await
    }

    async fn board_of(&self, name: &str, query: BoardQuery) -> Board {
        self.world.seen_by(name, async |tx| store::board(tx, &query).await).await.expect("a board")
    }

    /// The titles of a column, top down.
    async fn order(&self, name: &str, column: usize) -> String {
        let board = self.board(name).await;
        board.columns[column].cards.iter().map(|card| card.title.as_str()).collect::<Vec<_>>().join(" ")
    }

    async fn deal(&self, owner: &str, title: &str, amount: Option<i64>, currency: Currency) -> DealId {
        let unit = self.world.actor(owner).await.unit();
        let (id, stage) = (DealId(Uuid::now_v7()), self.stages[0]);
        self.world
            .by(owner, async |tx| {
                let position = crate::deals::store::end_of(tx, stage).await?;
                let facts = facts(unit, stage, position, title, amount, currency);
                crate::records::create(tx, id, &facts, What::Created).await
            })
            .await
            .expect("a deal");
        id
    }

    /// One deal for each word, in the first stage.
    async fn deals<const N: usize>(&self, owner: &str, titles: [&str; N]) -> [DealId; N] {
        let mut ids = [DealId(Uuid::nil()); N];
        for (id, title) in ids.iter_mut().zip(titles) {
            *id = self.deal(owner, title, Some(100), Currency::Try).await;
        }
        ids
    }

    async fn carry(&self, name: &str, change: Move) -> Result<Moved> {
        self.world.by(name, async |tx| store::move_to(tx, &change).await).await
    }
}

fn facts(
    owner_id: UnitId,
    stage_id: StageId,
    position: String,
    title: &str,
    amount: Option<i64>,
    currency: Currency,
) -> DealFacts {
    let opened_on = NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day");
    DealFacts {
        position,
        title: title.into(),
        amount,
        ..DealFacts::new(owner_id, stage_id, currency, opened_on)
    }
}

fn put(deal: DealId, to: StageId, after: Option<DealId>, before: Option<DealId>) -> Move {
    Move { cmd: CmdId(Uuid::new_v4()), deal, to, after, before, seen_version: 1, lost_reason: String::new() }
}

#[tokio::test]
async fn the_order_is_the_same_for_everyone() {
    on_both_engines(async |world| {
        let house = House::new(world).await;
        let [a, b, c] = house.deals("seller", ["a", "b", "c"]).await;
        let mine = house.deal("mate", "m", Some(100), Currency::Try).await;
        house.carry("owner", put(mine, house.stages[0], Some(a), Some(b))).await.expect("moved");
        assert_eq!(house.order("owner", 0).await, "a m b c");
        house.carry("seller", put(c, house.stages[0], None, Some(a))).await.expect("moved");
        assert_eq!(house.order("owner", 0).await, "c a m b");
        assert_eq!(house.order("seller", 0).await, "c a b");
        assert_eq!(house.order("mate", 0).await, "m");
        assert_eq!(house.order("viewer", 0).await, "c a m b");
        // The seller sees `a` and `b` as neighbours, since `m` between them is out of her reach: she puts `c` right
        // below `a`.
        house.carry("seller", put(c, house.stages[0], Some(a), Some(b))).await.expect("moved");
        assert_eq!(house.order("owner", 0).await, "a c m b");
    })
    .await;
}

#[tokio::test]
async fn a_neighbour_that_is_gone_leaves_the_nearest_place() {
    on_both_engines(async |world| {
        let house = House::new(world).await;
        let [a, b, c, d] = house.deals("seller", ["a", "b", "c", "d"]).await;
        let x = house.deal("seller", "x", None, Currency::Try).await;
        let to = house.stages[1];
        for id in [a, b, c, d] {
            house.carry("seller", put(id, to, None, None)).await.expect("moved");
        }
        // `b` goes to another stage: only the other neighbour, `c`, says where the place is.
        house.carry("seller", put(b, house.stages[2], None, None)).await.expect("moved");
        house.carry("seller", put(x, to, Some(b), Some(c))).await.expect("moved");
        assert_eq!(house.order("seller", 1).await, "a x c d");
        // Both neighbours are gone: the card goes to the end.
        house.carry("seller", put(c, house.stages[2], None, None)).await.expect("moved");
        house.carry("seller", put(x, to, Some(b), Some(c))).await.expect("moved");
        assert_eq!(house.order("seller", 1).await, "a d x");
        // A deleted deal still has its position.
        world
            .by("seller", async |tx| {
                let (facts, version) = crate::records::read(tx, a).await?;
                let gone = DealFacts { deleted: true, ..facts.clone() };
                crate::records::save(tx, a, (&facts, version), &gone, What::Deleted).await
            })
            .await
            .expect("deleted");
        house.carry("seller", put(x, to, Some(a), None)).await.expect("moved");
        assert_eq!(house.order("seller", 1).await, "x d");
    })
    .await;
}

#[tokio::test]
async fn a_repeated_move_changes_nothing() {
    on_both_engines(async |world| {
        let house = House::new(world).await;
        let [a, b] = house.deals("seller", ["a", "b"]).await;
        let change = put(a, house.stages[1], None, None);
        let first = house.carry("seller", change.clone()).await.expect("moved");
        assert!(first.event.is_some());
        house.carry("seller", put(a, house.stages[0], Some(b), None)).await.expect("moved back");
        let again = house.carry("seller", change).await.expect("known");
        assert_eq!(again.event, None);
        assert_eq!(again.stage.id, house.stages[0]);
        assert_eq!(house.order("seller", 0).await, "b a");
        // Dropping a card where it already is changes nothing either.
        let stays = house.carry("seller", put(a, house.stages[0], Some(b), None)).await.expect("stays");
        assert_eq!(stays.card.id, a);
    })
    .await;
}

#[tokio::test]
async fn moves_at_once_into_one_gap_all_find_a_place() {
    on_both_engines(async |world| {
        let house = House::new(world).await;
        let ids = house.deals("seller", ["top", "end", "p", "q", "r", "s"]).await;
        let to = house.stages[1];
        for id in &ids[..2] {
            house.carry("seller", put(*id, to, None, None)).await.expect("moved");
        }
        let at_once =
            ids[2..].iter().map(|id| house.carry("seller", put(*id, to, Some(ids[0]), Some(ids[1]))));
        for done in join_all(at_once).await {
            done.expect("moved");
        }
        let order = house.order("seller", 1).await;
        assert!(
            order.starts_with("top ") && order.ends_with(" end") && order.split(' ').count() == 6,
            "{order}"
        );
        let board = house.board("seller").await;
        let mut positions: Vec<_> = board.columns[1].cards.iter().map(|card| card.position.clone()).collect();
        positions.dedup();
        assert_eq!(positions.len(), 6);
    })
    .await;
}

#[tokio::test]
async fn the_newer_of_two_moves_of_one_deal_counts() {
    on_both_engines(async |world| {
        let house = House::new(world).await;
        let [a, _] = house.deals("seller", ["a", "b"]).await;
        house.carry("owner", put(a, house.stages[1], None, None)).await.expect("moved");
        // The seller still saw version 1 in the first stage.
        let done = house.carry("seller", put(a, house.stages[2], None, None)).await.expect("moved");
        assert_eq!((done.card.version, done.stage.id), (3, house.stages[2]));
    })
    .await;
}

#[tokio::test]
async fn who_may_not_changes_nothing() {
    on_both_engines(async |world| {
        let house = House::new(world).await;
        let [a, b] = house.deals("seller", ["a", "b"]).await;
        let change = put(b, house.stages[1], None, Some(a));
        assert_eq!(house.carry("mate", change.clone()).await.err(), Some(Error::NotFound));
        assert_eq!(house.carry("viewer", change.clone()).await.err(), Some(Error::Forbidden));
        assert_eq!(
            house.carry("mate", put(DealId(Uuid::nil()), house.stages[1], None, None)).await.err(),
            Some(Error::NotFound)
        );
        assert_eq!(
            house.carry("seller", put(b, StageId(Uuid::nil()), None, None)).await.err(),
            Some(Error::NotFound)
        );
        assert_eq!(house.order("owner", 0).await, "a b");
        assert_eq!(house.board("owner").await.columns[1].count, 0);
    })
    .await;
}

#[tokio::test]
async fn counts_and_totals_are_of_all_that_is_in_reach() {
    on_both_engines(async |world| {
        let house = House::new(world).await;
        for nr in 0..60 {
            let (currency, amount) =
                if nr % 3 == 0 { (Currency::Usd, None) } else { (Currency::Try, Some(100)) };
            house.deal("seller", &format!("d{nr}"), amount, currency).await;
        }
        house.deal("seller", "dollars", Some(4_200), Currency::Usd).await;
        house.deal("mate", "other", Some(7), Currency::Try).await;
        let board = house.board("seller").await;
        let column = &board.columns[0];
        assert_eq!((column.count, column.cards.len(), column.more), (61, 20, true));
        let totals: Vec<_> = column.totals.iter().map(|money| (money.currency, money.minor)).collect();
        assert_eq!(totals, [(Currency::Try, 4_000), (Currency::Usd, 4_200)]);
        assert_eq!(house.board("owner").await.columns[0].count, 62);
        // The next page goes on where the first one ends.
        let last = column.cards.last().expect("a card").clone();
        let query = BoardQuery::default();
        let next = world
            .seen_by("seller", async |tx| {
                store::column(tx, &query, house.stages[0], &last.position, last.id).await
            })
            .await
            .expect("cards");
        assert_eq!((next.cards.len(), next.more), (41, false));
        assert_eq!(next.cards.last().map(|card| card.title.as_str()), Some("dollars"));
        let deep = BoardQuery { depth: vec![(house.stages[0], 55)], ..BoardQuery::default() };
        assert_eq!(house.board_of("seller", deep).await.columns[0].cards.len(), 55);
    })
    .await;
}

#[tokio::test]
async fn a_search_narrows_cards_counts_and_totals() {
    on_both_engines(async |world| {
        let house = House::new(world).await;
        house.deals("seller", ["Işıkçı", "Karadeniz", "ışık"]).await;
        let found = |words: &str| BoardQuery { search: words.into(), ..BoardQuery::default() };
        let board = house.board_of("seller", found("ISIK")).await;
        assert_eq!((board.columns[0].count, board.columns[0].cards.len()), (2, 2));
        assert_eq!(house.board_of("seller", found("ka")).await.columns[0].count, 1);
        assert_eq!(house.board_of("mate", found("ISIK")).await.columns[0].count, 0);
        let hers = BoardQuery { owner: Some(world.actor("mate").await.unit()), ..BoardQuery::default() };
        assert_eq!(house.board_of("owner", hers).await.columns[0].count, 0);
    })
    .await;
}

#[tokio::test]
async fn a_deal_leaves_the_board_won_or_lost_with_its_reason() {
    on_both_engines(async |world| {
        let house = House::new(world).await;
        let [a, b] = house.deals("seller", ["a", "b"]).await;
        house.carry("seller", put(a, house.won, None, None)).await.expect("won");
        let change = Move { lost_reason: "Fiyat".into(), ..put(b, house.lost, None, None) };
        house.carry("seller", change).await.expect("lost");
        assert_eq!(house.board("seller").await.sum().0, 0);
        let facts = async |id| {
            world.seen_by("seller", async |tx| crate::records::read(tx, id).await).await.expect("facts").0
        };
        let (won, lost) = (facts(a).await, facts(b).await);
        assert!(won.closed_on.is_some() && won.lost_reason.is_empty());
        assert_eq!((lost.closed_on.is_some(), lost.lost_reason.as_str()), (true, "Fiyat"));
    })
    .await;
}

#[tokio::test]
async fn undo_puts_stage_and_place_back() {
    on_both_engines(async |world| {
        let house = House::new(world).await;
        let [_, b, _] = house.deals("seller", ["a", "b", "c"]).await;
        let done = house.carry("seller", put(b, house.stages[2], None, None)).await.expect("moved");
        let event = done.event.expect("an event");
        world
            .by("seller", async |tx| {
                let change = crate::journal::store::undoable(tx, event).await?;
                crate::records::take_back::<crate::id::DealId>(tx, &change).await
            })
            .await
            .expect("undone");
        assert_eq!(house.order("seller", 0).await, "a b c");
    })
    .await;
}
