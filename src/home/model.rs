//! The deals on the first page. Plain data.

use crate::deals::view::DealRow;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TodayDeals {
    /// Expected to close soon or overdue; the most overdue first.
    pub due: Vec<DealRow>,
    /// Some of those without a next step, the longest inactive first.
    pub stuck: Vec<DealRow>,
    /// How many there are without a next step.
    pub stuck_count: i64,
}
