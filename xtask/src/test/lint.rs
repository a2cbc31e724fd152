//! Checks the format and lints of everything that is shipped: the server's features, the browser's features, and xtask.
//! The two feature sets are never mixed: `--all-features` would build a program that nobody ships.

use crate::setup::wasm;
use crate::sh::{self, say};
use anyhow::Result;

pub fn format() -> Result<()> {
    sh::run(sh::cargo().args(["fmt", "--all", "--check", "--", "-l"]))
}

pub fn server() -> Result<()> {
    say("lints of the server (first time about 4 min)");
    clippy(&["--package", "kartotek", "--features", "ssr", "--all-targets"])
}

pub fn browser() -> Result<()> {
    say("lints of the browser side (first time about 2 min)");
    // With the profile of the wasm build, so that both share compiled macros. Where only Debian's toolchain has the
    // target there is no clippy for it, so the host's target is used instead.
    let mut what = vec!["--package", "kartotek", "--features", "hydrate", "--lib"];
    if wasm::default_has_target() {
        what.extend(["--target", wasm::TARGET, "--profile", "wasm-release"]);
    }
    clippy(&what)
}

pub fn xtask() -> Result<()> {
    say("lints of xtask (first time about 1 min)");
    clippy(&["--package", "xtask", "--all-targets"])
}

fn clippy(what: &[&str]) -> Result<()> {
    sh::run(sh::cargo().args(["clippy", "--locked", "--quiet"]).args(what).args(["--", "-D", "warnings"]))
}
