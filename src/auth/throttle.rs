//! Slows guessing: ten tries a minute for one e-mail address and thirty for one network address, known or unknown alike. It keeps no
//! secrets and forgets quiet keys.

use crate::error::{Error, Result};
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::net::IpAddr;
use std::num::NonZeroU32;

pub struct Throttle {
    by_email: DefaultKeyedRateLimiter<String>,
    by_address: DefaultKeyedRateLimiter<IpAddr>,
}

const A_MINUTE_FOR_AN_EMAIL: NonZeroU32 = NonZeroU32::new(10).expect("ten is not zero");
const A_MINUTE_FOR_AN_ADDRESS: NonZeroU32 = NonZeroU32::new(30).expect("thirty is not zero");
/// Above this many keys the quiet ones are thrown out.
const MANY_KEYS: usize = 10_000;

impl Default for Throttle {
    fn default() -> Self {
        Self {
            by_email: RateLimiter::keyed(Quota::per_minute(A_MINUTE_FOR_AN_EMAIL)),
            by_address: RateLimiter::keyed(Quota::per_minute(A_MINUTE_FOR_AN_ADDRESS)),
        }
    }
}

impl Throttle {
    /// Counts one try.
    ///
    /// # Errors
    /// `TooMany` with the seconds to wait.
    pub fn count(&self, email: &str, address: Option<IpAddr>) -> Result<()> {
        if self.by_email.len() > MANY_KEYS {
            self.by_email.retain_recent();
            self.by_address.retain_recent();
        }
        let by_address = address.map_or(Ok(()), |address| self.by_address.check_key(&address));
        let key: String = email.trim().to_lowercase().chars().take(320).collect();
        by_address.and_then(|()| self.by_email.check_key(&key)).map_err(|wait| Error::TooMany {
            seconds: wait.wait_time_from(DefaultClock::default().now()).as_secs() + 1,
        })
    }
}
