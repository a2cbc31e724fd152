//! The facts of pipelines and stages that can be edited, the form of a stage, and one rule: a pipeline keeps at least
//! one open, one won and one lost stage. Pure. The rows of stages as other pages read them are in `deals::model`.

use crate::checks::Problems;
use crate::deals::model::{Pipeline, Stage, Status};
use crate::error::{FieldProblem, Problem};
use crate::id::{DealId, StageId};
use serde::{Deserialize, Serialize};

/// The longest name of a pipeline or a stage, in characters.
pub const NAME: u32 = 60;

/// The number of colours for stages; a colour is a number from 1 to this.
pub const COLORS: i64 = 5;

/// All facts of a stage that can be changed, except its place in the pipeline. Events store the fields of this struct
/// that differ, and undo writes them back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageFacts {
    pub name: String,
    pub status: Status,
    pub color: i64,
    pub probability: i64,
    pub deleted: bool,
}

/// All facts of a pipeline that can be changed. `place` is its position among the pipelines, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PipelineFacts {
    pub name: String,
    pub place: i64,
    pub deleted: bool,
}

/// The order of a pipeline's stages, as the event of a reordering stores it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub order: Vec<StageId>,
}

/// Additional fields in the event of a deleted stage: the stage that its deals were moved to, and these deals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emptied {
    pub moved_to: StageId,
    pub deals: Vec<DealId>,
}

/// A pipeline with its stages, as the page that edits it shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    pub pipeline: Pipeline,
    pub stages: Vec<ProcessStage>,
}

impl Process {
    /// The ids of its stages, in their order.
    #[must_use]
    pub fn order(&self) -> Vec<StageId> {
        self.stages.iter().map(|one| one.stage.id).collect()
    }

    /// The number of deals in all its stages, without those in the trash.
    #[must_use]
    pub fn deals(&self) -> i64 {
        self.stages.iter().map(|stage| stage.deals).sum()
    }
}

/// A stage as the page that edits it shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessStage {
    pub stage: Stage,
    pub version: i64,
    /// The number of deals in it, without those in the trash.
    pub deals: i64,
}

/// Whether a pipeline with these stages can be used: it needs an open, a won and a lost stage.
#[must_use]
pub fn is_whole(stages: impl IntoIterator<Item = Status>) -> bool {
    let all: Vec<Status> = stages.into_iter().collect();
    [Status::Open, Status::Won, Status::Lost].iter().all(|one| all.contains(one))
}

/// The form that adds or changes a stage, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StageForm {
    pub version: String,
    /// Set after a conflict: the version that the person has seen since and that their own values overwrite.
    pub over: String,
    pub name: String,
    pub status: String,
    pub color: String,
    pub probability: String,
}

/// The value of a status in forms.
#[must_use]
pub const fn code(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Won => "won",
        Status::Lost => "lost",
    }
}

impl StageForm {
    /// The form filled with the present values of a stage.
    #[must_use]
    pub fn of(stage: &Stage, version: i64) -> Self {
        Self {
            version: version.to_string(),
            over: String::new(),
            name: stage.name.clone(),
            status: code(stage.status).to_owned(),
            color: stage.color.to_string(),
            probability: stage.probability.to_string(),
        }
    }

    /// Checks the form. The probability of a won stage is always 100, that of a lost one 0, whatever was typed.
    ///
    /// # Errors
    /// Every problem, each with its field.
    pub fn parse(&self) -> Result<StageFacts, Vec<FieldProblem>> {
        let mut wrong = Problems::default();
        let name = typed_name(&mut wrong, &self.name);
        let known =
            [Status::Open, Status::Won, Status::Lost].into_iter().find(|one| code(*one) == self.status);
        let status = known.or_else(|| wrong.at("status", Problem::Unknown));
        let color = self.color.parse::<i64>().ok().filter(|color| (1..=COLORS).contains(color));
        let color = color.or_else(|| wrong.at("color", Problem::Unknown));
        let percent = self.probability.trim().trim_matches('%').trim().parse::<i64>().ok();
        let percent = match status {
            // A closed deal is certainly won or lost.
            Some(Status::Won) => Some(100),
            Some(Status::Lost) => Some(0),
            _ => percent
                .filter(|percent| (0..=100).contains(percent))
                .or_else(|| wrong.at("probability", Problem::BadPercent)),
        };
        match (status, color, percent) {
            (Some(status), Some(color), Some(probability)) if wrong.0.is_empty() => {
                Ok(StageFacts { name, status, color, probability, deleted: false })
            }
            _ => Err(wrong.0),
        }
    }
}

fn typed_name(wrong: &mut Problems, typed: &str) -> String {
    let name = wrong.line("name", typed, NAME);
    if name.is_empty() {
        wrong.add("name", Problem::Required);
    }
    name
}

/// Checks the name of a pipeline.
///
/// # Errors
/// The problems of the name, at the field `name`.
pub fn pipeline_name(typed: &str) -> Result<String, Vec<FieldProblem>> {
    let mut wrong = Problems::default();
    let name = typed_name(&mut wrong, typed);
    if wrong.0.is_empty() { Ok(name) } else { Err(wrong.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_stage_is_certain_and_an_open_one_a_percentage() {
        let form = |status: &str, percent: &str| StageForm {
            name: " Teklif ".into(),
            status: status.into(),
            color: "2".into(),
            probability: percent.into(),
            ..StageForm::default()
        };
        assert_eq!(form("won", "7").parse().map(|facts| facts.probability), Ok(100));
        assert_eq!(
            form("open", "40 %").parse().map(|facts| (facts.name, facts.probability)),
            Ok(("Teklif".into(), 40))
        );
        for bad in ["", "101", "-1", "yarım"] {
            assert_eq!(
                form("open", bad).parse().map_err(|all| all[0].field.clone()),
                Err("probability".into())
            );
        }
        let nothing = StageForm { color: "6".into(), ..StageForm::default() };
        assert_eq!(nothing.parse().map_err(|all| all.len()), Err(4));
    }

    #[test]
    fn a_pipeline_needs_a_beginning_and_both_ends() {
        assert!(is_whole([Status::Lost, Status::Open, Status::Open, Status::Won]));
        assert!(!is_whole([Status::Open, Status::Won]));
        assert!(!is_whole([]));
    }
}
