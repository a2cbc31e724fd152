//! The heading of a file: which column a name means. A column without a name is not read; for two columns with the same
//! name the map must say which.

use crate::i18n::clean;
use crate::import::map::Source;
use crate::import::report::Report;
use crate::import::said::Said;
use anyhow::bail;
use std::collections::{HashMap, HashSet};

pub(super) struct Heading(Vec<String>);

impl Heading {
    pub(super) fn of(first: &[String]) -> Self {
        Self(first.iter().map(|name| clean::line(name)).collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The index of each name; the second of two equal names is `name#2`. If the map uses a name that occurs twice, the
    /// file is stopped.
    ///
    /// A sentence, when a column that the map names is missing: then the map is not for this file.
    pub(super) fn columns(
        &self,
        source: &Source,
        wanted: &[&str],
        report: &mut Report,
    ) -> anyhow::Result<HashMap<String, usize>> {
        let named = || self.0.iter().enumerate().filter(|(_, name)| !name.is_empty());
        let mut times: HashMap<&str, usize> = HashMap::new();
        let mut columns: HashMap<String, usize> = HashMap::new();
        let mut numbered = HashMap::new();
        for (at, name) in named() {
            let time = times.entry(name).or_default();
            *time += 1;
            columns.entry(name.clone()).or_insert(at);
            numbered.insert(format!("{name}#{time}"), at);
        }
        let twice: HashSet<&str> =
            times.iter().filter(|(_, times)| **times > 1).map(|(name, _)| *name).collect();
        let numbered = numbered.into_iter().filter(|(name, _)| {
            !columns.contains_key(name) && name.rsplit_once('#').is_some_and(|(name, _)| twice.contains(name))
        });
        let numbered: Vec<(String, usize)> = numbered.collect();
        columns.extend(numbered);
        let meant: Vec<&str> =
            wanted.iter().copied().chain(source.translate.keys().map(String::as_str)).collect();
        let missing: Vec<&str> = meant.iter().copied().filter(|name| !columns.contains_key(*name)).collect();
        if !missing.is_empty() {
            let all: Vec<&str> = named().map(|(_, name)| name.as_str()).collect();
            bail!("there is no column \"{}\"; the columns are {}", missing.join("\", \""), all.join(", "));
        }
        self.tell(source, &columns, &twice, &meant, report);
        Ok(columns)
    }

    fn tell(
        &self,
        source: &Source,
        columns: &HashMap<String, usize>,
        twice: &HashSet<&str>,
        meant: &[&str],
        report: &mut Report,
    ) {
        let read: HashSet<usize> = meant.iter().filter_map(|name| columns.get(*name).copied()).collect();
        let mut told: HashSet<&str> = HashSet::new();
        for name in self.0.iter().filter(|name| twice.contains(name.as_str())) {
            if told.insert(name) {
                if meant.contains(&name.as_str()) {
                    report.stop(&source.file, Said::of(|words| (words.which_heading)(name)));
                } else {
                    report.notice(&source.file, Said::of(|words| (words.heading_twice)(name)));
                }
            }
        }
        let unused = self.0.iter().enumerate().filter(|(at, name)| !name.is_empty() && !read.contains(at));
        let unused: Vec<String> = unused.map(|(_, name)| format!("“{name}”")).collect();
        if !unused.is_empty() {
            report.notice(&source.file, Said::of(|words| (words.unused)(&unused.join(", "))));
        }
        let nameless = self.0.iter().filter(|name| name.is_empty()).count();
        if nameless > 0 {
            report.notice(&source.file, Said::of(|words| (words.nameless)(nameless)));
        }
    }
}
