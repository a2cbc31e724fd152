//! Stopping under load and starting several at once: a stop always ends and loses nothing that was reported as saved;
//! of several processes started on an empty database one migrates. On PostgreSQL all of them serve, on SQLite only one.

use super::lab::{BOTH, Engine, Lab, OWNER, new_customer, new_id};
use crate::served::Served;
use anyhow::{Result, ensure};
use serde_json::json;
use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

const STOPS: u32 = 50;
const ENDED: Duration = Duration::from_secs(15);

pub fn stopped(lab: &Lab) -> Result<String> {
    let (mut slowest, mut saved) = (Duration::ZERO, 0);
    for engine in BOTH {
        let mut server = lab.firm(engine)?;
        let cookie = server.sign_in(OWNER)?;
        for _ in 0..STOPS {
            let mut half = TcpStream::connect(server.address())?;
            half.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-")?;
            let mut live = TcpStream::connect(server.address())?;
            write!(live, "GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n")?;
            let (said, took) = std::thread::scope(|scope| -> Result<_> {
                let writers: Vec<_> = (0..4)
                    .map(|_| {
                        let person = server.person(&cookie);
                        scope.spawn(move || {
                            let mut said = Vec::new();
                            loop {
                                let id = new_id();
                                match person.call("/api/customers/create", &new_customer(&id, "Durak AŞ")) {
                                    Ok(answer) if answer.status == 200 => said.push(id),
                                    _ => return said,
                                }
                            }
                        })
                    })
                    .collect();
                std::thread::sleep(Duration::from_millis(fastrand::u64(20..300)));
                let took = server.stop()?;
                let said: Vec<String> = writers
                    .into_iter()
                    .flat_map(|writer| writer.join().expect("a writer does not panic"))
                    .collect();
                Ok((said, took))
            })?;
            slowest = slowest.max(took);
            ensure!(took < ENDED, "a stop took {took:?}");
            server.start_again()?;
            let person = server.person(&cookie);
            for id in &said {
                person.ask("/api/customers/get", &json!({"id": id}))?;
            }
            saved += said.len();
        }
    }
    Ok(format!(
        "{STOPS} stops under load on each engine, with half a head and an open stream: {saved} acknowledged writes, \
         0 lost; ended after {:.1} s at most",
        slowest.as_secs_f64()
    ))
}

pub fn started_together(lab: &Lab) -> Result<String> {
    for engine in [Engine::Postgres, Engine::Sqlite] {
        for _ in 0..5 {
            let (database, dir) = lab.database(engine)?;
            let servers: Vec<Result<Served>> = std::thread::scope(|scope| {
                let starts: Vec<_> =
                    (0..6).map(|_| scope.spawn(|| Served::start(&lab.program, &database, &dir))).collect();
                starts.into_iter().map(|start| start.join().expect("a start does not panic")).collect()
            });
            let serving = servers.iter().filter(|server| server.is_ok()).count();
            // An SQLite file is served by one process; the others are refused.
            let expected = if engine == Engine::Sqlite { 1 } else { servers.len() };
            ensure!(serving == expected, "{engine:?}: {serving} of {} serve", servers.len());
        }
    }
    Ok("5 times 6 processes on an empty database: all serve on PostgreSQL, one on SQLite".to_owned())
}
