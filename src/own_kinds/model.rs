//! A kind of record of the firm's own: its names, its sign, its stages. Pure.

use crate::auth::model::{MenuKind, Permission, Role};
use crate::i18n::Locale;
use crate::id::{KindNr, OwnKindId};
use crate::ui::Icon;
use serde::{Deserialize, Serialize};

/// The sign before its records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum KindIcon {
    #[default]
    Package,
    Wrench,
    Car,
    House,
    FileText,
    Monitor,
    Briefcase,
    Calendar,
    Place,
    Building,
}

impl KindIcon {
    pub const ALL: [Self; 10] = [
        Self::Package,
        Self::Wrench,
        Self::Car,
        Self::House,
        Self::FileText,
        Self::Monitor,
        Self::Briefcase,
        Self::Calendar,
        Self::Place,
        Self::Building,
    ];

    /// As forms and the database write it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Package => "package",
            Self::Wrench => "wrench",
            Self::Car => "car",
            Self::House => "house",
            Self::FileText => "file_text",
            Self::Monitor => "monitor",
            Self::Briefcase => "briefcase",
            Self::Calendar => "calendar",
            Self::Place => "place",
            Self::Building => "building",
        }
    }

    /// As it is drawn.
    #[must_use]
    pub const fn icon(self) -> Icon {
        match self {
            Self::Package => Icon::Package,
            Self::Wrench => Icon::Wrench,
            Self::Car => Icon::Car,
            Self::House => Icon::House,
            Self::FileText => Icon::FileText,
            Self::Monitor => Icon::Monitor,
            Self::Briefcase => Icon::Briefcase,
            Self::Calendar => Icon::Calendar,
            Self::Place => Icon::Place,
            Self::Building => Icon::Building,
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|icon| icon.code() == code)
    }
}

/// A kind to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KindTemplate {
    Installation,
    Vehicle,
    Agreement,
}

impl KindTemplate {
    pub const ALL: [Self; 3] = [Self::Installation, Self::Vehicle, Self::Agreement];
}

/// Who may see the records of a kind, or change them. The view `hidden_kinds` (migration 0030) says the same to the
/// statements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum KindAccess {
    #[default]
    Everyone,
    /// And the firm's owner.
    Managers,
    Owner,
}

impl KindAccess {
    pub const ALL: [Self; 3] = [Self::Everyone, Self::Managers, Self::Owner];

    /// As forms and the database write it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Managers => "managers",
            Self::Owner => "owner",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|access| access.code() == code)
    }

    /// Whether somebody of that role is meant.
    #[must_use]
    pub const fn is_for(self, role: Role) -> bool {
        match self {
            Self::Everyone => true,
            Self::Managers => matches!(role, Role::Owner | Role::Manager),
            Self::Owner => matches!(role, Role::Owner),
        }
    }
}

/// A stage of its records. Its number stays when it is called otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindStage {
    pub nr: u32,
    pub name: String,
    /// What is in it is done with.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
    /// Nothing comes into it any more; what is in it stays.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
}

/// Everything about such a kind that somebody can change; events compare and put back exactly this.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct OwnKindFacts {
    /// What one of its records is called, and several, in Turkish; either both or neither.
    pub one_tr: String,
    pub many_tr: String,
    pub one_en: String,
    pub many_en: String,
    pub icon: KindIcon,
    /// A record can hang on a customer, and stands on that card.
    pub on_customer: bool,
    /// In their order, those that are archived last. Without any there is no board.
    #[cfg_attr(feature = "ssr", sqlx(json))]
    pub stages: Vec<KindStage>,
    /// Its place among the kinds: a fractional index in hex.
    pub position: String,
    /// It is used. One that is not keeps its records.
    pub active: bool,
    /// To everyone else its records do not exist.
    #[serde(default)]
    pub seen_by: KindAccess,
    /// As far as they see them, too.
    #[serde(default)]
    pub changed_by: KindAccess,
}

/// The most kinds of a firm, with those that are archived.
pub const MOST: usize = 50;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct OwnKind {
    pub id: OwnKindId,
    pub nr: KindNr,
    pub version: i64,
    #[cfg_attr(feature = "ssr", sqlx(flatten))]
    pub facts: OwnKindFacts,
}

impl OwnKindFacts {
    /// What one of its records is called in that language, or in the one in which it has a name.
    #[must_use]
    pub fn one(&self, locale: Locale) -> &str {
        let [mine, other] = in_order(locale, &self.one_tr, &self.one_en);
        if mine.is_empty() { other } else { mine }
    }

