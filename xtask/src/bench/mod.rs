//! `cargo xtask bench`: how long people wait, on both engines, with few customers and with many, alone and beside
//! others at work. It prints tables and passes no judgement: the goals are in `docs/performance.md`. Each figure is
//! shown with the time spent in the database, from the server's log of the same requests, and with the program's
//! processor time per request (without PostgreSQL's own).

mod browser;
mod calls;
mod data;
mod long;
mod measure;

use crate::args::Args;
use crate::postgres::Cluster;
use crate::served::Served;
use crate::sh::{self, say};
use anyhow::{Result, bail};
use calls::Ground;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

pub fn run(mut args: Args) -> Result<()> {
    let sizes = args.value("--customers")?.unwrap_or_else(|| "10000,1000000".to_owned());
    let sizes = sizes.split(',').filter(|size| !size.is_empty());
    let sizes: Vec<u32> = sizes.map(str::parse).collect::<Result<_, _>>()?;
    let engine = args.value("--engine")?;
    if let Some(odd) = engine.as_deref().filter(|engine| !["sqlite", "postgres"].contains(engine)) {
        bail!("`--engine {odd}` means nothing: sqlite or postgres");
    }
    let wanted = |name: &str| engine.as_deref().is_none_or(|engine| engine == name);
    let (browser, long) = (args.flag("--browser"), args.flag("--long"));
    let program = program(&mut args)?;
    args.done()?;
    let dir = sh::target_dir().join("bench");
    std::fs::create_dir_all(&dir)?;

    let mut report = machine()?;
    let cluster = if wanted("postgres") { Some(Cluster::start_durable()?) } else { None };
    for size in sizes {
        let file = data::on_sqlite(&program, &dir, size)?;
        if wanted("sqlite") {
            measure_one(&program, &file, &dir, &format!("SQLite, {size} customers"), &mut report)?;
        }
        if let Some(cluster) = &cluster {
            let database = data::into_postgres(&program, cluster, &file, &dir, &size.to_string())?;
            measure_one(&program, &database, &dir, &format!("PostgreSQL, {size} customers"), &mut report)?;
        }
        if browser {
            report += &browser::run(&program, &file, &dir)?;
        }
    }
    if long {
        report += long::HEAD;
        let file = long::firm(&program, &dir)?;
        if wanted("sqlite") {
            report += &long::measure(&program, &file, &dir, "SQLite")?;
        }
        if let Some(cluster) = &cluster {
            let database = data::into_postgres(&program, cluster, &file, &dir, "long")?;
            report += &long::measure(&program, &database, &dir, "PostgreSQL")?;
        }
    }
    println!("\n{report}");
    let path = dir.join("results.md");
    std::fs::write(&path, report)?;
    say(format!("also in {}", path.display()));
    Ok(())
}

/// The program to measure: the single file that is shipped, built unless one is named.
fn program(args: &mut Args) -> Result<PathBuf> {
    if let Some(path) = args.value("--program")? {
        return Ok(std::path::absolute(path)?);
    }
    crate::dist::run()?;
    Ok(sh::target_dir().join("release/kartotek"))
}

fn machine() -> Result<String> {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or(": unknown");
    let cores = std::thread::available_parallelism()?;
    let commit = sh::read(sh::command("git").args(["rev-parse", "--short", "HEAD"])).unwrap_or_default();
    Ok(format!("{cores} cores{}; commit {commit}. Times in ms.\n", model.trim_start_matches(['\t', ' '])))
}

fn measure_one(program: &Path, database: &str, dir: &Path, title: &str, report: &mut String) -> Result<()> {
    say(format!("measuring on {title}"));
    let server = Served::start_without_backups(program, database, dir)?;
    writeln!(report, "\n### {title}\n")?;
    writeln!(report, "| what | who | clients | p50 | p95 | of it SQL p50 | p95 | CPU | a second |")?;
    writeln!(report, "|---|---|--:|--:|--:|--:|--:|--:|--:|")?;
    for (who, email) in [("owner", data::OWNER), ("salesperson", data::SALESPERSON)] {
        let cookie = server.sign_in(email)?;
        let ground = Ground::look(&server.person(&cookie))?;
        for call in calls::ALL {
            for clients in [1, 8] {
                let figures = measure::measure(&server, &cookie, &ground, call, clients)?;
                writeln!(report, "| {} | {who} | {clients} | {figures} |", call.name)?;
            }
        }
    }
    let (_, most) = server.memory()?;
    writeln!(
        report,
        "\nFirst answer {} ms after the start; {:.0} MB of memory at most.",
        server.started_in.as_millis(),
        most as f64 / 1024.0
    )?;
    Ok(())
}
