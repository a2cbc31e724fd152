//! Stages in whose order there is no room left between two cards: the positions are spread, and nobody sees a
//! difference.

use super::{House, put};
use crate::deals::board::store::places;
use crate::deals::model::DealFacts;
use crate::deals::position;
use crate::journal::model::What;
use crate::tests::world::on_both_engines;

#[tokio::test]
async fn a_move_that_spread_its_stage_can_be_taken_back() {
    on_both_engines(async |world| {
        let house = House::new(world).await;
        let [a, b, c, d] = house.deals("seller", ["a", "b", "c", "d"]).await;
        let (stage, other) = (house.stages[0], house.stages[1]);
        house.carry("seller", put(d, other, None, None)).await.expect("elsewhere");
        // Only a position that is too long fits between these two, so moving a card there spreads the stage.
        let low = vec![0x42; position::LONGEST];
        let high = [&low[..position::LONGEST - 1], &[0x43]].concat();
        world
            .by("seller", async |tx| {
                for (id, place) in [(a, &low), (b, &high)] {
                    let (facts, version) = crate::records::read(tx, id).await?;
                    let new = DealFacts { position: position::to_hex(place), ..facts.clone() };
                    crate::records::save(tx, id, (&facts, version), &new, What::Changed).await?;
                }
                Ok(())
            })
            .await
            .expect("written");
        let undo = async |event| {
            world
                .by("seller", async |tx| {
                    let change = crate::journal::store::undoable(tx, event).await?;
                    crate::records::take_back::<crate::id::DealId>(tx, &change).await.map(drop)
                })
                .await
        };
        // The card comes from another stage.
        let came = house.carry("seller", put(d, stage, Some(a), Some(b))).await.expect("moved");
        assert_eq!(house.order("seller", 0).await, "a d b c");
        assert_eq!(undo(came.event.expect("an event")).await, Ok(()), "{}", world.engine);
        assert_eq!(
            (house.order("seller", 0).await, house.order("seller", 1).await),
            ("a b c".into(), "d".into())
        );
        // The undo is refused when the card was moved within the stage afterwards.
        let down = house.carry("seller", put(a, stage, Some(c), None)).await.expect("moved");
        house.carry("seller", put(a, stage, Some(b), Some(c))).await.expect("moved");
        assert!(undo(down.event.expect("an event")).await.is_err(), "{}", world.engine);
    })
    .await;
}

#[tokio::test]
async fn a_stage_without_room_is_spread_and_keeps_its_order() {
    on_both_engines(async |world| {
        let house = House::new(world).await;
        let ids = house.deals("seller", ["a", "b", "c"]).await;
        let stage = house.stages[0];
        // As an import might have left it: all cards at the same position.
        world
            .by("seller", async |tx| {
                for id in &ids {
                    let (facts, version) = crate::records::read(tx, *id).await?;
                    let same = DealFacts { position: position::to_hex(&[0x42, 0x80]), ..facts.clone() };
                    crate::records::save(tx, *id, (&facts, version), &same, What::Changed).await?;
                }
                Ok(())
            })
            .await
            .expect("written");
        house.carry("seller", put(ids[2], stage, Some(ids[0]), Some(ids[1]))).await.expect("moved");
        assert_eq!(house.order("seller", 0).await, "a c b");
        let first = world.seen_by("seller", async |tx| places::first_seen(tx, stage, ids[0]).await).await;
        assert_eq!(first, Ok(Some(ids[2])));
    })
    .await;
}
