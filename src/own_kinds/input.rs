//! The form that adds or changes one of the firm's own kinds, and its checks. Pure. Whether a name is in use is checked
//! in `commands`.

use super::model::{KindAccess, KindIcon, KindStage, OwnKind, OwnKindFacts};
use crate::checks::Problems;
use crate::error::{FieldProblem, Problem};
use serde::{Deserialize, Serialize};

/// The longest name of a kind, in characters.
pub const NAME: u32 = 40;
/// The longest name of a stage, in characters.
pub const STAGE: u32 = 40;
/// The most stages of a kind: a board with more columns could not be used.
pub const MOST_STAGES: usize = 30;

/// The fields of the form, as typed. The stages are three parallel lists: the numbers of those that existed already
/// (any other text for new ones), their names, and whether their records count as done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnKindForm {
    /// The version from which the form was filled; empty for a new kind.
    pub version: String,
    pub one_tr: String,
    pub many_tr: String,
    pub one_en: String,
    pub many_en: String,
    pub icon: String,
    pub on_customer: String,
    /// Who sees its records, and who changes them. Empty leaves it as it is.
    pub seen_by: String,
    pub changed_by: String,
    pub stage_nr: Vec<String>,
    pub stage_name: Vec<String>,
    pub stage_closed: Vec<String>,
}

impl OwnKindForm {
    /// The form filled with the present values of a kind, without archived stages.
    #[must_use]
    pub fn of(kind: &OwnKind) -> Self {
        let facts = &kind.facts;
        let ticked = |yes: bool| if yes { "true".to_owned() } else { String::new() };
        let offered = || facts.offered();
        Self {
            version: kind.version.to_string(),
            one_tr: facts.one_tr.clone(),
            many_tr: facts.many_tr.clone(),
            one_en: facts.one_en.clone(),
            many_en: facts.many_en.clone(),
            icon: facts.icon.code().to_owned(),
            on_customer: ticked(facts.on_customer),
            seen_by: facts.seen_by.code().to_owned(),
            changed_by: facts.changed_by.code().to_owned(),
            stage_nr: offered().map(|stage| stage.nr.to_string()).collect(),
            stage_name: offered().map(|stage| stage.name.clone()).collect(),
            stage_closed: offered().map(|stage| ticked(stage.closed)).collect(),
        }
    }

    /// Checks the form. `was` are the facts from which it was filled: stages of theirs that are missing in the form are
    /// archived, so that their records keep them.
    ///
    /// # Errors
    /// Every problem, each at its field.
    pub fn parse(&self, was: Option<&OwnKindFacts>) -> Result<OwnKindFacts, Vec<FieldProblem>> {
        let mut wrong = Problems::default();
        let [one_tr, many_tr] = pair(&mut wrong, [("one_tr", &self.one_tr), ("many_tr", &self.many_tr)]);
        let [one_en, many_en] = pair(&mut wrong, [("one_en", &self.one_en), ("many_en", &self.many_en)]);
        if wrong.0.is_empty() && one_tr.is_empty() && one_en.is_empty() {
            wrong.add("one_tr", Problem::Required);
            wrong.add("many_tr", Problem::Required);
        }
        let icon = match self.icon.as_str() {
            "" => KindIcon::default(),
            code => KindIcon::parse(code).or_else(|| wrong.at("icon", Problem::Unknown)).unwrap_or_default(),
        };
        // A form without these fields must not open a kind to everybody.
        let mut access = |field, code: &str, was: Option<KindAccess>| match code {
            "" => was.unwrap_or_default(),
            code => KindAccess::parse(code).or_else(|| wrong.at(field, Problem::Unknown)).unwrap_or_default(),
        };
        let seen_by = access("seen_by", &self.seen_by, was.map(|was| was.seen_by));
        let changed_by = access("changed_by", &self.changed_by, was.map(|was| was.changed_by));
        let stages = self.stages(&mut wrong, was.map_or(&[], |was| &was.stages));
        if !wrong.0.is_empty() {
            return Err(wrong.0);
        }
        Ok(OwnKindFacts {
            one_tr,
            many_tr,
            one_en,
            many_en,
            icon,
            on_customer: !self.on_customer.is_empty(),
            stages,
            position: was.map(|was| was.position.clone()).unwrap_or_default(),
            active: was.is_none_or(|was| was.active),
            seen_by,
            changed_by,
        })
    }

