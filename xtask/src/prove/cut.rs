//! Broken connections: clients that disconnect in the middle of a request, and a PostgreSQL that is stopped under the
//! server. Afterwards everything must work as before, and nothing may be half done.

use super::lab::{BOTH, Engine, Lab, OWNER, new_customer, new_id, no_panic, signed_in};
use crate::served::Served;
use anyhow::{Result, bail, ensure};
use serde_json::json;
use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

const CUTS: u32 = 10_000;
const CUTTERS: u32 = 8;
const BACK: Duration = Duration::from_secs(5);

pub fn cut(lab: &Lab) -> Result<String> {
    for engine in BOTH {
        let server = lab.firm(engine)?;
        let cookie = server.sign_in(OWNER)?;
        std::thread::scope(|scope| -> Result<()> {
            let (server, cookie) = (&server, &cookie);
            let cutters: Vec<_> =
                (0..CUTTERS).map(|_| scope.spawn(move || leave_early(server, cookie))).collect();
            cutters.into_iter().try_for_each(|cutter| cutter.join().expect("a cutter does not panic"))
        })?;
        works_again(&server, &cookie)?;
        no_panic(&server)?;
        let log = std::fs::read_to_string(&server.log)?;
        for bad in ["25P02", "within a transaction", "nested"] {
            ensure!(!log.contains(bad), "{engine:?}: the log says {bad:?}");
        }
        if engine == Engine::Postgres {
            let left = lab.cluster.ask(
                &server.database,
                "select count(*) from pg_stat_activity where state like 'idle in transaction%'",
            )?;
            ensure!(left == "0", "{left} connections are idle in a transaction");
        }
    }
    Ok(format!("{CUTS} requests cut on each engine; nothing left open, all calls answered afterwards"))
}

fn leave_early(server: &Served, cookie: &str) -> Result<()> {
    for _ in 0..CUTS / CUTTERS {
        let body = new_customer(&new_id(), "Yarım AŞ").to_string();
        let request = format!(
            "POST /api/customers/create HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\
             Sec-Fetch-Site: same-origin\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(server.address())?;
        let until = if fastrand::u8(..4) == 0 { fastrand::usize(..request.len()) } else { request.len() };
        let _ = stream.write_all(&request.as_bytes()[..until]);
        std::thread::sleep(Duration::from_micros(fastrand::u64(..4_000)));
        // Dropped with an unread answer, the connection is reset.
    }
    Ok(())
}

/// Makes as many calls at once as there are connections to the database; all must be answered.
fn works_again(server: &Served, cookie: &str) -> Result<()> {
    std::thread::scope(|scope| {
        let calls: Vec<_> = (0..32)
            .map(|_| {
                let person = server.person(cookie);
                scope.spawn(move || person.ask("/api/customers/create", &new_customer(&new_id(), "Bütün AŞ")))
            })
            .collect();
        calls.into_iter().try_for_each(|call| call.join().expect("a call does not panic").map(drop))
    })
}

/// PostgreSQL is stopped in every mode while people write.
pub fn restarted(lab: &Lab) -> Result<String> {
    let server = lab.firm(Engine::Postgres)?;
    let person = signed_in(&server, OWNER)?;
    let mut slowest = Duration::ZERO;
    let mut said = Vec::new();
    for round in 0..9 {
        let way = ["fast", "immediate", "backends"][round % 3];
        for _ in 0..20 {
            let id = new_id();
            if person.call("/api/customers/create", &new_customer(&id, "Kalıcı AŞ"))?.status == 200 {
                said.push(id);
            }
        }
        if way == "backends" {
            lab.cluster.ask(
                &lab.cluster.url(),
                "select count(pg_terminate_backend(pid)) from pg_stat_activity \
                 where pid <> pg_backend_pid() and datname is not null",
            )?;
        } else {
            lab.cluster.restart(way)?;
        }
        let begun = Instant::now();
        loop {
            let answer = person.call("/api/customers/create", &new_customer(&new_id(), "Sonra AŞ"))?;
            match answer.status {
                200 => break,
                500 | 503 if begun.elapsed() < BACK => std::thread::sleep(Duration::from_millis(50)),
                status => bail!("{way}: {status} {} after {:?}", answer.text, begun.elapsed()),
            }
        }
        slowest = slowest.max(begun.elapsed());
    }
    for id in &said {
        person.ask("/api/customers/get", &json!({"id": id}))?;
    }
    no_panic(&server)?;
    Ok(format!(
        "9 stops (fast, immediate, backends killed); serving again {} ms after PostgreSQL at most, without a restart; \
         {} acknowledged writes, 0 lost",
        slowest.as_millis(),
        said.len()
    ))
}
