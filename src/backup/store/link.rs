//! A connection of its own to either engine, apart from the pools of the running program. Statements are constants, or
//! made of names in the database's catalog, never of anything typed.

use crate::server::database_url::{DatabaseUrl, Engine};
use crate::server::failed;
use crate::server::sqlite_file::{log, trouble};
use anyhow::{Context as _, Result, anyhow, bail};
use sqlx::postgres::{PgConnectOptions, PgRow};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteRow, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _, FromRow, PgConnection, SqliteConnection};
use std::fs::OpenOptions;
use std::path::Path;
use std::time::Duration;

impl DatabaseUrl {
    /// Opens an existing database, to read only.
    ///
    /// # Errors
    /// A sentence for a database that does not exist or can't be opened.
    pub async fn look(&self) -> Result<Opened> {
        match self {
            Self::Sqlite(file) => {
                if file.is_dir() {
                    bail!(trouble::of_database(file).unwrap_or_default());
                }
                if !file.exists() {
                    bail!("there is no database at {}", file.display());
                }
                log::must_belong_or_be_served(file).await?;
                let opened = async {
                    let mut opened = existing(file).pragma("query_only", "on").connect().await?;
                    // SQLite opens the file at the first query. Damage further inside is found by the check.
                    match opened.execute("PRAGMA schema_version").await {
                        Err(cause) if failed::is_shut(&cause) => Err(cause),
                        _ => Ok(opened),
                    }
                };
                Ok(Opened::Sqlite(opened.await.map_err(|cause| failed::of_sqlite(file, &cause))?))
            }
            Self::Postgres(options) => Ok(Opened::Postgres(connect(options).await?)),
        }
    }
}

/// An existing SQLite file; opening it changes nothing in it.
pub(in crate::backup) fn existing(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(file).busy_timeout(Duration::from_secs(10)).foreign_keys(true)
}

/// Makes a new SQLite file that is built in one go: it needs no log, and is flushed to disk at the end.
pub(in crate::backup) async fn build(file: &Path) -> Result<SqliteConnection> {
    // SQLite accepts an empty file as a new database; making it here first keeps others from reading it.
    let mut mode = OpenOptions::new();
    mode.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut mode, 0o600);
    mode.open(file).map_err(|cause| anyhow!(trouble::of_io(file, &cause)))?;
    let options = SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Memory)
        .synchronous(SqliteSynchronous::Off)
        .foreign_keys(false)
        // Indexes are sorted on disk: the daily test runs while people work and must not take their memory.
        .pragma("temp_store", "file")
        .pragma("cache_size", "-8000");
    options.connect().await.with_context(|| format!("{} could not be made", file.display()))
}

pub(in crate::backup) async fn connect(options: &PgConnectOptions) -> Result<PgConnection> {
    options
        .clone()
        .application_name("kartotek backup")
        .connect()
        .await
        .map_err(|cause| failed::of_postgres(options, &cause))
}

/// An open connection.
pub enum Opened {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Opened {
    pub fn link(&mut self) -> Link<'_> {
        match self {
            Self::Sqlite(connection) => Link::Sqlite(connection),
            Self::Postgres(connection) => Link::Postgres(connection),
        }
    }
}

/// A connection or a transaction of either engine.
pub enum Link<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

impl Link<'_> {
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs a statement without values.
    ///
    /// # Errors
    /// The engine's error.
    pub async fn run(&mut self, sql: String) -> sqlx::Result<()> {
        let sql = AssertSqlSafe(sql);
        match self {
            Self::Sqlite(connection) => connection.execute(sql).await.map(|_| ()),
            Self::Postgres(connection) => connection.execute(sql).await.map(|_| ()),
        }
    }

    /// All rows of a query without parameters.
    ///
    /// # Errors
    /// The engine's error.
    pub async fn all<R>(&mut self, sql: &'static str) -> sqlx::Result<Vec<R>>
    where
        R: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow>,
    {
        self.all_of(sql.to_owned()).await
    }

    /// The same for a statement made of names in the catalog.
    ///
    /// # Errors
    /// The engine's error.
    pub async fn all_of<R>(&mut self, sql: String) -> sqlx::Result<Vec<R>>
    where
        R: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow>,
    {
        let sql = AssertSqlSafe(sql);
        match self {
            // Prepared, because PostgreSQL would otherwise return text instead of typed values.
            Self::Sqlite(connection) => {
                let rows =
                    connection.fetch_all((sql, Some(sqlx::sqlite::SqliteArguments::default()))).await?;
                rows.iter().map(R::from_row).collect()
            }
            Self::Postgres(connection) => {
                let rows = connection.fetch_all((sql, Some(sqlx::postgres::PgArguments::default()))).await?;
                rows.iter().map(R::from_row).collect()
            }
        }
    }

    /// The single number that a query returns.
    ///
    /// # Errors
    /// The engine's error, or no row.
    pub async fn number(&mut self, sql: String) -> sqlx::Result<i64> {
        let rows: Vec<(i64,)> = self.all_of(sql).await?;
        rows.first().map(|(number,)| *number).ok_or(sqlx::Error::RowNotFound)
    }
}
