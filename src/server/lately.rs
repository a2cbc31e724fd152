//! How many customers each person saw lately. It decides which way their lists go, and spares counting on for whom
//! there are more than are counted: with a hundred thousand customers that was most of a page. A number that people
//! read exactly is never taken from here.

use crate::id::PersonId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// It is counted anew after this.
const KEPT: Duration = Duration::from_secs(30);
/// Beyond so many people, what is too old is put away.
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
