//! Who may change whom in the organisation: invite, change, move, deactivate, hand over, make and move groups. Pure,
//! and written once: every change of people asks here, an undo as well. Nobody gives a right or a reach that they do
//! not have, nobody promotes or deactivates themselves, an owner always remains, and the tree stays a tree.

use super::model::{Parents, above, reach};
use crate::auth::model::{Permission, Role, Sees};
use crate::error::{Error, Problem, Result};
use crate::id::{PersonId, UnitId};
use std::collections::{BTreeSet, HashMap};

/// Somebody's place in the firm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    pub role: Role,
    pub sees: Sees,
    pub active: bool,
    /// Whether they have a password. An invitation alone gives no right at all.
    pub joined: bool,
}

/// The whole organisation: its tree, and who sits on its leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Org {
    pub parents: Parents,
    pub seats: HashMap<PersonId, Seat>,
}

/// What somebody wants to do to the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Invite {
        who: PersonId,
        role: Role,
        sees: Sees,
        under: UnitId,
    },
    Change {
        who: PersonId,
        role: Role,
        sees: Sees,
        active: bool,
        under: UnitId,
    },
    /// A one-time link to set a password: to join, or for a forgotten password.
    Link {
        who: PersonId,
    },
    AddGroup {
        unit: UnitId,
        under: UnitId,
    },
    RenameGroup {
        unit: UnitId,
    },
    MoveGroup {
        unit: UnitId,
        under: UnitId,
    },
    DropGroup {
        unit: UnitId,
    },
    /// Hand over all records of one unit to another.
    HandOver {
        from: UnitId,
        to: UnitId,
    },
}

fn wrong<T>(field: &str, problem: Problem) -> Result<T> {
    Err(Error::invalid(field, problem))
}

impl Org {
    fn person(&self, unit: UnitId) -> Option<(PersonId, Seat)> {
        let who = PersonId(unit.0);
        self.seats.get(&who).map(|seat| (who, *seat))
    }

    fn parent(&self, unit: UnitId) -> Option<UnitId> {
        self.parents.get(&unit).copied().flatten()
    }

    fn is_group(&self, unit: UnitId) -> bool {
        self.parents.contains_key(&unit) && self.person(unit).is_none()
    }

    /// The units that each active person sees. Deactivated people see nothing.
    fn sights(&self) -> HashMap<PersonId, BTreeSet<UnitId>> {
        let sees = self.seats.iter().map(|(who, seat)| (*who, seat.sees)).collect();
        let mut sights: HashMap<PersonId, BTreeSet<UnitId>> = HashMap::new();
        for (who, unit) in reach(&self.parents, &sees) {
            if self.seats.get(&who).is_some_and(|seat| seat.active) {
                sights.entry(who).or_default().insert(unit);
            }
        }
        sights
    }

    /// How many owners can sign in.
    #[must_use]
    pub fn owners(&self) -> usize {
        self.seats.values().filter(|seat| seat.role == Role::Owner && seat.active && seat.joined).count()
    }

    /// Whether that person leads that unit. An owner leads everybody else and every group except the firm itself.
    /// Managers lead what they see below their own group, except other managers of that group.
    #[must_use]
    pub fn leads(&self, leader: PersonId, unit: UnitId) -> bool {
        let Some(me) = self.seats.get(&leader).filter(|me| me.active && me.joined) else { return false };
        let Some(parent) = self.parent(unit) else { return false };
        if unit == leader.into() {
            return false;
        }
        let Some(team) = self.parent(leader.into()).filter(|_| me.role != Role::Owner) else {
            return me.role == Role::Owner;
        };
        let below = match me.sees {
            Sees::Own => false,
            Sees::Team => parent == team && self.person(unit).is_some(),
            Sees::Subtree | Sees::All => above(&self.parents, unit).contains(&team),
        };
        let outranked = match self.person(unit).map(|(_, seat)| seat.role) {
            Some(Role::Owner) => false,
            Some(Role::Manager) => parent != team,
            Some(Role::Salesperson | Role::Viewer) | None => true,
        };
        me.role == Role::Manager && below && outranked
    }

