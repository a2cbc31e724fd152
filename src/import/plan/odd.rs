//! Counts odd values while a file is parsed, so that the report mentions each kind once per column.

use crate::import::report::Report;
use crate::import::said::Said;
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub(super) struct Odd {
    /// By column and text: a text such as `yok` that was read as nothing.
    nothing: BTreeMap<(String, String), usize>,
    /// By column: amounts with more decimals than their currency.
    long: BTreeMap<String, usize>,
    /// By column and currency: amounts with a currency of their own.
    own: BTreeMap<(String, &'static str), usize>,
}

impl Odd {
    pub(super) fn nothing(&mut self, column: &str, text: &str) {
        *self.nothing.entry((column.to_owned(), text.to_owned())).or_default() += 1;
    }

    pub(super) fn long(&mut self, column: &str) {
        *self.long.entry(column.to_owned()).or_default() += 1;
    }

    pub(super) fn own(&mut self, column: &str, currency: &'static str) {
        *self.own.entry((column.to_owned(), currency)).or_default() += 1;
    }

    pub(super) fn tell(&self, file: &str, report: &mut Report) {
        for ((column, text), rows) in &self.nothing {
            report.notice(file, Said::of(|words| (words.nothing)(column, text, *rows)));
        }
        for (column, rows) in &self.long {
            report.notice(file, Said::of(|words| (words.long_amounts)(column, *rows)));
        }
        for ((column, currency), rows) in &self.own {
            report.notice(file, Said::of(|words| (words.own_currency)(column, *rows, currency)));
        }
    }
}
