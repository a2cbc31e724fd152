//! Where the words stand: one file per place, each line a word in Turkish and in English. `words!` makes of a file the
//! struct `Words` and its two values `TR` and `EN`.

/// `field = "Turkish", "English";` or, for a word with something in it, `field: fn(u32) -> String = |n| …, |n| …;`.
macro_rules! words {
    ($($(#[$doc:meta])* $field:ident $(: $kind:ty)? = $tr:expr, $en:expr;)+) => {
        /// The words of this place.
        pub struct Words {
            $($(#[$doc])* pub $field: $crate::i18n::words::kind!($($kind)?),)+
        }
        pub(in crate::i18n) const TR: Words = Words { $($field: $tr,)+ };
        pub(in crate::i18n) const EN: Words = Words { $($field: $en,)+ };

        #[cfg(test)]
        #[test]
        fn no_word_is_empty() {
            $($crate::i18n::words::full!($field $(: $kind)? = $tr, $en);)+
        }
    };
}
macro_rules! kind {
    () => { &'static str };
    ($kind:ty) => { $kind };
}
#[cfg(test)]
macro_rules! full {
    ($field:ident = $tr:expr, $en:expr) => {
        for word in [$tr, $en] {
            assert!(!word.trim().is_empty() && word.trim() == word, "{}: {word:?}", stringify!($field));
        }
    };
    ($field:ident : $kind:ty = $tr:expr, $en:expr) => {};
}
#[cfg(test)]
use full;
use kind;

pub mod activities;
pub mod auth;
pub mod backup;
pub mod board;
pub mod common;
pub mod customers;
pub mod deals;
pub mod draft;
pub mod errors;
pub mod export;
pub mod filters;
pub mod history;
pub mod home;
pub mod import;
pub mod own_records;
pub mod palette;
pub mod settings;
pub mod setup;
pub mod shell;
pub mod tasks;
pub mod ui;

/// A count with its thousands marked.
fn n(count: impl TryInto<i64>, locale: super::Locale) -> String {
    super::money::grouped(count.try_into().unwrap_or(i64::MAX), locale)
}

/// An English count: one thing, two things.
fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", n(number, super::Locale::En), if number == 1 { one } else { many })
}

/// A Turkish count: the noun stays singular.
fn sayi(number: usize, noun: &str) -> String {
    format!("{} {noun}", n(number, super::Locale::Tr))
}
