//! The files as rows of ours: what each line would become, before anything is asked of the database. Ids of other rows are still names
//! here; `write` looks them up. Pure but for reading the files.

mod customers;
mod deals;
mod people;
mod products;

use super::map::{Map, Source};
use super::report::{Report, Thing, grouped};
use super::table::{Row, Table};
use super::template::{Template, Templates};
use super::value::{Reader, alike};
use crate::i18n::Currency;
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};
use std::path::Path;

pub use customers::{ContactRow, CustomerRow};
pub use deals::DealRow;
pub use people::PersonRow;
pub use products::ProductRow;

/// A row with the place it came from and the name under which it is remembered.
#[derive(Clone, Debug)]
pub struct Planned<T> {
    pub line: u64,
    pub id: String,
    pub row: T,
}

/// The rows of one file.
#[derive(Clone, Debug)]
pub struct Sheet<T> {
    pub file: String,
    pub rows: Vec<Planned<T>>,
}

impl<T> Default for Sheet<T> {
    fn default() -> Self {
        Self { file: String::new(), rows: Vec::new() }
    }
}

#[derive(Debug, Default)]
pub struct Plan {
    pub people: Sheet<PersonRow>,
    pub products: Sheet<ProductRow>,
    pub customers: Sheet<CustomerRow>,
    pub deals: Sheet<DealRow>,
}

/// What the firm says where the map says nothing.
#[derive(Clone, Copy, Debug)]
pub struct Defaults {
    pub currency: Currency,
    pub today: NaiveDate,
}

impl Plan {
    /// Reads the files the map names.
    ///
    /// # Errors
    /// A sentence, when a file or a column is not there. Rows that can't be read are on the report instead.
    pub fn read(map: &Map, folder: &Path, defaults: Defaults, report: &mut Report) -> anyhow::Result<Self> {
        let mut plan = Self::default();
        let desk = Desk { folder, defaults };
        if let Some(section) = &map.people {
            plan.people = people::read(
                section,
                &desk.open(section.source(&map.format), people::columns(section), report)?,
                report,
            );
        }
        if let Some(section) = &map.products {
            plan.products = products::read(
                section,
                &desk.open(section.source(&map.format), products::columns(section), report)?,
                report,
            );
        }
        if let Some(section) = &map.customers {
            let open = desk.open(section.source(&map.format), customers::columns(section), report)?;
            plan.customers = customers::read(section, &open, report);
        }
        if let Some(section) = &map.deals {
            plan.deals = deals::read(
                section,
                &desk.open(section.source(&map.format), deals::columns(section), report)?,
                report,
            );
        }
        plan.look_around(map, report);
        Ok(plan)
    }

    /// Tells what is odd without being wrong.
    fn look_around(&self, map: &Map, report: &mut Report) {
        look_alike(Thing::Product, self.products.rows.iter().map(|one| one.row.name.as_str()), report);
        look_alike(Thing::Customer, self.customers.rows.iter().map(|one| one.row.name.as_str()), report);
        look_alike(Thing::Person, self.people.rows.iter().map(|one| one.row.name.as_str()), report);
        let Some(section) = &map.deals else { return };
        let deals = &self.deals.rows;
        let sellers = self.people.rows.iter().filter(|one| !one.row.leads);
        idle(
            "salespeople",
            sellers.map(|one| one.id.as_str()),
            deals.iter().map(|deal| deal.row.owner.as_str()),
            report,
        );
        if section.product.is_some() {
            let sold = deals.iter().filter_map(|deal| deal.row.product.as_deref());
            idle("products", self.products.rows.iter().map(|one| one.id.as_str()), sold, report);
        }
        if section.customer.is_some() {
            let buyers = deals.iter().filter_map(|deal| deal.row.customer.as_deref());
            idle("customers", self.customers.rows.iter().map(|one| one.id.as_str()), buyers, report);
            let without = deals.iter().filter(|deal| deal.row.customer.is_none()).count();
            if without > 0 {
                report.notice(format!(
                    "{}: {} deals have no customer and come in without",
                    section.file,
                    grouped(without)
                ));
            }
        }
    }
}

