//! Decides which daily backups are kept: the last one of each of the seven newest days, and before these the last one
//! of each of four weeks. A backup dated in the future is a sign of a wrong clock: it is kept and otherwise ignored.
//! Pure.

use chrono::{Datelike as _, NaiveDateTime, TimeDelta};
use std::collections::BTreeSet;

const DAYS: usize = 7;
const WEEKS: usize = 4;
/// What is dated further in the future than this was written by a wrong clock; an hour is allowed because a clock shows
/// one hour twice when summer time ends.
pub const SLACK: TimeDelta = TimeDelta::hours(1);

/// The file name of a daily backup; `nr` tells apart those of the same second.
#[must_use]
pub fn name(at: NaiveDateTime, nr: u32) -> String {
    let at = at.format("kartotek-%Y%m%d-%H%M%S");
    if nr < 2 { format!("{at}.backup") } else { format!("{at}-{nr}.backup") }
}

fn moment(name: &str) -> Option<(NaiveDateTime, u32)> {
    let dated = name.strip_suffix(".backup")?;
    let (at, rest) = NaiveDateTime::parse_and_remainder(dated, "kartotek-%Y%m%d-%H%M%S").ok()?;
    match rest.strip_prefix('-') {
        Some(nr) => Some((at, nr.parse().ok()?)),
        None => rest.is_empty().then_some((at, 1)),
    }
}

/// Whether it is a daily backup dated in the future.
#[must_use]
pub fn is_ahead(name: &str, now: NaiveDateTime) -> bool {
    moment(name).is_some_and(|(at, _)| at.signed_duration_since(now) > SLACK)
}

/// The names of backups that may be deleted; never the one just made. Files with other names are never touched.
#[must_use]
pub fn outdated<'n>(names: &'n [String], made: &str, now: NaiveDateTime) -> Vec<&'n String> {
    let counts = |name: &&String| name.as_str() == made || !is_ahead(name, now);
    let mut known: Vec<_> =
        names.iter().filter(counts).filter_map(|name| Some((moment(name)?, name))).collect();
    known.sort();
    let mut days = BTreeSet::new();
    let mut weeks = BTreeSet::new();
    let mut gone = Vec::new();
    for ((at, _), name) in known.into_iter().rev() {
        let day = at.date();
        let stays = if days.contains(&day) {
            false
        } else if days.len() < DAYS {
            days.insert(day)
        } else {
            weeks.len() < WEEKS && weeks.insert((at.iso_week().year(), at.iso_week().week()))
        };
        if !stays && name.as_str() != made {
            gone.push(name);
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Days, NaiveDate};
    use proptest::prelude::*;

    fn noon(day: i64) -> NaiveDateTime {
        let first =
            NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day").and_hms_opt(12, 0, 0).expect("a time");
        first + TimeDelta::days(day)
    }

    #[test]
    fn a_year_of_days_leaves_a_week_and_four_weeks() {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
        let mut there: Vec<String> = vec!["notes.txt".into(), "before-0.2.0-20260101-000000.backup".into()];
        for day in 0..365 {
            let day = first + Days::new(day);
            for hour in [3, 15] {
                let now = day.and_hms_opt(hour, 0, 0).expect("a time");
                there.push(name(now, 1));
                let gone: Vec<String> = outdated(&there, &name(now, 1), now).into_iter().cloned().collect();
                there.retain(|name| !gone.contains(name));
            }
        }
        let kept: Vec<_> = there.iter().filter_map(|name| moment(name)).collect();
        assert_eq!(there.len(), kept.len() + 2, "what is not ours stays: {there:?}");
        assert_eq!(kept.len(), DAYS + WEEKS, "{kept:?}");
        let last = first + Days::new(364);
        let days: Vec<_> = kept.iter().rev().take(DAYS).map(|(at, _)| at.date()).collect();
        assert_eq!(days, (0..7).map(|back| last - Days::new(back)).collect::<Vec<_>>());
        let oldest = kept.iter().min().expect("some").0.date();
        let back = (last - oldest).num_days();
        assert!((22..=28).contains(&back), "four weeks in all: {back} days");
    }

    #[test]
    fn names_of_one_second_are_told_apart_and_read_back() {
        for nr in [1, 2, 14] {
            assert_eq!(moment(&name(noon(0), nr)), Some((noon(0), nr)));
        }
        for foreign in
            ["kartotek-20260101-030000.backup.partial", "kartotek-20260101-030000x.backup", "x.backup"]
        {
            assert_eq!(moment(foreign), None, "{foreign}");
        }
        let two = [name(noon(0), 1), name(noon(0), 2)];
        assert_eq!(outdated(&two, &two[1], noon(0)), [&two[0]]);
        assert!(outdated(&two[..1], &two[0], noon(0)).is_empty());
    }

    #[test]
    fn backups_of_the_future_take_the_place_of_nobody() {
        let mut there: Vec<String> = (0..12).map(|nr| name(noon(3650 + nr), 1)).collect();
        there.extend((0..4).map(|nr| name(noon(nr), 1)));
        assert!(outdated(&there, &name(noon(3), 1), noon(3)).is_empty());
        assert_eq!(there.iter().filter(|name| is_ahead(name, noon(3))).count(), 12);
    }

    proptest! {
        /// Several runs, with the clock jumping to any time in between.
        #[test]
        fn whatever_the_clock_does_the_newest_stay(
            there in prop::collection::btree_set((-800_i64..800, 0_i64..24), 0..40),
            runs in prop::collection::vec(-800_i64..800, 1..12),
        ) {
            let named = |(day, hour)| name(noon(day) + TimeDelta::hours(hour), 1);
            let mut there: Vec<String> = there.into_iter().map(named).collect();
            for now in runs.into_iter().map(noon) {
                let made = (1..).map(|nr| name(now, nr)).find(|name| !there.contains(name)).expect("a name is free");
                there.push(made.clone());
                let gone: Vec<String> = outdated(&there, &made, now).into_iter().cloned().collect();
                let real = |names: &[String]| -> BTreeSet<NaiveDate> {
                    let real = names.iter().filter(|name| !is_ahead(name, now)).filter_map(|name| moment(name));
                    real.map(|(at, _)| at.date()).collect()
                };
                let before = real(&there);
                let past = there.iter().filter(|name| !is_ahead(name, now));
                let newest = past.filter_map(|name| Some((moment(name)?, name))).max();
                let newest = newest.map(|(_, name)| name.clone()).expect("one was just made");
                // Backups from the future have no influence on the others.
                let alone: Vec<String> = there.iter().filter(|name| !is_ahead(name, now)).cloned().collect();
                let gone_alone: Vec<String> = outdated(&alone, &made, now).into_iter().cloned().collect();
                prop_assert_eq!(&gone, &gone_alone);
                there.retain(|name| !gone.contains(name));
                prop_assert!(there.contains(&made), "the one just made went");
                prop_assert!(there.contains(&newest), "the newest went");
                prop_assert!(gone.iter().all(|name| !is_ahead(name, now)), "one of the future went");
                let after = real(&there);
                prop_assert!(before.iter().rev().take(DAYS).all(|day| after.contains(day)),
                    "one of the newest days went");
            }
        }
    }
}
