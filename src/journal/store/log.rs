//! Reads the firm's log: all events in reach of the person asking, newest first, filtered by person, kind and day. Only
//! for those with the right to follow what others do.

use super::lines::{COLUMNS, EventRow, SUBJECTS, told};
use crate::activities::model::Mark;
use crate::auth::model::Permission;
use crate::error::Result;
use crate::id::PersonId;
use crate::journal::view::{LogPage, LogQuery};
use crate::live::Kind;
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::sql::Sql;
use chrono::{Days, NaiveTime};

/// The number of lines on a page.
const PAGE: usize = 60;

/// What is in reach: the unit is that of the record, of the record it belongs to, or, for what is no record any more or
/// never was one (settings, people, what was deleted for good), that of the event. Events of hidden kinds are left out:
/// of the kinds, their fields, their records, and of activities on these. So is another position within a stage.
const IN_REACH: &str = "LEFT JOIN records o ON o.id = r.parent_id \
     WHERE COALESCE(r.owner_id, o.owner_id, e.unit_id) IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
       AND COALESCE(q.kind_number, (SELECT x.kind_number FROM own_records x \
             WHERE x.id = CASE WHEN r.owner_id IS NULL THEN r.parent_id END), 0) \
         NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1) \
       AND e.subject_id NOT IN (SELECT id FROM own_kinds \
         WHERE number IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1)) \
       AND COALESCE(f.kind, '') NOT IN (SELECT 'kind_' || number FROM hidden_kinds WHERE viewer_id = $1) \
       AND NOT (e.kind IN ('deal', 'own_record') AND e.what = 'moved' \
         AND CAST(e.after AS TEXT) NOT LIKE '%\"stage_id\"%' \
         AND CAST(e.after AS TEXT) NOT LIKE '%\"stage\":%')";

/// A page of the log.
///
/// # Errors
/// `Forbidden` without the right to follow what others do.
pub async fn log(tx: &mut Tx, query: &LogQuery) -> Result<LogPage> {
    tx.actor().must(Permission::Follow)?;
    let zone = tx.actor().zone;
    let from = query.day.map(|day| clock::from_local(day.and_time(NaiveTime::MIN), zone));
    let until = query.day.map(|day| clock::from_local((day + Days::new(1)).and_time(NaiveTime::MIN), zone));
    let kinds = query.kind.map(together);
    let sql = Sql::new("SELECT")
        .and(COLUMNS)
        .and("FROM events e")
        .and(SUBJECTS)
        .and(IN_REACH)
        // Nobody did this: the program deletes by itself, in the owner's name.
        .when(query.person.is_some(), "AND e.actor_id = $2 AND e.what <> 'purged'")
        // With one kind the index on kind and time is used; kinds that are filtered together have few events.
        .when(kinds.is_some_and(|[one, other, ..]| one == other), "AND e.kind = $3")
        .when(
            kinds.is_some_and(|[one, other, ..]| one != other),
            "AND e.kind IN ($3, $4, $10, $11, $12, $13)",
        )
        .when(query.day.is_some(), "AND e.at >= $5 AND e.at < $6")
        .when(query.after.is_some(), "AND (e.at, e.id) < ($7, $8)")
        .and("ORDER BY e.at DESC, e.id DESC LIMIT $9");
    let mut rows: Vec<EventRow> = tx
        .query(sql)
        .bind(query.person)
        .bind(kinds.map(|[kind, ..]| kind))
        .bind(kinds.map(|[_, kind, ..]| kind))
        .bind(from)
        .bind(until)
        .bind(query.after.map(Mark::at))
        .bind(query.after.map(|mark| mark.id))
        .bind(i64::try_from(PAGE).unwrap_or_default() + 1)
        .bind(kinds.map(|[_, _, kind, ..]| kind))
        .bind(kinds.map(|[.., kind, _, _]| kind))
        .bind(kinds.map(|[.., kind, _]| kind))
        .bind(kinds.map(|[.., kind]| kind))
        .all()
        .await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let lines = told(tx, rows).await?;
    let next = lines.last().filter(|_| more).map(|(at, line)| Mark::new(*at, line.id.0));
    let people: Vec<(PersonId, String)> = tx
        .query(
            "SELECT p.id, u.name FROM people p JOIN units u ON u.id = p.id \
             WHERE p.id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) ORDER BY u.sort_key",
        )
        .all()
        .await?;
    Ok(LogPage { lines: lines.into_iter().map(|(_, line)| line).collect(), next, people })
}

/// The kinds that are filtered as one: people and groups; everything of the settings. Any other kind is repeated,
/// because the statement has a fixed number of parameters.
const fn together(kind: Kind) -> [Kind; 6] {
    match kind {
        Kind::Person | Kind::Group => {
            [Kind::Person, Kind::Group, Kind::Group, Kind::Group, Kind::Group, Kind::Group]
        }
        Kind::Firm | Kind::Pipeline | Kind::Product | Kind::Field | Kind::OwnKind | Kind::SettingsDraft => {
            [Kind::Firm, Kind::Pipeline, Kind::Product, Kind::Field, Kind::OwnKind, Kind::SettingsDraft]
        }
        other => [other; 6],
    }
}
