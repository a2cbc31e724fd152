//! The organisation tree and who sees what in it. Pure.
//!
//! Every record hangs on a unit. On a person's leaf it is theirs; on a group it is common property of everyone under that group.

use crate::auth::model::{Role, Sees};
use crate::id::{PersonId, UnitId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// A node of the tree as it is drawn: groups and people, in order, with their depth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeNode {
    pub id: UnitId,
    pub name: String,
    pub depth: u8,
    /// `None` for a group.
    pub person: Option<PersonFacts>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFacts {
    pub role: Role,
    pub sees: Sees,
    pub email: Option<String>,
    pub active: bool,
}

/// Somebody or some group a record can be given to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::FromRow))]
pub struct OwnerChoice {
    pub id: UnitId,
    pub name: String,
}

/// A tree of parents: each unit and the unit above it.
pub type Parents = HashMap<UnitId, Option<UnitId>>;

/// The units above, nearest first. A loop, which the database should never hold, ends the walk.
fn above(parents: &Parents, unit: UnitId) -> Vec<UnitId> {
    let mut seen = Vec::new();
    let mut at = parents.get(&unit).copied().flatten();
    while let Some(unit) = at.filter(|unit| !seen.contains(unit)) {
        seen.push(unit);
        at = parents.get(&unit).copied().flatten();
    }
    seen
}

/// Whose records each person sees: their own, what hangs on the groups above them, and by their reach their team's people, everything
/// under their group, or all.
#[must_use]
pub fn reach(parents: &Parents, people: &HashMap<PersonId, Sees>) -> BTreeSet<(PersonId, UnitId)> {
    let mut pairs = BTreeSet::new();
    for (&person, &sees) in people {
        let leaf = UnitId::from(person);
        let groups = above(parents, leaf);
        let team = groups.first().copied();
        pairs.insert((person, leaf));
        pairs.extend(groups.iter().map(|&unit| (person, unit)));
        let in_view = |unit: UnitId| match sees {
            Sees::Own => false,
            Sees::Team => {
                people.contains_key(&PersonId(unit.0)) && parents.get(&unit).copied().flatten() == team
            }
            Sees::Subtree => team.is_some_and(|team| above(parents, unit).contains(&team)),
            Sees::All => true,
        };
        pairs.extend(parents.keys().filter(|&&unit| in_view(unit)).map(|&unit| (person, unit)));
    }
    pairs
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
