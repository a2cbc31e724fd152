//! Undo: when it is refused, both values are shown; Ctrl+Z takes back one's own last changes one after the other; a
//! change of several parts comes back as one.

use super::world::{Browser, World, is_not_found, on_both_engines};
use crate::activities::model::Outcome;
use crate::deals::input::DealForm;
use crate::deals::pipelines::store as processes;
use crate::error::{Error, Result};
use crate::id::{DealId, EventId, UnitId};
use crate::journal::commands;
use crate::journal::model::Card;
use crate::journal::view::UndoConflict;
use crate::people::store::hand_over::hand_over;
use crate::tasks::model::{Act, Snooze};
use axum::http::StatusCode;
use serde_json::{Value, json};

impl World {
    async fn taken_back(&self, who: &str, event: EventId) -> Result<()> {
        self.by(who, async |tx| commands::undo(tx, event).await).await
    }

    async fn renamed(&self, who: &str, deal: DealId, title: &str) -> EventId {
        let form = DealForm { title: title.into(), ..self.draft_of(who, Some(deal)).await.expect("a form") };
        let done = self.by(who, async |tx| crate::deals::commands::change(tx, deal, &form).await).await;
        done.expect("renamed").expect("an event")
    }

    pub(super) async fn number(&self, sql: &'static str) -> i64 {
        let mut system = self.db.read_system().await.expect("the database answers");
        system.query(sql).one::<(i64,)>().await.expect("a number").0
    }
}

/// What Ctrl+Z sends.
async fn undo(browser: &Browser, but: &[EventId]) -> (StatusCode, Value) {
    browser.clone().call("/api/journal/undo_last", &json!({"but": but})).await
}

