//! Which daily backups stay: the last of each of the seven newest days, and before them the last of each of four weeks. Pure.

use chrono::{Datelike as _, NaiveDateTime};
use std::collections::BTreeSet;

const DAYS: usize = 7;
const WEEKS: usize = 4;

/// The name of a daily backup.
#[must_use]
pub fn name(at: NaiveDateTime) -> String {
    at.format("kartotek-%Y%m%d-%H%M%S.backup").to_string()
}

fn moment(name: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(name, "kartotek-%Y%m%d-%H%M%S.backup").ok()
}

/// Those of the names that may go. A name that is not ours is nobody's business.
#[must_use]
pub fn outdated(names: &[String]) -> Vec<&String> {
    let mut known: Vec<_> = names.iter().filter_map(|name| Some((moment(name)?, name))).collect();
    known.sort();
    let mut days = BTreeSet::new();
    let mut weeks = BTreeSet::new();
    let mut gone = Vec::new();
    for (at, name) in known.into_iter().rev() {
        let new_day = !days.contains(&at.date());
        let stays = if days.len() < DAYS || days.contains(&at.date()) {
            days.insert(at.date()) && new_day
        } else {
            let week = (at.iso_week().year(), at.iso_week().week());
            weeks.len() < WEEKS && weeks.insert(week)
        };
        if !stays {
            gone.push(name);
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Days, NaiveDate};

    #[test]
    fn a_year_of_days_leaves_a_week_and_four_weeks() {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
        let mut there: Vec<String> = vec!["notes.txt".into(), "before-0.2.0-20260101-000000.backup".into()];
        for day in 0..365 {
            let day = first + Days::new(day);
            for hour in [3, 15] {
                there.push(name(day.and_hms_opt(hour, 0, 0).expect("a time")));
            }
            let gone: Vec<String> = outdated(&there).into_iter().cloned().collect();
            there.retain(|name| !gone.contains(name));
        }
        let kept: Vec<_> = there.iter().filter_map(|name| moment(name)).collect();
        assert_eq!(there.len(), kept.len() + 2, "what is not ours stays: {there:?}");
        assert_eq!(kept.len(), DAYS + WEEKS, "{kept:?}");
        let last = first + Days::new(364);
        let days: Vec<_> = kept.iter().rev().take(DAYS).map(|at| at.date()).collect();
        assert_eq!(days, (0..7).map(|back| last - Days::new(back)).collect::<Vec<_>>());
        let oldest = kept.iter().min().expect("some").date();
        let back = (last - oldest).num_days();
        assert!((22..=28).contains(&back), "four weeks in all: {back} days");
    }
}
