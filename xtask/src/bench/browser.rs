//! What a user's browser measures: bytes, first paint, time until the page can be used, and frames while a deal is
//! dragged over a full board. Measured by `end2end/bench.mjs` in a slowed-down Chromium; this file prepares it and
//! prints the results.

use super::data;
use crate::served::{PASSWORD, Served};
use crate::setup::{node, tools};
use crate::sh::{self, say};
use anyhow::Result;
use std::path::Path;

pub fn run(program: &Path, database: &str, dir: &Path) -> Result<String> {
    node::ensure()?;
    let chromium = tools::chromium()?;
    say("measuring in Chromium (about 1 min)");
    let server = Served::start(program, database, dir)?;
    let mut measure = sh::command("node");
    measure.arg(sh::root().join("end2end/bench.mjs")).current_dir(sh::root().join("end2end"));
    measure.env("CHROMIUM", chromium).env("KARTOTEK_URL", server.url(""));
    measure.env("KARTOTEK_EMAIL", data::OWNER).env("KARTOTEK_PASSWORD", PASSWORD);
    Ok(format!("\n{}\n", sh::read(&mut measure)?))
}
