//! A plan into the database: people first, then the process, products, customers and deals, in transactions of some hundred rows. What
//! came in before is compared and left alone.

mod customers;
mod deals;
mod people;
mod process;

use super::batches::Batches;
use super::book::Book;
use super::map::Map;
use super::plan::Plan;
use super::report::{Report, Thing};
use super::store::{self, Known};
use crate::auth::Actor;
use crate::error::{Error, FieldProblem, Result};
use crate::i18n::Locale;
use crate::server::db::Db;
use uuid::Uuid;

/// What every step needs.
struct Desk<'a> {
    map: &'a Map,
    report: &'a mut Report,
    /// What came from this source before.
    known: Known,
}

impl Desk<'_> {
    fn known(&self, kind: &str, external: &str) -> Option<Uuid> {
        // The key is of two owned texts; looking up with borrowed ones would need a key type of its own.
        self.known.get(&(kind.to_owned(), external.to_owned())).copied()
    }

    /// A book with all that came from this source before.
    fn book(&self, what: &'static str, thing: Thing) -> Book {
        let mut book = Book::new(what);
        for ((kind, external), id) in &self.known {
            if kind == thing.code() {
                book.enter(external, *id);
            }
        }
        book
    }
}

pub(super) async fn write(db: &Db, actor: Actor, map: &Map, plan: &Plan, report: &mut Report) -> Result<()> {
    let mut tx = db.read(actor.clone()).await?;
    let known = store::known(&mut tx, &map.source).await?;
    let units = store::units_now(&mut tx).await?;
    drop(tx);
    let mut desk = Desk { map, report, known };
    let mut batches = Batches::new(db, actor, desk.report.dry_run);
    let owners = people::write(&mut desk, &mut batches, &plan.people, units).await?;
    let stages = process::stages(&mut desk, &mut batches).await?;
    let products = process::products(&mut desk, &mut batches, &plan.products).await?;
    let customers = customers::write(&mut desk, &mut batches, &plan.customers).await?;
    let books = deals::Books { owners, stages, products, customers };
    deals::write(&mut desk, &mut batches, &plan.deals, &books).await?;
    batches.finish().await
}

/// What a store says against a row, as the reason to be told beside it; what it says against the database ends the import.
fn reason(error: Error) -> Result<String> {
    match error {
        Error::Invalid(problems) => {
            let words = &Locale::En.text().errors;
            let told = |one: &FieldProblem| format!("{}: {}", one.field, (words.problem)(&one.problem));
            Ok(problems.iter().map(told).collect::<Vec<_>>().join(" "))
        }
        Error::NotFound => Ok("it points at something that is gone".to_owned()),
        other => Err(other),
    }
}

/// Notes that a field is not as the file has it; a file that says nothing says nothing against.
fn differs(differences: &mut Vec<String>, field: &str, here: &str, file: &str) {
    if !file.is_empty() && here != file {
        differences.push(format!("{field}: here \"{here}\", file \"{file}\""));
    }
}
