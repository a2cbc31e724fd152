//! What an owner is told about backups, and when it is a warning. Pure: no I/O, no clock.

use chrono::{NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

/// A good backup that is older than this is a warning.
const OLD: TimeDelta = TimeDelta::days(2);

/// How it stands with the daily backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// The newest backup is good and fresh.
    Fine,
    /// The firm is new here; its first backup is to come.
    Waiting,
    /// The last good backup is too old, or there was never one.
    Old,
    /// The newest try failed.
    Failed,
    /// The file of the newest good one is not there any more, or not as it was written.
    Missing,
}

/// A backup that was tried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// The firm's wall clock.
    pub at: NaiveDateTime,
    pub file: String,
    /// The other machine that has it; empty for this one.
    pub host: String,
    pub bytes: i64,
    /// How many rows it holds.
    pub held: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keeping {
    pub standing: Standing,
    /// The newest good one whose file is there.
    pub last: Option<Backup>,
    /// How many good ones are in the ledger.
    pub good: u32,
    /// How many are dated later than now; they count for nothing.
    pub ahead: u32,
}

/// How it stands, by the age of the newest good backup, of the firm, whether a later try failed, and whether the newest
/// good one's file is gone.
#[must_use]
pub fn standing(good: Option<TimeDelta>, firm: TimeDelta, failed_since: bool, gone: bool) -> Standing {
    match good {
        _ if failed_since => Standing::Failed,
        _ if gone => Standing::Missing,
        Some(age) if age <= OLD => Standing::Fine,
        None if firm <= OLD => Standing::Waiting,
        _ => Standing::Old,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_is_a_worry_when_it_failed_or_is_older_than_two_days() {
        let hours = TimeDelta::hours;
        assert_eq!(standing(Some(hours(30)), hours(9000), false, false), Standing::Fine);
        assert_eq!(standing(Some(hours(49)), hours(9000), false, false), Standing::Old);
        assert_eq!(standing(Some(hours(1)), hours(9000), true, false), Standing::Failed);
        assert_eq!(standing(None, hours(3), false, false), Standing::Waiting);
        assert_eq!(standing(None, hours(60), false, false), Standing::Old);
        assert_eq!(standing(None, hours(3), true, false), Standing::Failed);
        assert_eq!(standing(Some(hours(1)), hours(9000), false, true), Standing::Missing);
    }
}
