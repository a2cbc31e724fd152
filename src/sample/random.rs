//! A random generator that returns the same numbers for the same seed on every machine and in every version: SplitMix64
//! (Steele, Lea, Flood 2014), written here, because a library may change its numbers in a new version. Not for secrets.

use uuid::{Builder, Uuid};

#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
    /// The time in all ids, in milliseconds; ids ascend by their count.
    millis: u64,
    count: u32,
}

impl Random {
    #[must_use]
    pub fn new(seed: u64, millis: u64) -> Self {
        Self { state: seed, millis, count: 0 }
    }

    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to `end` - 1; `end` is not 0.
    pub fn below(&mut self, end: u32) -> u32 {
        // Multiply and shift: it has less bias than a remainder.
        u32::try_from(((self.bits() >> 32) * u64::from(end)) >> 32).unwrap_or_default()
    }

    pub fn between(&mut self, first: u32, last: u32) -> u32 {
        first + self.below(last - first + 1)
    }

    /// True in this many of a hundred cases.
    pub fn percent(&mut self, chance: u32) -> bool {
        self.below(100) < chance
    }

    /// One of the list, which is not empty.
    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.at(from.len())]
    }

    /// An index into a list of that length.
    pub fn at(&mut self, len: usize) -> usize {
        self.below(u32::try_from(len).unwrap_or(u32::MAX)) as usize
    }

    /// An index into a list, chosen by weights.
    pub fn weighed(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let mut left = self.below(weights.clone().sum::<u32>().max(1));
        for (at, weight) in weights.enumerate() {
            if left < weight {
                return at;
            }
            left -= weight;
        }
        0
    }

    pub fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + u8::try_from(self.below(10)).unwrap_or_default())).collect()
    }

    /// A new id: a version 7 UUID in which only the time is not from the seed.
    pub fn id(&mut self) -> Uuid {
        // The count comes before the random bits, so that ids ascend and are neighbours in an index. Four and two bits
        // of these bytes are replaced by the version and the variant.
        let count = self.count.to_be_bytes();
        self.count += 1;
        let chance = self.bits().to_be_bytes();
        let [_, high, middle, low] = count;
        let bytes = [
            high >> 4,
            high << 4 | middle >> 4,
            middle << 2 & 0x3F | low >> 6,
            low,
            chance[0],
            chance[1],
            chance[2],
            chance[3],
            chance[4],
            chance[5],
        ];
        Builder::from_unix_timestamp_millis(self.millis, &bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_the_published_ones() {
        let mut random = Random::new(1_234_567, 0);
        let first: Vec<u64> = (0..3).map(|_| random.bits()).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn ids_are_new_rise_and_come_again() {
        let ids = || {
            let mut random = Random::new(7, 1_763_800_000_000);
            (0..200_000).map(|_| random.id()).collect::<Vec<_>>()
        };
        let first = ids();
        assert!(first.is_sorted_by(|one, next| one < next));
        assert_eq!(first[..100], ids()[..100]);
        assert_eq!(first[0].get_version_num(), 7);
        assert!(Random::new(8, 1_763_800_000_000).id() != first[0]);
    }

    #[test]
    fn chance_is_fair_enough() {
        let mut random = Random::new(3, 0);
        let hits = (0..10_000).filter(|_| random.percent(30)).count();
        assert!((2_700..3_300).contains(&hits), "{hits}");
        let mut seen = [0; 3];
        (0..9_000).for_each(|_| seen[random.weighed([1, 2, 0].into_iter())] += 1);
        assert!(seen[2] == 0 && (2_700..3_300).contains(&seen[0]), "{seen:?}");
    }
}
