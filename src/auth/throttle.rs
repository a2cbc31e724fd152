//! Limits guessing: ten tries a minute for each secret that can be guessed, thirty a minute for each network of a
//! stranger, for known and unknown addresses alike. It keeps only hashes, and so few that they take a few MiB. Whether
//! a guess is right is not decided here.

use crate::error::{Error, Result};
use crate::id::PersonId;
use crate::server::address::network;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::net::IpAddr;
use std::num::NonZeroU32;

/// What somebody tries to guess. Each has a limit of its own, so that using up one does not lock another.
#[derive(Clone, Copy, Debug, Hash)]
pub enum Guess<'t> {
    /// That person's password, guessed at the sign-in from an unknown device.
    SignIn(PersonId),
    /// The password for an e-mail address that nobody has.
    Nobody(&'t str),
    /// That person's password, guessed at the sign-in from a known device.
    KnownDevice(PersonId, &'t str),
    /// The current password, asked of somebody who is signed in as that person.
    Current(PersonId),
    /// A one-time link.
    Link(&'t str),
}

pub struct Throttle {
    guesses: DefaultKeyedRateLimiter<u32>,
    networks: DefaultKeyedRateLimiter<u32>,
    secret: RandomState,
}

const A_MINUTE_FOR_A_GUESS: NonZeroU32 = NonZeroU32::new(10).expect("ten is not zero");
const A_MINUTE_FOR_A_NETWORK: NonZeroU32 = NonZeroU32::new(30).expect("thirty is not zero");
/// How many different hash values there are. Two secrets with the same value share a limit; because of the random key
/// of the hash nobody can find or choose such a pair.
const KEYS: u32 = 1 << 17;

impl Default for Throttle {
    fn default() -> Self {
        Self {
            guesses: RateLimiter::keyed(Quota::per_minute(A_MINUTE_FOR_A_GUESS)),
            networks: RateLimiter::keyed(Quota::per_minute(A_MINUTE_FOR_A_NETWORK)),
            secret: RandomState::new(),
        }
    }
}

impl Throttle {
    /// Counts one try; for a stranger also for their network.
    ///
    /// # Errors
    /// `TooMany` with the seconds to wait.
    pub fn count(&self, guess: Guess, stranger: Option<IpAddr>) -> Result<()> {
        let for_network =
            stranger.map_or(Ok(()), |address| self.networks.check_key(&self.key(network(address))));
        for_network.and_then(|()| self.guesses.check_key(&self.key(guess))).map_err(|wait| Error::TooMany {
            seconds: wait.wait_time_from(DefaultClock::default().now()).as_secs() + 1,
        })
    }

    fn key(&self, of: impl Hash) -> u32 {
        u32::try_from(self.secret.hash_one(of) % u64::from(KEYS)).unwrap_or_default()
    }

    /// Frees the memory of everybody who has all tries again.
    pub fn forget(&self) {
        for limiter in [&self.guesses, &self.networks] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    /// How many of a hundred tries go through.
    fn through(tries: impl Fn(u32) -> Result<()>) -> usize {
        (0..100).filter(|nr| tries(*nr).is_ok()).count()
    }

    #[test]
    fn a_network_is_counted_however_its_addresses_are_written() {
        let throttle = Throttle::default();
        let email = |nr: u32| format!("{nr}@deneme.example");
        let guess = |nr: u32, from: String| throttle.count(Guess::Nobody(&email(nr)), Some(ip(&from)));
        assert_eq!(through(|nr| guess(nr, format!("2001:db8::{nr:x}:1"))), 30, "one /64");
        assert_eq!(through(|nr| guess(nr, format!("2001:db8:0:{:x}::1", nr + 1))), 100, "many");
        let both = |nr: u32| {
            if nr.is_multiple_of(2) { "203.0.113.7".into() } else { "::ffff:203.0.113.7".to_owned() }
        };
        assert_eq!(through(|nr| guess(nr, both(nr))), 30);
    }

    #[test]
    fn nobody_uses_up_what_is_anothers() {
        let (throttle, person) = (Throttle::default(), PersonId(uuid::Uuid::now_v7()));
        let all = [
            Guess::SignIn(person),
            Guess::KnownDevice(person, "desk"),
            Guess::KnownDevice(person, "phone"),
            Guess::Current(person),
            Guess::Current(PersonId(uuid::Uuid::now_v7())),
            Guess::Link("desk"),
        ];
        for guess in all {
            assert_eq!(through(|_| throttle.count(guess, None)), 10, "{guess:?}");
        }
    }

    #[test]
    fn what_is_kept_has_an_end_and_is_given_back() {
        let throttle = Throttle::default();
        for nr in 0..300_000_u32 {
            let _ = throttle.count(Guess::Nobody(&nr.to_string()), Some(IpAddr::from(nr.to_be_bytes())));
        }
        assert!(throttle.guesses.len().max(throttle.networks.len()) <= KEYS as usize);
        // Thirty a minute: after a single try and four seconds, all tries are there again.
        let throttle = Throttle::default();
        assert!(throttle.count(Guess::Link("x"), Some(ip("192.0.2.1"))).is_ok());
        throttle.forget();
        assert_eq!(throttle.networks.len(), 1, "still counted");
        std::thread::sleep(Duration::from_millis(4_200));
        throttle.forget();
        assert_eq!(throttle.networks.len(), 0);
    }
}
