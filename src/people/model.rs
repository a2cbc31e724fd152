//! The organisation tree and who sees what in it. Pure.
//!
//! Every record hangs on a unit. A record on a person's leaf is theirs; a record on a group is shared by everyone below
//! that group.
//!
//! Every record hangs on a unit. On a person's leaf it is theirs; on a group it is common property of everyone under
//! that group.

use crate::auth::model::{Role, Sees};
use crate::i18n::{Currency, Locale};
use crate::id::{EventId, PersonId, UnitId};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// A node of the tree for showing it: groups and people, in order, with their depth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeNode {
    pub id: UnitId,
    pub under: Option<UnitId>,
    pub name: String,
    pub depth: u8,
    /// Whether the person asking may change, move and delete it.
    pub led: bool,
    /// Whether the person asking may put something under it.
    pub open: bool,
    /// `None` for a group.
    pub person: Option<TreePerson>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreePerson {
    pub role: Role,
    pub sees: Sees,
    pub email: Option<String>,
    pub active: bool,
    /// Whether they have a password, and so can sign in.
    pub joined: bool,
    /// Whether they have a link to join that still works.
    pub invited: bool,
}

/// Everything about a person that somebody can change; events compare and restore exactly this. Never the password or
/// its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFacts {
    pub name: String,
    pub email: Option<String>,
    pub role: Role,
    pub sees: Sees,
    pub active: bool,
    pub under_id: UnitId,
    pub language: Option<Locale>,
}

/// Everything about a group that somebody can change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupFacts {
    pub name: String,
    pub under_id: UnitId,
    pub deleted: bool,
}

/// Everything about the firm that its owner can change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct FirmProfile {
    pub name: String,
    pub language: Locale,
    pub currency: Currency,
    pub time_zone: String,
}

/// A person's page, as shown to somebody who leads them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonCard {
    pub id: PersonId,
    pub version: i64,
    pub facts: PersonFacts,
    /// Whether they have a password.
    pub joined: bool,
    /// When their present link expires, on the firm's wall clock.
    pub link_until: Option<NaiveDateTime>,
    pub seen_at: Option<NaiveDateTime>,
    /// Whether the person asking may change this one. Making a link for a new password needs more (`may_link`).
    pub led: bool,
    pub may_link: bool,
    /// How many records of each kind hang on them.
    pub customers: i64,
    pub deals: i64,
    pub tasks: i64,
    /// Records of the firm's own kinds.
    pub others: i64,
    pub choices: SeatChoices,
}

/// What the person asking can choose for somebody: the roles, reaches and groups that they may give.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatChoices {
    pub roles: Vec<Role>,
    pub sees: Vec<Sees>,
    pub groups: Vec<OwnerChoice>,
    /// The people who can take over somebody's records.
    pub heirs: Vec<OwnerChoice>,
}

/// The result of inviting somebody. Their link is shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    pub person: PersonId,
    /// The path of the link on this server.
    pub link: String,
}

/// The result of handing records over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed {
    pub records: usize,
    /// The event by which undo takes all of it back.
    pub event: EventId,
}

/// A person or group that a record can be given to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct OwnerChoice {
    pub id: UnitId,
    pub name: String,
    /// Whether their account is deactivated: then offered only where they are the owner already.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", sqlx(default))]
    pub gone: bool,
}

impl OwnerChoice {
    /// The name as shown in a list of choices.
    #[must_use]
    pub fn label(&self, locale: Locale) -> String {
        if self.gone { (locale.text().common.who_left)(&self.name) } else { self.name.clone() }
    }
}

/// The tree: each unit and the unit above it.
pub type Parents = HashMap<UnitId, Option<UnitId>>;

/// The units above, nearest first. Stops at a loop, which the database should never hold.
#[must_use]
pub fn above(parents: &Parents, unit: UnitId) -> Vec<UnitId> {
    let mut seen = Vec::new();
    let mut at = parents.get(&unit).copied().flatten();
    while let Some(unit) = at.filter(|unit| !seen.contains(unit)) {
        seen.push(unit);
        at = parents.get(&unit).copied().flatten();
    }
    seen
}

