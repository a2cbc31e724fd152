//! Turns the files into typed rows: what each line would become, before the database is asked. References to other rows
//! are still names; `write` resolves them. Pure, except for reading the files.

mod activities;
mod customers;
mod deals;
mod described;
mod odd;
mod open;
mod people;
mod products;
mod records;
mod tasks;

use super::map::{Map, Source};
use super::report::{Report, Thing};
use super::said::Said;
use super::table::Table;
use super::template::{Template, Templates};
use super::value::{Reader, alike};
use crate::fields::Field;
use crate::i18n::{Currency, ImportWords, Locale};
use crate::products::model::ProductFacts;
use chrono::NaiveDate;
use open::Open;
use std::collections::{HashMap, HashSet};
use std::path::Path;

pub use activities::ActivityRow;
pub use customers::{ContactRow, CustomerRow};
pub use deals::DealRow;
pub use people::PersonRow;
pub use records::{KindOfRecord, RecordRow, RecordSheet};
pub use tasks::TaskRow;

/// A parsed row, with its line and the id under which it is remembered.
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
    pub products: Sheet<ProductFacts>,
    pub customers: Sheet<CustomerRow>,
    pub deals: Sheet<DealRow>,
    pub records: Vec<RecordSheet>,
    pub tasks: Sheet<TaskRow>,
    pub activities: Sheet<ActivityRow>,
}

/// The firm's values where the map has none.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    pub currency: Currency,
    pub today: NaiveDate,
    /// The described fields of customers and of deals, with the firm's own.
    pub customers: Vec<Field>,
    pub deals: Vec<Field>,
    /// The firm's own kinds of record that are in use.
    pub kinds: Vec<KindOfRecord>,
}

impl Plan {
    /// Reads the files that the map names.
    ///
    /// # Errors
    /// A sentence, when a file or a column is missing. Rows that can't be parsed are in the report instead.
    pub fn read(map: &Map, folder: &Path, defaults: &Defaults, report: &mut Report) -> anyhow::Result<Self> {
        let mut plan = Self::default();
        map.own(defaults)?;
        let context = Context { folder, defaults };
        if let Some(section) = &map.people {
            let open = context.open(section.source(&map.format), people::columns(section), report)?;
            plan.people = people::read(section, &open, report);
        }
        if let Some(section) = &map.products {
            let open = context.open(section.source(&map.format), products::columns(section), report)?;
            plan.products = products::read(section, &open, report);
        }
        if let Some(section) = &map.customers {
            let open = context.open(section.source(&map.format), customers::columns(section), report)?;
            plan.customers = customers::read(section, &defaults.customers, &open, report);
        }
        if let Some(section) = &map.deals {
            let open = context.open(section.source(&map.format), deals::columns(section), report)?;
            plan.deals = deals::read(section, &defaults.deals, &open, report);
        }
        for (at, section) in map.records.iter().enumerate() {
            let kind = section.kind_of(&defaults.kinds)?.clone();
            let open = context.open(section.source(&map.format), records::columns(section), report)?;
            let sheet = records::read(section, &kind.fields, &open, report);
            plan.records.push(RecordSheet { section: at, kind, sheet });
        }
        if let Some(section) = &map.tasks {
            let open = context.open(section.source(&map.format), tasks::columns(section), report)?;
            plan.tasks = tasks::read(section, &open, report);
        }
        if let Some(section) = &map.activities {
            let open = context.open(section.source(&map.format), activities::columns(section), report)?;
            plan.activities = activities::read(section, &open, report);
        }
        plan.look_around(map, report);
        Ok(plan)
    }

    /// Reports what is odd without being wrong.
    fn look_around(&self, map: &Map, report: &mut Report) {
        let products = || self.products.rows.iter().map(|one| one.row.name.as_str());
        look_alike(&self.products.file, products(), report);
        look_alike(&self.customers.file, self.customers.rows.iter().map(|one| one.row.name.as_str()), report);
        look_alike(&self.people.file, self.people.rows.iter().map(|one| one.row.name.as_str()), report);
        let Some(section) = &map.deals else { return };
        let deals = &self.deals.rows;
        let sellers = self.people.rows.iter().filter(|one| !one.row.leads);
        idle(
            Thing::Person,
            &self.people.file,
            sellers.map(|one| one.id.as_str()),
            deals.iter().map(|deal| deal.row.owner.as_str()),
            report,
        );
        if section.product.is_some() {
            let sold = deals.iter().filter_map(|deal| deal.row.product.as_deref());
            let all = self.products.rows.iter().map(|one| one.id.as_str());
            idle(Thing::Product, &self.products.file, all, sold, report);
        }
        if section.customer.is_some() {
            let buyers = deals.iter().filter_map(|deal| deal.row.customer.as_deref());
            let all = self.customers.rows.iter().map(|one| one.id.as_str());
            idle(Thing::Customer, &self.customers.file, all, buyers, report);
            let without = deals.iter().filter(|deal| deal.row.customer.is_none()).count();
            if without > 0 {
                report.notice(&section.file, Said::of(|words| (words.no_customer)(without)));
            }
        }
    }
}

/// Reports names that people would take for the same.
fn look_alike<'a>(file: &str, names: impl Iterator<Item = &'a str>, report: &mut Report) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for name in names {
        if let Some(other) = seen.insert(alike(name), name) {
            report.notice(file, Said::of(|words| (words.look_alike)(other, name)));
        }
    }
}

/// Reports people or products that no deal names.
fn idle<'a>(
    thing: Thing,
    file: &str,
    all: impl Iterator<Item = &'a str>,
    named: impl Iterator<Item = &'a str>,
    report: &mut Report,
) {
    const LISTED: usize = 8;
    let named: HashSet<&str> = named.collect();
    let all: Vec<&str> = all.collect();
    let idle: Vec<&str> = all.iter().copied().filter(|one| !named.contains(one)).collect();
    if idle.is_empty() {
        return;
    }
    let rest = idle.len().saturating_sub(LISTED);
    let names = idle[..idle.len() - rest].join(", ");
    let told = |words: &'static ImportWords| {
        let more = if rest > 0 { format!(" {}", (words.more)(rest)) } else { String::new() };
        let names = format!("{names}{more}");
        (words.idle)(idle.len(), all.len(), thing.many(words), &names)
    };
    report.notice(file, Said::of(told));
}

struct Context<'a> {
    folder: &'a Path,
    defaults: &'a Defaults,
}

impl Context<'_> {
    fn open(&self, source: Source, wanted: Vec<&str>, report: &mut Report) -> anyhow::Result<Open> {
        let reader = Reader::new(&source.format, self.defaults.currency)?;
        Ok(Open::new(Table::read(self.folder, &source, &wanted, report)?, reader, self.defaults.today))
    }
}

/// The columns that these templates use.
fn columns_in<'a>(
    one: impl IntoIterator<Item = &'a Template>,
    many: impl IntoIterator<Item = &'a Templates>,
) -> Vec<&'a str> {
    let many = many.into_iter().flat_map(|templates| &templates.0);
    one.into_iter().chain(many).flat_map(Template::columns).collect()
}

/// A day as written in the report.
fn told_day(day: NaiveDate, locale: Locale) -> String {
    crate::i18n::date::day(day, locale)
}

#[cfg(test)]
mod tests;
