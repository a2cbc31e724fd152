//! Network addresses: parsing them, the network an address is counted under, and which proxies may name the visitor's
//! address. Pure functions; the limits (`connections`, the throttle of `auth`) use them.

use axum::http::HeaderMap;
use ipnet::IpNet;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

const FORWARDED: &str = "x-forwarded-for";
/// Whoever is given one IPv6 address usually controls all addresses with the same first 64 bits.
const IPV6_PREFIX: u8 = 64;
/// Where IPv4 addresses stand within IPv6 (`::ffff:0:0/96`).
const MAPPED_PREFIX: u8 = 96;

/// The network whose requests and connections are counted together: an IPv4 address for itself, an IPv6 address with
/// its /64.
#[must_use]
pub fn network(address: IpAddr) -> IpAddr {
    let address = address.to_canonical();
    IpNet::new(address, if address.is_ipv6() { IPV6_PREFIX } else { 32 })
        .map_or(address, |network| network.network())
}

/// An address or a network (`10.0.0.0/8`), as it is typed at the command line.
///
/// # Errors
/// A sentence for the person who typed it.
pub fn typed_network(typed: &str) -> Result<IpNet, String> {
    let typed = typed.trim();
    let address = typed.parse::<IpAddr>().map(IpNet::from);
    let network: IpNet = address
        .or_else(|_| typed.parse())
        .map_err(|_| format!("`{typed}` is neither an address nor a network such as 10.0.0.0/8"))?;
    Ok(match network.network() {
        IpAddr::V6(first) if first.to_ipv4_mapped().is_some() && network.prefix_len() >= MAPPED_PREFIX => {
            IpNet::new(IpAddr::V6(first).to_canonical(), network.prefix_len() - MAPPED_PREFIX)
                .unwrap_or(network)
        }
        _ => network,
    })
}

/// The proxies we trust to tell the visitor's address.
#[derive(Clone, Debug)]
pub struct Proxies(Vec<IpNet>);

impl Default for Proxies {
    /// The proxies on this machine.
    fn default() -> Self {
        Self(vec![
            IpNet::new_assert(IpAddr::from([127, 0, 0, 0]), 8),
            IpNet::new_assert(IpAddr::V6(Ipv6Addr::LOCALHOST), 128),
        ])
    }
}

impl Proxies {
    #[must_use]
    pub fn of(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    #[must_use]
    pub fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The visitor's address: the peer's own, or the one that trusted proxies report. Each proxy appends the address
    /// that it was called from, so the last entry that is no trusted proxy is the visitor; entries before that one were
    /// written by the visitor and are ignored. Where an entry can't be parsed, the address of the proxy that wrote it
    /// counts.
    #[must_use]
    pub fn visitor(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut nearest = peer.to_canonical();
        // A proxy may add a header line of its own instead of appending to the visitor's.
        let lines: Vec<_> =
            headers.get_all(FORWARDED).iter().map(|line| String::from_utf8_lossy(line.as_bytes())).collect();
        for entry in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
            if !self.trusts(nearest) {
                break;
            }
            let Some(named) = entry_address(entry) else { break };
            nearest = named;
        }
        nearest
    }
}

