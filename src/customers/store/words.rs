//! The typed search, as pieces of a statement. Words of three letters or more are found by the search index; shorter
//! words only narrow what the others have found, and alone they match the start of a name.

use crate::i18n::fold;
use crate::server::engine::Query;
use crate::server::sql::Sql;
use crate::server::text::{Search, looked_for, signs_of};

/// Further words are ignored.
const WORDS: usize = 4;

/// Conditions: each of the words is in the text.
const LIKE: [&str; WORDS] = [
    "AND c.search_key LIKE $2",
    "AND c.search_key LIKE $3",
    "AND c.search_key LIKE $4",
    "AND c.search_key LIKE $5",
];

/// Conditions: the name begins with the whole typed text, or does not.
pub(super) const BEGINS: &str = "AND c.name_key >= $6 AND c.name_key < $7";
pub(super) const BEGINS_NOT: &str = "AND NOT (c.name_key >= $6 AND c.name_key < $7)";

/// Conditions: a Turkish number ends with the digits, or none does. `$5` is free for this, because the typed text is
/// digits only and needs no fourth word.
pub(super) const ENDS: &str = "AND ' ' || c.search_key || ' ' LIKE $5";
pub(super) const ENDS_NOT: &str = "AND NOT (' ' || c.search_key || ' ' LIKE $5)";

/// So many digits may be the end of a number that somebody remembers.
const END: std::ops::RangeInclusive<usize> = 4..=9;

/// The parsed search; every part of it must match.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Patterns for `LIKE`: `$2` to `$5`. Empty where the text is too short to be searched anywhere.
    anywhere: Vec<String>,
    /// The range of folded names that begin with the whole typed text: `$6` and `$7`. `None` where nothing was typed.
    begins: Option<(Vec<u8>, Vec<u8>)>,
    /// Signs that are searched for literally: `$8`. Then all other fields are empty.
    signs: Option<String>,
    /// The digits, where only digits were typed.
    digits: String,
}

/// The signs are in the name, in the city or in the name of a contact. `LOWER` must change only ASCII, on both engines.
const SIGNS_SQLITE: &str = "AND (INSTR(REPLACE(LOWER(c.name), '’', ''''), $8) > 0 OR INSTR(LOWER(c.city), $8) > 0 \
     OR EXISTS (SELECT 1 FROM contacts k WHERE k.customer_id = c.id \
         AND INSTR(REPLACE(LOWER(k.name), '’', ''''), $8) > 0))";
const SIGNS_POSTGRES: &str = "AND (STRPOS(REPLACE(LOWER(c.name COLLATE \"C\"), '’', ''''), $8) > 0 \
     OR STRPOS(LOWER(c.city COLLATE \"C\"), $8) > 0 OR EXISTS (SELECT 1 FROM contacts k WHERE k.customer_id = c.id \
         AND STRPOS(REPLACE(LOWER(k.name COLLATE \"C\"), '’', ''''), $8) > 0))";

impl Words {
    pub(super) fn of(typed: &str) -> Self {
        let typed = looked_for(typed);
        let numeric = typed.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+()-/.".contains(c));
        let digits = typed.chars().any(|c| c.is_ascii_digit());
        if let Some(signs) = signs_of(typed).filter(|_| !(numeric && digits)) {
            return Self { signs: Some(signs), ..Self::default() };
        }
        let key = if numeric { typed_number(typed) } else { fold::search_key(typed) };
        let parts: Vec<&str> = key.split(' ').filter(|part| !part.is_empty()).take(WORDS).collect();
        let anywhere = match parts.as_slice() {
            [] => Vec::new(),
            [only] => Search::of(only).anywhere.into_iter().collect(),
            several => several.iter().map(|part| format!("%{part}%")).collect(),
        };
        let begins =
            (!key.is_empty()).then(|| (key.clone().into_bytes(), [key.as_bytes(), &[0xff]].concat()));
        let digits = if numeric { fold::digits(typed) } else { String::new() };
        Self { anywhere, begins, signs: None, digits }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.begins.is_none() && self.signs.is_none()
    }

    /// Whether a name can begin with the typed text.
    pub(super) fn have_a_beginning(&self) -> bool {
        self.begins.is_some()
    }

    /// Whether a telephone number can end with the typed text.
    pub(super) fn are_an_end(&self) -> bool {
        END.contains(&self.digits.len())
    }

