//! A short-lived cache: how many customers each person can see. It only chooses how lists are read (`way`) and saves
//! counting again for people with very many customers, which took most of a page's time at a hundred thousand of them.
//! Never use it for a number that is shown as exact.

use crate::id::PersonId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// After this time the number is counted again.
const KEPT: Duration = Duration::from_secs(30);
/// With more people than this in the cache, outdated numbers are removed.
const PEOPLE: usize = 1_000;

#[derive(Clone, Default)]
pub(super) struct Lately(Arc<Mutex<HashMap<PersonId, (i64, Instant)>>>);

impl Lately {
    pub fn count(&self, person: PersonId) -> Option<i64> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&person).filter(|(_, at)| at.elapsed() < KEPT).map(|(count, _)| *count)
    }

    pub fn counted(&self, person: PersonId, count: i64) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= PEOPLE {
            all.retain(|_, (_, at)| at.elapsed() < KEPT);
        }
        all.insert(person, (count, Instant::now()));
    }
}
