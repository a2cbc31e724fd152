//! Editing pipelines: stages and pipelines are added, changed, put in order and deleted, and no deal is lost.

use super::world::{Heard, World, is_not_found, on_both_engines};
use crate::deals::board::model::BoardQuery;
use crate::deals::board::store::board;
use crate::deals::model::Status;
use crate::deals::pipelines::model::{StageForm, code};
use crate::deals::pipelines::store::{self, stages};
use crate::error::{Error, Problem, Result};
use crate::id::{DealId, EventId, StageId};
use axum::http::StatusCode;
use serde_json::json;
use std::time::Duration;

fn form(name: &str, status: Status, version: i64) -> StageForm {
    StageForm {
        version: version.to_string(),
        name: name.into(),
        status: code(status).into(),
        color: "3".into(),
        probability: "45".into(),
        ..StageForm::default()
    }
}

impl World {
    async fn stage_names(&self) -> Vec<String> {
        self.stages().await.into_iter().map(|stage| stage.name).collect()
    }

    async fn on_the_board(&self, stage: StageId) -> Vec<String> {
        let board =
            self.seen_by("owner", async |tx| board(tx, &BoardQuery::default()).await).await.expect("a board");
        let column = board.columns.into_iter().find(|column| column.stage.id == stage);
        column.map(|column| column.cards.into_iter().map(|card| card.title).collect()).unwrap_or_default()
    }

    async fn takes_back(&self, event: EventId) -> StatusCode {
        let mut owner = self.browser_of("owner").await;
        owner.call("/api/journal/undo", &json!({"event": event})).await.0
    }

    async fn stage_of(&self, deal: DealId) -> StageId {
        let found = self.seen_by("owner", async |tx| crate::records::read(tx, deal).await).await;
        found.expect("it is there").0.stage_id
    }
}

