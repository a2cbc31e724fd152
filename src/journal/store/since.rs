//! What a record was at a version that somebody has read: the events since then, walked back. So it is known who
//! changed which field.

use super::Undoable;
use crate::error::Result;
use crate::journal::conflict::Seen;
use crate::journal::model::{Fields, fields_of, taken_back};
use crate::live::Kind;
use crate::server::db::Tx;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

/// Over more changes than this nothing is put together.
const MOST: i64 = 200;

/// The facts at version `then`, if every change up to `now` is on record; the record's store has made sure that it is
/// in reach.
///
/// # Errors
/// `Internal` only.
pub async fn as_of<F: Clone + Serialize + DeserializeOwned>(
    tx: &mut Tx,
    kind: Kind,
    subject: Uuid,
    (facts, now): (&F, i64),
    then: i64,
) -> Result<Option<F>> {
    // Whatever a form names as its version.
    let Some(steps) = now.checked_sub(then).filter(|steps| (0..=MOST).contains(steps)) else {
        return Ok(None);
    };
    if steps == 0 {
        return Ok(Some(facts.clone()));
    }
    let events: Vec<(Json<Fields>, Json<Fields>)> = tx
        .everyones(
            "SELECT before, after FROM events WHERE subject_id = $2 AND kind || '' = $3 \
             ORDER BY at DESC, id DESC LIMIT $4",
        )
        .bind(subject)
        .bind(kind)
        .bind(steps)
        .all()
        .await?;
    let mut was = fields_of(facts);
    let whole = i64::try_from(events.len()).is_ok_and(|found| found == steps);
    for (Json(before), Json(after)) in events {
        // An event that tells of something else than this version did not make it.
        match taken_back(&was, &before, &after) {
            Ok(back) if !before.is_empty() => was = back,
            _ => return Ok(None),
        }
    }
    Ok(serde_json::from_value(Value::Object(was)).ok().filter(|_| whole))
}

/// The facts from which a form began; those on record now where that can't be known and its fields are to stand over
/// them.
///
/// # Errors
/// `Internal` only.
pub async fn begun_from<F: Clone + Serialize + DeserializeOwned>(
    tx: &mut Tx,
    kind: Kind,
    subject: Uuid,
    (facts, now): (&F, i64),
    seen: Seen,
) -> Result<Option<F>> {
    let was = as_of(tx, kind, subject, (facts, now), seen.version).await?;
    Ok(was.or_else(|| seen.is_over(now).then(|| facts.clone())))
}

/// Whether anybody has written that field of the record after this change; the record's store has made sure that it is
/// in reach.
///
/// # Errors
/// `Internal` only.
pub async fn written_since(tx: &mut Tx, change: &Undoable, field: &str) -> Result<bool> {
    let since: Vec<(Json<Fields>,)> = tx
        .everyones(
            "SELECT after FROM events WHERE subject_id = $2 AND kind || '' = $3 AND id <> $4 \
               AND at >= (SELECT at FROM events WHERE id = $4) ORDER BY at DESC, id DESC LIMIT $5",
        )
        .bind(change.subject)
        .bind(change.kind)
        .bind(change.id)
        .bind(MOST)
        .all()
        .await?;
    Ok(since.iter().any(|(Json(after),)| after.contains_key(field)))
}
