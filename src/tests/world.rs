//! A small firm to test in: people in a tree, each with a browser, on a database of its own. Tests run on both engines
//! if `KARTOTEK_TEST_POSTGRES` names a PostgreSQL server; otherwise they say so and run on SQLite alone.
//!
//! firm ─┬─ owner (sees all)
//!       ├─ İzmir: manager (subtree), seller (own), mate (own), viewer (team)
//!       └─ Ankara: other (own), who sees nothing of İzmir

pub use super::browser::{Browser, Ear, Heard};
use super::databases::{founded_postgres, founded_sqlite};
pub use super::databases::{fresh_postgres, fresh_sqlite};
use crate::auth::Actor;
use crate::auth::model::{Permission, Role, Sees};
use crate::auth::store::at_the_command_line;
use crate::backup::store::invariants::RECORDS;
use crate::customers::model::{CustomerFacts, CustomerKind};
use crate::deals::model::{DealFacts, Stage};
use crate::error::{Error, Result};
use crate::i18n::{Currency, Locale};
use crate::id::{CustomerId, DealId, PipelineId, UnitId};
use crate::journal::model::What;
use crate::people::store::{NewPerson, add_person, group, rebuild_reach};
use crate::program::router::router;
use crate::server::db::{Db, Tx};
use crate::server::request::{App, write_as};
use axum::Router;
use axum::http::StatusCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;

pub const PASSWORD: &str = "uzun bir cümle";

/// The people of the firm, named by what they are to the seller: name, role, what they see, and team.
pub const PEOPLE: [(&str, Role, Option<Sees>, &str); 6] = [
    ("owner", Role::Owner, None, ""),
    ("manager", Role::Manager, None, "İzmir"),
    ("seller", Role::Salesperson, None, "İzmir"),
    ("mate", Role::Salesperson, None, "İzmir"),
    ("viewer", Role::Viewer, Some(Sees::Team), "İzmir"),
    ("other", Role::Salesperson, None, "Ankara"),
];

/// Counts the rows of each table that a person's call can change, and sums their versions, which become higher with
/// each change. It is one statement, because it runs for each of thousands of calls.
const ROWS: &str = "SELECT COUNT(*) FROM events \
     UNION ALL SELECT COUNT(*) FROM records \
     UNION ALL SELECT COUNT(*) FROM contacts \
     UNION ALL SELECT COUNT(*) FROM people \
     UNION ALL SELECT COUNT(*) FROM units \
     UNION ALL SELECT COUNT(*) FROM links \
     UNION ALL SELECT COUNT(*) FROM pipelines \
     UNION ALL SELECT COUNT(*) FROM stages \
     UNION ALL SELECT COUNT(*) FROM products \
     UNION ALL SELECT COUNT(*) FROM own_fields \
     UNION ALL SELECT COUNT(*) FROM own_kinds \
     UNION ALL SELECT COUNT(*) FROM settings_drafts \
     UNION ALL SELECT COUNT(*) FROM draft_changes \
     UNION ALL SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM customers \
     UNION ALL SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM deals \
     UNION ALL SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM activities \
     UNION ALL SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM tasks \
     UNION ALL SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM own_records \
     UNION ALL SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM own_fields \
     UNION ALL SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM own_kinds \
     UNION ALL SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM people \
     UNION ALL SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM firm";

pub struct World {
    pub db: Db,
    pub engine: &'static str,
    pub address: String,
    router: Router,
    broken: AtomicBool,
    _home: Home,
}

