//! The one place that reads the clock. Times are cut to milliseconds: PostgreSQL keeps microseconds and SQLite text,
//! and both must return exactly the time that was written. No SQL reads a clock.

use chrono::{
    DateTime, NaiveDate, NaiveDateTime, NaiveTime, Offset as _, SubsecRound, TimeDelta, TimeZone as _, Utc,
};
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

/// The wall clock of the firm at that moment. Falls back to UTC where the local time is out of the calendar's range.
#[must_use]
pub fn local(at: DateTime<Utc>, zone: Tz) -> NaiveDateTime {
    let ahead = zone.offset_from_utc_datetime(&at.naive_utc()).fix();
    at.naive_utc().checked_add_offset(ahead).unwrap_or_else(|| at.naive_utc())
}

/// The moment at which the firm's wall clock shows that time. When clocks go back and an hour comes twice, the first is
/// meant; a time that is skipped when clocks go forward counts as one hour later.
#[must_use]
pub fn from_local(at: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let earliest = |at: NaiveDateTime| at.and_local_timezone(zone).earliest();
    earliest(at)
        .or_else(|| earliest(at.checked_add_signed(TimeDelta::hours(1))?))
        .map_or_else(|| at.and_utc(), |moment| moment.with_timezone(&Utc))
}

/// The firm's date at that moment, and how many seconds are left of that day.
#[must_use]
pub fn day(at: DateTime<Utc>, zone: Tz) -> (NaiveDate, u32) {
    let today = local(at, zone).date();
    let midnight = today.succ_opt().unwrap_or(today).and_time(NaiveTime::MIN);
    let left = (from_local(midnight, zone) - at).num_milliseconds();
    // Rounded up: a browser that asks after this time must find the new day.
    (today, u32::try_from(left / 1000 + 1).unwrap_or(1))
}

/// Today's date where the firm is.
#[must_use]
pub fn today(zone: Tz) -> NaiveDate {
    local(now(), zone).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_the_calendar_are_no_panic() {
        for zone in ["Europe/Istanbul", "America/Los_Angeles", "Pacific/Kiritimati"].map(zone) {
            for at in [DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MIN_UTC] {
                let wall = local(at, zone);
                let _ = from_local(wall, zone);
            }
            for wall in [NaiveDateTime::MAX, NaiveDateTime::MIN] {
                let _ = from_local(wall, zone);
            }
        }
    }

    #[test]
    fn the_day_turns_at_the_firms_midnight() {
        let at = |text: &str| text.parse::<NaiveDateTime>().expect("a time").and_utc();
        let on = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let (istanbul, berlin) = (zone("Europe/Istanbul"), zone("Europe/Berlin"));
        assert_eq!(day(at("2026-11-27T20:59:59"), istanbul), (on("2026-11-27"), 2));
        assert_eq!(day(at("2026-11-27T21:00:00"), istanbul), (on("2026-11-28"), 24 * 3600 + 1));
        // A day on which the clocks change is shorter or longer than 24 hours.
        assert_eq!(day(at("2026-03-28T23:00:00"), berlin), (on("2026-03-29"), 23 * 3600 + 1));
        assert_eq!(day(at("2026-10-24T22:00:00"), berlin), (on("2026-10-25"), 25 * 3600 + 1));
        let left = day(DateTime::<Utc>::MAX_UTC, istanbul).1;
        assert_eq!(left, 1);
    }

    #[test]
    fn the_wall_clock_is_read_both_ways() {
        let at = |text: &str| text.parse::<NaiveDateTime>().expect("a time");
        let zone = zone("Europe/Berlin");
        assert_eq!(from_local(at("2026-11-22T14:05:00"), zone), at("2026-11-22T13:05:00").and_utc());
        assert_eq!(local(from_local(at("2026-07-01T09:00:00"), zone), zone), at("2026-07-01T09:00:00"));
        // In the night of the change one hour is missing and one comes twice.
        assert_eq!(from_local(at("2026-03-29T02:30:00"), zone), at("2026-03-29T01:30:00").and_utc());
        assert_eq!(from_local(at("2026-10-25T02:30:00"), zone), at("2026-10-25T00:30:00").and_utc());
    }
}
