//! Tasks: added by a typed line, done, put off, undone, and given to others; tasks on customers and deals, with which
//! they are deleted and restored; the next step of a deal. The plain forms of tasks are in `tasks_forms`.

use super::world::{World, is_not_found, on_both_engines};
use crate::activities::model::Outcome;
use crate::deals::board::model::BoardQuery;
use crate::deals::{board, commands as deal_commands};
use crate::deals::{store::card as deal_card, store::list as deal_list, view::DealQuery};
use crate::error::{Error, Result};
use crate::id::{CustomerId, DealId, EventId, TaskId, UnitId};
use crate::journal::model::{Card, What};
use crate::journal::store::{lines_of, undoable};
use crate::tasks::input::{LineForm, TaskForm};
use crate::tasks::model::{Act, Snooze, TaskFacts, TaskKind};
use crate::tasks::view::{About, TaskQuery, TaskRow, Whose};
use crate::tasks::{commands, store};
use chrono::TimeDelta;
use uuid::Uuid;

impl World {
    /// A task of that person: a call that is due that many days from today. The firm's owner creates it.
    pub async fn task(&self, owner: &str, title: &str, ahead: i64) -> TaskId {
        self.task_with(owner, title, ahead, |_| ()).await
    }

    pub(super) async fn task_with(
        &self,
        owner: &str,
        title: &str,
        ahead: i64,
        more: impl FnOnce(&mut TaskFacts),
    ) -> TaskId {
        let actor = self.actor(owner).await;
        let mut facts = TaskFacts {
            owner_id: actor.unit(),
            title: title.into(),
            kind: TaskKind::Call,
            due_on: crate::server::clock::today(actor.zone) + TimeDelta::days(ahead),
            due_at: None,
            customer_id: None,
            deal_id: None,
            record_id: None,
            note: String::new(),
            done: false,
            deleted: false,
        };
        more(&mut facts);
        let id = TaskId(Uuid::now_v7());
        self.by("owner", async |tx| crate::records::create(tx, id, &facts, What::Created).await)
            .await
            .expect("a task can be made");
        id
    }

    pub(super) async fn tasks(&self, who: &str, query: TaskQuery) -> Vec<TaskRow> {
        self.seen_by(who, async |tx| store::list::list(tx, &query).await).await.expect("a list").rows
    }

    async fn task_titles(&self, who: &str, query: TaskQuery) -> Vec<String> {
        self.tasks(who, query).await.into_iter().map(|row| row.title).collect()
    }

    async fn line(&self, who: &str, line: &str) -> Result<EventId> {
        let form = LineForm { line: line.into(), ..LineForm::default() };
        self.by(who, async |tx| commands::add_line(tx, &form, crate::i18n::Locale::Tr).await).await
    }

    async fn take_back(&self, who: &str, event: EventId) -> Result<()> {
        self.by(who, async |tx| {
            let change = undoable(tx, event).await?;
            store::take_back(tx, &change).await
        })
        .await
    }

    async fn next_step_of(&self, who: &str, deal: DealId) -> [Option<String>; 3] {
        let card = self.seen_by(who, async |tx| deal_card::card(tx, deal).await).await.expect("a card");
        let board = self
            .seen_by(who, async |tx| board::store::board(tx, &BoardQuery::default()).await)
            .await
            .expect("a board");
        let list = self
            .seen_by(who, async |tx| deal_list::list(tx, &DealQuery::default()).await)
            .await
            .expect("a list");
        let on_board = board.card(deal).expect("it is on the board").next.clone();
        let in_list = list.rows.into_iter().find(|row| row.id == deal).expect("it is in the list").next;
        [card.next, on_board, in_list].map(|next| next.map(|next| next.title))
    }
}

