//! A person's page for somebody who leads them, and the choices for a new person. Both come from the rules, so that a
//! form offers only what will be accepted.

use super::{changes, org};
use crate::auth::model::{Permission, Role, Sees};
use crate::error::{Error, Result};
use crate::id::{PersonId, UnitId};
use crate::live::Kind;
use crate::people::model::{OwnerChoice, PersonCard, SeatChoices, above};
use crate::people::rules::{Act, Org};
use crate::records::store as records;
use crate::server::clock;
use crate::server::db::Tx;
use chrono::{DateTime, Utc};

#[derive(sqlx::FromRow)]
struct Around {
    joined: bool,
    link_until: Option<DateTime<Utc>>,
    seen_at: Option<DateTime<Utc>>,
    tasks: i64,
}

/// The whole page.
///
/// # Errors
/// `NotFound` for none, or one out of reach; `Forbidden` for somebody who may not lead people.
pub async fn card(tx: &mut Tx, id: PersonId) -> Result<PersonCard> {
    tx.actor().must(Permission::LeadPeople)?;
    let (facts, version) = changes::facts_of(tx, id).await?;
    let around: Around = tx
        .query(
            "SELECT p.password_hash IS NOT NULL AS joined, \
                 (SELECT MAX(l.expires_at) FROM links l WHERE l.person_id = p.id AND l.expires_at > $3) AS link_until, \
                 (SELECT MAX(s.seen_at) FROM sessions s WHERE s.person_id = p.id) AS seen_at, \
                 (SELECT COUNT(*) FROM tasks t WHERE t.owner_id = p.id AND t.deleted_at IS NULL \
                 AND t.done_at IS NULL) AS tasks \
             FROM people p WHERE p.id = $2 AND p.id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)",
        )
        .bind(id)
        .bind(clock::now())
        .one()
        .await?;
    let counts = records::counts(tx, id.into()).await?;
    let named = [Kind::Customer, Kind::Deal, Kind::Task];
    let others = counts.iter().filter(|(kind, _)| !named.contains(kind)).map(|(_, count)| count).sum();
    let count = |kind| counts.iter().find(|(of, _)| *of == kind).map_or(0, |(_, count)| *count);
    let org = org::load(tx.unscoped()).await?;
    let (me, zone) = (tx.actor().id, tx.actor().zone);
    let here = |at: DateTime<Utc>| clock::local(at, zone);
    Ok(PersonCard {
        id,
        version,
        joined: around.joined,
        link_until: around.link_until.map(here),
        seen_at: around.seen_at.map(here),
        led: org.leads(me, id.into()),
        may_link: facts.email.is_some() && org.after(me, &Act::Link { who: id }).is_ok(),
        customers: count(Kind::Customer),
        deals: count(Kind::Deal),
        tasks: around.tasks,
        others,
        choices: choices(tx, &org, Some((id, facts.under_id))).await?,
        facts,
    })
}

/// What the person asking can choose for a new person.
///
/// # Errors
/// `Forbidden` for somebody who may not lead people.
pub async fn choices_for_new(tx: &mut Tx) -> Result<SeatChoices> {
    tx.actor().must(Permission::LeadPeople)?;
    let org = org::load(tx.unscoped()).await?;
    choices(tx, &org, None).await
}

async fn choices(tx: &mut Tx, org: &Org, who: Option<(PersonId, UnitId)>) -> Result<SeatChoices> {
    let units: Vec<(UnitId, String, bool, bool)> = tx
        .query(
            "SELECT u.id, u.name, p.id IS NOT NULL, COALESCE(p.active, TRUE) FROM units u LEFT JOIN people p \
             ON p.id = u.id \
             WHERE u.id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) ORDER BY u.sort_key, u.id",
        )
        .all()
        .await?;
    let me = tx.actor().id;
    let name = |id: UnitId| units.iter().find(|unit| unit.0 == id).map_or("", |unit| &unit.1);
    // A group is named by its path without the firm: two offices may each have a "field" team.
    let path = |id: UnitId| {
        let mut names: Vec<&str> = above(&org.parents, id).into_iter().map(name).collect();
        names.pop();
        names.reverse();
        names.push(name(id));
        names.join(" › ")
    };
    let open = |id: UnitId| org.opens(me, id) || who.is_some_and(|(_, here)| here == id);
    let mut groups: Vec<OwnerChoice> = Vec::new();
    // In the order of the tree: each group after the one above it.
    let mut waiting: Vec<UnitId> =
        org.parents.iter().filter(|(_, up)| up.is_none()).map(|(id, _)| *id).collect();
    while let Some(id) = waiting.pop() {
        if open(id) {
            groups.push(OwnerChoice { id, name: path(id), gone: false });
        }
        let below = units.iter().rev().filter(|unit| !unit.2 && org.parents.get(&unit.0) == Some(&Some(id)));
        waiting.extend(below.map(|unit| unit.0));
    }
    let roles = Role::ALL.into_iter().filter(|role| {
        let sees = if *role == Role::Owner { Sees::All } else { Sees::Own };
        groups.iter().any(|group| org.may_seat(me, None, *role, sees, group.id))
    });
    let sees = Sees::ALL
        .into_iter()
        .filter(|sees| groups.iter().any(|group| org.may_seat(me, None, Role::Viewer, *sees, group.id)));
    let heirs = units.iter().filter(|unit| unit.2 && unit.3 && who.is_none_or(|(id, _)| unit.0 != id.into()));
    Ok(SeatChoices {
        roles: roles.collect(),
        sees: sees.collect(),
        heirs: heirs.map(|unit| OwnerChoice { id: unit.0, name: unit.1.clone(), gone: false }).collect(),
        groups,
    })
}

/// Deactivates or activates somebody's account.
///
/// # Errors
/// The errors of `people::rules`.
pub async fn set_active(tx: &mut Tx, who: PersonId, active: bool) -> Result<Option<crate::id::EventId>> {
    let (now, _) = changes::facts_of(tx, who).await?;
    if now.active == active {
        return Err(Error::Conflict { version: 0, theirs: serde_json::Value::Null });
    }
    changes::change(tx, who, None, |now| crate::people::model::PersonFacts { active, ..now.clone() }).await
}