    /// What several are called.
    #[must_use]
    pub fn many(&self, locale: Locale) -> &str {
        let [mine, other] = in_order(locale, &self.many_tr, &self.many_en);
        if mine.is_empty() { other } else { mine }
    }

    /// Whether somebody of that role sees its records; which of them, is a question of reach.
    #[must_use]
    pub fn may_see(&self, role: Role) -> bool {
        self.seen_by.is_for(role)
    }

    /// Whether somebody of that role may add, change and delete its records, as far as they are in reach.
    #[must_use]
    pub fn may_change(&self, role: Role) -> bool {
        self.may_see(role) && self.changed_by.is_for(role) && role.may(Permission::Sell)
    }

    /// The stages into which something can come.
    pub fn offered(&self) -> impl Iterator<Item = &KindStage> {
        self.stages.iter().filter(|stage| !stage.archived)
    }

    /// What the stage with that number is called, and its colour.
    #[must_use]
    pub fn stage_shown(&self, nr: i64) -> Option<(String, u8)> {
        stage_shown(&self.stages, nr)
    }
}

/// What the stage with that number is called, and its colour: by its place, from 1 to 5 and again.
#[must_use]
pub fn stage_shown(stages: &[KindStage], nr: i64) -> Option<(String, u8)> {
    let at = stages.iter().position(|stage| i64::from(stage.nr) == nr)?;
    let color = u8::try_from(at % 5).unwrap_or_default() + 1;
    stages.get(at).map(|stage| (stage.name.clone(), color))
}

fn in_order<'a>(locale: Locale, tr: &'a str, en: &'a str) -> [&'a str; 2] {
    match locale {
        Locale::Tr => [tr, en],
        Locale::En => [en, tr],
    }
}

/// The kind as lists, menus and links name it, in the language of who is asking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindName {
    pub nr: KindNr,
    pub one: String,
    pub many: String,
    pub icon: KindIcon,
}

impl KindName {
    #[must_use]
    pub fn in_menu(&self) -> MenuKind {
        MenuKind {
            href: format!("/kinds/{}", self.nr),
            icon: self.icon.code().to_owned(),
            label: self.many.clone(),
        }
    }
}

impl OwnKind {
    #[must_use]
    pub fn named(&self, locale: Locale) -> KindName {
        KindName {
            nr: self.nr,
            one: self.facts.one(locale).to_owned(),
            many: self.facts.many(locale).to_owned(),
            icon: self.facts.icon,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::model::Role::{Manager, Owner, Salesperson, Viewer};
    use serde_json::json;

    fn roles(may: impl Fn(Role) -> bool) -> Vec<Role> {
        Role::ALL.into_iter().filter(|role| may(*role)).collect()
    }

    #[test]
    fn a_kind_is_seen_and_changed_by_whom_it_is_meant_for() {
        use KindAccess::{Everyone, Managers, Owner as TheOwner};
        for (seen_by, changed_by, see, change) in [
            (Everyone, Everyone, &Role::ALL[..], &[Owner, Manager, Salesperson][..]),
            (Everyone, Managers, &[Owner, Manager, Salesperson, Viewer], &[Owner, Manager]),
            (Everyone, TheOwner, &[Owner, Manager, Salesperson, Viewer], &[Owner]),
            (Managers, Everyone, &[Owner, Manager], &[Owner, Manager]),
            (Managers, TheOwner, &[Owner, Manager], &[Owner]),
            (TheOwner, Everyone, &[Owner], &[Owner]),
            (TheOwner, Managers, &[Owner], &[Owner]),
        ] {
            let facts = OwnKindFacts { seen_by, changed_by, ..OwnKindFacts::default() };
            assert_eq!(roles(|role| facts.may_see(role)), see, "{seen_by:?}");
            assert_eq!(roles(|role| facts.may_change(role)), change, "{seen_by:?} {changed_by:?}");
        }
    }

    #[test]
    fn what_older_events_say_is_everyones() {
        let mut older = json!(OwnKindFacts { one_tr: "Montaj".into(), ..OwnKindFacts::default() });
        let fields = older.as_object_mut().expect("an object");
        assert!(fields.remove("seen_by").is_some() && fields.remove("changed_by").is_some());
        let facts: OwnKindFacts = serde_json::from_value(older).expect("facts");
        assert_eq!((facts.seen_by, facts.changed_by), (KindAccess::Everyone, KindAccess::Everyone));
        assert!(KindAccess::ALL.into_iter().all(|access| KindAccess::parse(access.code()) == Some(access)));
        assert_eq!(KindAccess::parse("nobody"), None);
        assert_eq!(json!(KindAccess::ALL), json!(KindAccess::ALL.map(KindAccess::code)));
    }
}
