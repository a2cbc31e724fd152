//! All words, by place. `Text` is one struct with two values, Turkish and English; the `words!` macro takes both side
//! by side, so that a missing translation does not compile. Words only: numbers and dates are formatted by `money` and
//! `date`.

use super::Locale;
use super::words::{
    activities, auth, backup, board, common, customers, deals, draft, errors, export, filters, history, home,
    import, own_records, palette, settings, setup, shell, tasks, ui,
};

/// The words of all pages in one language. Words that only a few pages need are separate, so that the browser does not
/// load them for other pages.
pub struct Text {
    /// The language of the words.
    pub locale: Locale,
    pub common: common::Words,
    pub ui: ui::Words,
    pub errors: errors::Words,
    pub shell: shell::Words,
    pub auth: auth::Words,
    pub activities: activities::Words,
    pub customers: customers::Words,
    pub deals: deals::Words,
    pub export: export::Words,
    pub history: history::Words,
    pub home: home::Words,
    pub palette: palette::Words,
    pub tasks: tasks::Words,
}

macro_rules! text {
    ($language:ident, $locale:expr) => {
        Text {
            locale: $locale,
            common: common::$language,
            ui: ui::$language,
            errors: errors::$language,
            shell: shell::$language,
            auth: auth::$language,
            activities: activities::$language,
            customers: customers::$language,
            deals: deals::$language,
            export: export::$language,
            history: history::$language,
            home: home::$language,
            palette: palette::$language,
            tasks: tasks::$language,
        }
    };
}

pub(super) static TURKISH: Text = text!(TR, Locale::Tr);
pub(super) static ENGLISH: Text = text!(EN, Locale::En);

macro_rules! apart {
    ($($place:ident),+) => {
        impl Text {
            $(
                #[must_use]
                pub fn $place(&self) -> &'static $place::Words {
                    static TURKISH: $place::Words = $place::TR;
                    static ENGLISH: $place::Words = $place::EN;
                    match self.locale {
                        Locale::Tr => &TURKISH,
                        Locale::En => &ENGLISH,
                    }
                }
            )+
        }
    };
}

apart!(board, draft, import, backup, filters, own_records, settings, setup);
