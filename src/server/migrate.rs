//! The migrations inside the program: one folder for both engines, and beside it what only one engine has. A migration that has
//! landed is never edited.

use sqlx::migrate::Migrator;
use sqlx::sqlite::SqlitePool;

static BOTH: Migrator = sqlx::migrate!("./migrations");
static SQLITE: Migrator = sqlx::migrate!("./migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("./migrations/postgres");

fn together(engine: &Migrator) -> Migrator {
    Migrator::with_migrations(BOTH.iter().chain(engine.iter()).cloned().collect())
}

pub(super) fn sqlite() -> Migrator {
    together(&SQLITE)
}

pub(super) fn postgres() -> Migrator {
    together(&POSTGRES)
}

/// The version of the SQLite inside, as `[major, minor, patch]`.
#[expect(clippy::disallowed_methods, reason = "asked before there is anybody to ask as")]
pub(super) async fn sqlite_version(pool: &SqlitePool) -> anyhow::Result<[u32; 3]> {
    let text: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(pool).await?;
    let mut parts = text.split('.').map(|part| part.parse().unwrap_or(0));
    Ok(std::array::from_fn(|_| parts.next().unwrap_or(0)))
}