fn clash(refused: Result<()>) -> UndoConflict {
    let Err(Error::Conflict { theirs, .. }) = refused else { panic!("it is refused, not {refused:?}") };
    serde_json::from_value(theirs).expect("both values")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_undo_tells_both_values_and_who_it_was() {
    on_both_engines(async |world| {
        let deal = world.open("seller", "Bir", "", "TRY").await;
        let first = world.renamed("seller", deal, "İki").await;
        world.renamed("manager", deal, "Üç").await;
        let refused = world.taken_back("seller", first).await;
        let clash = clash(refused);
        let one = &clash.fields[0];
        assert_eq!((clash.event, clash.fields.len(), one.field.as_str()), (first, 1, "title"));
        assert_eq!(
            (one.wanted.as_str(), one.now.as_str(), one.by.as_deref()),
            (Some("Bir"), Some("Üç"), Some("manager"))
        );
        assert_eq!(world.facts(deal).await.title, "Üç", "nothing was touched");
        // Stages are shown by their names, not by their ids.
        let stages = world.stages().await;
        let moved =
            world.by("seller", async |tx| crate::deals::commands::put(tx, deal, stages[1].id).await).await;
        world
            .by("manager", async |tx| crate::deals::commands::put(tx, deal, stages[2].id).await)
            .await
            .expect("moved");
        let refused = world.taken_back("seller", moved.expect("moved")).await;
        let clash = super::history::clash(refused);
        let stage = clash.fields.iter().find(|one| one.field == "stage").expect("the stage");
        assert_eq!(
            (stage.wanted.as_str(), stage.now.as_str()),
            (Some(stages[0].name.as_str()), Some(stages[2].name.as_str()))
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_last_changes_are_taken_back_one_after_the_other() {
    on_both_engines(async |world| {
        let before = world.open("seller", "Oturumdan önce", "", "TRY").await;
        let browser = world.browser_of("seller").await;
        let deal = world.open("seller", "Bir", "", "TRY").await;
        world.renamed("seller", deal, "İki").await;
        world.renamed("manager", before, "Yönetici").await;
        let call = world.call("seller", Card::Deal(deal), "arandı").await;
        let (status, told) = undo(&browser, &[]).await;
        assert_eq!((status, &told["kind"]), (StatusCode::OK, &json!("activity")), "{told}");
        assert!(is_not_found(world.by("seller", async |tx| crate::records::read(tx, call).await).await));
        // As after a reload: nothing is kept in the page.
        let (_, told) = undo(&browser, &[]).await;
        assert_eq!((&told["what"], &told["name"]), (&json!("changed"), &json!("Bir")), "{told}");
        assert_eq!(world.facts(deal).await.title, "Bir");
        // Undoing the undo brings the change back, and it can be undone once more.
        let again: EventId = serde_json::from_value(told["again"].clone()).expect("it can be redone");
        world.taken_back("seller", again).await.expect("redone");
        assert_eq!(world.facts(deal).await.title, "İki");
        assert_eq!(undo(&browser, &[]).await.1["what"], "changed", "it is on the stack again");
        let made =
            browser.clone().call("/api/journal/undo_made", &json!({"kind": "deal", "made": deal})).await;
        assert_eq!(made.0, StatusCode::OK, "{}", made.1);
        assert_eq!(
            undo(&browser, &[]).await,
            (StatusCode::OK, json!(null)),
            "what was before the session stays"
        );
        assert_eq!(world.facts(before).await.title, "Yönetici");
        // A change whose undo was refused is skipped the next time.
        let stuck = world.renamed("seller", before, "Satıcı").await;
        world.renamed("manager", before, "Yine yönetici").await;
        let (status, told) = undo(&browser, &[]).await;
        assert_eq!(status, StatusCode::CONFLICT, "{told}");
        assert_eq!(undo(&browser, &[stuck]).await, (StatusCode::OK, json!(null)));
        // Everybody has a stack of their own, and what is out of reach by now is on nobody's.
        let manager = world.browser_of("manager").await;
        assert_eq!(undo(&manager, &[]).await, (StatusCode::OK, json!(null)), "done before this session");
        let given = world.actor("other").await.unit();
        world.renamed("seller", before, "Son").await;
        let mut system = world.db.write_system().await.expect("a transaction");
        for sql in
            ["UPDATE deals SET owner_id = $1", "UPDATE records SET owner_id = $1 WHERE owner_id IS NOT NULL"]
        {
            system.query(sql).bind(given).execute().await.expect("given away");
        }
        system.commit().await.expect("commit");
        assert_eq!(undo(&browser, &[stuck]).await, (StatusCode::OK, json!(null)));
        assert!(is_not_found(world.taken_back("seller", stuck).await));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_a_whole_is_taken_back_as_one() {
    on_both_engines(async |world| {
        // Undoing a finished call takes its activity back, too.
        let customer = world.customer("seller", "Güneş Enerji").await;
        let task = world.task("seller", "Ara", 0).await;
        let browser = world.browser_of("seller").await;
        let about = format!("{}", customer.0);
        let (_, draft) = browser.clone().call("/api/tasks/draft", &json!({"id": task})).await;
        let mut form = draft["form"].clone();
        form["customer"] = json!(about);
        let (status, told) = browser.clone().call("/api/tasks/save", &json!({"form": form})).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        let act = |act: Act| json!({"id": task, "act": act});
        browser.clone().call("/api/tasks/act", &act(Act::Called(Outcome::Reached))).await;
        let living = "SELECT COUNT(*) FROM activities WHERE deleted_at IS NULL";
        assert_eq!(world.number(living).await, 1);
        let (_, told) = undo(&browser, &[]).await;
        assert_eq!((&told["kind"], &told["what"]), (&json!("task"), &json!("done")), "{told}");
        assert_eq!(world.number(living).await, 0);
        for (does, what) in [(Act::PutOff(Snooze::Tomorrow), "snoozed"), (Act::Delete, "deleted")] {
            let (status, _) = browser.clone().call("/api/tasks/act", &act(does)).await;
            assert_eq!(status, StatusCode::OK);
            let (_, told) = undo(&browser, &[]).await;
            assert_eq!((&told["what"], &told["name"]), (&json!(what), &json!("Ara")), "{told}");
        }
        assert_eq!(
            world.number("SELECT COUNT(*) FROM tasks WHERE done_at IS NULL AND deleted_at IS NULL").await,
            1
        );

        // Many records that were handed over at once come back with one undo, and none of them stays on the stack.
        let manager = world.browser_of("manager").await;
        let (from, to) = (world.actor("seller").await.id, UnitId(world.actor("mate").await.id.0));
        world.by("manager", async |tx| hand_over(tx, from, to).await).await.expect("handed over");
        let (status, told) = undo(&manager, &[]).await;
        assert_eq!(
            (status, &told["what"], &told["again"]),
            (StatusCode::OK, &json!("handed_over"), &json!(null))
        );
        let kept = world.seen_by("seller", async |tx| crate::customers::store::get(tx, customer).await).await;
        assert!(kept.is_ok());
        assert_eq!(undo(&manager, &[]).await, (StatusCode::OK, json!(null)));

        // Two pipelines that changed places come back with one undo as well, and so does a new one with its stages.
        let owner = world.browser_of("owner").await;
        let (second, _) = world.pipeline("Servis").await;
        let order = async || {
            let all = world.seen_by("owner", async |tx| processes::all(tx).await).await.expect("pipelines");
            all.into_iter().map(|one| one.pipeline.name).collect::<Vec<_>>()
        };
        let before = order().await;
        world.by("owner", async |tx| processes::raise(tx, second).await).await.expect("raised");
        assert_ne!(order().await, before);
        assert_eq!(undo(&owner, &[]).await.1["what"], "moved");
        assert_eq!(order().await, before);
        assert_eq!(undo(&owner, &[]).await.1["what"], "created");
        assert_eq!(order().await.len(), before.len() - 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_that_a_rule_forbids_says_why_and_does_not_block_ctrl_z() {
    on_both_engines(async |world| {
        let owner = world.browser_of("owner").await;
        let (_, stages) = world.pipeline("Servis").await;
        world.deal("seller", "Bakım", 0, None).await;
        let mut system = world.db.write_system().await.expect("a transaction");
        system.query("UPDATE deals SET stage_id = $1").bind(stages[0].id).execute().await.expect("put there");
        system.query("DELETE FROM events WHERE kind = 'deal'").execute().await.expect("forgotten");
        system.commit().await.expect("commit");
        let (status, told) = undo(&owner, &[]).await;
        assert_eq!(status, StatusCode::CONFLICT, "a pipeline with a deal can't be taken back: {told}");
        let clash: UndoConflict = serde_json::from_value(told["Conflict"]["theirs"].clone()).expect("why");
        assert_eq!(clash.why, Some(crate::error::Problem::NotEmpty));
        assert_eq!(undo(&owner, &[clash.event]).await, (StatusCode::OK, json!(null)));
    })
    .await;
}
