//! The facts of the firm: its name (also the name of the root unit), language, currency and time zone. Only an owner
//! may change them. Also what people change in their own profile.

use super::address::look_of;
use super::changes;
use crate::auth::model::Permission;
use crate::error::{Error, Problem, Result};
use crate::i18n::Locale;
use crate::id::{EventId, PersonId, UnitId};
use crate::journal::conflict::{Seen, merged, telling};
use crate::journal::model::{What, difference, fields_of};
use crate::journal::store::{Change, Undoable, begun_from, record};
use crate::live::Kind;
use crate::people::input::{FirmForm, ProfileForm};
use crate::people::model::{FirmProfile, PersonFacts};
use crate::server::db::Tx;
use crate::server::text::sort_key;
use serde_json::Value;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    version: i64,
    #[sqlx(flatten)]
    facts: FirmProfile,
}

async fn row(tx: &mut Tx) -> Result<Row> {
    Ok(tx.everyones("SELECT id, version, name, language, currency, time_zone FROM firm").one().await?)
}

/// The form of the firm, filled in.
///
/// # Errors
/// `Forbidden` for anybody but an owner.
pub async fn draft(tx: &mut Tx) -> Result<FirmForm> {
    tx.actor().must(Permission::Administer)?;
    let row = row(tx).await?;
    Ok(FirmForm::of(&row.facts, row.version))
}

/// Changes the firm to what the form says; `None` where nothing differs.
///
/// # Errors
/// `Invalid` with every problem; `Conflict` when somebody changed it since.
pub async fn change(tx: &mut Tx, form: &FirmForm) -> Result<Option<EventId>> {
    tx.actor().must(Permission::Administer)?;
    let seen = Seen::read(&form.version, &form.over)?;
    let mine = form.parse().map_err(Error::Invalid)?;
    if mine.time_zone.parse::<chrono_tz::Tz>().is_err() {
        return Err(Error::invalid("time_zone", Problem::BadTimeZone));
    }
    let now = row(tx).await?;
    let conflict = || Error::Conflict { version: now.version, theirs: Value::Object(fields_of(&now.facts)) };
    let was = begun_from(tx, Kind::Firm, now.id, (&now.facts, now.version), seen).await?;
    let was = was.ok_or_else(conflict)?;
    let new = merged(&was, &now.facts, &mine, &[], seen.is_over(now.version));
    let new = new.map_err(|both| telling(conflict(), both))?;
    save(tx, &now, &new, What::Changed, None).await
}

/// Undoes a change of the firm, unless somebody has changed the same fields since.
///
/// # Errors
/// `Conflict` when somebody has; `Forbidden` for anybody but an owner.
pub async fn take_back(tx: &mut Tx, change: &Undoable) -> Result<()> {
    tx.actor().must(Permission::Administer)?;
    let now = row(tx).await?;
    let back: FirmProfile = change.facts(&fields_of(&now.facts), now.version)?;
    save(tx, &now, &back, What::Undone, Some(change.id)).await?;
    Ok(())
}

async fn save(
    tx: &mut Tx,
    now: &Row,
    new: &FirmProfile,
    what: What,
    undoes: Option<EventId>,
) -> Result<Option<EventId>> {
    let Some((before, after)) = difference(&now.facts, new) else { return Ok(None) };
    let changed = tx
        .everyones(
            "UPDATE firm SET name = $3, language = $4, currency = $5, time_zone = $6, version = version + 1 \
             WHERE version = $2",
        )
        .bind(now.version)
        .bind(new.name.clone())
        .bind(new.language)
        .bind(new.currency)
        .bind(new.time_zone.clone())
        .execute()
        .await?;
    if changed == 0 {
        return Err(Error::Conflict { version: now.version, theirs: Value::Object(fields_of(&now.facts)) });
    }
    let top = UnitId(now.id);
    tx.unscoped()
        .query("UPDATE units SET name = $2, sort_key = $3 WHERE id = $1")
        .bind(top)
        .bind(new.name.clone())
        .bind(sort_key(&new.name))
        .execute()
        .await?;
    let change = Change {
        kind: Kind::Firm,
        subject: now.id,
        units: (top, top),
        customer: None,
        what,
        before,
        after,
        cmd: None,
        undoes,
    };
    record(tx, change).await.map(Some)
}

/// Whether the form changes the address for signing in, which needs the current password.
///
/// # Errors
/// `Invalid` with every problem of the form, or with `Taken` for somebody else's address.
pub async fn needs_proof(tx: &mut Tx, form: &ProfileForm) -> Result<bool> {
    let (_, email, _) = form.parse().map_err(Error::Invalid)?;
    let me = tx.actor().id;
    let (now, _) = changes::facts_of(tx, me).await?;
    if now.email.is_some_and(|now| look_of(&now) == look_of(&email)) {
        return Ok(false);
    }
    changes::is_free(tx, me, Some(&email)).await?;
    Ok(true)
}

/// Changes one's own name, address and language.
///
/// # Errors
/// `Invalid` with every problem.
pub async fn change_profile(tx: &mut Tx, form: &ProfileForm) -> Result<Option<EventId>> {
    let (name, email, language) = form.parse().map_err(Error::Invalid)?;
    let me = tx.actor().id;
    let new =
        |now: &PersonFacts| PersonFacts { name, email: Some(email), language: Some(language), ..now.clone() };
    changes::change(tx, me, None, new).await
}

/// Sets the language in which one wants the pages.
///
/// # Errors
/// `Internal` only.
pub async fn speak(tx: &mut Tx, language: Locale) -> Result<()> {
    let me: PersonId = tx.actor().id;
    changes::change(tx, me, None, |now| PersonFacts { language: Some(language), ..now.clone() }).await?;
    Ok(())
}
