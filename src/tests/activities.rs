//! Activities: logging them (also failed attempts), the cards that show them, who sees them, changing and undoing them,
//! reading them page by page, and their plain forms.

use super::world::{World, is_not_found, on_both_engines};
use crate::activities::input::ActivityForm;
use crate::activities::model::{Logged, Outcome, Show, StreamLine, StreamPage, StreamQuery};
use crate::activities::{commands, store};
use crate::deals::input::DealForm;
use crate::error::{Error, Problem, Result};
use crate::id::{ActivityId, CustomerId, DealId, EventId};
use crate::journal::model::{Card, What};
use crate::journal::store::undoable;
use crate::live::Kind;
use axum::http::StatusCode;
use uuid::Uuid;

fn call(content: &str) -> ActivityForm {
    ActivityForm {
        id: Uuid::now_v7().to_string(),
        kind: "call".into(),
        content: content.into(),
        ..ActivityForm::default()
    }
}

impl World {
    pub(super) async fn log(&self, who: &str, card: Card, form: &ActivityForm) -> Result<Logged> {
        self.by(who, async |tx| commands::log(tx, card, form).await).await
    }

    /// A call of that person's that reached somebody.
    pub(super) async fn call(&self, who: &str, card: Card, content: &str) -> ActivityId {
        self.log(who, card, &call(content)).await.expect("a call is logged").id
    }

    async fn stream(&self, who: &str, card: Card, query: StreamQuery) -> Result<StreamPage> {
        let query = StreamQuery { limit: if query.limit == 0 { 100 } else { query.limit }, ..query };
        self.seen_by(who, async |tx| store::stream::stream(tx, card, &query).await).await
    }

    /// The contents of the activities on a card, newest first.
    async fn said(&self, who: &str, card: Card) -> Vec<String> {
        let query = StreamQuery { show: Show::Activities, ..StreamQuery::default() };
        contents(&self.stream(who, card, query).await.expect("a stream"))
    }

    async fn undo_activity(&self, who: &str, event: EventId) -> Result<()> {
        self.by(who, async |tx| {
            let change = undoable(tx, event).await?;
            crate::records::take_back::<crate::id::ActivityId>(tx, &change).await.map(drop)
        })
        .await
    }

    async fn give(&self, deal: DealId, customer: Option<CustomerId>) {
        let form = DealForm {
            customer: customer.map(|id| id.to_string()).unwrap_or_default(),
            ..self.draft_of("owner", Some(deal)).await.expect("a form")
        };
        let done = self.by("owner", async |tx| crate::deals::commands::change(tx, deal, &form).await).await;
        done.expect("the deal is given to the customer");
    }
}

