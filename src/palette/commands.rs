//! The commands of the palette and how a typed text matches them: a page to go to, something to create, the theme,
//! signing out. Pure. Their words match in both languages, whatever the page's language.

use crate::auth::model::Permission;
use crate::i18n::fold::search_key;
use crate::i18n::{Locale, Text};
use crate::ui::{Icon, Theme};

/// What a command does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    Go(&'static str),
    /// Creates a customer or a deal; the rest of the text is its name.
    NewCustomer,
    NewDeal,
    /// Typing continues: the rest of the text is the task.
    NewTask,
    Look(Theme),
    Speak(Locale),
    SignOut,
}

#[derive(Clone, Copy, Debug)]
pub struct Command {
    pub does: Does,
    pub icon: Icon,
    label: fn(&Text) -> &'static str,
    /// Other words that find it.
    more: &'static str,
    needs: Option<Permission>,
}

const fn command(
    does: Does,
    icon: Icon,
    label: fn(&Text) -> &'static str,
    more: &'static str,
    needs: Option<Permission>,
) -> Command {
    Command { does, icon, label, more, needs }
}

const SELL: Option<Permission> = Some(Permission::Sell);
const FOLLOW: Option<Permission> = Some(Permission::Follow);
const LEAD: Option<Permission> = Some(Permission::LeadPeople);
const ADMINISTER: Option<Permission> = Some(Permission::Administer);

const NEW_TASK: Command =
    command(Does::NewTask, Icon::Plus, |text| text.tasks.new, "hatirlat remind todo", SELL);

/// All commands, in the order in which they are offered.
pub const COMMANDS: [Command; 23] = [
    NEW_TASK,
    command(Does::NewCustomer, Icon::Plus, |text| text.customers.new, "musteri ekle add customer", SELL),
    command(Does::NewDeal, Icon::Plus, |text| text.deals.new, "satis ekle firsat add deal", SELL),
    command(Does::Go("/"), Icon::Sun, |text| text.shell.today, "baslangic home", None),
    command(Does::Go("/customers"), Icon::Users, |text| text.shell.customers, "", None),
    command(Does::Go("/deals?view=board"), Icon::Board, |text| text.board().title, "pano board kanban", None),
    command(Does::Go("/deals?view=list"), Icon::List, |text| text.deals.list_name, "", None),
    command(Does::Go("/tasks"), Icon::Tasks, |text| text.shell.tasks, "yapilacaklar todo", None),
    command(
        Does::Go("/history"),
        Icon::History,
        |text| text.history.log,
        "gunluk olaylar log history",
        FOLLOW,
    ),
    command(Does::Go("/trash"), Icon::Trash, |text| text.history.trash, "silinenler deleted", None),
    command(
        Does::Go("/settings"),
        Icon::Settings,
        |text| text.shell.settings,
        "preferences profil profile",
        None,
    ),
    command(Does::Go("/settings/people"), Icon::Users, |text| text.settings().people, "ekip team", None),
    command(
        Does::Go("/settings/people/invite"),
        Icon::Plus,
        |text| text.palette.invite,
        "davet calisan",
        LEAD,
    ),
    command(
        Does::Go("/settings/firm"),
        Icon::Building,
        |text| text.settings().firm,
        "sirket company",
        ADMINISTER,
    ),
    command(
        Does::Go("/settings/pipelines"),
        Icon::Branch,
        |text| text.settings().pipelines,
        "asamalar stages",
        ADMINISTER,
    ),
    command(
        Does::Go("/settings/products"),
        Icon::Package,
        |text| text.settings().products,
        "fiyat listesi price list",
        ADMINISTER,
    ),
    command(
        Does::Go("/settings/fields"),
        Icon::List,
        |text| text.settings().fields,
        "ozel alan custom fields",
        ADMINISTER,
    ),
    command(Does::Look(Theme::Light), Icon::Sun, |text| text.palette.light, "tema theme light", None),
    command(Does::Look(Theme::Dark), Icon::Moon, |text| text.palette.dark, "tema theme dark koyu", None),
    command(Does::Look(Theme::System), Icon::Monitor, |text| text.palette.system, "tema theme", None),
    command(Does::Speak(Locale::Tr), Icon::Message, |_| "Türkçe", "dil language turkish", None),
    command(Does::Speak(Locale::En), Icon::Message, |_| "English", "dil language ingilizce", None),
    command(Does::SignOut, Icon::SignOut, |text| text.shell.sign_out, "oturumu kapat log out logout", None),
];

