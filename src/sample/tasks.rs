//! Made-up tasks: most open deals have a next step, some late, some for today, most in the coming weeks; some customers
//! are to be called without a deal. Pure.

use super::random::Random;
use super::words;
use crate::id::{CustomerId, DealId, UnitId};
use crate::tasks::model::{TaskFacts, TaskKind};
use chrono::{Days, NaiveDate};

/// How many of a hundred open deals have a next step.
pub(super) const WITH_STEP: u32 = 80;
/// How many of a hundred customers are to be called without a deal.
pub(super) const TO_CALL: u32 = 4;

/// A task about a deal, or about a customer.
pub(super) fn task(
    random: &mut Random,
    today: NaiveDate,
    owner_id: UnitId,
    customer_id: Option<CustomerId>,
    deal_id: Option<DealId>,
) -> TaskFacts {
    let (kind, titles) = words::TASKS[random.weighed(words::TASK_WEIGHTS.into_iter())];
    // Late, today, this week, later.
    let due_on = match random.weighed([12, 14, 44, 30].into_iter()) {
        0 => today - Days::new(random.between(1, 9).into()),
        1 => today,
        2 => today + Days::new(random.between(1, 7).into()),
        _ => today + Days::new(random.between(8, 40).into()),
    };
    let timed = matches!(kind, TaskKind::Call | TaskKind::Meeting | TaskKind::Visit) && random.percent(60);
    TaskFacts {
        owner_id,
        title: random.pick(titles).to_owned(),
        kind,
        due_on,
        // Between nine and half past five, on the half hour.
        due_at: timed.then(|| i64::from(9 * 60 + 30 * random.between(0, 17))),
        customer_id: customer_id.filter(|_| deal_id.is_none()),
        deal_id,
        record_id: None,
        note: String::new(),
        done: false,
        deleted: false,
    }
}
