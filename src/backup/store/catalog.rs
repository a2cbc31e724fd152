//! The tables of a database and the types of their columns, from the database's own catalog, so that new tables and
//! fields are backed up without code here. Not backed up: sessions, one-time links and known devices, counters, the
//! ledger of backups, the list of migrations, search indexes.

use super::link::Link;
use crate::server::database_url::Engine;
use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};

/// Tables that are never backed up. With a session or link somebody could sign in; the ledger and the counter are about
/// this machine.
const LEFT_OUT: [&str; 6] = ["_sqlx_migrations", "sessions", "links", "devices", "rights", "backups"];

/// The row number by which SQLite's search index refers to a record.
const NUMBER: &str = "nr";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Uuid,
    Timestamptz,
    Boolean,
    Bigint,
    Jsonb,
    Bytea,
    Text,
    Date,
}

impl Kind {
    fn of(declared: &str) -> Option<Self> {
        Some(match declared.to_ascii_lowercase().as_str() {
            "uuid" => Self::Uuid,
            "timestamptz" => Self::Timestamptz,
            "boolean" | "bool" => Self::Boolean,
            "bigint" | "int8" => Self::Bigint,
            "jsonb" => Self::Jsonb,
            "bytea" => Self::Bytea,
            "text" => Self::Text,
            "date" => Self::Date,
            _ => return None,
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    #[serde(rename = "table")]
    pub name: String,
    pub columns: Vec<(String, Kind)>,
}

impl Table {
    #[must_use]
    pub fn place_of(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|(name, _)| name == column)
    }

    /// The columns, for a statement. The names are from our own migrations and need no escaping; names in a backup file
    /// are compared with them.
    pub(super) fn names(&self) -> String {
        self.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
    }
}

fn is_kept(table: &str) -> bool {
    !LEFT_OUT.contains(&table) && !table.contains("_search") && !table.starts_with("sqlite_")
}

/// Every table, backed up or not.
///
/// # Errors
/// The engine's error.
pub async fn all_tables(link: &mut Link<'_>) -> Result<Vec<String>> {
    let sql = match link.engine() {
        Engine::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
        Engine::Postgres => {
            "SELECT CAST(c.relname AS TEXT) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
             WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') \
               AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') ORDER BY 1"
        }
    };
    let rows: Vec<(String,)> = link.all(sql).await?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}

/// The tables that a backup holds, by name.
///
/// # Errors
/// A column of a type that backups do not support.
pub async fn tables(link: &mut Link<'_>) -> Result<Vec<Table>> {
    let mut tables = Vec::new();
    for name in all_tables(link).await?.into_iter().filter(|name| is_kept(name)) {
        if !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') {
            bail!("the table {name:?} is not of Kartotek: the database must belong to it alone");
        }
        let sql = match link.engine() {
            Engine::Sqlite => format!("SELECT name, type FROM pragma_table_info('{name}') ORDER BY cid"),
            Engine::Postgres => format!(
                "SELECT CAST(column_name AS TEXT), CAST(udt_name AS TEXT) FROM information_schema.columns \
                 WHERE table_schema = current_schema() AND table_name = '{name}' ORDER BY ordinal_position"
            ),
        };
        let columns: Vec<(String, String)> = link.all_of(sql).await?;
        let columns = columns
            .into_iter()
            .filter(|(column, _)| column != NUMBER)
            .map(|(column, declared)| {
                let kind = Kind::of(&declared)
                    .with_context(|| format!("{name}.{column} is {declared}, which backups do not know"))?;
                Ok((column, kind))
            })
            .collect::<Result<_>>()?;
        tables.push(Table { name, columns });
    }
    Ok(tables)
}

/// The migrations applied to this database; none for a new one.
///
/// # Errors
/// The engine's error.
pub async fn migrations(link: &mut Link<'_>) -> Result<Vec<i64>> {
    if !all_tables(link).await?.iter().any(|table| table == "_sqlx_migrations") {
        return Ok(Vec::new());
    }
    let rows: Vec<(i64,)> = link.all("SELECT version FROM _sqlx_migrations ORDER BY version").await?;
    Ok(rows.into_iter().map(|(version,)| version).collect())
}

/// The name of the firm in the database; `None` without a firm.
///
/// # Errors
/// The engine's error.
pub async fn firm(link: &mut Link<'_>) -> Result<Option<String>> {
    if !all_tables(link).await?.iter().any(|table| table == "firm") {
        return Ok(None);
    }
    let rows: Vec<(String,)> = link.all("SELECT name FROM firm").await?;
    Ok(rows.into_iter().next().map(|(name,)| name))
}

/// The engine's version.
///
/// # Errors
/// The engine's error.
pub async fn version(link: &mut Link<'_>) -> Result<String> {
    let sql = match link.engine() {
        Engine::Sqlite => "SELECT sqlite_version()",
        Engine::Postgres => "SELECT current_setting('server_version')",
    };
    let rows: Vec<(String,)> = link.all(sql).await?;
    Ok(rows.into_iter().next().map(|(version,)| version).unwrap_or_default())
}