/// Two names that are one to whoever reads them.
fn look_alike<'a>(thing: Thing, names: impl Iterator<Item = &'a str>, report: &mut Report) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for name in names {
        if let Some(other) = seen.insert(alike(name), name) {
            report.notice(format!("two {}s look alike: \"{other}\" and \"{name}\"", thing.code()));
        }
    }
}

/// Who or what is named by no deal.
fn idle<'a>(
    what: &str,
    all: impl Iterator<Item = &'a str>,
    named: impl Iterator<Item = &'a str>,
    report: &mut Report,
) {
    const LISTED: usize = 8;
    let named: HashSet<&str> = named.collect();
    let all: Vec<&str> = all.collect();
    let idle: Vec<&str> = all.iter().copied().filter(|one| !named.contains(one)).collect();
    if !idle.is_empty() {
        let rest = idle.len().saturating_sub(LISTED);
        let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        let names = idle[..idle.len() - rest].join(", ");
        report.notice(format!("{} of {} {what} are named by no deal: {names}{more}", idle.len(), all.len()));
    }
}

/// Of a name or a title; the forms allow no more.
const LONGEST: usize = 200;

struct Desk<'a> {
    folder: &'a Path,
    defaults: Defaults,
}

/// A file that is being read, in its manner of writing.
struct Open {
    table: Table,
    reader: Reader,
    today: NaiveDate,
}

impl Desk<'_> {
    fn open(&self, source: Source, wanted: Vec<&str>, report: &mut Report) -> anyhow::Result<Open> {
        Ok(Open {
            table: Table::read(self.folder, &source, &wanted, report)?,
            reader: Reader::new(&source.format, self.defaults.currency)?,
            today: self.defaults.today,
        })
    }
}

impl Open {
    /// Makes something of each row; what can't be made, and a name that was there before, is told.
    fn sheet<T>(
        &self,
        report: &mut Report,
        id: &Template,
        mut make: impl FnMut(&Row) -> Result<T, String>,
    ) -> Sheet<T> {
        let mut seen: HashMap<String, u64> = HashMap::new();
        let mut rows = Vec::new();
        for row in &self.table.rows {
            let name = id.fill(self.table.cell(row));
            let made = if name.is_empty() {
                Err(format!("{id} is empty"))
            } else if let Some(line) = seen.get(&name) {
                Err(format!("{id} \"{name}\" stands on line {line} already"))
            } else {
                make(row)
            };
            match made {
                Ok(made) => {
                    seen.insert(name.clone(), row.line);
                    rows.push(Planned { line: row.line, id: name, row: made });
                }
                Err(reason) => report.broken(&self.table.file, row.line, reason),
            }
        }
        Sheet { file: self.table.file.clone(), rows }
    }

    fn text(&self, row: &Row, template: Option<&Template>) -> String {
        template.map(|template| template.fill(self.table.cell(row))).unwrap_or_default()
    }

    fn needed(&self, row: &Row, template: &Template) -> Result<String, String> {
        let text = template.fill(self.table.cell(row));
        match text.chars().count() {
            0 => Err(format!("{template} is empty")),
            1..=LONGEST => Ok(text),
            letters => Err(format!("{template} has {letters} letters, the most is {LONGEST}")),
        }
    }

    fn date(&self, row: &Row, template: Option<&Template>) -> Result<Option<NaiveDate>, String> {
        self.reader.date(&self.text(row, template))
    }

    fn amount(
        &self,
        row: &Row,
        template: Option<&Template>,
        currency: Currency,
    ) -> Result<Option<i64>, String> {
        self.reader.amount(&self.text(row, template), currency)
    }

    fn all(&self, row: &Row, templates: &Templates) -> Vec<String> {
        templates.all_whole(self.table.cell(row))
    }
}

/// The columns that stand in these templates.
fn columns_in<'a>(
    one: impl IntoIterator<Item = &'a Template>,
    many: impl IntoIterator<Item = &'a Templates>,
) -> Vec<&'a str> {
    let many = many.into_iter().flat_map(|templates| &templates.0);
    one.into_iter().chain(many).flat_map(Template::columns).collect()
}

#[cfg(test)]
mod tests;