const ALL: TaskQuery = TaskQuery { whose: Whose::All, about: None, done: false, due: false, limit: 0 };

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_added_by_a_line_done_put_off_and_taken_back() {
    on_both_engines(async |world| {
        let added = world.line("seller", "yarın 14:00 Ayşe'yi ara").await.expect("it is added");
        world.line("seller", "Teklif gönder").await.expect("it is added");
        let rows = world.tasks("seller", TaskQuery::default()).await;
        assert_eq!(
            rows.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(),
            ["Teklif gönder", "Ayşe'yi ara"]
        );
        let call = &rows[1];
        let today = crate::server::clock::today(world.actor("seller").await.zone);
        assert_eq!(
            (call.kind, call.due_on, call.due_at),
            (TaskKind::Call, today + TimeDelta::days(1), Some(840))
        );
        let wrong = world.line("seller", "yarın 14:00").await.expect_err("nothing is to be done");
        assert!(matches!(wrong, Error::Invalid(problems) if problems[0].field == "line"));

        let id = call.id;
        let done = world
            .by("seller", async |tx| commands::act(tx, id, Act::Finish).await)
            .await
            .expect("it is done");
        assert_eq!(world.task_titles("seller", TaskQuery::default()).await, ["Teklif gönder"]);
        assert_eq!(
            world.task_titles("seller", TaskQuery { done: true, ..TaskQuery::default() }).await,
            ["Ayşe'yi ara"]
        );
        let again = world
            .by("seller", async |tx| commands::act(tx, id, Act::Finish).await)
            .await
            .expect("it is done already");
        assert!(again.0.is_nil(), "nothing is recorded twice");
        world.take_back("seller", done).await.expect("it can be taken back");
        assert_eq!(world.task_titles("seller", TaskQuery::default()).await.len(), 2);
        let gone = world.take_back("seller", done).await.expect_err("it is not done any more");
        assert!(matches!(gone, Error::Conflict { .. }));

        let put = world
            .by("seller", async |tx| commands::act(tx, id, Act::PutOff(Snooze::NextMonday)).await)
            .await
            .expect("it is put off");
        let rows = world.tasks("seller", TaskQuery::default()).await;
        let row = rows.iter().find(|row| row.id == id).expect("it is there");
        assert!(row.due_on > today + TimeDelta::days(1), "it is due on a Monday after tomorrow: {row:?}");
        assert_eq!((row.due_on.format("%u").to_string().as_str(), row.due_at), ("1", Some(840)));
        world.take_back("seller", put).await.expect("it can be taken back");
        let deleted = world
            .by("seller", async |tx| commands::act(tx, id, Act::Delete).await)
            .await
            .expect("it is deleted");
        assert_eq!(world.task_titles("seller", ALL).await, ["Teklif gönder"]);
        world.take_back("seller", deleted).await.expect("it can be taken back");
        let conflict = world.take_back("seller", added).await;
        assert!(conflict.is_ok(), "the task is as it was when it was added: {conflict:?}");
        assert_eq!(world.task_titles("seller", ALL).await, ["Teklif gönder"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_given_by_those_who_may_and_seen_by_those_in_reach() {
    on_both_engines(async |world| {
        let task = world.task("seller", "Kanarya'yı ara", 0).await;
        for (who, sees) in [
            ("seller", true),
            ("manager", true),
            ("owner", true),
            ("viewer", true),
            ("mate", false),
            ("other", false),
        ] {
            assert_eq!(world.task_titles(who, ALL).await.len(), usize::from(sees), "{who}");
        }
        assert_eq!(world.task_titles("manager", TaskQuery::default()).await.len(), 0, "only own tasks");
        let of = TaskQuery { whose: Whose::Of(world.actor("seller").await.unit()), ..ALL };
        assert_eq!(
            (world.task_titles("manager", of).await.len(), world.task_titles("mate", of).await.len()),
            (1, 0)
        );

        let give = async |who: &str, to: UnitId| {
            let draft = world.seen_by(who, async |tx| commands::draft(tx, Some(task), None).await).await?;
            let form = TaskForm { owner: to.to_string(), ..draft.form };
            world.by(who, async |tx| commands::save(tx, &form).await).await
        };
        let mate = world.actor("mate").await.unit();
        assert_eq!(give("seller", mate).await.expect_err("no right to hand over"), Error::Forbidden);
        assert!(is_not_found(give("mate", mate).await));
        let stranger = world.actor("other").await.unit();
        assert!(
            matches!(give("manager", stranger).await, Err(Error::Invalid(wrong)) if wrong[0].field == "owner")
        );
        let group = world
            .seen_by("owner", async |tx| crate::people::store::owner_choices(tx).await)
            .await
            .expect("choices");
        let group = group.into_iter().find(|choice| choice.name == "İzmir").expect("a group").id;
        assert!(
            matches!(give("manager", group).await, Err(Error::Invalid(_))),
            "a task can't be given to a group"
        );
        let given = give("manager", mate).await.expect("the manager gives it");
        assert_eq!(
            (
                world.task_titles("seller", ALL).await.len(),
                world.task_titles("mate", TaskQuery::default()).await.len()
            ),
            (0, 1)
        );
        assert!(is_not_found(world.take_back("seller", given).await));
        let late = give("manager", mate).await.expect("nothing to change");
        assert!(late.0.is_nil());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_saves_second_is_told_what_is_on_record() {
    on_both_engines(async |world| {
        let task = world.task("seller", "Ara", 1).await;
        let form = world
            .seen_by("seller", async |tx| commands::draft(tx, Some(task), None).await)
            .await
            .expect("a form")
            .form;
        let theirs = TaskForm { title: "Hemen ara".into(), ..form.clone() };
        world.by("manager", async |tx| commands::save(tx, &theirs).await).await.expect("saved");
        let mine = TaskForm { title: "Sonra ara".into(), note: "not".into(), ..form };
        let refused =
            world.by("seller", async |tx| commands::save(tx, &mine).await).await.expect_err("it is newer");
        let Error::Conflict { version, theirs } = refused else { panic!("{refused:?}") };
        assert_eq!((version, theirs["title"].as_str()), (2, Some("Hemen ara")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_task_of_a_deal_stands_on_its_customers_card_and_follows_the_deal() {
    on_both_engines(async |world| {
        let (first, second) =
            (world.customer("seller", "Birinci").await, world.customer("seller", "İkinci").await);
        let hidden = world.customer("other", "Saklı").await;
        let deal = world.open("seller", "Forklift", "10", "TRY").await;
        let give = async |customer: CustomerId| {
            let mut form = world.draft_of("owner", Some(deal)).await.expect("a form");
            form.customer = customer.to_string();
            world.by("owner", async |tx| deal_commands::change(tx, deal, &form).await).await.expect("saved");
        };
        give(first).await;
        let form = LineForm {
            line: "yarın ara".into(),
            deal: deal.to_string(),
            customer: second.to_string(),
            ..LineForm::default()
        };
        world
            .by("seller", async |tx| commands::add_line(tx, &form, crate::i18n::Locale::Tr).await)
            .await
            .expect("added");
        let on = |customer| TaskQuery { about: Some(About::Customer(customer)), ..ALL };
        assert_eq!(
            (
                world.task_titles("seller", on(first)).await.len(),
                world.task_titles("seller", on(second)).await.len()
            ),
            (1, 0)
        );
        give(second).await;
        assert_eq!(
            (
                world.task_titles("seller", on(first)).await.len(),
                world.task_titles("seller", on(second)).await.len()
            ),
            (0, 1)
        );
        give(hidden).await;
        let row = world.tasks("seller", ALL).await.remove(0);
        assert_eq!((row.customer, row.deal.map(|deal| deal.title)), (None, Some("Forklift".into())));
        // A task can't be put on a customer or deal out of reach.
        for form in [
            LineForm { line: "ara".into(), customer: hidden.to_string(), ..LineForm::default() },
            LineForm { line: "ara".into(), deal: Uuid::now_v7().to_string(), ..LineForm::default() },
        ] {
            let refused = world
                .by("seller", async |tx| commands::add_line(tx, &form, crate::i18n::Locale::Tr).await)
                .await;
            assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        }
        let told = world
            .seen_by("seller", async |tx| lines_of(tx, Card::Deal(deal), None, 50).await)
            .await
            .expect("a history");
        assert!(told.iter().any(|(_, line)| line.subject.as_deref() == Some("Ara")), "{told:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_step_is_the_earliest_open_task_in_reach() {
    on_both_engines(async |world| {
        let deal = world.deal("seller", "Forklift", 0, Some(100)).await;
        let none = [None, None, None];
        assert_eq!(world.next_step_of("seller", deal).await, none);
        let of_deal = |facts: &mut TaskFacts| facts.deal_id = Some(deal);
        world.task_with("seller", "Sonra", 5, of_deal).await;
        world.task_with("other", "Başkasının", -3, of_deal).await;
        let at = |minute| move |facts: &mut TaskFacts| (facts.deal_id, facts.due_at) = (Some(deal), minute);
        world.task_with("seller", "Gün içinde", 1, at(None)).await;
        let first = world.task_with("seller", "Sabah", 1, at(Some(540))).await;
        let all = |title: &str| [(); 3].map(|()| Some(title.to_owned()));
        assert_eq!(world.next_step_of("seller", deal).await, all("Sabah"));
        assert_eq!(world.next_step_of("owner", deal).await, all("Başkasının"));
        world.by("seller", async |tx| commands::act(tx, first, Act::Finish).await).await.expect("done");
        assert_eq!(world.next_step_of("seller", deal).await, all("Gün içinde"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_share_the_fate_of_what_they_hang_on() {
    on_both_engines(async |world| {
        let customer = world.customer("seller", "Nur Eczane").await;
        let deal = world.deal("seller", "Stok takibi", 0, Some(100)).await;
        world.task_with("seller", "Müşteriyi ara", 0, |facts| facts.customer_id = Some(customer)).await;
        let on_deal = world.task_with("seller", "Teklif yolla", -1, |facts| facts.deal_id = Some(deal)).await;
        let waiting = async || {
            world.seen_by("seller", async |tx| store::list::waiting(tx).await).await.expect("a count")
        };
        assert_eq!(waiting().await, 2);

        let deleted =
            world.by("seller", async |tx| crate::records::delete(tx, customer).await).await.expect("deleted");
        assert_eq!(
            (world.task_titles("seller", ALL).await, waiting().await),
            (vec!["Teklif yolla".to_owned()], 1)
        );
        world
            .by("seller", async |tx| {
                let change = undoable(tx, deleted).await?;
                crate::records::take_back::<CustomerId>(tx, &change).await.map(drop)
            })
            .await
            .expect("taken back");
        assert_eq!(waiting().await, 2);

        // The tasks of a won deal stay, and the list of tasks says that the deal is won.
        world.by("seller", async |tx| deal_commands::win(tx, deal).await).await.expect("won");
        let row =
            world.tasks("seller", ALL).await.into_iter().find(|row| row.id == on_deal).expect("it stays");
        assert_eq!(row.deal.map(|deal| deal.status), Some(crate::deals::model::Status::Won));
        world.by("seller", async |tx| crate::records::delete(tx, deal).await).await.expect("deleted");
        assert_eq!(
            (world.task_titles("seller", ALL).await, waiting().await),
            (vec!["Müşteriyi ara".to_owned()], 1)
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn today_lists_own_deals_without_a_next_step() {
    on_both_engines(async |world| {
        let ids =
            [world.deal("seller", "Adımsız", 0, None).await, world.deal("seller", "Adımlı", 1, None).await];
        world.deal("mate", "Başkasının", 0, None).await;
        world.task_with("seller", "Ara", 3, |facts| facts.deal_id = Some(ids[1])).await;
        let deals =
            world.seen_by("seller", async |tx| crate::home::store::deals(tx).await).await.expect("deals");
        let named: Vec<_> = deals.stuck.iter().map(|row| row.title.as_str()).collect();
        assert_eq!((named, deals.stuck_count), (vec!["Adımsız"], 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finished_call_is_logged_on_its_customer_or_deal() {
    on_both_engines(async |world| {
        let customer = world.customer("seller", "Nur Eczane").await;
        let deal = world.deal("seller", "Raf sistemi", 0, Some(100)).await;
        let of_customer =
            world.task_with("seller", "Nur'u ara", 0, |facts| facts.customer_id = Some(customer)).await;
        let of_deal = world.task_with("seller", "Raf için ara", 0, |facts| facts.deal_id = Some(deal)).await;
        let of_nothing = world.task("seller", "Birini ara", 0).await;
        let called = async |id, outcome| {
            world
                .by("seller", async |tx| commands::act(tx, id, Act::Called(outcome)).await)
                .await
                .expect("it is done")
        };
        let logged = async || {
            let stats =
                crate::stats::count(&world.db, world.actor("owner").await).await.expect("it can be counted");
            stats.activities
        };
        let event = called(of_customer, Outcome::Busy).await;
        called(of_deal, Outcome::Reached).await;
        called(of_nothing, Outcome::NoAnswer).await;
        assert_eq!(logged().await, 2);
        assert_eq!(world.tasks("seller", TaskQuery::default()).await.len(), 0);
        world.take_back("seller", event).await.expect("it can be taken back");
        assert_eq!((logged().await, world.tasks("seller", TaskQuery::default()).await.len()), (1, 1));
    })
    .await;
}
