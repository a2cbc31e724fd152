//! `cargo xtask check`: format and lints, nothing that needs a database or a browser.

use crate::test::lint;
use anyhow::Result;

pub fn run() -> Result<()> {
    lint::format()?;
    lint::server()?;
    lint::browser()?;
    lint::xtask()
}
