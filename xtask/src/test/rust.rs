//! The Rust tests: those of xtask, then the product's with the server's features. Tests of stores and journeys run on
//! both engines inside one test program, which finds PostgreSQL by `KARTOTEK_TEST_POSTGRES`.

use super::count::Count;
use crate::postgres::Cluster;
use crate::sh::{self, say};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

pub fn build() -> Result<()> {
    say("building the tests (first time about 7 min)");
    sh::run(&mut tests(&["--no-run"]))
}

pub fn run(cluster: &Cluster, count: &mut Count) -> Result<()> {
    let mut own = sh::cargo();
    own.args(["test", "--locked", "--package", "xtask"]);
    counted("xtask", &mut own, count)?;
    counted("kartotek", tests(&["--no-fail-fast"]).env("KARTOTEK_TEST_POSTGRES", cluster.url()), count)
}

fn tests(more: &[&str]) -> Command {
    let mut cargo = sh::cargo();
    cargo.args(["test", "--locked", "--package", "kartotek", "--features", "ssr"]).args(more);
    cargo
}

/// Shows the output of the tests, and counts them.
fn counted(name: &str, command: &mut Command, count: &mut Count) -> Result<()> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let mut here = Count::default();
    for line in BufReader::new(child.stdout.take().context("stdout is piped")?).lines() {
        let line = line?;
        if let Some(some) = Count::of_cargo_line(&line) {
            here.add(some);
        }
        println!("{line}");
    }
    let status = child.wait()?;
    count.add(here);
    if here.passed + here.failed == 0 {
        bail!("no test of {name} ran");
    }
    if !status.success() {
        bail!("{} tests of {name} failed", here.failed);
    }
    Ok(())
}
