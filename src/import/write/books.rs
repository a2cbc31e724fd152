//! All records that a row may refer to, by their names in files. Rows resolve their references here while they are
//! written, and each imported record is added. Links in the firm's own fields are resolved here, too.

use super::process::Stages;
use super::{Context, missing};
use crate::fields::model::LinkTo;
use crate::fields::{Field, FieldsOf, Shape, TypedFields};
use crate::id::KindNr;
use crate::import::book::Book;
use crate::import::map::Described;
use crate::import::report::{Bad, Thing};
use crate::import::template::Template;
use std::collections::BTreeMap;
use uuid::Uuid;

pub(super) struct Books {
    /// People, groups and the firm.
    pub owners: Book,
    pub people: Book,
    pub stages: Stages,
    pub products: Book,
    pub customers: Book,
    pub deals: Book,
    /// By own kind.
    pub records: BTreeMap<KindNr, Book>,
}

/// The id under which a record of an own kind is remembered. It includes the kind, because two files may both count
/// from 1.
#[must_use]
pub(super) fn remembered(kind: KindNr, external: &str) -> String {
    format!("{kind}/{external}")
}

impl Books {
    /// Begins with all records imported from this source earlier.
    pub(super) fn new(
        context: &Context<'_>,
        (people, owners): (Book, Book),
        stages: Stages,
        products: Book,
    ) -> Self {
        let mut records: BTreeMap<KindNr, Book> = BTreeMap::new();
        for ((kind, external), id) in &context.known {
            let parts = external.split_once('/').filter(|_| kind == Thing::Record.code());
            if let Some((nr, name)) = parts.and_then(|(nr, name)| Some((nr.parse().ok()?, name))) {
                records.entry(nr).or_insert_with(book_of_records).enter(name, *id);
            }
        }
        Self {
            owners,
            people,
            stages,
            products,
            customers: context.book(|words| Thing::Customer.one(words), Thing::Customer),
            deals: context.book(|words| Thing::Deal.one(words), Thing::Deal),
            records,
        }
    }

    /// Adds an imported record of an own kind.
    pub(super) fn enter_record(&mut self, kind: KindNr, external: &str, id: Uuid) {
        self.records.entry(kind).or_insert_with(book_of_records).enter(external, id);
    }

    /// The record that a row names, among all own kinds: the first with that name.
    pub(super) fn record(
        &self,
        name: Option<&str>,
        template: Option<&Template>,
    ) -> Result<Option<Uuid>, Bad> {
        let Some((name, template)) = name.zip(template) else { return Ok(None) };
        let known = self.records.values().find_map(|book| book.find(name).ok());
        match known {
            Some(id) => Ok(Some(id)),
            None => book_of_records().find(name).map(Some).map_err(|why| missing(template, name, why)),
        }
    }

    /// Replaces names by ids in fields that link to a record or a person.
    pub(super) fn link(&self, fields: &[Field], own: &Described, typed: &mut TypedFields) -> Result<(), Bad> {
        for field in fields {
            let Shape::Linked(to, _) = field.shape else { continue };
            let name = typed.text(&field.key);
            let template = own.get(&*field.map_key).and_then(|templates| templates.0.first());
            let Some(template) = template.filter(|_| !name.is_empty()) else { continue };
            let found = match to {
                LinkTo::Person => self.people.find(&name),
                LinkTo::Records(FieldsOf::Customer) => self.customers.find(&name),
                LinkTo::Records(FieldsOf::Deal) => self.deals.find(&name),
                LinkTo::Records(FieldsOf::Own(nr)) => match self.records.get(&nr) {
                    Some(book) => book.find(&name),
                    None => book_of_records().find(&name),
                },
            };
            let id = found.map_err(|why| missing(template, &name, why))?;
            typed.set(&field.key, id.to_string());
        }
        Ok(())
    }
}

fn book_of_records() -> Book {
    Book::new(|words| Thing::Record.one(words))
}