    /// Whether that person may put somebody or something under that group.
    #[must_use]
    pub fn opens(&self, leader: PersonId, group: UnitId) -> bool {
        let Some(me) = self.seats.get(&leader).filter(|me| me.active && me.joined) else { return false };
        let team = self.parent(leader.into());
        self.is_group(group)
            && match (me.role, me.sees) {
                (Role::Owner, _) => true,
                (Role::Manager, Sees::Team) => Some(group) == team,
                (Role::Manager, Sees::Subtree | Sees::All) => {
                    Some(group) == team
                        || team.is_some_and(|team| above(&self.parents, group).contains(&team))
                }
                _ => false,
            }
    }

    /// The organisation after the act, if that person may do it.
    ///
    /// # Errors
    /// `NotFound` for a unit they do not see, `Forbidden` for one they do not lead, `Invalid` at the field that asks
    /// for too much.
    pub fn after(&self, actor: PersonId, act: &Act) -> Result<Self> {
        let me = self.seats.get(&actor).filter(|me| me.active && me.joined).ok_or(Error::Unauthenticated)?;
        if !me.role.may(Permission::LeadPeople) {
            return Err(Error::Forbidden);
        }
        let before = self.sights();
        let mine = before.get(&actor).cloned().unwrap_or_default();
        self.must_lead(actor, act, &mine)?;
        self.must_open(actor, act, &mine)?;
        let next = self.with(act);
        if let Act::Invite { who, role, .. } | Act::Change { who, role, .. } = *act
            && who != actor
            && !next.leads(actor, who.into())
        {
            return wrong("role", if role == Role::Owner { Problem::Beyond } else { Problem::BeyondHere });
        }
        for (who, sight) in next.sights() {
            let had = before.get(&who);
            let new =
                |unit: &UnitId| self.parents.contains_key(unit) && had.is_none_or(|had| !had.contains(unit));
            if sight.iter().any(|unit| new(unit) && !mine.contains(unit)) {
                let about =
                    matches!(*act, Act::Invite { who: one, .. } | Act::Change { who: one, .. } if one == who);
                return wrong(if about { "sees" } else { "under" }, Problem::Beyond);
            }
        }
        if next.owners() == 0 {
            return wrong("role", Problem::LastOwner);
        }
        Ok(next)
    }

    /// The unit that is changed must be seen and led.
    fn must_lead(&self, actor: PersonId, act: &Act, mine: &BTreeSet<UnitId>) -> Result<()> {
        let unit = match *act {
            Act::Invite { who, .. } if self.parents.contains_key(&who.into()) => return Err(Error::NotFound),
            Act::AddGroup { unit, .. } if self.parents.contains_key(&unit) => return Err(Error::NotFound),
            Act::Invite { .. } | Act::AddGroup { .. } => return Ok(()),
            Act::Change { who, .. } | Act::Link { who } => UnitId::from(who),
            Act::RenameGroup { unit } | Act::MoveGroup { unit, .. } | Act::DropGroup { unit } => unit,
            Act::HandOver { from, .. } => from,
        };
        if !mine.contains(&unit) {
            return Err(Error::NotFound);
        }
        let is_person = self.person(unit);
        match (*act, is_person) {
            (Act::Change { .. } | Act::Link { .. }, None) => return Err(Error::NotFound),
            (Act::RenameGroup { .. } | Act::MoveGroup { .. } | Act::DropGroup { .. }, Some(_)) => {
                return Err(Error::NotFound);
            }
            _ => {}
        }
        if unit == actor.into() {
            // Acts on oneself: an owner may move, and one's own records may be handed over; nothing else is allowed.
            let me = self.seats[&actor];
            return match *act {
                Act::HandOver { .. } => Ok(()),
                Act::Change { role, sees, active, .. }
                    if me.role == Role::Owner && (role, sees, active) == (me.role, me.sees, me.active) =>
                {
                    Ok(())
                }
                _ => Err(Error::Forbidden),
            };
        }
        if !self.leads(actor, unit) {
            return Err(Error::Forbidden);
        }
        match (*act, is_person) {
            (Act::Link { .. }, Some((who, seat))) => self.must_link(actor, who, seat, mine),
            (Act::DropGroup { .. }, _) if self.parents.values().any(|parent| *parent == Some(unit)) => {
                wrong("unit", Problem::NotEmpty)
            }
            _ => Ok(()),
        }
    }

