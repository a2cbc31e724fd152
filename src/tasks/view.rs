//! What the pages of tasks show and ask for, and the words for a task's day. Plain data, the same on both sides.

use super::input::TaskForm;
use super::model::{Part, TaskKind};
use crate::deals::model::Status;
use crate::i18n::{Currency, Locale, Money, date};
use crate::id::{CustomerId, DealId, OwnRecordId, TaskId, UnitId};
use crate::journal::model::Card;
use crate::people::model::OwnerChoice;
use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

/// Whose tasks are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    #[default]
    Mine,
    /// The tasks of everyone in reach.
    All,
    Of(UnitId),
}

impl Whose {
    /// The unit whose tasks are meant, given one's own unit; `None` for everyone's.
    #[must_use]
    pub fn owner(self, own: UnitId) -> Option<UnitId> {
        match self {
            Self::All => None,
            Self::Mine => Some(own),
            Self::Of(unit) => Some(unit),
        }
    }
}

/// On which card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    Customer(CustomerId),
    Deal(DealId),
    /// A record of one of the firm's own kinds.
    Record(OwnRecordId),
}

impl About {
    /// The card.
    #[must_use]
    pub fn card(self) -> Card {
        match self {
            Self::Customer(id) => Card::Customer(id),
            Self::Deal(id) => Card::Deal(id),
            Self::Record(id) => Card::Record(id),
        }
    }
}

/// The query of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskQuery {
    pub whose: Whose,
    pub about: Option<About>,
    /// The done tasks, latest first, instead of the open ones.
    pub done: bool,
    /// Only those due by today.
    pub due: bool,
    /// How many rows; the server returns at most [`MOST`].
    pub limit: u32,
}

pub const PAGE: u32 = 100;
pub const MOST: u32 = 2_000;

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TaskRow {
    pub id: TaskId,
    pub version: i64,
    pub title: String,
    pub kind: TaskKind,
    pub due_on: NaiveDate,
    pub due_at: Option<i64>,
    pub done: bool,
    pub owner_id: UnitId,
    pub owner: String,
    /// The customer, where the person asking may see it; the same for the deal.
    pub customer: Option<(CustomerId, String)>,
    /// The number to call: the customer's first, or its first contact's.
    pub phone: Option<String>,
    pub deal: Option<TaskDeal>,
    /// The record of the firm's own kinds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<(OwnRecordId, String)>,
}

/// The deal of a task.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TaskDeal {
    pub id: DealId,
    pub title: String,
    pub status: Status,
    pub amount: Option<i64>,
    pub currency: Currency,
}

impl TaskDeal {
    #[must_use]
    pub fn money(&self) -> Option<Money> {
        self.amount.map(|minor| Money::new(minor, self.currency))
    }
}

/// A part of the list, in the order in which the tasks are due.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskPart {
    pub rows: Vec<TaskRow>,
    pub more: bool,
    /// The people whose tasks one may choose to see; empty on a card and for today's tasks.
    pub people: Vec<OwnerChoice>,
}

/// The earliest open task of a deal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NextStep {
    pub kind: TaskKind,
    pub title: String,
    pub due_on: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<i64>,
}

/// A deal, as offered for a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct DealChoice {
    pub id: DealId,
    pub title: String,
}

/// The form to begin with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDraft {
    pub form: TaskForm,
    pub done: bool,
    /// The name of the customer that the form names.
    pub customer: Option<String>,
    /// The task's deal, and the open deals of its customer.
    pub deals: Vec<DealChoice>,
    /// The name of the own record that it hangs on.
    pub record: Option<String>,
    /// Empty for somebody who may not give tasks to others.
    pub owners: Vec<OwnerChoice>,
}

/// A minute of the day, written like `14:05`.
#[must_use]
pub fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute.div_euclid(60), minute.rem_euclid(60))
}

/// When a task is due, in a few words: `2 gün gecikti`, `bugün 14:00`, `yarın`, `Salı 10:00`, `27.11`.
#[must_use]
pub fn when(due_on: NaiveDate, due_at: Option<i64>, today: NaiveDate, locale: Locale) -> String {
    let ahead = (due_on - today).num_days();
    let day = match ahead {
        ..0 => return (locale.text().deals.overdue)(-ahead),
        0 | 1 => date::relative(due_on, today, locale),
        2..=6 => date::weekday(due_on, locale).to_owned(),
        _ if due_on.year() == today.year() => date::day_month(due_on, locale),
        _ => date::day(due_on, locale),
    };
    due_at.map_or_else(|| day.clone(), |at| format!("{day} {}", clock(at)))
}

impl NextStep {
    /// `late`, `today` or `later`: the board's colours.
    #[must_use]
    pub fn urgency(&self, today: NaiveDate) -> &'static str {
        match Part::of(self.due_on, today) {
            Part::Late => "late",
            Part::Today => "today",
            _ => "later",
        }
    }

    /// `yarın 10:00 ara`, `2 gün gecikti: ara`, `Teklif v2 gönder, 27.11`.
    #[must_use]
    pub fn said(&self, today: NaiveDate, locale: Locale) -> String {
        let when = when(self.due_on, self.due_at, today, locale);
        let words = &locale.text().tasks;
        match self.kind {
            TaskKind::Call | TaskKind::Meeting | TaskKind::Visit => {
                let verb = (words.verb)(self.kind);
                if self.due_on < today { format!("{when}: {verb}") } else { format!("{when} {verb}") }
            }
            TaskKind::Email | TaskKind::Quote | TaskKind::Other => format!("{}, {when}", self.title),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).expect("a day")
    }

    #[test]
    fn a_day_is_said_as_people_say_it() {
        let today = on(18);
        let tr = |day, at| when(on(day), at, today, Locale::Tr);
        assert_eq!(tr(16, Some(600)), "2 gün gecikti");
        assert_eq!(tr(18, Some(14 * 60)), "bugün 14:00");
        assert_eq!(tr(19, None), "yarın");
        assert_eq!(tr(24, Some(605)), "Salı 10:05");
        assert_eq!(tr(27, None), "27.11");
        let next_year = NaiveDate::from_ymd_opt(2027, 1, 4).expect("a day");
        assert_eq!(when(next_year, None, today, Locale::En), "4 Jan 2027");
    }

    #[test]
    fn a_next_step_is_said_in_a_breath() {
        let step =
            |kind, day| NextStep { kind, title: "Teklif gönder".into(), due_on: on(day), due_at: None };
        let tr = |kind, day| step(kind, day).said(on(18), Locale::Tr);
        assert_eq!(tr(TaskKind::Call, 19), "yarın ara");
        assert_eq!(tr(TaskKind::Call, 16), "2 gün gecikti: ara");
        assert_eq!(tr(TaskKind::Quote, 27), "Teklif gönder, 27.11");
        assert_eq!(step(TaskKind::Call, 18).urgency(on(18)), "today");
    }
}
