//! `cargo xtask`: everything that a newcomer or CI does with this repository, in one program. It sets up what is
//! missing, builds the browser side, starts the server and runs every test. It knows nothing about customers or deals:
//! for these it runs `kartotek`.

mod args;
mod bench;
mod check;
mod dist;
mod postgres;
mod prove;
mod run;
mod served;
mod setup;
mod sh;
mod site;
mod test;

use anyhow::{Result, bail};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask run   [--sample] [--database URL] [--listen ADDR] [--release] [-- more arguments of `kartotek serve`]
                  set up what is missing, build, start the server, print its address
cargo xtask test  [--only lint|rust|e2e] [-- arguments for Playwright]
                  everything: format, lints, tests on SQLite and PostgreSQL, browser, size budgets
cargo xtask check the quick look before a commit: format and lints of both shipped builds
cargo xtask site  [--release]
                  the browser side alone, into target/site (wasm, CSS, fonts, icons and assets.json), and whether a
                  release is within its size budgets
cargo xtask dist  one file to copy to another machine: target/release/kartotek
cargo xtask bench [--customers 10000,1000000] [--engine sqlite|postgres] [--browser] [--long] [--program PATH]
                  how long people wait, with --long beside long work: figures for docs/performance.md
cargo xtask prove [names] [--cycles 500] [--requests 100000] [--program PATH]
                  the promises of safety, put to the test: killed, flooded, lied to (an hour)
cargo xtask setup [wasm] [node] [chromium] [postgres]
                  only set up; without names all of it";

/// Errors are for people: the chain of causes on one line, no backtrace.
fn main() -> ExitCode {
    match command() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command() -> Result<()> {
    let mut args = args::Args::from_env();
    std::env::set_current_dir(sh::root())?;
    let command = args.command();
    if ["prove", "run", "test", "check", "bench", "dist"].contains(&command.as_str()) {
        // The server's allocator needs make to be built.
        setup::tools::make()?;
    }
    match command.as_str() {
        "prove" => prove::run(args),
        "run" => run::run(args),
        "test" => test::run(args),
        "check" => {
            args.done()?;
            check::run()
        }
        "site" => {
            let profile = if args.flag("--release") { site::Profile::Release } else { site::Profile::Dev };
            args.done()?;
            let sizes = site::build(profile)?;
            if matches!(profile, site::Profile::Release) { test::budget::check(&sizes) } else { Ok(()) }
        }
        "bench" => bench::run(args),
        "dist" => {
            args.done()?;
            dist::run()
        }
        "setup" => setup::run(args),
        "help" | "--help" | "-h" | "" => {
            println!("{HELP}");
            Ok(())
        }
        other => bail!("there is no `cargo xtask {other}`\n\n{HELP}"),
    }
}
