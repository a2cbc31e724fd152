//! The program `kartotek`: reads what was typed and does it, or says in one sentence why not.

use clap::Parser as _;
use kartotek::program::cli;
use kartotek::server::{config::Config, failed, machine};
use std::process::ExitCode;
use tikv_jemallocator::Jemalloc;

/// A page is put together from thousands of small pieces, which the system's own allocator takes a fifth of the time
/// for.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

fn main() -> ExitCode {
    machine::keep_files_private();
    let config = Config::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    match runtime.map_err(anyhow::Error::from).and_then(|runtime| runtime.block_on(cli::run(config))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("Error: {}", failed::sentence(&why));
            ExitCode::FAILURE
        }
    }
}
