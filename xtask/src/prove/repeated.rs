//! The same command sent many times at once, as by a double click, a retry or a reload: it must be carried out once.

use super::lab::{BOTH, Lab, OWNER, new_customer, new_id, signed_in, stats};
use anyhow::{Result, ensure};
use serde_json::{Value, json};

const TIMES: usize = 50;

pub fn repeated(lab: &Lab) -> Result<String> {
    for engine in BOTH {
        let server = lab.firm(engine)?;
        let person = signed_in(&server, OWNER)?;
        let board = person.ask("/api/board/get", &json!({"query": {}}))?;
        let text = |at: &str| board.pointer(at).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (deal, to) = (text("/columns/0/cards/0/id"), text("/columns/1/stage/id"));
        let commands = [
            ("/api/customers/create", new_customer(&new_id(), "Bir Kere AŞ"), "customers"),
            (
                "/api/deals/create",
                json!({"form": {"id": new_id(), "title": "Bir kere", "currency": "TRY", "stage": to}}),
                "deals",
            ),
            (
                "/api/board/move",
                json!({"change": {"cmd": new_id(), "deal": deal, "to": to, "seen_version": 1}}),
                "events",
            ),
        ];
        for (path, input, counted) in commands {
            let before = stats(lab, &server.database)?;
            let statuses: Vec<u16> = std::thread::scope(|scope| {
                let clicks: Vec<_> = (0..TIMES)
                    .map(|_| {
                        let (person, input) = (server.person(&person.cookie), &input);
                        scope.spawn(move || Ok(person.call(path, input)?.status))
                    })
                    .collect();
                clicks
                    .into_iter()
                    .map(|click| click.join().expect("a click does not panic"))
                    .collect::<Result<_>>()
            })?;
            ensure!(statuses.iter().all(|status| *status == 200), "{path} answered {statuses:?}");
            let after = stats(lab, &server.database)?;
            for what in [counted, "events"] {
                let grown =
                    after[what].as_i64().zip(before[what].as_i64()).map(|(after, before)| after - before);
                ensure!(grown == Some(1), "{path}, {TIMES} times: {grown:?} more {what}");
            }
        }
    }
    Ok(format!("3 commands, each {TIMES} times at once on each engine: 1 effect, 1 event, the same answer"))
}
