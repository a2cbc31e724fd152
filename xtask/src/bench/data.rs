//! The firms for measuring: an owner who sees everything, and a hundred salespeople of whom each sees a hundredth. Made
//! once and kept in `target/bench`; PostgreSQL gets the same rows through backup and restore.

use crate::postgres::Cluster;
use crate::served::{add_person, tell};
use crate::sh::{human, say};
use anyhow::Result;
use std::path::Path;
use std::time::Instant;

pub const OWNER: &str = "owner@bench.example";
pub const SALESPERSON: &str = "seller7@bench.example";
const SALESPEOPLE: u32 = 100;

/// There is one deal for ten customers, one open deal for a hundred, and two activities for each.
pub fn on_sqlite(program: &Path, dir: &Path, customers: u32) -> Result<String> {
    made(dir, &customers.to_string(), |database| {
        say(format!("making a firm with {customers} customers (about {} s)", 5 + customers / 2_500));
        add_person(program, database, OWNER, "owner")?;
        for nr in 0..SALESPEOPLE {
            add_person(program, database, &format!("seller{nr}@bench.example"), "salesperson")?;
        }
        sample(program, database, [customers, customers / 10, customers / 100, customers * 2])
    })
}

/// The SQLite file of that name, filled unless it exists already.
pub fn made(dir: &Path, name: &str, fill: impl FnOnce(&str) -> Result<()>) -> Result<String> {
    let database = format!("sqlite:{}", dir.join(format!("{name}.db")).display());
    let done = dir.join(format!("{name}.made"));
    if done.exists() {
        return Ok(database);
    }
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(dir.join(format!("{name}.db{end}")));
    }
    let begun = Instant::now();
    fill(&database)?;
    std::fs::write(done, "")?;
    say(format!("made in {}", human(begun.elapsed())));
    Ok(database)
}

/// Adds that many customers, deals, open ones among them, and activities; no customer belongs to the whole firm.
pub fn sample(program: &Path, database: &str, counts: [u32; 4]) -> Result<()> {
    let names = ["--customers", "--deals", "--open", "--activities"];
    let counts = counts.map(|count| count.to_string());
    let counted = names.into_iter().zip(&counts).flat_map(|(name, count)| [name, count]);
    let args: Vec<&str> = ["sample", "--common", "0", "--seed", "1"].into_iter().chain(counted).collect();
    tell(program, database, &args, "").map(drop)
}

pub fn into_postgres(
    program: &Path,
    cluster: &Cluster,
    from: &str,
    dir: &Path,
    name: &str,
) -> Result<String> {
    let file = dir.join(format!("{name}.backup"));
    if !file.exists() {
        tell(program, from, &["backup", &file.display().to_string()], "")?;
    }
    let database = cluster.database(&format!("bench_{name}"))?;
    say("bringing the same firm into PostgreSQL");
    let begun = Instant::now();
    tell(program, &database, &["restore", &file.display().to_string()], "")?;
    cluster.analyze(&database)?;
    say(format!("brought in {}", human(begun.elapsed())));
    Ok(database)
}
