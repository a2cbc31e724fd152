//! People from a file: who they are, the groups above them, and who leads the last of those.

use super::{Open, Planned, Sheet, columns_in};
use crate::auth::model::Role;
use crate::import::map::People;
use crate::import::report::Report;
use std::collections::{HashMap, HashSet};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    pub name: String,
    pub email: Option<String>,
    pub role: Role,
    /// From the firm down.
    pub groups: Vec<String>,
    /// Whether they are here because they lead others.
    pub leads: bool,
}

pub(super) fn columns(section: &People) -> Vec<&str> {
    let one = [Some(&section.name), section.id.as_ref(), section.email.as_ref(), section.manager.as_ref()];
    columns_in(one.into_iter().flatten(), [&section.groups])
}

/// A manager is a leaf of the group they lead, before its other people; whether the file has a row of their own or not.
pub(super) fn read(section: &People, open: &Open, report: &mut Report) -> Sheet<PersonRow> {
    let mut leaders: Vec<(u64, String, Vec<String>)> = Vec::new();
    let mut led: HashMap<usize, String> = HashMap::new();
    let mut nr = 0;
    let sheet = open.sheet(report, section.id.as_ref().unwrap_or(&section.name), |row| {
        let groups = section
            .groups
            .0
            .iter()
            .map(|group| group.fill(open.table.cell(row)))
            .filter(|group| !group.is_empty());
        let groups: Vec<String> = groups.collect();
        let person = PersonRow {
            name: open.needed(row, &section.name)?,
            email: Some(open.text(row, section.email.as_ref())).filter(|email| !email.is_empty()),
            role: section.role,
            groups: groups.clone(),
            leads: false,
        };
        let manager = open.text(row, section.manager.as_ref());
        if !manager.is_empty() {
            led.insert(nr, manager.clone());
            leaders.push((row.line, manager, groups));
        }
        nr += 1;
        Ok(person)
    });
    let mut leads: HashMap<String, Vec<String>> = HashMap::new();
    for (line, manager, groups) in leaders {
        match leads.get(&manager) {
            None => drop(leads.insert(manager, groups)),
            Some(first) if *first != groups => report.notice(format!(
                "{} line {line}: {manager} leads \"{}\" too, but stays in \"{}\"",
                sheet.file,
                groups.join("/"),
                first.join("/"),
            )),
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
