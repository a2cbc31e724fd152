//! The data of the firm's own kinds (names, icon, stages, access), and the rules of who sees and changes their records.
//! Pure; the records themselves are in `own_records`.

use crate::auth::model::{MenuKind, Permission, Role};
use crate::i18n::Locale;
use crate::id::{KindNr, OwnKindId};
use crate::ui::Icon;
use serde::{Deserialize, Serialize};

/// The icon of a kind.
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

    /// Its code in forms and in the database.
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

    /// The icon to draw.
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

    /// Parses a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|icon| icon.code() == code)
    }
}

/// A template for a new kind (`fields::own::templates`).
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

/// Who may see the records of a kind, or change them. The view `hidden_kinds` (migration 0030) has the same rule for
/// SQL statements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum KindAccess {
    #[default]
    Everyone,
    /// Managers and the firm's owner.
    Managers,
    Owner,
}

impl KindAccess {
    pub const ALL: [Self; 3] = [Self::Everyone, Self::Managers, Self::Owner];

    /// Its code in forms and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Managers => "managers",
            Self::Owner => "owner",
        }
    }

    /// Parses a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|access| access.code() == code)
    }

    /// Whether it includes people with this role.
    #[must_use]
    pub const fn is_for(self, role: Role) -> bool {
        match self {
            Self::Everyone => true,
            Self::Managers => matches!(role, Role::Owner | Role::Manager),
            Self::Owner => matches!(role, Role::Owner),
        }
    }
}

/// A stage of a kind's records. Its number stays when it is renamed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindStage {
    pub nr: u32,
    pub name: String,
    /// Whether the records in it count as done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
    /// Whether it is archived: no record can be moved into it, but those in it stay.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
}

/// All facts of a kind that can be changed. Events store the fields of this struct that differ, and undo writes them
/// back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct OwnKindFacts {
    /// The names of one record and of several, in Turkish; both or neither.
    pub one_tr: String,
    pub many_tr: String,
    /// The same in English. A kind has names in at least one language.
    pub one_en: String,
    pub many_en: String,
    pub icon: KindIcon,
    /// Whether a record can belong to a customer; it is then shown on the customer's card.
    pub on_customer: bool,
    /// In their order, archived ones last. A kind without stages has no board.
    #[cfg_attr(feature = "ssr", sqlx(json))]
    pub stages: Vec<KindStage>,
    /// Its place among the kinds: a fractional index in hex.
    pub position: String,
    /// Whether it is in use. If not, it is archived and its records are kept.
    pub active: bool,
    /// Who sees its records. For everybody else they do not exist.
    #[serde(default)]
    pub seen_by: KindAccess,
    /// Who may change its records, out of those who see them.
    #[serde(default)]
    pub changed_by: KindAccess,
}

/// The most kinds of a firm, archived ones included.
pub const MOST: usize = 50;

/// A kind as it is stored.
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
    /// The name of one record in this language, or in the other one if it has none in this.
    #[must_use]
    pub fn one(&self, locale: Locale) -> &str {
        let [mine, other] = in_order(locale, &self.one_tr, &self.one_en);
        if mine.is_empty() { other } else { mine }
    }

    /// The name of several records; the language as in [`Self::one`].
    #[must_use]
    pub fn many(&self, locale: Locale) -> &str {
        let [mine, other] = in_order(locale, &self.many_tr, &self.many_en);
        if mine.is_empty() { other } else { mine }
    }

    /// Whether people with this role see its records, as far as these are in their reach.
    #[must_use]
    pub fn may_see(&self, role: Role) -> bool {
        self.seen_by.is_for(role)
    }

    /// Whether people with this role may add, change and delete its records, as far as these are in their reach.
    #[must_use]
    pub fn may_change(&self, role: Role) -> bool {
        self.may_see(role) && self.changed_by.is_for(role) && role.may(Permission::Sell)
    }

    /// The stages into which records can be moved.
    pub fn offered(&self) -> impl Iterator<Item = &KindStage> {
        self.stages.iter().filter(|stage| !stage.archived)
    }

    /// The name of the stage with this number, and its colour.
    #[must_use]
    pub fn stage_shown(&self, nr: i64) -> Option<(String, u8)> {
        stage_shown(&self.stages, nr)
    }
}

/// The name of the stage with this number, and its colour, which follows from its place: 1 to 5, then 1 again.
#[must_use]
pub fn stage_shown(stages: &[KindStage], nr: i64) -> Option<(String, u8)> {
    let at = stages.iter().position(|stage| i64::from(stage.nr) == nr)?;
    let color = u8::try_from(at % 5).unwrap_or_default() + 1;
    stages.get(at).map(|stage| (stage.name.clone(), color))
}

/// The name in this language first.
fn in_order<'a>(locale: Locale, tr: &'a str, en: &'a str) -> [&'a str; 2] {
    match locale {
        Locale::Tr => [tr, en],
        Locale::En => [en, tr],
    }
}

/// A kind as lists, menus and links name it, in the language of the person asking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindName {
    pub nr: KindNr,
    pub one: String,
    pub many: String,
    pub icon: KindIcon,
}

impl KindName {
    /// The link to its list in the menu.
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
    /// The kind with its names in this language.
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
