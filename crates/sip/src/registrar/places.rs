//! From where a device may register and call: the address ranges of its site. Pure.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use domain::{DeviceId, Mono};
use ipnet::IpNet;

use super::{Account, Registrar};
use crate::event::RefusedView;

/// How often a device that speaks from elsewhere is noted at most: senders can be forged.
const NOTED_EVERY: Duration = Duration::from_secs(60);

/// Whether an address is within any of the ranges; without ranges every address is. An IPv4 address written as IPv6 is the IPv4 address.
pub(crate) fn is_within(ranges: &[IpNet], ip: IpAddr) -> bool {
    let ip = ip.to_canonical();
    ranges.is_empty() || ranges.iter().any(|range| range.contains(&ip))
}

/// What was refused last to devices that spoke from elsewhere; one entry a device at most.
#[derive(Debug, Default)]
pub(super) struct Refusals(HashMap<DeviceId, (SocketAddr, Mono)>);

impl Refusals {
    fn note(&mut self, now: Mono, device: DeviceId, from: SocketAddr) -> bool {
        let is_news = self.0.get(&device).is_none_or(|(_, at)| now.since(*at) >= NOTED_EVERY);
        if is_news {
            self.0.insert(device, (from, now));
        }
        is_news
    }

    pub(super) fn forget(&mut self, device: DeviceId) {
        self.0.remove(&device);
    }

    pub(super) fn retain(&mut self, keep: impl Fn(DeviceId) -> bool) {
        self.0.retain(|device, _| keep(*device));
    }
}

impl Registrar {
    /// Whether this device may speak from this address.
    pub(crate) fn admits(&self, device: DeviceId, ip: IpAddr) -> bool {
        self.ranges.get(&device).is_none_or(|ranges| is_within(ranges, ip))
    }

    /// The account of this name, if it may speak from this address.
    pub(crate) fn account_at(&self, username: &str, ip: IpAddr) -> Option<&Account> {
        self.account(username).filter(|account| self.admits(account.device, ip))
    }

    /// A device spoke from where it may not. `true` when that is noted: the first time, and once a minute.
    pub(crate) fn refuse(&mut self, now: Mono, device: DeviceId, from: SocketAddr) -> bool {
        self.refusals.note(now, device, from)
    }

    /// The last refusal noted of each device that has not registered since.
    pub(crate) fn inspect_refusals(&self, now: Mono) -> Vec<RefusedView> {
        let shown = self.refusals.0.iter().map(|(device, (address, at))| {
            let (device, address, ago) = (*device, *address, now.since(*at));
            RefusedView { device, address, ago }
        });
        shown.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_noted_once_a_minute_whoever_takes_its_name() {
        let (mut refusals, device) = (Refusals::default(), DeviceId(1));
        let cases = [(0, "198.51.100.4:1", true), (1, "203.0.113.9:1", false), (59, "198.51.100.4:1", false)];
        for (second, from, is_news) in cases.into_iter().chain([(60, "203.0.113.9:1", true)]) {
            let now = Mono(0) + Duration::from_secs(second);
            assert_eq!(refusals.note(now, device, from.parse().unwrap()), is_news, "{second}");
        }
        assert_eq!(refusals.0[&device].0.to_string(), "203.0.113.9:1");
        assert!(refusals.note(Mono(0), DeviceId(2), "203.0.113.9:1".parse().unwrap()), "each device by itself");
    }

    #[test]
    fn an_address_is_within_a_range_or_it_is_not() {
        let cases: [(&[&str], &str, bool); 14] = [
            (&[], "203.0.113.9", true),
            (&[], "2001:db8::1", true),
            (&["10.8.0.0/24"], "10.8.0.0", true),
            (&["10.8.0.0/24"], "10.8.0.255", true),
            (&["10.8.0.0/24"], "10.8.1.0", false),
            (&["10.8.0.0/24"], "::ffff:10.8.0.7", true),
            (&["10.8.0.0/24"], "2001:db8::1", false),
            (&["10.8.0.0/24", "10.9.0.4/32"], "10.9.0.4", true),
            (&["10.8.0.0/24", "10.9.0.4/32"], "10.9.0.5", false),
            (&["2001:db8:7::/48"], "2001:db8:7:1::9", true),
            (&["2001:db8:7::/48"], "2001:db8:8::9", false),
            (&["2001:db8:7::/48"], "10.8.0.1", false),
            (&["0.0.0.0/0"], "203.0.113.9", true),
            (&["0.0.0.0/0"], "2001:db8::1", false),
        ];
        for (ranges, ip, within) in cases {
            let read: Vec<IpNet> = ranges.iter().map(|range| range.parse().unwrap()).collect();
            assert_eq!(is_within(&read, ip.parse().unwrap()), within, "{ip} in {ranges:?}");
        }
    }
}
