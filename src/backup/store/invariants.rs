//! What must be true of the firm's data beyond what the engine itself enforces, as queries that count violations.

use super::catalog::{Table, all_tables};
use super::cell::Cell;
use super::link::Link;
use crate::auth::model::Sees;
use crate::id::{PersonId, UnitId};
use crate::people::model::reach;
use crate::server::database_url::Engine;
use crate::server::text::{name_key, sort_key};
use anyhow::Result;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Problems that the engine reports of its own file and references, as sentences; none when all is well.
///
/// # Errors
/// The engine's error.
pub async fn engine(link: &mut Link<'_>) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    if link.engine() == Engine::Sqlite {
        let found: Vec<(String,)> = link.all("SELECT integrity_check FROM pragma_integrity_check").await?;
        wrong.extend(found.into_iter().map(|(line,)| line).filter(|line| line != "ok"));
        let lost: Vec<(String, i64)> =
            link.all("SELECT \"table\", COUNT(*) FROM pragma_foreign_key_check GROUP BY \"table\"").await?;
        wrong
            .extend(lost.into_iter().map(|(table, rows)| format!("{rows} rows of {table} refer to nothing")));
        return Ok(wrong);
    }
    let loose: Vec<(String,)> = link
        .all(
            "SELECT CAST(conname AS TEXT) FROM pg_constraint WHERE NOT convalidated \
             AND connamespace = current_schema()::regnamespace \
             UNION ALL SELECT CAST(c.relname AS TEXT) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
             WHERE NOT (i.indisvalid AND i.indisready) AND c.relnamespace = current_schema()::regnamespace",
        )
        .await?;
    wrong.extend(loose.into_iter().map(|(name,)| format!("{name} is not valid")));
    // PostgreSQL trusts foreign keys that were disabled for a while, so they are checked here.
    let references: Vec<(String, String, String, String)> = link
        .all(
            "SELECT CAST(f.conrelid::regclass AS TEXT), CAST(a.attname AS TEXT), CAST(f.confrelid::regclass AS TEXT), \
                    CAST(b.attname AS TEXT) \
             FROM pg_constraint f JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1] \
             JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = f.confkey[1] \
             WHERE f.contype = 'f' AND cardinality(f.conkey) = 1 AND f.connamespace = current_schema()::regnamespace",
        )
        .await?;
    for (table, column, other, key) in references {
        let lost = link
            .number(format!(
                "SELECT COUNT(*) FROM {table} f WHERE f.\"{column}\" IS NOT NULL \
                 AND NOT EXISTS (SELECT 1 FROM {other} t WHERE t.\"{key}\" = f.\"{column}\")"
            ))
            .await?;
        if lost > 0 {
            wrong.push(format!("{lost} rows of {table} refer to nothing by {column}"));
        }
    }
    Ok(wrong)
}

/// Queries about the firm; each counts violations.
const FIRM: [(&str, &str); 8] = [
    ("one firm", "SELECT CAST(ABS(COUNT(*) - 1) AS BIGINT) FROM firm"),
    ("one root of the tree", "SELECT CAST(ABS(COUNT(*) - 1) AS BIGINT) FROM units WHERE parent_id IS NULL"),
    (
        "an owner who can sign in",
        "SELECT CASE WHEN COUNT(*) > 0 THEN CAST(0 AS BIGINT) ELSE CAST(1 AS BIGINT) END FROM people \
         WHERE role = 'owner' AND active AND password_hash IS NOT NULL",
    ),
    (
        "every customer and deal has its history",
        "SELECT COUNT(*) FROM (SELECT id FROM customers UNION ALL SELECT id FROM deals) r \
         WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.subject_id = r.id)",
    ),
    (
        "every deal is in a stage that stands",
        "SELECT COUNT(*) FROM deals d JOIN stages s ON s.id = d.stage_id JOIN pipelines p ON p.id = s.pipeline_id \
         WHERE s.deleted_at IS NOT NULL OR p.deleted_at IS NOT NULL",
    ),
    (
        "every pipeline that stands has a stage of each kind",
        "SELECT CAST(COUNT(*) AS BIGINT) FROM pipelines p WHERE p.deleted_at IS NULL \
         AND 3 > (SELECT COUNT(DISTINCT s.status) \
         FROM stages s WHERE s.pipeline_id = p.id AND s.deleted_at IS NULL)",
    ),
    (
        "activities and tasks of a deal have its customer",
        "SELECT COUNT(*) FROM (SELECT deal_id, customer_id FROM activities UNION ALL SELECT deal_id, customer_id \
         FROM tasks) r \
         JOIN deals d ON d.id = r.deal_id WHERE COALESCE(CAST(r.customer_id AS TEXT), \
         '') <> COALESCE(CAST(d.customer_id AS TEXT), '')",
    ),
    (
        "no link or session of somebody who has left",
        "SELECT COUNT(*) FROM (SELECT person_id FROM links UNION ALL SELECT person_id FROM sessions) r \
         JOIN people p ON p.id = r.person_id WHERE NOT p.active",
    ),
];

