//! What can be edited of a process, the form of a stage, and the one rule: a pipeline keeps an open, a won and a lost
//! stage. Pure.

use crate::checks::Problems;
use crate::deals::model::{Pipeline, Stage, Status};
use crate::error::{FieldProblem, Problem};
use crate::id::{DealId, StageId};
use serde::{Deserialize, Serialize};

/// Longest name of a pipeline or a stage.
pub const NAME: u32 = 60;

/// How many colours there are for stages.
pub const COLORS: i64 = 5;

/// Everything about a stage that somebody can change, but for its place: events compare and put back exactly this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageFacts {
    pub name: String,
    pub status: Status,
    pub color: i64,
    pub probability: i64,
    pub deleted: bool,
}

/// Everything about a pipeline that somebody can change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PipelineFacts {
    pub name: String,
    pub place: i64,
    pub deleted: bool,
}

/// The order of a pipeline's stages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub order: Vec<StageId>,
}

/// What the event of a deleted stage says besides: where its deals went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emptied {
    pub moved_to: StageId,
    pub deals: Vec<DealId>,
}

/// A process as its owner edits it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    pub pipeline: Pipeline,
    pub stages: Vec<ProcessStage>,
}

impl Process {
    /// Its stages from the first to the last.
    #[must_use]
    pub fn order(&self) -> Vec<StageId> {
        self.stages.iter().map(|one| one.stage.id).collect()
    }

    /// How many deals are in its stages.
    #[must_use]
    pub fn deals(&self) -> i64 {
        self.stages.iter().map(|stage| stage.deals).sum()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessStage {
    pub stage: Stage,
    pub version: i64,
    /// How many deals are in it.
    pub deals: i64,
}

/// Whether a pipeline of these stages can be sold in: deals begin somewhere, and can be won and lost.
#[must_use]
pub fn is_whole(stages: impl IntoIterator<Item = Status>) -> bool {
    let all: Vec<Status> = stages.into_iter().collect();
    [Status::Open, Status::Won, Status::Lost].iter().all(|one| all.contains(one))
}

/// A stage, to add or to change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StageForm {
    pub version: String,
    /// After a conflict: the version on record over which one's own values are saved.
    pub over: String,
    pub name: String,
    pub status: String,
    pub color: String,
    pub probability: String,
}

/// What stands in forms for a status.
#[must_use]
pub const fn code(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Won => "won",
        Status::Lost => "lost",
    }
}

impl StageForm {
    /// The form of a stage as it is.
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

    /// # Errors
    /// Every problem, each at its field.
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
            // What is over is certain.
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

/// The name of a pipeline.
///
/// # Errors
/// What is wrong with it, at the field `name`.
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
