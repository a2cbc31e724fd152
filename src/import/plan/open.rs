//! A file being parsed, with its format: one method for each type of field; problems are reported with their column.

use super::odd::Odd;
use super::{Planned, Sheet};
use crate::error::Problem;
use crate::i18n::{Currency, clean};
use crate::import::days::serial;
use crate::import::report::{Bad, Report};
use crate::import::said::Said;
use crate::import::table::{Row, Table};
use crate::import::template::{Template, Templates};
use crate::import::value::{self, Read, Reader, is_nothing};
use chrono::NaiveDate;
use std::cell::RefCell;
use std::collections::HashMap;

pub(super) struct Open {
    table: Table,
    pub reader: Reader,
    pub today: NaiveDate,
    odd: RefCell<Odd>,
}

impl Open {
    pub(super) fn new(table: Table, reader: Reader, today: NaiveDate) -> Self {
        Self { table, reader, today, odd: RefCell::default() }
    }

    /// Parses each row with `make`. Reports rows that can't be parsed, and ids that occurred before. `called` gives the
    /// name of a row for the report.
    pub(super) fn sheet<T>(
        &self,
        report: &mut Report,
        id: &Template,
        called: impl Fn(&Row) -> String,
        mut make: impl FnMut(&Row) -> Result<T, Bad>,
    ) -> Sheet<T> {
        let file = &self.table.file;
        let mut seen: HashMap<String, u64> = HashMap::new();
        let mut rows = Vec::new();
        for row in &self.table.rows {
            let name = self.text(row, Some(id));
            let made = if name.is_empty() {
                Err(bad(id, "", Said::of(|words| words.empty.to_owned())))
            } else if let Some(line) = seen.get(&name) {
                Err(bad(id, &name, Said::of(|words| (words.twice)(*line))))
            } else {
                make(row)
            };
            match made {
                Ok(made) => {
                    seen.insert(name.clone(), row.line);
                    rows.push(Planned { line: row.line, id: name, row: made });
                }
                Err(bad) => report.refuse(file, row.line, &called(row), bad),
            }
        }
        self.odd.borrow().tell(file, report);
        Sheet { file: file.clone(), rows }
    }

    /// A text of one line.
    pub(super) fn text(&self, row: &Row, template: Option<&Template>) -> String {
        template.map(|template| clean::line(&template.fill(self.table.cell(row)))).unwrap_or_default()
    }

    /// The same; empty where the text is only a way to write "nothing".
    pub(super) fn value(&self, row: &Row, template: Option<&Template>) -> String {
        let Some(template) = template else { return String::new() };
        let text = self.text(row, Some(template));
        if !is_nothing(&text) || self.table.meant.contains(&text) {
            return text;
        }
        self.odd.borrow_mut().nothing(&template.heading(), &text);
        String::new()
    }

    /// A required text of one line, no longer than the form's field accepts.
    pub(super) fn needed(&self, row: &Row, template: &Template, most: u32) -> Result<String, Bad> {
        match self.text(row, Some(template)) {
            text if text.is_empty() => Err(bad(template, "", Said::of(|words| words.empty.to_owned()))),
            text => self.short(template, text, most),
        }
    }

    /// The text, if the form's field would accept it.
    pub(super) fn short(&self, template: &Template, text: String, most: u32) -> Result<String, Bad> {
        let letters = text.chars().count();
        if letters > most as usize {
            Err(bad(template, &text, Said::of(|words| (words.too_long)(letters, most as usize))))
        } else {
            Ok(text)
        }
    }

    /// A text of several lines, as in the file.
    pub(super) fn lines(&self, row: &Row, templates: &Templates) -> String {
        clean::lines(&templates.all_whole(self.table.whole(row)).join("\n"))
    }

