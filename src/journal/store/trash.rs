//! Reads the trash: records that were deleted in the last days and are in reach, each with the event that deleted it.
//! Restoring a record is undo of that event.

use crate::activities::model::Mark;
use crate::error::Result;
use crate::id::{EventId, KindNr};
use crate::journal::view::{Gone, KEPT_DAYS, TrashPage};
use crate::live::Kind;
use crate::own_kinds;
use crate::server::clock;
use crate::server::db::Tx;
use crate::server::sql::Sql;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// The number of records on a page.
const PAGE: usize = 60;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    kind: Kind,
    name: String,
    at: DateTime<Utc>,
    who: String,
    event: EventId,
    own_kind: Option<KindNr>,
}

/// The deleted records of a page, without those of hidden kinds and without activities whose card is deleted, too.
const DELETED: &str = "WITH gone AS (SELECT g.id, g.kind, g.name, g.deleted_at AS at FROM records g \
     LEFT JOIN records o ON o.id = g.parent_id WHERE g.deleted_at >= $2 \
       AND COALESCE(g.owner_id, o.owner_id) IN (SELECT unit_id FROM reach WHERE viewer_id = $1) \
       AND (g.owner_id IS NOT NULL OR o.deleted_at IS NULL) \
       AND COALESCE((SELECT x.kind_number FROM own_records x \
             WHERE x.id = CASE WHEN g.owner_id IS NULL THEN g.parent_id ELSE g.id END), 0) \
         NOT IN (SELECT number FROM hidden_kinds WHERE viewer_id = $1)";
/// The latest event that wrote the field `deleted` is the one that deleted the record.
const BY_WHOM: &str = "ORDER BY g.deleted_at DESC, g.id DESC LIMIT $5) \
     SELECT gone.id, gone.kind, gone.name, gone.at, u.name AS who, e.id AS event, \
         (SELECT q.kind_number FROM own_records q WHERE q.id = gone.id) AS own_kind FROM gone \
     JOIN events e ON e.id = (SELECT l.id FROM events l WHERE l.subject_id = gone.id AND l.kind || '' = gone.kind \
         AND CAST(l.after AS TEXT) LIKE '%\"deleted\":%' ORDER BY l.at DESC, l.id DESC LIMIT 1) \
     JOIN units u ON u.id = e.actor_id ORDER BY gone.at DESC, gone.id DESC";

/// A page of the trash, the last deleted first. An activity whose card is deleted, too, is restored with its card.
///
/// # Errors
/// `Internal` only.
pub async fn trash(tx: &mut Tx, after: Option<Mark>) -> Result<TrashPage> {
    let oldest = clock::now() - TimeDelta::days(KEPT_DAYS);
    let sql = Sql::new(DELETED).when(after.is_some(), "AND (g.deleted_at, g.id) < ($3, $4)").and(BY_WHOM);
    let mut rows: Vec<Row> = tx
        .query(sql)
        .bind(oldest)
        .bind(after.map(Mark::at))
        .bind(after.map(|mark| mark.id))
        .bind(i64::try_from(PAGE).unwrap_or_default() + 1)
        .all()
        .await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|row| Mark::new(row.at, row.id));
    let zone = tx.actor().zone;
    let own = rows.iter().any(|row| row.own_kind.is_some());
    let kinds = if own { own_kinds::store::all(tx).await? } else { Vec::new() };
    let (locale, role) = (tx.actor().locale, tx.actor().role);
    let of = |nr: Option<KindNr>| kinds.iter().find(|kind| Some(kind.nr) == nr);
    let gone = |row: Row| Gone {
        id: row.id,
        kind: row.kind,
        kind_name: of(row.own_kind).map(|kind| kind.facts.one(locale).to_owned()),
        may_return: of(row.own_kind).is_none_or(|kind| kind.facts.may_change(role)),
        name: row.name,
        at: clock::local(row.at, zone),
        by: row.who,
        // A day that has begun counts as a whole one.
        days: (row.at - oldest + TimeDelta::days(1) - TimeDelta::seconds(1)).num_days(),
        event: row.event,
    };
    Ok(TrashPage { gone: rows.into_iter().map(gone).collect(), next })
}
