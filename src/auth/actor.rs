//! The person asking. Only `auth` can make one, and only from a session or from the command line's owner; without one
//! there is no SQL.

use super::model::{Permission, Role};
use crate::error::{Error, Result};
use crate::fields::TypedAt;
use crate::i18n::{Currency, Locale};
use crate::id::{PersonId, UnitId};
use crate::server::clock;
use chrono_tz::Tz;

#[derive(Clone, Debug)]
pub struct Actor {
    pub id: PersonId,
    pub role: Role,
    /// The firm's time zone, for dates people see.
    pub zone: Tz,
    /// The firm's currency, where none was typed.
    pub currency: Currency,
    /// The language in which they read and type.
    pub locale: Locale,
    /// The hash of the session they came with; `None` at the command line.
    session: Option<Vec<u8>>,
    sealed: Sealed,
}

#[derive(Clone, Debug)]
struct Sealed;

impl Actor {
    pub(super) fn new(id: PersonId, role: Role, zone: Tz, currency: Currency, locale: Locale) -> Self {
        Self { id, role, zone, currency, locale, session: None, sealed: Sealed }
    }

    pub(super) fn in_session(self, hash: Vec<u8>) -> Self {
        Self { session: Some(hash), ..self }
    }

    /// The leaf of the organisation tree that is this person.
    #[must_use]
    pub fn unit(&self) -> UnitId {
        self.id.into()
    }

    /// In which language and on which day of the firm they type now.
    #[must_use]
    pub fn typed_at(&self) -> TypedAt {
        TypedAt { today: clock::today(self.zone), locale: self.locale }
    }

    /// # Errors
    /// `Forbidden` when the role lacks the right.
    pub fn must(&self, permission: Permission) -> Result<()> {
        let Sealed = self.sealed;
        if self.role.may(permission) { Ok(()) } else { Err(Error::Forbidden) }
    }

    pub(crate) fn session(&self) -> Option<Vec<u8>> {
        self.session.clone()
    }
}
