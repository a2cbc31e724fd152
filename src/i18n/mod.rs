//! Everything people read, and everything that depends on their language: words, dates, money, casing, folding for
//! search. Pure and the same on both sides: no clock, no time zone, no `Intl`; only Unicode's tables are the browser's
//! own there. Codes of errors are elsewhere, only their words are here.

// First, because its names change with whatever stands before them (see `lib.rs`).
pub mod days;

pub mod clean;
pub mod date;

pub mod fold;
pub mod money;
pub mod text;
mod words;

#[cfg(not(feature = "hydrate"))]
mod letters;
#[cfg(feature = "hydrate")]
#[path = "letters_browser.rs"]
mod letters;

use leptos::prelude::use_context;
use serde::{Deserialize, Serialize};

pub use money::{Currency, Money, Totals};
pub use text::Text;
pub use words::import::Words as ImportWords;

/// A language of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "lowercase"))]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    Tr,
    #[default]
    En,
}

impl Locale {
    pub const ALL: [Self; 2] = [Self::Tr, Self::En];

    /// The code in `<html lang>`, cookies and the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tr => "tr",
            Self::En => "en",
        }
    }

    /// The name of the language in that language.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Tr => "Türkçe",
            Self::En => "English",
        }
    }

    /// From a code such as `tr` or `tr-TR`.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let primary = code.trim().split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|locale| primary.eq_ignore_ascii_case(locale.code()))
    }

    /// The supported language that the browser prefers; `None` when it asks for none of them.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for part in header.split(',') {
            let mut pieces = part.split(';');
            let Some(locale) = pieces.next().and_then(Self::parse) else { continue };
            let quality = pieces
                .find_map(|piece| piece.trim().strip_prefix("q=")?.trim().parse::<f32>().ok())
                .unwrap_or(1.0);
            if quality > 0.0 && best.is_none_or(|(so_far, _)| quality > so_far) {
                best = Some((quality, locale));
            }
        }
        best.map(|(_, locale)| locale)
    }

    /// All the words in this language.
    #[must_use]
    pub fn text(self) -> &'static Text {
        match self {
            Self::Tr => &text::TURKISH,
            Self::En => &text::ENGLISH,
        }
    }
}

/// The language of the page, from the context; English without one.
#[must_use]
pub fn use_locale() -> Locale {
    use_context().unwrap_or_default()
}

/// The words in the language of the page.
#[must_use]
pub fn use_text() -> &'static Text {
    use_locale().text()
}

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn the_browser_is_asked() {
        let ask = Locale::from_accept_language;
        assert_eq!(ask("tr-TR,tr;q=0.9,en-US;q=0.8,en;q=0.7"), Some(Locale::Tr));
        assert_eq!(ask("en-US,en;q=0.9,tr;q=0.8"), Some(Locale::En));
        assert_eq!(ask("de,tr;q=0.5,en;q=0.4"), Some(Locale::Tr));
        assert_eq!(ask("en;q=0,tr;q=0.1"), Some(Locale::Tr));
        assert_eq!(ask("de-DE"), None);
        assert_eq!(ask(""), None);
        assert_eq!(ask("TR"), Some(Locale::Tr));
    }
}
