//! Backup, restore, check and update, as the person who looks after a firm's data does them. What is restored is what
//! was there; what is damaged, newer or in the way is refused, and nothing is changed.

mod clocks;
mod damage;
mod update;

use super::world::{World, fresh_postgres, fresh_sqlite, on_both_engines, test_postgres};
use crate::backup::check::check;
use crate::backup::create::back_up;
use crate::backup::daily::today;
use crate::backup::model::Standing;
use crate::backup::restore::restore;
use crate::backup::store::catalog::tables;
use crate::backup::store::rows::{Digest, digest};
use crate::journal::model::What;
use crate::server::clock;
use crate::server::database_url::DatabaseUrl;
use crate::server::db::Db;
use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A folder that is deleted at the end of the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        Self(fresh_sqlite().0)
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn sqlite(&self, name: &str) -> DatabaseUrl {
        DatabaseUrl::Sqlite(self.file(name))
    }

    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).expect("the folder can be read").flatten();
        let mut names: Vec<_> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn place_of(world: &World) -> DatabaseUrl {
    DatabaseUrl::of(&world.address).expect("the address is one")
}

/// The digest of the rows of every table that a backup contains, by the table's name.
pub async fn contents(place: &DatabaseUrl) -> BTreeMap<String, Digest> {
    let mut opened = place.look().await.expect("it opens");
    let mut link = opened.link();
    let mut all = BTreeMap::new();
    for table in tables(&mut link).await.expect("the catalog") {
        let sum = digest(&mut link, &table).await.expect("it can be read");
        all.insert(table.name, sum);
    }
    all
}

