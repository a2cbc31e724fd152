//! The form of an own record, and its checks. Pure; how a single field is parsed is in `fields::input`, and what needs
//! the database is checked in `commands`.

use super::model::OwnRecordFacts;
use crate::checks::Problems;
use crate::error::{FieldProblem, Problem};
use crate::fields::input::put;
use crate::fields::{Field, TypedAt, TypedFields};
use crate::i18n::Locale;
use crate::id::{CustomerId, OwnRecordId, UnitId};
use crate::journal::model::Fields;
use crate::own_kinds::model::OwnKindFacts;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The fields of the form, as typed; [`Self::parse`] makes facts of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnRecordForm {
    /// Made by the server with the empty form, so that a form that is sent twice makes one record.
    pub id: String,
    /// The version from which the form was filled; empty for a new record.
    pub version: String,
    /// Set after a conflict: the version that the person has seen since and that their own values overwrite.
    pub over: String,
    pub name: String,
    /// The customer's id; empty for none.
    pub customer: String,
    pub stage: String,
    pub owner: String,
    /// The firm's own fields.
    #[serde(flatten)]
    pub typed: TypedFields,
}

/// The longest name, in characters.
pub const NAME: u32 = 200;

/// The parsed form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OwnRecordInput {
    pub name: String,
    pub customer_id: Option<CustomerId>,
    pub stage: Option<i64>,
    /// `None` in the form of a person who may not hand records over.
    pub owner_id: Option<UnitId>,
    /// The values of the firm's own fields.
    pub values: Fields,
}

impl OwnRecordInput {
    /// The facts with the values of the form. If the stage differs, the caller sets the position.
    ///
    /// # Errors
    /// As [`put`].
    pub fn on(&self, facts: &OwnRecordFacts) -> Result<OwnRecordFacts, Vec<FieldProblem>> {
        let by_hand = OwnRecordFacts {
            owner_id: self.owner_id.unwrap_or(facts.owner_id),
            customer_id: self.customer_id,
            name: self.name.clone(),
            stage: self.stage,
            ..facts.clone()
        };
        put(&by_hand, &self.values)
    }
}

impl OwnRecordForm {
    /// The form filled with the present values of a record, in this language.
    #[must_use]
    pub fn of(
        id: OwnRecordId,
        version: i64,
        facts: &OwnRecordFacts,
        fields: &[Field],
        locale: Locale,
    ) -> Self {
        Self {
            id: id.to_string(),
            version: version.to_string(),
            over: String::new(),
            name: facts.name.clone(),
            customer: facts.customer_id.map(|id| id.to_string()).unwrap_or_default(),
            stage: facts.stage.map(|nr| nr.to_string()).unwrap_or_default(),
            owner: facts.owner_id.to_string(),
            typed: TypedFields::of(fields, facts, locale),
        }
    }

    /// Checks the form. `was` are the facts from which it was filled: a record may stay in an archived stage, and a
    /// customer is kept when the kind has no customers any more.
    ///
    /// # Errors
    /// The problems, in the order of the form.
    pub fn parse(
        &self,
        kind: &OwnKindFacts,
        when: TypedAt,
        fields: &[Field],
        was: Option<&OwnRecordFacts>,
    ) -> Result<OwnRecordInput, Vec<FieldProblem>> {
        let mut wrong = Problems::default();
        let name = wrong.line("name", &self.name, NAME);
        if name.is_empty() {
            wrong.add("name", Problem::Required);
        }
        let customer_id = match kind.on_customer {
            true => parsed(&mut wrong, "customer", &self.customer),
            false => was.and_then(|was| was.customer_id),
        };
        let stage = self.stage(&mut wrong, kind, was.and_then(|was| was.stage));
        let owner_id = parsed(&mut wrong, "owner", &self.owner);
        let mut values = Fields::new();
        self.typed.read(fields, when, &mut wrong, &mut values);
        if wrong.0.is_empty() {
            Ok(OwnRecordInput { name, customer_id, stage, owner_id, values })
        } else {
            Err(wrong.0)
        }
    }

    /// The chosen stage. Without one: the former stage, or the kind's first one.
    fn stage(&self, wrong: &mut Problems, kind: &OwnKindFacts, was: Option<i64>) -> Option<i64> {
        if self.stage.trim().is_empty() {
            return was.or_else(|| kind.offered().next().map(|stage| i64::from(stage.nr)));
        }
        let nr: Option<u32> = self.stage.trim().parse().ok();
        let known =
            nr.filter(|nr| kind.offered().any(|stage| stage.nr == *nr) || was == Some(i64::from(*nr)));
        known.map(i64::from).or_else(|| wrong.at("stage", Problem::Unknown))
    }
}

/// Parses an id; empty is none.
fn parsed<T: FromStr>(wrong: &mut Problems, field: &str, typed: &str) -> Option<T> {
    match typed.trim() {
        "" => None,
        typed => typed.parse().ok().or_else(|| wrong.at(field, Problem::Unknown)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::KindNr;
    use crate::own_kinds::model::KindStage;
    use uuid::Uuid;

    fn kind() -> OwnKindFacts {
        let stage =
            |nr: u32, name: &str, archived| KindStage { nr, name: name.into(), closed: false, archived };
        OwnKindFacts {
            stages: vec![stage(2, "Keşif", false), stage(1, "Kurulum", false), stage(3, "Eski", true)],
            ..OwnKindFacts::default()
        }
    }

    fn parse(form: &OwnRecordForm, was: Option<&OwnRecordFacts>) -> Result<OwnRecordInput, Vec<String>> {
        let read = form.parse(&kind(), TypedAt::default(), &[], was);
        read.map_err(|wrong| wrong.into_iter().map(|one| one.field).collect())
    }

    #[test]
    fn a_new_one_begins_in_the_first_stage_and_an_old_one_may_stay_in_an_archived_one() {
        let form = |stage: &str| OwnRecordForm {
            name: "Kule 3".into(),
            stage: stage.into(),
            ..OwnRecordForm::default()
        };
        assert_eq!(parse(&form(""), None).expect("fine").stage, Some(2));
        assert_eq!(parse(&form("1"), None).expect("fine").stage, Some(1));
        assert_eq!(parse(&form("3"), None), Err(vec!["stage".into()]));
        let was = OwnRecordFacts { stage: Some(3), ..OwnRecordFacts::new(KindNr(1), UnitId(Uuid::nil())) };
        assert_eq!(parse(&form("3"), Some(&was)).expect("fine").stage, Some(3));
        assert_eq!(parse(&form(""), Some(&was)).expect("fine").stage, Some(3));
    }

    #[test]
    fn every_problem_stands_at_its_field() {
        let form = OwnRecordForm {
            stage: "x".into(),
            owner: "nobody".into(),
            customer: "somebody".into(),
            ..OwnRecordForm::default()
        };
        // Its kind has no customers: a customer in the form is ignored.
        assert_eq!(parse(&form, None), Err(vec!["name".into(), "stage".into(), "owner".into()]));
        let long = OwnRecordForm { name: "x".repeat(300), ..OwnRecordForm::default() };
        assert_eq!(parse(&long, None), Err(vec!["name".into()]));
    }
}
