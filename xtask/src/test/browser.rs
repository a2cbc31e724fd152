//! The browser tests: Playwright in headless Chromium against the real server. Each worker of Playwright starts its own
//! server and database (`end2end/test.ts`); this file only prepares and counts.

use super::count::Count;
use crate::postgres::Cluster;
use crate::setup::{node, tools};
use crate::sh::{self, say};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

pub fn set_up() -> Result<PathBuf> {
    node::ensure()?;
    tools::chromium()
}

pub fn build_server() -> Result<PathBuf> {
    say("building the server");
    sh::run(sh::cargo().args(["build", "--locked", "--features", "ssr", "--bin", "kartotek"]))?;
    Ok(sh::target_dir().join("debug/kartotek"))
}

pub fn run(
    cluster: &Cluster,
    chromium: &Path,
    server: &Path,
    more: &[String],
    count: &mut Count,
) -> Result<()> {
    say("browser tests");
    let dir = sh::root().join("end2end");
    let report = dir.join("test-results/report.json");
    let _ = std::fs::remove_file(&report);
    let mut playwright = sh::command(dir.join("node_modules/.bin/playwright"));
    playwright.arg("test").args(more).current_dir(&dir);
    playwright.env("CHROMIUM", chromium).env("KARTOTEK_BIN", server);
    playwright.env("KARTOTEK_TEST_POSTGRES", cluster.url()).env("KARTOTEK_PSQL", cluster.psql());
    playwright.env("KARTOTEK_E2E_REPORT", &report);
    let status = playwright.status().context("cannot start Playwright")?;
    let text = std::fs::read_to_string(&report).context("Playwright left no report")?;
    let here = Count::of_playwright(&text)?;
    count.add(here);
    if here.passed + here.failed == 0 {
        bail!("no browser test ran");
    }
    if !status.success() || here.failed > 0 {
        bail!("{} browser tests failed", here.failed);
    }
    Ok(())
}
