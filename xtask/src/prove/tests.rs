//! The proofs that are tests of the project: run here with their long versions switched on, so that one command shows
//! everything.

use super::lab::Lab;
use crate::sh;
use anyhow::{Result, bail, ensure};

/// Every test, on both engines.
pub fn pass(lab: &Lab) -> Result<String> {
    let (passed, figures) = run(lab, "dev", &[])?;
    Ok(format!(
        "{passed} tests on both engines{}",
        figures.map(|line| format!("; {line}")).collect::<String>()
    ))
}

/// The long versions: backups under writes, and damaged ones.
pub fn backups(lab: &Lab) -> Result<String> {
    long(lab, "tests::backup")
}

/// The long version: everything that writes beside everything else that writes.
pub fn pairs(lab: &Lab) -> Result<String> {
    long(lab, "tests::races")
}

/// The long version: every value at its edges, at every place of every function's call.
pub fn values(lab: &Lab) -> Result<String> {
    long(lab, "tests::extremes")
}

/// Who works beside what is long hardly waits.
pub fn beside(lab: &Lab) -> Result<String> {
    long(lab, "tests::long")
}

fn long(lab: &Lab, tests: &str) -> Result<String> {
    // Optimised they take minutes, not hours.
    let (_, figures) = run(lab, "prove", &[tests, "--ignored"])?;
    let figures: Vec<_> = figures.collect();
    ensure!(!figures.is_empty(), "no long test said what it did");
    Ok(figures.join("; "))
}

/// How many passed, and the lines in which they say a figure.
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
