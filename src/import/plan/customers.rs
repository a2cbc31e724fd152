//! Customers from a file.

use super::{Open, Sheet, columns_in};
use crate::customers::model::CustomerKind;
use crate::import::map::Customers;
use crate::import::report::Report;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRow {
    pub kind: CustomerKind,
    pub name: String,
    pub phones: Vec<String>,
    pub emails: Vec<String>,
    pub city: String,
    pub address: String,
    pub tax_number: String,
    pub tax_office: String,
    pub sector: String,
    pub source: String,
    pub interest: String,
    pub note: String,
    pub contacts: Vec<ContactRow>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRow {
    pub name: String,
    pub job: String,
    pub phone: String,
    pub email: String,
}

pub(super) fn columns(section: &Customers) -> Vec<&str> {
    let mut one = vec![&section.name];
    let optional = [
        &section.id,
        &section.city,
        &section.address,
        &section.tax_number,
        &section.tax_office,
        &section.sector,
        &section.source,
        &section.interest,
    ];
    one.extend(optional.into_iter().flatten());
    for contact in &section.contacts {
        one.push(&contact.name);
        one.extend([&contact.job, &contact.phone, &contact.email].into_iter().flatten());
    }
    columns_in(one, [&section.phones, &section.emails, &section.note])
}

pub(super) fn read(section: &Customers, open: &Open, report: &mut Report) -> Sheet<CustomerRow> {
    open.sheet(report, section.id.as_ref().unwrap_or(&section.name), |row| {
        let text = |template| open.text(row, Option::as_ref(template));
        let contacts = section.contacts.iter().map(|contact| ContactRow {
            name: contact.name.fill(open.table.cell(row)),
            job: text(&contact.job),
            phone: text(&contact.phone),
            email: text(&contact.email),
        });
        Ok(CustomerRow {
            kind: section.kind,
            name: open.needed(row, &section.name)?,
            phones: open.all(row, &section.phones),
            emails: open.all(row, &section.emails),
            city: text(&section.city),
            address: text(&section.address),
            tax_number: text(&section.tax_number),
            tax_office: text(&section.tax_office),
            sector: text(&section.sector),
            source: text(&section.source),
            interest: text(&section.interest),
            note: open.all(row, &section.note).join("\n"),
            contacts: contacts.filter(|contact| !contact.name.is_empty()).collect(),
        })
    })
}
