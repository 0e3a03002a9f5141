//! The share of one network in the connections of the listener: whoever sits there cannot hold all of them.
//!
//! A network is what requests are counted under ([`Source::network`]): an IPv4 address, or the /64 of an IPv6 household.
//! Proxies of ours bring everybody, so they have no share.

use super::Source;
use ipnet::IpNet;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Who has how many connections.
#[derive(Clone, Debug)]
pub(super) struct Shares {
    most: usize,
    exempt: Arc<[IpNet]>,
    open: Arc<Mutex<HashMap<String, usize>>>,
}

/// The place of one connection in its network's share; given back when it is dropped.
#[derive(Debug)]
pub(super) struct Share {
    /// Where it is counted; nowhere for who has no share.
    counted: Option<(Shares, String)>,
}

impl Shares {
    /// Nobody has a connection yet; `most` for each network, but for those that are `exempt`.
    pub(super) fn new(most: usize, exempt: &[IpNet]) -> Self {
        Self {
            most,
            exempt: exempt.into(),
            open: Arc::default(),
        }
    }

    /// A place for a connection from `address`; none where its network has its share already.
    pub(super) fn take(&self, address: IpAddr) -> Option<Share> {
        let address = address.to_canonical();
        if self.exempt.iter().any(|net| net.contains(&address)) {
            return Some(Share { counted: None });
        }
        let network = Source::new(address).network();
        let mut open = self.open();
        match open.get_mut(&network) {
            Some(count) if *count >= self.most => return None,
            Some(count) => *count += 1,
            None if self.most == 0 => return None,
            None => {
                open.insert(network.clone(), 1);
            }
        }
        drop(open);
        Some(Share {
            counted: Some((self.clone(), network)),
        })
    }

    fn open(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let Some((shares, network)) = &self.counted else {
            return;
        };
        let mut open = shares.open();
        match open.get_mut(network) {
            Some(count) if *count > 1 => *count -= 1,
            // Networks that have gone leave nothing behind.
            Some(_) | None => {
                open.remove(network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(shares: &Shares, address: &str) -> Option<Share> {
        shares.take(address.parse().unwrap())
    }

    #[test]
    fn a_network_has_its_share_and_no_more() {
        let shares = Shares::new(2, &[]);
        let first = take(&shares, "192.0.2.1").unwrap();
        let _second = take(&shares, "::ffff:192.0.2.1").unwrap();
        assert!(take(&shares, "192.0.2.1").is_none());
        let _other = take(&shares, "192.0.2.2").unwrap();
        drop(first);
        let _again = take(&shares, "192.0.2.1").unwrap();
        assert!(take(&shares, "192.0.2.1").is_none());
    }

    #[test]
    fn a_household_of_ipv6_has_one_share() {
        let shares = Shares::new(1, &[]);
        let _one = take(&shares, "2001:db8:1:2::1").unwrap();
        assert!(take(&shares, "2001:db8:1:2:ffff::9").is_none());
        assert!(take(&shares, "2001:db8:1:3::1").is_some());
    }

    #[test]
    fn a_proxy_has_no_share() {
        let shares = Shares::new(0, &["10.0.0.0/8".parse().unwrap()]);
        assert!(take(&shares, "10.1.2.3").is_some());
        assert!(take(&shares, "::ffff:10.1.2.3").is_some());
        assert!(take(&shares, "11.1.2.3").is_none());
    }

    #[test]
    fn networks_that_have_gone_leave_nothing_behind() {
        let shares = Shares::new(3, &[]);
        let held: Vec<_> = (0..3).map(|_| take(&shares, "192.0.2.1").unwrap()).collect();
        assert_eq!(shares.open().len(), 1);
        drop(held);
        assert!(shares.open().is_empty());
    }
}
