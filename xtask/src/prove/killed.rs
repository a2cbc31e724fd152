//! Killing the server while people write. What it reported as saved must be there afterwards; what it could not report
//! must be there completely or not at all.

use super::lab::{BOTH, Engine, Lab, OWNER, new_customer, new_id};
use crate::served::{Person, Served, tell};
use anyhow::{Result, ensure};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const WRITERS: usize = 8;
const SERVING_AGAIN: Duration = Duration::from_secs(3);
/// After this many cycles the whole database is checked.
const CHECKED_EVERY: u32 = 10;

pub fn killed(lab: &Lab) -> Result<String> {
    let mut figures = Vec::new();
    for engine in BOTH {
        figures.push(on(lab, engine)?);
    }
    Ok(figures.join("; "))
}

/// A write: its id, and whether the server reported it as saved.
type Written = (String, bool);

fn on(lab: &Lab, engine: Engine) -> Result<String> {
    let mut server = lab.firm(engine)?;
    let cookie = server.sign_in(OWNER)?;
    let (mut acknowledged, mut unheard, mut slowest) = (0, 0, Duration::ZERO);
    for cycle in 0..lab.cycles {
        let written = work_until_killed(&mut server, &cookie)?;
        let begun = Instant::now();
        server.start_again()?;
        slowest = slowest.max(begun.elapsed());
        ensure!(begun.elapsed() < SERVING_AGAIN, "cycle {cycle}: serving again took {:?}", begun.elapsed());
        let person = server.person(&cookie);
        for (id, said) in written {
            let whole = is_whole(&person, &id)?;
            ensure!(whole || !said, "cycle {cycle}: {id} was said to be saved and is not there");
            if said { acknowledged += 1 } else { unheard += 1 }
        }
        if cycle % CHECKED_EVERY == CHECKED_EVERY - 1 || cycle + 1 == lab.cycles {
            tell(&lab.program, &server.database, &["check"], "")?;
        }
    }
    Ok(format!(
        "{engine:?}: {} kills, {acknowledged} acknowledged writes, 0 lost; {unheard} unheard, none of them half; \
         serving again after {} ms at most",
        lab.cycles,
        slowest.as_millis()
    ))
}

fn work_until_killed(server: &mut Served, cookie: &str) -> Result<Vec<Written>> {
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| {
                let person = server.person(cookie);
                let over = &over;
                scope.spawn(move || write(&person, over))
            })
            .collect();
        std::thread::sleep(Duration::from_millis(fastrand::u64(50..1500)));
        let killed = server.kill();
        over.store(true, Ordering::Relaxed);
        let written =
            writers.into_iter().flat_map(|writer| writer.join().expect("a writer does not panic")).collect();
        killed.map(|()| written)
    })
}

fn write(person: &Person, over: &AtomicBool) -> Vec<Written> {
    let mut written = Vec::new();
    while !over.load(Ordering::Relaxed) {
        let id = new_id();
        match person.call("/api/customers/create", &new_customer(&id, "Kanarya Ltd")) {
            Ok(answer) => written.push((id, answer.status == 200)),
            Err(_) => {
                written.push((id, false));
                break;
            }
        }
    }
    written
}

/// Whether the customer exists with both contacts and its event; a part of these is an error.
fn is_whole(person: &Person, id: &str) -> Result<bool> {
    let answer = person.call("/api/customers/get", &json!({"id": id}))?;
    if answer.status == 404 {
        return Ok(false);
    }
    ensure!(answer.status == 200, "{id}: {} {}", answer.status, answer.text);
    let card: Value = serde_json::from_str(&answer.text)?;
    let contacts = card.pointer("/customer/facts/contacts").and_then(Value::as_array).map_or(0, Vec::len);
    ensure!(contacts == 2, "{id} is there with {contacts} of its 2 contacts");
    let query = json!({"card": {"customer": id}, "query": {"show": "changes", "limit": 5}});
    let stream = person.ask("/api/activities/stream", &query)?.to_string();
    ensure!(stream.contains("\"created\""), "{id} is there without its event: {stream}");
    Ok(true)
}
