//! The form that adds or changes one of the firm's own fields, and its checks. Pure. Whether the name is in use is
//! checked in `commands`; forms with values of such fields are parsed in `fields::input`.

use super::model::{FieldsOf, OwnField, OwnFieldFacts, OwnShape};
use super::values::OwnValues;
use crate::checks::Problems;
use crate::error::{FieldProblem, Problem};
use crate::fields::model::{Field, FieldChoice};
use serde::{Deserialize, Serialize};

/// The longest name and the longest heading, in characters.
pub const NAME: u32 = 60;
/// The longest hint, in characters.
pub const HINT: u32 = 200;
/// The longest name of a choice, in characters.
pub const CHOICE: u32 = 100;
/// The most choices of a field. With more it should be a link to records.
pub const MOST_CHOICES: usize = 500;

/// The fields of the form, as typed. The choices are two parallel lists: their names, and the numbers of those that
/// existed already (any other text for new ones).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnFieldForm {
    /// The version from which the form was filled; empty for a new field.
    pub version: String,
    /// The kind of record, as a [`FieldsOf`].
    pub of: String,
    pub name: String,
    pub hint: String,
    pub part: String,
    pub shape: String,
    /// The kind of record that a field of type `Record` links to, as a [`FieldsOf`].
    pub target: String,
    pub choice_nr: Vec<String>,
    pub choice_name: Vec<String>,
    pub required: String,
    pub searched: String,
    pub listed: String,
}

impl OwnFieldForm {
    /// The form filled with the present values of a field, without archived choices.
    #[must_use]
    pub fn of(field: &OwnField) -> Self {
        let facts = &field.facts;
        let ticked = |yes: bool| if yes { "true".to_owned() } else { String::new() };
        let (choice_nr, choice_name) = facts
            .choices
            .iter()
            .filter(|choice| !choice.archived)
            .map(|choice| (choice.nr.to_string(), choice.name.clone()))
            .unzip();
        Self {
            version: field.version.to_string(),
            of: facts.of.to_string(),
            name: facts.name.clone(),
            hint: facts.hint.clone(),
            part: facts.part.clone(),
            shape: facts.shape.code().to_owned(),
            target: facts.target.to_string(),
            choice_nr,
            choice_name,
            required: ticked(facts.required),
            searched: ticked(facts.searched),
            listed: ticked(facts.listed),
        }
    }

    /// Checks the form. `was` are the facts from which it was filled: choices of theirs that are missing in the form
    /// are archived, so records that have them keep them.
    ///
    /// # Errors
    /// Every problem, each at its field.
    pub fn parse(&self, was: Option<&OwnFieldFacts>) -> Result<OwnFieldFacts, Vec<FieldProblem>> {
        let mut wrong = Problems::default();
        let of = FieldsOf::parse(&self.of).or_else(|| wrong.at("of", Problem::Unknown)).unwrap_or_default();
        let name = wrong.line("name", &self.name, NAME);
        if name.is_empty() {
            wrong.add("name", Problem::Required);
        }
        let hint = wrong.line("hint", &self.hint, HINT);
        let part = wrong.line("part", &self.part, NAME);
        let shape = OwnShape::parse(&self.shape).or_else(|| wrong.at("shape", Problem::Unknown));
        let shape = shape.unwrap_or_default();
        let target = match shape {
            OwnShape::Record => FieldsOf::parse(&self.target)
                .or_else(|| wrong.at("target", Problem::Unknown))
                .unwrap_or_default(),
            _ => was.map(|was| was.target).unwrap_or_default(),
        };
        let choices = if shape.has_choices() {
            self.choices(&mut wrong, was.map_or(&[], |was| &was.choices))
        } else {
            Vec::new()
        };
        if !wrong.0.is_empty() {
            return Err(wrong.0);
        }
        Ok(OwnFieldFacts {
            of,
            name,
            hint,
            part,
            shape,
            choices,
            required: !self.required.is_empty(),
            target,
            searched: !self.searched.is_empty() && shape.is_words(),
            listed: !self.listed.is_empty() && shape.is_short(),
            position: was.map(|was| was.position.clone()).unwrap_or_default(),
            active: was.is_none_or(|was| was.active),
            formers: was.map(|was| was.formers.clone()).unwrap_or_default(),
        })
    }

