//! Runs the missing migrations when the program starts: all in one transaction, by one process, after a backup of the
//! database as it is. Which migrations exist is in `migrations`.

use super::database_url::{DatabaseUrl, Engine};
use super::migrations::{missing, postgres, run, sqlite};
use crate::backup::snapshot;
use crate::backup::store::catalog;
use crate::backup::store::link::Link;
use crate::server::sqlite_file::log;
use anyhow::{Context as _, Result};
use sqlx::postgres::PgPool;
use sqlx::sqlite::SqlitePool;
use std::path::Path;

/// The PostgreSQL advisory lock of the process that migrates; other processes wait for it.
const LOCK: &str = "SELECT pg_advisory_xact_lock(7212607)";

/// Brings the SQLite file up to date. The write lock is held from the first check to the commit.
pub(super) async fn bring_sqlite_up(
    pool: &SqlitePool,
    place: &DatabaseUrl,
    backups: Option<&Path>,
) -> Result<()> {
    make_steps(pool, place, backups).await?;
    if let Err(cause) = log::give_numbers(&mut *pool.acquire().await?).await {
        tracing::warn!(%cause, "the file got no number by which its log is known; the next start tries again");
    }
    Ok(())
}

async fn make_steps(pool: &SqlitePool, place: &DatabaseUrl, backups: Option<&Path>) -> Result<()> {
    let mut connection = pool.acquire().await?;
    let applied = catalog::migrations(&mut Link::Sqlite(&mut connection)).await?;
    snapshot::refuse_newer(&applied, backups)?;
    if missing(Engine::Sqlite, &applied).is_empty() {
        return run(&sqlite(), &mut *connection).await;
    }
    drop(connection);
    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
    let mut link = Link::Sqlite(&mut tx);
    let applied = catalog::migrations(&mut link).await?;
    snapshot::before_steps(&mut link, &missing(Engine::Sqlite, &applied), place, backups).await?;
    run(&sqlite(), &mut *tx).await?;
    Ok(tx.commit().await?)
}

/// Brings the PostgreSQL database up to date.
pub(super) async fn bring_postgres_up(
    pool: &PgPool,
    place: &DatabaseUrl,
    backups: Option<&Path>,
) -> Result<()> {
    let mut connection = pool.acquire().await?;
    let applied = catalog::migrations(&mut Link::Postgres(&mut connection)).await?;
    snapshot::refuse_newer(&applied, backups)?;
    if missing(Engine::Postgres, &applied).is_empty() {
        return run(&postgres(), &mut *connection).await;
    }
    drop(connection);
    let mut tx = pool.begin().await?;
    let mut link = Link::Postgres(&mut tx);
    link.run(LOCK.to_owned()).await.context("another process migrates and does not come to an end")?;
    let applied = catalog::migrations(&mut link).await?;
    snapshot::before_steps(&mut link, &missing(Engine::Postgres, &applied), place, backups).await?;
    run(&postgres(), &mut *tx).await?;
    Ok(tx.commit().await?)
}
