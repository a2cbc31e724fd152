//! The forms of tasks as typed, and parsing them. Pure: the browser and the server find the same problems.

use super::model::{DAY, TaskFacts, TaskKind};
use super::quick::understand;
use super::view::clock;
use crate::checks::Problems;
use crate::error::{FieldProblem, Problem};
use crate::i18n::{Locale, date};
use crate::id::{CustomerId, DealId, OwnRecordId, TaskId, UnitId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

pub const TITLE: u32 = 200;
pub const NOTE: u32 = 10_000;

/// The whole form; `parse` turns it into facts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskForm {
    pub id: String,
    /// The version the form was read at; empty for a new task.
    pub version: String,
    /// After a conflict: the version on record that is to be overwritten with one's own values.
    pub over: String,
    pub title: String,
    pub kind: String,
    pub due_on: String,
    /// Such as `14:00`; empty for any time of that day.
    pub due_at: String,
    pub customer: String,
    pub deal: String,
    pub record: String,
    pub owner: String,
    pub note: String,
    /// The page to return to.
    pub back: String,
}

/// The form of one line, with the record that the task will hang on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LineForm {
    /// Made by the browser, so that a line sent twice makes one task; empty where there is no wasm.
    pub id: String,
    pub line: String,
    /// Phrases of the line that are meant as plain text although they look like a day or time: one on each line.
    pub as_text: String,
    /// The firm's date by which the browser has read the line, so that the server reads it alike around midnight; empty
    /// without wasm.
    pub today: String,
    pub customer: String,
    pub deal: String,
    pub record: String,
    pub back: String,
}

/// The parsed form: everything about a task except whether it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TaskInput {
    pub title: String,
    pub kind: TaskKind,
    pub due_on: NaiveDate,
    pub due_at: Option<i64>,
    pub customer_id: Option<CustomerId>,
    pub deal_id: Option<DealId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_id: Option<OwnRecordId>,
    /// `None` for somebody who may not give tasks to others: their form does not name the assignee.
    pub owner_id: Option<UnitId>,
    pub note: String,
}

impl TaskInput {
    /// The facts with the form's values put in.
    #[must_use]
    pub fn on(self, facts: &TaskFacts) -> TaskFacts {
        TaskFacts {
            owner_id: self.owner_id.unwrap_or(facts.owner_id),
            title: self.title,
            kind: self.kind,
            due_on: self.due_on,
            due_at: self.due_at,
            // The customer follows from a deal or an own record.
            customer_id: self.customer_id.filter(|_| self.deal_id.is_none() && self.record_id.is_none()),
            deal_id: self.deal_id,
            record_id: self.record_id.filter(|_| self.deal_id.is_none()),
            note: self.note,
            ..*facts
        }
    }
}

impl TaskForm {
    /// The form filled with a task, written in that language.
    #[must_use]
    pub fn of(id: TaskId, version: i64, facts: &TaskFacts, locale: Locale) -> Self {
        Self {
            id: id.to_string(),
            version: version.to_string(),
            over: String::new(),
            title: facts.title.clone(),
            kind: facts.kind.code().to_owned(),
            due_on: date::day(facts.due_on, locale),
            due_at: facts.due_at.map(clock).unwrap_or_default(),
            customer: facts.customer_id.map(|id| id.to_string()).unwrap_or_default(),
            deal: facts.deal_id.map(|id| id.to_string()).unwrap_or_default(),
            record: facts.record_id.map(|id| id.to_string()).unwrap_or_default(),
            owner: facts.owner_id.to_string(),
            note: facts.note.clone(),
            back: String::new(),
        }
    }

    /// The parsed form, or every problem at its field.
    ///
    /// # Errors
    /// The problems, in the order of the form.
    pub fn parse(&self, today: NaiveDate, locale: Locale) -> Result<TaskInput, Vec<FieldProblem>> {
        let mut wrong = Problems::default();
        let title = title(&mut wrong, "title", &self.title);
        let kind = TaskKind::parse(&self.kind).or_else(|| wrong.at("kind", Problem::Unknown));
        let due_on = wrong.day("due_on", &self.due_on, today, locale);
        if due_on.is_none() && self.due_on.trim().is_empty() {
            wrong.add("due_on", Problem::Required);
        }
        let due_at = match self.due_at.trim() {
            "" => None,
            typed => minute(typed).or_else(|| wrong.at("due_at", Problem::BadTime)),
        };
        let customer_id = optional(&mut wrong, "customer", &self.customer);
        let deal_id = optional(&mut wrong, "deal", &self.deal);
        let record_id = optional(&mut wrong, "record", &self.record);
        let owner_id = optional(&mut wrong, "owner", &self.owner);
        let note = wrong.lines("note", &self.note, NOTE);
        match (kind, due_on) {
            (Some(kind), Some(due_on)) if wrong.0.is_empty() => {
                Ok(TaskInput { title, kind, due_on, due_at, customer_id, deal_id, record_id, owner_id, note })
            }
            _ => Err(wrong.0),
        }
    }
}

