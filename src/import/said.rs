//! A sentence for the firm's owner, in both languages at once: who reads the report is not known where the sentence is
//! made.

use crate::error::Problem;
use crate::i18n::{ImportWords, Locale, Text};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Said([String; 2]);

impl Said {
    /// From the words of an import.
    pub fn of(sentence: impl Fn(&'static ImportWords) -> String) -> Self {
        Self::with(|text, _| sentence(text.import()))
    }

    /// From any words, where a day or an amount is written in the language, too.
    pub fn with(sentence: impl Fn(&'static Text, Locale) -> String) -> Self {
        Self(Locale::ALL.map(|locale| sentence(locale.text(), locale)))
    }

    /// What a form says of a field.
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
