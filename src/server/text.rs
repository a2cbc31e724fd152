//! The keys that make text sort and search alike on both engines: Turkish order from ICU, and the start of a name. The fold itself is
//! `i18n::fold`, which the browser shares.

use crate::i18n::fold::search_key;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use std::sync::LazyLock;

static TURKISH: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    let turkish = icu_locale_core::locale!("tr").into();
    Collator::try_new(turkish, CollatorOptions::default()).expect("Turkish is compiled into the program")
});

/// Bytes that compare as a Turkish reader orders the text. Rebuild all of them when ICU is updated: they are not stable.
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

/// What to look for when somebody types `text`: words of three letters or more are found anywhere, a shorter text at the start of
/// the name only, since trigrams know nothing shorter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// For `search_key LIKE`; `None` where the text is too short or empty.
    pub anywhere: Option<String>,
    /// For `name_key >= from AND name_key < until`; `None` where `anywhere` serves or nothing was typed.
    pub start: Option<(Vec<u8>, Vec<u8>)>,
}

impl Search {
    #[must_use]
    pub fn of(text: &str) -> Self {
        let key = search_key(text);
        if key.is_empty() {
            Self { anywhere: None, start: None }
        } else if key.chars().count() < 3 {
            let from = key.into_bytes();
            let until = [from.as_slice(), &[0xff]].concat();
            Self { anywhere: None, start: Some((from, until)) }
        } else {
            Self { anywhere: Some(format!("%{key}%")), start: None }
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
        assert_eq!(Search::of("  "), Search { anywhere: None, start: None });
    }
}
