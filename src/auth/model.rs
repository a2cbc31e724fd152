//! Roles, rights and what a browser knows of the person using it. Pure: no I/O, no clock. Which records somebody may
//! see is decided in the database by `reach`, never here.

use crate::i18n::{Currency, Locale};
use crate::id::{PersonId, UnitId};
use crate::ui::Theme;
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// A role in the firm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type, clap::ValueEnum))]
#[cfg_attr(feature = "ssr", sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Owner,
    Manager,
    Salesperson,
    Viewer,
}

/// How far somebody sees in the organisation tree. Common records of the groups above them are visible with every
/// value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type, clap::ValueEnum))]
#[cfg_attr(feature = "ssr", sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Sees {
    Own,
    Team,
    Subtree,
    All,
}

/// A right that depends on the role alone, not on a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Make, change, move, close and delete customers and deals in reach.
    Sell,
    /// Give a record to somebody else.
    HandOver,
    /// See what others did, in the firm's log.
    Follow,
    /// Export whole lists as files.
    Export,
    /// Change one's own account: name, language, password, sessions.
    OwnAccount,
    /// Invite, change, move and deactivate people further down in the tree; whom exactly is decided in `people::rules`.
    LeadPeople,
    /// Change the firm, anybody in it and its pipelines.
    Administer,
}

impl Permission {
    pub const ALL: [Self; 7] = [
        Self::Sell,
        Self::HandOver,
        Self::Follow,
        Self::Export,
        Self::OwnAccount,
        Self::LeadPeople,
        Self::Administer,
    ];
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Owner, Self::Manager, Self::Salesperson, Self::Viewer];

    #[must_use]
    pub fn may(self, permission: Permission) -> bool {
        match permission {
            Permission::Sell => self != Self::Viewer,
            Permission::HandOver | Permission::Follow | Permission::Export | Permission::LeadPeople => {
                matches!(self, Self::Owner | Self::Manager)
            }
            Permission::OwnAccount => true,
            Permission::Administer => self == Self::Owner,
        }
    }

    /// The code in forms and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Salesperson => "salesperson",
            Self::Viewer => "viewer",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// How far a new person with this role sees, unless something else is chosen.
    #[must_use]
    pub fn usual_reach(self) -> Sees {
        match self {
            Self::Owner => Sees::All,
            Self::Manager => Sees::Subtree,
            Self::Salesperson => Sees::Own,
            Self::Viewer => Sees::Team,
        }
    }
}

impl Sees {
    pub const ALL: [Self; 4] = [Self::Own, Self::Team, Self::Subtree, Self::All];

    /// The code in forms and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Team => "team",
            Self::Subtree => "subtree",
            Self::All => "all",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sees| sees.code() == code)
    }
}

/// What the browser knows of the person using it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub role: Role,
}

/// What the browser knows of the firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirmFacts {
    pub name: String,
    pub currency: Currency,
    pub time_zone: String,
}

/// What every page needs before it loads any data. The server writes it into the document and the browser reads it
/// there, so that both render the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    pub locale: Locale,
    pub theme: Theme,
    pub me: Option<Me>,
    pub firm: Option<FirmFacts>,
    /// Today's date where the firm is.
    pub today: NaiveDate,
    /// How many seconds were left of that day when the page was drawn.
    pub seconds_left: u32,
    /// How many of the person's own tasks are late or for today.
    pub waiting: u32,
    /// The firm's own kinds of record, as the menu names them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<MenuKind>,
    /// The reply to a refused form that was sent without wasm.
    pub reply: Option<FormReply>,
    /// Something that such a form has made and that is shown once: the path of a one-time link.
    pub told: Option<String>,
}

impl Visit {
    /// Whether the person using the browser has the right; the server asks again.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.me.as_ref().is_some_and(|me| me.role.may(permission))
    }

    /// Whether they may give a record of that owner to somebody else: their own always, others with the right to hand
    /// over. The server asks again.
    #[must_use]
    pub fn may_give(&self, owner: UnitId) -> bool {
        self.may(Permission::HandOver) || self.me.as_ref().is_some_and(|me| UnitId::from(me.id) == owner)
    }
}

/// One of the firm's own kinds of record in the menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuKind {
    pub href: String,
    /// The code of its icon.
    pub icon: String,
    pub label: String,
}

/// A form that was sent without wasm and refused: what was typed, and why it was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormReply {
    /// The page it belongs to; forms of other pages ignore it.
    pub path: String,
    pub typed: Vec<(String, String)>,
    pub error: crate::error::Error,
}

/// The sign-in form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    pub email: String,
    pub password: String,
}

/// A new password for oneself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PasswordForm {
    pub current: String,
    pub password: String,
}

/// What the holder of a one-time link types.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct JoinForm {
    pub token: String,
    pub password: String,
}

/// For whom a one-time link is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    pub name: String,
    pub email: String,
    /// Whether they had a password before, so that the page asks for a new one rather than a first one.
    pub known: bool,
}

/// One of one's own sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLine {
    /// Identifies the session to its owner; nobody can sign in with it.
    pub id: String,
    pub device: String,
    pub address: String,
    /// On the firm's wall clock, like the next.
    pub begun: NaiveDateTime,
    pub seen: NaiveDateTime,
    /// Whether it is the session of this request.
    pub this: bool,
}

/// The browser and operating system, as far as the user agent names them; empty where it names none that we know.
#[must_use]
pub fn device_name(agent: &str) -> String {
    // The order matters: most browsers also claim to be Chrome and Safari.
    let browsers = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("YaBrowser/", "Yandex"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let systems = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let named = |list: &[(&str, &'static str)]| {
        list.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
    };
    [named(&browsers), named(&systems)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The set-up form: the firm and its owner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SetUpForm {
    pub firm: String,
    pub language: String,
    pub currency: String,
    pub time_zone: String,
    pub name: String,
    pub email: String,
    pub password: String,
    /// `empty` or `sample`.
    pub start: String,
}

#[cfg(test)]
mod tests {
    use super::{Permission, Role, device_name};

    #[test]
    fn a_browser_is_called_by_its_own_name() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 \
             Safari/537.36 Edg/126.0";
        assert_eq!(device_name(edge), "Edge · Windows");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 \
             Mobile/15E148 Safari/604.1";
        assert_eq!(device_name(phone), "Safari · iPhone");
        assert_eq!(device_name("curl/8"), "");
    }

    #[test]
    fn each_right_is_held_by_whom_it_should_be() {
        let holders = |permission| Role::ALL.into_iter().filter(|role| role.may(permission)).count();
        assert_eq!(holders(Permission::Sell), 3);
        assert_eq!(holders(Permission::HandOver), 2);
        assert_eq!(holders(Permission::Export), 2);
        assert_eq!(holders(Permission::Follow), 2);
        assert_eq!(holders(Permission::OwnAccount), 4);
        assert_eq!(holders(Permission::LeadPeople), 2);
        assert_eq!(holders(Permission::Administer), 1);
        assert!(Role::Owner.may(Permission::Administer) && !Role::Viewer.may(Permission::Sell));
    }
}
