//! The log of the firm: all events in reach of the person asking, newest first, filtered by person, kind and day. For those who may follow
//! what others do.

use super::lines::{EventRow, told};
use crate::activities::model::Mark;
use crate::auth::model::Permission;
use crate::error::Result;
use crate::id::PersonId;
use crate::journal::told::{LogPage, LogWish};
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::sql::Sql;
use chrono::{Days, NaiveTime};

const PAGE: usize = 60;

/// Events of records in reach; what is gone for good is still told of, by its bare event.
const EVENTS: &str = "SELECT e.id, e.at, u.name AS actor, e.kind, e.subject_id, c.name AS customer, d.title AS deal, a.content, e.what, \
         e.before, e.after, d.currency \
     FROM events e JOIN units u ON u.id = e.actor_id LEFT JOIN customers c ON c.id = e.subject_id \
     LEFT JOIN deals d ON d.id = e.subject_id LEFT JOIN activities a ON a.id = e.subject_id \
     LEFT JOIN deals ad ON ad.id = a.deal_id LEFT JOIN customers ac ON ac.id = a.customer_id AND a.deal_id IS NULL \
     WHERE e.kind IN ('customer', 'deal', 'activity') \
       AND e.unit_id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
       AND COALESCE(c.owner_id, d.owner_id, ad.owner_id, ac.owner_id, e.unit_id) IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
       AND NOT (e.what = 'moved' AND CAST(e.after AS TEXT) NOT LIKE '%\"stage_id\"%')";

/// A part of the log.
///
/// # Errors
/// `Forbidden` for who may not follow what others do.
pub async fn log(tx: &mut Tx, wish: &LogWish) -> Result<LogPage> {
    tx.actor().must(Permission::Follow)?;
    let zone = tx.actor().zone;
    let from = wish.day.map(|day| clock::from_local(day.and_time(NaiveTime::MIN), zone));
    let until = wish.day.map(|day| clock::from_local((day + Days::new(1)).and_time(NaiveTime::MIN), zone));
    let sql = Sql::new(EVENTS)
        .when(wish.person.is_some(), "AND e.actor_id = $2")
        .when(wish.kind.is_some(), "AND e.kind = $3")
        .when(wish.day.is_some(), "AND e.at >= $4 AND e.at < $5")
        .when(wish.after.is_some(), "AND (e.at, e.id) < ($6, $7)")
        .and("ORDER BY e.at DESC, e.id DESC LIMIT $8");
    let mut rows: Vec<EventRow> = tx
        .query(sql)
        .bind(wish.person)
        .bind(wish.kind)
        .bind(from)
        .bind(until)
        .bind(wish.after.map(Mark::at))
        .bind(wish.after.map(|mark| mark.id))
        .bind(i64::try_from(PAGE).unwrap_or_default() + 1)
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
