//! The migrations, embedded in the program: one folder for both engines, and one each for what only one engine has. A
//! migration that has landed is never edited. When they run is decided in `migrate`.

use super::database_url::Engine;
use anyhow::Result;
use sqlx::migrate::{Migrate, Migrator};
use sqlx::sqlite::SqlitePool;
use std::collections::BTreeSet;

static BOTH: Migrator = sqlx::migrate!("./migrations");
static SQLITE: Migrator = sqlx::migrate!("./migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("./migrations/postgres");

fn together(engine: &Migrator) -> Migrator {
    Migrator::with_migrations(BOTH.iter().chain(engine.iter()).cloned().collect())
}

pub(crate) fn sqlite() -> Migrator {
    together(&SQLITE)
}

pub(crate) fn postgres() -> Migrator {
    let mut migrator = together(&POSTGRES);
    // The caller's lock is held until the commit; sqlx would release its own after the last migration.
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

/// Which of these migrations this program does not know for either engine.
pub(crate) fn unknown(steps: &[i64]) -> Vec<i64> {
    let known: BTreeSet<i64> = versions(&sqlite()).union(&versions(&postgres())).copied().collect();
    steps.iter().copied().filter(|step| !known.contains(step)).collect()
}

/// Which migrations of this engine have not been applied.
pub(crate) fn missing(engine: Engine, applied: &[i64]) -> Vec<i64> {
    versions(&of(engine)).into_iter().filter(|step| !applied.contains(step)).collect()
}

/// The migrations that bring an empty database to the schema of a backup: all except those that were not applied yet
/// where the backup was made.
pub(crate) fn as_of(engine: Engine, made_on: Engine, applied: &[i64]) -> Migrator {
    let to_come = missing(made_on, applied);
    let mine = of(engine);
    let mut migrator = Migrator::with_migrations(
        mine.iter().filter(|migration| !to_come.contains(&migration.version)).cloned().collect(),
    );
    migrator.set_locking(false);
    migrator
}

/// Runs the migrations on that connection. `Migrator::run` accepts pools as well, but its future is not `Send`, so no
/// spawned task could run it.
pub(crate) async fn run<C: Migrate>(steps: &Migrator, connection: &mut C) -> Result<()> {
    Ok(steps.run_direct(None, connection, false).await?)
}

/// The version of the SQLite library that is linked in, as `[major, minor, patch]`.
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
