//! Parses the customers of a file. A phone number, address or tax number that can't be parsed goes into the note and
//! the report, and the customer is imported without it.

use super::described::described;
use super::open::{Open, bad};
use super::{Sheet, columns_in};
use crate::checks::is_email;
use crate::customers::check::tax_number;
use crate::customers::input::{EMAIL, NAME, PHONE};
use crate::customers::model::{CustomerKind, NOTE};
use crate::customers::phone::{self, is_phone};
use crate::email;
use crate::error::Problem;
use crate::fields::model::LINE;
use crate::fields::{Field, TypedFields};
use crate::i18n::clean;
use crate::import::contacts::{Contacts, read_line};
use crate::import::map::Customers;
use crate::import::report::{Bad, Report};
use crate::import::said::Said;
use crate::import::table::Row;
use crate::import::template::{Template, Templates};
use crate::import::value::{self, is_nothing};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRow {
    pub kind: CustomerKind,
    pub name: String,
    /// The owner's name in the file; `None` for the whole firm.
    pub owner: Option<String>,
    pub phones: Vec<String>,
    pub emails: Vec<String>,
    pub tax_number: String,
    pub described: TypedFields,
    pub contacts: Vec<ContactRow>,
    /// Values that could not be parsed; they are added to the note.
    unread: Vec<Bad>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactRow {
    pub name: String,
    pub job: String,
    pub phone: String,
    pub email: String,
}

pub(super) fn columns(section: &Customers) -> Vec<&str> {
    let mut one = vec![&section.name];
    let optional = [&section.id, &section.kind, &section.owner, &section.tax_number];
    one.extend(optional.into_iter().flatten());
    match &section.contacts {
        Contacts::Fields(contacts) => {
            for contact in contacts {
                one.push(&contact.name);
                one.extend([&contact.job, &contact.phone, &contact.email].into_iter().flatten());
            }
        }
        Contacts::Lines(template) => one.push(template),
    }
    columns_in(
        one,
        [&section.phones, &section.emails]
            .into_iter()
            .chain(section.described.values())
            .chain(section.own.values()),
    )
}

pub(super) fn read(
    section: &Customers,
    fields: &[Field],
    open: &Open,
    report: &mut Report,
) -> Sheet<CustomerRow> {
    let called = |row: &Row| open.text(row, Some(&section.name));
    let id = section.id.as_ref().unwrap_or(&section.name);
    let sheet = open.sheet(report, id, called, |row| customer(section, fields, open, row));
    for one in &sheet.rows {
        for bad in &one.row.unread {
            report.note(&sheet.file, one.line, &one.row.name, bad.clone());
        }
    }
    sheet
}

fn customer(section: &Customers, fields: &[Field], open: &Open, row: &Row) -> Result<CustomerRow, Bad> {
    let mut unread = Vec::new();
    let phones = list(open, row, &section.phones, phone::several, phone_problem, &mut unread);
    let emails = list(open, row, &section.emails, email::several, email_problem, &mut unread);
    let typed = open.value(row, section.tax_number.as_ref());
    let number = match tax_number(&typed) {
        Ok(number) if number.chars().count() <= PHONE as usize => number,
        read => {
            let problem = read.err().unwrap_or(Problem::TooLong(PHONE));
            unread.extend(section.tax_number.as_ref().map(|one| bad(one, &typed, Said::problem(&problem))));
            String::new()
        }
    };
    let contacts = contacts(section, open, row, &mut unread)?;
    let mut typed = described(fields, (&section.described, &section.own), open, row)?;
    typed.set("note", note(section, open, &typed.text("note"), &unread)?);
    Ok(CustomerRow {
        kind: kind(section, open, row)?,
        name: open.needed(row, &section.name, NAME)?,
        owner: Some(open.text(row, section.owner.as_ref())).filter(|owner| !owner.is_empty()),
        phones,
        emails,
        tax_number: number,
        described: typed,
        contacts,
        unread,
    })
}

/// The note from the file, followed by the values that could not be parsed.
fn note(section: &Customers, open: &Open, note: &str, unread: &[Bad]) -> Result<String, Bad> {
    let mut note = note.to_owned();
    for one in unread {
        if !note.is_empty() {
            note.push('\n');
        }
        note.push_str(&format!("{}: {}", one.column, clean::line(&one.value)));
    }
    let named = section.described.get("note").and_then(|templates| templates.0.first());
    open.short(named.unwrap_or(&section.name), note, NOTE)
}

fn kind(section: &Customers, open: &Open, row: &Row) -> Result<CustomerKind, Bad> {
    let Some(template) = &section.kind else { return Ok(CustomerKind::default()) };
    match open.text(row, Some(template)) {
        text if text.is_empty() => Ok(CustomerKind::default()),
        text => value::kind(&text)
            .ok_or_else(|| bad(template, &text, Said::of(|words| words.unknown_kind.to_owned()))),
    }
}

fn phone_problem(text: &str) -> Option<Problem> {
    let long = text.chars().count() > PHONE as usize;
    if long { Some(Problem::TooLong(PHONE)) } else { (!is_phone(text)).then_some(Problem::BadPhone) }
}

fn email_problem(text: &str) -> Option<Problem> {
    let long = text.chars().count() > EMAIL as usize;
    if long { Some(Problem::TooLong(EMAIL)) } else { (!is_email(text)).then_some(Problem::BadEmail) }
}

/// Each number or address once; those that can't be parsed are added to `unread`.
fn list(
    open: &Open,
    row: &Row,
    templates: &Templates,
    several: fn(&str) -> Vec<String>,
    problem: fn(&str) -> Option<Problem>,
    unread: &mut Vec<Bad>,
) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for (template, text) in open.all(row, templates) {
        for one in several(&text).iter().map(|one| clean::line(one)) {
            if is_nothing(&one) {
                open.nothing(template, &one);
            } else if let Some(problem) = problem(&one) {
                unread.push(bad(template, &one, Said::problem(&problem)));
            } else if !list.contains(&one) {
                list.push(one);
            }
        }
    }
    list
}

