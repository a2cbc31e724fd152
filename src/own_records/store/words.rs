//! The text of a search in a list of own records, as conditions of a statement on `own_records o`. Words of three
//! letters or more are looked up in the search index, shorter ones only filter what it finds. If all words are shorter,
//! the text is the beginning of a name.

use crate::i18n::fold::search_key;
use crate::server::engine::Query;
use crate::server::sql::Sql;
use crate::server::text::{Search, looked_for, signs_of};

/// The most words that are used.
const WORDS: usize = 3;

/// The words of a search; a record must match all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Patterns for `LIKE`, the longest first.
    words: Vec<String>,
    /// The beginning of a name, as a range of keys, if the text is too short for the search index.
    start: Option<(Vec<u8>, Vec<u8>)>,
    /// Text that the folding would remove, such as `%` or `C++`: it is looked for as it is.
    signs: Option<String>,
}

/// One condition for each word, on the records `o`.
const FIT: [&str; WORDS] = [
    "AND EXISTS (SELECT 1 FROM records n WHERE n.id = o.id AND n.search_key LIKE $4)",
    "AND EXISTS (SELECT 1 FROM records n WHERE n.id = o.id AND n.search_key LIKE $5)",
    "AND EXISTS (SELECT 1 FROM records n WHERE n.id = o.id AND n.search_key LIKE $6)",
];
/// The conditions for the words of three letters or more, on `records_search` as `c`. FTS5 gets them as phrases,
/// because with `LIKE` it would compare each text that it finds once more.
const HIT_SQLITE: &str = "AND c.found = $9";
const HIT_POSTGRES: [&str; WORDS] =
    ["AND c.search_key LIKE $4", "AND c.search_key LIKE $5", "AND c.search_key LIKE $6"];
const BEGINS: &str =
    "AND EXISTS (SELECT 1 FROM records n WHERE n.id = o.id AND n.name_key >= $7 AND n.name_key < $8)";
const HIT_BEGINS: &str = "AND c.name_key >= $7 AND c.name_key < $8";
/// `LOWER` must change only ASCII letters in both databases.
const SIGNS_SQLITE: &str = "AND INSTR(REPLACE(LOWER(o.name), '’', ''''), $4) > 0";
const SIGNS_POSTGRES: &str = "AND STRPOS(REPLACE(LOWER(o.name COLLATE \"C\"), '’', ''''), $4) > 0";

impl Words {
    /// Parses a typed text.
    #[must_use]
    pub fn of(typed: &str) -> Self {
        let typed = looked_for(typed);
        if let Some(signs) = signs_of(typed) {
            return Self { signs: Some(signs), ..Self::default() };
        }
        let key = search_key(typed);
        let mut words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty()).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        words.truncate(WORDS);
        match words.as_slice() {
            // The index does not contain words of less than three letters.
            [longest, ..] if longest.chars().count() < 3 => {
                Self { start: Search::of(&key).start.or_else(|| Some(beginning(&key))), ..Self::default() }
            }
            words => {
                Self { words: words.iter().map(|word| format!("%{word}%")).collect(), ..Self::default() }
            }
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether an index can find the matches: a word of three letters, or the beginning of a name.
    #[must_use]
    pub fn has_index(&self) -> bool {
        !self.words.is_empty() || self.start.is_some()
    }

    /// Begins a query on `records_search` as `c` (on `records` for the beginning of a name) with the conditions that
    /// its index answers.
    #[must_use]
    pub fn hit(&self, sql: Sql) -> Sql {
        let sql = sql.custom_plan();
        if self.start.is_some() {
            sql.and("FROM records c WHERE c.kind = 'own_record' AND c.search_key <> ''").and(HIT_BEGINS)
        } else {
            let sql = sql.and("FROM records_search c WHERE c.kind = 'own_record'").per_engine(HIT_SQLITE, "");
            let long = self.words.iter().zip(HIT_POSTGRES).filter(|(word, _)| is_long(word));
            long.fold(sql, |sql, (_, piece)| sql.per_engine("", piece))
        }
    }

    /// Adds all conditions on the records `o`.
    #[must_use]
    pub fn narrow(&self, sql: Sql) -> Sql {
        let sql = if self.is_empty() { sql } else { sql.custom_plan() };
        let sql = self.words.iter().zip(FIT).fold(sql, |sql, (_, piece)| sql.and(piece));
        let sql = sql.when(self.start.is_some(), BEGINS);
        if self.signs.is_some() { sql.per_engine(SIGNS_SQLITE, SIGNS_POSTGRES) } else { sql }
    }

    /// Binds `$4` to `$9`, whether or not the statement uses them.
    #[must_use]
    pub fn bind<'q>(&self, query: Query<'q>) -> Query<'q> {
        let word = |nr: usize| self.words.get(nr).cloned().unwrap_or_default();
        let (from, until) = self.start.clone().unwrap_or_default();
        let long = self.words.iter().filter(|word| is_long(word));
        let phrases: Vec<String> =
            long.map(|word| format!("\"{}\"", word.trim_matches('%').replace('"', "\"\""))).collect();
        query
            .bind(self.signs.clone().unwrap_or_else(|| word(0)))
            .bind(word(1))
            .bind(word(2))
            .bind(from)
            .bind(until)
            .bind(phrases.join(" "))
    }
}

/// Whether the index of trigrams can answer the pattern: three letters between its two signs.
fn is_long(pattern: &str) -> bool {
    pattern.chars().count() >= 5
}

/// The range of keys that begin with this one.
fn beginning(key: &str) -> (Vec<u8>, Vec<u8>) {
    (key.as_bytes().to_vec(), [key.as_bytes(), &[0xff]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_is_asked_of_the_index() {
        assert_eq!(Words::of("5 Kule  MONTAJI").words, ["%montaji%", "%kule%", "%5%"]);
        assert!(Words::of("ku").start.is_some() && Words::of("a b").start.is_some());
        assert!(Words::of(" % ").signs.is_some());
        assert!(Words::of(" \u{200b}").is_empty());
    }
}
