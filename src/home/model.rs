//! What the first page shows of deals. Plain data.

use crate::deals::view::DealRow;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TodayDeals {
    /// Their expected close is near or past; the most overdue first.
    pub due: Vec<DealRow>,
    /// Some of those without a next step, the longest silent first.
    pub stuck: Vec<DealRow>,
    /// How many there are without a next step.
    pub stuck_count: i64,
}
