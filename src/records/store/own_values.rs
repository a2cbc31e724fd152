//! The index over the firm's own fields, by which lists are filtered: one row for each value. A value carries its type,
//! so the definition of a field is not needed here. The values themselves are in the table of all records; the
//! conditions of lists are in `filters`.

use crate::error::Result;
use crate::fields::OwnValues;
use crate::i18n::date;
use crate::i18n::fold::search_key;
use crate::server::db::SystemTx;
use crate::server::sql::Sql;
use chrono::{Datelike as _, NaiveDate, NaiveDateTime};
use serde_json::Value;
use uuid::Uuid;

/// How many letters of a text are indexed: enough to be found by. PostgreSQL allows at most 2,700 bytes in an index
/// entry.
pub const LONGEST_KEY: usize = 200;
/// How many rows one statement writes.
const ROWS: usize = 500;

/// A value in the form in which it is searched.
#[derive(Debug, Default, PartialEq, Eq)]
struct Key {
    text: Option<String>,
    number: Option<i64>,
    target: Option<Uuid>,
}

/// A day as a number.
#[must_use]
pub fn day_number(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce())
}

/// A date and time on the firm's clock, in minutes.
#[must_use]
pub fn moment_number(at: NaiveDateTime) -> i64 {
    at.and_utc().timestamp().div_euclid(60)
}

/// A text in the form in which it is compared.
#[must_use]
pub fn text_key(text: &str) -> String {
    search_key(text).chars().take(LONGEST_KEY).collect()
}

/// The keys of a value; a value of several choices has one key for each.
fn keys(value: &Value) -> Vec<Key> {
    match value {
        Value::Array(all) => all.iter().map(key).collect(),
        one => vec![key(one)],
    }
}

fn key(value: &Value) -> Key {
    let of_object = |name: &str| value.get(name);
    match value {
        Value::String(text) => Key {
            text: Some(text_key(text)),
            number: date::parse(text).map(day_number).or_else(|| date::parse_moment(text).map(moment_number)),
            target: None,
        },
        Value::Number(number) => Key { number: number.as_i64(), ..Key::default() },
        Value::Bool(yes) => Key { number: Some(i64::from(*yes)), ..Key::default() },
        Value::Object(_) => Key {
            text: of_object("currency").and_then(Value::as_str).map(str::to_owned),
            number: of_object("minor").and_then(Value::as_i64),
            target: of_object("record")
                .or_else(|| of_object("person"))
                .and_then(|id| id.as_str()?.parse().ok()),
        },
        Value::Null | Value::Array(_) => Key::default(),
    }
}

/// Inserts the values of new records.
///
/// # Errors
/// `Internal` only.
pub(super) async fn insert<'v>(
    system: &mut SystemTx,
    records: impl IntoIterator<Item = (Uuid, &'v OwnValues)>,
) -> Result<()> {
    let mut rows: Vec<(Uuid, i64, i64, Key)> = Vec::new();
    for (id, own) in records {
        for (field, value) in own.all() {
            let Some(nr) = field.strip_prefix("own_").and_then(|nr| nr.parse().ok()) else { continue };
            rows.extend((0_i64..).zip(keys(value)).map(|(item, key)| (id, nr, item, key)));
        }
    }
    while !rows.is_empty() {
        let some: Vec<_> = rows.drain(..rows.len().min(ROWS)).collect();
        let sql = Sql::new(
            "INSERT INTO own_values (record_id, field_number, item, text_key, number, target_id) VALUES",
        );
        let insert = system.query(sql.bare_rows(some.len(), 6));
        let insert = some.into_iter().fold(insert, |insert, (id, nr, item, key)| {
            insert.bind(id).bind(nr).bind(item).bind(key.text).bind(key.number).bind(key.target)
        });
        insert.execute().await?;
    }
    Ok(())
}

/// Replaces the values of a record.
///
/// # Errors
/// `Internal` only.
pub(crate) async fn replace(system: &mut SystemTx, id: Uuid, own: &OwnValues) -> Result<()> {
    system.query("DELETE FROM own_values WHERE record_id = $1").bind(id).execute().await?;
    insert(system, [(id, own)]).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_says_by_itself_what_it_is() {
        let id = Uuid::now_v7();
        let text = |text: &str| Key { text: Some(text.into()), ..Key::default() };
        let number = |number| Key { number: Some(number), ..Key::default() };
        for (value, keys_of) in [
            (json!("İSTANBUL Işık"), vec![text("istanbul isik")]),
            (json!("2026-12-31"), vec![Key { number: Some(739_981), ..text("2026 12 31") }]),
            (json!(125_000), vec![number(125_000)]),
            (json!(true), vec![number(1)]),
            (json!([2, 5]), vec![number(2), number(5)]),
            (json!({"minor": 1250, "currency": "TRY"}), vec![Key { number: Some(1250), ..text("TRY") }]),
            (json!({"record": id}), vec![Key { target: Some(id), ..Key::default() }]),
            (json!({"odd": 1}), vec![Key::default()]),
        ] {
            assert_eq!(keys(&value), keys_of, "{value}");
        }
        assert_eq!(text_key(&"ş".repeat(1_000)).len(), LONGEST_KEY);
    }
}
