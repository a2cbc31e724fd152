//! The query plans of both engines: every server function is called and all lists are opened and exported, and then no
//! statement may read the whole of a table that grows with the firm, except those that are listed with their reasons.

use super::permissions::rows::{Asks, ROWS};
use super::permissions::target;
use super::world::{World, on_both_engines};
use crate::server::clock;
use chrono::TimeDelta;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, Row as _};
use std::sync::Mutex;

/// Tables with a row for each record, or for each thing that happened.
const BIG: [&str; 11] = [
    "customers",
    "contacts",
    "deals",
    "activities",
    "tasks",
    "own_records",
    "own_values",
    "events",
    "event_cards",
    "imported",
    "records",
];

/// Statements that may read a whole big table: a piece of their text, and the reason.
const ALLOWED: [(&str, &str); 3] = [
    ("COUNT(*) FROM activities a LEFT JOIN", "an export counts its rows first"),
    ("FROM activities a LEFT JOIN customers c", "an export reads all rows, some at a time"),
    (
        "COALESCE(r.name, s.name, p.name, w.name, g.name, f.name)",
        "the log reads the newest events first and stops when its page is full",
    ),
];
/// Aliases that a statement uses both for a big table and for something small, and a piece of the text of such a
/// statement.
const SMALL: [(&str, &str); 1] = [("c", "FROM found c")];

const PAGES: [&str; 18] = [
    "/",
    "/customers",
    "/customers?q=kan",
    "/customers?q=k",
    "/deals",
    "/deals?q=kan",
    "/deals?view=list",
    "/deals?view=list&status=won&q=kan",
    "/tasks",
    "/tasks?of=all",
    "/tasks?done=1",
    "/kinds/1",
    "/kinds/1?q=kan",
    "/kinds/1?stage=1",
    "/kinds/1/board",
    "/history",
    "/history?kind=task",
    "/trash",
];

async fn use_everything(world: &World) {
    for name in ["owner", "seller"] {
        let mut browser = world.browser_of(name).await;
        // Functions of the session are left out: they would end it, and they read no big table.
        for row in ROWS.iter().filter(|row| row.asks != Asks::Nothing && !row.path.starts_with("/api/auth/"))
        {
            let at = target(world, Some("seller"), row).await;
            browser.clone().call(row.path, &(row.input)(at)).await;
        }
        for page in PAGES {
            browser.get(page).await;
        }
        for export in ["customers", "deals", "activities", "tasks", "kinds/1"] {
            browser.get(&format!("/{export}/export.csv")).await;
        }
    }
    crate::journal::store::purge::purge(&world.db, clock::now() + TimeDelta::days(40)).await.expect("purged");
}

/// The names that a statement uses for big tables: the tables' own names and their aliases.
fn big_names(statement: &str) -> Vec<String> {
    let words: Vec<&str> = statement.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let named = |at: usize| at > 0 && matches!(words[at - 1], "FROM" | "JOIN" | "UPDATE" | "INTO");
    let keyword = |word: &str| word.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_');
    let mut names = Vec::new();
    for (at, word) in words.iter().enumerate().filter(|(at, word)| BIG.contains(word) && named(*at)) {
        names.push((*word).to_owned());
        names.extend(words.get(at + 1).filter(|next| !keyword(next)).map(|next| (*next).to_owned()));
    }
    names.retain(|name| !SMALL.iter().any(|(small, piece)| small == name && statement.contains(piece)));
    names
}

/// The lines of the statement's query plan that read a whole big table; an error if the engine makes no plan.
async fn scans(world: &World, statement: &str) -> Result<Vec<String>, String> {
    let failed = |cause: sqlx::Error| format!("{cause}\n    {statement}");
    let names = big_names(statement);
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let ask = |statement: String| AssertSqlSafe(statement);
    if world.engine == "SQLite" {
        let mut engine = sqlx::SqliteConnection::connect(&world.address).await.map_err(failed)?;
        let plan = engine.fetch_all(ask(format!("EXPLAIN QUERY PLAN {statement}"))).await.map_err(failed)?;
        let lines = plan.iter().map(|line| line.get::<String, _>("detail"));
        return Ok(lines
            .filter(|line| {
                // A virtual table is the search index, not one of the big tables.
                let scanned = line.strip_prefix("SCAN ").filter(|_| !line.contains("VIRTUAL TABLE"));
                let scanned = scanned.and_then(|rest| rest.split(' ').next());
                scanned.is_some_and(|name| names.iter().any(|big| big == name))
            })
            .collect());
    }
    let mut engine = sqlx::PgConnection::connect(&world.address).await.map_err(failed)?;
    // The tables are so small here that PostgreSQL would not use an index; this makes it use one where there is one.
    for setting in ["SET enable_seqscan = off", "SET plan_cache_mode = force_generic_plan"] {
        engine.execute(ask(setting.into())).await.map_err(failed)?;
    }
    // PostgreSQL can't work out the type of a parameter that the statement does not use: that one is declared as text.
    let named = |nr: usize| {
        let name = format!("${nr}");
        let ends = |rest: &str| !rest.starts_with(|next: char| next.is_ascii_digit());
        statement.match_indices(&name).any(|(at, _)| ends(&statement[at + name.len()..]))
    };
    let places = (1..40).rev().find(|nr| named(*nr)).unwrap_or(0);
    let listed = |of: &dyn Fn(usize) -> &'static str| {
        let each: Vec<&str> = (1..=places).map(of).collect();
        if places == 0 { String::new() } else { format!("({})", each.join(", ")) }
    };
    let types = listed(&|nr| if named(nr) { "unknown" } else { "text" });
    engine.execute(ask(format!("PREPARE asked{types} AS {statement}"))).await.map_err(failed)?;
    let values = listed(&|_| "NULL");
    let plan = engine.fetch_all(ask(format!("EXPLAIN EXECUTE asked{values}"))).await.map_err(failed)?;
    let lines: Vec<String> = plan.iter().map(|line| line.get::<String, _>(0)).collect();
    // Reading a whole index is not reported here: with so few rows PostgreSQL prefers that to a part of the index. It
    // has the same indices as SQLite, where it is reported.
    let whole = lines.iter().filter(|line| {
        let table = line.split_once("Seq Scan on ").and_then(|(_, rest)| rest.split(' ').next());
        table.is_some_and(|table| BIG.contains(&table))
    });
    Ok(whole.map(|line| line.trim().to_owned()).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_statement_reads_a_big_table_whole() {
    let found = Mutex::new(Vec::new());
    on_both_engines(async |world| {
        use_everything(world).await;
        let statements = world.db.statements.all();
        assert!(statements.len() > 150, "{} statements of {}", statements.len(), world.engine);
        for statement in statements {
            if statement.starts_with("INSERT") && !statement.contains("SELECT") {
                continue;
            }
            if ALLOWED.iter().any(|(piece, _)| statement.contains(piece)) {
                continue;
            }
            let whole = match scans(world, &statement).await {
                Ok(lines) if lines.is_empty() => continue,
                Ok(lines) => format!("{}: {}\n    {statement}", world.engine, lines.join("; ")),
                Err(cause) => format!("{}: {cause}", world.engine),
            };
            found.lock().expect("no test panics in here").push(whole);
        }
    })
    .await;
    let found = found.into_inner().expect("no test panics in here");
    assert!(found.is_empty(), "{}:\n{}", found.len(), found.join("\n"));
}
