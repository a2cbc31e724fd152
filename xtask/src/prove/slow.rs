//! Clients that send too slowly or too much. Neither may block the server or fill its memory, and people at work beside
//! them must not notice.

use super::lab::{Engine, Lab, OWNER, bystander, no_panic};
use crate::served::Served;
use anyhow::{Result, ensure};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const CONNECTIONS: usize = 2_000;
const SILENT: usize = 1_100;
const BESIDE_SILENCE: Duration = Duration::from_millis(250);
const HEADER_CLOSED: Duration = Duration::from_secs(20);
const BODY_CLOSED: Duration = Duration::from_secs(60);
const REFUSED: Duration = Duration::from_secs(2);
/// How much memory may grow, in KiB.
const GROWTH: u64 = 100 * 1024;

/// Two thousand connections, slow in different ways; returns when the server has closed all of them.
pub fn slow(lab: &Lab) -> Result<String> {
    let server = lab.firm(Engine::Sqlite)?;
    let cookie = server.sign_in(OWNER)?;
    let files = server.open_files();
    let over = AtomicBool::new(false);
    let (closed, waits) = std::thread::scope(|scope| -> Result<_> {
        let (server, cookie, over) = (&server, &cookie, &over);
        let working = scope.spawn(move || bystander(server, cookie, over));
        let closed = hold(server, cookie);
        over.store(true, Ordering::Relaxed);
        Ok((closed?, working.join().expect("who works does not panic")?))
    })?;
    std::thread::sleep(Duration::from_secs(1));
    let left = server.open_files();
    ensure!(left <= files + 5, "{left} files are open, {files} were before");
    no_panic(&server)?;
    let p99 = waits[waits.len() * 99 / 100];
    ensure!(p99 < Duration::from_millis(300), "others waited {p99:?}");
    Ok(format!(
        "{CONNECTIONS} connections; half a head closed after {} s, half a body after {} s at most; others waited {} ms \
         at p99; no file left open",
        closed.0.as_secs(),
        closed.1.as_secs(),
        p99.as_millis()
    ))
}

/// More silent connections than many systems allow a process to have open files: somebody works beside them, and new
/// clients still get in.
pub fn silent(lab: &Lab) -> Result<String> {
    let server = lab.firm(Engine::Sqlite)?;
    let cookie = server.sign_in(OWNER)?;
    let over = AtomicBool::new(false);
    let (closed, waits) = std::thread::scope(|scope| -> Result<_> {
        let (server, cookie, over) = (&server, &cookie, &over);
        let working = scope.spawn(move || bystander(server, cookie, over));
        let closed = say_nothing(server);
        over.store(true, Ordering::Relaxed);
        Ok((closed?, working.join().expect("who works does not panic")?))
    })?;
    no_panic(&server)?;
    let p95 = waits[waits.len() * 95 / 100];
    ensure!(p95 < BESIDE_SILENCE, "who works waited {p95:?} at p95");
    Ok(format!(
        "{SILENT} silent connections closed after {} s at most; who worked beside them waited {} ms at p95",
        closed.as_secs(),
        p95.as_millis()
    ))
}

/// How long it took until the last silent connection was closed.
fn say_nothing(server: &Served) -> Result<Duration> {
    let begun = Instant::now();
    let mut open = Vec::new();
    for _ in 0..SILENT {
        let stream = TcpStream::connect(server.address())?;
        stream.set_nonblocking(true)?;
        open.push(stream);
    }
    while !open.is_empty() {
        let status = server.send("GET", "/healthz", &[], "")?;
        ensure!(status == 200, "a newcomer was answered {status}");
        std::thread::sleep(Duration::from_millis(500));
        open.retain_mut(|stream| match stream.read(&mut [0; 16]) {
            Ok(read) => read > 0,
            Err(error) => error.kind() == ErrorKind::WouldBlock,
        });
        let passed = begun.elapsed();
        ensure!(passed < HEADER_CLOSED || open.is_empty(), "{} are still held after {passed:?}", open.len());
    }
    Ok(begun.elapsed())
}

