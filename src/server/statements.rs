//! For tests: the statements that a database was asked to carry out, each once, so that a test can ask the engine how
//! it would do so. In the program its twin notes nothing.

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

    /// All of them so far.
    pub(crate) fn all(&self) -> Vec<String> {
        self.0.lock().expect("no test panics in here").iter().cloned().collect()
    }
}
