//! For tests: records each statement that the database has run, once, so that a test can ask the engine for its query
//! plan. In the program itself the twin `statements_none.rs` records nothing.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

#[derive(Clone, Default)]
pub(crate) struct Statements(Arc<Mutex<BTreeSet<String>>>);

impl Statements {
    pub(super) fn note(&self, statement: &str) {
        let mut all = self.0.lock().expect("no test panics in here");
        if !all.contains(statement) {
            all.insert(statement.to_owned());
        }
    }

    /// All statements so far.
    pub(crate) fn all(&self) -> Vec<String> {
        self.0.lock().expect("no test panics in here").iter().cloned().collect()
    }
}
