//! What a task is: something to be done on a day. Its facts, in which part of the list it is shown, what postponing
//! changes. Pure: today's date and the time come from the caller.

use crate::activities::model::Outcome;
use crate::i18n::date;
use crate::id::{CustomerId, DealId, OwnRecordId, UnitId};
use crate::journal::model::Card;
use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// What kind of thing is to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    Call,
    Meeting,
    Visit,
    Email,
    Quote,
    #[default]
    Other,
}

impl TaskKind {
    pub const ALL: [Self; 6] =
        [Self::Call, Self::Meeting, Self::Visit, Self::Email, Self::Quote, Self::Other];

    /// The code in forms and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Meeting => "meeting",
            Self::Visit => "visit",
            Self::Email => "email",
            Self::Quote => "quote",
            Self::Other => "other",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code.trim())
    }
}

impl TaskFacts {
    /// The card on which it is shown.
    #[must_use]
    pub fn card(&self) -> Option<Card> {
        Card::of(self.customer_id, self.deal_id, self.record_id)
    }
}

/// The minutes in a day; every time of day is less.
pub const DAY: i64 = 24 * 60;

/// Everything about a task that somebody can change; events compare and restore exactly this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskFacts {
    /// Who is to do it.
    pub owner_id: UnitId,
    pub title: String,
    pub kind: TaskKind,
    pub due_on: NaiveDate,
    /// The minute of the day in the firm's time zone; `None` for any time of that day.
    pub due_at: Option<i64>,
    /// Set only for a task without a deal or own record: from these the customer follows.
    pub customer_id: Option<CustomerId>,
    pub deal_id: Option<DealId>,
    /// A record of the firm's own kinds. A task has a deal or such a record, never both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record_id: Option<OwnRecordId>,
    pub note: String,
    pub done: bool,
    pub deleted: bool,
}

/// The part of the list in which a task is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    Late,
    Today,
    Tomorrow,
    Week,
    Later,
}

impl Part {
    pub const ALL: [Self; 5] = [Self::Late, Self::Today, Self::Tomorrow, Self::Week, Self::Later];

    /// The week ends on Sunday.
    #[must_use]
    pub fn of(due_on: NaiveDate, today: NaiveDate) -> Self {
        let sunday = today + Days::new(6 - u64::from(today.weekday().num_days_from_monday()));
        match (due_on - today).num_days() {
            ..0 => Self::Late,
            0 => Self::Today,
            1 => Self::Tomorrow,
            _ if due_on <= sunday => Self::Week,
            _ => Self::Later,
        }
    }

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Today => "today",
            Self::Tomorrow => "tomorrow",
            Self::Week => "week",
            Self::Later => "later",
        }
    }
}

/// How far a task is postponed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Snooze {
    LaterToday,
    Tomorrow,
    NextMonday,
    Day(#[serde(deserialize_with = "date::only_plausible")] NaiveDate),
}

/// The actions on a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Finish,
    /// The call was made and ended like this: the task is done, and the call is logged on the card.
    Called(Outcome),
    /// The task was not done after all.
    Reopen,
    PutOff(Snooze),
    Delete,
}

/// How many minutes later "later today" is.
const LATER: i64 = 3 * 60;
const LAST_OF_DAY: i64 = 23 * 60 + 30;

/// The postponed task; `today` and `minute` are the present date and time. The task's time of day stays, unless the
/// time is what changes.
#[must_use]
pub fn snoozed(facts: &TaskFacts, to: Snooze, today: NaiveDate, minute: i64) -> TaskFacts {
    let (due_on, due_at) = match to {
        Snooze::LaterToday => {
            // Rounded up to the half hour, as people say it.
            let at = (minute + LATER + 29).div_euclid(30) * 30;
            (today, Some(at.clamp(0, LAST_OF_DAY)))
        }
        Snooze::Tomorrow => (today + Days::new(1), facts.due_at),
        // A task that is on that Monday already moves to the Monday after.
        Snooze::NextMonday if facts.due_on == next_monday(today) => (next_monday(facts.due_on), facts.due_at),
        Snooze::NextMonday => (next_monday(today), facts.due_at),
        Snooze::Day(day) => (day, facts.due_at),
    };
    TaskFacts { due_on, due_at, ..facts.clone() }
}

/// The Monday after today.
#[must_use]
pub fn next_monday(today: NaiveDate) -> NaiveDate {
    today + Days::new(7 - u64::from(today.weekday().num_days_from_monday()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn on(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).expect("a day")
    }

    fn task(due_on: NaiveDate, due_at: Option<i64>) -> TaskFacts {
        TaskFacts {
            owner_id: UnitId(Uuid::nil()),
            title: "Ayşe'yi ara".into(),
            kind: TaskKind::Call,
            due_on,
            due_at,
            customer_id: None,
            deal_id: None,
            record_id: None,
            note: String::new(),
            done: false,
            deleted: false,
        }
    }

    #[test]
    fn the_list_is_parted_by_days_and_the_week_ends_on_sunday() {
        // A Wednesday.
        let today = on(11, 18);
        let part = |day| Part::of(on(11, day), today);
        assert_eq!(
            [17, 18, 19, 20, 22, 23].map(part),
            [Part::Late, Part::Today, Part::Tomorrow, Part::Week, Part::Week, Part::Later]
        );
        let sunday = on(11, 22);
        assert_eq!(Part::of(on(11, 23), sunday), Part::Tomorrow);
        assert_eq!(Part::of(on(11, 24), sunday), Part::Later);
    }

    #[test]
    fn putting_off_keeps_the_time_but_for_later_today() {
        let today = on(11, 18);
        let late = task(on(11, 10), Some(600));
        let to = |snooze, minute| {
            let facts = snoozed(&late, snooze, today, minute);
            (facts.due_on, facts.due_at)
        };
        assert_eq!(to(Snooze::LaterToday, 9 * 60 + 10), (today, Some(12 * 60 + 30)));
        assert_eq!(to(Snooze::LaterToday, 23 * 60), (today, Some(LAST_OF_DAY)));
        assert_eq!(to(Snooze::Tomorrow, 0), (on(11, 19), Some(600)));
        assert_eq!(to(Snooze::NextMonday, 0), (on(11, 23), Some(600)));
        assert_eq!(to(Snooze::Day(on(12, 1)), 0), (on(12, 1), Some(600)));
        assert_eq!(next_monday(on(11, 23)), on(11, 30));
        let monday = snoozed(&task(on(11, 23), None), Snooze::NextMonday, today, 0);
        assert_eq!(monday.due_on, on(11, 30));
    }

    #[test]
    fn a_kind_is_known_by_its_code() {
        for kind in TaskKind::ALL {
            assert_eq!(TaskKind::parse(kind.code()), Some(kind));
        }
        assert_eq!(TaskKind::parse("party"), None);
    }

    proptest! {
        #[test]
        fn what_is_put_off_is_never_before_today(ahead in 0_u64..400, minute in 0..DAY, at in prop::option::of(0..DAY),
            which in 0..3_usize) {
            let today = on(1, 1) + Days::new(ahead);
            let to = [Snooze::LaterToday, Snooze::Tomorrow, Snooze::NextMonday][which];
            let put = snoozed(&task(on(1, 1), at), to, today, minute);
            prop_assert!(put.due_on >= today && put.due_on <= today + Days::new(7));
            prop_assert!(put.due_at.is_none_or(|at| (0..DAY).contains(&at)));
            prop_assert_ne!(Part::of(put.due_on, today), Part::Late);
        }
    }
}
