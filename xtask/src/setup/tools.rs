//! Programs from the system: Chromium and PostgreSQL, and Debian's way to install them.
//! Only root installs; everybody else gets one line that says what to install.

use crate::sh::{self, say};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

const OLDEST_POSTGRES: u32 = 15;

pub fn apt(packages: &[&str]) -> Result<()> {
    let apt = || {
        let mut apt = sh::command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-qq", "-o", "Dpkg::Use-Pty=0"]);
        apt.stdout(std::process::Stdio::null());
        apt
    };
    sh::run(apt().arg("update"))?;
    sh::run(apt().args(["install", "-y", "--no-install-recommends"]).args(packages))
}

/// Installs when it can; otherwise says in one line what to install.
fn install(what: &str, packages: &[&str], seconds: u32) -> Result<()> {
    if !sh::is_root() || sh::which("apt-get").is_none() {
        bail!("{what} is missing: install it (Debian: apt-get install {})", packages.join(" "));
    }
    say(format!("installing {what} (about {seconds} s)"));
    apt(packages)
}

pub fn make() -> Result<()> {
    if sh::which("make").is_some() { Ok(()) } else { install("make", &["make"], 10) }
}

pub fn chromium() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM") {
        return Ok(path.into());
    }
    let find = || ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| sh::which(name));
    if find().is_none() {
        install("Chromium", &["chromium"], 60)?;
    }
    find().context("Chromium was installed but is not on PATH; set CHROMIUM to its path")
}

/// The folder that holds `initdb`, `postgres` and `psql`.
pub fn postgres() -> Result<PathBuf> {
    if newest_postgres().is_none() {
        install("PostgreSQL (15 or later)", &["postgresql", "postgresql-contrib"], 40)?;
    }
    newest_postgres().with_context(|| {
        format!("no PostgreSQL of version {OLDEST_POSTGRES} or later on PATH or under /usr/lib/postgresql")
    })
}

fn newest_postgres() -> Option<PathBuf> {
    let mut dirs: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    // A link on PATH is resolved to its folder, because the programs belong together.
    let on_path = sh::which("initdb").and_then(|initdb| initdb.canonicalize().ok());
    dirs.extend(on_path.and_then(|initdb| initdb.parent().map(Path::to_owned)));
    dirs.into_iter()
        .filter(|dir| ["initdb", "postgres", "psql"].iter().all(|program| dir.join(program).is_file()))
        .filter_map(|dir| Some((version(&dir)?, dir)))
        .filter(|(version, _)| *version >= OLDEST_POSTGRES)
        .max_by_key(|(version, _)| *version)
        .map(|(_, dir)| dir)
}

/// `postgres (PostgreSQL) 15.18 (Debian …)` is 15.
fn version(dir: &Path) -> Option<u32> {
    let text = sh::read(sh::command(dir.join("postgres")).arg("--version")).ok()?;
    text.split([' ', '.']).find_map(|part| part.parse().ok())
}
