//! Rebuilds an older version of a record by undoing its events since then, so that a conflict can say who changed which
//! field. It only reads.

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

/// An older version is rebuilt over at most this many changes.
const MOST: i64 = 200;

/// The facts at version `then`, rebuilt from the `facts` of version `now`. `None` if not every change in between has an
/// event with its values. The caller has checked that the record is in reach.
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
    // `then` comes from a form and can be any number.
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
        // If the values do not match, the event did not make this version.
        match taken_back(&was, &before, &after) {
            Ok(back) if !before.is_empty() => was = back,
            _ => return Ok(None),
        }
    }
    Ok(serde_json::from_value(Value::Object(was)).ok().filter(|_| whole))
}

/// The facts with which a form was opened. If they can't be rebuilt, the present facts when the form is to overwrite
/// them, else `None`.
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

/// Whether anybody has written this field of the record after this change. The caller has checked that the record is in
/// reach.
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
