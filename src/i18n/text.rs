//! All words, by place. `Text` is one struct with two values, Turkish and English, which the `words!` macro fills side by side, so that a
//! word without its twin does not compile. Words only: whoever needs a number or a date formatted uses `money` and `date`.

use super::words::{
    activities, auth, board, common, customers, deals, errors, export, history, home, keeping, palette,
    settings, setup, shell, tasks, ui,
};

/// The words of all pages in one language.
pub struct Text {
    pub common: common::Words,
    pub ui: ui::Words,
    pub errors: errors::Words,
    pub shell: shell::Words,
    pub auth: auth::Words,
    pub setup: setup::Words,
    pub activities: activities::Words,
    pub customers: customers::Words,
    pub deals: deals::Words,
    pub board: board::Words,
    pub export: export::Words,
    pub history: history::Words,
    pub home: home::Words,
    pub keeping: keeping::Words,
    pub palette: palette::Words,
    pub settings: settings::Words,
    pub tasks: tasks::Words,
}

macro_rules! text {
    ($language:ident) => {
        Text {
            common: common::$language,
            ui: ui::$language,
            errors: errors::$language,
            shell: shell::$language,
            auth: auth::$language,
            setup: setup::$language,
            activities: activities::$language,
            customers: customers::$language,
            deals: deals::$language,
            board: board::$language,
            export: export::$language,
            history: history::$language,
            home: home::$language,
            keeping: keeping::$language,
            palette: palette::$language,
            settings: settings::$language,
            tasks: tasks::$language,
        }
    };
}

pub(super) static TURKISH: Text = text!(TR);
pub(super) static ENGLISH: Text = text!(EN);
