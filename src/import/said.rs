//! A sentence in both languages at once, because the place that makes it does not know who will read the report.

use crate::error::Problem;
use crate::i18n::{ImportWords, Locale, Text};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Said([String; 2]);

impl Said {
    /// Made from the words of the import.
    pub fn of(sentence: impl Fn(&'static ImportWords) -> String) -> Self {
        Self::with(|text, _| sentence(text.import()))
    }

    /// Made from any words, with days and amounts written for the language.
    pub fn with(sentence: impl Fn(&'static Text, Locale) -> String) -> Self {
        Self(Locale::ALL.map(|locale| sentence(locale.text(), locale)))
    }

    /// The words of a form for a problem.
    pub fn problem(problem: &Problem) -> Self {
        Self::with(|text, _| (text.errors.problem)(problem))
    }

    #[must_use]
    pub fn told(&self, locale: Locale) -> &str {
        let [turkish, english] = &self.0;
        match locale {
            Locale::Tr => turkish,
            Locale::En => english,
        }
    }
}
