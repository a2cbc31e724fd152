//! The position of a deal within its stage: a byte key between the keys of its neighbours (a fractional index), so that
//! a move writes one row. Pure. The order itself is `(position, id)` in the database, the same for everyone.
//!
//! Existing crates were weighed: one loses the order after some 130 moves to the top, and in all of them keys grow by a
//! byte for every 130 deals added at an end. Here the first three bytes are a counter for adding at the ends (sixteen
//! million places), and only insertions between two keys make keys longer.

/// Longer keys mean that somebody sorts a stage by hand again and again: then all its keys are made anew (`spread`).
pub const LONGEST: usize = 40;

/// The byte after the counter: the middle of its range, so that there is room on both sides.
const MIDDLE: u8 = 0x80;

/// A key between two others, or beyond the only one; `None` when there is no room (equal neighbours, or in the wrong
/// order).
#[must_use]
pub fn between(low: Option<&[u8]>, high: Option<&[u8]>) -> Option<Vec<u8>> {
    match (low, high) {
        (None, None) => Some(vec![MIDDLE]),
        (Some(low), None) => counted(count(low).checked_add(1)).or_else(|| Some([low, &[MIDDLE]].concat())),
        (None, Some(high)) => counted(count(high).checked_sub(1)).or_else(|| middle(&[], high)),
        (Some(low), Some(high)) => middle(low, high),
    }
}

/// Keys for that many deals in a row, with room around each.
pub fn spread(deals: usize) -> impl Iterator<Item = Vec<u8>> {
    let start = count(&[MIDDLE]).saturating_sub(u32::try_from(deals / 2).unwrap_or_default());
    (0..deals).map(move |nr| {
        let nr = u32::try_from(nr).unwrap_or(u32::MAX);
        counted(start.checked_add(nr)).unwrap_or_else(|| vec![0xff; 4])
    })
}

/// The counter: the first three bytes as a number.
fn count(key: &[u8]) -> u32 {
    (0..3).fold(0, |number, at| number << 8 | u32::from(key.get(at).copied().unwrap_or_default()))
}

fn counted(number: Option<u32>) -> Option<Vec<u8>> {
    let [0, high, mid, low] = number?.to_be_bytes() else { return None };
    Some(vec![high, mid, low, MIDDLE])
}

/// The shortest key between the two, in the middle of the first gap. Keys are compared as digits to the base 256; bytes
/// after the end count as 0.
fn middle(low: &[u8], high: &[u8]) -> Option<Vec<u8>> {
    let mut key = Vec::with_capacity(low.len().max(high.len()) + 1);
    let mut below_high = false;
    for at in 0.. {
        let from = u16::from(low.get(at).copied().unwrap_or_default());
        let until = if below_high { 0x100 } else { u16::from(*high.get(at)?) };
        if until < from {
            return None;
        }
        let digit = if until - from > 1 { from + (until - from) / 2 } else { from };
        key.push(u8::try_from(digit).expect("a digit between two bytes is a byte"));
        if digit > from {
            break;
        }
        below_high |= from < until;
    }
    // Every key ends with the middle byte, so that there is room right before and after it.
    key.push(MIDDLE);
    Some(key)
}

/// The key in the form in which a deal's facts hold it.
#[must_use]
pub fn to_hex(key: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    key.iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}

/// The key from a deal's facts; `None` for a text that is no key.
#[must_use]
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let digits = digits.filter(|digits| !digits.is_empty() && digits.len().is_multiple_of(2))?;
    Some(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ends_stay_short_however_many_come() {
        let mut last = between(None, None).expect("the first");
        let mut first = last.clone();
        for _ in 0..10_000 {
            let next = between(Some(&last), None).expect("room at the end");
            assert!(next > last && next.len() <= 4);
            last = next;
            let before = between(None, Some(&first)).expect("room at the top");
            assert!(before < first && before.len() <= 4);
            first = before;
        }
    }

    #[test]
    fn there_is_no_room_between_equal_or_crossed_keys() {
        assert_eq!(between(Some(&[128]), Some(&[128])), None);
        assert_eq!(between(Some(&[129]), Some(&[128])), None);
        assert_eq!(between(Some(&[128, 1]), Some(&[128])), None);
    }

    #[test]
    fn a_spread_is_in_order_and_short() {
        let keys: Vec<_> = spread(5_000).collect();
        assert!(keys.is_sorted_by(|one, next| one < next) && keys.iter().all(|key| key.len() == 4));
    }

    #[test]
    fn what_lies_at_the_very_edges_still_has_room_beyond() {
        let top = [0, 0, 0, 128];
        let before = between(None, Some(&top)).expect("room");
        assert!(before.as_slice() < top.as_slice() && before.last() != Some(&0));
        let end = [255, 255, 255, 128];
        assert!(between(Some(&end), None).expect("room").as_slice() > end.as_slice());
    }

    proptest! {
        #[test]
        fn inserting_anywhere_keeps_the_order(places in prop::collection::vec(any::<prop::sample::Index>(), 1..300)) {
            let mut keys: Vec<Vec<u8>> = Vec::new();
            for place in places {
                let at = place.index(keys.len() + 1);
                let low = at.checked_sub(1).map(|before| keys[before].as_slice());
                let key = between(low, keys.get(at).map(Vec::as_slice)).expect("room between neighbours");
                prop_assert_ne!(key.last(), Some(&0));
                keys.insert(at, key);
            }
            prop_assert!(keys.is_sorted_by(|one, next| one < next));
        }

        #[test]
        fn hex_comes_back(key in prop::collection::vec(any::<u8>(), 1..50)) {
            prop_assert_eq!(from_hex(&to_hex(&key)), Some(key));
        }
    }
}
