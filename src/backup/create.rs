//! Makes a backup: a snapshot of all the firm's tables, read while others go on working, in one file.

use super::file::{Head, Packer, Size};
use super::store::catalog::{firm, migrations, tables};
use super::store::link::{Link, Opened};
use super::store::rows::{line, rows};
use crate::server::clock;
use crate::server::database_url::DatabaseUrl;
use anyhow::{Context as _, Result};
use sqlx::Connection as _;
use std::path::Path;
use tokio_stream::StreamExt as _;

/// Writes everything that the database holds at this moment into a new file.
///
/// # Errors
/// A sentence for the person who wants it; then there is no file.
pub async fn back_up(place: &DatabaseUrl, file: &Path) -> Result<Size> {
    match place.look().await? {
        Opened::Sqlite(mut connection) => {
            // The first read fixes the snapshot; the write-ahead log keeps what the snapshot needs.
            let mut tx = connection.begin().await?;
            let size = dump(&mut Link::Sqlite(&mut tx), file).await?;
            tx.rollback().await?;
            connection.close().await?;
            Ok(size)
        }
        Opened::Postgres(mut connection) => {
            let mut tx = connection.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
            let size = dump(&mut Link::Postgres(&mut tx), file).await?;
            tx.rollback().await?;
            connection.close().await?;
            Ok(size)
        }
    }
}

async fn dump(link: &mut Link<'_>, file: &Path) -> Result<Size> {
    let head = Head {
        kartotek_backup: super::file::FORM,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        engine: link.engine(),
        migrations: migrations(link).await?,
        made_at: clock::now(),
        firm: firm(link)
            .await?
            .context("there is no firm in this database yet, so there is nothing to back up")?,
    };
    let tables = tables(link).await?;
    let mut packer = Packer::begin(file, &head).await?;
    for table in &tables {
        packer.table(table).await?;
        let mut rows = rows(link, table);
        while let Some(row) = rows.next().await {
            packer.row(&line(row?)?).await?;
        }
        drop(rows);
        packer.end_of_table().await?;
    }
    packer.finish().await
}
