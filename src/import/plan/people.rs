//! Parses the people of a file: who they are, the groups above them, and who leads the last of these groups.

use super::open::{Open, bad};
use super::{Planned, Sheet, columns_in};
use crate::auth::address;
use crate::auth::model::Role;
use crate::email;
use crate::error::Problem;
use crate::i18n::ImportWords;
use crate::import::map::People;
use crate::import::report::{Bad, Report};
use crate::import::said::Said;
use crate::import::table::Row;
use std::collections::{HashMap, HashSet};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    pub name: String,
    pub email: Option<String>,
    pub role: Role,
    /// From the top down.
    pub groups: Vec<String>,
    /// Whether they lead others: then they come from a manager column, or have a row and are named there, too.
    pub leads: bool,
}

pub(super) fn columns(section: &People) -> Vec<&str> {
    let one = [Some(&section.name), section.id.as_ref(), section.email.as_ref(), section.manager.as_ref()];
    columns_in(one.into_iter().flatten(), [&section.groups])
}

/// Longest name of a person; the forms allow no more.
const NAME: u32 = 200;

/// Managers are placed in the group that they lead, before its other people, whether or not they have a row of their
/// own.
pub(super) fn read(section: &People, open: &Open, report: &mut Report) -> Sheet<PersonRow> {
    let mut leaders: Vec<(String, Vec<String>)> = Vec::new();
    let mut led: HashMap<usize, String> = HashMap::new();
    let mut nr = 0;
    let called = |row: &Row| open.text(row, Some(&section.name));
    let sheet = open.sheet(report, section.id.as_ref().unwrap_or(&section.name), called, |row| {
        let mut groups = Vec::new();
        for template in &section.groups.0 {
            let group = open.text(row, Some(template));
            if !group.is_empty() {
                groups.push(open.short(template, group, NAME)?);
            }
        }
        let person = PersonRow {
            name: open.needed(row, &section.name, NAME)?,
            email: signs_in_with(section, open, row)?,
            role: section.role,
            groups: groups.clone(),
            leads: false,
        };
        let manager = open.text(row, section.manager.as_ref());
        if !manager.is_empty() {
            led.insert(nr, manager.clone());
            leaders.push((manager, groups));
        }
        nr += 1;
        Ok(person)
    });
    let mut leads: HashMap<String, Vec<String>> = HashMap::new();
    for (manager, groups) in leaders {
        match leads.get(&manager) {
            None => drop(leads.insert(manager, groups)),
            Some(first) if *first != groups => {
                let (too, stays) = (groups.join("/"), first.join("/"));
                let told = |words: &'static ImportWords| (words.leads_too)(&manager, &too, &stays);
                report.notice(&sheet.file, Said::of(told));
            }
            Some(_) => {}
        }
    }
    let own_rows: HashMap<String, Planned<PersonRow>> = sheet
        .rows
        .iter()
        .filter(|one| leads.contains_key(&one.row.name))
        .map(|one| (one.row.name.clone(), one.clone()))
        .collect();
    let mut placed: HashSet<String> = HashSet::new();
    let mut rows = Vec::new();
    for (at, one) in sheet.rows.into_iter().enumerate() {
        let wanted =
            led.get(&at).into_iter().chain(leads.contains_key(&one.row.name).then_some(&one.row.name));
        for name in wanted {
            if placed.insert(name.clone()) {
                rows.push(leader(name, &leads, &own_rows, one.line));
            }
        }
        if !leads.contains_key(&one.row.name) {
            rows.push(one);
        }
    }
    Sheet { file: sheet.file, rows }
}

/// The address for signing in. A row with an invalid address is refused, because that person could never sign in.
fn signs_in_with(section: &People, open: &Open, row: &Row) -> Result<Option<String>, Bad> {
    let Some(template) = &section.email else { return Ok(None) };
    let text = email::written(&open.value(row, Some(template)));
    match text.as_str() {
        "" => Ok(None),
        typed => {
            let read = address::read(typed).map(Some);
            read.ok_or_else(|| bad(template, typed, Said::problem(&Problem::BadEmail)))
        }
    }
}

fn leader(
    name: &str,
    leads: &HashMap<String, Vec<String>>,
    own_rows: &HashMap<String, Planned<PersonRow>>,
    line: u64,
) -> Planned<PersonRow> {
    let own = own_rows.get(name);
    Planned {
        line: own.map_or(line, |own| own.line),
        id: own.map_or_else(|| name.to_owned(), |own| own.id.clone()),
        row: PersonRow {
            name: name.to_owned(),
            email: own.and_then(|own| own.row.email.clone()),
            role: Role::Manager,
            groups: leads.get(name).cloned().unwrap_or_default(),
            leads: true,
        },
    }
}
