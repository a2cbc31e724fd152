//! The person asking. Only `auth` can make one, and only from a session or from the command line's owner; without one there is no SQL.

use super::model::{Permission, Role};
use crate::error::{Error, Result};
use crate::i18n::Currency;
use crate::id::{PersonId, UnitId};
use crate::server::db::Tx;
use crate::server::sql::Sql;
use chrono_tz::Tz;

#[derive(Clone, Debug)]
pub struct Actor {
    pub id: PersonId,
    pub role: Role,
    /// The firm's time zone, for dates people see.
    pub zone: Tz,
    /// The firm's currency, where none was typed.
    pub currency: Currency,
    /// The hash of the session they came with; `None` at the command line.
    session: Option<Vec<u8>>,
    sealed: Sealed,
}

#[derive(Clone, Debug)]
struct Sealed;

impl Actor {
    pub(super) fn new(id: PersonId, role: Role, zone: Tz, currency: Currency) -> Self {
        Self { id, role, zone, currency, session: None, sealed: Sealed }
    }

    pub(super) fn in_session(self, hash: Vec<u8>) -> Self {
        Self { session: Some(hash), ..self }
    }

    /// The leaf of the organisation tree that is this person.
    #[must_use]
    pub fn unit(&self) -> UnitId {
        self.id.into()
    }

    /// # Errors
    /// `Forbidden` when the role lacks the right.
    pub fn must(&self, permission: Permission) -> Result<()> {
        let Sealed = self.sealed;
        if self.role.may(permission) { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// Asks once more, in the transaction that is going to write: a request can take long to arrive, and rights end at once.
    ///
    /// # Errors
    /// `Unauthenticated` when the session has ended, the person was deactivated or has another role by now.
    pub async fn still_stands(tx: &mut Tx) -> Result<()> {
        let (role, session) = (tx.actor().role, tx.actor().session.clone());
        let sql = Sql::new("SELECT role FROM people WHERE id = $1 AND active").when(
            session.is_some(),
            "AND EXISTS (SELECT 1 FROM sessions WHERE token_hash = $2 AND person_id = $1)",
        );
        let query = tx.query(sql);
        let now: Option<(Role,)> = match session {
            Some(hash) => query.bind(hash).optional().await?,
            None => query.optional().await?,
        };
        if now == Some((role,)) { Ok(()) } else { Err(Error::Unauthenticated) }
    }
}
