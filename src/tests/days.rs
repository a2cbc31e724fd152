//! Days as people type them: in the line of a task, in the forms of tasks and deals, in the filter of the history. Also
//! the firm's present day, which every page gets from the server. How a typed day is read in detail is tested in
//! `i18n::days`.

use super::world::{Browser, World, on_both_engines};
use crate::server::clock;
use crate::tasks::view::{TaskQuery, TaskRow};
use axum::http::StatusCode;
use chrono::{Days, NaiveDate};
use serde_json::json;
use uuid::Uuid;

/// Lines with a day that no calendar has.
const NO_SUCH_DAY: [&str; 8] = [
    "31.11 sözleşmeyi yenile",
    "30 Şubat ara",
    "31.04.2027 ara",
    "29.02.2027 ara",
    "2027-02-29 ara",
    "31 Kasım'da ara",
    "31.11.2026 fatura kes",
    "0.11 ara",
];
const TOLD: &str = "Takvimde böyle bir gün yok.";

/// Lines without a day, though something in them looks like one.
const NO_DAY: [&str; 11] = [
    "2.5 mm kablo fiyatı gönder",
    "1/2 inç boru teklifi",
    "3/4 vana numunesi",
    "Discuss 24/7 support",
    "1.5 milyonluk teklif",
    "Cuma Bey'i ara",
    "Mon Ami Pastanesi'ni ara",
    "Eylül 5 katalog istedi",
    "2 kas gevşetici numune",
    "29 Ekim Caddesi'ndeki şantiyeyi ziyaret et",
    "9.30 puan indirimi konuş",
];

async fn today(world: &World) -> NaiveDate {
    clock::today(world.actor("seller").await.zone)
}

async fn add(browser: &mut Browser, line: &str) -> (StatusCode, String) {
    let answer = browser.submit("/tasks", &[("line", line), ("back", "/tasks")]).await;
    (answer.status, answer.text)
}

