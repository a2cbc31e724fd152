//! The form of an activity as typed, and parsing it. Pure. The browser finds the same problems as the server, except
//! those of the time: that it is one, and not in the future, is checked by the server alone.

use super::model::{ActivityFacts, ActivityKind, ActivityLine, Direction, Outcome};
use crate::checks::Problems;
use crate::error::{FieldProblem, Problem};
use crate::fields::input::TypedAt;
use crate::i18n::{Locale, date, days};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// The form's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ActivityForm {
    /// Made by whoever fills in the form, so that sending it twice logs one activity.
    pub id: String,
    /// The version that was read; empty for a new one.
    pub version: String,
    pub kind: String,
    /// Such as `22.11.2026 14:05` or `dün 9:30`, on the firm's clock; empty for now.
    pub at: String,
    pub contact: String,
    pub direction: String,
    /// Of a call that did not reach anybody; empty if somebody was reached.
    pub outcome: String,
    pub result: String,
    pub content: String,
}

pub const NAME: u32 = 200;
pub const LINE: u32 = 200;
pub const CONTENT: u32 = 10_000;

/// The parsed form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActivityInput {
    pub kind: ActivityKind,
    pub at: Option<NaiveDateTime>,
    pub contact: String,
    pub direction: Option<Direction>,
    pub outcome: Option<Outcome>,
    pub result: String,
    pub content: String,
}

impl ActivityInput {
    /// The facts with the form's values put in, except the time, which needs the time zone.
    #[must_use]
    pub fn on(&self, facts: &ActivityFacts) -> ActivityFacts {
        ActivityFacts {
            kind: self.kind,
            contact: self.contact.clone(),
            direction: self.direction,
            outcome: self.outcome,
            result: self.result.clone(),
            content: self.content.clone(),
            ..facts.clone()
        }
    }
}

impl ActivityForm {
    /// The form filled with an activity, the time as that language writes it.
    #[must_use]
    pub fn of(line: &ActivityLine, locale: Locale) -> Self {
        let direction = match line.direction {
            Some(Direction::In) => "in",
            Some(Direction::Out) => "out",
            None => "",
        };
        Self {
            id: line.id.to_string(),
            version: line.version.to_string(),
            kind: line.kind.code().to_owned(),
            at: date::moment(line.at, locale),
            contact: line.contact.clone(),
            direction: direction.to_owned(),
            outcome: line.outcome.map(|outcome| outcome.code().to_owned()).unwrap_or_default(),
            result: line.result.clone(),
            content: line.content.clone(),
        }
    }

    /// The parsed form, or every problem at its field.
    ///
    /// # Errors
    /// The problems, in the order of the form.
    pub fn parse(&self, when: TypedAt) -> Result<ActivityInput, Vec<FieldProblem>> {
        self.parse_with(|typed| days::read_moment(typed, when.today, when.locale).map(Some))
    }

    /// The same in the browser, which leaves the time to the server: the parser of days is as large as a page.
    ///
    /// # Errors
    /// As [`Self::parse`], but for the time.
    pub fn parse_but_time(&self) -> Result<ActivityInput, Vec<FieldProblem>> {
        self.parse_with(|_| Ok(None))
    }

    fn parse_with(
        &self,
        moment: impl Fn(&str) -> Result<Option<NaiveDateTime>, Problem>,
    ) -> Result<ActivityInput, Vec<FieldProblem>> {
        let mut wrong = Problems::default();
        let kind =
            ActivityKind::of(&self.kind).or_else(|| wrong.at("kind", Problem::Unknown)).unwrap_or_default();
        let at = match self.at.trim() {
            "" => None,
            typed => moment(typed).unwrap_or_else(|problem| wrong.at("at", problem)),
        };
        let contact = wrong.line("contact", &self.contact, NAME);
        let direction = match self.direction.as_str() {
            _ if !kind.has_direction() => None,
            "in" => Some(Direction::In),
            "out" | "" => Some(Direction::Out),
            _ => wrong.at("direction", Problem::Unknown),
        };
        let outcome = match self.outcome.trim() {
            _ if kind != ActivityKind::Call => None,
            "" => Some(Outcome::Reached),
            code => Outcome::of(code).or_else(|| wrong.at("outcome", Problem::Unknown)),
        };
        let result = wrong.line("result", &self.result, LINE);
        let content = wrong.lines("content", &self.content, CONTENT);
        // A call that reached nobody may have no text; all other activities need some.
        let said_nothing = [&content, &contact, &result].iter().all(|said| said.is_empty());
        if (kind == ActivityKind::Note && content.is_empty())
            || (said_nothing && self.outcome.trim().is_empty())
        {
            wrong.add("content", Problem::Required);
        }
        if wrong.0.is_empty() {
            Ok(ActivityInput { kind, at, contact, direction, outcome, result, content })
        } else {
            Err(wrong.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    const WHEN: TypedAt =
        TypedAt { today: NaiveDate::from_ymd_opt(2026, 11, 27).unwrap(), locale: Locale::Tr };

    fn form(kind: &str) -> ActivityForm {
        ActivityForm { kind: kind.into(), content: "Konuştuk".into(), ..ActivityForm::default() }
    }

    #[test]
    fn what_says_nothing_is_no_activity() {
        for kind in ActivityKind::ALL {
            let empty = ActivityForm { content: " \n".into(), ..form(kind.code()) };
            assert_eq!(empty.parse(WHEN).expect_err("empty")[0].field, "content", "{kind:?}");
        }
        let tried = ActivityForm { content: String::new(), outcome: "no_answer".into(), ..form("call") };
        assert!(tried.parse(WHEN).is_ok());
    }

    #[test]
    fn a_call_was_reached_unless_it_is_said_otherwise() {
        assert_eq!(form("call").parse(WHEN).expect("a call").outcome, Some(Outcome::Reached));
        let busy = ActivityForm { outcome: "busy".into(), ..form("call") };
        assert_eq!(busy.parse(WHEN).expect("an attempt").outcome, Some(Outcome::Busy));
        let meeting = ActivityForm { outcome: "busy".into(), direction: "in".into(), ..form("meeting") };
        let meeting = meeting.parse(WHEN).expect("a meeting");
        assert_eq!((meeting.outcome, meeting.direction), (None, None));
    }

    #[test]
    fn problems_stand_at_their_fields() {
        let wrong =
            ActivityForm { at: "yarın".into(), direction: "up".into(), outcome: "?".into(), ..form("call") };
        let fields: Vec<_> =
            wrong.parse(WHEN).expect_err("three problems").into_iter().map(|one| one.field).collect();
        assert_eq!(fields, ["at", "direction", "outcome"]);
        assert_eq!(form("fax").parse(WHEN).expect_err("unknown")[0].field, "kind");
        let at = ActivityForm { at: "2026-11-22T14:05:30".into(), ..form("visit") };
        assert_eq!(
            at.parse(WHEN).expect("a visit").at.map(|at| at.to_string()).as_deref(),
            Some("2026-11-22 14:05:00")
        );
    }
}
