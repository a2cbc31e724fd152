//! The migrations inside the program: one folder for both engines, and beside it what only one engine has. A migration that has
//! landed is never edited. All that are missing run in one transaction, by one process, after a snapshot of what is there.

use crate::backup::file::Head;
use crate::backup::snapshot;
use crate::backup::store::catalog;
use crate::backup::store::link::{Engine, Link, Place};
use crate::server::sqlite_file::log;
use anyhow::{Context as _, Result};
use sqlx::migrate::{Migrate, Migrator};
use sqlx::postgres::PgPool;
use sqlx::sqlite::SqlitePool;
use std::collections::BTreeSet;
use std::path::Path;

static BOTH: Migrator = sqlx::migrate!("./migrations");
static SQLITE: Migrator = sqlx::migrate!("./migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("./migrations/postgres");

/// Whoever holds this lock of PostgreSQL migrates; the others wait.
const LOCK: &str = "SELECT pg_advisory_xact_lock(7212607)";

fn together(engine: &Migrator) -> Migrator {
    Migrator::with_migrations(BOTH.iter().chain(engine.iter()).cloned().collect())
}

pub(crate) fn sqlite() -> Migrator {
    together(&SQLITE)
}

pub(crate) fn postgres() -> Migrator {
    let mut migrator = together(&POSTGRES);
    // Ours is held until the commit, theirs only until the last step.
    migrator.set_locking(false);
    migrator
}

fn of(engine: Engine) -> Migrator {
    match engine {
        Engine::Sqlite => sqlite(),
        Engine::Postgres => postgres(),
    }
}

fn versions(migrator: &Migrator) -> BTreeSet<i64> {
    migrator.iter().map(|migration| migration.version).collect()
}

/// Those of the steps that this program does not know, on whichever engine.
pub(crate) fn unknown(steps: &[i64]) -> Vec<i64> {
    let known: BTreeSet<i64> = versions(&sqlite()).union(&versions(&postgres())).copied().collect();
    steps.iter().copied().filter(|step| !known.contains(step)).collect()
}

/// Those of the engine's steps that are missing.
pub(crate) fn missing(engine: Engine, applied: &[i64]) -> Vec<i64> {
    versions(&of(engine)).into_iter().filter(|step| !applied.contains(step)).collect()
}

/// The steps that make of an empty database one of the backup's age: all but those that were still to come where it was made.
pub(crate) fn as_of(place: &Place, head: &Head) -> Migrator {
    let to_come = missing(head.engine, &head.migrations);
    let mine = of(place.engine());
    let mut migrator = Migrator::with_migrations(
        mine.iter().filter(|migration| !to_come.contains(&migration.version)).cloned().collect(),
    );
    migrator.set_locking(false);
    migrator
}

/// Runs the steps on that connection. `Migrator::run` takes pools and connections alike, at the price of futures that no task can carry.
pub(crate) async fn run<C: Migrate>(steps: &Migrator, connection: &mut C) -> Result<()> {
    Ok(steps.run_direct(None, connection, false).await?)
}

/// Brings the SQLite file up to date. The write lock is held from the first look to the commit.
pub(super) async fn bring_sqlite_up(pool: &SqlitePool, place: &Place, backups: Option<&Path>) -> Result<()> {
    make_steps(pool, place, backups).await?;
    if let Err(cause) = log::give_numbers(&mut *pool.acquire().await?).await {
        tracing::warn!(%cause, "the file got no number by which its log is known; the next start tries again");
    }
    Ok(())
}

async fn make_steps(pool: &SqlitePool, place: &Place, backups: Option<&Path>) -> Result<()> {
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
pub(super) async fn bring_postgres_up(pool: &PgPool, place: &Place, backups: Option<&Path>) -> Result<()> {
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

/// The version of the SQLite inside, as `[major, minor, patch]`.
#[expect(clippy::disallowed_methods, reason = "asked before there is anybody to ask as")]
pub(super) async fn sqlite_version(pool: &SqlitePool) -> Result<[u32; 3]> {
    let text: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(pool).await?;
    Ok(version_of(&text))
}

/// A version's numbers.
pub(crate) fn version_of(text: &str) -> [u32; 3] {
    let mut parts = text.split('.').map(|part| part.parse().unwrap_or(0));
    std::array::from_fn(|_| parts.next().unwrap_or(0))
}
