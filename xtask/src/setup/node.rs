//! The Node packages of `end2end/`: Playwright, axe, binaryen and terser, exactly as the lock file says.
//! Nothing that reaches a user comes from here, except that the last two make a release smaller.

use crate::sh::{self, say};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;

fn dir() -> PathBuf {
    sh::root().join("end2end")
}

pub fn ensure() -> Result<()> {
    let lock = fs::read(dir().join("package-lock.json")).context("end2end/package-lock.json")?;
    // npm's own mark only says that an install has ended, not for which lock file.
    let mark = dir().join("node_modules/.installed-from");
    if fs::read(&mark).is_ok_and(|seen| seen == lock) {
        return Ok(());
    }
    if sh::which("npm").is_none() {
        bail!("Node.js is missing: install Node 20 or later with npm (https://nodejs.org)");
    }
    say("installing the Node packages of end2end/ (about 20 s)");
    let mut npm = sh::command("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(dir());
    npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    sh::run(&mut npm)?;
    fs::write(mark, lock)?;
    Ok(())
}

/// The folder from which that package can be imported, if it is installed.
pub fn package(name: &str) -> Option<PathBuf> {
    dir().join("node_modules").join(name).exists().then(dir)
}

/// The path of a program in the packages, if it is installed.
pub fn program(name: &str) -> Option<PathBuf> {
    Some(dir().join("node_modules/.bin").join(name)).filter(|path| path.exists())
}
