//! The proofs that are tests of the project: run here in their long versions, so that one command shows everything.

use super::lab::Lab;
use crate::sh;
use anyhow::{Result, bail, ensure};

/// All tests, on both engines.
pub fn pass(lab: &Lab) -> Result<String> {
    let (passed, figures) = run(lab, "dev", &[])?;
    Ok(format!(
        "{passed} tests on both engines{}",
        figures.map(|line| format!("; {line}")).collect::<String>()
    ))
}

/// The long versions: backups during writes, and damaged backups.
pub fn backups(lab: &Lab) -> Result<String> {
    long(lab, "tests::backup")
}

/// The long version: every writing command at the same time as every other one.
pub fn pairs(lab: &Lab) -> Result<String> {
    long(lab, "tests::races")
}

/// The long version: every value at its limits, at every place of every function's input.
pub fn values(lab: &Lab) -> Result<String> {
    long(lab, "tests::extremes")
}

/// Somebody at work beside long operations hardly waits.
pub fn beside(lab: &Lab) -> Result<String> {
    long(lab, "tests::long")
}

fn long(lab: &Lab, tests: &str) -> Result<String> {
    // Optimised, they take minutes instead of hours.
    let (_, figures) = run(lab, "prove", &[tests, "--ignored"])?;
    let figures: Vec<_> = figures.collect();
    ensure!(!figures.is_empty(), "no long test said what it did");
    Ok(figures.join("; "))
}

/// How many tests passed, and the lines of their output with figures.
fn run(lab: &Lab, profile: &str, more: &[&str]) -> Result<(u32, impl Iterator<Item = String> + use<>)> {
    let mut cargo = sh::cargo();
    cargo
        .args(["test", "--locked", "--features", "ssr", "--lib", "--profile", profile, "--"])
        .args(more)
        .arg("--nocapture");
    cargo.env("KARTOTEK_TEST_POSTGRES", lab.cluster.url());
    let output = cargo.output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let passed = text
        .lines()
        .filter_map(|line| line.strip_prefix("test result: ok. ")?.split(' ').next()?.parse::<u32>().ok())
        .sum();
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        let panics = why.lines().skip_while(|line| !line.contains("panicked")).take(40);
        let failed: Vec<_> = text.lines().filter(|line| line.contains("FAILED")).chain(panics).collect();
        bail!("{}", failed.join("\n"));
    }
    let figures: Vec<String> =
        text.lines().filter_map(|line| line.strip_prefix("figure: ").map(str::to_owned)).collect();
    Ok((passed, figures.into_iter()))
}
