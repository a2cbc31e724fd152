//! Tests of the organisation's rules: what each person may do, and what never happens, whatever people try in whatever
//! order.

use super::*;
use proptest::prelude::*;
use uuid::Uuid;

fn unit(nr: u128) -> UnitId {
    UnitId(Uuid::from_u128(nr))
}

fn person(nr: u128) -> PersonId {
    PersonId(Uuid::from_u128(nr))
}

fn seat(role: Role, sees: Sees) -> Seat {
    Seat { role, sees, active: true, joined: true }
}

const OWNER: u128 = 10;
const MANAGER: u128 = 21;
const SELLER: u128 = 22;
const BELOW: u128 = 31;
const OTHER: u128 = 41;

/// firm 1 ─ owner 10; İzmir 2 ─ manager 21, seller 22; under İzmir: field 3 ─ 31; Ankara 4 ─ 41
fn firm() -> Org {
    let edges = [(1, 0), (2, 1), (3, 2), (4, 1), (10, 1), (21, 2), (22, 2), (31, 3), (41, 4)];
    let parents = edges.map(|(child, parent)| (unit(child), (parent != 0).then(|| unit(parent)))).into();
    let seats = [
        (OWNER, seat(Role::Owner, Sees::All)),
        (MANAGER, seat(Role::Manager, Sees::Subtree)),
        (SELLER, seat(Role::Salesperson, Sees::Own)),
        (BELOW, seat(Role::Manager, Sees::Subtree)),
        (OTHER, seat(Role::Salesperson, Sees::Own)),
    ];
    Org { parents, seats: seats.map(|(nr, seat)| (person(nr), seat)).into() }
}

fn change(who: u128, role: Role, sees: Sees, active: bool, under: u128) -> Act {
    Act::Change { who: person(who), role, sees, active, under: unit(under) }
}

fn invite(role: Role, sees: Sees, under: u128) -> Act {
    Act::Invite { who: person(99), role, sees, under: unit(under) }
}

fn refused(act: Act, by: u128) -> Error {
    firm().after(person(by), &act).expect_err("this is refused")
}

fn at(field: &str, problem: Problem) -> Error {
    Error::invalid(field, problem)
}

#[test]
fn a_manager_leads_below_his_group_and_no_one_beside() {
    let firm = firm();
    let led = |nr| firm.leads(person(MANAGER), unit(nr));
    assert_eq!([22, 31, 3].map(led), [true; 3]);
    assert_eq!([1, 2, 4, 10, 21, 41].map(led), [false; 6]);
    for act in [
        invite(Role::Salesperson, Sees::Own, 2),
        invite(Role::Manager, Sees::Subtree, 3),
        change(SELLER, Role::Salesperson, Sees::Team, true, 3),
        change(BELOW, Role::Manager, Sees::Subtree, false, 3),
        Act::MoveGroup { unit: unit(3), under: unit(2) },
        Act::HandOver { from: unit(SELLER), to: unit(BELOW) },
    ] {
        assert!(firm.after(person(MANAGER), &act).is_ok(), "{act:?}");
    }
}

#[test]
fn nobody_gives_what_they_lack_or_changes_whom_they_do_not_lead() {
    assert_eq!(refused(invite(Role::Owner, Sees::All, 3), MANAGER), at("role", Problem::Beyond));
    assert_eq!(refused(invite(Role::Manager, Sees::Subtree, 2), MANAGER), at("role", Problem::BeyondHere));
    assert_eq!(refused(invite(Role::Viewer, Sees::All, 2), MANAGER), at("sees", Problem::Beyond));
    assert_eq!(refused(invite(Role::Viewer, Sees::Own, 1), MANAGER), at("under", Problem::Beyond));
    assert_eq!(refused(invite(Role::Viewer, Sees::Own, 4), MANAGER), at("under", Problem::Unknown));
    assert_eq!(refused(change(OTHER, Role::Viewer, Sees::Own, true, 4), MANAGER), Error::NotFound);
    assert_eq!(refused(change(OWNER, Role::Viewer, Sees::Own, true, 1), MANAGER), Error::NotFound);
    assert_eq!(refused(Act::RenameGroup { unit: unit(2) }, MANAGER), Error::Forbidden);
    assert_eq!(refused(invite(Role::Viewer, Sees::Own, 2), SELLER), Error::Forbidden);
    assert_eq!(
        refused(Act::HandOver { from: unit(SELLER), to: unit(OTHER) }, MANAGER),
        at("owner", Problem::Unknown)
    );
}

#[test]
fn nobody_lifts_or_ends_themselves() {
    assert_eq!(refused(change(OWNER, Role::Owner, Sees::All, false, 1), OWNER), Error::Forbidden);
    assert_eq!(refused(change(MANAGER, Role::Owner, Sees::All, true, 2), MANAGER), Error::Forbidden);
    assert!(
        firm().after(person(OWNER), &change(OWNER, Role::Owner, Sees::All, true, 2)).is_ok(),
        "sits elsewhere"
    );
    assert_eq!(refused(Act::Link { who: person(OWNER) }, OWNER), Error::Forbidden);
}

#[test]
fn a_new_password_is_the_owners_to_give() {
    assert_eq!(refused(Act::Link { who: person(SELLER) }, MANAGER), Error::Forbidden);
    assert!(firm().after(person(OWNER), &Act::Link { who: person(SELLER) }).is_ok());
    let mut firm = firm();
    firm.seats.insert(person(SELLER), Seat { joined: false, ..seat(Role::Salesperson, Sees::Own) });
    assert!(firm.after(person(MANAGER), &Act::Link { who: person(SELLER) }).is_ok(), "an invitation again");
    firm.seats.insert(person(SELLER), Seat { joined: false, ..seat(Role::Salesperson, Sees::All) });
    assert!(
        firm.after(person(MANAGER), &Act::Link { who: person(SELLER) }).is_err(),
        "who sees more than he"
    );
}

