//! What people do, as randomised calls: another customer, another word, another place each time. It knows the server
//! functions by their addresses, as a browser does.

use crate::served::{Person, new_id};
use anyhow::{Context, Result};
use fastrand::Rng;
use serde_json::{Value, json};

/// The records that this person sees, to choose from.
pub struct Ground {
    customers: Vec<String>,
    words: Vec<String>,
    deals: Vec<String>,
    stages: Vec<String>,
}

pub struct Call {
    pub name: &'static str,
    /// Makes the address and the input of a server function; a page has no input.
    pub make: fn(&Ground, &mut Rng) -> (String, Option<Value>),
}

pub const ALL: &[Call] = &[
    Call { name: "search while typing", make: search },
    Call { name: "customer list, 50", make: list },
    Call { name: "customer card", make: card },
    Call { name: "board", make: board },
    Call { name: "move a deal", make: carry },
    Call { name: "log an activity", make: log },
    Call { name: "page Today", make: |_, _| ("/".to_owned(), None) },
    Call { name: "page of customers", make: |_, _| ("/customers".to_owned(), None) },
    Call { name: "page of a search", make: search_page },
    Call { name: "page of a customer", make: card_page },
    Call { name: "page of deals", make: |_, _| ("/deals?view=list".to_owned(), None) },
    Call { name: "page of the board", make: |_, _| ("/deals".to_owned(), None) },
];

impl Ground {
    pub fn look(person: &Person) -> Result<Self> {
        let mut customers = Vec::new();
        let mut words = Vec::new();
        for letter in "abcçdefghiıjklmnoöprsştuüvyz".chars() {
            let query = json!({"query": {"letter": letter.to_string(), "limit": 40}});
            for row in
                person.ask("/api/customers/list", &query)?["rows"].as_array().context("a list has rows")?
            {
                customers.push(text(&row["id"]));
                words.extend(text(&row["name"]).split_whitespace().map(str::to_owned));
            }
        }
        let board = person.ask("/api/board/get", &json!({"query": {}}))?;
        let columns = board["columns"].as_array().context("a board has columns")?;
        let stages = columns.iter().map(|column| text(&column["stage"]["id"])).collect();
        let cards = columns.iter().filter_map(|column| column["cards"].as_array()).flatten();
        let deals = cards.map(|card| text(&card["id"])).collect();
        Ok(Self { customers, words, deals, stages })
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn one<'a>(of: &'a [String], random: &mut Rng) -> &'a str {
    random.choice(of).map_or("", String::as_str)
}

/// The first two to eight letters of a word in a name, as after some keystrokes in a search.
fn search(ground: &Ground, random: &mut Rng) -> (String, Option<Value>) {
    let typed = typed(ground, random);
    ("/api/customers/list".to_owned(), Some(json!({"query": {"search": typed, "limit": 50}})))
}

fn typed(ground: &Ground, random: &mut Rng) -> String {
    one(&ground.words, random).chars().take(random.usize(2..=8)).collect()
}

fn search_page(ground: &Ground, random: &mut Rng) -> (String, Option<Value>) {
    let typed: String = typed(ground, random).bytes().map(|byte| format!("%{byte:02X}")).collect();
    (format!("/customers?q={typed}"), None)
}

fn card_page(ground: &Ground, random: &mut Rng) -> (String, Option<Value>) {
    (format!("/customers/{}", one(&ground.customers, random)), None)
}

fn list(_: &Ground, random: &mut Rng) -> (String, Option<Value>) {
    let letter = ["a", "b", "ç", "d", "g", "ı", "k", "m", "ö", "s", "ş", "t", "y"][random.usize(0..13)];
    ("/api/customers/list".to_owned(), Some(json!({"query": {"letter": letter, "limit": 50}})))
}

fn card(ground: &Ground, random: &mut Rng) -> (String, Option<Value>) {
    ("/api/customers/get".to_owned(), Some(json!({"id": one(&ground.customers, random)})))
}

fn board(_: &Ground, _: &mut Rng) -> (String, Option<Value>) {
    ("/api/board/get".to_owned(), Some(json!({"query": {}})))
}

fn carry(ground: &Ground, random: &mut Rng) -> (String, Option<Value>) {
    let change = json!({
        "cmd": new_id(), "deal": one(&ground.deals, random), "to": one(&ground.stages, random), "seen_version": 1,
    });
    ("/api/board/move".to_owned(), Some(json!({"change": change})))
}

fn log(ground: &Ground, random: &mut Rng) -> (String, Option<Value>) {
    let form = json!({"id": new_id(), "kind": "call", "outcome": "reached", "content": "Fiyatı konuştuk."});
    let card = json!({"customer": one(&ground.customers, random)});
    ("/api/activities/log".to_owned(), Some(json!({"card": card, "form": form})))
}
