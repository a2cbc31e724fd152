//! What an import did or would do, for the person who started it: what is new, what was there, which rules were used, what looked odd,
//! and every row that did not come in with its file, line and reason.

use std::collections::BTreeMap;
use std::fmt;

/// The kinds of things that come in, in the order they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    Group,
    Person,
    Product,
    Stage,
    Customer,
    Deal,
}

impl Thing {
    const ALL: [Self; 6] =
        [Self::Group, Self::Person, Self::Product, Self::Stage, Self::Customer, Self::Deal];

    /// How it is remembered in the table `imported`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Person => "person",
            Self::Product => "product",
            Self::Stage => "stage",
            Self::Customer => "customer",
            Self::Deal => "deal",
        }
    }

    fn plural(self) -> &'static str {
        match self {
            Self::Group => "groups",
            Self::Person => "people",
            Self::Product => "products",
            Self::Stage => "stages",
            Self::Customer => "customers",
            Self::Deal => "deals",
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub new: usize,
    pub as_before: usize,
    /// Of those, how many are no longer as the file says.
    pub differ: usize,
}

#[derive(Debug, Default)]
pub struct Report {
    source: String,
    pub(super) dry_run: bool,
    tallies: BTreeMap<Thing, Tally>,
    rules: Vec<String>,
    notices: Vec<String>,
    differences: Vec<String>,
    broken: Vec<String>,
}

/// More differences than this are counted, not listed.
const LISTED: usize = 40;

impl Report {
    #[must_use]
    pub(super) fn new(source: &str, dry_run: bool) -> Self {
        Self { source: source.to_owned(), dry_run, ..Self::default() }
    }

    /// Whether some rows did not come in.
    #[must_use]
    pub fn failed(&self) -> bool {
        !self.broken.is_empty()
    }

    /// How many of these there were.
    #[must_use]
    pub fn tally(&self, thing: Thing) -> Tally {
        self.tallies.get(&thing).copied().unwrap_or_default()
    }

    pub(super) fn new_one(&mut self, thing: Thing) {
        self.tallies.entry(thing).or_default().new += 1;
    }

    /// It was there; `differences` say in what it is not as the file has it, as "field: here …, file …".
    pub(super) fn as_before(&mut self, thing: Thing, name: &str, differences: &[String]) {
        let tally = self.tallies.entry(thing).or_default();
        tally.as_before += 1;
        if !differences.is_empty() {
            tally.differ += 1;
            self.differences.push(format!("{} \"{name}\": {}", thing.code(), differences.join("; ")));
        }
    }

    pub(super) fn broken(&mut self, file: &str, line: u64, reason: impl fmt::Display) {
        self.broken.push(format!("{file} line {line}: {reason}"));
    }

    pub(super) fn notice(&mut self, notice: String) {
        self.notices.push(notice);
    }

    pub(super) fn rule(&mut self, file: &str, column: &str, from: &str, to: &str, times: usize) {
        let used =
            if times == 0 { "was never needed".to_owned() } else { format!("in {} rows", grouped(times)) };
        self.rules.push(format!("{file}, {column}: \"{from}\" read as \"{to}\" {used}"));
    }
}

/// 8,800 rather than 8800.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = if self.dry_run { ": this is what would happen, nothing was changed" } else { "" };
        writeln!(f, "Import \"{}\"{how}", self.source)?;
        for thing in Thing::ALL {
            let Some(tally) = self.tallies.get(&thing) else { continue };
            write!(
                f,
                "  {:<10} {:>7} new, {:>7} as before",
                thing.plural(),
                grouped(tally.new),
                grouped(tally.as_before)
            )?;
            if tally.differ > 0 {
                write!(
                    f,
                    " (of them {} differ from the file and were left as they are)",
                    grouped(tally.differ)
                )?;
            }
            writeln!(f)?;
        }
        section(f, "Rules of the map", &self.rules, usize::MAX)?;
        section(f, "Noticed", &self.notices, usize::MAX)?;
        section(f, "Differ from the file", &self.differences, LISTED)?;
        section(f, "Did not come in", &self.broken, usize::MAX)
    }
}

fn section(f: &mut fmt::Formatter<'_>, title: &str, lines: &[String], most: usize) -> fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(f, "{title} ({}):", grouped(lines.len()))?;
    for line in lines.iter().take(most) {
        writeln!(f, "  {line}")?;
    }
    if lines.len() > most {
        writeln!(f, "  … and {} more", grouped(lines.len() - most))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_well() {
        let mut report = Report::new("shop", true);
        (0..8800).for_each(|_| report.new_one(Thing::Deal));
        report.as_before(Thing::Customer, "Ada", &["city: here \"Bursa\", file \"İzmir\"".into()]);
        report.broken("deals.csv", 17, "unknown stage \"Wno\"");
        let told = report.to_string();
        for piece in [
            "nothing was changed",
            "deals        8,800 new,       0 as before",
            "customers        0 new,       1 as before (of them 1 differ",
            "customer \"Ada\": city: here \"Bursa\"",
            "deals.csv line 17: unknown stage \"Wno\"",
        ] {
            assert!(told.contains(piece), "{told}");
        }
        assert!(report.failed());
    }
}