#[test]
fn the_tree_stays_a_tree() {
    assert_eq!(refused(Act::MoveGroup { unit: unit(2), under: unit(3) }, OWNER), at("under", Problem::Loop));
    assert_eq!(refused(Act::MoveGroup { unit: unit(2), under: unit(2) }, OWNER), at("under", Problem::Loop));
    assert_eq!(refused(Act::MoveGroup { unit: unit(1), under: unit(2) }, OWNER), Error::Forbidden);
    assert_eq!(
        refused(Act::MoveGroup { unit: unit(2), under: unit(41) }, OWNER),
        at("under", Problem::Unknown)
    );
    assert_eq!(refused(Act::DropGroup { unit: unit(4) }, OWNER), at("unit", Problem::NotEmpty));
    assert_eq!(refused(Act::DropGroup { unit: unit(1) }, OWNER), Error::Forbidden);
}

/// Something that somebody tries, as small numbers that are mapped to the people and units present at that time.
fn tries() -> impl Strategy<Value = (u8, u8, u8, u8, u8, u8, bool)> {
    (any::<u8>(), 0..9_u8, any::<u8>(), any::<u8>(), 0..4_u8, 0..4_u8, any::<bool>())
}

fn picked<T: Copy + Ord>(all: impl Iterator<Item = T>, nr: u8) -> T {
    let mut all: Vec<T> = all.collect();
    all.sort_unstable();
    all[usize::from(nr) % all.len()]
}

/// What must be true of every organisation, written without using the rules.
fn is_sound(org: &Org) -> Result<(), TestCaseError> {
    prop_assert!(
        org.seats.values().any(|seat| seat.role == Role::Owner && seat.active && seat.joined),
        "an owner"
    );
    prop_assert_eq!(org.parents.values().filter(|parent| parent.is_none()).count(), 1, "one root");
    for (&child, &parent) in &org.parents {
        let mut at = parent;
        for _ in 0..org.parents.len() {
            prop_assert!(at != Some(child), "no loop");
            at = at.and_then(|unit| org.parents[&unit]);
        }
        prop_assert_eq!(at, None, "everything hangs on the root");
        prop_assert!(
            parent.is_none_or(|parent| !org.seats.contains_key(&PersonId(parent.0))),
            "nothing hangs on people"
        );
    }
    Ok(())
}

const RIGHTS: [Permission; 5] = [
    Permission::Sell,
    Permission::HandOver,
    Permission::OwnAccount,
    Permission::LeadPeople,
    Permission::Administer,
];

/// Compares what the act gave to anybody with what its author had.
fn gave_only_what_they_had(before: &Org, after: &Org, actor: PersonId) -> Result<(), TestCaseError> {
    let me = before.seats[&actor];
    prop_assert!(me.active && me.joined, "who was deactivated or only invited does nothing");
    prop_assert_eq!(after.seats[&actor], me, "nobody changes their own standing");
    let (old, new) = (before.sights(), after.sights());
    let mine = &old[&actor];
    for (who, sight) in &new {
        let had = old.get(who).cloned().unwrap_or_default();
        let gained = sight.difference(&had).filter(|unit| before.parents.contains_key(unit));
        prop_assert!(gained.copied().all(|unit| mine.contains(&unit)), "{who} sees what {actor} did not");
    }
    for (who, seat) in &after.seats {
        let was = before.seats.get(who).filter(|seat| seat.active);
        for right in RIGHTS {
            let gained = seat.active && seat.role.may(right) && !was.is_some_and(|was| was.role.may(right));
            prop_assert!(!gained || me.role.may(right), "{who} may {right:?} what {actor} may not");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_people_try_nobody_is_lifted_and_nobody_locked_out(tried in prop::collection::vec(tries(), 1..25)) {
        let mut org = firm();
        let roles = Role::ALL;
        let sights = [Sees::Own, Sees::Team, Sees::Subtree, Sees::All];
        for (nr, (actor, kind, one, other, role, sees, active)) in (1_000..).zip(tried) {
            let actor = picked(org.seats.keys().copied(), actor);
            let who = picked(org.seats.keys().copied(), one);
            let some = picked(org.parents.keys().copied(), one);
            let under = picked(org.parents.keys().copied(), other);
            let (role, sees) = (roles[usize::from(role)], sights[usize::from(sees)]);
            let act = match kind {
                0 => Act::Invite { who: person(nr), role, sees, under },
                1 | 2 => Act::Change { who, role, sees, active, under },
                3 => Act::Link { who },
                4 => Act::AddGroup { unit: unit(nr), under },
                5 => Act::MoveGroup { unit: some, under },
                6 => Act::DropGroup { unit: some },
                7 => Act::HandOver { from: some, to: under },
                _ => {
                    // Invited people join by setting a password; deactivated ones have no link.
                    if let Some(seat) = org.seats.get_mut(&who).filter(|seat| seat.active) {
                        seat.joined = true;
                    }
                    continue;
                }
            };
            if let Ok(next) = org.after(actor, &act) {
                gave_only_what_they_had(&org, &next, actor)?;
                is_sound(&next)?;
                org = next;
            }
        }
    }
}