    /// The choices of the form, followed by the archived ones.
    fn choices(&self, wrong: &mut Problems, was: &[FieldChoice]) -> Vec<FieldChoice> {
        let numbers: Vec<u32> = was.iter().map(|choice| choice.nr).collect();
        let typed = (&*self.choice_nr, &*self.choice_name);
        let typed = wrong.numbered("choice_name", typed, (CHOICE, MOST_CHOICES), &numbers);
        let mut choices: Vec<FieldChoice> =
            typed.into_iter().map(|(_, nr, name)| FieldChoice { nr, name, archived: false }).collect();
        if choices.is_empty() && wrong.0.iter().all(|one| one.field != "choice_name.0") {
            wrong.add("choice_name.0", Problem::Required);
        }
        let gone = was.iter().filter(|old| choices.iter().all(|choice| choice.nr != old.nr));
        let gone: Vec<_> = gone.map(|old| FieldChoice { archived: true, ..old.clone() }).collect();
        choices.extend(gone);
        choices
    }
}

/// Checks the required own fields of a new record. The form can't do it alone: one that was drawn before a field was
/// added does not contain it.
///
/// # Errors
/// `Required` at each required field without a value.
pub fn missing(fields: &[Field], values: &OwnValues) -> Result<(), Vec<FieldProblem>> {
    let lacks = |field: &&Field| field.own && field.required && values.get(&field.key).is_none();
    let problem = |field: &Field| FieldProblem { field: field.key.to_string(), problem: Problem::Required };
    let lacking: Vec<_> = fields.iter().filter(lacks).map(problem).collect();
    if lacking.is_empty() { Ok(()) } else { Err(lacking) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(name: &str, answers: &[(&str, &str)]) -> OwnFieldForm {
        OwnFieldForm {
            of: "deal".into(),
            name: name.into(),
            shape: "choice".into(),
            choice_nr: answers.iter().map(|(nr, _)| (*nr).to_owned()).collect(),
            choice_name: answers.iter().map(|(_, name)| (*name).to_owned()).collect(),
            ..OwnFieldForm::default()
        }
    }

    fn fields(form: &OwnFieldForm) -> Vec<String> {
        form.parse(None).expect_err("has problems").into_iter().map(|one| one.field).collect()
    }

    #[test]
    fn answers_keep_their_numbers_and_never_get_one_again() {
        let first = choice("Renk", &[("", "Mavi"), ("", " "), ("", "Sarı")]).parse(None).expect("a field");
        let names = |facts: &OwnFieldFacts| {
            let choices = facts.choices.iter();
            choices.map(|one| (one.nr, one.name.clone(), one.archived)).collect::<Vec<_>>()
        };
        assert_eq!(names(&first), [(1, "Mavi".into(), false), (2, "Sarı".into(), false)]);
        // One is renamed, one is removed, one is added.
        let second = choice("Renk", &[("", "Yeşil"), ("1", "Lacivert"), ("7", "Mor")]);
        let second = second.parse(Some(&first)).expect("a field");
        let expected = [
            (3, "Yeşil".into(), false),
            (1, "Lacivert".into(), false),
            (4, "Mor".into(), false),
            (2, "Sarı".into(), true),
        ];
        assert_eq!(names(&second), expected);
    }

    #[test]
    fn every_problem_stands_at_its_field() {
        assert_eq!(fields(&OwnFieldForm::default()), ["of", "name", "shape"]);
        assert_eq!(fields(&choice("x", &[])), ["choice_name.0"]);
        assert_eq!(fields(&choice("x", &[("", "Kırmızı"), ("", "KIRMIZI")])), ["choice_name.1"]);
        let many: Vec<String> = (0..10_000).map(|nr| format!("Yanıt {nr}")).collect();
        assert_eq!(fields(&OwnFieldForm { choice_name: many, ..choice("x", &[]) }), ["choice_name.0"]);
        assert_eq!(fields(&choice(&"x".repeat(300), &[("", "a")])), ["name"]);
        for fine in ["שלום", "👍", "٣ شركة"] {
            choice(fine, &[("", "a")]).parse(None).expect("people call things so");
        }
    }
}