    /// Each of the texts, as in the file.
    pub(super) fn all<'a>(&self, row: &Row, templates: &'a Templates) -> Vec<(&'a Template, String)> {
        let whole = |template: &Template| {
            clean::lines(&template.fill_whole(self.table.whole(row)).unwrap_or_default())
        };
        templates
            .0
            .iter()
            .map(|template| (template, whole(template)))
            .filter(|(_, text)| !text.is_empty())
            .collect()
    }

    /// Counts a value that was read as nothing.
    pub(super) fn nothing(&self, template: &Template, text: &str) {
        self.odd.borrow_mut().nothing(&template.heading(), text);
    }

    /// The first text that has all its columns filled.
    pub(super) fn first(&self, row: &Row, templates: &Templates) -> Option<String> {
        templates
            .first_whole(self.table.cell(row))
            .map(|text| clean::line(&text))
            .filter(|text| !text.is_empty())
    }

    pub(super) fn date(&self, row: &Row, template: Option<&Template>) -> Result<Option<NaiveDate>, Bad> {
        let Some(template) = template else { return Ok(None) };
        let text = self.value(row, Some(template));
        let meant = self.table.meant.contains(&text);
        self.reader.days.read(&text, meant).map_err(|why| {
            // Reports the day that a spreadsheet would mean by the number.
            let value = serial(&text).map_or_else(|| text.clone(), |day| format!("{text} = {day}"));
            bad(template, &value, why)
        })
    }

    /// The amount with its currency; `column` is the currency from another column.
    pub(super) fn amount(
        &self,
        row: &Row,
        template: Option<&Template>,
        column: Option<Currency>,
    ) -> Result<Option<Read>, Bad> {
        let Some(template) = template else { return Ok(None) };
        let text = self.value(row, Some(template));
        let read = self.reader.amount(&text, column).map_err(|why| bad(template, &text, why))?;
        if let Some(read) = read {
            let mut odd = self.odd.borrow_mut();
            if read.minor < 0 {
                return Err(bad(template, &text, Said::of(|words| words.below_zero.to_owned())));
            }
            if read.long {
                odd.long(&template.heading());
            }
            if read.own {
                odd.own(&template.heading(), read.currency.code());
            }
        }
        Ok(read)
    }

    /// The currency from a column.
    pub(super) fn currency(&self, row: &Row, template: Option<&Template>) -> Result<Option<Currency>, Bad> {
        let Some(template) = template else { return Ok(None) };
        let text = self.value(row, Some(template));
        if text.is_empty() {
            return Ok(None);
        }
        let unknown = || bad(template, &text, Said::of(|words| words.unknown_currency.to_owned()));
        Currency::named(&text).map(Some).ok_or_else(unknown)
    }

    /// The value of a word; `None` for an empty cell.
    pub(super) fn word<T>(
        &self,
        row: &Row,
        template: Option<&Template>,
        read: fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Bad> {
        let Some(template) = template else { return Ok(None) };
        let text = self.value(row, Some(template));
        if text.is_empty() {
            return Ok(None);
        }
        let unknown = || bad(template, &text, Said::of(|words| words.unknown_word.to_owned()));
        read(&text).map(Some).ok_or_else(unknown)
    }

    /// A time of day, as the minute of the day.
    pub(super) fn time(&self, row: &Row, template: Option<&Template>) -> Result<Option<i64>, Bad> {
        let Some(template) = template else { return Ok(None) };
        let text = self.value(row, Some(template));
        if text.is_empty() {
            return Ok(None);
        }
        value::minute(&text).map(Some).ok_or_else(|| bad(template, &text, Said::problem(&Problem::BadTime)))
    }

    /// Yes or no; an empty cell means no.
    pub(super) fn answer(&self, row: &Row, template: Option<&Template>) -> Result<bool, Bad> {
        let Some(template) = template else { return Ok(false) };
        let text = self.text(row, Some(template));
        let unknown = || bad(template, &text, Said::of(|words| words.unknown_answer.to_owned()));
        value::answer(&text).ok_or_else(unknown)
    }
}

pub(super) fn bad(template: &Template, value: &str, why: Said) -> Bad {
    Bad { column: template.heading(), value: value.to_owned(), why }
}
