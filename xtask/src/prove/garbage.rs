//! Malformed requests by the ten thousand, while somebody works: valid calls with altered values, and raw bytes that
//! are hardly HTTP. Nothing may panic, answer 5xx, use ever more memory, or reveal internals.

use super::lab::{Engine, Lab, OWNER, bystander, new_customer, new_id, no_panic, signed_in};
use crate::served::Served;
use anyhow::{Result, ensure};
use fastrand::Rng;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const SENDERS: u32 = 4;
/// How much memory may grow, in KiB.
const GROWTH: u64 = 64 * 1024;
/// Texts that would reveal internals.
const INSIDE: [&str; 6] = ["panicked", "sqlx", "SELECT ", "src/", ".rs:", "sqlite"];

pub fn garbage(lab: &Lab) -> Result<String> {
    let mut server = lab.firm(Engine::Sqlite)?;
    let cookie = server.sign_in(OWNER)?;
    let honest = honest_calls(&server)?;
    let before = server.memory()?.0;
    let over = AtomicBool::new(false);
    let (statuses, waits) = std::thread::scope(|scope| -> Result<_> {
        let (server, cookie, honest, over) = (&server, &cookie, &honest, &over);
        let working = scope.spawn(move || bystander(server, cookie, over));
        let senders: Vec<_> = (0..SENDERS)
            .map(|nr| {
                scope.spawn(move || send(server, cookie, honest, u64::from(nr), lab.requests / SENDERS))
            })
            .collect();
        let mut statuses: BTreeMap<u16, u32> = BTreeMap::new();
        let mut wrong = None;
        for sender in senders {
            match sender.join().expect("a sender does not panic") {
                Ok(counted) => {
                    counted.into_iter().for_each(|(status, n)| *statuses.entry(status).or_default() += n)
                }
                Err(error) => wrong = Some(error),
            }
        }
        over.store(true, Ordering::Relaxed);
        let waits = working.join().expect("who works does not panic")?;
        wrong.map_or(Ok((statuses, waits)), Err)
    })?;
    ensure!(server.is_alive(), "the server is gone");
    no_panic(&server)?;
    let grown = server.memory()?.0.saturating_sub(before);
    ensure!(grown < GROWTH, "memory grew by {} MiB", grown / 1024);
    let p99 = waits[(waits.len() * 99 / 100).min(waits.len() - 1)];
    let said: Vec<String> = statuses.iter().map(|(status, n)| format!("{n} × {status}")).collect();
    Ok(format!(
        "{} requests ({}; 0 is a closed connection), no 5xx, no panic, +{} MiB, a bystander waited {} ms at p99",
        statuses.values().sum::<u32>(),
        said.join(", "),
        grown / 1024,
        p99.as_millis()
    ))
}

fn honest_calls(server: &Served) -> Result<Vec<(&'static str, Value)>> {
    let person = signed_in(server, OWNER)?;
    let list = person.ask("/api/customers/list", &json!({"query": {"limit": 5}}))?;
    let customer = list.pointer("/rows/0/id").cloned().unwrap_or_default();
    let board = person.ask("/api/board/get", &json!({"query": {}}))?;
    let stage = board.pointer("/columns/0/stage/id").cloned().unwrap_or_default();
    let deal = board.pointer("/columns/0/cards/0/id").cloned().unwrap_or_default();
    Ok(vec![
        (
            "/api/customers/list",
            json!({"query": {"search": "aş", "after": "00ff.x", "letter": "ş", "limit": 50}}),
        ),
        ("/api/customers/count", json!({"query": {"search": "a"}})),
        ("/api/customers/choices", json!({"search": "a"})),
        ("/api/customers/get", json!({"id": customer})),
        ("/api/customers/create", new_customer(&new_id(), "Çöp AŞ")),
        (
            "/api/customers/change",
            json!({"id": customer, "form": {"id": customer, "version": "1", "kind": "person", "name": "x"}}),
        ),
        ("/api/deals/list", json!({"query": {"search": "a"}})),
        ("/api/deals/get", json!({"id": deal})),
        (
            "/api/deals/create",
            json!({"form": {"id": new_id(), "title": "x", "amount": "1.234,5", "currency": "TRY", "stage": stage}}),
        ),
        ("/api/board/get", json!({"query": {"search": "a", "depth": [[stage, 100]]}})),
        (
            "/api/board/column",
            json!({"query": {"search": "", "depth": []}, "stage": stage, "after": "80", "id": deal}),
        ),
        (
            "/api/board/move",
            json!({"change": {"cmd": new_id(), "deal": deal, "to": stage, "seen_version": 1}}),
        ),
        ("/api/people/tree", json!({})),
        ("/api/auth/set_up", json!({"form": {"firm": "x", "name": "x"}})),
        ("/api/journal/undo", json!({"event": new_id()})),
    ])
}

fn send(
    server: &Served,
    cookie: &str,
    honest: &[(&str, Value)],
    seed: u64,
    many: u32,
) -> Result<BTreeMap<u16, u32>> {
    let mut random = Rng::with_seed(seed + 1);
    let mut statuses = BTreeMap::new();
    for _ in 0..many {
        let (bytes, whole) = request(cookie, honest, &mut random);
        let (status, text) = exchange(server, &bytes, whole)?;
        *statuses.entry(status).or_default() += 1;
        let shown = || String::from_utf8_lossy(&bytes[..bytes.len().min(600)]).into_owned();
        // 503 with Retry-After would be right for a flood, but this is none.
        ensure!(status < 500 || status == 505, "{status} for:\n{}\n\n{text}", shown());
        if let Some(told) =
            INSIDE.iter().find(|inside| text.contains(**inside) && !text.starts_with("<!DOCTYPE"))
        {
            anyhow::bail!("an answer says {told:?}: {text}\nfor:\n{}", shown());
        }
    }
    Ok(statuses)
}

