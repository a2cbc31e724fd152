//! Parses `--database`: the path of an SQLite file or a PostgreSQL address. It opens nothing.

use anyhow::{Context as _, Result, bail};
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

/// Where a database is.
#[derive(Clone, Debug)]
pub enum DatabaseUrl {
    Sqlite(PathBuf),
    Postgres(Box<PgConnectOptions>),
}

impl DatabaseUrl {
    /// # Errors
    /// A sentence for a value that is neither.
    pub fn of(url: &str) -> Result<Self> {
        match url.split_once(':') {
            Some(("sqlite", rest)) => {
                let path = rest.split('?').next().unwrap_or_default();
                if path.trim_matches('/').is_empty() {
                    bail!("--database {url} names no file: say where it is to be, as in sqlite:kartotek.db");
                }
                if path.contains(":memory:") {
                    bail!(
                        "--database {url} would be gone when the program stops: name a file, as in sqlite:kartotek.db"
                    );
                }
                let options = SqliteConnectOptions::from_str(url)
                    .context("the path of the SQLite file can't be read")?;
                Ok(Self::Sqlite(options.get_filename().to_path_buf()))
            }
            Some(("postgres" | "postgresql", _)) => {
                let options =
                    PgConnectOptions::from_str(url).context("the PostgreSQL address can't be read")?;
                Ok(Self::Postgres(Box::new(options)))
            }
            _ => bail!("--database must be sqlite:PATH or postgres://…"),
        }
    }

    #[must_use]
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// The default folder for backups: beside the SQLite file. `None` with PostgreSQL.
    #[must_use]
    pub fn usual_backups(&self) -> Option<PathBuf> {
        match self {
            Self::Sqlite(file) => Some(file.parent().unwrap_or(Path::new("")).join("backups")),
            Self::Postgres(_) => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    Sqlite,
    Postgres,
}
