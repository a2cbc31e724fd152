//! What must be on the machine before something can be built or tested, and how it is installed. Each command asks only
//! for what it needs: starting the server needs neither a browser nor PostgreSQL.

mod debian;
pub mod node;
pub mod tools;
pub mod wasm;

use crate::args::Args;
use crate::sh::say;
use anyhow::{Result, bail};

pub fn run(args: Args) -> Result<()> {
    let names = args.everything_else();
    let wanted = |name: &str| names.is_empty() || names.iter().any(|n| n == name);
    if let Some(odd) = names.iter().find(|n| !["wasm", "node", "chromium", "postgres"].contains(&n.as_str()))
    {
        bail!("`{odd}` is nothing that can be set up: wasm, node, chromium, postgres");
    }
    if wanted("wasm") {
        say(format!("wasm: {}", wasm::ensure()?));
    }
    if wanted("node") {
        node::ensure()?;
        say("node packages: end2end/node_modules");
    }
    if wanted("chromium") {
        say(format!("chromium: {}", tools::chromium()?.display()));
    }
    if wanted("postgres") {
        say(format!("PostgreSQL: {}", tools::postgres()?.display()));
    }
    Ok(())
}
