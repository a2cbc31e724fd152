//! A file as rows of cells under named columns. Odd forms are reported, and repaired where only one reading is
//! possible; a row that may have been misread is refused; a file in which rows may be hidden in a cell is not read at
//! all.

use super::decode::to_utf8;
use super::map::Source;
use super::quotes::{Kind, odd};
use super::report::{Bad, Report};
use super::said::Said;
use crate::export::csv::taken_back;
use crate::i18n::{ImportWords, clean};
use anyhow::{Context as _, bail};
use csv::ByteRecord;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

mod heading;

use heading::Heading;

pub struct Table {
    pub file: String,
    columns: HashMap<String, usize>,
    pub rows: Vec<Row>,
    /// Replacements that the map makes: the report does not ask about these values.
    pub meant: HashSet<String>,
}

pub struct Row {
    /// The line as editors count.
    pub line: u64,
    /// The cells, each on one line, without invisible characters.
    cells: Vec<String>,
    /// Cells that differ from that in the file, as they are there.
    whole: HashMap<usize, String>,
}

/// What was odd about the rows; reported once for the file.
#[derive(Default)]
struct Oddities {
    short: Vec<u64>,
    wide: Vec<u64>,
    spaces: usize,
}

impl Table {
    /// Reads the file; `wanted` are the columns that the map names.
    ///
    /// # Errors
    /// A sentence, when the file or one of its columns is missing.
    pub fn read(
        folder: &Path,
        source: &Source,
        wanted: &[&str],
        report: &mut Report,
    ) -> anyhow::Result<Self> {
        let path = folder.join(&source.file);
        let bytes = std::fs::read(&path).with_context(|| format!("{} could not be read", path.display()))?;
        Self::parse(bytes, source, wanted, report).with_context(|| source.file.clone())
    }

    fn parse(bytes: Vec<u8>, source: &Source, wanted: &[&str], report: &mut Report) -> anyhow::Result<Self> {
        let utf8 = to_utf8(bytes, source.format.encoding.unwrap_or_default());
        let separator = source.format.separator.unwrap_or(',');
        let separator =
            u8::try_from(separator).ok().with_context(|| format!("separator: '{separator}' can't be one"))?;
        let mut table = Self {
            file: source.file.clone(),
            columns: HashMap::new(),
            rows: Vec::new(),
            meant: HashSet::new(),
        };
        let suspects = table.suspects(&utf8, separator, source, report);
        if report.stopped() {
            return Ok(table);
        }
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .has_headers(false)
            .from_reader(utf8.as_slice());
        let mut record = ByteRecord::new();
        if !reader.read_byte_record(&mut record)? {
            bail!("the file is empty");
        }
        let first = cells(&record)
            .context("the first line is not UTF-8: name the encoding in the map, such as windows-1254")?;
        let heading = Heading::of(&first);
        table.columns = heading.columns(source, wanted, report)?;
        let mut odd = Oddities::default();
        let mut lines = Lines::new(&utf8);
        let mut begin = reader.position().byte();
        while reader.read_byte_record(&mut record)? {
            let line = lines.at(record.position().map_or(0, csv::Position::byte));
            let end = reader.position().byte();
            let inside = |byte: u64| (begin..end).contains(&byte);
            let suspect = suspects.iter().find(|(byte, _)| inside(*byte)).map(|(_, why)| why.clone());
            begin = end;
            match table.row(&record, heading.len(), suspect, &mut odd, line) {
                Ok(row) => {
                    report.row(&table.file, row.is_none());
                    table.rows.extend(row);
                }
                Err(why) => {
                    report.row(&table.file, false);
                    report.refuse(&table.file, line, "", Bad::row(why));
                }
            }
        }
        table.tell(&odd, report);
        table.translate(source, report);
        Ok(table)
    }

    /// The cells with wrong quotation marks that make their row suspicious, by byte. If rows may be hidden in one, the
    /// whole file is stopped.
    fn suspects(&self, text: &[u8], separator: u8, source: &Source, report: &mut Report) -> Vec<(u64, Said)> {
        let mut suspects = Vec::new();
        for odd in odd(text, separator) {
            let (line, until) = (odd.line, odd.until);
            let why = match odd.kind {
                Kind::Open => Said::of(|words| (words.open_quote)(line)),
                Kind::TextBehind if until > line => Said::of(|words| (words.swallowed)(line, until)),
                Kind::TextBehind => Said::of(|words| words.behind_quote.to_owned()),
                Kind::Long if source.format.multiline == Some(true) => continue,
                Kind::Long => Said::of(|words| (words.long_cell)(line, until)),
            };
            if odd.kind == Kind::Open || odd.kind == Kind::TextBehind && until > line {
                report.stop(&self.file, why);
            } else {
                suspects.push((u64::try_from(odd.byte).unwrap_or_default(), why));
            }
        }
        suspects
    }

