//! Limits the open connections, in all and from one network, and chooses which one is closed when there is no room:
//! first one that never sent a request, else the one idle for longest. It counts and decides; opening and closing is
//! done by the accept loop in `serve`.

use super::address::{Proxies, network};
use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// No firm that this program is made for has more browsers open at once, and a small machine has the memory for so
/// many.
const MOST: usize = 8_192;
/// An office behind one address: some 150 people with six connections each, as browsers open them.
const MOST_OF_ONE_NETWORK: usize = 1_024;
/// The fewest file handles to keep free for the database, the log and backups.
const FILES: u64 = 64;
const PATIENCE: Duration = Duration::from_secs(30);
/// A refused connection is logged at most once in this time.
const TOLD_EVERY: Duration = Duration::from_secs(60);

/// How many connections there may be.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub in_all: usize,
    pub of_one_network: usize,
    /// A peer that reads nothing of an answer for this long is taken to be gone.
    pub patience: Duration,
}

impl Limits {
    /// As many as the process may open files, after raising that limit as far as the system allows.
    #[must_use]
    pub fn of_this_process() -> Self {
        // 1,024 is the usual limit of a system; it counts where the limit can't be raised.
        Self::within(rlimit::increase_nofile_limit(2 * MOST as u64).unwrap_or(1_024))
    }

    fn within(files: u64) -> Self {
        let free = files.saturating_sub(FILES.max(files / 8));
        let in_all = usize::try_from(free).unwrap_or(MOST).clamp(16, MOST);
        Self { in_all, of_one_network: (in_all / 2).min(MOST_OF_ONE_NETWORK), patience: PATIENCE }
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
    /// The connections that wait for no answer, in the order in which they are closed: first those that never sent a
    /// request, then those that were answered, each oldest first. The value tells the connection to close.
    idle: BTreeMap<(bool, u64), Arc<Notify>>,
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

    /// A place for a new connection; `None` where there is none. A trusted proxy carries many people, so only the total
    /// limit holds for it.
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
            let (_, oldest) = open.idle.pop_first()?;
            oldest.notify_one();
        }
        open.in_all += 1;
        if let Some(network) = network {
            *open.of_network.entry(network).or_default() += 1;
        }
        let leave = Arc::new(Notify::new());
        let idle = Mutex::new(Some(open.wait(false, &leave)));
        drop(open);
        Some(Place { among: Arc::clone(self), network, leave, idle })
    }
}

impl Open {
    fn wait(&mut self, has_asked: bool, leave: &Arc<Notify>) -> (bool, u64) {
        self.last += 1;
        self.idle.insert((has_asked, self.last), Arc::clone(leave));
        (has_asked, self.last)
    }

    fn tell(&mut self, tell: impl FnOnce()) {
        if self.told.is_none_or(|told| told.elapsed() > TOLD_EVERY) {
            self.told = Some(Instant::now());
            tell();
        }
    }
}

/// The place of one connection; dropping it frees the place.
pub struct Place {
    among: Arc<Connections>,
    network: Option<IpAddr>,
    leave: Arc<Notify>,
    /// Its key among the idle connections; `None` while it waits for an answer.
    idle: Mutex<Option<(bool, u64)>>,
}

impl Place {
    fn idle(&self) -> MutexGuard<'_, Option<(bool, u64)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Call when the connection has sent the whole head of a request: until the answer it is not closed for another.
    pub fn asks(&self) {
        if let Some(idle) = self.idle().take() {
            self.among.open().idle.remove(&idle);
        }
    }

    /// Call when the answer was sent: the connection is idle again.
    pub fn is_answered(&self) {
        let mut idle = self.idle();
        if idle.is_none() {
            *idle = Some(self.among.open().wait(true, &self.leave));
        }
    }

    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.idle().is_some()
    }

    /// Resolves when the connection is to be closed to make room for another.
    pub async fn needed(&self) {
        self.leave.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let idle = self.idle().take();
        let mut open = self.among.open();
        if let Some(idle) = idle {
            open.idle.remove(&idle);
        }
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
        Connections::new(Limits { in_all, of_one_network, patience: PATIENCE }, Proxies::default())
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
    async fn who_waits_for_no_answer_makes_room_and_who_asks_stays() {
        let goes = async |place: &Place| {
            tokio::time::timeout(Duration::from_millis(50), place.needed()).await.is_ok()
        };
        let connections = some(3, 3);
        let asking = connections.place_for(ip("192.0.2.1")).expect("there is room");
        asking.asks();
        let answered = connections.place_for(ip("192.0.2.2")).expect("there is room");
        answered.asks();
        answered.is_answered();
        let silent = connections.place_for(ip("192.0.2.3")).expect("there is room");
        let newcomer = connections.place_for(ip("192.0.2.4")).expect("room is made");
        newcomer.asks();
        assert!(!goes(&answered).await && goes(&silent).await, "who never asked goes first");
        let another = connections.place_for(ip("192.0.2.5")).expect("room is made");
        another.asks();
        assert!(goes(&answered).await, "then who was answered");
        assert!(connections.place_for(ip("192.0.2.6")).is_none(), "the others ask");
        assert!(!goes(&asking).await);
        asking.is_answered();
        assert!(connections.place_for(ip("192.0.2.6")).is_some(), "one is answered");
        drop((asking, answered, silent, newcomer, another));
        assert!(connections.open().idle.is_empty());
    }
}
