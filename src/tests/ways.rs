//! A list is read in one way for people who see few records and in another for people who see many (`server::way`):
//! both find the same, in the same order, page by page, for everybody and with every filter. The ways to read customers
//! are tested in `customers/search.rs`.

use super::world::{World, on_both_engines};
use crate::deals::board::model::{BoardCard, BoardQuery};
use crate::deals::board::store as board;
use crate::deals::model::Status;
use crate::deals::store::list::{self as deals, Found};
use crate::deals::view::{DealQuery, DealRow};
use crate::id::StageId;
use crate::server::way::Way;
use crate::tasks::commands::act;
use crate::tasks::model::Act;
use crate::tasks::store::list as tasks;
use crate::tasks::view::{TaskQuery, Whose};

const PEOPLE: [&str; 3] = ["seller", "manager", "owner"];

#[tokio::test]
async fn both_ways_to_a_list_find_the_same() {
    on_both_engines(async |world| {
        let stages = world.stages().await;
        for nr in 0..24 {
            let owner = PEOPLE[nr % 3];
            let deal = world.deal(owner, &format!("Satış {nr}"), nr % stages.len(), Some(100)).await;
            if nr == 5 {
                world.by("owner", async |tx| crate::records::delete(tx, deal).await).await.expect("deleted");
            }
            add_task(world, owner, nr).await;
        }
        for who in PEOPLE {
            the_list_of_deals(world, who).await;
            for stage in &stages {
                the_column(world, who, stage.id).await;
            }
            the_tasks(world, who).await;
        }
    })
    .await;
}

/// A task with or without a time; every third is done.
async fn add_task(world: &World, owner: &str, nr: usize) {
    let ahead = i64::try_from(nr % 4).expect("few") - 1;
    let at = [None, Some(600), Some(1_439)][nr / 4 % 3];
    let task = world.task_with(owner, &format!("Ara {nr}"), ahead, |facts| facts.due_at = at).await;
    if nr.is_multiple_of(3) {
        world.by("owner", async |tx| act(tx, task, Act::Finish).await).await.expect("done");
    }
}

async fn the_list_of_deals(world: &World, who: &str) {
    let owner = world.actor("seller").await.unit();
    let first = world.stages().await[0].clone();
    let queries = [
        DealQuery::default(),
        DealQuery { status: Some(Status::Open), ..DealQuery::default() },
        DealQuery { pipeline: Some(first.pipeline_id), ..DealQuery::default() },
        DealQuery { stage: Some(first.id), ..DealQuery::default() },
        DealQuery { owner: Some(owner), status: Some(Status::Open), ..DealQuery::default() },
    ];
    for query in queries {
        let by = async |way| {
            let (mut rows, mut query) = (Vec::<DealRow>::new(), query.clone());
            loop {
                let list = async |tx: &mut _| {
                    let asked = deals::Asked::of(tx, &query).await?;
                    deals::list_by(tx, &asked, way).await
                };
                let part = world.seen_by(who, list).await;
                let part = part.expect("a list");
                rows.extend(part.rows);
                if !part.more {
                    break rows;
                }
                query.after = rows.last().map(|row| row.id);
            }
        };
        let owners = by(Found::By(Way::Owners)).await;
        assert_eq!(owners, by(Found::By(Way::Walk)).await, "{who}: {query:?}");
        assert_eq!(owners, by(Found::Words).await, "{who}: {query:?}");
        let sum = world.seen_by(who, async |tx| deals::sum(tx, &query).await).await.expect("a sum");
        assert_eq!(usize::try_from(sum.count), Ok(owners.len()), "{who}: {query:?}");
    }
}

async fn the_column(world: &World, who: &str, stage: StageId) {
    let owner = Some(world.actor("seller").await.unit());
    let search = |search: &str| BoardQuery { search: search.into(), ..BoardQuery::default() };
    for query in
        [BoardQuery::default(), BoardQuery { owner, ..BoardQuery::default() }, search("satış"), search("s")]
    {
        let by = async |way| {
            let (mut cards, mut after) = (Vec::<BoardCard>::new(), None);
            loop {
                let read = async |tx: &mut _| board::some_by(tx, &query, stage, after.clone(), 2, way).await;
                let found = world.seen_by(who, read).await.expect("cards");
                cards.extend(found.cards);
                if !found.more {
                    break cards;
                }
                after = cards.last().map(|card| {
                    (crate::deals::position::from_hex(&card.position).expect("a position"), card.id)
                });
            }
        };
        assert_eq!(by(Way::Owners).await, by(Way::Walk).await, "{who}: {query:?}");
    }
}

async fn the_tasks(world: &World, who: &str) {
    let of_seller = Whose::Of(world.actor("seller").await.unit());
    for whose in [Whose::Mine, Whose::All, of_seller] {
        for (done, due, limit) in
            [(false, false, 0), (false, false, 3), (false, true, 0), (true, false, 0), (true, false, 2)]
        {
            let query = TaskQuery { whose, done, due, limit, ..TaskQuery::default() };
            let by = async |way| {
                world.seen_by(who, async |tx| tasks::list_by(tx, &query, way).await).await.expect("tasks")
            };
            assert_eq!(by(Way::Owners).await, by(Way::Walk).await, "{who}: {query:?}");
        }
    }
}
