//! The environment of the proofs: the program, a temporary folder, a PostgreSQL that flushes to disk, and firms on both
//! engines.

use crate::postgres::Cluster;
pub use crate::served::new_id;
use crate::served::{Person, Served, add_person, tell};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;

pub const OWNER: &str = "owner@lab.example";
pub const SELLER: &str = "seller@lab.example";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

pub const BOTH: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

pub struct Lab {
    pub program: PathBuf,
    /// How many cycles of killing and checking are run on each engine.
    pub cycles: u32,
    /// How many malformed requests are sent.
    pub requests: u32,
    pub cluster: Cluster,
    dir: TempDir,
    made: AtomicU32,
}

impl Lab {
    pub fn open(program: PathBuf, cycles: u32, requests: u32) -> Result<Self> {
        let cluster = Cluster::start_durable()?;
        Ok(Self { program, cycles, requests, cluster, dir: tempfile::tempdir()?, made: AtomicU32::new(0) })
    }

    /// An empty database, and a folder for the files that go with it.
    pub fn database(&self, engine: Engine) -> Result<(String, PathBuf)> {
        let nr = self.made.fetch_add(1, Ordering::Relaxed);
        let dir = self.dir.path().join(nr.to_string());
        std::fs::create_dir(&dir)?;
        let database = match engine {
            Engine::Sqlite => format!("sqlite:{}", dir.join("kartotek.db").display()),
            Engine::Postgres => self.cluster.database(&format!("lab_{nr}"))?,
        };
        Ok((database, dir))
    }

    /// Starts a server for a firm with an owner, a salesperson, some customers and deals.
    pub fn firm(&self, engine: Engine) -> Result<Served> {
        let (database, dir) = self.database(engine)?;
        add_person(&self.program, &database, OWNER, "owner")?;
        add_person(&self.program, &database, SELLER, "salesperson")?;
        tell(&self.program, &database, &["sample", "--customers", "60", "--deals", "40", "--seed", "1"], "")?;
        Served::start(&self.program, &database, &dir)
    }
}

/// A client signed in as that person.
pub fn signed_in(server: &Served, email: &str) -> Result<Person> {
    Ok(server.person(&server.sign_in(email)?))
}

/// A new customer with two contacts: three rows and an event, which must be written together.
pub fn new_customer(id: &str, name: &str) -> Value {
    json!({"form": {
        "id": id, "kind": "organisation", "name": name,
        "contact_name": ["Ayşe", "Işık"], "contact_job": ["", ""], "contact_phone": ["", ""], "contact_email": ["", ""],
    }})
}

/// Somebody at work meanwhile; returns how long each request took, the shortest first.
pub fn bystander(server: &Served, cookie: &str, over: &AtomicBool) -> Result<Vec<Duration>> {
    let person = server.person(cookie);
    let mut waits = Vec::new();
    while !over.load(Ordering::Relaxed) {
        let begun = Instant::now();
        person.ask("/api/customers/list", &json!({"query": {"limit": 50}}))?;
        waits.push(begun.elapsed());
        std::thread::sleep(Duration::from_millis(20));
    }
    ensure!(!waits.is_empty(), "nobody worked meanwhile");
    waits.sort_unstable();
    Ok(waits)
}

/// The counts of `kartotek stats`.
pub fn stats(lab: &Lab, database: &str) -> Result<Value> {
    Ok(serde_json::from_str(&tell(&lab.program, database, &["stats", "--json"], "")?)?)
}

/// Checks that the server's log mentions no panic.
pub fn no_panic(server: &Served) -> Result<()> {
    let log = std::fs::read_to_string(&server.log).context("the server's log")?;
    let found = log.lines().find(|line| line.contains("panicked"));
    ensure!(found.is_none(), "the server panicked: {}", found.unwrap_or_default());
    Ok(())
}