fn contacts(
    section: &Customers,
    open: &Open,
    row: &Row,
    unread: &mut Vec<Bad>,
) -> Result<Vec<ContactRow>, Bad> {
    match &section.contacts {
        Contacts::Fields(contacts) => {
            let mut all = Vec::new();
            for contact in contacts {
                let name = open.value(row, Some(&contact.name));
                if name.is_empty() {
                    continue;
                }
                let one = |template: &Option<Template>,
                           problem: fn(&str) -> Option<Problem>,
                           unread: &mut Vec<Bad>| {
                    let text = open.value(row, template.as_ref());
                    let wrong = template.as_ref().zip(problem(&text)).filter(|_| !text.is_empty());
                    match wrong {
                        Some((template, problem)) => {
                            unread.push(bad(template, &text, Said::problem(&problem)));
                            String::new()
                        }
                        None => text,
                    }
                };
                let job = open.text(row, contact.job.as_ref());
                all.push(ContactRow {
                    name: open.short(&contact.name, name, NAME)?,
                    job: match &contact.job {
                        Some(template) => open.short(template, job, LINE)?,
                        None => job,
                    },
                    phone: phone::written(&one(&contact.phone, phone_problem, unread)),
                    email: one(&contact.email, |text| email_problem(&email::written(text)), unread),
                });
            }
            all.iter_mut().for_each(|contact| contact.email = email::written(&contact.email));
            Ok(all)
        }
        Contacts::Lines(template) => {
            let text = open.lines(row, &Templates(vec![template.clone()]));
            let mut all = Vec::new();
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                match read_line(line) {
                    Some(contact) => all.push(contact),
                    None => unread.push(bad(template, line, Said::of(|words| words.bad_contact.to_owned()))),
                }
            }
            Ok(all)
        }
    }
}
