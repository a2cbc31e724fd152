//! How many connections there may be, in all and from one network, and which one goes when there is no room: one that was opened and
//! never asked anything. It counts and decides; the accept loop in `serve` does.

use super::address::{Proxies, network};
use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// No firm this is made for has more browsers open at once, and so many fit into the memory of a small machine.
const MOST: usize = 8_192;
/// An office behind one address: some 150 people with six connections each, as browsers open them.
const MOST_OF_ONE_NETWORK: usize = 1_024;
/// What the database, the log and backups need for themselves, at least.
const FILES: u64 = 64;
/// That there is no room is in the log once in so long.
const TOLD_EVERY: Duration = Duration::from_secs(60);

/// How many connections there may be.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub in_all: usize,
    pub of_one_network: usize,
}

impl Limits {
    /// As many as the process may have files open, after raising that number as far as the system allows.
    #[must_use]
    pub fn of_this_process() -> Self {
        // Where it can't be raised, the number that almost every system has.
        Self::within(rlimit::increase_nofile_limit(2 * MOST as u64).unwrap_or(1_024))
    }

    fn within(files: u64) -> Self {
        let free = files.saturating_sub(FILES.max(files / 8));
        let in_all = usize::try_from(free).unwrap_or(MOST).clamp(16, MOST);
        Self { in_all, of_one_network: (in_all / 2).min(MOST_OF_ONE_NETWORK) }
    }
}

/// The open connections of a listener.
pub struct Connections {
    limits: Limits,
    proxies: Proxies,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    in_all: usize,
    of_network: HashMap<IpAddr, usize>,
    /// Those that have not asked anything yet, the oldest first, and how to make each go.
    silent: BTreeMap<u64, Arc<Notify>>,
    last: u64,
    told: Option<Instant>,
}

impl Connections {
    #[must_use]
    pub fn new(limits: Limits, proxies: Proxies) -> Arc<Self> {
        Arc::new(Self { limits, proxies, open: Mutex::default() })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a new connection; `None` where there is none. A proxy brings many people: only the limit in all holds for it.
    #[must_use]
    pub fn place_for(self: &Arc<Self>, peer: IpAddr) -> Option<Place> {
        let network = (!self.proxies.trusts(peer)).then(|| network(peer));
        let mut open = self.open();
        let of_network = network.and_then(|network| open.of_network.get(&network)).copied().unwrap_or(0);
        if of_network >= self.limits.of_one_network {
            open.tell(
                || tracing::warn!(%peer, connections = of_network, "too many connections from one address"),
            );
            return None;
        }
        if open.in_all >= self.limits.in_all {
            let connections = open.in_all;
            open.tell(|| tracing::warn!(connections, "too many connections"));
            let (_, oldest) = open.silent.pop_first()?;
            oldest.notify_one();
        }
        open.in_all += 1;
        if let Some(network) = network {
            *open.of_network.entry(network).or_default() += 1;
        }
        open.last += 1;
        let (nr, leave) = (open.last, Arc::new(Notify::new()));
        open.silent.insert(nr, Arc::clone(&leave));
        drop(open);
        Some(Place { among: Arc::clone(self), network, nr, leave, silent: AtomicBool::new(true) })
    }
}

impl Open {
    fn tell(&mut self, tell: impl FnOnce()) {
        if self.told.is_none_or(|told| told.elapsed() > TOLD_EVERY) {
            self.told = Some(Instant::now());
            tell();
        }
    }
}

/// A connection's place, until it is dropped.
pub struct Place {
    among: Arc<Connections>,
    network: Option<IpAddr>,
    nr: u64,
    leave: Arc<Notify>,
    silent: AtomicBool,
}

impl Place {
    /// It has sent a whole head: nobody takes its place any more.
    pub fn has_asked(&self) {
        if self.silent.swap(false, Ordering::Relaxed) {
            self.among.open().silent.remove(&self.nr);
        }
    }

    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.silent.load(Ordering::Relaxed)
    }

    /// Waits until the place is needed by another.
    pub async fn needed(&self) {
        self.leave.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.among.open();
        open.silent.remove(&self.nr);
        open.in_all = open.in_all.saturating_sub(1);
        let Some(network) = self.network else { return };
        if let Some(count) = open.of_network.get_mut(&network) {
            *count -= 1;
            if *count == 0 {
                open.of_network.remove(&network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    fn some(in_all: usize, of_one_network: usize) -> Arc<Connections> {
        Connections::new(Limits { in_all, of_one_network }, Proxies::default())
    }

    #[test]
    fn there_are_as_many_as_the_system_has_files_for() {
        assert_eq!((Limits::within(1_024).in_all, Limits::within(1_024).of_one_network), (896, 448));
        let many = Limits::within(1 << 20);
        assert_eq!((many.in_all, many.of_one_network), (MOST, MOST_OF_ONE_NETWORK));
        assert!(Limits::within(0).in_all > 0);
        assert!(Limits::of_this_process().in_all >= 16);
    }

    #[test]
    fn one_network_has_its_own_limit_and_a_proxy_has_none() {
        let connections = some(100, 2);
        let one = connections.place_for(ip("2001:db8::1"));
        let two = connections.place_for(ip("2001:db8::2"));
        assert!(one.is_some() && two.is_some());
        assert!(connections.place_for(ip("2001:db8::3")).is_none(), "the same /64");
        assert!(connections.place_for(ip("2001:db8:0:1::3")).is_some(), "another");
        drop(one);
        assert!(connections.place_for(ip("2001:db8::3")).is_some(), "one has left");
        let proxied: Vec<_> = (0..50).filter_map(|_| connections.place_for(ip("::ffff:127.0.0.1"))).collect();
        assert_eq!(proxied.len(), 50);
        drop((two, proxied));
        assert!(connections.open().of_network.is_empty(), "nothing is kept of who has left");
        assert_eq!(connections.open().in_all, 0);
    }

    #[tokio::test]
    async fn who_is_silent_makes_room_and_who_has_asked_stays() {
        let connections = some(2, 2);
        let asked = connections.place_for(ip("192.0.2.1")).expect("there is room");
        asked.has_asked();
        let silent = connections.place_for(ip("192.0.2.2")).expect("there is room");
        let newcomer = connections.place_for(ip("192.0.2.3")).expect("room is made");
        tokio::time::timeout(Duration::from_secs(5), silent.needed()).await.expect("the silent one goes");
        assert!(tokio::time::timeout(Duration::from_millis(20), asked.needed()).await.is_err());
        drop(silent);
        newcomer.has_asked();
        assert!(connections.place_for(ip("192.0.2.4")).is_none(), "everybody has asked");
    }
}