    /// Whoever holds a link can sign in as that person. So only an owner may reset a password, and nobody may invite
    /// somebody who sees more than they do.
    fn must_link(&self, actor: PersonId, who: PersonId, seat: Seat, mine: &BTreeSet<UnitId>) -> Result<()> {
        let owner = self.seats[&actor].role == Role::Owner;
        let sight = self.sights().remove(&who).unwrap_or_default();
        if seat.active && (owner || !seat.joined && sight.is_subset(mine)) {
            Ok(())
        } else {
            Err(Error::Forbidden)
        }
    }

    /// The new place must be a group that is seen and led, and must not be below the unit itself.
    fn must_open(&self, actor: PersonId, act: &Act, mine: &BTreeSet<UnitId>) -> Result<()> {
        let (unit, under) = match *act {
            Act::Change { who, under, .. } if self.parent(who.into()) == Some(under) => return Ok(()),
            Act::Invite { who, under, .. } | Act::Change { who, under, .. } => (who.into(), under),
            Act::AddGroup { unit, under } | Act::MoveGroup { unit, under } => (unit, under),
            Act::HandOver { from, to } => {
                let gone = self.person(to).is_some_and(|(_, seat)| !seat.active);
                let fits = mine.contains(&to) && !gone && from != to;
                return if fits { Ok(()) } else { wrong("owner", Problem::Unknown) };
            }
            _ => return Ok(()),
        };
        if !mine.contains(&under) || !self.is_group(under) {
            return wrong("under", Problem::Unknown);
        }
        if !self.opens(actor, under) {
            return wrong("under", Problem::Beyond);
        }
        if under == unit || above(&self.parents, under).contains(&unit) {
            return wrong("under", Problem::Loop);
        }
        Ok(())
    }

    /// The organisation after the act, without asking who does it.
    fn with(&self, act: &Act) -> Self {
        let mut next = self.clone();
        match *act {
            Act::Invite { who, role, sees, under } => {
                next.parents.insert(who.into(), Some(under));
                next.seats.insert(who, Seat { role, sees, active: true, joined: false });
            }
            Act::Change { who, role, sees, active, under } => {
                next.parents.insert(who.into(), Some(under));
                if let Some(seat) = next.seats.get_mut(&who) {
                    *seat = Seat { role, sees, active, ..*seat };
                }
            }
            Act::AddGroup { unit, under } | Act::MoveGroup { unit, under } => {
                next.parents.insert(unit, Some(under));
            }
            Act::DropGroup { unit } => {
                next.parents.remove(&unit);
            }
            Act::Link { .. } | Act::RenameGroup { .. } | Act::HandOver { .. } => {}
        }
        next
    }

    /// The roles and reaches that one may give under some group, for the choices of a form.
    #[must_use]
    pub fn may_seat(
        &self,
        actor: PersonId,
        who: Option<PersonId>,
        role: Role,
        sees: Sees,
        under: UnitId,
    ) -> bool {
        let act = match who {
            Some(who) => {
                let active = self.seats.get(&who).is_none_or(|seat| seat.active);
                Act::Change { who, role, sees, active, under }
            }
            None => Act::Invite { who: PersonId(uuid::Uuid::nil()), role, sees, under },
        };
        self.after(actor, &act).is_ok()
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