async fn tasks(world: &World) -> Vec<TaskRow> {
    world.tasks("seller", TaskQuery::default()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_looks_like_a_day_stays_in_the_title() {
    on_both_engines(async |world| {
        let mut browser = world.browser_of("seller").await;
        for line in NO_DAY {
            assert_eq!(add(&mut browser, line).await.0, StatusCode::SEE_OTHER, "{line}");
        }
        let today = today(world).await;
        let rows = tasks(world).await;
        let mut titles: Vec<&str> = rows.iter().map(|row| row.title.as_str()).collect();
        titles.sort_unstable();
        let mut lines = NO_DAY.to_vec();
        lines.sort_unstable();
        assert_eq!(titles, lines);
        assert!(rows.iter().all(|row| row.due_on == today && row.due_at.is_none()));

        assert_eq!(add(&mut browser, "yarın 14:00-15:00 toplantı").await.0, StatusCode::SEE_OTHER);
        let row = tasks(world).await.into_iter().find(|row| row.due_on > today).expect("tomorrow's");
        assert_eq!((row.title.as_str(), row.due_at), ("14:00-15:00 toplantı", Some(840)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_does_not_exist_is_told_until_it_is_wanted_as_text() {
    on_both_engines(async |world| {
        let mut browser = world.browser_of("seller").await;
        for line in NO_SUCH_DAY {
            let (status, text) = add(&mut browser, line).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{line}");
            assert!(text.contains(TOLD), "{line}");
        }
        assert!(tasks(world).await.is_empty());
        let form = json!({"id": Uuid::now_v7(), "line": "31.11 sözleşmeyi yenile", "as_text": "31.11\n"});
        let (status, answer) = browser.call("/api/tasks/add", &json!({"form": form})).await;
        assert!(status.is_success(), "{answer}");
        assert_eq!(tasks(world).await[0].title, "31.11 sözleşmeyi yenile");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn around_midnight_the_line_is_read_as_it_was_shown() {
    on_both_engines(async |world| {
        let mut browser = world.browser_of("seller").await;
        let today = today(world).await;
        for (shown, due) in [(today - Days::new(1), today), (today - Days::new(9), today + Days::new(1))] {
            let form = json!({"id": Uuid::now_v7(), "line": "yarın ara", "today": shown});
            let (status, answer) = browser.call("/api/tasks/add", &json!({"form": form})).await;
            assert!(status.is_success(), "{answer}");
            assert!(tasks(world).await.iter().any(|row| row.due_on == due), "{shown}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_told_the_firms_day_and_how_long_it_lasts() {
    on_both_engines(async |world| {
        let mut browser = world.browser_of("seller").await;
        world.task("seller", "Ara", 0).await;
        let (status, now) = browser.call("/api/tasks/now", &json!({})).await;
        assert_eq!(status, StatusCode::OK);
        let left = now["seconds_left"].as_u64().expect("a number");
        assert!((1..=25 * 3600 + 1).contains(&left), "{left}");
        assert_eq!((&now["today"], &now["waiting"]), (&json!(today(world).await), &json!(1)));
        let page = browser.get("/customers").await.text;
        let told = page.split("\"seconds_left\":").nth(1).expect("the page has it");
        assert!(!told.starts_with("0,"), "{}", &told[..20]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deals_expected_close_is_typed_as_the_page_writes_it_and_never_lost() {
    on_both_engines(async |world| {
        let mut browser = world.browser_of("seller").await;
        let today = today(world).await;
        let (id, stage) = (Uuid::now_v7().to_string(), world.stages().await[0].id.to_string());
        let fields = |day: &'static str| {
            [
                ("id", id.clone()),
                ("title", "Tezgâh".into()),
                ("currency", "TRY".into()),
                ("stage", stage.clone()),
                ("expected_on", day.to_owned()),
            ]
        };
        for wrong in ["31.04", "31.11.2026", "30 Şubat", "29.02.2027"] {
            let fields = fields(wrong);
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let refused = browser.submit("/deals/new", &fields).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
            assert!(
                refused.text.contains(TOLD) && refused.text.contains(&format!("value=\"{wrong}\"")),
                "{wrong}"
            );
            assert!(refused.text.contains("value=\"Tezgâh\""), "{wrong}");
        }
        let fields = fields("yarın");
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(browser.submit("/deals/new", &fields).await.status, StatusCode::SEE_OTHER);
        let (_, shown) = browser.call("/api/deals/get", &json!({"id": id})).await;
        let tomorrow = today + Days::new(1);
        assert_eq!(shown["deal"]["facts"]["expected_on"], json!(tomorrow));
        let page = browser.get(&format!("/deals/{id}/edit")).await.text;
        let written = format!("value=\"{}\"", tomorrow.format("%d.%m.%Y"));
        assert!(page.contains(&written), "the page's language, not the browser's: {written}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_put_off_to_a_day_as_people_say_it() {
    on_both_engines(async |world| {
        let mut browser = world.browser_of("seller").await;
        let task = world.task("seller", "Ara", 0).await;
        let act = format!("/tasks/{task}/act");
        let refused = browser.submit(&act, &[("act", "day"), ("day", "31.11"), ("back", "/tasks")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = browser.submit(&act, &[("act", "day"), ("day", "3 gün sonra"), ("back", "/tasks")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        assert_eq!(tasks(world).await[0].due_on, today(world).await + Days::new(3));
        let fields = [
            ("title", "Ara"),
            ("kind", "call"),
            ("due_on", "31 Kasım"),
            ("version", "2"),
            ("note", "uzun not"),
        ];
        let refused = browser.submit(&format!("/tasks/{task}/edit"), &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains(TOLD) && refused.text.contains("value=\"31 Kasım\""));
        assert!(refused.text.contains("uzun not"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_of_a_day_is_asked_for_as_people_write_days() {
    on_both_engines(async |world| {
        world.customer("seller", "Kanarya Ltd").await;
        let mut browser = world.browser_of("owner").await;
        let page = browser.get("/history?day=bug%C3%BCn").await.text;
        assert!(page.contains("Kanarya Ltd"));
        let page = browser.get("/history?day=31.11.2026").await.text;
        assert!(page.contains(TOLD) && page.contains("value=\"31.11.2026\""));
    })
    .await;
}
