//! The actor: the person on whose behalf something is done. Only `auth` can make one, from a session or as the owner
//! who uses the command line; without an actor no SQL can be run.

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
    /// The firm's time zone, for dates that people see.
    pub zone: Tz,
    /// The firm's currency, for amounts typed without one.
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

    /// The language in which they type now, and the firm's date: what the meaning of typed text depends on.
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