    /// The stages of the form, followed by the archived ones.
    fn stages(&self, wrong: &mut Problems, was: &[KindStage]) -> Vec<KindStage> {
        let numbers: Vec<u32> = was.iter().map(|stage| stage.nr).collect();
        let typed = (&*self.stage_nr, &*self.stage_name);
        let typed = wrong.numbered("stage_name", typed, (STAGE, MOST_STAGES), &numbers);
        let closed = |row: usize| self.stage_closed.get(row).is_some_and(|closed| !closed.is_empty());
        let stage = |(row, nr, name)| KindStage { nr, name, closed: closed(row), archived: false };
        let mut stages: Vec<KindStage> = typed.into_iter().map(stage).collect();
        let gone = was.iter().filter(|old| stages.iter().all(|stage| stage.nr != old.nr));
        let gone: Vec<_> = gone.map(|old| KindStage { archived: true, ..old.clone() }).collect();
        stages.extend(gone);
        stages
    }
}

/// The names of one record and of several: both, or neither.
fn pair(wrong: &mut Problems, typed: [(&str, &str); 2]) -> [String; 2] {
    let [one, many] = typed.map(|(field, typed)| wrong.line(field, typed, NAME));
    if one.is_empty() != many.is_empty() {
        let lacking = if one.is_empty() { typed[0].0 } else { typed[1].0 };
        wrong.add(lacking, Problem::Required);
    }
    [one, many]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(names: [&str; 4], stages: &[&str]) -> OwnKindForm {
        let [one_tr, many_tr, one_en, many_en] = names.map(str::to_owned);
        let stage_name = stages.iter().map(|name| (*name).to_owned()).collect();
        OwnKindForm { one_tr, many_tr, one_en, many_en, stage_name, ..OwnKindForm::default() }
    }

    fn fields(form: &OwnKindForm) -> Vec<String> {
        form.parse(None).expect_err("has problems").into_iter().map(|one| one.field).collect()
    }

    #[test]
    fn a_kind_has_both_names_in_one_language_at_least() {
        let facts = form(["Montaj", "Montajlar", "", ""], &[]).parse(None).expect("a kind");
        use crate::i18n::Locale::{En, Tr};
        assert_eq!((facts.one(Tr), facts.many(En)), ("Montaj", "Montajlar"));
        let both = form(["Montaj", "Montajlar", "Installation", "Installations"], &[]);
        let both = both.parse(None).expect("a kind");
        assert_eq!((both.one(En), both.many(Tr)), ("Installation", "Montajlar"));
        assert_eq!(fields(&form(["", "", "", ""], &[])), ["one_tr", "many_tr"]);
        assert_eq!(fields(&form(["Montaj", "", "", "Installations"], &[])), ["many_tr", "one_en"]);
        let long = "x".repeat(300);
        assert_eq!(fields(&form([&long, "Montajlar", "", ""], &[])), ["one_tr"]);
    }

    #[test]
    fn who_sees_and_changes_it_is_everyone_until_somebody_says_otherwise() {
        let names = form(["Montaj", "Montajlar", "", ""], &[]);
        let facts = names.parse(None).expect("a kind");
        assert_eq!((facts.seen_by, facts.changed_by), (KindAccess::Everyone, KindAccess::Everyone));
        let narrow = |seen_by: &str, changed_by: &str| OwnKindForm {
            seen_by: seen_by.into(),
            changed_by: changed_by.into(),
            ..names.clone()
        };
        let facts = narrow("managers", "owner").parse(None).expect("a kind");
        assert_eq!((facts.seen_by, facts.changed_by), (KindAccess::Managers, KindAccess::Owner));
        let again = names.parse(Some(&facts)).expect("a kind");
        assert_eq!((again.seen_by, again.changed_by), (KindAccess::Managers, KindAccess::Owner));
        assert_eq!(fields(&narrow("viewer", "x")), ["seen_by", "changed_by"]);
    }

    #[test]
    fn stages_keep_their_numbers_and_one_that_goes_keeps_what_is_in_it() {
        let names = ["Montaj", "Montajlar", "", ""];
        let was = form(names, &["Keşif", " ", "Kurulum", "Teslim"]).parse(None).expect("a kind");
        let kind = OwnKind {
            id: crate::id::OwnKindId(uuid::Uuid::nil()),
            nr: crate::id::KindNr(1),
            version: 1,
            facts: was.clone(),
        };
        let mut form = OwnKindForm::of(&kind);
        assert_eq!(form.parse(Some(&was)).expect("as it was"), was);
        form.stage_nr.remove(1);
        form.stage_name.remove(1);
        form.stage_closed = vec![String::new(), "true".into()];
        let now = form.parse(Some(&was)).expect("a kind");
        let told: Vec<_> =
            now.stages.iter().map(|one| (one.nr, &*one.name, one.closed, one.archived)).collect();
        let wanted = [(1, "Keşif", false, false), (3, "Teslim", true, false), (2, "Kurulum", false, true)];
        assert_eq!(told, wanted);
        let twice = OwnKindForm { stage_name: vec!["Keşif".into(), "KEŞİF".into()], ..form };
        assert_eq!(fields(&twice), ["stage_name.1"]);
    }
}
