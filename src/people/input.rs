//! The forms about people and the firm: as typed, and as parsed. Pure, so that the browser finds the same problems as
//! the server.

use super::model::FirmProfile;
use crate::auth::address;
use crate::auth::model::{Role, Sees};
use crate::checks::Problems;
use crate::error::{FieldProblem, Problem};
use crate::i18n::{Currency, Locale};
use crate::id::UnitId;
use serde::{Deserialize, Serialize};

/// Longest name of a person, a group or the firm.
const NAME: u32 = 200;

/// Somebody's place in the firm: their role, how far they see, and the group above them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seating {
    pub role: Role,
    pub sees: Sees,
    pub under: UnitId,
}

/// The form of a person, to invite or to change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    pub version: String,
    /// After a conflict: the version on record that is to be overwritten with one's own values.
    pub over: String,
    pub name: String,
    pub email: String,
    pub role: String,
    pub sees: String,
    pub under: String,
}

/// A parsed person's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonInput {
    pub name: String,
    /// `None` where nothing was typed: such a person is listed in the firm, but can't sign in.
    pub email: Option<String>,
    pub seating: Seating,
}

fn name(wrong: &mut Problems, field: &str, typed: &str) -> String {
    let name = wrong.line(field, typed, NAME);
    if name.is_empty() {
        wrong.add(field, Problem::Required);
    }
    name
}

/// The address by which they sign in; `None` where nothing was typed.
fn email(wrong: &mut Problems, typed: &str) -> Option<String> {
    if address::kept(typed).is_empty() {
        return None;
    }
    // The typed text is passed on, so that the field has only this one problem.
    address::read(typed).or_else(|| wrong.at("email", Problem::BadEmail)).or_else(|| Some(typed.to_owned()))
}

impl PersonForm {
    /// # Errors
    /// Every problem, each at its field.
    pub fn parse(&self) -> Result<PersonInput, Vec<FieldProblem>> {
        let mut wrong = Problems::default();
        let name = name(&mut wrong, "name", &self.name);
        let email = email(&mut wrong, &self.email);
        let role = Role::parse(&self.role).or_else(|| wrong.at("role", Problem::Unknown));
        let sees = match role {
            // An owner is responsible for everything, and therefore sees everything.
            Some(Role::Owner) => Some(Sees::All),
            _ => Sees::parse(&self.sees).or_else(|| wrong.at("sees", Problem::Unknown)),
        };
        let under = self.under.parse().ok().or_else(|| wrong.at("under", Problem::Unknown));
        match (role, sees, under) {
            (Some(role), Some(sees), Some(under)) if wrong.0.is_empty() => {
                Ok(PersonInput { name, email, seating: Seating { role, sees, under } })
            }
            _ => Err(wrong.0),
        }
    }
}

/// The form of one's own account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileForm {
    pub name: String,
    pub email: String,
    pub language: String,
    /// Needed only for changing the e-mail address.
    pub current_password: String,
}

impl ProfileForm {
    /// The name, address and language.
    ///
    /// # Errors
    /// Every problem, each at its field.
    pub fn parse(&self) -> Result<(String, String, Locale), Vec<FieldProblem>> {
        let mut wrong = Problems::default();
        let name = name(&mut wrong, "name", &self.name);
        let email = email(&mut wrong, &self.email).or_else(|| wrong.at("email", Problem::Required));
        let language = Locale::parse(&self.language).or_else(|| wrong.at("language", Problem::Unknown));
        match (email, language) {
            (Some(email), Some(language)) if wrong.0.is_empty() => Ok((name, email, language)),
            _ => Err(wrong.0),
        }
    }
}

/// Parses the name of a group.
///
/// # Errors
/// What is wrong with it, at the field `name`.
pub fn group_name(typed: &str) -> Result<String, Vec<FieldProblem>> {
    let mut wrong = Problems::default();
    let name = name(&mut wrong, "name", typed);
    if wrong.0.is_empty() { Ok(name) } else { Err(wrong.0) }
}

/// The form of the firm.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FirmForm {
    pub version: String,
    /// After a conflict: the version on record that is to be overwritten with one's own values.
    pub over: String,
    pub name: String,
    pub language: String,
    pub currency: String,
    pub time_zone: String,
}

impl FirmForm {
    /// The form, filled with the firm as it is.
    #[must_use]
    pub fn of(firm: &FirmProfile, version: i64) -> Self {
        Self {
            version: version.to_string(),
            over: String::new(),
            name: firm.name.clone(),
            language: firm.language.code().to_owned(),
            currency: firm.currency.code().to_owned(),
            time_zone: firm.time_zone.clone(),
        }
    }

    /// The server also checks that the time zone exists; here its name is only taken.
    ///
    /// # Errors
    /// Every problem, each at its field.
    pub fn parse(&self) -> Result<FirmProfile, Vec<FieldProblem>> {
        let mut wrong = Problems::default();
        let name = name(&mut wrong, "name", &self.name);
        let language = Locale::parse(&self.language).or_else(|| wrong.at("language", Problem::Unknown));
        let currency = self.currency.parse::<Currency>().ok();
        let currency = currency.or_else(|| wrong.at("currency", Problem::BadCurrency));
        match (language, currency) {
            (Some(language), Some(currency)) if wrong.0.is_empty() => {
                Ok(FirmProfile { name, language, currency, time_zone: self.time_zone.trim().to_owned() })
            }
            _ => Err(wrong.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_told_at_its_field() {
        let form = PersonForm { email: "x".into(), role: "king".into(), ..PersonForm::default() };
        let fields: Vec<String> =
            form.parse().expect_err("refused").into_iter().map(|one| one.field).collect();
        assert_eq!(fields, ["name", "email", "role", "sees", "under"]);
    }

    #[test]
    fn an_owner_sees_everything_whatever_was_chosen() {
        let under = uuid::Uuid::nil().to_string();
        let form = PersonForm {
            name: " Ada  Işık ".into(),
            email: "Ada@Firma.com ".into(),
            role: "owner".into(),
            under,
            ..PersonForm::default()
        };
        let typed = form.parse().expect("sound");
        assert_eq!((typed.name.as_str(), typed.email.as_deref()), ("Ada Işık", Some("ada@firma.com")));
        assert_eq!(typed.seating.sees, Sees::All);
    }
}
