//! The program `kartotek`: parses the command line and runs the command, or prints in one sentence why it failed.

use clap::Parser as _;
use kartotek::program::cli;
use kartotek::server::{config::Config, failed, machine};
use std::process::ExitCode;
use tikv_jemallocator::Jemalloc;

/// Rendering a page allocates thousands of small pieces. With the system's own allocator that is a fifth of a page's
/// time.
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
