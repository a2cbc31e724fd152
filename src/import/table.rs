//! A file as rows of tidy cells under named columns. Rows that can't be read are put on the report; a column the map names and the file
//! has not ends the import, since then the map is not for this file.

use super::decode::to_utf8;
use super::map::Source;
use super::report::Report;
use super::value::tidy;
use crate::export::csv::taken_back;
use anyhow::{Context as _, bail};
use csv::ByteRecord;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

pub struct Table {
    pub file: String,
    columns: HashMap<String, usize>,
    pub rows: Vec<Row>,
}

pub struct Row {
    /// As an editor counts them.
    pub line: u64,
    cells: Vec<String>,
}

impl Table {
    /// Reads the file; `wanted` are the columns the map names.
    ///
    /// # Errors
    /// A sentence, when the file or one of its columns is not there.
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
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .has_headers(false)
            .from_reader(utf8.as_slice());
        let mut record = ByteRecord::new();
        if !reader.read_byte_record(&mut record)? {
            bail!("the file is empty");
        }
        let header = cells(&record)
            .context("the first line is not UTF-8: name the encoding in the map, such as windows-1254")?;
        let columns = named(&header)?;
        let missing: Vec<&str> = wanted
            .iter()
            .copied()
            .chain(source.translate.keys().map(String::as_str))
            .filter(|name| !columns.contains_key(*name))
            .collect();
        if !missing.is_empty() {
            bail!("there is no column \"{}\"; the columns are {}", missing.join("\", \""), header.join(", "));
        }
        let wanted: HashSet<&str> = wanted.iter().copied().collect();
        for unused in header.iter().filter(|name| !wanted.contains(name.as_str())) {
            report.notice(format!("{}: the column \"{unused}\" is not used", source.file));
        }
        let mut table = Self { file: source.file.clone(), columns, rows: Vec::new() };
        let mut spaces = 0;
        let mut lines = Lines::new(&utf8);
        while reader.read_byte_record(&mut record)? {
            let line = lines.at(record.position().map_or(0, csv::Position::byte));
            let Some(raw) = cells(&record) else {
                report.broken(&table.file, line, "not UTF-8: name the encoding in the map".to_owned());
                continue;
            };
            if raw.len() != header.len() {
                report.broken(
                    &table.file,
                    line,
                    format!("{} cells where the first line has {}", raw.len(), header.len()),
                );
                continue;
            }
            let raw: Vec<Cow<'_, str>> = raw.iter().map(|cell| taken_back(cell)).collect();
            let cells: Vec<String> = raw.iter().map(|cell| tidy(cell)).collect();
            spaces += cells.iter().zip(&raw).filter(|(tidy, raw)| tidy.as_str() != raw.as_ref()).count();
            table.rows.push(Row { line, cells });
        }
        if spaces > 0 {
            report.notice(format!("{}: needless spaces in {spaces} cells were left out", table.file));
        }
        table.translate(source, report);
        Ok(table)
    }

    /// Applies the map's rules and says how often each was used.
    fn translate(&mut self, source: &Source, report: &mut Report) {
        for (column, rules) in &source.translate {
            let Some(&at) = self.columns.get(column) else { continue };
            let mut used: BTreeMap<&str, usize> = rules.keys().map(|from| (from.as_str(), 0)).collect();
            for row in &mut self.rows {
                let Some((from, to)) = rules.get_key_value(&row.cells[at]) else { continue };
                row.cells[at].clone_from(to);
                *used.entry(from).or_default() += 1;
            }
            for (from, times) in used {
                report.rule(&self.file, column, from, &rules[from], times);
            }
        }
    }

    /// The cells of a row by their column's name.
    pub fn cell<'a>(&'a self, row: &'a Row) -> impl Fn(&str) -> &'a str {
        move |column| self.columns.get(column).map_or("", |at| row.cells[*at].as_str())
    }
}

fn cells(record: &ByteRecord) -> Option<Vec<String>> {
    record.iter().map(|cell| std::str::from_utf8(cell).map(str::to_owned).ok()).collect()
}

fn named(header: &[String]) -> anyhow::Result<HashMap<String, usize>> {
    let mut columns = HashMap::new();
    for (at, name) in header.iter().enumerate() {
        if columns.insert(tidy(name), at).is_some() {
            bail!("two columns are called \"{name}\"");
        }
    }
    Ok(columns)
}

/// Finds the line a byte stands on; asked in rising order. The csv reader's own count begins a row at the empty lines before it.
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
mod tests {
    use super::*;
    use crate::import::map::{Encoding, Format};

    fn read(text: &[u8], source: &Source, wanted: &[&str]) -> anyhow::Result<(Table, Report)> {
        let mut report = Report::default();
        Table::parse(text.to_vec(), source, wanted, &mut report).map(|table| (table, report))
    }

    #[test]
    fn broken_rows_are_told_with_their_line_and_the_rest_is_read() {
        let text = b"\xEF\xBB\xBFid,name\r\n1,Ada\r\n\r\n2\r\n3,\"two\nlines\"\n4,\xFF\n5,  E  da \n";
        let (table, report) = read(text, &Source::default(), &["id", "name"]).expect("a table");
        let rows: Vec<(u64, &str)> =
            table.rows.iter().map(|row| (row.line, table.cell(row)("name"))).collect();
        assert_eq!(rows, [(2, "Ada"), (5, "two\nlines"), (8, "E da")]);
        let told = report.to_string();
        assert!(told.contains("line 4: 1 cells") && told.contains("line 7: not UTF-8"), "{told}");
        assert!(told.contains("spaces in 1 cells"), "{told}");
    }

    #[test]
    fn a_column_that_is_not_there_ends_it() {
        let told = |wanted: &[&str]| {
            format!("{:#}", read(b"id,name\n", &Source::default(), wanted).err().expect("an error"))
        };
        assert!(told(&["nmae"]).contains("\"nmae\"; the columns are id, name"));
        assert!(read(b"", &Source::default(), &[]).is_err());
        assert!(read(b"a,a\n", &Source::default(), &[]).is_err());
    }

    #[test]
    fn rules_are_used_and_told() {
        let source = Source {
            format: Format {
                separator: Some(';'),
                encoding: Some(Encoding::Windows1254),
                ..Format::default()
            },
            translate: [(
                "product".to_owned(),
                [("GTXPro".to_owned(), "GTX Pro".to_owned()), ("x".into(), "y".into())].into(),
            )]
            .into(),
            ..Source::default()
        };
        let (table, report) =
            read(b"id;product\n1;GTXPro\n2;GTX Pro\n3; GTXPro\n", &source, &["product"]).expect("a table");
        assert!(table.rows.iter().all(|row| table.cell(row)("product") == "GTX Pro"));
        let told = report.to_string();
        assert!(told.contains("\"GTXPro\" read as \"GTX Pro\" in 2 rows"), "{told}");
        assert!(told.contains("\"x\" read as \"y\" was never needed"), "{told}");
        assert!(told.contains("column \"id\" is not used"), "{told}");
    }
}
