//! Reads a whole table, row by row and never whole in memory, and computes its digest, which is the same for the same
//! rows in any order and on either engine.

use super::catalog::Table;
use super::cell::{Cell, of_postgres, of_sqlite};
use super::link::Link;
use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, Executor as _};
use std::pin::Pin;
use tokio_stream::{Stream, StreamExt as _};

/// How many rows there are, and the sum of their hashes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    pub rows: u64,
    #[serde(with = "as_text")]
    pub sum: u128,
}

mod as_text {
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(sum: &u128, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&format!("{sum:032x}"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<u128, D::Error> {
        let text = String::deserialize(from)?;
        u128::from_str_radix(&text, 16).map_err(serde::de::Error::custom)
    }
}

impl Digest {
    /// Adds a row as written in a backup file.
    pub fn add(&mut self, line: &[u8]) {
        let hash = Sha256::digest(line);
        let mut part = [0; 16];
        part.copy_from_slice(&hash[..16]);
        self.rows += 1;
        self.sum = self.sum.wrapping_add(u128::from_be_bytes(part));
    }
}

/// A row as a line of a backup file.
///
/// Never for cells that come from a database.
pub fn line(cells: Vec<Cell>) -> Result<Vec<u8>> {
    let values: Vec<Value> = cells.into_iter().map(Cell::into_json).collect();
    Ok(serde_json::to_vec(&values)?)
}

/// The rows of a table, in any order.
pub type Rows<'r> = Pin<Box<dyn Stream<Item = Result<Vec<Cell>>> + Send + 'r>>;

/// Reads every row of the table. A row that can't be read is an error with the table's name.
pub fn rows<'r>(link: &'r mut Link<'_>, table: &'r Table) -> Rows<'r> {
    let sql = AssertSqlSafe(format!("SELECT {} FROM \"{}\"", table.names(), table.name));
    let about = || format!("the table {} can't be read", table.name);
    macro_rules! cells {
        ($connection:ident, $values:ty, $cell:ident) => {
            Box::pin($connection.fetch((sql, Some(<$values>::default()))).map(move |row| {
                let row = row.with_context(about)?;
                let kinds = table.columns.iter().map(|(_, kind)| *kind).enumerate();
                let cells: sqlx::Result<_> = kinds.map(|(at, kind)| $cell(&row, at, kind)).collect();
                cells.with_context(about)
            }))
        };
    }
    match link {
        Link::Sqlite(connection) => cells!(connection, SqliteArguments, of_sqlite),
        Link::Postgres(connection) => cells!(connection, PgArguments, of_postgres),
    }
}

/// Reads the whole table to compute its digest.
///
/// # Errors
/// A row that can't be read.
pub async fn digest(link: &mut Link<'_>, table: &Table) -> Result<Digest> {
    let mut digest = Digest::default();
    let mut rows = rows(link, table);
    while let Some(row) = rows.next().await {
        digest.add(&line(row?)?);
    }
    Ok(digest)
}
