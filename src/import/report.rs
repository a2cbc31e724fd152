//! The report of an import or dry run, for the firm's owner: what is new, what existed before, which rules were used,
//! what looked odd, and every row and value that was not imported, with file, line, name, column and reason. Its text
//! is made in `written`.

mod written;

pub(super) use written::ranges;

use super::said::Said;
use crate::i18n::ImportWords as Words;
use crate::i18n::Locale;
use std::collections::{BTreeMap, BTreeSet};

/// The kinds of things that are imported, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    Group,
    Person,
    Product,
    Stage,
    Customer,
    Deal,
    /// A record of one of the firm's own kinds.
    Record,
    Task,
    Activity,
}

impl Thing {
    const ALL: [Self; 9] = [
        Self::Group,
        Self::Person,
        Self::Product,
        Self::Stage,
        Self::Customer,
        Self::Deal,
        Self::Record,
        Self::Task,
        Self::Activity,
    ];

    /// The code in the table `imported`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Person => "person",
            Self::Product => "product",
            Self::Stage => "stage",
            Self::Customer => "customer",
            Self::Deal => "deal",
            Self::Record => "own_record",
            Self::Task => "task",
            Self::Activity => "activity",
        }
    }

    /// The word for one of them.
    pub(super) fn one(self, words: &Words) -> &'static str {
        words.one_thing[self as usize]
    }

    /// The word for several.
    pub(super) fn many(self, words: &Words) -> &'static str {
        words.things[self as usize]
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub new: usize,
    pub as_before: usize,
    /// How many of those that existed before differ from the file by now.
    pub differ: usize,
}

/// A row, or a value of a row, that was not imported.
#[derive(Clone, Debug)]
pub struct Finding {
    pub file: String,
    pub line: u64,
    /// What the row calls itself; empty where it does not.
    pub name: String,
    pub bad: Bad,
}

/// What is wrong, and where in the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    /// The heading in the file; empty for the row as a whole.
    pub column: String,
    pub value: String,
    pub why: Said,
}

impl Bad {
    /// The row as a whole.
    #[must_use]
    pub fn row(why: Said) -> Self {
        Self { column: String::new(), value: String::new(), why }
    }
}

/// One field that is not as the file has it.
#[derive(Clone, Debug)]
pub struct Difference {
    /// As events name it.
    pub field: String,
    /// Here and in the file; `None` where ids differ that nobody reads.
    pub values: Option<(String, String)>,
}

/// The rows of a file: each is new, as before, refused or empty.
#[derive(Debug, Default)]
struct Rows {
    all: usize,
    empty: usize,
    new: BTreeSet<u64>,
    before: BTreeSet<u64>,
    refused: BTreeSet<u64>,
}

#[derive(Debug, Default)]
pub struct Report {
    source: String,
    pub(super) dry_run: bool,
    locale: Locale,
    tallies: BTreeMap<Thing, Tally>,
    files: Vec<(String, Rows)>,
    rules: Vec<(String, Said)>,
    notices: Vec<(String, Said)>,
    differences: Vec<(Thing, String, Vec<Difference>)>,
    noted: Vec<Finding>,
    refused: Vec<Finding>,
    stopped: Vec<(String, Said)>,
}

impl Report {
    #[must_use]
    pub(super) fn new(source: &str, dry_run: bool, locale: Locale) -> Self {
        Self { source: source.to_owned(), dry_run, locale, ..Self::default() }
    }

    /// Whether some rows did not come in.
    #[must_use]
    pub fn failed(&self) -> bool {
        !self.refused.is_empty() || self.stopped()
    }

    /// What the command ends with, where it failed.
    #[must_use]
    pub fn verdict(&self) -> &'static str {
        let words = self.locale.text().import();
        if self.stopped() { words.stopped } else { words.some_refused }
    }

    /// Whether a file could not be read at all: then nothing is brought in.
    #[must_use]
    pub fn stopped(&self) -> bool {
        !self.stopped.is_empty()
    }

    /// How many of these there were.
    #[must_use]
    pub fn tally(&self, thing: Thing) -> Tally {
        self.tallies.get(&thing).copied().unwrap_or_default()
    }

    /// The rows of a file: all of them, and how many are new, as before, refused and empty.
    #[must_use]
    pub fn rows(&self, file: &str) -> [usize; 5] {
        let Some((_, rows)) = self.files.iter().find(|(name, _)| name == file) else { return [0; 5] };
        // A row may name a leader beside the person: it is what became of the person.
        let before = rows.before.difference(&rows.new).count();
        [rows.all, rows.new.len(), before, rows.refused.len(), rows.empty]
    }

    pub(super) fn new_one(&mut self, thing: Thing) {
        self.tallies.entry(thing).or_default().new += 1;
    }

    /// It was there; `differences` say in what it is not as the file has it.
    pub(super) fn as_before(&mut self, thing: Thing, name: &str, differences: Vec<Difference>) {
        let tally = self.tallies.entry(thing).or_default();
        tally.as_before += 1;
        if !differences.is_empty() {
            tally.differ += 1;
            self.differences.push((thing, name.to_owned(), differences));
        }
    }

    fn rows_of(&mut self, file: &str) -> Option<&mut Rows> {
        if !self.files.iter().any(|(name, _)| name == file) {
            self.files.push((file.to_owned(), Rows::default()));
        }
        self.files.iter_mut().find(|(name, _)| name == file).map(|(_, rows)| rows)
    }

    /// One more row of the file was read.
    pub(super) fn row(&mut self, file: &str, empty: bool) {
        if let Some(rows) = self.rows_of(file) {
            rows.all += 1;
            rows.empty += usize::from(empty);
        }
    }

    /// Of this row came something new, or something that was there.
    pub(super) fn came(&mut self, file: &str, line: u64, new: bool) {
        if let Some(rows) = self.rows_of(file) {
            let _ = if new { rows.new.insert(line) } else { rows.before.insert(line) };
        }
    }

    /// A row does not come in.
    pub(super) fn refuse(&mut self, file: &str, line: u64, name: &str, bad: Bad) {
        if let Some(rows) = self.rows_of(file) {
            rows.refused.insert(line);
        }
        self.refused.push(Finding { file: file.to_owned(), line, name: name.to_owned(), bad });
    }

    /// A value of a row that comes in stands in its note instead.
    pub(super) fn note(&mut self, file: &str, line: u64, name: &str, bad: Bad) {
        self.noted.push(Finding { file: file.to_owned(), line, name: name.to_owned(), bad });
    }

    /// The file can't be read at all.
    pub(super) fn stop(&mut self, file: &str, why: Said) {
        self.stopped.push((file.to_owned(), why));
    }

    pub(super) fn notice(&mut self, file: &str, notice: Said) {
        self.notices.push((file.to_owned(), notice));
    }

    pub(super) fn rule(&mut self, file: &str, column: &str, from: &str, to: &str, times: usize) {
        let told = Said::of(|words| format!("{}: {}", (words.rule)(column, from, to), (words.used)(times)));
        self.rules.push((file.to_owned(), told));
    }
}
