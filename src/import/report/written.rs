//! The report as a text, in the language of the person who started the import. Findings of the same kind are grouped
//! and counted, in the order of the file.

use super::{Difference, Finding, Report, Thing};
use crate::fields::names::{field, value};
use crate::i18n::ImportWords as Words;
use crate::i18n::Locale;
use crate::i18n::money::grouped;
use std::collections::HashMap;
use std::fmt::{self, Write as _};

/// How many differences are listed; further ones are only counted.
const LISTED: usize = 40;
/// A value in more rows than this is reported once, with all its lines.
const REPEATED: usize = 3;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(self.locale))
    }
}

impl Report {
    /// The whole report in that language.
    #[must_use]
    pub fn told(&self, locale: Locale) -> String {
        let mut out = String::new();
        // Writing to a string can't fail.
        let _ = self.write(&mut out, locale);
        out
    }

    fn write(&self, out: &mut String, locale: Locale) -> fmt::Result {
        let words = locale.text().import();
        writeln!(out, "{}", (words.title)(&self.source))?;
        if self.dry_run {
            writeln!(out, "{}", words.dry_run)?;
        }
        let told = |all: &[(String, super::Said)]| -> Vec<String> {
            all.iter().map(|(file, said)| line_of(file, said.told(locale))).collect()
        };
        section(out, words.stopped, told(&self.stopped), locale)?;
        if self.stopped() {
            return Ok(());
        }
        for thing in Thing::ALL {
            let Some(tally) = self.tallies.get(&thing) else { continue };
            write!(out, "  {:<10} {}", thing.many(words), (words.tally)(tally.new, tally.as_before))?;
            let differing = if tally.differ > 0 { (words.differing)(tally.differ) } else { String::new() };
            writeln!(out, "{differing}")?;
        }
        for (file, _) in &self.files {
            writeln!(out, "  {}", (words.rows)(file, self.rows(file)))?;
        }
        section(out, words.rules, told(&self.rules), locale)?;
        section(out, words.noticed, told(&self.notices), locale)?;
        findings(out, words.noted, &self.noted, locale)?;
        let differences = self.differences.iter().take(LISTED);
        let mut differing: Vec<String> =
            differences.map(|(thing, name, all)| difference(*thing, name, all, locale)).collect();
        if let Some(rest @ 1..) = self.differences.len().checked_sub(LISTED) {
            differing.push((words.more)(rest));
        }
        titled(out, words.differ, self.differences.len(), &differing, locale)?;
        findings(out, words.refused, &self.refused, locale)
    }
}

/// A sentence with its file; some are about no file.
fn line_of(file: &str, sentence: &str) -> String {
    if file.is_empty() { sentence.to_owned() } else { format!("{file}: {sentence}") }
}

fn section(out: &mut String, title: &str, lines: Vec<String>, locale: Locale) -> fmt::Result {
    titled(out, title, lines.len(), &lines, locale)
}

fn titled(out: &mut String, title: &str, count: usize, lines: &[String], locale: Locale) -> fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "{title} ({}):", number(count, locale))?;
    lines.iter().try_for_each(|line| writeln!(out, "  {line}"))
}

fn number(count: usize, locale: Locale) -> String {
    grouped(i64::try_from(count).unwrap_or(i64::MAX), locale)
}

fn difference(thing: Thing, name: &str, all: &[Difference], locale: Locale) -> String {
    let words = locale.text().import();
    let one = |one: &Difference| {
        let label = field(locale, &one.field).unwrap_or(&one.field);
        match &one.values {
            Some((here, file)) => {
                let word =
                    |text: &str| value(locale, &one.field, text).map_or_else(|| flat(text), str::to_owned);
                format!("{label}: {}", (words.here_and_there)(&word(here), &word(file)))
            }
            None => format!("{label}: {}", words.another_here),
        }
    };
    let all: Vec<String> = all.iter().map(one).collect();
    format!("{} “{name}”: {}", thing.one(words), all.join("; "))
}