/// The same for the table of all records. Not as joins: SQLite would read a whole index for each row.
pub(crate) const RECORDS: [(&str, &str); 4] = [
    (
        "every record stands in its kind's table, as it is there",
        "WITH kinds AS (SELECT id, 'customer' AS kind, owner_id, CAST(NULL AS UUID) AS customer_id, \
         CAST(NULL AS UUID) AS parent_id, deleted_at, SUBSTR(name, 1, 200) AS name FROM customers \
         UNION ALL SELECT id, 'deal', owner_id, customer_id, customer_id, deleted_at, SUBSTR(title, 1, 200) FROM deals \
         UNION ALL SELECT id, 'task', owner_id, customer_id, COALESCE(deal_id, record_id, customer_id), deleted_at, \
         SUBSTR(title, 1, 200) FROM tasks \
         UNION ALL SELECT id, 'own_record', owner_id, customer_id, customer_id, deleted_at, SUBSTR(name, 1, 200) \
         FROM own_records \
         UNION ALL SELECT id, 'activity', NULL, customer_id, COALESCE(deal_id, record_id, customer_id), deleted_at, \
         SUBSTR(content, 1, 200) \
             FROM activities), \
         all_records AS (SELECT id, kind, owner_id, customer_id, parent_id, deleted_at, name FROM records) \
         SELECT (SELECT COUNT(*) FROM (SELECT * FROM kinds EXCEPT SELECT * FROM all_records) missing) \
             + (SELECT COUNT(*) FROM (SELECT * FROM all_records EXCEPT SELECT * FROM kinds) beyond)",
    ),
    (
        "customers are found as their records are",
        "SELECT COUNT(*) FROM (SELECT id, search_key, name_key, sort_key FROM customers \
         EXCEPT SELECT id, search_key, name_key, sort_key FROM records WHERE kind = 'customer') other",
    ),
    (
        "every record is found by search",
        "SELECT COUNT(*) FROM (SELECT id, search_key FROM records WHERE search_key <> '' \
         EXCEPT SELECT id, search_key FROM records_search) missing",
    ),
    (
        "lists are narrowed by the values that records have",
        "WITH filled AS (SELECT id, CAST(own AS TEXT) AS own FROM records WHERE CAST(own AS TEXT) <> '{}'), \
         kept AS (SELECT r.id, f.number FROM filled r JOIN own_fields f ON r.own LIKE '%\"own_' || f.number || '\":%' \
         WHERE f.indexed), known AS (SELECT v.record_id, v.field_number FROM own_values v JOIN own_fields f \
         ON f.number = v.field_number WHERE f.indexed) \
         SELECT (SELECT COUNT(*) FROM (SELECT * FROM kept EXCEPT SELECT * FROM known) missing) \
             + (SELECT COUNT(*) FROM (SELECT * FROM known EXCEPT SELECT * FROM kept) beyond)",
    ),
];