/// Which units' records each person sees: their own, those of the groups above them, and according to their `Sees` the
/// people of their team, everything under their group, or everything.
#[must_use]
pub fn reach(parents: &Parents, people: &HashMap<PersonId, Sees>) -> BTreeSet<(PersonId, UnitId)> {
    let mut children: HashMap<UnitId, Vec<UnitId>> = HashMap::new();
    for (&unit, &parent) in parents {
        if let Some(parent) = parent {
            children.entry(parent).or_default().push(unit);
        }
    }
    let mut pairs = BTreeSet::new();
    for (&person, &sees) in people {
        let leaf = UnitId::from(person);
        let groups = above(parents, leaf);
        let beside = |team: &UnitId| children.get(team).map(Vec::as_slice).unwrap_or_default();
        let in_view = match (sees, groups.first()) {
            (Sees::All, _) => parents.keys().copied().collect(),
            (Sees::Own, _) | (_, None) => Vec::new(),
            (Sees::Team, Some(team)) => {
                beside(team).iter().copied().filter(|unit| people.contains_key(&PersonId(unit.0))).collect()
            }
            (Sees::Subtree, Some(team)) => below(&children, *team),
        };
        let all = groups.into_iter().chain(in_view).chain([leaf]);
        pairs.extend(all.map(|unit| (person, unit)));
    }
    pairs
}

/// Everything under a group. A loop, which the database should never hold, is followed only once.
fn below(children: &HashMap<UnitId, Vec<UnitId>>, group: UnitId) -> Vec<UnitId> {
    let mut seen = BTreeSet::from([group]);
    let mut found = vec![group];
    let mut at = 0;
    while let Some(unit) = found.get(at) {
        let deeper = children.get(unit).map(Vec::as_slice).unwrap_or_default();
        found.extend(deeper.iter().copied().filter(|unit| seen.insert(*unit)));
        at += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn unit(nr: u128) -> UnitId {
        UnitId(Uuid::from_u128(nr))
    }

    fn person(nr: u128) -> PersonId {
        PersonId(Uuid::from_u128(nr))
    }

    /// firm 1 ─ office 2 (team 4: people 41 42; team 5: person 51), office 3 (team 6: person 61)
    fn firm() -> Parents {
        let edges = [(1, 0), (2, 1), (3, 1), (4, 2), (5, 2), (6, 3), (41, 4), (42, 4), (51, 5), (61, 6)];
        edges.map(|(child, parent)| (unit(child), (parent != 0).then(|| unit(parent)))).into()
    }

    fn seen_by(who: u128, sees: Sees) -> Vec<u128> {
        let people = [41, 42, 51, 61].map(|nr| (person(nr), if nr == who { sees } else { Sees::Own })).into();
        let pairs = reach(&firm(), &people);
        pairs
            .into_iter()
            .filter(|(viewer, _)| *viewer == person(who))
            .map(|(_, unit)| unit.0.as_u128())
            .collect()
    }

    #[test]
    fn own_is_oneself_and_the_common_property_above() {
        assert_eq!(seen_by(41, Sees::Own), [1, 2, 4, 41]);
    }

    #[test]
    fn team_adds_the_people_beside() {
        assert_eq!(seen_by(41, Sees::Team), [1, 2, 4, 41, 42]);
        assert_eq!(seen_by(51, Sees::Team), [1, 2, 5, 51]);
    }

    #[test]
    fn subtree_adds_everything_under_the_own_group_and_nothing_beside() {
        assert_eq!(seen_by(41, Sees::Subtree), [1, 2, 4, 41, 42]);
        let mut parents = firm();
        parents.insert(unit(41), Some(unit(2)));
        let pairs = reach(
            &parents,
            &[(person(41), Sees::Subtree), (person(42), Sees::Own), (person(51), Sees::Own)].into(),
        );
        let seen: Vec<_> =
            pairs.into_iter().filter(|(who, _)| *who == person(41)).map(|(_, u)| u.0.as_u128()).collect();
        assert_eq!(seen, [1, 2, 4, 5, 41, 42, 51]);
    }

    #[test]
    fn all_is_all() {
        assert_eq!(seen_by(61, Sees::All).len(), firm().len());
    }
}
