//! The firm, its units and its people in the database. Founding the firm and adding people run as the system, because
//! set-up and the command line have no signed-in person; reading goes through permissions like everything else.

use super::model::{OwnerChoice, TreeNode, TreePerson};
use super::rules::Org;
use crate::auth::model::{Permission, Role, Sees};
use crate::auth::password;
use crate::error::{Error, Problem, Result};
use crate::i18n::{Currency, Locale, clean};
use crate::id::{PersonId, UnitId};
use crate::server::clock;
use crate::server::db::{SystemTx, Tx};
use crate::server::text::sort_key;
use std::collections::HashMap;
use uuid::Uuid;

pub mod address;
pub mod card;
pub mod changes;
pub mod firm;
pub mod groups;
pub mod hand_over;
pub mod org;
pub mod reach;
pub mod record;

pub use reach::{Sight, rebuild_reach, sight};

/// A firm to be founded.
#[derive(Clone, Debug)]
pub struct NewFirm {
    pub name: String,
    pub language: Locale,
    pub currency: Currency,
    pub time_zone: String,
}

impl Default for NewFirm {
    fn default() -> Self {
        Self {
            name: "Kartotek".into(),
            language: Locale::Tr,
            currency: Currency::default(),
            time_zone: "Europe/Istanbul".into(),
        }
    }
}

/// A person to be added.
#[derive(Clone, Debug)]
pub struct NewPerson {
    pub name: String,
    /// `None`: listed in the firm, but can't sign in yet.
    pub email: Option<String>,
    pub role: Role,
    pub sees: Option<Sees>,
    pub password: Option<String>,
    /// The group they belong to; `None` for the firm itself.
    pub under: Option<UnitId>,
}

/// Founds the firm, with the root of its tree.
///
/// # Errors
/// `Invalid` with `Taken` when there is a firm already, or at `firm` for a name without visible characters.
pub async fn found(system: &mut SystemTx, firm: &NewFirm) -> Result<UnitId> {
    if root(system).await?.is_some() {
        return Err(Error::invalid("firm", Problem::Taken));
    }
    let name = named("firm", &firm.name)?;
    let id = Uuid::now_v7();
    system.query("INSERT INTO firm (id, name, language, currency, time_zone, created_at) VALUES ($1, $2, $3, $4, $5, \
         $6)")
        .bind(id)
        .bind(name.clone())
        .bind(firm.language)
        .bind(firm.currency)
        .bind(firm.time_zone.clone())
        .bind(clock::now())
        .execute()
        .await?;
    add_unit(system, UnitId(id), None, &name).await?;
    Ok(UnitId(id))
}

/// The firm's own unit, at the top of the tree.
///
/// # Errors
/// `Internal` only.
pub async fn root(system: &mut SystemTx) -> Result<Option<UnitId>> {
    let found: Option<(UnitId,)> =
        system.query("SELECT id FROM units WHERE parent_id IS NULL").optional().await?;
    Ok(found.map(|(id,)| id))
}

/// A name without invisible characters, wherever it comes from: set-up, the command line, a file.
fn named(field: &str, typed: &str) -> Result<String> {
    let name = clean::line(typed);
    if name.is_empty() { Err(Error::invalid(field, Problem::Required)) } else { Ok(name) }
}

