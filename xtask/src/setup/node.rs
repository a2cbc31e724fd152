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
    // npm's own mark only says that an install ended, not which lock file it followed.
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

/// The folder from which that package can be imported, when it is there.
pub fn package(name: &str) -> Option<PathBuf> {
    dir().join("node_modules").join(name).exists().then(dir)
}

/// A program of the packages, when they are there.
pub fn program(name: &str) -> Option<PathBuf> {
    Some(dir().join("node_modules/.bin").join(name)).filter(|path| path.exists())
}
