//! Writes a plan into the database: people first, then pipelines, products, customers, deals and the rest, in
//! transactions of some hundred rows. Records imported earlier are compared with the file and not changed.

mod activities;
mod books;
mod customers;
mod deals;
mod people;
mod process;
mod records;
mod tasks;

use super::batches::Batches;
use super::book::Book;
use super::map::Map;
use super::plan::{Defaults, Plan};
use super::report::{Bad, Difference, Report, Thing};
use super::said::Said;
use super::store::{self, Known};
use super::template::Template;
use crate::auth::Actor;
use crate::error::{Error, FieldProblem, Result};
use crate::fields::{Field, TypedAt, names};
use crate::i18n::{ImportWords, Locale};
use crate::journal::model::{Fields, fields_of};
use crate::server::db::Db;
use serde::Serialize;
use uuid::Uuid;

/// What every step needs.
struct Context<'a> {
    map: &'a Map,
    report: &'a mut Report,
    /// The records imported from this source earlier.
    known: Known,
    when: TypedAt,
    defaults: &'a Defaults,
}

impl Context<'_> {
    /// Reports a row that the database refuses.
    fn refuse(&mut self, file: &str, line: u64, name: &str, error: Error) -> Result<()> {
        for bad in reasons(error, self.defaults)? {
            self.report.refuse(file, line, name, bad);
        }
        Ok(())
    }

    fn known(&self, kind: &str, external: &str) -> Option<Uuid> {
        // A lookup without copying the texts would need a key type of its own.
        self.known.get(&(kind.to_owned(), external.to_owned())).copied()
    }

    /// A book of all records imported from this source earlier.
    fn book(&self, what: fn(&'static ImportWords) -> &'static str, thing: Thing) -> Book {
        let mut book = Book::new(what);
        for ((kind, external), id) in &self.known {
            if kind == thing.code() {
                book.enter(external, *id);
            }
        }
        book
    }
}

pub(super) async fn write(
    db: &Db,
    actor: Actor,
    (map, defaults): (&Map, &Defaults),
    plan: &Plan,
    report: &mut Report,
) -> Result<()> {
    let mut tx = db.read(actor.clone()).await?;
    let known = store::known(&mut tx, &map.source).await?;
    let units = store::units_now(&mut tx).await?;
    drop(tx);
    let mut context = Context { map, report, known, when: actor.typed_at(), defaults };
    let mut batches = Batches::new(db, actor, context.report.dry_run);
    let (people, owners) = people::write(&mut context, &mut batches, &plan.people, units).await?;
    let stages = process::stages(&mut context, &mut batches).await?;
    let products = process::products(&mut context, &mut batches, &plan.products).await?;
    let mut books = books::Books::new(&context, (people, owners), stages, products);
    customers::write(&mut context, &mut batches, &plan.customers, &mut books).await?;
    deals::write(&mut context, &mut batches, &plan.deals, &mut books).await?;
    for sheet in &plan.records {
        records::write(&mut context, &mut batches, sheet, &mut books).await?;
    }
    tasks::write(&mut context, &mut batches, &plan.tasks, &books).await?;
    activities::write(&mut context, &mut batches, &plan.activities, &books).await?;
    batches.finish().await
}

/// The reasons for which a store refuses a row, for the report. Failures of the database end the import.
fn reasons(error: Error, defaults: &Defaults) -> Result<Vec<Bad>> {
    match error {
        Error::Invalid(problems) => Ok(problems.iter().map(|one| reason(one, defaults)).collect()),
        Error::NotFound => Ok(vec![Bad::row(Said::of(|words| words.gone.to_owned()))]),
        other => Err(other),
    }
}

/// A problem at a form's field, with the field's name as on cards: `phones.1` is a telephone number.
fn reason(one: &FieldProblem, defaults: &Defaults) -> Bad {
    let name = one.field.split('.').next().unwrap_or_default();
    let of_kinds = defaults.kinds.iter().flat_map(|kind| &kind.fields);
    let own = defaults.customers.iter().chain(&defaults.deals).chain(of_kinds);
    let own = own.clone().find(|field| field.own && field.key == name);
    Bad::row(Said::with(|text, locale| {
        let label = match own {
            Some(field) => field.called(text),
            None => names::field(locale, name).unwrap_or(name).to_owned(),
        };
        format!("{label}: {}", (text.errors.problem)(&one.problem))
    }))
}

/// The finding for a name that is in no book.
fn missing(template: &Template, value: &str, why: Said) -> Bad {
    Bad { column: template.heading(), value: value.to_owned(), why }
}

/// The record that a name refers to, if the row has a name.
fn found(
    book: &Book,
    name: Option<&str>,
    template: Option<&Template>,
) -> std::result::Result<Option<Uuid>, Bad> {
    match (name, template) {
        (Some(name), Some(template)) => book.find(name).map(Some).map_err(|why| missing(template, name, why)),
        _ => Ok(None),
    }
}

/// Notes a difference between the record and the file; an empty value in the file is no difference.
fn differs(differences: &mut Vec<Difference>, field: &str, here: &str, file: &str) {
    if !file.is_empty() && here != file {
        differences
            .push(Difference { field: field.to_owned(), values: Some((here.to_owned(), file.to_owned())) });
    }
}

/// The same for the described fields, in the language of the import.
fn differ_described<F: Serialize>(
    differences: &mut Vec<Difference>,
    fields: &[Field],
    (here, file): (&F, &F),
    locale: Locale,
) {
    let (here, file) = (fields_of(here), fields_of(file));
    for field in fields {
        let said = |facts: &Fields| {
            facts.get(&*field.key).map(|value| field.typed(value, locale)).unwrap_or_default()
        };
        // The firm's own fields are named by their name.
        let name = if field.own { &field.map_key } else { &field.key };
        differs(differences, name, &said(&here), &said(&file));
    }
}
