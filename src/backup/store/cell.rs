//! One value of a column: as either engine returns it, as a backup file writes it, and as it is bound to a statement.
//! The same fact has the same value, whichever engine it comes from.

use super::catalog::Kind;
use crate::server::engine::Value as Bindable;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde_json::Value;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::types::Json;
use sqlx::{Arguments as _, Row as _};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Null,
    Uuid(Uuid),
    Time(DateTime<Utc>),
    Flag(bool),
    Number(i64),
    Json(Value),
    Bytes(Vec<u8>),
    Text(String),
    Date(NaiveDate),
}

macro_rules! read {
    ($name:ident, $row:ty) => {
        pub(super) fn $name(row: &$row, at: usize, kind: Kind) -> sqlx::Result<Cell> {
            let cell = match kind {
                Kind::Uuid => row.try_get::<Option<Uuid>, _>(at)?.map(Cell::Uuid),
                Kind::Timestamptz => row.try_get::<Option<DateTime<Utc>>, _>(at)?.map(Cell::Time),
                Kind::Boolean => row.try_get::<Option<bool>, _>(at)?.map(Cell::Flag),
                Kind::Bigint => row.try_get::<Option<i64>, _>(at)?.map(Cell::Number),
                Kind::Jsonb => row.try_get::<Option<Json<Value>>, _>(at)?.map(|json| Cell::Json(json.0)),
                Kind::Bytea => row.try_get::<Option<Vec<u8>>, _>(at)?.map(Cell::Bytes),
                Kind::Text => row.try_get::<Option<String>, _>(at)?.map(Cell::Text),
                Kind::Date => row.try_get::<Option<NaiveDate>, _>(at)?.map(Cell::Date),
            };
            Ok(cell.unwrap_or(Cell::Null))
        }
    };
}
read!(of_sqlite, SqliteRow);
read!(of_postgres, PgRow);

impl Cell {
    #[must_use]
    pub fn into_json(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Uuid(id) => Value::String(id.to_string()),
            Self::Time(at) => Value::String(at.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            Self::Flag(flag) => Value::Bool(flag),
            Self::Number(number) => Value::from(number),
            // Wrapped in an array, because JSON null could not be told from a missing value.
            Self::Json(json) => Value::Array(vec![json]),
            Self::Bytes(bytes) => Value::String(hex(&bytes)),
            Self::Text(text) => Value::String(text),
            Self::Date(date) => Value::String(date.to_string()),
        }
    }

    /// Parses the value in a backup file; `None` where it is not of that type.
    #[must_use]
    pub fn from_json(value: Value, kind: Kind) -> Option<Self> {
        Some(match (kind, value) {
            (_, Value::Null) => Self::Null,
            (Kind::Uuid, Value::String(text)) => Self::Uuid(text.parse().ok()?),
            (Kind::Timestamptz, Value::String(text)) => {
                Self::Time(DateTime::parse_from_rfc3339(&text).ok()?.with_timezone(&Utc))
            }
            (Kind::Boolean, Value::Bool(flag)) => Self::Flag(flag),
            (Kind::Bigint, Value::Number(number)) => Self::Number(number.as_i64()?),
            (Kind::Jsonb, Value::Array(mut one)) if one.len() == 1 => Self::Json(one.pop()?),
            (Kind::Bytea, Value::String(text)) => Self::Bytes(bytes(&text)?),
            (Kind::Text, Value::String(text)) => Self::Text(text),
            (Kind::Date, Value::String(text)) => Self::Date(text.parse().ok()?),
            _ => return None,
        })
    }
}

/// The parameters of a statement, for either engine.
pub(super) enum Values {
    Sqlite(SqliteArguments),
    Postgres(PgArguments),
}

impl Values {
    fn add(&mut self, value: impl Bindable) -> sqlx::Result<()> {
        match self {
            Self::Sqlite(values) => values.add(value),
            Self::Postgres(values) => values.add(value),
        }
        .map_err(sqlx::Error::Encode)
    }

    pub(super) fn bind(&mut self, cell: Cell, kind: Kind) -> sqlx::Result<()> {
        match cell {
            Cell::Uuid(id) => self.add(id),
            Cell::Time(at) => self.add(at),
            Cell::Flag(flag) => self.add(flag),
            Cell::Number(number) => self.add(number),
            Cell::Json(json) => self.add(Json(json)),
            Cell::Bytes(bytes) => self.add(bytes),
            Cell::Text(text) => self.add(text),
            Cell::Date(date) => self.add(date),
            Cell::Null => match kind {
                Kind::Uuid => self.add(None::<Uuid>),
                Kind::Timestamptz => self.add(None::<DateTime<Utc>>),
                Kind::Boolean => self.add(None::<bool>),
                Kind::Bigint => self.add(None::<i64>),
                Kind::Jsonb => self.add(None::<Json<Value>>),
                Kind::Bytea => self.add(None::<Vec<u8>>),
                Kind::Text => self.add(None::<String>),
                Kind::Date => self.add(None::<NaiveDate>),
            },
        }
    }
}

/// Bytes as hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)]);
        text.push(DIGITS[usize::from(byte & 15)]);
    }
    text
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    text.as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => Some(digit(*high)? * 16 + digit(*low)?),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_survives_the_file() {
        let cells = [
            (Kind::Uuid, Cell::Uuid(Uuid::now_v7())),
            (Kind::Timestamptz, Cell::Time("2026-11-22T08:00:00.120Z".parse().expect("a time"))),
            (Kind::Boolean, Cell::Flag(false)),
            (Kind::Bigint, Cell::Number(i64::MIN)),
            (Kind::Jsonb, Cell::Json(Value::Null)),
            (Kind::Jsonb, Cell::Json(serde_json::json!({"b": [1, "ş"], "a": null}))),
            (Kind::Bytea, Cell::Bytes(vec![0, 255, 16])),
            (Kind::Bytea, Cell::Bytes(vec![])),
            (Kind::Text, Cell::Text("\u{0}\"\nİ".into())),
            (Kind::Date, Cell::Date(NaiveDate::from_ymd_opt(2028, 2, 29).expect("a day"))),
            (Kind::Text, Cell::Null),
        ];
        for (kind, cell) in cells {
            assert_eq!(Cell::from_json(cell.clone().into_json(), kind), Some(cell));
        }
        assert_eq!(Cell::from_json(Value::String("abc".into()), Kind::Bytea), None);
        assert_eq!(Cell::from_json(Value::String("1".into()), Kind::Bigint), None);
    }
}
