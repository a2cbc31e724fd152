//! Parses the records of one of the firm's own kinds from a file. Owner, customer and stage are still names as in the
//! file.

use super::described::described;
use super::open::Open;
use super::{Sheet, columns_in};
use crate::fields::{Field, TypedFields};
use crate::id::KindNr;
use crate::import::map::{Described, Records};
use crate::import::report::Report;
use crate::import::table::Row;
use crate::import::template::Template;
use crate::own_kinds::model::OwnKindFacts;
use crate::own_records::input::NAME;

/// One of the firm's own kinds, with the fields of its records.
#[derive(Clone, Debug)]
pub struct KindOfRecord {
    pub nr: KindNr,
    pub facts: OwnKindFacts,
    pub fields: Vec<Field>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRow {
    pub name: String,
    /// The owner's name in the file; `None` for the whole firm.
    pub owner: Option<String>,
    pub customer: Option<String>,
    pub stage: Option<String>,
    pub described: TypedFields,
}

/// The rows of a file, and their kind.
#[derive(Clone, Debug)]
pub struct RecordSheet {
    /// The index of the section in the map.
    pub section: usize,
    pub kind: KindOfRecord,
    pub sheet: Sheet<RecordRow>,
}

pub(super) fn columns(section: &Records) -> Vec<&str> {
    let optional = [&section.owner, &section.customer, &section.stage];
    let one = [&section.id, &section.name].into_iter().chain(optional.into_iter().flatten());
    columns_in(one, section.own.values())
}

pub(super) fn read(
    section: &Records,
    fields: &[Field],
    open: &Open,
    report: &mut Report,
) -> Sheet<RecordRow> {
    let called = |row: &Row| open.text(row, Some(&section.name));
    open.sheet(report, &section.id, called, |row| {
        let named = |template: &Option<Template>| {
            Some(open.text(row, template.as_ref())).filter(|name| !name.is_empty())
        };
        Ok(RecordRow {
            name: open.needed(row, &section.name, NAME)?,
            owner: named(&section.owner),
            customer: named(&section.customer),
            stage: named(&section.stage),
            described: described(fields, (&Described::new(), &section.own), open, row)?,
        })
    })
}
