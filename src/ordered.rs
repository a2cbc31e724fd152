//! Things that the firm's owner puts in order: where a new one stands, and where one that is moved. Each holds its
//! place as a fractional index in hex. Pure but for the fault it reports; who may move what is asked in the rooms.

use crate::deals::position;
use crate::error::{Error, Result};
use crate::server::failure::our_fault;

/// One of several that stand in an order.
pub trait Ordered {
    type Id: PartialEq + Copy;
    fn id(&self) -> Self::Id;
    /// In hex.
    fn position(&self) -> &str;
}

/// A place between two; behind all, or before all, where one of them is missing.
///
/// # Errors
/// `Internal` where both have one place.
fn between<T: Ordered>(before: Option<&T>, after: Option<&T>) -> Result<String> {
    let bytes = |one: &T| position::from_hex(one.position());
    let (before, after) = (before.and_then(bytes), after.and_then(bytes));
    let place = position::between(before.as_deref(), after.as_deref());
    place.map(|place| position::to_hex(&place)).ok_or_else(|| our_fault(&"there is no place between"))
}

/// The place behind all of them.
///
/// # Errors
/// `Internal` only.
pub fn at_the_end<T: Ordered>(all: &[T]) -> Result<String> {
    between(all.last(), None)
}

/// The place behind another one, or before all; `None` where it stands there. `all` are in their order.
///
/// # Errors
/// `NotFound` for another one that is not among them.
pub fn behind<T: Ordered>(all: &[T], id: T::Id, other: Option<T::Id>) -> Result<Option<String>> {
    let stood = all.iter().position(|one| one.id() == id).unwrap_or_default();
    let others: Vec<&T> = all.iter().filter(|one| one.id() != id).collect();
    let at = match other {
        None => 0,
        Some(other) => others.iter().position(|one| one.id() == other).ok_or(Error::NotFound)? + 1,
    };
    if at == stood {
        return Ok(None);
    }
    let before = at.checked_sub(1).and_then(|before| others.get(before));
    between(before.copied(), others.get(at).copied()).map(Some)
}

/// That place, or the next one behind it where another one has it. `all` are in their order.
///
/// # Errors
/// `Internal` only.
pub fn free<T: Ordered>(all: &[T], id: T::Id, wanted: &str) -> Result<String> {
    let others: Vec<&T> = all.iter().filter(|one| one.id() != id).collect();
    match others.iter().rposition(|one| one.position() == wanted) {
        None => Ok(wanted.to_owned()),
        Some(at) => between(others.get(at).copied(), others.get(at + 1).copied()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct One(u8, String);

    impl Ordered for One {
        type Id = u8;
        fn id(&self) -> u8 {
            self.0
        }
        fn position(&self) -> &str {
            &self.1
        }
    }

    fn three() -> Vec<One> {
        let mut all: Vec<One> = Vec::new();
        for id in 1..=3 {
            let place = at_the_end(&all).expect("a place");
            all.push(One(id, place));
        }
        all
    }

    fn order(mut all: Vec<One>, (id, place): (u8, String)) -> Vec<u8> {
        all.retain(|one| one.0 != id);
        all.push(One(id, place));
        all.sort_by(|one, other| one.1.cmp(&other.1));
        all.into_iter().map(|one| one.0).collect()
    }

    #[test]
    fn each_can_be_put_behind_any_other() {
        for (id, other, wanted) in
            [(1, Some(2), [2, 1, 3]), (1, Some(3), [2, 3, 1]), (3, None, [3, 1, 2]), (3, Some(1), [1, 3, 2])]
        {
            let place = behind(&three(), id, other).expect("there").expect("elsewhere");
            assert_eq!(order(three(), (id, place)), wanted, "{id} behind {other:?}");
        }
        assert_eq!(behind(&three(), 2, Some(1)).expect("there"), None);
        assert_eq!(behind(&three(), 2, Some(9)), Err(Error::NotFound));
    }

    #[test]
    fn a_place_that_is_taken_becomes_the_next_one() {
        let all = three();
        let taken = all[1].1.clone();
        let place = free(&all, 9, &taken).expect("a place");
        assert_eq!(order(three(), (9, place)), [1, 2, 9, 3]);
        assert_eq!(free(&all, 2, &taken).expect("its own"), taken);
    }
}