/// Sends the bytes and reads the status of the answer; 0 where the connection was closed without one. For an incomplete
/// request the sending side is closed, because the server would rightly wait for the rest.
fn exchange(server: &Served, bytes: &[u8], whole: bool) -> Result<(u16, String)> {
    let mut stream = TcpStream::connect(server.address())?;
    stream.set_read_timeout(Some(Duration::from_secs(40)))?;
    let _ = stream.write_all(bytes);
    if !whole {
        let _ = stream.shutdown(Shutdown::Write);
    }
    let mut answer = Vec::new();
    let _ = stream.take(1024 * 1024).read_to_end(&mut answer);
    let text = String::from_utf8_lossy(&answer).into_owned();
    let status = text.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok()).unwrap_or(0);
    let body = text.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default();
    Ok((status, body))
}

/// A request, and whether it is complete.
fn request(cookie: &str, honest: &[(&str, Value)], random: &mut Rng) -> (Vec<u8>, bool) {
    let (path, input) = &honest[random.usize(..honest.len())];
    if random.u8(..5) == 0 {
        return (raw(path, cookie, random), false);
    }
    let mut input = input.clone();
    for _ in 0..random.usize(1..=3) {
        let leaves = count(&input);
        let mut at = random.usize(..leaves.max(1));
        spoil(&mut input, &mut at, random);
    }
    let mut body = input.to_string().into_bytes();
    match random.u8(..12) {
        0 => body.truncate(random.usize(..body.len().max(1))),
        1 => body.extend_from_slice(b"}}]]"),
        2 => body = "[".repeat(10_000).into_bytes(),
        3 => body.insert(random.usize(..body.len()), 0xff),
        4 => body.insert(random.usize(..body.len()), 0),
        5 => body = format!("{{\"id\":1,{}", &input.to_string()[1..]).into_bytes(),
        _ => {}
    }
    let path = match random.u8(..15) {
        0 => path.replace('/', "//"),
        1 => format!("{path}/../../etc/passwd"),
        2 => format!("{path}%00"),
        3 => path.to_uppercase(),
        4 => format!("{path}?{}", "a=b&".repeat(500)),
        _ => (*path).to_owned(),
    };
    let method = ["POST", "POST", "POST", "POST", "PUT", "GET", "DELETE", "PATCH", "HEAD", "TRACE"]
        [random.usize(..10)];
    let kind = match random.u8(..12) {
        0 => "text/plain",
        1 => "multipart/form-data",
        2 => "application/x-www-form-urlencoded",
        3 => "application/cbor",
        _ => "application/json",
    };
    (head(method, &path, cookie, kind, body.len(), &body), true)
}

fn head(method: &str, path: &str, cookie: &str, kind: &str, length: usize, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n\
         Accept: application/json\r\n\
         Content-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// How many values can be altered.
fn count(value: &Value) -> usize {
    match value {
        Value::Object(fields) => fields.values().map(count).sum::<usize>() + 1,
        Value::Array(all) => all.iter().map(count).sum::<usize>() + 1,
        _ => 1,
    }
}

fn spoil(value: &mut Value, at: &mut usize, random: &mut Rng) {
    if *at == 0 {
        *value = nonsense(random);
    }
    *at = at.wrapping_sub(1);
    match value {
        Value::Object(fields) if *at != usize::MAX => {
            fields.values_mut().for_each(|field| spoil(field, at, random))
        }
        Value::Array(all) if *at != usize::MAX => all.iter_mut().for_each(|one| spoil(one, at, random)),
        _ => {}
    }
}

fn nonsense(random: &mut Rng) -> Value {
    match random.u8(..16) {
        0 => Value::Null,
        1 => json!(-1),
        2 => json!(i64::MIN),
        3 => json!(u64::MAX),
        4 => json!(1e308),
        5 => json!(true),
        6 => json!([]),
        7 => json!({}),
        8 => json!(""),
        9 => json!("\u{0}"),
        10 => json!("'; DROP TABLE customers; --"),
        11 => json!("%_%\\"),
        12 => json!("x".repeat(20_000)),
        13 => json!("İıI\u{307}\u{202e}😀\u{fffd}"),
        14 => json!("<img src=x onerror=alert(1)>"),
        _ => json!("00000000-0000-0000-0000-000000000000"),
    }
}

/// Bytes that are hardly HTTP.
fn raw(path: &str, cookie: &str, random: &mut Rng) -> Vec<u8> {
    let start = format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/json\r\n"
    );
    let text = match random.u8(..11) {
        0 => format!(
            "{start}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n"
        ),
        1 => format!("{start}Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
        2 => format!("{start}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{{}}"),
        3 => format!("{start}X-Long: {}\r\n\r\n", "a".repeat(64 * 1024)),
        4 => format!("{start}{}\r\n", "X-Many: 1\r\n".repeat(2_000)),
        5 => format!("{start}Content-Length: -1\r\n\r\n"),
        6 => format!("{start}Content-Length: 99999999999999999999\r\n\r\n"),
        7 => "GET / HTTP/9.9\r\n\r\n".to_owned(),
        8 => format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a/".repeat(20_000)),
        9 => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nxxxxxxxxxxxx".to_owned(),
        _ => {
            let mut bytes = vec![0; random.usize(1..400)];
            random.fill(&mut bytes);
            return bytes;
        }
    };
    text.into_bytes()
}
