//! What a card tells of its events: read through permissions, by time, with the names behind ids. It changes nothing.

use crate::error::Result;
use crate::i18n::Currency;
use crate::id::EventId;
use crate::journal::model::{FieldChange, Fields, HistoryLine, What};
use crate::live::Kind;
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::sql::Sql;
use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;
use serde_json::Value;
use sqlx::types::Json;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct EventRow {
    id: EventId,
    at: DateTime<Utc>,
    actor: String,
    kind: Kind,
    subject_id: Uuid,
    deal: Option<String>,
    content: Option<String>,
    task: Option<String>,
    what: What,
    before: Json<Fields>,
    after: Json<Fields>,
    currency: Option<Currency>,
}

/// What is no news on a card: an activity that was added stands there itself, and another place within a stage says nothing.
/// So does a task put off.
const NEWS: &str = "AND e.what <> 'snoozed' AND NOT (e.kind = 'activity' AND e.what = 'created') \
     AND NOT (e.what = 'moved' AND CAST(e.after AS TEXT) NOT LIKE '%\"stage_id\"%')";
/// Of deals, and of activities about deals, only those in reach; the card itself is asked for by the caller.
const IN_REACH: &str = "AND (e.kind NOT IN ('deal', 'activity', 'task') \
     OR (e.kind = 'deal' AND EXISTS (SELECT 1 FROM deals d WHERE d.id = e.subject_id \
         AND d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1))) \
     OR (e.kind = 'task' AND EXISTS (SELECT 1 FROM tasks t WHERE t.id = e.subject_id \
         AND t.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1))) \
     OR (e.kind = 'activity' AND EXISTS (SELECT 1 FROM activities a LEFT JOIN deals d ON d.id = a.deal_id WHERE a.id = e.subject_id \
         AND (a.deal_id IS NULL OR d.owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)))))";
const OLDER: &str = "AND (e.at, e.id) < ($4, $5)";
const NEWEST: &str = "ORDER BY e.at DESC, e.id DESC LIMIT $3";

/// What happened to a customer or a deal before that moment and event, newest first, each with its moment. The caller has made sure that
/// the person may see the card.
///
/// # Errors
/// `Internal` only.
pub async fn lines_of(
    tx: &mut Tx,
    card: Uuid,
    before: Option<(DateTime<Utc>, Uuid)>,
    most: i64,
) -> Result<Vec<(DateTime<Utc>, HistoryLine)>> {
    let part = |sql: Sql, piece: &'static str| {
        sql.and(piece).and(IN_REACH).and(NEWS).when(before.is_some(), OLDER).and(NEWEST)
    };
    // Three indexes, each read only as far as the page goes.
    let sql = Sql::new("WITH told AS (SELECT id FROM (SELECT e.id FROM events e");
    let sql =
        part(sql, "WHERE e.subject_id = $2").and(") AS own UNION SELECT id FROM (SELECT e.id FROM events e");
    let sql = part(sql, "WHERE e.customer_id = $2")
        .and(") AS of_customer UNION SELECT id FROM (SELECT e.id FROM event_cards c JOIN events e ON e.id = c.event_id");
    let sql = part(sql, "WHERE c.card_id = $2").and(
        ") AS beside) \
         SELECT e.id, e.at, u.name AS actor, e.kind, e.subject_id, d.title AS deal, a.content, t.title AS task, e.what, e.before, e.after, d.currency \
         FROM told JOIN events e ON e.id = told.id JOIN units u ON u.id = e.actor_id \
         LEFT JOIN deals d ON d.id = e.subject_id LEFT JOIN activities a ON a.id = e.subject_id \
         LEFT JOIN tasks t ON t.id = e.subject_id",
    );
    let rows: Vec<EventRow> = tx
        .query(sql.and(NEWEST))
        .bind(card)
        .bind(most)
        .bind(before.map(|(at, _)| at))
        .bind(before.map(|(_, id)| id))
        .all()
        .await?;
    let names = names_in(tx, &rows).await?;
    let zone = tx.actor().zone;
    let line = |row: EventRow| {
        let line = HistoryLine {
            id: row.id,
            at: clock::local(row.at, zone),
            actor: row.actor,
            kind: row.kind,
            subject_id: row.subject_id,
            subject: row.deal.or(row.content).or(row.task).filter(|_| row.subject_id != card),
            what: row.what,
            changes: changes(&row.before, &row.after, &names, zone),
            currency: row.currency,
        };
        (row.at, line)
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Fields whose value says nothing to a person.
const UNTOLD: [&str; 3] = ["position", "deleted", "stage_since"];

fn changes(before: &Fields, after: &Fields, names: &HashMap<Uuid, String>, zone: Tz) -> Vec<FieldChange> {
    let shown = |value: Option<&Value>| match value {
        Some(Value::String(text)) => match (text.parse::<Uuid>(), moment(text, zone)) {
            (Ok(id), _) => names.get(&id).cloned().map_or(Value::Null, Value::String),
            (_, Some(at)) => Value::String(at.format("%Y-%m-%dT%H:%M:%S").to_string()),
            _ => Value::String(text.clone()),
        },
        other => other.cloned().unwrap_or(Value::Null),
    };
    after
        .iter()
        .filter(|(field, _)| before.contains_key(*field) && !UNTOLD.contains(&field.as_str()))
        .map(|(field, value)| FieldChange {
            field: field.trim_end_matches("_id").to_owned(),
            before: shown(before.get(field)),
            after: shown(Some(value)),
        })
        .collect()
}

/// A moment as facts hold it, on the firm's wall clock.
fn moment(text: &str, zone: Tz) -> Option<NaiveDateTime> {
    let at: DateTime<Utc> = text.ends_with('Z').then(|| text.parse().ok())??;
    Some(clock::local(at, zone))
}

/// So many ids are named by one statement.
const TOGETHER: usize = 16;

/// The names behind the ids in those events, as far as the person may see them.
async fn names_in(tx: &mut Tx, rows: &[EventRow]) -> Result<HashMap<Uuid, String>> {
    const THEM: &str = "($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    let ids: BTreeSet<Uuid> = rows
        .iter()
        .flat_map(|row| row.before.0.values().chain(row.after.0.values()))
        .filter_map(|value| value.as_str()?.parse().ok())
        .collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let mut names = HashMap::new();
    for some in ids.chunks(TOGETHER) {
        let sql = Sql::new("SELECT id, name FROM units WHERE id IN")
            .and(THEM)
            .and("UNION ALL SELECT id, name FROM stages WHERE id IN")
            .and(THEM)
            .and("UNION ALL SELECT id, name FROM products WHERE id IN")
            .and(THEM)
            .and(
                "UNION ALL SELECT id, name FROM customers \
                 WHERE owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) AND id IN",
            )
            .and(THEM)
            .and(
                "UNION ALL SELECT id, title FROM deals \
                 WHERE owner_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) AND id IN",
            )
            .and(THEM);
        // A statement has a fixed number of places: the first id fills those that are left.
        let places = some.iter().chain(std::iter::repeat(&some[0])).take(TOGETHER);
        let found: Vec<(Uuid, String)> =
            places.fold(tx.query(sql), |query, id| query.bind(*id)).all().await?;
        names.extend(found);
    }
    Ok(names)
}
