//! Checks the set-up form. Pure, apart from the list of time zones, which only the server has.

use super::model::SetUpForm;
use crate::error::{Error, FieldProblem, Problem};
use crate::i18n::{Currency, Locale};
use crate::people::store::NewFirm;

/// A checked set-up form.
#[derive(Debug)]
pub struct NewHouse {
    pub firm: NewFirm,
    pub name: String,
    pub email: String,
    pub password: String,
    pub with_sample: bool,
}

impl SetUpForm {
    /// # Errors
    /// `Invalid` with every problem, each at its field.
    pub fn parse(&self) -> Result<NewHouse, Error> {
        let mut problems = Vec::new();
        let mut wrong = |field: &str, problem| problems.push(FieldProblem { field: field.into(), problem });
        for (field, text) in [("firm", &self.firm), ("name", &self.name)] {
            if text.trim().is_empty() {
                wrong(field, Problem::Required);
            } else if text.chars().count() > 200 {
                wrong(field, Problem::TooLong(200));
            }
        }
        let email = super::address::read(&self.email);
        if email.is_none() {
            wrong("email", Problem::BadEmail);
        }
        if self.password.chars().count() < super::password::SHORTEST {
            wrong("password", Problem::TooShort(8));
        }
        let language = Locale::parse(&self.language);
        let currency = self.currency.parse::<Currency>();
        if language.is_none() {
            wrong("language", Problem::Unknown);
        }
        if currency.is_err() {
            wrong("currency", Problem::BadCurrency);
        }
        if self.time_zone.parse::<chrono_tz::Tz>().is_err() {
            wrong("time_zone", Problem::BadTimeZone);
        }
        match (language, currency, email) {
            (Some(language), Ok(currency), Some(email)) if problems.is_empty() => Ok(NewHouse {
                firm: NewFirm {
                    name: self.firm.trim().to_owned(),
                    language,
                    currency,
                    time_zone: self.time_zone.clone(),
                },
                name: self.name.trim().to_owned(),
                email,
                password: self.password.clone(),
                with_sample: self.start == "sample",
            }),
            _ => Err(Error::Invalid(problems)),
        }
    }
}
