//! The firms to measure in: an owner who sees everything, a hundred salespeople of whom each sees a hundredth. Made once and kept in
//! `target/bench`; PostgreSQL gets the very same rows, by backup and restore.

use crate::postgres::Cluster;
use crate::served::{add_person, tell};
use crate::sh::{human, say};
use anyhow::Result;
use std::path::Path;
use std::time::Instant;

pub const OWNER: &str = "owner@bench.example";
pub const SALESPERSON: &str = "seller7@bench.example";
const SALESPEOPLE: u32 = 100;

/// Per customer: a tenth of a deal, a hundredth of an open one, two activities.
pub fn on_sqlite(program: &Path, dir: &Path, customers: u32) -> Result<String> {
    let path = dir.join(format!("{customers}.db"));
    let database = format!("sqlite:{}", path.display());
    let done = dir.join(format!("{customers}.made"));
    if done.exists() {
        return Ok(database);
    }
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(dir.join(format!("{customers}.db{end}")));
    }
    say(format!("making a firm with {customers} customers (about {} s)", 5 + customers / 2_500));
    let begun = Instant::now();
    add_person(program, &database, OWNER, "owner")?;
    for nr in 0..SALESPEOPLE {
        add_person(program, &database, &format!("seller{nr}@bench.example"), "salesperson")?;
    }
    let number = |of: u32| of.to_string();
    let (deals, open, activities) = (number(customers / 10), number(customers / 100), number(customers * 2));
    let args = [
        "sample",
        "--customers",
        &number(customers),
        "--deals",
        &deals,
        "--open",
        &open,
        "--activities",
        &activities,
        "--common",
        "0",
        "--seed",
        "1",
    ];
    tell(program, &database, &args, "")?;
    std::fs::write(done, "")?;
    say(format!("made in {}", human(begun.elapsed())));
    Ok(database)
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
