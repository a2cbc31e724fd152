//! The program `kartotek`: reads what was typed and does it.

use clap::Parser as _;
use kartotek::server::{cli, config::Config};

fn main() -> anyhow::Result<()> {
    let config = Config::parse();
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(cli::run(config))
}
