//! Parses a typed line into a task: "yarın 14:00 Ayşe'yi ara", "tomorrow 2pm call Ayşe". Understands Turkish and
//! English at the same time, whatever the page's language. Pure: while typing, the browser shows what the server will
//! understand. What it does not recognise stays in the title. Recognising days is done in `i18n::days`.

// First, because its names change with whatever stands before them (see `lib.rs`).
pub mod later;

mod kinds;
mod times;

use super::model::TaskKind;
use crate::error::Problem;
use crate::i18n::days::{Line, listed};
use crate::i18n::fold::capital;
use crate::i18n::{Locale, date};
use chrono::NaiveDate;

/// A parsed line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quick {
    /// The line without the recognised day and time; empty when it has nothing else.
    pub title: String,
    pub kind: TaskKind,
    /// Today, if the line has no day.
    pub due_on: NaiveDate,
    pub due_at: Option<i64>,
    /// The words that may be the name of a customer, to be looked up; empty when there are none.
    pub name: String,
    /// Where a day and a time were recognised, in the order of the line.
    pub marks: Vec<Mark>,
    /// The problem of a day in the line that does not exist.
    pub problem: Option<Problem>,
}

/// A range of words, counted from the line's first, in which something was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub from: usize,
    pub count: usize,
    /// Whether they are left out of the title.
    pub taken: bool,
}

/// That many words of the line, from that word on.
fn words(line: &str, from: usize, count: usize) -> String {
    let words: Vec<&str> = line.split_whitespace().skip(from).take(count).collect();
    words.join(" ")
}

impl Quick {
    /// The result for an empty line.
    #[must_use]
    pub fn nothing(today: NaiveDate) -> Self {
        Self {
            title: String::new(),
            kind: TaskKind::default(),
            due_on: today,
            due_at: None,
            name: String::new(),
            marks: Vec::new(),
            problem: None,
        }
    }

    /// The line in pieces, each with whether something was recognised in it.
    #[must_use]
    pub fn pieces(&self, line: &str) -> Vec<(String, bool)> {
        let mut pieces = Vec::new();
        let mut at = 0;
        for mark in &self.marks {
            pieces.push((words(line, at, mark.from - at), false));
            pieces.push((words(line, mark.from, mark.count), true));
            at = mark.from + mark.count;
        }
        pieces.push((words(line, at, usize::MAX), false));
        pieces.retain(|(words, _)| !words.is_empty());
        pieces
    }
}

/// Extends the recognised range by the small words around it, such as "on" or "at".
fn with_ties(line: &Line<'_>, from: usize, count: usize, before: &str) -> Mark {
    let mut mark = Mark { from, count, taken: true };
    if listed(before, line.key_before(from)) {
        mark.from -= 1;
        mark.count += 1;
    }
    while listed("gunu kadar tarihinde tarihine", line.key(mark.from + mark.count)) {
        mark.count += 1;
    }
    mark
}

/// Parses a line, typed on that day. `as_text` are phrases to be left alone as plain text, one on each line.
#[must_use]
pub fn understand(typed: &str, as_text: &str, today: NaiveDate, locale: Locale) -> Quick {
    let mut line = Line::of(typed, today, kinds::is_task_word);
    for phrase in as_text.lines() {
        keep(&mut line, phrase);
    }
    let mut marks = Vec::new();
    let found = line.day(locale);
    let (mut day, mut problem) = (None, None);
    if let Some(found) = found {
        let mut mark = with_ties(&line, found.from, found.count, "on by until till the");
        match found.day {
            // A day in the past is no day for a task.
            Ok(past) if past < today => {}
            Ok(read) => {
                day = Some(read);
                line.used(mark.from, mark.count);
                marks.push(mark);
            }
            Err(why) => {
                mark.taken = false;
                problem = Some(why);
                marks.push(mark);
                line.used(mark.from, mark.count);
            }
        }
    }
    let (due_at, this_day) = times::take(&mut line, &mut marks);
    let day = day.or_else(|| this_day.then_some(today));
    marks.sort_by_key(|mark| mark.from);
    let taken =
        |at: usize| marks.iter().any(|mark| mark.taken && (mark.from..mark.from + mark.count).contains(&at));
    for (at, word) in line.words.iter_mut().enumerate() {
        word.used = taken(at);
    }
    let kind = kinds::of(&line);
    let name = kinds::name_in(&line);
    let left: Vec<&str> = line.words.iter().filter(|word| !word.used).map(|word| word.raw).collect();
    let title = left.join(" ");
    let title = title.trim_matches(|c: char| c.is_whitespace() || ",;:-–—".contains(c));
    let title = capital(title, locale);
    Quick { title, kind, due_on: day.unwrap_or(today), due_at, name, marks, problem }
}

/// Marks these words as used, so that nothing is recognised in them.
fn keep(line: &mut Line<'_>, phrase: &str) {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let found = |from: &usize| {
        words
            .iter()
            .enumerate()
            .all(|(nr, word)| line.words.get(from + nr).is_some_and(|one| one.raw == *word))
    };
    if let Some(from) = (0..line.words.len()).find(found) {
        line.used(from, words.len());
    }
}

/// Writes a task as a line that `understand` reads back, to suggest a line that is ready to send.
#[must_use]
pub fn line_of(title: &str, day: NaiveDate, due_at: Option<i64>, locale: Locale) -> String {
    let at = due_at.map(|at| format!("{} ", super::view::clock(at))).unwrap_or_default();
    format!("{} {at}{title}", date::day(day, locale))
}

#[cfg(test)]
mod tests;
