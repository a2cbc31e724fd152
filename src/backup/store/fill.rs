//! Writes whole tables into an empty database. Between `suspend` and `resume`, references are not checked, so that rows
//! may come in any order; `resume` checks all of them, or fails.

use super::catalog::{Table, all_tables};
use super::cell::{Cell, Values};
use super::link::Link;
use crate::server::database_url::Engine;
use anyhow::{Context as _, Result, bail};
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, Executor as _};
use std::fmt::Write as _;

/// SQLite takes 32,766 values in one statement, PostgreSQL 65,535.
const VALUES: usize = 30_000;

/// How many rows of the table go into one statement.
#[must_use]
pub fn at_once(table: &Table) -> usize {
    (VALUES / table.columns.len().max(1)).clamp(1, 500)
}

/// A foreign key: table, name and definition, as PostgreSQL lists them.
type Reference = (String, String, String);

/// Stops checking references: PostgreSQL's foreign keys are dropped. SQLite needs nothing, because the connection used
/// here does not enforce them.
///
/// # Errors
/// The engine's error.
pub async fn suspend(link: &mut Link<'_>) -> Result<Vec<Reference>> {
    if link.engine() == Engine::Sqlite {
        return Ok(Vec::new());
    }
    let references: Vec<Reference> = link
        .all(
            "SELECT CAST(conrelid::regclass AS TEXT), CAST(conname AS TEXT), pg_get_constraintdef(oid) \
             FROM pg_constraint \
             WHERE contype = 'f' AND connamespace = current_schema()::regnamespace",
        )
        .await?;
    for (table, name, _) in &references {
        link.run(format!("ALTER TABLE {table} DROP CONSTRAINT \"{name}\"")).await?;
    }
    Ok(references)
}

/// Puts the foreign keys back and checks all references.
///
/// # Errors
/// A row that refers to a missing one.
pub async fn resume(link: &mut Link<'_>, references: Vec<Reference>) -> Result<()> {
    for (table, name, text) in references {
        link.run(format!("ALTER TABLE {table} ADD CONSTRAINT \"{name}\" {text}"))
            .await
            .with_context(|| format!("rows of {table} refer to something that is not there"))?;
    }
    if link.engine() == Engine::Sqlite {
        let lost: Vec<(String,)> =
            link.all("SELECT DISTINCT \"table\" FROM pragma_foreign_key_check").await?;
        if let Some((table,)) = lost.first() {
            bail!("rows of {table} refer to something that is not there");
        }
    }
    Ok(())
}

/// Empties a table: migrations may have inserted rows.
///
/// # Errors
/// The engine's error.
pub async fn empty(link: &mut Link<'_>, table: &Table) -> Result<()> {
    Ok(link.run(format!("DELETE FROM \"{}\"", table.name)).await?)
}

/// Inserts rows, at most [`at_once`] of them.
///
/// # Errors
/// The engine's error, with the table's name.
pub async fn add(link: &mut Link<'_>, table: &Table, rows: Vec<Vec<Cell>>) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut sql = format!("INSERT INTO \"{}\" ({}) VALUES ", table.name, table.names());
    let mut values = match link.engine() {
        Engine::Sqlite => Values::Sqlite(SqliteArguments::default()),
        Engine::Postgres => Values::Postgres(PgArguments::default()),
    };
    let mut next = 1;
    for (nr, row) in rows.into_iter().enumerate() {
        sql.push_str(if nr == 0 { "(" } else { ", (" });
        for (at, (cell, (_, kind))) in row.into_iter().zip(&table.columns).enumerate() {
            let _ = write!(sql, "{}${next}", if at == 0 { "" } else { ", " });
            values.bind(cell, *kind)?;
            next += 1;
        }
        sql.push(')');
    }
    let sql = AssertSqlSafe(sql);
    match (link, values) {
        (Link::Sqlite(connection), Values::Sqlite(values)) => {
            connection.execute((sql, Some(values))).await.map(|_| ())
        }
        (Link::Postgres(connection), Values::Postgres(values)) => {
            connection.execute((sql, Some(values))).await.map(|_| ())
        }
        _ => Err(sqlx::Error::Protocol("values of another engine".into())),
    }
    .with_context(|| format!("rows of {} could not be written", table.name))
}

/// Drops all our tables in PostgreSQL, within the transaction.
///
/// # Errors
/// Tables that are not ours.
pub async fn clear(link: &mut Link<'_>) -> Result<()> {
    let tables = all_tables(link).await?;
    if tables.is_empty() {
        return Ok(());
    }
    if !tables.iter().any(|table| table == "_sqlx_migrations") {
        bail!(
            "the database holds tables that are not of Kartotek ({}): give it one of its own",
            tables.join(", ")
        );
    }
    for table in tables {
        link.run(format!("DROP TABLE IF EXISTS \"{}\" CASCADE", table.replace('"', "\"\""))).await?;
    }
    Ok(())
}

/// How many other connections there are to this PostgreSQL database.
///
/// # Errors
/// The engine's error.
pub async fn others(link: &mut Link<'_>) -> Result<i64> {
    Ok(link
        .number(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() \
             AND backend_type = 'client backend'"
                .to_owned(),
        )
        .await?)
}
