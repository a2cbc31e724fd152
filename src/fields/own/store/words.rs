//! The words by which a search finds a record: those of its values in the fields that are searched, at the end of its
//! search key. They stand apart there, so that they can be replaced when other fields are searched, without the rest.

use super::of_kind;
use crate::error::Result;
use crate::fields::OwnValues;
use crate::fields::own::model::{FieldsOf, OwnField};
use crate::i18n::fold::search_key;
use crate::server::db::Tx;

/// Stands between a record's other words and those of its values. No search key contains it otherwise, since folding
/// turns it into a space; the spaces let every word be found as a whole one.
const APART: &str = " / ";
/// Stands before the words of another record, which follow those of its own.
const OTHERS: char = '|';

/// The words of a record's values.
///
/// # Errors
/// `Internal` only.
pub async fn words(tx: &mut Tx, of: FieldsOf, values: &OwnValues) -> Result<String> {
    if values.is_empty() {
        return Ok(String::new());
    }
    Ok(words_in(&of_kind(tx, of).await?.fields, values))
}

/// The words of the values in those of the fields that are searched.
#[must_use]
pub fn words_in(fields: &[OwnField], values: &OwnValues) -> String {
    let searched = fields.iter().filter(|field| field.facts.is_searched());
    let texts = searched.filter_map(|field| values.get(&field.key())?.as_str());
    search_key(&texts.collect::<Vec<_>>().join(" "))
}

/// A search key with the words of values after it.
#[must_use]
pub fn with_words(key: &str, words: &str) -> String {
    if words.is_empty() { key.to_owned() } else { format!("{key}{APART}{words}") }
}

/// A stored search key with other words of values in place of its former ones.
#[must_use]
pub fn with_other_words(stored: &str, words: &str) -> String {
    let (own, others) = match stored.find(OTHERS) {
        Some(at) => stored.split_at(at),
        None => (stored, ""),
    };
    let key = own.split_once(APART).map_or(own, |(key, _)| key);
    with_words(key, words) + others
}

#[cfg(test)]
mod tests {
    use super::{with_other_words, with_words};

    #[test]
    fn words_are_replaced_and_nothing_else() {
        for (key, others) in [("gunes enerji", ""), ("", ""), ("gunes", "|yildiz as"), ("", "|")] {
            let stored = |words: &str| with_words(key, words) + others;
            for (former, words) in [("", "kompresor"), ("kompresor 77", ""), ("bir", "iki uc"), ("", "")] {
                assert_eq!(with_other_words(&stored(former), words), stored(words));
            }
        }
    }
}
