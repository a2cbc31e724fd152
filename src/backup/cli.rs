//! The commands `check`, `backup` and `restore`: what they print, and when they end in an error.

use super::check::check;
use super::create::back_up;
use super::restore::restore;
use crate::server::database_url::DatabaseUrl;
use anyhow::Result;
use std::path::Path;

/// `kartotek check`: the report, and whether everything is in order.
///
/// # Errors
/// A sentence when the database can't be opened.
pub async fn checked(url: &str, json: bool) -> Result<(String, bool)> {
    let report = check(&DatabaseUrl::of(url)?).await?;
    let text = if json { serde_json::to_string(&report)? } else { report.to_string() };
    Ok((text, report.ok))
}

/// `kartotek backup FILE`.
///
/// # Errors
/// A sentence for the person at the command line.
pub async fn backed_up(url: &str, file: &Path) -> Result<String> {
    let size = back_up(&DatabaseUrl::of(url)?, file).await?;
    Ok(format!("{}: {} rows of {} tables, {} KB", file.display(), size.rows, size.tables, size.bytes / 1000))
}

/// `kartotek restore FILE`.
///
/// # Errors
/// A sentence for the person at the command line.
pub async fn restored(url: &str, file: &Path, replace: bool) -> Result<String> {
    let done = restore(file, &DatabaseUrl::of(url)?, replace).await?;
    let mut told = format!(
        "restored {} rows of {} tables: the firm {:?} as of {}, from a backup made by Kartotek {}. Everyone signs in \
         anew.",
        done.size.rows,
        done.size.tables,
        done.head.firm,
        done.head.made_at.format("%Y-%m-%d %H:%M UTC"),
        done.head.version
    );
    if let Some(aside) = done.aside {
        told = format!("{told}\nWhat was there before is kept in {}", aside.display());
    }
    Ok(told)
}
