//! The customer's form as typed, and parsing it into facts, in the browser and on the server alike. Pure.

use super::check::tax_number;
use super::model::{BUSINESS, Contact, CustomerFacts, CustomerKind, REACH};
use super::phone::{self, is_phone};
use crate::checks::{LONGEST_LIST, Problems, is_email};
use crate::email;
use crate::error::{FieldProblem, Problem};
use crate::fields::input::put;
use crate::fields::model::{LINE, in_part, own_of};
use crate::fields::{Field, TypedAt, TypedFields};
use crate::i18n::Locale;
use crate::id::{ContactId, CustomerId, UnitId};
use crate::journal::model::Fields;
use serde::{Deserialize, Serialize};

/// The form's fields, all of them text. Contacts are parallel lists: the first entry of each list belongs to the first
/// contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerForm {
    /// Made by the server with the empty form, so that sending it twice makes one customer.
    pub id: String,
    /// The version that was read; empty for a new customer.
    pub version: String,
    /// The id of the command; a form that is sent twice keeps it.
    pub cmd: String,
    pub kind: String,
    pub name: String,
    pub phones: Vec<String>,
    pub emails: Vec<String>,
    pub tax_number: String,
    /// The id of the owner's unit; empty for one's own.
    pub owner: String,
    pub contact_id: Vec<String>,
    pub contact_name: Vec<String>,
    pub contact_job: Vec<String>,
    pub contact_phone: Vec<String>,
    pub contact_email: Vec<String>,
    /// The facts with which the form began, as JSON; needed to find conflicts.
    pub was: String,
    /// After a conflict: the fields that keep the value on record.
    pub take: Vec<String>,
    /// The fields that are described.
    #[serde(flatten)]
    pub typed: TypedFields,
}

pub const NAME: u32 = 200;
pub const PHONE: u32 = 40;
pub const EMAIL: u32 = 254;

impl CustomerForm {
    /// The form filled with a customer, written in that language.
    #[must_use]
    pub fn of(id: CustomerId, version: i64, facts: &CustomerFacts, fields: &[Field], locale: Locale) -> Self {
        let of_contacts = |part: fn(&Contact) -> String| facts.contacts.iter().map(part).collect();
        Self {
            id: id.to_string(),
            version: version.to_string(),
            cmd: String::new(),
            kind: facts.kind.code().to_owned(),
            name: facts.name.clone(),
            phones: facts.phones.clone(),
            emails: facts.emails.clone(),
            tax_number: facts.tax_number.clone(),
            owner: facts.owner_id.to_string(),
            contact_id: of_contacts(|contact| contact.id.to_string()),
            contact_name: of_contacts(|contact| contact.name.clone()),
            contact_job: of_contacts(|contact| contact.job.clone()),
            contact_phone: of_contacts(|contact| contact.phone.clone()),
            contact_email: of_contacts(|contact| contact.email.clone()),
            was: serde_json::to_string(facts).unwrap_or_default(),
            take: Vec::new(),
            typed: TypedFields::of(fields, facts, locale),
        }
    }

    /// The same form with another text in a described field.
    #[must_use]
    pub fn with(mut self, field: &str, text: &str) -> Self {
        self.typed.set(field, text);
        self
    }