/// Fills the firm with a small sample, and signs the seller in, so that there is a session.
pub async fn fill(world: &World) {
    let owner = world.actor("owner").await;
    let options =
        crate::sample::Options { customers: 60, deals: 40, open: 20, activities: 40, common: 20, seed: 7 };
    crate::sample::fill(&world.db, owner, &options).await.expect("a sample");
    world.browser_of("seller").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_firm_moves_to_the_other_engine_and_back_unchanged() {
    on_both_engines(async |world| {
        fill(world).await;
        let folder = Folder::new();
        let was = contents(&place_of(world)).await;
        assert!(was.contains_key("deals") && !was.contains_key("sessions") && !was.contains_key("backups"));
        let mut from = place_of(world);
        let mut stops = vec![folder.sqlite("one.db")];
        if let Some(address) = test_postgres() {
            stops.push(DatabaseUrl::of(&fresh_postgres(&address).await).expect("an address"));
            stops.push(folder.sqlite("two.db"));
        }
        for (nr, to) in stops.into_iter().enumerate() {
            let file = folder.file(&format!("{nr}.backup"));
            let size = back_up(&from, &file).await.expect("a backup");
            let restored = restore(&file, &to, false).await.expect("a restore");
            assert_eq!(restored.size, size);
            assert_eq!(contents(&to).await, was, "{}: stop {nr}", world.engine);
            let report = check(&to).await.expect("a report");
            assert!(report.ok, "{}: stop {nr}\n{report}", world.engine);
            from = to;
        }
        // Whoever had signed in has to do so again: a backup holds no session.
        let db = Db::open(&format!("sqlite:{}", folder.file("one.db").display())).await.expect("it serves");
        let (sessions,): (i64,) = db
            .read_system()
            .await
            .expect("a look")
            .query("SELECT COUNT(*) FROM sessions")
            .one()
            .await
            .expect("a count");
        assert_eq!(sessions, 0);
        db.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_one_moment_while_others_work() {
    on_both_engines(async |world| {
        cycles(world, 3).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes; `cargo xtask prove backup` runs it"]
async fn long_a_hundred_backups_on_each_engine_while_others_work() {
    on_both_engines(async |world| {
        let made = cycles(world, 100).await;
        println!("figure: {}: 100 backups during {made} writes, all restored and checked", world.engine);
    })
    .await;
}

async fn cycles(world: &World, times: usize) -> u32 {
    fill(world).await;
    let folder = Folder::new();
    let stop = AtomicBool::new(false);
    let writing = async {
        let mut made = 0_u32;
        while !stop.load(Ordering::Relaxed) {
            let facts = world.customer_facts("seller", &format!("Yeni {made}")).await;
            let id = crate::id::CustomerId(uuid::Uuid::now_v7());
            world
                .by("seller", async |tx| crate::customers::commands::add(tx, id, &facts, What::Created).await)
                .await
                .expect("work goes on");
            made += 1;
            // The pause keeps the firm from growing faster than it can be read.
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        made
    };
    let backing_up = async {
        let mut last = 0;
        for nr in 0..times {
            let file = folder.file(&format!("{nr}.backup"));
            let size = back_up(&place_of(world), &file).await.expect("a backup");
            assert!(size.rows >= last, "the firm only grows");
            last = size.rows;
            let to = folder.sqlite(&format!("{nr}.db"));
            restore(&file, &to, false).await.expect("a restore");
            // A backup of two different moments might hold a customer without its event, and the check would say so.
            let report = check(&to).await.expect("a report");
            assert!(report.ok, "{}: {report}", world.engine);
        }
        stop.store(true, Ordering::Relaxed);
    };
    let (made, ()) = tokio::join!(writing, backing_up);
    assert!(made > 0, "somebody worked meanwhile");
    made
}

#[tokio::test(flavor = "multi_thread")]
async fn a_firm_is_replaced_only_when_that_was_said_and_stays_aside() {
    on_both_engines(async |world| {
        fill(world).await;
        let folder = Folder::new();
        let file = folder.file("firm.backup");
        back_up(&place_of(world), &file).await.expect("a backup");
        assert!(back_up(&place_of(world), &file).await.is_err(), "a backup is never written over");
        let to = match (world.engine, test_postgres()) {
            ("PostgreSQL", Some(address)) => {
                DatabaseUrl::of(&fresh_postgres(&address).await).expect("an address")
            }
            _ => folder.sqlite("there.db"),
        };
        restore(&file, &to, false).await.expect("into an empty one");
        let was = contents(&to).await;
        world.customer("seller", "Sonradan gelen").await;
        let newer = folder.file("newer.backup");
        back_up(&place_of(world), &newer).await.expect("a backup");
        let refused = restore(&newer, &to, false).await.expect_err("there is a firm").to_string();
        assert!(refused.contains("Deneme AŞ") && refused.contains("--replace"), "{refused}");
        assert_eq!(contents(&to).await, was, "nothing was changed");
        let aside =
            restore(&newer, &to, true).await.expect("a replacement").aside.expect("the old one is kept");
        assert_ne!(contents(&to).await, was);
        let old = match world.engine {
            "SQLite" => DatabaseUrl::Sqlite(aside),
            _ => {
                let back = folder.sqlite("back.db");
                restore(&aside, &back, false).await.expect("the old one is a backup");
                back
            }
        };
        assert_eq!(contents(&old).await, was, "{}: what was there is whole", world.engine);
        let busy = restore(&file, &place_of(world), true).await.expect_err("somebody uses it").to_string();
        assert!(busy.contains("in use"), "{busy}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_check_finds_what_is_wrong() {
    on_both_engines(async |world| {
        world.is_broken_on_purpose();
        fill(world).await;
        let report = check(&place_of(world)).await.expect("a report");
        assert!(report.ok, "{}: {report}", world.engine);
        for harm in [
            "DELETE FROM reach WHERE viewer_id = unit_id",
            "UPDATE customers SET sort_key = name_key",
            "DELETE FROM events WHERE kind = 'deal'",
            "UPDATE records SET deleted_at = created_at WHERE kind = 'task'",
        ] {
            let mut system = world.db.write_system().await.expect("the database answers");
            assert!(system.query(harm).execute().await.expect("it is done") > 0);
            system.commit().await.expect("committed");
        }
        let report = check(&place_of(world)).await.expect("a report");
        let wrong: Vec<_> =
            report.findings.iter().filter(|one| !one.ok).map(|one| one.what.as_str()).collect();
        assert_eq!(
            wrong,
            [
                "order and name keys fit their names",
                "every customer and deal has its history",
                "every record stands in its kind's table, as it is there",
                "customers are found as their records are",
                "reach is what the tree says"
            ],
            "{report}"
        );
        let nothing = Folder::new().sqlite("nothing.db");
        assert!(check(&nothing).await.is_err(), "the check makes no database");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_has_one_backup_that_was_tried_out_and_the_owner_is_told() {
    on_both_engines(async |world| {
        fill(world).await;
        let (folder, place) = (Folder::new(), place_of(world));
        let mut owner = world.browser_of("owner").await;
        let (_, told) = owner.call("/api/backup/list", &json!({})).await;
        assert_eq!(told["standing"], json!(Standing::Waiting), "{told}");
        let now = clock::now() - TimeDelta::hours(27);
        let tries = (0..4).map(|_| today(&world.db, &place, &folder.0, now));
        let made = futures::future::join_all(tries).await;
        assert_eq!(made.iter().filter(|made| matches!(made, Ok(true))).count(), 1, "{made:?}");
        assert_eq!(
            folder.names().iter().filter(|name| name.ends_with(".backup")).count(),
            1,
            "{:?}",
            folder.names()
        );
        assert!(!folder.names().iter().any(|name| name.starts_with(".trial")), "{:?}", folder.names());
        let (_, told) = owner.call("/api/backup/list", &json!({})).await;
        assert_eq!(told["standing"], json!(Standing::Fine), "{told}");
        assert!(told["last"]["held"].as_i64().is_some_and(|rows| rows > 100), "{told}");
        // The next day the backup can't be written: that is shown to the owner, and it is tried again an hour later.
        let (tomorrow, nowhere) = (now + TimeDelta::days(1), folder.file("a-file").join("x"));
        std::fs::write(folder.file("a-file"), "in the way").expect("a file");
        assert!(!today(&world.db, &place, &nowhere, tomorrow).await.expect("it is noted"));
        let (_, told) = owner.call("/api/backup/list", &json!({})).await;
        assert_eq!(
            (told["standing"].clone(), told["good"].clone()),
            (json!(Standing::Failed), json!(1)),
            "{told}"
        );
        assert!(!today(&world.db, &place, &folder.0, tomorrow).await.expect("too early"));
        let later = tomorrow + TimeDelta::hours(2);
        assert!(today(&world.db, &place, &folder.0, later).await.expect("again"));
        let page = owner.get("/settings/firm").await;
        assert!(page.status == StatusCode::OK && page.text.contains("Son sağlam yedek"));
        assert!(!world.browser_of("manager").await.get("/settings").await.text.contains("Son sağlam yedek"));
    })
    .await;
}