/// Where the database is. The folder of an SQLite file is deleted with the `World`.
enum Home {
    File(std::path::PathBuf),
    Postgres,
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Self::File(folder) = self {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// Runs the story in a new firm on each engine.
pub async fn on_both_engines(story: impl AsyncFn(&World)) {
    on_sqlite(&story).await;
    on_postgres(&story).await;
}

/// Runs the story on SQLite alone. A long story has one test for each engine, so that both run at the same time.
pub async fn on_sqlite(story: impl AsyncFn(&World)) {
    let world = World::on_sqlite().await;
    story(&world).await;
    world.records_agree().await;
}

/// Runs the story on PostgreSQL alone, if there is a server for tests.
pub async fn on_postgres(story: impl AsyncFn(&World)) {
    match test_postgres() {
        Some(address) => {
            let world = World::on_postgres(&address).await;
            story(&world).await;
            world.records_agree().await;
        }
        None => eprintln!("KARTOTEK_TEST_POSTGRES is not set: this ran on SQLite alone"),
    }
}

#[expect(clippy::disallowed_methods, reason = "tests have no command line")]
pub fn test_postgres() -> Option<String> {
    std::env::var("KARTOTEK_TEST_POSTGRES").ok()
}

impl World {
    async fn on_sqlite() -> Self {
        let (folder, address) = founded_sqlite().await;
        Self::begin(&address, "SQLite", Home::File(folder)).await
    }

    async fn on_postgres(address: &str) -> Self {
        Self::begin(&founded_postgres(address).await, "PostgreSQL", Home::Postgres).await
    }

    async fn begin(address: &str, engine: &'static str, home: Home) -> Self {
        let db = Db::open(address).await.expect("the database opens");
        let app = App {
            db: db.clone(),
            throttle: Arc::default(),
            edge: Arc::default(),
            secure: false,
            show: crate::program::router::show,
        };
        Self {
            db,
            engine,
            router: router(app),
            address: address.to_owned(),
            broken: AtomicBool::new(false),
            _home: home,
        }
    }

    /// Says that the story breaks the rules of the database by statements of its own: they are not checked at its end.
    pub fn is_broken_on_purpose(&self) {
        self.broken.store(true, Ordering::Relaxed);
    }

    /// Checks that the table of all records agrees with the tables of the kinds and with the search index.
    async fn records_agree(&self) {
        if self.broken.load(Ordering::Relaxed) {
            return;
        }
        // After some stories the database can't be read any more.
        let Ok(mut system) = self.db.read_system().await else { return };
        for (rule, sql) in RECORDS {
            let (wrong,): (i64,) = system.query(sql).one().await.expect("it can be counted");
            assert_eq!(wrong, 0, "{}: {rule}", self.engine);
        }
    }

    /// A browser at a server on a database in which there is no firm yet.
    pub async fn empty(address: &str) -> Browser {
        let db = Db::open(address).await.expect("the database opens");
        Browser::at(router(App {
            db,
            throttle: Arc::default(),
            edge: Arc::default(),
            secure: false,
            show: crate::program::router::show,
        }))
    }

    /// The person as the database knows them.
    pub async fn actor(&self, name: &str) -> Actor {
        at_the_command_line(&self.db, Some(&format!("{name}@deneme.example")))
            .await
            .expect("this person is in the firm")
    }

    /// Does something as that person, in one transaction.
    pub async fn by<T>(&self, name: &str, job: impl AsyncFnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        write_as(&self.db, self.actor(name).await, Permission::Sell, job).await
    }

    /// Reads something as that person.
    pub async fn seen_by<T>(&self, name: &str, job: impl AsyncFnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        let mut tx = self.db.read(self.actor(name).await).await?;
        job(&mut tx).await
    }

    /// The facts of a new organisation of that person's.
    pub async fn customer_facts(&self, owner: &str, name: &str) -> CustomerFacts {
        CustomerFacts::new(self.actor(owner).await.unit(), CustomerKind::Organisation, name.into())
    }

    /// A customer of that person's, made by the firm's owner.
    pub async fn customer(&self, owner: &str, name: &str) -> CustomerId {
        let facts = self.customer_facts(owner, name).await;
        let id = CustomerId(Uuid::now_v7());
        self.by("owner", async |tx| crate::customers::commands::add(tx, id, &facts, What::Created).await)
            .await
            .expect("a customer can be made");
        id
    }

    /// The stages of the firm's pipeline.
    pub async fn stages(&self) -> Vec<Stage> {
        self.seen_by("owner", async |tx| crate::deals::pipeline::all_stages(tx).await)
            .await
            .expect("there are stages")
    }

    /// A deal of that person's at the end of the nth stage, made by the firm's owner.
    pub async fn deal(&self, owner: &str, title: &str, stage: usize, amount: Option<i64>) -> DealId {
        let stage = self.stages().await[stage].clone();
        let owner_id: UnitId = self.actor(owner).await.unit();
        let id = DealId(Uuid::now_v7());
        self.by("owner", async |tx| {
            let position = crate::deals::store::end_of(tx, stage.id).await?;
            let opened_on = chrono::NaiveDate::from_ymd_opt(2026, 11, 2).expect("a date");
            let new = DealFacts::new(owner_id, stage.id, Currency::Try, opened_on);
            let facts = DealFacts { position, title: title.into(), amount, ..new };
            crate::records::create(tx, id, &facts, What::Created).await
        })
        .await
        .expect("a deal can be made");
        id
    }

    /// A new pipeline with the usual stages.
    pub async fn pipeline(&self, name: &str) -> (PipelineId, Vec<Stage>) {
        self.by("owner", async |tx| {
            let id = crate::deals::pipelines::store::add(tx, Locale::Tr, name).await?;
            Ok((id, crate::deals::pipeline::stages(tx, id).await?))
        })
        .await
        .expect("a pipeline can be made")
    }

    /// Somebody new, only invited, in the team of that person, and an empty group in that team.
    pub async fn newcomer_beside(&self, name: &str, called: &str) -> (Uuid, Uuid) {
        let beside = self.actor(name).await.id;
        let mut system = self.db.write_system().await.expect("a transaction");
        let (team,): (UnitId,) = system
            .query("SELECT parent_id FROM units WHERE id = $1")
            .bind(beside)
            .one()
            .await
            .expect("everybody has a team");
        let nr = Uuid::now_v7();
        let person = NewPerson {
            name: called.into(),
            email: Some(format!("{nr}@deneme.example")),
            role: Role::Viewer,
            sees: Some(Sees::Own),
            password: None,
            under: Some(team),
        };
        let person = add_person(&mut system, person).await.expect("a person");
        let group = group(&mut system, team, &format!("{called} {nr}")).await.expect("a group");
        rebuild_reach(&mut system).await.expect("reach");
        system.commit().await.expect("commit");
        (person.0, group.0)
    }

    /// A browser in which nobody is signed in.
    pub fn browser(&self) -> Browser {
        Browser::at(self.router.clone())
    }

    /// A browser in which that person has signed in.
    pub async fn browser_of(&self, name: &str) -> Browser {
        let mut browser = self.browser();
        let (status, _) = browser.sign_in(&format!("{name}@deneme.example"), PASSWORD).await;
        assert_eq!(status, StatusCode::OK, "{name} signs in");
        browser
    }

    /// A browser at another server process on the same database.
    pub async fn elsewhere(&self) -> Browser {
        let db = Db::open(&self.address).await.expect("the database opens once more");
        let app = App {
            db,
            throttle: Arc::default(),
            edge: Arc::default(),
            secure: false,
            show: crate::program::router::show,
        };
        Browser::at(router(app))
    }

    /// A browser at another server process in which that person has signed in.
    pub async fn browser_elsewhere(&self, name: &str) -> Browser {
        let mut browser = self.elsewhere().await;
        let (status, _) = browser.sign_in(&format!("{name}@deneme.example"), PASSWORD).await;
        assert_eq!(status, StatusCode::OK, "{name} signs in");
        browser
    }

    /// The counts and sums of [`ROWS`]: a refused request must not change them.
    pub async fn rows(&self) -> Vec<i64> {
        let mut system = self.db.read_system().await.expect("the database answers");
        let rows: Vec<(i64,)> = system.query(ROWS).all().await.expect("they can be counted");
        rows.into_iter().map(|(count,)| count).collect()
    }
}

/// Whether the result is `NotFound`.
pub fn is_not_found<T: std::fmt::Debug>(result: Result<T>) -> bool {
    matches!(result, Err(Error::NotFound))
}
