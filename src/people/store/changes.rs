//! Changes of people: one person's facts, written with an event after `people::rules` has allowed it. Groups, the firm
//! and links are in modules of their own.

use super::address::must_be_free;
use super::record::on_record;
use super::{add_person, org, reach::rebuild_reach};
use crate::auth::model::{Permission, Role, Sees};
use crate::auth::store::links;
use crate::error::{Error, Problem, Result};
use crate::i18n::Locale;
use crate::id::{EventId, PersonId, UnitId};
use crate::journal::conflict::{Seen, merged, telling};
use crate::journal::model::{Fields, What, difference, fields_of};
use crate::journal::store::{Undoable, begun_from};
use crate::live::Kind;
use crate::people::input::Seating;
use crate::people::model::{Invited, PersonFacts};
use crate::people::rules::Act;
use crate::people::store::NewPerson;
use crate::server::db::Tx;
use crate::server::text::sort_key;

#[derive(sqlx::FromRow)]
struct Row {
    name: String,
    email: Option<String>,
    role: Role,
    sees: Sees,
    active: bool,
    under_id: UnitId,
    language: Option<Locale>,
    version: i64,
}

/// The facts of a person in reach, and their version.
///
/// # Errors
/// `NotFound` for none, or one out of reach.
pub async fn facts_of(tx: &mut Tx, id: PersonId) -> Result<(PersonFacts, i64)> {
    let row: Option<Row> = tx
        .query(
            "SELECT u.name, p.email, p.role, p.sees, p.active, u.parent_id AS under_id, p.language, p.version \
             FROM people p JOIN units u ON u.id = p.id \
             WHERE p.id = $2 AND p.id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        )
        .bind(id)
        .optional()
        .await?;
    let row = row.ok_or(Error::NotFound)?;
    let facts = PersonFacts {
        name: row.name,
        email: row.email,
        role: row.role,
        sees: row.sees,
        active: row.active,
        under_id: row.under_id,
        language: row.language,
    };
    Ok((facts, row.version))
}

/// Adds a person with a link to join. Until they have used it they have no rights.
///
/// # Errors
/// The errors of `people::rules`; `Invalid` with `Taken` for an address in use.
pub async fn invite(tx: &mut Tx, name: &str, email: &str, seating: Seating) -> Result<Invited> {
    let org = org::take(tx).await?;
    let Seating { role, sees, under } = seating;
    let who = PersonId(uuid::Uuid::now_v7());
    org.after(tx.actor().id, &Act::Invite { who, role, sees, under })?;
    let new = NewPerson {
        name: name.to_owned(),
        email: Some(email.to_owned()),
        role,
        sees: Some(sees),
        password: None,
        under: Some(under),
    };
    let who = add_person(tx.unscoped(), new).await?;
    rebuild_reach(tx.unscoped()).await?;
    let (facts, _) = facts_of(tx, who).await?;
    on_record(tx, who, What::Invited, (Fields::new(), fields_of(&facts)), None).await?;
    Ok(Invited { person: who, link: links::make(tx, who).await? })
}

/// Makes a link for somebody: to join, or to set a new password. An earlier link ends.
///
/// # Errors
/// The errors of `people::rules`; `Invalid` at `email` for somebody without an address to sign in with.
pub async fn link(tx: &mut Tx, who: PersonId) -> Result<Invited> {
    let org = org::take(tx).await?;
    org.after(tx.actor().id, &Act::Link { who })?;
    let (facts, _) = facts_of(tx, who).await?;
    if facts.email.is_none() {
        return Err(Error::invalid("email", Problem::Required));
    }
    let link = links::make(tx, who).await?;
    on_record(tx, who, What::LinkMade, (Fields::new(), Fields::new()), None).await?;
    Ok(Invited { person: who, link })
}

/// Fields that conflict with each other when two people change one each: an owner must see everything.
const TOGETHER: &[&[&str]] = &[&["role", "sees"]];

/// Changes a person, based on the version that was seen or else on the present one. `None` where nothing differs.
///
/// # Errors
/// `Conflict` when somebody changed the same field since; the errors of `people::rules`; `Invalid` with `Taken` for an
/// address in use.
pub async fn change(
    tx: &mut Tx,
    who: PersonId,
    seen: Option<Seen>,
    make: impl FnOnce(&PersonFacts) -> PersonFacts,
) -> Result<Option<EventId>> {
    let org = org::take(tx).await?;
    let (now, found) = facts_of(tx, who).await?;
    let new = match seen {
        None => make(&now),
        Some(seen) => {
            let conflict =
                || Error::Conflict { version: found, theirs: serde_json::Value::Object(fields_of(&now)) };
            let was = begun_from(tx, Kind::Person, who.0, (&now, found), seen).await?;
            let was = was.ok_or_else(conflict)?;
            let new = merged(&was, &now, &make(&was), TOGETHER, seen.is_over(found));
            new.map_err(|both| telling(conflict(), both))?
        }
    };
    allowed(&org, tx.actor().id, who, &now, &new)?;
    let what = match (now.active, new.active) {
        (true, false) => What::Deactivated,
        (false, true) => What::Activated,
        _ if (PersonFacts { under_id: new.under_id, ..now.clone() }) == new => What::Moved,
        _ => What::Changed,
    };
    save(tx, who, (&now, found), &new, what, None).await
}

/// Asks the rules, except for people who change the name, address or language of their own account.
fn allowed(
    org: &crate::people::rules::Org,
    actor: PersonId,
    who: PersonId,
    now: &PersonFacts,
    new: &PersonFacts,
) -> Result<()> {
    let seat = |facts: &PersonFacts| (facts.role, facts.sees, facts.active, facts.under_id);
    if actor == who && seat(now) == seat(new) {
        return Ok(());
    }
    let act = Act::Change { who, role: new.role, sees: new.sees, active: new.active, under: new.under_id };
    org.after(actor, &act).map(|_| ())
}

/// Undoes a change of a person, unless somebody has changed the same fields since; the rules are asked again.
///
/// # Errors
/// `Conflict` when somebody has; `NotFound` for a change that can't be undone; the errors of `people::rules`.
pub async fn take_back(tx: &mut Tx, change: &Undoable) -> Result<()> {
    let who = PersonId(change.subject);
    if change.left_field("handed_to") {
        return super::hand_over::take_back(tx, change).await;
    }
    let org = org::take(tx).await?;
    let (now, version) = facts_of(tx, who).await?;
    if !change.changed_something() {
        return Err(Error::NotFound);
    }
    let back: PersonFacts = change.facts(&fields_of(&now), version)?;
    allowed(&org, tx.actor().id, who, &now, &back)?;
    save(tx, who, (&now, version), &back, What::Undone, Some(change.id)).await?;
    Ok(())
}

async fn save(
    tx: &mut Tx,
    who: PersonId,
    (old, version): (&PersonFacts, i64),
    new: &PersonFacts,
    what: What,
    undoes: Option<EventId>,
) -> Result<Option<EventId>> {
    let Some(fields) = difference(old, new) else { return Ok(None) };
    if old.email != new.email {
        is_free(tx, who, new.email.as_deref()).await?;
    }
    let changed = tx
        .query(
            "UPDATE people SET email = $4, role = $5, sees = $6, active = $7, language = $8, version = version + 1 \
             WHERE id = $2 AND version = $3 AND id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        )
        .bind(who)
        .bind(version)
        .bind(new.email.clone())
        .bind(new.role)
        .bind(new.sees)
        .bind(new.active)
        .bind(new.language)
        .execute()
        .await?;
    if changed == 0 {
        return Err(Error::Conflict { version, theirs: serde_json::Value::Object(fields_of(old)) });
    }
    tx.unscoped()
        .query("UPDATE units SET name = $2, sort_key = $3, parent_id = $4 WHERE id = $1")
        .bind(who)
        .bind(new.name.clone())
        .bind(sort_key(&new.name))
        .bind(new.under_id)
        .execute()
        .await?;
    if (old.sees, old.under_id, old.active) != (new.sees, new.under_id, new.active) {
        rebuild_reach(tx.unscoped()).await?;
    }
    let risen = Permission::ALL.into_iter().any(|right| new.role.may(right) && !old.role.may(right));
    if !new.active {
        links::end_all(tx.unscoped(), who).await?;
    }
    if old.email != new.email {
        // The link may have been sent to the old address, which may have been wrong.
        links::end_for(tx.unscoped(), who).await?;
    }
    if !new.active || risen {
        // Sessions end when somebody gets more rights, so that an old (perhaps stolen) session does not gain them.
        links::end_sessions(tx.unscoped(), who).await?;
    }
    on_record(tx, who, what, fields, undoes).await.map(Some)
}

/// # Errors
/// `Invalid` with `Taken` at `email` for somebody else's address.
pub(super) async fn is_free(tx: &mut Tx, who: PersonId, email: Option<&str>) -> Result<()> {
    match email {
        Some(email) => must_be_free(tx.unscoped(), email, Some(who)).await,
        None => Ok(()),
    }
}