    /// The typed digits, where they are enough to recognise a number.
    pub(super) fn digits(&self) -> Option<&str> {
        (self.digits.len() >= *END.start()).then_some(&*self.digits)
    }

    /// Whether the text is so short that it only matches the start of names.
    pub(super) fn are_short(&self) -> bool {
        self.anywhere.is_empty() && self.begins.is_some()
    }

    /// Whether there are words that the search index can find: trigrams need three letters.
    pub(super) fn has_index(&self) -> bool {
        self.anywhere.iter().any(|pattern| is_long(pattern))
    }

    /// The words that the search index can find, as a condition on `records_search c`.
    pub(super) fn in_index(&self, sql: Sql) -> Sql {
        // FTS5 gets all words in one query, as phrases; `LIKE` would be compared once more with each text that it
        // finds.
        let long = self.anywhere.iter().zip(LIKE).filter(|(pattern, _)| is_long(pattern));
        long.fold(sql.per_engine("AND c.found = $8", ""), |sql, (_, piece)| sql.per_engine("", piece))
    }

    /// The long words as an FTS5 query: a phrase of trigrams matches exactly a part of the text.
    fn phrases(&self) -> String {
        let long = self.anywhere.iter().filter(|pattern| is_long(pattern));
        long.map(|pattern| format!("\"{}\"", pattern.trim_matches('%').replace('"', "\"\"")))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The words as conditions on the customers `c` themselves; long words only where the index was not asked.
    pub(super) fn in_rows(&self, sql: Sql, long_too: bool) -> Sql {
        let sql = if self.is_empty() { sql } else { sql.custom_plan() };
        let wanted = self.anywhere.iter().zip(LIKE).filter(|(pattern, _)| long_too || !is_long(pattern));
        let sql = wanted.fold(sql, |sql, (_, piece)| sql.and(piece)).when(self.are_short(), BEGINS);
        if self.signs.is_some() { sql.per_engine(SIGNS_SQLITE, SIGNS_POSTGRES) } else { sql }
    }

    /// Binds `$2` to `$8`, whether or not the statement uses them.
    pub(super) fn bind<'c>(&self, query: Query<'c>) -> Query<'c> {
        let word = |nr: usize| self.anywhere.get(nr).cloned().unwrap_or_default();
        // In the search key, Turkish numbers have their country: twelve digits.
        let end = || format!("% 90{:_>10} %", self.digits);
        let fourth = if self.are_an_end() { end() } else { word(3) };
        let (from, until) = self.begins.clone().unwrap_or_default();
        query
            .bind(word(0))
            .bind(word(1))
            .bind(word(2))
            .bind(fourth)
            .bind(from)
            .bind(until)
            .bind(self.signs.clone().unwrap_or_else(|| self.phrases()))
    }
}

/// The typed digits as they may appear in the search key: any part of a number, with or without country and zero.
fn typed_number(typed: &str) -> String {
    fold::digits(typed).trim_start_matches('0').to_owned()
}

/// Whether the search index can find the pattern: three letters between the two percent signs.
fn is_long(pattern: &str) -> bool {
    pattern.chars().count() >= 5
}

#[cfg(test)]
mod tests {
    use super::super::number;
    use super::*;

    #[test]
    fn numbers_are_looked_for_however_they_are_typed() {
        let kept = fold::search_key(&number("+90 (532) 118-42-07"));
        for typed in [
            "0532 118",
            "+90 532",
            "905321184207",
            "532 118 42 07",
            "(0532) 118-42",
            "0090 532 118 42 07",
            "4207",
        ] {
            let words = Words::of(typed);
            assert_eq!(words.anywhere.len(), 1, "{typed}");
            assert!(kept.contains(words.anywhere[0].trim_matches('%')), "{typed}");
        }
    }

    #[test]
    fn each_word_is_looked_for() {
        assert_eq!(Words::of("Işık  AŞ").anywhere, ["%isik%", "%as%"]);
        assert_eq!(Words::of("a b c d e f").anywhere.len(), WORDS);
        assert!(Words::of("iş").are_short() && !Words::of("işık").are_short());
        assert!(Words::of("\u{200b} ").is_empty() && Words::of("").is_empty());
        assert!(Words::of(" - ").signs.is_some() && Words::of("0532-11").signs.is_none());
    }
}
