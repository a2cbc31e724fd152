//! `cargo xtask dist`: builds the single file to copy to another machine, with wasm, CSS, fonts, icons and migrations
//! inside.

use crate::sh::{self, say};
use crate::{setup, site};
use anyhow::{Result, ensure};
use std::fs::File;
use std::time::SystemTime;

pub fn run() -> Result<()> {
    setup::node::ensure()?;
    site::build(site::Profile::Release)?;
    say("building the server, optimised (first time about 10 min)");
    build()?;
    let path = sh::target_dir().join("release/kartotek");
    let mut program = std::fs::read(&path)?;
    // Cargo rebuilds when embedded files change, but not when new files are added beside them, so an older site may be
    // embedded.
    if !holds_the_site(&program)? {
        say("the program holds an older site: building it once more");
        let source = sh::root().join("src/server/assets.rs");
        File::options().append(true).open(source)?.set_modified(SystemTime::now())?;
        build()?;
        program = std::fs::read(&path)?;
        ensure!(holds_the_site(&program)?, "{} does not hold target/site", path.display());
    }
    say(format!("{} ({:.1} MB)", path.display(), program.len() as f64 / (1024.0 * 1024.0)));
    Ok(())
}

fn build() -> Result<()> {
    sh::run(sh::cargo().args(["build", "--locked", "--release", "--features", "ssr", "--bin", "kartotek"]))
}

/// Every name in the list contains the hash of the file's content, so comparing the names is enough.
fn holds_the_site(program: &[u8]) -> Result<bool> {
    let list = std::fs::read(site::dir().join("assets.json"))?;
    Ok(program.windows(list.len()).any(|part| part == list))
}
