//! `cargo xtask test`: runs all tests, on both engines and in a browser. Every part counts the tests that really ran; a
//! part that ran none has failed. The last line is the total.

mod browser;
pub mod budget;
mod count;
pub mod lint;
mod rust;

use crate::args::Args;
use crate::postgres::Cluster;
use crate::sh::{human, say};
use crate::site::{self, Sizes};
use anyhow::{Result, bail};
use count::Count;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

/// Runs parts one after another, continues after a failure, and keeps the results.
#[derive(Default)]
struct Report {
    parts: Vec<(&'static str, Duration, bool)>,
    count: Count,
}

impl Report {
    fn part<T>(&mut self, name: &'static str, work: impl FnOnce(&mut Count) -> Result<T>) -> Option<T> {
        let start = Instant::now();
        let result = work(&mut self.count);
        self.parts.push((name, start.elapsed(), result.is_ok()));
        result.inspect_err(|error| eprintln!("==> {name} FAILED: {error:#}")).ok()
    }

    /// Adds the results of another thread.
    fn add(&mut self, other: Self) {
        self.parts.extend(other.parts);
        self.count.add(other.count);
    }

    fn finish(self, all: Duration) -> Result<()> {
        println!();
        for (name, time, ok) in &self.parts {
            println!("    {:<32} {:>8}  {}", name, human(*time), if *ok { "ok" } else { "FAILED" });
        }
        println!("    {:<32} {:>8}\n", "together", human(all));
        // A part can fail without a failed test (a build, a lint): it counts as one failure.
        let broken = self.parts.iter().filter(|(_, _, ok)| !ok).count();
        let failed = if broken > 0 { self.count.failed.max(1) } else { self.count.failed };
        println!("{} passed, {failed} failed", self.count.passed);
        if failed > 0 {
            std::process::exit(1);
        }
        Ok(())
    }
}

pub fn run(mut args: Args) -> Result<()> {
    let only = args.value("--only")?;
    let playwright = args.rest()?;
    if let Some(odd) = only.as_deref().filter(|part| !["lint", "rust", "e2e"].contains(part)) {
        bail!("`--only {odd}` means nothing: lint, rust or e2e");
    }
    let wanted = |part: &str| only.as_deref().is_none_or(|only| only == part);
    let start = Instant::now();
    let mut report = Report::default();
    thread::scope(|scope| {
        // The browser side is linted and built at the same time as the server, because each uses a single core for
        // minutes.
        let browser_side = scope.spawn(|| {
            let mut report = Report::default();
            if wanted("lint") {
                report.part("lints of the browser side", |_| lint::browser());
            }
            if !wanted("e2e") {
                return (report, None);
            }
            // The Node packages first, because some of them shrink the wasm.
            let chromium = report.part("set-up of the browser tests", |_| browser::set_up());
            let sizes = report.part("browser side", |_| site::build(site::Profile::Release));
            (report, chromium.zip(sizes))
        });
        if wanted("lint") {
            report.part("format", |_| lint::format());
            report.part("lints of the server", |_| lint::server());
            report.part("lints of xtask", |_| lint::xtask());
        }
        if wanted("rust") {
            report.part("build of the Rust tests", |_| rust::build());
        }
        let (beside, built) = browser_side.join().expect("its parts return their errors");
        report.add(beside);
        if wanted("rust") || wanted("e2e") {
            tests(&mut report, &wanted, built, &playwright);
        }
    });
    report.finish(start.elapsed())
}

fn tests(
    report: &mut Report,
    wanted: &impl Fn(&str) -> bool,
    built: Option<(PathBuf, Sizes)>,
    playwright: &[String],
) {
    // One temporary cluster for all; it ends with this function.
    let Some(cluster) = report.part("PostgreSQL cluster", |_| Cluster::start()) else { return };
    if wanted("rust") {
        report.part("Rust tests, both engines", |count| rust::run(&cluster, count));
    }
    if let Some((chromium, sizes)) = built {
        report.part("size budgets", |_| budget::check(&sizes));
        if let Some(server) = report.part("server", |_| browser::build_server()) {
            report
                .part("browser tests", |count| browser::run(&cluster, &chromium, &server, playwright, count));
        }
    }
    say("stopping PostgreSQL");
}
