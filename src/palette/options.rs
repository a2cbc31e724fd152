//! The lines of the palette: search results and matching commands, in order. Pure, so that the same text and results
//! always give the same first line.

use super::commands::{Does, Fit, fitting, task_in};
use super::model::{Hit, HitKind};
use crate::auth::model::{Permission, Role};
use crate::i18n::{Locale, Text};
use crate::tasks::quick::understand;
use crate::tasks::row::icon_of;
use crate::tasks::view::when;
use crate::ui::Icon;
use chrono::NaiveDate;
use uuid::Uuid;

/// What choosing a line does.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    Open(String),
    Command(Does, String),
    /// Adds the task of this line, about this customer.
    AddTask(String, Option<Uuid>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The heading above it.
    pub group: &'static str,
    pub icon: Icon,
    pub title: String,
    pub sub: String,
    pub act: Act,
}

/// For whom the lines are written: language, date, rights.
#[derive(Clone, Copy)]
pub struct Reader {
    pub text: &'static Text,
    pub locale: Locale,
    pub today: NaiveDate,
    pub role: Option<Role>,
}

impl Reader {
    fn may(self, permission: Permission) -> bool {
        self.role.is_some_and(|role| role.may(permission))
    }
}

/// The lines for a typed text with the search results `found`.
#[must_use]
pub fn lines(typed: &str, found: &[Hit], reader: Reader) -> Vec<Line> {
    let words = &reader.text.palette;
    let typed = typed.trim();
    if let Some(line) = task_in(typed).filter(|_| reader.may(Permission::Sell)) {
        return add_task(&line, found, reader).into_iter().collect();
    }
    let fitting = fitting(typed, |permission| reader.may(permission));
    let (first, later): (Vec<Fit>, Vec<Fit>) = fitting.into_iter().partition(|fit| fit.first);
    let command = |fit: Fit| Line {
        group: words.commands,
        icon: fit.command.icon,
        title: fit.command.label(reader.text).to_owned(),
        sub: fit.rest.clone(),
        act: Act::Command(fit.command.does, fit.rest),
    };
    let mut all: Vec<Line> = first.into_iter().map(command).collect();
    all.extend(found.iter().map(|hit| record(hit, reader)));
    all.extend(later.into_iter().map(command));
    if reader.may(Permission::Sell) && typed.chars().count() > 3 {
        all.extend(add_task(typed, found, reader));
    }
    all
}

fn record(hit: &Hit, reader: Reader) -> Line {
    let words = &reader.text.palette;
    let (group, icon, path) = match hit.kind {
        HitKind::Customer => (words.customers, Icon::Building, "/customers/"),
        HitKind::Contact => (words.contacts, Icon::User, "/customers/"),
        HitKind::Deal => (words.deals, Icon::Board, "/deals/"),
        HitKind::Task => (words.tasks, Icon::Tasks, "/tasks/"),
        HitKind::Record => (words.records, Icon::Package, "/records/"),
        HitKind::List(_) => (words.records, Icon::List, "/kinds/"),
    };
    let address = match hit.kind {
        HitKind::Task => format!("{path}{}/edit", hit.id),
        HitKind::List(nr) => format!("{path}{nr}"),
        _ => format!("{path}{}", hit.id),
    };
    Line { group, icon, title: hit.title.clone(), sub: hit.sub.clone(), act: Act::Open(address) }
}

/// The line that adds the typed text as a task; `None` where the text is no task. If only one customer has the name in
/// it, the task is about that customer.
fn add_task(typed: &str, found: &[Hit], reader: Reader) -> Option<Line> {
    let quick = understand(typed, "", reader.today, reader.locale);
    if quick.title.is_empty() {
        return None;
    }
    let mut customers = found.iter().filter(|hit| hit.kind == HitKind::Customer);
    let customer = match (customers.next(), customers.next()) {
        (Some(only), None) if !quick.name.is_empty() => Some(only),
        _ => None,
    };
    let when = when(quick.due_on, quick.due_at, reader.today, reader.locale);
    // A day that does not exist is reported here, and again by the server if the task is sent.
    let when = quick.problem.map_or(when, |problem| (reader.text.errors.problem)(&problem));
    let sub: Vec<String> =
        [Some(when), customer.map(|one| one.title.clone())].into_iter().flatten().collect();
    Some(Line {
        group: reader.text.palette.tasks,
        icon: icon_of(quick.kind),
        title: (reader.text.palette.add_task)(&quick.title),
        sub: sub.join(" · "),
        act: Act::AddTask(typed.to_owned(), customer.map(|one| one.id)),
    })
}

/// The text to search for on the server: for a task only the name in it.
#[must_use]
pub fn search_of(typed: &str, today: NaiveDate, locale: Locale) -> String {
    match task_in(typed) {
        Some(line) => understand(&line, "", today, locale).name,
        None => typed.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader() -> Reader {
        let today = NaiveDate::from_ymd_opt(2026, 11, 18).expect("a day");
        Reader { text: Locale::Tr.text(), locale: Locale::Tr, today, role: Some(Role::Salesperson) }
    }

    fn found(names: &[&str]) -> Vec<Hit> {
        let hit = |name: &&str| Hit {
            kind: HitKind::Customer,
            id: Uuid::from_u128(7),
            title: (*name).to_owned(),
            sub: String::new(),
        };
        names.iter().map(hit).collect()
    }

    fn titles(typed: &str, names: &[&str]) -> Vec<String> {
        lines(typed, &found(names), reader()).into_iter().map(|line| line.title).collect()
    }

    #[test]
    fn what_begins_a_command_is_that_command_else_records_come_first() {
        assert_eq!(titles("ayar", &["Ayar Metal"])[..2], ["Ayarlar", "Ayar Metal"]);
        assert_eq!(titles("metal", &["Ayar Metal"])[0], "Ayar Metal");
        assert_eq!(titles("yeni müşteri Işık", &[])[0], "Yeni müşteri");
    }

    #[test]
    fn a_task_takes_the_only_customer_of_its_name() {
        let all = lines("görev: yarın 14:00 Ayşe'yi ara", &found(&["Ayşe Yılmaz"]), reader());
        assert_eq!(all.len(), 1);
        assert_eq!(
            (all[0].title.as_str(), all[0].sub.as_str()),
            ("Görev ekle: Ayşe'yi ara", "yarın 14:00 · Ayşe Yılmaz")
        );
        let two = lines("görev: yarın 14:00 Ayşe'yi ara", &found(&["Ayşe Yılmaz", "Ayşe Kaya"]), reader());
        assert_eq!(two[0].act, Act::AddTask("yarın 14:00 Ayşe'yi ara".into(), None));
        assert_eq!(search_of("görev: yarın 14:00 Ayşe'yi ara", reader().today, Locale::Tr), "Ayşe");
        assert_eq!(titles("metal levha siparişi", &[]), ["Görev ekle: Metal levha siparişi"]);
    }
}
