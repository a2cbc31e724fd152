//! The one place that reads the clock, in milliseconds: PostgreSQL keeps microseconds and SQLite text, and both must give back
//! what was written. No SQL reads a clock.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SubsecRound, Utc};
use chrono_tz::Tz;

/// Now, cut to milliseconds.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the one place that may read the clock")]
pub fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(3)
}

/// The firm's zone by its IANA name; unknown names fall back to UTC, since a wrong clock must not stop the work.
#[must_use]
pub fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::UTC)
}

/// The wall clock of the firm at that moment.
#[must_use]
pub fn local(at: DateTime<Utc>, zone: Tz) -> NaiveDateTime {
    at.with_timezone(&zone).naive_local()
}

/// Today's date where the firm is.
#[must_use]
pub fn today(zone: Tz) -> NaiveDate {
    local(now(), zone).date()
}