/// How long the longest half-sent head and the longest half-sent body were waited for, each counted from its own
/// connection, because two thousand connections can't be opened at once.
fn hold(server: &Served, cookie: &str) -> Result<(Duration, Duration)> {
    let mut open = Vec::new();
    for nr in 0..CONNECTIONS {
        let mut stream = TcpStream::connect(server.address())?;
        stream.set_nonblocking(true)?;
        let body = nr % 4 == 3;
        let text = match nr % 4 {
            0 => String::new(),
            1 => "GET / HTT".to_owned(),
            2 => "GET / HTTP/1.1\r\nHost: x\r\nX-A".to_owned(),
            _ => format!(
                "POST /api/customers/list HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n\
                 Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n{{"
            ),
        };
        stream.write_all(text.as_bytes())?;
        open.push((stream, body, Instant::now()));
    }
    let (mut heads, mut bodies) = (Duration::ZERO, Duration::ZERO);
    while !open.is_empty() {
        std::thread::sleep(Duration::from_millis(500));
        open.retain_mut(|(stream, body, begun)| {
            // A byte now and then, so that the connection is not idle.
            let _ = stream.write(b"a");
            let closed = match stream.read(&mut [0; 4096]) {
                Ok(0) => true,
                Ok(_) => false,
                Err(error) => error.kind() != ErrorKind::WouldBlock,
            };
            if closed {
                let longest = if *body { &mut bodies } else { &mut heads };
                *longest = begun.elapsed().max(*longest);
            }
            !closed
        });
        for (_, body, begun) in &open {
            let (held, what, most) = if *body {
                (begun.elapsed(), "body", BODY_CLOSED)
            } else {
                (begun.elapsed(), "head", HEADER_CLOSED)
            };
            ensure!(held < most, "a half-sent {what} is still held after {held:?}");
        }
    }
    Ok((heads, bodies))
}

/// Fifty endless bodies at once, to every kind of address.
pub fn large(lab: &Lab) -> Result<String> {
    let mut server = lab.firm(Engine::Sqlite)?;
    let cookie = server.sign_in(OWNER)?;
    let before = server.memory()?.0;
    let kinds = [
        ("/api/customers/create", "application/json"),
        ("/api/auth/sign_in", "application/json"),
        ("/customers/new", "application/x-www-form-urlencoded"),
        ("/customers/new", "multipart/form-data; boundary=x"),
        ("/nowhere", "application/octet-stream"),
    ];
    let slowest = std::thread::scope(|scope| -> Result<Duration> {
        let (server, cookie) = (&server, &cookie);
        let senders: Vec<_> =
            (0..50).map(|nr| scope.spawn(move || flood(server, cookie, kinds[nr % kinds.len()]))).collect();
        let mut slowest = Duration::ZERO;
        for sender in senders {
            slowest = slowest.max(sender.join().expect("a sender does not panic")?);
        }
        Ok(slowest)
    })?;
    ensure!(server.is_alive(), "the server is gone");
    let grown = server.memory()?.1.saturating_sub(before);
    ensure!(grown < GROWTH, "memory grew by {} MiB", grown / 1024);
    ensure!(slowest < REFUSED, "a body without end was refused only after {slowest:?}");
    no_panic(&server)?;
    Ok(format!(
        "50 endless bodies at once refused within {} ms, +{} MiB at most",
        slowest.as_millis(),
        grown / 1024
    ))
}

/// Sends without end; returns when it was refused.
fn flood(server: &Served, cookie: &str, (path, kind): (&str, &str)) -> Result<Duration> {
    let mut stream = TcpStream::connect(server.address())?;
    stream.set_write_timeout(Some(Duration::from_secs(5)))?;
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: {kind}\r\n\
         Transfer-Encoding: chunked\r\n\r\n"
    );
    let begun = Instant::now();
    stream.write_all(head.as_bytes())?;
    let chunk = [b"10000\r\n".as_slice(), &[b'a'; 0x10000], b"\r\n"].concat();
    for _ in 0..160_000 {
        if stream.write_all(&chunk).is_err() {
            return Ok(begun.elapsed());
        }
        ensure!(begun.elapsed() < Duration::from_secs(30), "{path} takes whatever is sent");
    }
    anyhow::bail!("{path} took 10 GB")
}
