//! Guessing passwords: two hundred tries at once, from many addresses, while somebody works. It must be slow for the
//! guesser but not for the person at work, and hashing must never use more memory than one hash for each core.

use super::lab::{Engine, Lab, OWNER, bystander, no_panic};
use crate::served::Served;
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const GUESSERS: usize = 200;
const LASTING: Duration = Duration::from_secs(20);
/// The memory of one hash in MiB (OWASP: m = 19 MiB).
const HASH: u64 = 19;

pub fn guessing(lab: &Lab) -> Result<String> {
    let server = lab.firm(Engine::Sqlite)?;
    let cookie = server.sign_in(OWNER)?;
    let before = server.memory()?.0;
    let over = AtomicBool::new(false);
    let (answers, waits) = std::thread::scope(|scope| -> Result<_> {
        let (server, cookie, over) = (&server, &cookie, &over);
        let working = scope.spawn(move || bystander(server, cookie, over));
        let guessers: Vec<_> = (0..GUESSERS).map(|nr| scope.spawn(move || guess(server, nr, over))).collect();
        std::thread::sleep(LASTING);
        over.store(true, Ordering::Relaxed);
        let mut answers: BTreeMap<u16, u32> = BTreeMap::new();
        for guesser in guessers {
            for (status, many) in guesser.join().expect("a guesser does not panic") {
                *answers.entry(status).or_default() += many;
            }
        }
        Ok((answers, working.join().expect("who works does not panic")?))
    })?;
    no_panic(&server)?;
    let grown = server.memory()?.1.saturating_sub(before) / 1024;
    let cores = std::thread::available_parallelism()?.get() as u64;
    ensure!(grown <= cores * HASH + 64, "memory grew by {grown} MiB");
    let odd = answers.keys().find(|status| ![401, 422, 429, 503].contains(*status));
    ensure!(odd.is_none(), "a guess was answered {}", odd.copied().unwrap_or_default());
    let p95 = *waits.get(waits.len() * 95 / 100).context("somebody worked")?;
    ensure!(p95 < Duration::from_millis(300), "others waited {p95:?}");

    // One account, tried from one address after another.
    let tried = (0..60)
        .map(|nr| sign_in(&server, OWNER, &format!("203.0.114.{nr}")))
        .filter(|status| matches!(status, Ok(status) if *status != 429))
        .count();
    ensure!(tried <= 11, "{tried} guesses for one account within seconds");
    let said: Vec<String> = answers.iter().map(|(status, n)| format!("{n} × {status}")).collect();
    Ok(format!(
        "{GUESSERS} guessers for {} s ({}), +{grown} MiB, others waited {} ms at p95; one account takes {tried} \
         guesses a minute, from however many addresses",
        LASTING.as_secs(),
        said.join(", "),
        p95.as_millis()
    ))
}

fn guess(server: &Served, nr: usize, over: &AtomicBool) -> BTreeMap<u16, u32> {
    let mut answers = BTreeMap::new();
    let mut round = 0;
    while !over.load(Ordering::Relaxed) {
        round += 1;
        let email = format!("somebody{nr}.{}@lab.example", round % 50);
        if let Ok(status) = sign_in(server, &email, &format!("198.51.100.{nr}")) {
            *answers.entry(status).or_default() += 1;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    answers
}

/// Tries a wrong password through a proxy on this machine, which names the client's address.
fn sign_in(server: &Served, email: &str, from: &str) -> Result<u16> {
    let form = json!({"form": {"email": email, "password": "yanlış bir parola"}});
    Ok(server.stranger(&[("x-forwarded-for", from)]).call("/api/auth/sign_in", &form)?.status)
}