/// The violations in the firm's data, by the name of the rule.
///
/// # Errors
/// The engine's error.
pub async fn firm(link: &mut Link<'_>, tables: &[Table]) -> Result<Vec<(String, i64)>> {
    let mut found = Vec::new();
    for (rule, sql) in FIRM {
        found.push((rule.to_owned(), link.number(sql.to_owned()).await?));
    }
    // Databases of older versions do not have these tables yet.
    if tables.iter().any(|table| table.name == "own_values") {
        for (rule, sql) in RECORDS {
            found.push((rule.to_owned(), link.number(sql.to_owned()).await?));
        }
    }
    found.push(("reach is what the tree says".to_owned(), reach_differs(link).await?));
    Ok(found)
}

async fn reach_differs(link: &mut Link<'_>) -> Result<i64> {
    let units: Vec<(UnitId, Option<UnitId>)> = link.all("SELECT id, parent_id FROM units").await?;
    let people: Vec<(PersonId, Sees, bool)> = link.all("SELECT id, sees, active FROM people").await?;
    let gone: BTreeSet<PersonId> = people.iter().filter(|person| !person.2).map(|person| person.0).collect();
    let people = people.into_iter().map(|(id, sees, _)| (id, sees)).collect();
    let stored: Vec<(PersonId, UnitId)> = link.all("SELECT viewer_id, unit_id FROM reach").await?;
    let stored: BTreeSet<_> = stored.into_iter().collect();
    let mut right = reach(&units.into_iter().collect(), &people);
    right.retain(|(viewer, _)| !gone.contains(viewer));
    Ok(i64::try_from(stored.symmetric_difference(&right).count()).unwrap_or(i64::MAX))
}

/// Records that share an id, which was possible before the table of all records: their names and the id. Empty if the
/// database has that table.
///
/// # Errors
/// The engine's error.
pub async fn shared_ids(link: &mut Link<'_>) -> Result<Vec<String>> {
    let tables = all_tables(link).await?;
    let there = |wanted: &str| tables.iter().any(|table| table == wanted);
    if there("records") || !there("tasks") {
        return Ok(Vec::new());
    }
    let shared: Vec<(Uuid, String, String)> = link
        .all(
            "SELECT id, MIN(name), MAX(name) FROM (SELECT id, name FROM customers UNION ALL SELECT id, title \
             FROM deals \
             UNION ALL SELECT id, title FROM tasks UNION ALL SELECT id, SUBSTR(content, 1, 60) FROM activities) r \
             GROUP BY id HAVING COUNT(*) > 1 ORDER BY id LIMIT 5",
        )
        .await?;
    Ok(shared.into_iter().map(|(id, one, other)| format!("“{one}” and “{other}” ({id})")).collect())
}

/// Whether a row's sort key and its key for "begins with" match its name.
#[must_use]
pub fn keys_fit(table: &Table, row: &[Cell]) -> bool {
    let cell = |column| table.place_of(column).map(|at| &row[at]);
    let name = match cell("name").or_else(|| cell("title")) {
        Some(Cell::Text(name)) => name,
        _ => return true,
    };
    // Some records are sorted by their first letter or digit, ignoring signs before it.
    let bare = name.trim_start_matches(|c: char| !c.is_alphanumeric());
    // Records that are not listed by name or not searched have no keys.
    let may_lack = table.name == "records";
    let fits = |column, keys: &[Vec<u8>]| match cell(column) {
        Some(Cell::Bytes(bytes)) => keys.contains(bytes) || (may_lack && bytes.is_empty()),
        _ => true,
    };
    fits("sort_key", &[sort_key(name), sort_key(bare)]) && fits("name_key", &[name_key(name)])
}

/// Whether the database holds a firm's tables at all.
///
/// # Errors
/// The engine's error.
pub async fn is_ours(link: &mut Link<'_>) -> Result<bool> {
    Ok(all_tables(link).await?.iter().any(|table| table == "firm"))
}
