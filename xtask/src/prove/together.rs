//! Several people saving the same card at the same time: of those who have read the same version, one saves and the
//! others get a conflict. In the end the record holds what was typed by the last one whose saving was confirmed.

use super::lab::{BOTH, Lab, OWNER, SELLER, new_customer, new_id};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

const ROUNDS: u32 = 1_000;

pub fn together(lab: &Lab) -> Result<String> {
    let mut told = 0;
    for engine in BOTH {
        let server = lab.firm(engine)?;
        let cookies = [server.sign_in(OWNER)?, server.sign_in(SELLER)?];
        let first = server.person(&cookies[1]);
        let id = new_id();
        first.ask("/api/customers/create", &new_customer(&id, "Ortak AŞ"))?;
        let mut version = 1;
        for round in 0..ROUNDS {
            let editors = fastrand::usize(2..=5);
            let answers: Vec<(String, u16, String)> = std::thread::scope(|scope| {
                let edits: Vec<_> = (0..editors)
                    .map(|nr| {
                        let (person, id) = (server.person(&cookies[nr % 2]), &id);
                        scope.spawn(move || -> Result<_> {
                            let name = format!("Tur {round} kişi {nr}");
                            let form = json!({"id": id, "version": version.to_string(), "kind": "organisation",
                                "name": name});
                            let answer = person.call("/api/customers/change", &json!({"id": id, "form": form}))?;
                            Ok((name, answer.status, answer.text))
                        })
                    })
                    .collect();
                edits
                    .into_iter()
                    .map(|edit| edit.join().expect("an editor does not panic"))
                    .collect::<Result<_>>()
            })?;
            let saved: Vec<_> = answers.iter().filter(|(_, status, _)| *status == 200).collect();
            ensure!(
                saved.len() == 1,
                "{engine:?}, round {round}: {} of {editors} were told \"saved\"",
                saved.len()
            );
            for (name, status, text) in answers.iter().filter(|(_, status, _)| *status != 200) {
                ensure!(*status == 409 && text.contains(&saved[0].0), "{name} was answered {status} {text}");
                told += 1;
            }
            let card = first.ask("/api/customers/get", &json!({"id": id}))?;
            let name =
                card.pointer("/customer/facts/name").and_then(Value::as_str).context("a card has a name")?;
            ensure!(name == saved[0].0, "{} was told \"saved\", but {name} is on record", saved[0].0);
            version =
                card.pointer("/customer/version").and_then(Value::as_i64).context("a card has a version")?;
        }
    }
    Ok(format!(
        "{ROUNDS} rounds of 2 to 5 editors on each engine: one saved in each, {told} were shown the other's value, \
         0 silent losses"
    ))
}