async fn add_unit(system: &mut SystemTx, id: UnitId, parent: Option<UnitId>, name: &str) -> Result<()> {
    system
        .query("INSERT INTO units (id, parent_id, name, sort_key) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(parent)
        .bind(name.to_owned())
        .bind(sort_key(name))
        .execute()
        .await?;
    Ok(())
}

/// The group of that name under that parent; made where it is missing.
///
/// # Errors
/// `Invalid` for a name without visible characters.
pub async fn group(system: &mut SystemTx, parent: UnitId, name: &str) -> Result<UnitId> {
    let name = &named("group", name)?;
    let found: Option<(UnitId,)> = system
        .query("SELECT u.id FROM units u LEFT JOIN people p ON p.id = u.id WHERE u.parent_id = $1 AND u.name = $2 \
             AND p.id IS NULL")
        .bind(parent)
        .bind(name.to_owned())
        .optional()
        .await?;
    if let Some((id,)) = found {
        return Ok(id);
    }
    let id = UnitId(Uuid::now_v7());
    add_unit(system, id, Some(parent), name).await?;
    Ok(id)
}

/// Adds a person; call [`rebuild_reach`] after the last one.
///
/// # Errors
/// `Invalid` with `BadEmail` for what is no address, with `Taken` for one in use, or at `name` for a name without
/// visible characters; the errors of `password::hash`.
pub async fn add_person(system: &mut SystemTx, person: NewPerson) -> Result<PersonId> {
    let name = named("name", &person.name)?;
    let email = match &person.email {
        Some(typed) => {
            let read = crate::auth::address::read(typed);
            let email = read.ok_or_else(|| Error::invalid("email", Problem::BadEmail))?;
            address::must_be_free(system, &email, None).await?;
            Some(email)
        }
        None => None,
    };
    let hash = match &person.password {
        Some(typed) => Some(password::hash(typed).await?),
        None => None,
    };
    let parent = match person.under {
        Some(unit) => unit,
        None => root(system).await?.ok_or(Error::NotFound)?,
    };
    let id = PersonId(Uuid::now_v7());
    add_unit(system, id.into(), Some(parent), &name).await?;
    system.query(
        "INSERT INTO people (id, email, role, sees, password_hash, language, active, version, created_at) \
         VALUES ($1, $2, $3, $4, $5, NULL, $6, 1, $7)",
    )
    .bind(id)
    .bind(email)
    .bind(person.role)
    .bind(if person.role == Role::Owner {
        Sees::All
    } else {
        person.sees.unwrap_or(person.role.usual_reach())
    })
    .bind(hash)
    .bind(true)
    .bind(clock::now())
    .execute()
    .await?;
    Ok(id)
}

#[derive(sqlx::FromRow)]
struct NodeRow {
    id: UnitId,
    parent_id: Option<UnitId>,
    name: String,
    role: Option<Role>,
    sees: Option<Sees>,
    email: Option<String>,
    active: Option<bool>,
    joined: bool,
    invited: bool,
}

/// The part of the tree in reach of the person asking, in the order in which it is shown: each group, then its people
/// and groups by name.
///
/// # Errors
/// `Internal` only.
pub async fn tree(tx: &mut Tx) -> Result<Vec<TreeNode>> {
    let rows: Vec<NodeRow> = tx
        .query(
            "SELECT u.id, u.parent_id, u.name, p.role, p.sees, p.email, p.active, \
             p.password_hash IS NOT NULL AS joined, \
                 EXISTS (SELECT 1 FROM links l WHERE l.person_id = u.id AND l.expires_at > $2) AS invited \
             FROM units u LEFT JOIN people p ON p.id = u.id \
             WHERE u.id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) ORDER BY u.sort_key, u.id",
        )
        .bind(clock::now())
        .all()
        .await?;
    let viewer = Viewer { id: tx.actor().id, org: org::load(tx.unscoped()).await? };
    let mut children: HashMap<Option<UnitId>, Vec<NodeRow>> = HashMap::new();
    for row in rows {
        children.entry(row.parent_id).or_default().push(row);
    }
    let mut tree = Vec::new();
    viewer.hang(&mut tree, &mut children, None, 0);
    Ok(tree)
}

/// The person who looks at the tree, and the organisation by which it is decided what they may change.
struct Viewer {
    id: PersonId,
    org: Org,
}

impl Viewer {
    fn hang(
        &self,
        tree: &mut Vec<TreeNode>,
        children: &mut HashMap<Option<UnitId>, Vec<NodeRow>>,
        parent: Option<UnitId>,
        depth: u8,
    ) {
        let mut nodes = children.remove(&parent).unwrap_or_default();
        nodes.sort_by_key(|node| node.role.is_none());
        for node in nodes {
            let id = node.id;
            let person = node.role.zip(node.sees).map(|(role, sees)| TreePerson {
                role,
                sees,
                email: node.email,
                active: node.active.unwrap_or_default(),
                joined: node.joined,
                invited: node.invited,
            });
            tree.push(TreeNode {
                id,
                under: parent,
                name: node.name,
                depth,
                led: self.org.leads(self.id, id),
                open: self.org.opens(self.id, id),
                person,
            });
            self.hang(tree, children, Some(id), depth.saturating_add(1));
        }
    }
}

/// Everyone and every group in reach that a record can be given to: people first, each by name.
///
/// # Errors
/// `Internal` only.
pub async fn owner_choices(tx: &mut Tx) -> Result<Vec<OwnerChoice>> {
    let own = tx.actor().unit();
    owner_choices_beside(tx, own).await
}

/// The same, including the record's present owner in any case: people who have left stay owners until somebody changes
/// that.
///
/// # Errors
/// `Internal` only.
pub async fn owner_choices_beside(tx: &mut Tx, owner: UnitId) -> Result<Vec<OwnerChoice>> {
    Ok(tx
        .query(
            "SELECT u.id, u.name, NOT COALESCE(p.active, TRUE) AS gone FROM units u LEFT JOIN people p ON p.id = u.id \
             WHERE u.id = $2 \
                OR (u.id IN (SELECT unit_id FROM reach WHERE viewer_id = $1) AND (p.id IS NULL OR p.active)) \
             ORDER BY CASE WHEN p.id IS NULL THEN 1 ELSE 0 END, u.sort_key, u.id",
        )
        .bind(owner)
        .all()
        .await?)
}

/// Every active person in reach, by name: those to whom a task can be given.
///
/// # Errors
/// `Internal` only.
pub async fn people_in_reach(tx: &mut Tx) -> Result<Vec<OwnerChoice>> {
    let own = tx.actor().unit();
    people_beside(tx, own).await
}

/// The same, including the task's present owner in any case.
///
/// # Errors
/// `Internal` only.
pub async fn people_beside(tx: &mut Tx, owner: UnitId) -> Result<Vec<OwnerChoice>> {
    Ok(tx
        .query(
            "SELECT u.id, u.name, NOT p.active AS gone FROM units u JOIN people p ON p.id = u.id \
             WHERE u.id = $2 OR (p.active AND u.id IN (SELECT unit_id FROM reach WHERE viewer_id = $1)) \
             ORDER BY u.sort_key, u.id",
        )
        .bind(owner)
        .all()
        .await?)
}

/// Checks that the unit is in reach of the person asking, so that they may hang a record on it.
///
/// # Errors
/// `Invalid` at the field `owner` when the unit is not in reach.
pub async fn must_reach(tx: &mut Tx, unit: UnitId) -> Result<()> {
    let found: Option<(UnitId,)> = tx
        .query("SELECT unit_id FROM reach WHERE viewer_id = $1 AND unit_id = $2")
        .bind(unit)
        .optional()
        .await?;
    found.map(|_| ()).ok_or_else(|| Error::invalid("owner", Problem::Unknown))
}

/// Checks that the person asking may give a record to that unit: to oneself always, to others in reach with the right
/// to hand over.
///
/// # Errors
/// `Forbidden` without that right; `Invalid` at the field `owner` when the unit is not in reach.
pub async fn may_assign(tx: &mut Tx, unit: UnitId) -> Result<()> {
    if unit == tx.actor().unit() {
        return Ok(());
    }
    tx.actor().must(Permission::HandOver)?;
    must_reach(tx, unit).await
}

/// Checks that the person asking may give a record to that unit now: as [`may_assign`], and not to somebody who has
/// left. An undo does not ask this: it gives the record back to where it was.
///
/// # Errors
/// As [`may_assign`]; also `Invalid` at the field `owner` for somebody who has left.
pub async fn may_give(tx: &mut Tx, unit: UnitId) -> Result<()> {
    may_assign(tx, unit).await?;
    let left: Option<(UnitId,)> =
        tx.everyones("SELECT id FROM people WHERE id = $2 AND NOT active").bind(unit).optional().await?;
    if left.is_some() { Err(Error::invalid("owner", Problem::Unknown)) } else { Ok(()) }
}