/// The findings of one kind, under a line that counts them.
fn findings(out: &mut String, title: &str, all: &[Finding], locale: Locale) -> fmt::Result {
    if all.is_empty() {
        return Ok(());
    }
    writeln!(out, "{title} ({}):", number(all.len(), locale))?;
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    let mut known: HashMap<(&str, &str, &super::Said), usize> = HashMap::new();
    for one in all {
        let at = *known.entry((&one.file, &one.bad.column, &one.bad.why)).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups.iter().try_for_each(|group| kind(out, group, locale))
}

fn kind(out: &mut String, group: &[&Finding], locale: Locale) -> fmt::Result {
    let words = locale.text().import();
    let Some(first) = group.first() else { return Ok(()) };
    let column = if first.bad.column.is_empty() { String::new() } else { format!(", {}", first.bad.column) };
    let why = first.bad.why.told(locale);
    writeln!(out, "  {}{column}: {why} ({})", first.file, (words.in_rows)(group.len()))?;
    let mut lines: HashMap<&str, Vec<u64>> = HashMap::new();
    for one in group {
        lines.entry(&one.bad.value).or_default().push(one.line);
    }
    for one in group {
        let value = one.bad.value.as_str();
        let same = lines.get(value).map_or(0, Vec::len);
        if value.is_empty() || (1..=REPEATED).contains(&same) {
            writeln!(out, "    {}", row(one, words))?;
        } else if let Some(lines) = lines.remove(value) {
            // Reported with the first of these rows; the others find the entry removed.
            let told = (words.lines)(&ranges(&lines), true);
            writeln!(out, "    “{}” {}: {told}", flat(value), (words.in_rows)(lines.len()))?;
        }
    }
    Ok(())
}

fn row(one: &Finding, words: &Words) -> String {
    let line = (words.lines)(&one.line.to_string(), false);
    let name = if one.name.is_empty() { String::new() } else { format!(" “{}”", flat(&one.name)) };
    let value = if one.bad.value.is_empty() { String::new() } else { format!(": {}", flat(&one.bad.value)) };
    format!("{line}{name}{value}")
}

/// A value on one line, cut to a readable length.
fn flat(value: &str) -> String {
    const MOST: usize = 120;
    let line = crate::i18n::clean::line(value);
    if line.chars().count() <= MOST { line } else { line.chars().take(MOST).chain(['…']).collect() }
}

/// Line numbers as ranges: 2–14, 16, 20.
pub fn ranges(lines: &[u64]) -> String {
    let mut parts: Vec<(u64, u64)> = Vec::new();
    for &line in lines {
        match parts.last_mut() {
            Some((_, last)) if *last + 1 == line => *last = line,
            _ => parts.push((line, line)),
        }
    }
    let part = |&(first, last): &(u64, u64)| {
        if first == last { first.to_string() } else { format!("{first}–{last}") }
    };
    parts.iter().map(part).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::{Bad, Said};
    use super::*;

    #[test]
    fn it_reads_well_in_both_languages() {
        let mut report = Report::new("dükkân", true, Locale::Tr);
        (0..8800).for_each(|_| report.new_one(Thing::Deal));
        let city = Difference { field: "city".into(), values: Some(("Bursa".into(), "İzmir".into())) };
        report.as_before(Thing::Customer, "Ada", vec![city]);
        let bad = |value: &str| Bad {
            column: "Aşama".into(),
            value: value.into(),
            why: Said::of(|words| (words.unknown)(Thing::Stage.one(words))),
        };
        (2..=18).for_each(|line| report.row("d.csv", line == 18));
        (2..=9).for_each(|line| report.refuse("d.csv", line, "Satış", bad("Kazandı")));
        report.refuse("d.csv", 17, "Masa", bad("Yok\nböyle"));
        let turkish = report.told(Locale::Tr);
        for piece in [
            "hiçbir şey değiştirilmedi",
            "satış        8.800 yeni,       0 önceki gibi",
            "müşteri          0 yeni,       1 önceki gibi (bunlardan 1 tanesi dosyadakinden farklı",
            "müşteri “Ada”: Şehir: burada “Bursa”, dosyada “İzmir”",
            "d.csv: 17 satır: 0 yeni, 0 önceki gibi, 9 alınmayan, 1 boş",
            "d.csv, Aşama: bilinmeyen aşama (9 satırda)\n    “Kazandı” 8 satırda: satır 2–9\n    satır 17 “Masa”: \
             Yok böyle\n",
        ] {
            assert!(turkish.contains(piece), "{piece}\n{turkish}");
        }
        let english = report.told(Locale::En);
        for piece in [
            "nothing was changed",
            "deals        8,800 new,       0 as before",
            "customer “Ada”: City: here “Bursa”, file “İzmir”",
            "d.csv: 17 rows: 0 new, 0 as before, 9 refused, 1 empty",
            "d.csv, Aşama: unknown stage (in 9 rows)\n    “Kazandı” in 8 rows: lines 2–9\n    line 17 “Masa”: \
             Yok böyle\n",
        ] {
            assert!(english.contains(piece), "{piece}\n{english}");
        }
        assert!(report.failed());
    }
}
