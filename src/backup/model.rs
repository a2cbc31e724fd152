//! What an owner is shown about backups, and what deserves a warning. Pure: no I/O, no clock.

use chrono::{NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

/// If the newest good backup is older than this, there is a warning.
const OLD: TimeDelta = TimeDelta::days(2);

/// The state of the daily backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// The newest backup is good and fresh.
    Fine,
    /// The firm is new on this server; its first backup is still to be made.
    Waiting,
    /// The last good backup is too old, or there was never one.
    Old,
    /// The newest attempt failed.
    Failed,
    /// The file of the newest good backup is missing, or was changed.
    Missing,
}

/// A backup that was tested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// On the firm's wall clock.
    pub at: NaiveDateTime,
    pub file: String,
    /// The other machine that has the file; empty for this one.
    pub host: String,
    pub bytes: i64,
    /// How many rows it holds.
    pub held: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keeping {
    pub standing: Standing,
    /// The newest good backup whose file exists.
    pub last: Option<Backup>,
    /// How many good backups the ledger has.
    pub good: u32,
    /// How many are dated in the future; they are ignored.
    pub ahead: u32,
}

/// The state, by the age of the newest good backup, the age of the firm, whether a later attempt failed, and whether
/// the newest good backup's file is missing.
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