/// The address in one entry of the header: with or without a port, IPv6 with or without brackets.
fn entry_address(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let bare = entry.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let address = match bare {
        Some(bare) => IpAddr::V6(bare.parse::<Ipv6Addr>().ok()?),
        None => match entry.parse::<IpAddr>() {
            Ok(address) => address,
            Err(_) => entry.parse::<SocketAddr>().ok()?.ip(),
        },
    };
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use proptest::prelude::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    fn lines(lines: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED, HeaderValue::from_str(line).expect("a header"));
        }
        headers
    }

    fn visitor(peer: &str, said: &[&str]) -> IpAddr {
        Proxies::default().visitor(ip(peer), &lines(said))
    }

    #[test]
    fn the_last_entry_of_all_lines_counts() {
        assert_eq!(visitor("127.0.0.1", &["6.6.6.6", "203.0.113.7"]), ip("203.0.113.7"));
        assert_eq!(visitor("127.0.0.1", &["6.6.6.6, 7.7.7.7", "8.8.8.8,203.0.113.7"]), ip("203.0.113.7"));
        assert_eq!(visitor("::1", &["6.6.6.6, 203.0.113.7"]), ip("203.0.113.7"));
        assert_eq!(visitor("203.0.113.9", &["6.6.6.6"]), ip("203.0.113.9"), "a stranger is not believed");
        assert_eq!(visitor("127.0.0.1", &[]), ip("127.0.0.1"));
    }

    #[test]
    fn proxies_before_proxies_are_passed_over() {
        let proxies = Proxies::of(vec![
            typed_network("10.0.0.0/8").expect("a network"),
            typed_network("2001:db8:1::/48").expect("a network"),
            typed_network("::ffff:192.0.2.1").expect("an address"),
        ]);
        let said = lines(&["6.6.6.6, 203.0.113.7, 10.1.2.3:4711", "[2001:db8:1::5]:80"]);
        assert_eq!(proxies.visitor(ip("192.0.2.1"), &said), ip("203.0.113.7"));
        assert_eq!(proxies.visitor(ip("::ffff:192.0.2.1"), &said), ip("203.0.113.7"));
        assert_eq!(proxies.visitor(ip("127.0.0.1"), &said), ip("127.0.0.1"), "no longer named");
    }

    #[test]
    fn what_cannot_be_read_is_the_word_of_the_proxy_that_wrote_it() {
        for bad in [
            "unknown",
            "",
            " ",
            "6.6.6.6,",
            "203.0.113.7:99999",
            "203.0.113",
            "[::1",
            "a.b",
            "6.6.6.6 7.7.7.7",
        ] {
            assert_eq!(visitor("127.0.0.1", &["6.6.6.6", bad]), ip("127.0.0.1"), "{bad:?}");
        }
    }

    #[test]
    fn an_address_is_written_in_one_way() {
        assert_eq!(visitor("::ffff:127.0.0.1", &["::ffff:203.0.113.7"]), ip("203.0.113.7"));
        assert_eq!(network(ip("::ffff:203.0.113.7")), network(ip("203.0.113.7")));
        assert_eq!(network(ip("2001:db8::1")), network(ip("2001:db8::ffff:2")));
        assert_ne!(network(ip("2001:db8:0:1::1")), network(ip("2001:db8::1")));
        for wrong in ["", "10.0.0.0/33", "proxy.example", "10.0.0.1:80"] {
            assert!(typed_network(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        /// However a proxy writes the visitor's address, and whatever the visitor wrote into the header, the result is
        /// the visitor's address.
        #[test]
        fn every_way_of_writing_an_address_is_understood(
            v4 in any::<[u8; 4]>(), v6 in any::<[u16; 8]>(), port in 1u16.., forged in "[ -~]{0,40}",
                apart in any::<bool>(),
        ) {
            let (v4, v6) = (IpAddr::from(v4), IpAddr::from(v6));
            let ways = [
                (v4, v4.to_string()),
                (v4, format!("{v4}:{port}")),
                (v4, format!("::ffff:{v4}")),
                (v4, format!("[::ffff:{v4}]:{port}")),
                (v6, v6.to_string()),
                (v6, format!("[{v6}]")),
                (v6, format!(" [{v6}]:{port} ")),
            ];
            for (whose, written) in ways.into_iter().filter(|(whose, _)| !Proxies::default().trusts(*whose)) {
                let said = if apart {
                    lines(&[&forged, &written])
                } else {
                    lines(&[&format!("{forged},{written}")])
                };
                prop_assert_eq!(Proxies::default().visitor(ip("::ffff:127.0.0.1"), &said), whose.to_canonical());
            }
        }

        /// No header makes the server fail, and a peer that is no trusted proxy always counts as itself.
        #[test]
        fn nobody_speaks_for_others(said in prop::collection::vec("[ -~]{0,60}", 0..4), peer in any::<[u8; 16]>()) {
            let peer = IpAddr::from(peer);
            let said: Vec<&str> = said.iter().map(String::as_str).collect();
            let visitor = Proxies::default().visitor(peer, &lines(&said));
            prop_assert!(Proxies::default().trusts(peer) || visitor == peer.to_canonical());
        }
    }
}