fn refused_with<T: std::fmt::Debug>(done: Result<T>, problem: Problem) -> bool {
    matches!(done, Err(Error::Invalid(all)) if all.iter().any(|one| one.problem == problem))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_stage_gives_its_deals_to_another_in_their_order_and_takes_them_back() {
    on_both_engines(async |world| {
        let all = world.stages().await;
        let (from, to) = (all[1].id, all[2].id);
        let there = world.deal("seller", "Zaten orada", 2, None).await;
        for (owner, title) in [("seller", "Bir"), ("other", "İki"), ("mate", "Üç")] {
            world.deal(owner, title, 1, Some(10)).await;
        }
        let trashed = world.deal("seller", "Çöpte", 1, None).await;
        let gone =
            world.by("seller", async |tx| crate::records::delete(tx, trashed).await).await.expect("deleted");
        let nowhere = world.by("owner", async |tx| stages::delete(tx, from, None).await).await;
        assert!(refused_with(nowhere, Problem::Required));
        let itself = world.by("owner", async |tx| stages::delete(tx, from, Some(from)).await).await;
        assert!(refused_with(itself, Problem::Required));

        let event =
            world.by("owner", async |tx| stages::delete(tx, from, Some(to)).await).await.expect("deleted");
        assert_eq!(world.on_the_board(to).await, ["Zaten orada", "Bir", "İki", "Üç"], "{}", world.engine);
        assert!(!world.stage_names().await.contains(&all[1].name));
        assert!(is_not_found(world.by("owner", async |tx| stages::delete(tx, from, None).await).await));
        let mut seller = world.browser_of("seller").await;
        assert_eq!(seller.call("/api/journal/undo", &json!({"event": gone})).await.0, StatusCode::OK);
        assert_eq!(
            world.stage_of(trashed).await,
            to,
            "a deal restored from the trash is where the others are now"
        );

        let kept = world.stage_of(there).await;
        assert_eq!(world.takes_back(event).await, StatusCode::OK);
        assert_eq!(world.on_the_board(from).await, ["Bir", "İki", "Üç"], "{}", world.engine);
        assert_eq!(world.stage_of(there).await, kept);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pipeline_keeps_an_open_a_won_and_a_lost_stage() {
    on_both_engines(async |world| {
        let (pipeline, own) = world.pipeline("Bakım").await;
        for stage in &own[..3] {
            world
                .by("owner", async |tx| stages::delete(tx, stage.id, None).await)
                .await
                .expect("one of four");
        }
        for last in [own[3].id, own[4].id, own[5].id] {
            let done = world.by("owner", async |tx| stages::delete(tx, last, None).await).await;
            assert!(refused_with(done, Problem::LastOfItsKind));
        }
        let typed = form("Kapandı", Status::Won, 1);
        let done = world.by("owner", async |tx| stages::change(tx, own[3].id, &typed).await).await;
        assert!(refused_with(done, Problem::LastOfItsKind), "the pipeline would have no open stage");
        let added = world
            .by("owner", async |tx| stages::add(tx, pipeline, &form("Ara", Status::Open, 0)).await)
            .await
            .expect("added");
        let names: Vec<_> = world
            .seen_by("owner", async |tx| crate::deals::pipeline::stages(tx, pipeline).await)
            .await
            .expect("stages")
            .into_iter()
            .map(|stage| stage.id)
            .collect();
        assert_eq!(names, [own[3].id, added, own[4].id, own[5].id], "open stages before the closed ones");

        let first = world.stages().await[0].clone();
        world.deal("seller", "Sürüyor", 0, None).await;
        let typed = form("Kazanıldı sayılsın", Status::Won, 1);
        let held = world.by("owner", async |tx| stages::change(tx, first.id, &typed).await).await;
        assert!(refused_with(held, Problem::NotEmpty), "a changed stage must not win its deals");
        let full = world.by("owner", async |tx| store::delete(tx, first.pipeline_id).await).await;
        assert!(refused_with(full, Problem::NotEmpty));
        let event = world
            .by("owner", async |tx| store::delete(tx, pipeline).await)
            .await
            .expect("deleted")
            .expect("an event");
        let only = world.by("owner", async |tx| store::delete(tx, first.pipeline_id).await).await;
        assert_eq!(only, Err(Error::Forbidden), "the last pipeline can't be deleted");
        assert_eq!(world.takes_back(event).await, StatusCode::OK);
        assert_eq!(world.by("owner", async |tx| store::all(tx).await).await.expect("all").len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stages_are_renamed_and_put_in_order_everyone_hears_and_it_is_taken_back() {
    on_both_engines(async |world| {
        let before = world.stages().await;
        let mut ear = world.browser_of("other").await.listen().await;
        let typed = form("Keşif", Status::Open, 1);
        let renamed = world
            .by("owner", async |tx| stages::change(tx, before[1].id, &typed).await)
            .await
            .expect("changed")
            .expect("an event");
        loop {
            match ear.next(Duration::from_secs(20)).await {
                Heard::Notice(notice) if notice["kind"] == "pipeline" => break,
                Heard::Notice(_) => {}
                end => panic!("{}: {end:?}", world.engine),
            }
        }
        let again = world.by("owner", async |tx| stages::change(tx, before[1].id, &typed).await).await;
        assert!(matches!(again, Ok(None)), "{again:?}");
        let other = form("Tanışma", Status::Open, 1);
        let stale = world.by("owner", async |tx| stages::change(tx, before[1].id, &other).await).await;
        assert!(matches!(&stale, Err(Error::Conflict { version: 2, theirs }) if theirs["both"] == json!(["name"])),
            "{stale:?}");
        let mut order: Vec<StageId> = before.iter().map(|stage| stage.id).collect();
        order.swap(0, 1);
        let moved = world
            .by("owner", async |tx| stages::put_in_order(tx, before[0].pipeline_id, order.clone()).await)
            .await
            .expect("in order")
            .expect("an event");
        assert_eq!(world.stage_names().await[..2], ["Keşif".to_owned(), before[0].name.clone()]);
        order.pop();
        let short =
            world.by("owner", async |tx| stages::put_in_order(tx, before[0].pipeline_id, order).await).await;
        assert!(matches!(short, Err(Error::Conflict { .. })));
        assert_eq!(world.takes_back(moved).await, StatusCode::OK);
        assert_eq!(world.takes_back(renamed).await, StatusCode::OK);
        assert_eq!(world.stages().await, before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deal_moves_to_another_pipeline_and_a_move_from_a_stage_that_is_gone_stays() {
    on_both_engines(async |world| {
        let (_, own) = world.pipeline("Bakım").await;
        let first = world.stages().await[0].id;
        let deal = world.deal("seller", "Servis", 0, None).await;
        let event = world
            .by("seller", async |tx| crate::deals::commands::put(tx, deal, own[0].id).await)
            .await
            .expect("moved");
        assert_eq!(world.stage_of(deal).await, own[0].id);
        world
            .by("owner", async |tx| stages::delete(tx, first, Some(own[1].id)).await)
            .await
            .expect("deleted");
        let mut seller = world.browser_of("seller").await;
        assert_eq!(seller.call("/api/journal/undo", &json!({"event": event})).await.0, StatusCode::CONFLICT);
        assert_eq!(world.stage_of(deal).await, own[0].id);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stage_with_very_many_deals_goes_and_comes_back_in_slices() {
    on_both_engines(async |world| {
        let all = world.stages().await;
        let first = world.deal("seller", "Çok 0", 1, None).await;
        let (facts, _) =
            world.seen_by("owner", async |tx| crate::records::read(tx, first).await).await.expect("facts");
        let many = async |tx: &mut crate::server::db::Tx| {
            for nr in 1..230 {
                let id = crate::id::DealId(uuid::Uuid::now_v7());
                let position = crate::deals::store::end_of(tx, all[1].id).await?;
                let facts =
                    crate::deals::model::DealFacts { title: format!("Çok {nr}"), position, ..facts.clone() };
                crate::records::create(tx, id, &facts, crate::journal::model::What::Created).await?;
            }
            Ok(())
        };
        world.by("owner", many).await.expect("many deals");
        let event = world
            .by("owner", async |tx| stages::delete(tx, all[1].id, Some(all[2].id)).await)
            .await
            .expect("deleted");
        let sum = async || {
            let process = world
                .seen_by("owner", async |tx| crate::deals::pipelines::store::all(tx).await)
                .await
                .expect("all");
            process[0]
                .stages
                .iter()
                .map(|stage| (stage.stage.id, stage.deals))
                .collect::<std::collections::HashMap<_, _>>()
        };
        let there = sum().await;
        assert_eq!((there.get(&all[1].id), there[&all[2].id]), (None, 230), "{}", world.engine);
        assert_eq!(world.takes_back(event).await, StatusCode::OK);
        let there = sum().await;
        assert_eq!((there[&all[1].id], there[&all[2].id]), (230, 0), "{}", world.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_deal_gets_into_a_pipeline_that_is_gone() {
    on_both_engines(async |world| {
        let deal = world.deal("seller", "Kalan", 0, None).await;
        let (pipeline, stages) = world.pipeline("Kısa").await;
        let stage = stages[0].id;
        let moved = world.by("seller", async |tx| crate::deals::commands::put(tx, deal, stage).await).await;
        let moved = moved.expect("moved there");
        assert_eq!(world.takes_back(moved).await, StatusCode::OK);
        world.by("owner", async |tx| store::delete(tx, pipeline).await).await.expect("it is empty");
        let mut seller = world.browser_of("seller").await;
        let form = json!({"id": uuid::Uuid::now_v7(), "title": "Kayıp", "currency": "TRY", "stage": stage});
        let (_, card) = seller.call("/api/deals/get", &json!({"id": deal})).await;
        let version = card["deal"]["version"].to_string();
        let changed =
            json!({"id": deal, "version": version, "title": "Kalan", "currency": "TRY", "stage": stage});
        let cmd = uuid::Uuid::now_v7();
        for (path, input) in [
            ("/api/deals/create", json!({"form": form})),
            ("/api/deals/change", json!({"id": deal, "form": changed})),
            ("/api/deals/put", json!({"id": deal, "stage": stage})),
            (
                "/api/board/move",
                json!({"change": {"cmd": cmd, "deal": deal, "to": stage, "seen_version": 1}}),
            ),
        ] {
            let (status, told) = seller.call(path, &input).await;
            assert!(status.is_client_error(), "{}: {path}: {status} {told}", world.engine);
        }
        let fields = form.as_object().expect("a form").iter();
        let typed: Vec<_> =
            fields.map(|(name, value)| (name.as_str(), value.as_str().unwrap_or_default())).collect();
        assert_eq!(seller.submit("/deals/new", &typed).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        // Undoing the undo would move the deal there again.
        let told = world.told("seller", deal.0).await;
        let undone =
            told.iter().find(|line| line.what == crate::journal::model::What::Undone).expect("an undoing").id;
        assert_eq!(world.takes_back(undone).await, StatusCode::CONFLICT);
        let place = crate::server::database_url::DatabaseUrl::of(&world.address).expect("a place");
        let report = crate::backup::check::check(&place).await.expect("it can be checked");
        assert!(report.ok, "{report}");
    })
    .await;
}