    /// The facts, or every problem at its field; a field in a list is named with its index, such as `phones.1`. `mine`
    /// is the unit of the person who types, `fields` are the described fields with the firm's own, `fresh` makes the
    /// ids of new contacts.
    ///
    /// # Errors
    /// The problems, in the order of the form.
    pub fn parse(
        &self,
        mine: UnitId,
        when: TypedAt,
        fields: &[Field],
        mut fresh: impl FnMut() -> ContactId,
    ) -> Result<CustomerFacts, Vec<FieldProblem>> {
        let mut wrong = Problems::default();
        let kind = match self.kind.as_str() {
            "person" => CustomerKind::Person,
            "organisation" | "" => CustomerKind::Organisation,
            _ => wrong.at("kind", Problem::Unknown).unwrap_or_default(),
        };
        let name = wrong.line("name", &self.name, NAME);
        if name.is_empty() {
            wrong.add("name", Problem::Required);
        }
        let phones = wrong.list("phones", &self.phones, PHONE, phone::several, phone_problem);
        let emails = wrong.list("emails", &self.emails, EMAIL, email::several, email_problem);
        let mut values = Fields::new();
        self.typed.read(in_part(fields, REACH), when, &mut wrong, &mut values);
        let contacts = self.contacts(&mut wrong, &mut fresh);
        let tax_number = wrong.line("tax_number", &self.tax_number, PHONE);
        let tax_number = tax_number_of(&mut wrong, tax_number);
        self.typed.read(in_part(fields, BUSINESS).chain(own_of(fields)), when, &mut wrong, &mut values);
        let owner_id = match self.owner.trim() {
            "" => mine,
            typed => typed.parse().ok().or_else(|| wrong.at("owner", Problem::Unknown)).unwrap_or(mine),
        };
        if !wrong.0.is_empty() {
            return Err(wrong.0);
        }
        let by_hand = CustomerFacts {
            phones,
            emails,
            tax_number,
            contacts,
            ..CustomerFacts::new(owner_id, kind, name)
        };
        put(&by_hand, &values)
    }

    fn contacts(&self, wrong: &mut Problems, fresh: &mut impl FnMut() -> ContactId) -> Vec<Contact> {
        let lists = [&self.contact_name, &self.contact_job, &self.contact_phone, &self.contact_email];
        let rows = lists.iter().map(|list| list.len()).max().unwrap_or_default();
        let at = |list: &Vec<String>, row: usize| list.get(row).cloned().unwrap_or_default();
        let mut contacts: Vec<Contact> = Vec::new();
        for row in 0..rows {
            if lists.iter().all(|list| at(list, row).trim().is_empty()) {
                continue;
            }
            let field = |name: &str| format!("{name}.{row}");
            let name = wrong.line(&field("contact_name"), &at(lists[0], row), NAME);
            if name.is_empty() {
                wrong.add(&field("contact_name"), Problem::Required);
            }
            let job = wrong.line(&field("contact_job"), &at(lists[1], row), LINE);
            let phone = phone::written(&wrong.line(&field("contact_phone"), &at(lists[2], row), PHONE));
            if let Some(problem) = phone_problem(&phone).filter(|_| !phone.is_empty()) {
                wrong.add(&field("contact_phone"), problem);
            }
            let email = email::written(&wrong.line(&field("contact_email"), &at(lists[3], row), EMAIL));
            if let Some(problem) = email_problem(&email).filter(|_| !email.is_empty()) {
                wrong.add(&field("contact_email"), problem);
            }
            let known = at(&self.contact_id, row).parse().ok();
            let known = known.filter(|id| contacts.iter().all(|other| other.id != *id));
            contacts.push(Contact { id: known.unwrap_or_else(&mut *fresh), name, job, phone, email });
        }
        if contacts.len() > LONGEST_LIST {
            wrong.add("contact_name.0", Problem::TooLong(u32::try_from(LONGEST_LIST).unwrap_or_default()));
        }
        contacts
    }
}

/// The problem of a typed telephone number, if there is one.
#[must_use]
pub fn phone_problem(text: &str) -> Option<Problem> {
    (!is_phone(text)).then_some(Problem::BadPhone)
}

/// The problem of a typed e-mail address, if there is one.
#[must_use]
pub fn email_problem(text: &str) -> Option<Problem> {
    (!is_email(text)).then_some(Problem::BadEmail)
}

fn tax_number_of(wrong: &mut Problems, typed: String) -> String {
    match tax_number(&typed) {
        Ok(number) => number,
        Err(problem) => {
            wrong.add("tax_number", problem);
            typed
        }
    }
}

#[cfg(test)]
mod tests;
