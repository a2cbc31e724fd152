//! Restores a backup file into a database, on either engine, completely or not at all. The restored rows are read back
//! and compared with the file before anybody sees them.

mod postgres;
mod sqlite;

use super::file::{Head, Part, Size, parts, verify};
use super::store::catalog::{Table, tables};
use super::store::fill;
use super::store::link::Link;
use super::store::rows::{Digest, digest};
use crate::server::database_url::DatabaseUrl;
use crate::server::migrations;
use anyhow::{Context as _, Result, bail};
use std::path::{Path, PathBuf};

pub use sqlite::build;

/// What was restored.
#[derive(Debug)]
pub struct Restored {
    pub head: Head,
    pub size: Size,
    /// Where the former data is kept.
    pub aside: Option<PathBuf>,
}

/// Restores the file into the database; `replace` allows it to move an existing firm aside.
///
/// # Errors
/// A sentence for the person who wants it; then nothing was changed.
pub async fn restore(file: &Path, place: &DatabaseUrl, replace: bool) -> Result<Restored> {
    let head = read_head(file).await?;
    match place {
        DatabaseUrl::Sqlite(to) => sqlite::restore(file, head, to, replace).await,
        DatabaseUrl::Postgres(options) => postgres::restore(file, head, options, replace).await,
    }
}

/// Checks the whole file, and that this program knows all migrations of its database.
async fn read_head(file: &Path) -> Result<Head> {
    let path = file.to_owned();
    let head = tokio::task::spawn_blocking(move || verify(&path)).await??;
    let unknown = migrations::unknown(&head.migrations);
    if !unknown.is_empty() {
        bail!(
            "{} was made by Kartotek {}, which is newer than this {} (it holds the step {}): update the program first",
            file.display(),
            head.version,
            env!("CARGO_PKG_VERSION"),
            unknown.iter().map(|step| format!("{step:04}")).collect::<Vec<_>>().join(", ")
        );
    }
    Ok(head)
}

/// Fills an empty database that has the backup's schema, then reads everything back.
async fn load(link: &mut Link<'_>, file: &Path) -> Result<Size> {
    let here = tables(link).await?;
    let references = fill::suspend(link).await?;
    for table in &here {
        fill::empty(link, table).await?;
    }
    let mut parts = parts(file.to_owned());
    let mut filled: Vec<(Table, Digest)> = Vec::new();
    let mut size = Size { bytes: std::fs::metadata(file)?.len(), ..Size::default() };
    let mut now: Option<Table> = None;
    loop {
        match parts.recv().await.context("the backup file ended early")?? {
            Part::Table(table) => {
                if !here.iter().any(|known| known.name == table.name && same_columns(known, &table)) {
                    bail!("the table {} of the backup is another than the program's", table.name);
                }
                now = Some(table);
            }
            Part::Rows(rows) => {
                fill::add(link, now.as_ref().context("rows before their table")?, rows).await?
            }
            Part::EndOfTable(digest) => {
                size.tables += 1;
                size.rows += digest.rows;
                filled.push((now.take().context("an end before its table")?, digest));
            }
            Part::End => break,
        }
    }
    if let Some(missing) = here.iter().find(|table| !filled.iter().any(|(one, _)| one.name == table.name)) {
        bail!("the backup has no table {}", missing.name);
    }
    fill::resume(link, references).await?;
    for (table, written) in &filled {
        if digest(link, table).await? != *written {
            bail!("the table {} came back different from what was written", table.name);
        }
    }
    Ok(size)
}

/// Columns may be in another order if migrations were applied in another order.
fn same_columns(one: &Table, other: &Table) -> bool {
    one.columns.len() == other.columns.len()
        && one.columns.iter().all(|column| other.columns.contains(column))
}

/// Flushes a folder's entries to disk, on systems that can do that.
pub(super) fn settle(folder: Option<&Path>) {
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Ok(folder) = std::fs::File::open(folder) {
        // Not every system can; the file itself has been flushed already.
        let _ = folder.sync_all();
    }
}

/// The present time as a part of a file name.
pub(super) fn stamp() -> String {
    crate::server::clock::now().format("%Y%m%d-%H%M%S").to_string()
}
