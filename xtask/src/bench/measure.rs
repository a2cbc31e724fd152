//! Repeats a request many times, from one client or several, and computes its figures. The time spent in the database
//! is read from the server's log, request by request.

use super::calls::{Call, Ground};
use crate::served::Served;
use anyhow::{Result, ensure};
use serde_json::Value;
use std::collections::HashMap;
use std::fmt;
use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::time::{Duration, Instant};

/// Each request is repeated for this time or this often, whichever ends first.
const TIME: Duration = Duration::from_secs(6);
const TIMES: usize = 400;
/// The first requests are not counted: they meet a cold cache, unlike those of somebody at work.
const WARM_UP: usize = 10;

/// In milliseconds, except the last.
pub struct Figures {
    whole: (f64, f64),
    database: (f64, f64),
    /// The processor time of the program for one request.
    cpu: f64,
    per_second: f64,
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { whole, database, cpu, per_second } = self;
        write!(
            f,
            "{:.1} | {:.1} | {:.1} | {:.1} | {cpu:.1} | {per_second:.0}",
            whole.0, whole.1, database.0, database.1
        )
    }
}

/// One request: its id and how long it took.
type Took = (String, Duration);

pub fn measure(
    server: &Served,
    cookie: &str,
    ground: &Ground,
    call: &Call,
    clients: usize,
) -> Result<Figures> {
    let log_from = std::fs::metadata(&server.log)?.len();
    let cpu_from = server.cpu_time()?;
    let (all, lasted) = std::thread::scope(|scope| -> Result<(Vec<Took>, Duration)> {
        let workers: Vec<_> = (0..clients)
            .map(|nr| scope.spawn(move || work(server, cookie, ground, call, nr as u64, TIMES / clients)))
            .collect();
        let begun = Instant::now();
        let mut all = Vec::new();
        for worker in workers {
            all.extend(worker.join().expect("a client does not panic")?);
        }
        Ok((all, begun.elapsed()))
    })?;
    let database = database_times(server, log_from)?;
    let sql = all.iter().filter_map(|(id, _)| database.get(id).copied()).collect();
    let per_second = all.len() as f64 / lasted.as_secs_f64();
    let asked = all.len() + WARM_UP * clients;
    let cpu = (server.cpu_time()? - cpu_from).as_secs_f64() * 1000.0 / asked as f64;
    let whole = all.into_iter().map(|(_, time)| time.as_secs_f64() * 1000.0).collect();
    Ok(Figures { whole: percentiles(whole), database: percentiles(sql), cpu, per_second })
}

fn work(
    server: &Served,
    cookie: &str,
    ground: &Ground,
    call: &Call,
    nr: u64,
    times: usize,
) -> Result<Vec<Took>> {
    let person = server.person(cookie);
    let mut random = fastrand::Rng::with_seed(nr + 1);
    let mut took = Vec::with_capacity(times);
    let mut begun = Instant::now();
    for round in 0..times + WARM_UP {
        if round == WARM_UP {
            begun = Instant::now();
        }
        if round > WARM_UP + 10 && begun.elapsed() > TIME {
            break;
        }
        let (path, input) = (call.make)(ground, &mut random);
        let start = Instant::now();
        let answer = match &input {
            Some(input) => person.call(&path, input)?,
            None => person.open(&path)?,
        };
        let time = start.elapsed();
        ensure!(answer.status == 200, "{}: {path} answered {}: {}", call.name, answer.status, answer.text);
        if round >= WARM_UP {
            took.push((answer.request_id, time));
        }
    }
    Ok(took)
}

/// The time spent in the database, from the server's log, in milliseconds by request.
fn database_times(server: &Served, from: u64) -> Result<HashMap<String, f64>> {
    let mut log = std::fs::File::open(&server.log)?;
    log.seek(SeekFrom::Start(from))?;
    let mut times = HashMap::new();
    for line in BufReader::new(log).lines() {
        let Ok(line) = serde_json::from_str::<Value>(&line?) else { continue };
        let id = line.pointer("/span/id").or_else(|| line.pointer("/spans/0/id")).and_then(Value::as_str);
        let micros = line.pointer("/fields/database").and_then(number);
        if let (Some(id), Some(micros)) = (id, micros) {
            times.insert(id.to_owned(), micros as f64 / 1000.0);
        }
    }
    Ok(times)
}

/// A number, or a number in quotes, which is how the log writes large integers.
fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// The median and the 95th percentile.
pub fn percentiles(mut all: Vec<f64>) -> (f64, f64) {
    all.sort_unstable_by(f64::total_cmp);
    let at =
        |part: f64| all.get(((all.len() as f64 * part) as usize).min(all.len().saturating_sub(1))).copied();
    (at(0.5).unwrap_or(f64::NAN), at(0.95).unwrap_or(f64::NAN))
}

#[cfg(test)]
mod tests {
    use super::{number, percentiles};

    #[test]
    fn a_number_of_the_log_may_stand_in_quotes() {
        assert_eq!(number(&serde_json::json!(133)), Some(133));
        assert_eq!(number(&serde_json::json!("133")), Some(133));
        assert_eq!(number(&serde_json::json!("many")), None);
    }

    #[test]
    fn nineteen_of_twenty_stay_below() {
        assert_eq!(percentiles((1..=100).map(f64::from).rev().collect()), (51.0, 96.0));
        assert_eq!(percentiles(vec![7.0]), (7.0, 7.0));
        assert!(percentiles(vec![]).0.is_nan());
    }
}
