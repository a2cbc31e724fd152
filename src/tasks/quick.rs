//! One typed line as a task: "yarın 14:00 Ayşe'yi ara", "tomorrow 2pm call Ayşe". Understands Turkish and English at once, whichever the
//! page speaks. Pure: the browser shows while one types what the server will make of it. What it does not understand stays in the title.

mod days;
mod kinds;
mod times;

use super::model::TaskKind;
use crate::i18n::fold::{capital, search_key};
use crate::i18n::{Locale, date};
use chrono::NaiveDate;

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quick {
    /// The line without what was understood as a day or a time; empty when nothing else stands in it.
    pub title: String,
    pub kind: TaskKind,
    /// Today where no day is named.
    pub due_on: NaiveDate,
    pub due_at: Option<i64>,
    /// The words that may be somebody's name, to look for; empty when none may.
    pub name: String,
}

/// A word of the line.
struct Word<'a> {
    raw: &'a str,
    /// Folded, without what follows an apostrophe.
    key: String,
    /// Understood as a day or a time, so no part of the title.
    used: bool,
}

struct Line<'a> {
    words: Vec<Word<'a>>,
    today: NaiveDate,
}

/// What stands before an apostrophe, which in Turkish keeps a name from its ending.
fn stem(word: &str) -> &str {
    word.split(['\'', '’', '‘', 'ʼ']).next().unwrap_or(word)
}

/// What stands after it, folded.
fn ending(word: &str) -> Option<String> {
    word.split_once(['\'', '’', '‘', 'ʼ']).map(|(_, ending)| search_key(ending))
}

impl<'a> Line<'a> {
    fn of(typed: &'a str, today: NaiveDate) -> Self {
        let word = |raw: &'a str| Word { raw, key: search_key(stem(raw)), used: false };
        Self { words: typed.split_whitespace().map(word).collect(), today }
    }

    /// The key of the word at that place, if it is still free.
    fn key(&self, at: usize) -> &str {
        self.words.get(at).filter(|word| !word.used).map_or("", |word| &word.key)
    }

    fn key_before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |at| self.key(at))
    }

    fn number(&self, at: usize) -> Option<u32> {
        let word = self.words.get(at).filter(|word| !word.used)?;
        let digits = word.raw.chars().all(|c| c.is_ascii_digit());
        if digits && word.raw.len() <= 4 { word.raw.parse().ok() } else { None }
    }

    fn spells(&self, at: usize, phrase: &[&str]) -> bool {
        phrase.iter().enumerate().all(|(nr, key)| self.key(at + nr) == *key)
    }

    fn used(&mut self, from: usize, count: usize) {
        for word in self.words.iter_mut().skip(from).take(count) {
            word.used = true;
        }
    }

    /// Takes the little words around what was understood at that place.
    fn used_with_ties(&mut self, from: usize, count: usize) {
        self.used(from, count);
        if ["on", "by", "at", "saat", "until", "till", "the"].contains(&self.key_before(from)) {
            self.used(from - 1, 1);
        }
        while ["gunu", "kadar"].contains(&self.key(from + count)) {
            self.used(from + count, 1);
        }
    }
}

/// What the line says, typed on that day.
#[must_use]
pub fn understand(typed: &str, today: NaiveDate, locale: Locale) -> Quick {
    let mut line = Line::of(typed, today);
    let day = days::take(&mut line);
    let (due_at, this_day) = times::take(&mut line, day.is_some());
    let day = day.or_else(|| this_day.then_some(today));
    let kind = kinds::of(&line);
    let name = kinds::name_in(&line);
    let left: Vec<&str> = line.words.iter().filter(|word| !word.used).map(|word| word.raw).collect();
    let title = left.join(" ");
    let title = title.trim_matches(|c: char| c.is_whitespace() || ",;:-–—".contains(c));
    Quick { title: capital(title, locale), kind, due_on: day.unwrap_or(today), due_at, name }
}

/// A task written as such a line, the way `understand` reads it: for a line that is offered ready to send.
#[must_use]
pub fn line_of(title: &str, day: NaiveDate, due_at: Option<i64>, locale: Locale) -> String {
    let at = due_at.map(|at| format!("{} ", super::shown::clock(at))).unwrap_or_default();
    format!("{} {at}{title}", date::day(day, locale))
}

#[cfg(test)]
mod tests;
