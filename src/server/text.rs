//! Keys by which text is sorted and searched in the same way on both engines: a sort key in Turkish order from ICU, and
//! a key for names that begin with a text. The folding of letters is in `i18n::fold`, which the browser uses, too.

use crate::i18n::clean::is_unseen;
use crate::i18n::fold::search_key;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use std::sync::LazyLock;

static TURKISH: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    let turkish = icu_locale_core::locale!("tr").into();
    Collator::try_new(turkish, CollatorOptions::default()).expect("Turkish is compiled into the program")
});

/// A key whose bytes sort as Turkish readers expect. All stored keys must be rebuilt when ICU is updated, because its
/// keys change between versions.
#[must_use]
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(text.len() * 2);
    match TURKISH.write_sort_key_to(text, &mut key) {
        Ok(()) => key,
        Err(never) => match never {},
    }
}

/// The folded name as bytes, for "begins with" on an index.
#[must_use]
pub fn name_key(name: &str) -> Vec<u8> {
    search_key(name).into_bytes()
}

/// Nobody types a longer search on purpose, no name is longer, and engines limit the length of a pattern.
const LONGEST: usize = 300;

/// The part of the typed text that is searched for.
#[must_use]
pub fn looked_for(typed: &str) -> &str {
    typed.char_indices().nth(LONGEST).map_or(typed, |(end, _)| &typed[..end])
}

/// The typed text, if it consists of signs that folding would drop: `%`, `?!`, `C++`, `A_B`. Such a text is searched
/// for literally, ignoring only the case of ASCII letters, which is all that both engines ignore alike. `None` where
/// the folded words are enough.
#[must_use]
pub fn signs_of(typed: &str) -> Option<String> {
    let seen: String = typed.chars().filter(|c| !is_unseen(*c)).collect();
    let seen = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    let key = search_key(&seen);
    let sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !".'’‘ʼ".contains(c);
    let short = key.split(' ').all(|word| word.chars().count() < 3);
    let meant = key.is_empty() || (short && seen.contains(sign));
    (meant && !seen.is_empty()).then(|| plain(&seen))
}

/// The form in which both engines compare a literal search.
fn plain(text: &str) -> String {
    text.to_ascii_lowercase().replace('’', "'")
}

/// Whether the text contains these signs.
#[must_use]
pub fn holds(text: &str, signs: &str) -> bool {
    plain(text).contains(signs)
}

/// How to search for a typed text: three letters or more are found anywhere in a name, fewer only at its start, because
/// the trigram index knows nothing shorter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// For `search_key LIKE`; `None` where the text is too short or empty.
    pub anywhere: Option<String>,
    /// For `name_key >= from AND name_key < until`; `None` where `anywhere` serves or nothing was typed.
    pub start: Option<(Vec<u8>, Vec<u8>)>,
    /// The text to find literally, see [`signs_of`]. Then the others are `None`.
    pub signs: Option<String>,
}

impl Search {
    #[must_use]
    pub fn of(text: &str) -> Self {
        let text = looked_for(text);
        let key = search_key(text);
        if let Some(signs) = signs_of(text) {
            Self { signs: Some(signs), ..Self::default() }
        } else if key.is_empty() {
            Self::default()
        } else if key.chars().count() < 3 {
            let from = key.into_bytes();
            let until = [from.as_slice(), &[0xff]].concat();
            Self { start: Some((from, until)), ..Self::default() }
        } else {
            Self { anywhere: Some(format!("%{key}%")), ..Self::default() }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_turkish_order() {
        let mut names = [
            "Zeki", "Çelik", "Özgür", "Ümit", "İnan", "Şahin", "Cem", "ılgaz", "Işık", "irem", "Osman",
            "Sevgi", "Utku",
        ];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(
            names,
            [
                "Cem", "Çelik", "ılgaz", "Işık", "İnan", "irem", "Osman", "Özgür", "Sevgi", "Şahin", "Utku",
                "Ümit", "Zeki"
            ]
        );
    }

    #[test]
    fn short_text_is_looked_for_at_the_start() {
        assert!(Search::of("IŞ").start.is_some());
        assert_eq!(Search::of("IŞIK").anywhere.as_deref(), Some("%isik%"));
        assert_eq!(Search::of("  "), Search::default());
    }

    #[test]
    fn signs_are_looked_for_as_they_stand() {
        for (typed, meant) in [
            ("%", Some("%")),
            ("_", Some("_")),
            (" ?!  & ", Some("?! &")),
            ("C++", Some("c++")),
            ("A_B", Some("a_b")),
            ("\u{200b}😀\u{feff}", Some("😀")),
            ("’", Some("'")),
            ("\u{200b} ", None),
            ("", None),
            ("iş", None),
            ("A.Ş.", None),
            ("100%", None),
            ("O'Brien", None),
            ("Yılmaz & Oğlu", None),
        ] {
            assert_eq!(signs_of(typed).as_deref(), meant, "{typed:?}");
        }
    }
}