    /// A row with as many cells as the heading; `None` where all cells are empty.
    fn row(
        &self,
        record: &ByteRecord,
        width: usize,
        suspect: Option<Said>,
        odd: &mut Oddities,
        line: u64,
    ) -> Result<Option<Row>, Said> {
        let mut raw = cells(record).ok_or_else(|| Said::of(|words| words.not_utf8.to_owned()))?;
        if let Some(why) = suspect {
            return Err(why);
        }
        let blank = |cell: &String| clean::line(cell).is_empty();
        if raw.iter().all(blank) {
            return Ok(None);
        }
        if raw.len() > width {
            if !raw[width..].iter().all(blank) {
                let filled = raw.iter().rposition(|cell| !blank(cell)).map_or(0, |at| at + 1);
                return Err(Said::of(|words| (words.surplus)(filled, width)));
            }
            raw.truncate(width);
            odd.wide.push(line);
        } else if raw.len() < width {
            raw.resize(width, String::new());
            odd.short.push(line);
        }
        let mut row = Row { line, cells: Vec::with_capacity(width), whole: HashMap::new() };
        for (at, cell) in raw.iter().enumerate() {
            let whole = taken_back(cell);
            let tidy = clean::line(&whole);
            if tidy != whole {
                let several = whole.contains(['\n', '\r']);
                odd.spaces += usize::from(!several);
                row.whole.insert(at, whole.into_owned());
            }
            row.cells.push(tidy);
        }
        Ok(Some(row))
    }

    fn tell(&self, odd: &Oddities, report: &mut Report) {
        if !odd.short.is_empty() {
            let lines = super::report::ranges(&odd.short);
            let told = |words: &'static ImportWords| {
                (words.short_rows)(odd.short.len(), &(words.lines)(&lines, odd.short.len() > 1))
            };
            report.notice(&self.file, Said::of(told));
        }
        if !odd.wide.is_empty() {
            let lines = super::report::ranges(&odd.wide);
            let told = |words: &'static ImportWords| {
                (words.wide_rows)(odd.wide.len(), &(words.lines)(&lines, odd.wide.len() > 1))
            };
            report.notice(&self.file, Said::of(told));
        }
        if odd.spaces > 0 {
            report.notice(&self.file, Said::of(|words| (words.spaces)(odd.spaces)));
        }
    }

    /// Applies the map's replacements and reports how often each was used.
    fn translate(&mut self, source: &Source, report: &mut Report) {
        for (column, rules) in &source.translate {
            let Some(&at) = self.columns.get(column) else { continue };
            let mut used: BTreeMap<&str, usize> = rules.keys().map(|from| (from.as_str(), 0)).collect();
            for row in &mut self.rows {
                let Some((from, to)) = rules.get_key_value(&row.cells[at]) else { continue };
                row.cells[at].clone_from(to);
                row.whole.remove(&at);
                *used.entry(from).or_default() += 1;
            }
            for (from, times) in used {
                report.rule(&self.file, column, from, &rules[from], times);
            }
            self.meant.extend(rules.values().cloned());
        }
    }

    /// A function that returns a row's cell by the column's name, on one line.
    pub fn cell<'a>(&'a self, row: &'a Row) -> impl Fn(&str) -> &'a str {
        move |column| self.columns.get(column).map_or("", |at| row.cells[*at].as_str())
    }

    /// The same with line breaks and blanks, as in the file.
    pub fn whole<'a>(&'a self, row: &'a Row) -> impl Fn(&str) -> &'a str {
        move |column| {
            let Some(at) = self.columns.get(column) else { return "" };
            row.whole.get(at).map_or(row.cells[*at].as_str(), String::as_str)
        }
    }
}

fn cells(record: &ByteRecord) -> Option<Vec<String>> {
    record.iter().map(|cell| std::str::from_utf8(cell).map(str::to_owned).ok()).collect()
}

/// Finds the line of a byte; must be asked in ascending order. The csv crate's own line number counts empty lines
/// before a row as part of the row.
struct Lines<'a> {
    text: &'a [u8],
    byte: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    fn new(text: &'a [u8]) -> Self {
        Self { text, byte: 0, line: 1 }
    }

    fn at(&mut self, byte: u64) -> u64 {
        let mut until = usize::try_from(byte).unwrap_or(usize::MAX).min(self.text.len());
        while matches!(self.text.get(until), Some(b'\r' | b'\n')) {
            until += 1;
        }
        let passed = self.text[self.byte..until].iter().filter(|byte| **byte == b'\n').count();
        self.line += u64::try_from(passed).unwrap_or_default();
        self.byte = until;
        self.line
    }
}

#[cfg(test)]
mod tests;