impl LineForm {
    /// The parsed line, as typed on that day.
    ///
    /// # Errors
    /// The problem, at `line`.
    pub fn parse(&self, today: NaiveDate, locale: Locale) -> Result<TaskInput, Vec<FieldProblem>> {
        let mut wrong = Problems::default();
        let shown_on = date::parse(&self.today).filter(|day| (*day - today).num_days().abs() <= 1);
        let quick = understand(&self.line, &self.as_text, shown_on.unwrap_or(today), locale);
        let title = title(&mut wrong, "line", &quick.title);
        if let Some(problem) = quick.problem {
            wrong.add("line", problem);
        }
        let customer_id = optional(&mut wrong, "customer", &self.customer);
        let deal_id = optional(&mut wrong, "deal", &self.deal);
        let record_id = optional(&mut wrong, "record", &self.record);
        if !wrong.0.is_empty() {
            return Err(wrong.0);
        }
        Ok(TaskInput {
            title,
            kind: quick.kind,
            due_on: quick.due_on,
            due_at: quick.due_at,
            customer_id,
            deal_id,
            record_id,
            owner_id: None,
            note: String::new(),
        })
    }
}

fn title(wrong: &mut Problems, field: &str, typed: &str) -> String {
    let title = wrong.line(field, typed, TITLE);
    if title.is_empty() {
        wrong.add(field, Problem::Required);
    }
    title
}

/// The minute of the day of `14:00`, `14.00` or `9`.
fn minute(typed: &str) -> Option<i64> {
    let (hour, minute) = typed.split_once([':', '.']).unwrap_or((typed, "0"));
    let (hour, minute): (i64, i64) = (hour.trim().parse().ok()?, minute.trim().parse().ok()?);
    let all = hour.checked_mul(60)?.checked_add(minute)?;
    ((0..60).contains(&minute) && (0..DAY).contains(&all)).then_some(all)
}

/// Parses an id; `None` where nothing was chosen.
fn optional<T: FromStr>(wrong: &mut Problems, field: &str, typed: &str) -> Option<T> {
    match typed.trim() {
        "" => None,
        typed => typed.parse().ok().or_else(|| wrong.at(field, Problem::Unknown)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn facts() -> TaskFacts {
        TaskFacts {
            owner_id: UnitId(Uuid::from_u128(1)),
            title: "Ara".into(),
            kind: TaskKind::Call,
            due_on: NaiveDate::from_ymd_opt(2026, 11, 18).expect("a day"),
            due_at: Some(14 * 60 + 5),
            customer_id: None,
            deal_id: Some(DealId(Uuid::from_u128(2))),
            record_id: None,
            note: "İki satır\nnot".into(),
            done: false,
            deleted: false,
        }
    }

    #[test]
    fn every_problem_is_told_at_its_field() {
        let form = TaskForm {
            title: " ".into(),
            kind: "party".into(),
            due_on: "soon".into(),
            due_at: "25:00".into(),
            deal: "x".into(),
            ..TaskForm::default()
        };
        let fields: Vec<String> = form
            .parse(facts().due_on, Locale::Tr)
            .expect_err("all is wrong")
            .into_iter()
            .map(|one| one.field)
            .collect();
        assert_eq!(fields, ["title", "kind", "due_on", "due_at", "deal"]);
    }

    #[test]
    fn a_line_without_a_title_is_refused_at_the_line() {
        let form = LineForm { line: "yarın 14:00".into(), ..LineForm::default() };
        let today = facts().due_on;
        let wrong = form.parse(today, Locale::Tr).expect_err("there is nothing to do");
        assert_eq!((wrong[0].field.as_str(), &wrong[0].problem), ("line", &Problem::Required));
    }

    #[test]
    fn a_deal_brings_its_own_customer() {
        let mut form = TaskForm::of(TaskId(Uuid::from_u128(3)), 1, &facts(), Locale::Tr);
        form.customer = Uuid::from_u128(9).to_string();
        let new = form.parse(facts().due_on, Locale::Tr).expect("it is sound").on(&facts());
        assert_eq!(new, facts());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(at in prop::option::of(0..DAY), kind in 0..6_usize, deal: bool) {
            let was = TaskFacts { due_at: at, kind: TaskKind::ALL[kind], deal_id: facts().deal_id.filter(|_| deal),
                ..facts() };
            let form = TaskForm::of(TaskId(Uuid::from_u128(3)), 7, &was, Locale::Tr);
            prop_assert_eq!(form.parse(facts().due_on, Locale::Tr).expect("it is sound").on(&facts()), was);
        }
    }
}