/// A command that matches the typed text.
#[derive(Clone, Debug)]
pub struct Fit {
    pub command: Command,
    /// The text after the command's own words.
    pub rest: String,
    /// The typed text is the beginning of the command, so it is listed above the search results.
    pub first: bool,
}

impl Command {
    #[must_use]
    pub fn label(&self, text: &Text) -> &'static str {
        (self.label)(text)
    }

    /// Whether text after its words is the name of what it creates.
    fn takes_rest(&self) -> bool {
        matches!(self.does, Does::NewCustomer | Does::NewDeal | Does::NewTask)
    }

    /// How it matches the typed text; `None` when it does not.
    fn fit(self, typed: &str) -> Option<Fit> {
        let key = search_key(typed);
        let labels = Locale::ALL.map(|locale| search_key(self.label(locale.text())));
        let starts = labels.iter().any(|label| label.starts_with(&key));
        if self.takes_rest()
            && let Some(words) = labels.iter().find(|label| key.starts_with(&format!("{label} ")))
        {
            let skip = words.split(' ').count();
            let rest = typed.split_whitespace().skip(skip).collect::<Vec<_>>().join(" ");
            return Some(Fit { command: self, rest, first: true });
        }
        // Every typed word begins one of its words.
        let known = labels.iter().flat_map(|label| label.split(' ')).chain(self.more.split(' '));
        let known: Vec<&str> = known.filter(|word| !word.is_empty()).collect();
        let all = key.split(' ').all(|word| known.iter().any(|known| known.starts_with(word)));
        (all || starts).then_some(Fit {
            command: self,
            rest: String::new(),
            first: starts && key.chars().count() > 1,
        })
    }
}

/// The commands that match the typed text and that the person may use; all of them for an empty text.
#[must_use]
pub fn fitting(typed: &str, may: impl Fn(Permission) -> bool) -> Vec<Fit> {
    COMMANDS
        .into_iter()
        .filter(|command| command.needs.is_none_or(&may))
        .filter_map(|command| command.fit(typed))
        .collect()
}

/// The task in the typed text: what follows "görev:", "task:" or the like, or the command's own words; `None` without
/// one.
#[must_use]
pub fn task_in(typed: &str) -> Option<String> {
    let named = typed
        .split_once(':')
        .filter(|(word, _)| ["gorev", "task", "todo", "hatirlat"].contains(&search_key(word).as_str()));
    match named {
        Some((_, rest)) => Some(rest.trim().to_owned()),
        None => NEW_TASK.fit(typed).map(|fit| fit.rest).filter(|rest| !rest.is_empty()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(typed: &str) -> Vec<&'static str> {
        fitting(typed, |_| true).into_iter().map(|fit| fit.command.label(Locale::Tr.text())).collect()
    }

    #[test]
    fn commands_are_found_in_both_languages_and_by_parts() {
        assert_eq!(labels("yeni müşteri"), ["Yeni müşteri"]);
        assert_eq!(labels("YENI MUS"), ["Yeni müşteri"]);
        assert_eq!(labels("ayar"), ["Ayarlar"]);
        assert_eq!(labels("sett"), ["Ayarlar"]);
        assert_eq!(labels("tema koyu"), ["Koyu görünüm"]);
        assert_eq!(labels("").len(), COMMANDS.len());
        assert!(labels("zzz").is_empty());
    }

    #[test]
    fn what_follows_is_what_it_is_about() {
        let fit = fitting("yeni müşteri Işık Otomotiv", |_| true).remove(0);
        assert_eq!(
            (fit.rest.as_str(), fit.first, fit.command.does),
            ("Işık Otomotiv", true, Does::NewCustomer)
        );
        assert_eq!(task_in("görev: yarın 14:00 Ayşe'yi ara"), Some("yarın 14:00 Ayşe'yi ara".into()));
        assert_eq!(task_in("yeni görev yarın ara"), Some("yarın ara".into()));
        assert_eq!(task_in("TASK:call"), Some("call".into()));
        assert_eq!(task_in("saat 14:00"), None);
        assert_eq!(task_in("yeni görev"), None);
    }

    #[test]
    fn who_may_not_sell_is_offered_nothing_to_make() {
        let offered = fitting("", |_| false);
        assert!(offered.iter().all(|fit| !fit.command.takes_rest()));
    }
}
