//! Writes groups and people: each hangs under the groups that its row names. Existing ones are recognised by the id
//! from an earlier import, by e-mail address, or, for groups, by the name under the same parent.

use super::{Batches, Context, differs};
use crate::auth::model::Role;
use crate::deals::pipeline::with_stages;
use crate::error::Result;
use crate::id::UnitId;
use crate::import::book::Book;
use crate::import::plan::{PersonRow, Planned, Sheet};
use crate::import::report::Thing;
use crate::import::store::{UnitNow, remember_unit};
use crate::people::store::{NewPerson, add_person, group, rebuild_reach};
use crate::server::db::SystemTx;
use std::collections::HashMap;

/// The tree, including what was added.
struct Tree {
    root: UnitId,
    now: HashMap<UnitId, UnitNow>,
    groups: HashMap<String, UnitId>,
}

/// Adds the missing people and returns two books: one of people, one of all people and groups that records can belong
/// to.
pub(super) async fn write(
    context: &mut Context<'_>,
    batches: &mut Batches<'_>,
    sheet: &Sheet<PersonRow>,
    units: Vec<UnitNow>,
) -> Result<(Book, Book)> {
    let root = units
        .iter()
        .find(|unit| unit.parent_id.is_none())
        .map(|unit| unit.id)
        .ok_or(crate::error::Error::NotFound)?;
    let mut tree =
        Tree { root, now: units.into_iter().map(|unit| (unit.id, unit)).collect(), groups: HashMap::new() };
    let mut book = context.book(|words| words.owner, Thing::Person);
    let times = |name: &str| sheet.rows.iter().filter(|one| one.row.name == name).count();
    // Deals of a map without a pipeline go into the firm's own stages; a firm that was never served has none yet.
    let stages = context.map.pipeline.is_none() && context.map.deals.is_some();
    if stages || !sheet.rows.is_empty() {
        let mut system = batches.system().await?;
        if stages {
            with_stages(&mut system).await?;
        }
        let mut grown = false;
        for one in &sheet.rows {
            match person(context, &mut system, &mut tree, one).await {
                Ok((unit, new)) => {
                    grown |= new;
                    context.report.came(&sheet.file, one.line, new);
                    book.enter(&one.id, unit.0);
                    if times(&one.row.name) == 1 {
                        book.enter(&one.row.name, unit.0);
                    }
                }
                Err(error) => context.refuse(&sheet.file, one.line, &one.row.name, error)?,
            }
        }
        if grown {
            rebuild_reach(&mut system).await?;
        }
        batches.close(system).await?;
    }
    names(&tree, &mut book, true);
    let people = book.clone();
    names(&tree, &mut book, false);
    Ok((people, book))
}

/// Adds people to the book by address and by unique name; or else groups and the firm, to which records can belong,
/// too.
fn names(tree: &Tree, book: &mut Book, people: bool) {
    let mut called: HashMap<&str, Vec<UnitId>> = HashMap::new();
    for unit in tree.now.values().filter(|unit| unit.role.is_some() == people) {
        called.entry(&unit.name).or_default().push(unit.id);
        if let Some(email) = &unit.email {
            book.enter(email, unit.id.0);
        }
    }
    for (name, units) in called {
        match units.as_slice() {
            [unit] => book.enter(name, unit.0),
            _ => book.several(name),
        }
    }
}

async fn person(
    context: &mut Context<'_>,
    system: &mut SystemTx,
    tree: &mut Tree,
    one: &Planned<PersonRow>,
) -> Result<(UnitId, bool)> {
    let mut under = tree.root;
    for depth in 1..=one.row.groups.len() {
        under = tree.group(context, system, under, &one.row.groups[..depth]).await?;
    }
    let email = one.row.email.clone();
    let by_address =
        || tree.now.values().find(|unit| email.is_some() && unit.email == email).map(|unit| unit.id);
    let remembered =
        context.known(Thing::Person.code(), &one.id).map(UnitId).filter(|unit| tree.now.contains_key(unit));
    if let Some(now) = remembered.or_else(by_address).and_then(|unit| tree.now.get(&unit)) {
        let mut differences = Vec::new();
        differs(&mut differences, "name", &now.name, &one.row.name);
        differs(
            &mut differences,
            "email",
            now.email.as_deref().unwrap_or_default(),
            email.as_deref().unwrap_or_default(),
        );
        if now.role.is_some_and(|role| role != one.row.role) {
            differs(&mut differences, "role", now.role.map_or("", Role::code), one.row.role.code());
        }
        if now.parent_id != Some(under) && !one.row.groups.is_empty() {
            let here =
                now.parent_id.and_then(|parent| tree.now.get(&parent)).map_or("", |parent| &parent.name);
            differs(&mut differences, "under", here, one.row.groups.last().map_or("", String::as_str));
        }
        context.report.as_before(Thing::Person, &one.row.name, differences);
        return Ok((now.id, false));
    }
    let person = NewPerson {
        name: one.row.name.clone(),
        email: email.clone(),
        role: one.row.role,
        sees: None,
        password: None,
        under: Some(under),
    };
    let unit = UnitId::from(add_person(system, person).await?);
    remember_unit(system, &context.map.source, Thing::Person, &one.id, unit).await?;
    let now = UnitNow {
        id: unit,
        parent_id: Some(under),
        name: one.row.name.clone(),
        role: Some(one.row.role),
        email,
    };
    tree.now.insert(unit, now);
    context.report.new_one(Thing::Person);
    Ok((unit, true))
}

impl Tree {
    /// The group at the end of the path, under `parent`.
    async fn group(
        &mut self,
        context: &mut Context<'_>,
        system: &mut SystemTx,
        parent: UnitId,
        path: &[String],
    ) -> Result<UnitId> {
        let (external, name) = (path.join("/"), path.last().map_or("", String::as_str));
        if let Some(&unit) = self.groups.get(&external) {
            return Ok(unit);
        }
        let remembered = context
            .known(Thing::Group.code(), &external)
            .map(UnitId)
            .filter(|unit| self.now.contains_key(unit));
        let by_name = || {
            let mut groups = self.now.values().filter(|unit| unit.role.is_none());
            groups.find(|unit| unit.parent_id == Some(parent) && unit.name == name).map(|unit| unit.id)
        };
        let unit = match remembered.or_else(by_name) {
            Some(unit) => {
                let mut differences = Vec::new();
                differs(&mut differences, "name", &self.now[&unit].name, name);
                context.report.as_before(Thing::Group, &external, differences);
                unit
            }
            None => {
                let unit = group(system, parent, name).await?;
                remember_unit(system, &context.map.source, Thing::Group, &external, unit).await?;
                self.now.insert(
                    unit,
                    UnitNow {
                        id: unit,
                        parent_id: Some(parent),
                        name: name.to_owned(),
                        role: None,
                        email: None,
                    },
                );
                context.report.new_one(Thing::Group);
                unit
            }
        };
        self.groups.insert(external, unit);
        Ok(unit)
    }
}