fn contents(page: &StreamPage) -> Vec<String> {
    let content = |line: &StreamLine| match line {
        StreamLine::Activity(line) => Some(line.content.clone()),
        StreamLine::Change(_) => None,
    };
    page.lines.iter().filter_map(content).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_and_an_attempt_stand_on_the_card_once() {
    on_both_engines(async |world| {
        let id = world.customer("seller", "Güneş Enerji").await;
        let card = Card::Customer(id);
        let form = ActivityForm { contact: " Selin  Işık ".into(), ..call("Bütçe onayı ay sonu.") };
        let first = world.log("seller", card, &form).await.expect("logged");
        assert_eq!(world.log("seller", card, &form).await.expect("sent twice"), first);
        let attempt = ActivityForm { outcome: "no_answer".into(), ..call("") };
        world.log("seller", card, &attempt).await.expect("an attempt is kept, too");
        let page = world.stream("seller", card, StreamQuery::default()).await.expect("a stream");
        let kinds: Vec<_> = page
            .lines
            .iter()
            .map(|line| match line {
                StreamLine::Activity(line) => (line.outcome, line.contact.as_str(), line.person.as_str()),
                StreamLine::Change(line) => {
                    (None, "", if line.what == What::Created { "created" } else { "?" })
                }
            })
            .collect();
        assert_eq!(
            kinds,
            [
                (Some(Outcome::NoAnswer), "", "seller"),
                (Some(Outcome::Reached), "Selin Işık", "seller"),
                (None, "", "created")
            ],
            "that an activity was logged is not shown again as a change"
        );
        let changes = StreamQuery { show: Show::Changes, ..StreamQuery::default() };
        assert_eq!(world.stream("seller", card, changes).await.expect("changes").lines.len(), 1);
        let stats = crate::stats::count(&world.db, world.actor("seller").await).await.expect("counted");
        assert_eq!(stats.activities, 2);
        let stats = crate::stats::count(&world.db, world.actor("mate").await).await.expect("counted");
        assert_eq!(stats.activities, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deals_activity_stands_on_its_customers_card_for_who_sees_the_deal() {
    on_both_engines(async |world| {
        let customer = world.customer("seller", "Güneş Enerji").await;
        let other = world.customer("seller", "Ay Işığı").await;
        let deal = world.deal("seller", "Panel", 0, None).await;
        let of_mate = world.deal("mate", "Bakım", 0, None).await;
        let (on_customer, on_other) = (Card::Customer(customer), Card::Customer(other));
        world.call("seller", Card::Deal(deal), "satış konuşuldu").await;
        assert!(world.said("seller", on_customer).await.is_empty());
        world.give(deal, Some(customer)).await;
        world.give(of_mate, Some(customer)).await;
        assert_eq!(world.said("seller", on_customer).await, ["satış konuşuldu"], "it came with its deal");
        let hidden = world.call("mate", Card::Deal(of_mate), "saklı").await;
        let mut system = world.db.read_system().await.expect("the database answers");
        let (added,): (sqlx::types::Json<crate::journal::model::Fields>,) = system
            .query("SELECT after FROM events WHERE subject_id = $1")
            .bind(hidden)
            .one()
            .await
            .expect("it was put on record");
        assert_eq!(added.0["customer_id"], customer.to_string(), "its event has the deal's customer");
        drop(system);
        assert_eq!(world.said("seller", on_customer).await, ["satış konuşuldu"]);
        assert_eq!(world.said("manager", on_customer).await, ["saklı", "satış konuşuldu"]);
        world.by("mate", async |tx| crate::records::delete(tx, hidden).await).await.expect("deleted");
        let told = format!("{:?}", world.told("seller", customer.0).await);
        assert!(!told.contains("saklı") && !told.contains("Bakım"), "{told}");
        assert!(world.told("manager", customer.0).await.iter().any(|line| line.kind == Kind::Activity));
        assert_eq!(
            world.told("mate", of_mate.0).await[0].kind,
            Kind::Activity,
            "the deal's card shows it, too"
        );
        // When the deal gets another customer, its activities go with it, and both cards show the change.
        world.give(deal, Some(other)).await;
        assert_eq!(world.said("seller", on_other).await, ["satış konuşuldu"]);
        assert!(world.said("seller", on_customer).await.is_empty());
        for card in [customer, other] {
            let told = world.told("seller", card.0).await;
            assert!(told[0].changes.iter().any(|change| change.field == "customer"), "{told:?}");
        }
        // The activities of a deleted deal are not shown.
        world.by("seller", async |tx| crate::records::delete(tx, deal).await).await.expect("deleted");
        assert!(world.said("owner", on_other).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_see_the_card_sees_and_changes_nothing() {
    on_both_engines(async |world| {
        let card = Card::Customer(world.customer("seller", "Güneş").await);
        let id = world.call("seller", card, "gizli").await;
        let form = ActivityForm { version: "1".into(), ..call("başka") };
        let before = world.rows().await;
        for who in ["mate", "other"] {
            assert!(is_not_found(world.stream(who, card, StreamQuery::default()).await), "{who}");
            assert!(is_not_found(world.log(who, card, &call("x")).await), "{who}");
            assert!(
                is_not_found(world.by(who, async |tx| commands::change(tx, id, &form).await).await),
                "{who}"
            );
            assert!(
                is_not_found(world.by(who, async |tx| crate::records::delete(tx, id).await).await),
                "{who}"
            );
        }
        assert_eq!(world.log("viewer", card, &call("x")).await.err(), Some(Error::Forbidden));
        assert_eq!(world.rows().await, before);
        assert_eq!(world.said("viewer", card).await, ["gizli"]);
        // The id of somebody else's activity can't be used for a new one.
        let taken = ActivityForm { id: id.to_string(), ..call("benim") };
        let mine = Card::Customer(world.customer("mate", "Benim").await);
        assert!(is_not_found(world.log("mate", mine, &taken).await));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_activity_is_changed_deleted_and_brought_back() {
    on_both_engines(async |world| {
        let card = Card::Customer(world.customer("seller", "Güneş").await);
        let first = world.log("seller", card, &call("ilk")).await.expect("logged");
        let id = first.id;
        let form = ActivityForm { version: "1".into(), kind: "visit".into(), ..call("ikinci") };
        let changed = world.by("seller", async |tx| commands::change(tx, id, &form).await).await;
        let changed = changed.expect("changed").expect("an event");
        let other = ActivityForm { content: "üçüncü".into(), ..form.clone() };
        let stale = world.by("manager", async |tx| commands::change(tx, id, &other).await).await;
        let Err(Error::Conflict { version: 2, theirs }) = stale else { panic!("{stale:?}") };
        assert_eq!(theirs["content"], "ikinci");
        let same = ActivityForm { version: "2".into(), ..form };
        assert_eq!(world.by("seller", async |tx| commands::change(tx, id, &same).await).await, Ok(None));
        assert!(matches!(world.undo_activity("seller", first.event).await, Err(Error::Conflict { .. })));
        world.undo_activity("seller", changed).await.expect("taken back");
        assert_eq!(world.said("seller", card).await, ["ilk"]);
        let gone =
            world.by("seller", async |tx| crate::records::delete(tx, id).await).await.expect("deleted");
        assert!(world.said("seller", card).await.is_empty());
        assert!(is_not_found(world.undo_activity("other", gone).await));
        world.undo_activity("seller", gone).await.expect("brought back");
        assert_eq!(world.said("seller", card).await, ["ilk"]);
        world.undo_activity("seller", first.event).await.expect("as it was logged");
        assert!(world.said("seller", card).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_is_read_in_the_firms_zone_and_not_in_the_future() {
    on_both_engines(async |world| {
        let card = Card::Customer(world.customer("seller", "Güneş").await);
        let at = |at: &str| ActivityForm { at: at.into(), ..call(at) };
        world.log("seller", card, &at("2026-03-01T09:30")).await.expect("long ago");
        world.log("seller", card, &call("şimdi")).await.expect("now");
        world.log("seller", card, &at("2025-12-31T23:59")).await.expect("longer ago");
        let refused = world.log("seller", card, &at("2199-01-01T00:00")).await;
        assert_eq!(refused.err(), Some(Error::invalid("at", Problem::NotYet)));
        assert_eq!(world.said("seller", card).await, ["şimdi", "2026-03-01T09:30", "2025-12-31T23:59"]);
        let query = StreamQuery { show: Show::Activities, ..StreamQuery::default() };
        let page = world.stream("seller", card, query).await.expect("a stream");
        assert_eq!(page.lines[1].at().to_string(), "2026-03-01 09:30:00");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_a_stream_have_each_line_once() {
    on_both_engines(async |world| {
        let id = world.customer("seller", "Güneş").await;
        let card = Card::Customer(id);
        for nr in 0..7 {
            world.call("seller", card, &format!("{nr}")).await;
            let deal = world.deal("seller", &format!("Satış {nr}"), 0, None).await;
            world.give(deal, Some(id)).await;
        }
        let whole = world.stream("seller", card, StreamQuery::default()).await.expect("a stream");
        assert_eq!((whole.lines.len(), whole.next), (15, None));
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let query = StreamQuery { after, limit: 4, ..StreamQuery::default() };
            let page = world.stream("seller", card, query).await.expect("a page");
            seen.extend(page.lines);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, whole.lines);
        assert!(seen.is_sorted_by(|newer, older| newer.at() >= older.at()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_works_by_plain_forms() {
    on_both_engines(async |world| {
        let card = Card::Customer(world.customer("seller", "Güneş").await);
        let mut seller = world.browser_of("seller").await;
        let path = card.path();
        let page = seller.get(&path).await;
        assert!(page.text.contains(&format!("action=\"{path}/log\"")), "the composer is a form");
        let log = format!("{path}/log");
        let id = Uuid::now_v7().to_string();
        let fields =
            [("id", id.as_str()), ("kind", "call"), ("content", "sonra arayın"), ("outcome", "busy")];
        let done = seller.submit(&log, &fields).await;
        assert_eq!(
            (done.status, done.headers["location"].to_str().ok()),
            (StatusCode::SEE_OTHER, Some(path.as_str()))
        );
        let page = seller.get(&path).await.text;
        assert!(page.contains("sonra arayın") && page.contains("Meşgul"));
        let refused = seller
            .submit(
                &log,
                &[("id", &id), ("kind", "note"), ("content", ""), ("contact", "Ayşe & </textarea>")],
            )
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains("Ayşe &amp; "), "nothing typed is lost");
        let edit = seller.get(&format!("{path}?edit={id}")).await.text;
        assert!(edit.contains(&format!("action=\"/activities/{id}/edit\"")));
        let fields = [("version", "1"), ("back", path.as_str()), ("kind", "visit"), ("content", "gidildi")];
        let done = seller.submit(&format!("/activities/{id}/edit"), &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        assert_eq!(world.said("seller", card).await, ["gidildi"]);
        let done = seller.submit(&format!("/activities/{id}/delete"), &[("back", "//evil.example")]).await;
        assert_eq!(done.headers["location"].to_str().ok(), Some("/"));
        assert!(world.said("seller", card).await.is_empty());
    })
    .await;
}
