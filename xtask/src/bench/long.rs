//! Measures how long others wait during long operations: handing over all records of a person and undoing it, deleting
//! a stage with its deals and undoing it. Purging what was deleted long ago can't be started by a request, so a test
//! measures it (`cargo xtask prove long`).

use super::data;
use crate::served::{Person, Served, add_person, new_id};
use crate::sh::say;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The customers of that person, their deals (all open), and the activities on them.
const COUNTS: [u32; 4] = [20_000, 6_000, 6_000, 450_000];
const LEAVES: &str = "leaves@bench.example";
const STAYS: &str = "stays@bench.example";

/// The firm of a person with very many records; their successor is added afterwards.
pub fn firm(program: &Path, dir: &Path) -> Result<String> {
    data::made(dir, "long", |database| {
        say("making a firm of somebody with 26,000 records and 450,000 activities");
        add_person(program, database, data::OWNER, "owner")?;
        add_person(program, database, LEAVES, "salesperson")?;
        data::sample(program, database, COUNTS)?;
        add_person(program, database, STAYS, "salesperson")
    })
}

/// Runs each operation and returns its lines of a table.
pub fn measure(program: &Path, database: &str, dir: &Path, title: &str) -> Result<String> {
    say(format!("measuring what is long on {title}"));
    let server = Served::start_without_backups(program, database, dir)?;
    let owner = server.person(&server.sign_in(data::OWNER)?);
    let tree = owner.ask("/api/people/tree", &json!({}))?;
    let unit = |email: &str| -> Result<Value> {
        let name = email.split('@').next().unwrap_or(email);
        let units = tree.as_array().context("a tree is a list")?;
        let found = units.iter().find(|unit| unit["name"] == name).context("they are in the tree")?;
        Ok(found["id"].clone())
    };
    let (leaves, stays) = (unit(LEAVES)?, unit(STAYS)?);
    let pipelines = owner.ask("/api/pipelines/all", &json!({}))?;
    let stages = pipelines[0]["stages"].as_array().context("a pipeline has stages")?;
    let open = stages.iter().filter(|one| one["stage"]["status"] == "open");
    let fullest = open.clone().max_by_key(|one| one["deals"].as_i64()).context("a stage is open")?;
    let other = open.clone().find(|one| one["stage"]["id"] != fullest["stage"]["id"]).context("two are")?;

    let mut lines = String::new();
    let mut each = |name: &str, path: &str, input: &Value| -> Result<Value> {
        let (told, took, waits) = beside(&server, &owner, path, input)?;
        writeln!(lines, "| {name} | {title} | {:.1} | {waits} |", took.as_secs_f64())?;
        Ok(told)
    };
    let handed = each("hand everything over", "/api/people/hand_over", &json!({"id": leaves, "to": stays}))?;
    let records = handed["records"].as_u64().unwrap_or_default();
    ensure!(records >= 25_000, "only {records} records were handed over");
    each("take that back", "/api/journal/undo", &json!({"event": handed["event"]}))?;
    let input = json!({"id": fullest["stage"]["id"], "to": other["stage"]["id"]});
    let name = format!("delete a stage of {} deals", fullest["deals"]);
    let deleted = each(&name, "/api/pipelines/delete_stage", &input)?;
    each("bring it back", "/api/journal/undo", &json!({"event": deleted}))?;
    Ok(lines)
}

/// The head of the table.
pub const HEAD: &str = "\n### Long work beside others\n
| what | where | seconds | others wrote, p95 ms | longest | others read, p95 ms | longest |
|---|---|--:|--:|--:|--:|--:|\n";

fn beside(server: &Served, owner: &Person, path: &str, input: &Value) -> Result<(Value, Duration, String)> {
    let over = AtomicBool::new(false);
    let cookie = server.sign_in(STAYS)?;
    std::thread::scope(|scope| {
        let (over, cookie) = (&over, &cookie);
        let writing = scope.spawn(move || {
            again(over, || {
                let form =
                    json!({"id": new_id(), "title": "Arayacağım", "kind": "call", "due_on": "2030-01-07"});
                server.person(cookie).ask("/api/tasks/save", &json!({"form": form})).map(drop)
            })
        });
        let reading = scope.spawn(move || {
            again(over, || {
                let query = json!({"query": {"limit": 50}});
                server.person(cookie).ask("/api/customers/list", &query).map(drop)
            })
        });
        let begun = Instant::now();
        let told = owner.ask(path, input);
        let took = begun.elapsed();
        over.store(true, Ordering::Relaxed);
        let [written, read] = [writing, reading].map(|one| one.join().expect("who works does not panic"));
        Ok((told?, took, format!("{} | {}", written?, read?)))
    })
}

/// Repeats it every 20 ms until the long operation has ended; returns the 95th percentile of the waits and the longest.
fn again(over: &AtomicBool, work: impl Fn() -> Result<()>) -> Result<String> {
    let mut waits = Vec::new();
    while !over.load(Ordering::Relaxed) {
        let begun = Instant::now();
        work()?;
        waits.push(begun.elapsed().as_secs_f64() * 1000.0);
        std::thread::sleep(Duration::from_millis(20));
    }
    let longest = waits.iter().copied().fold(0.0, f64::max);
    Ok(format!("{:.1} | {longest:.1}", super::measure::percentiles(waits).1))
}
